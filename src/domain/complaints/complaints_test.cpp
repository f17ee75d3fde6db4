// 投诉: filed by slip, by account, at a desk; decided outside the leader's line; sealed; with
// clocks.
#include "domain/complaints/complaints.h"

#include <gmock/gmock.h>

#include "facts/all_facts.h"
#include "support/world.h"

namespace hezhi::complaints {
namespace {

using std::chrono::hours;

class Complaints : public hezhi::testing::World {
  protected:
    Result<std::int64_t> by_slip(OrderId order, bool hidden = false,
                                 std::optional<std::string> contact = {}) {
        FileBySlip input;
        input.what.value = "志愿者迟到一小时，态度不好";
        input.hidden = hidden;
        if (contact) input.contact = Text<0, 60>(*contact);
        return act(
            [&](journal::Turn& turn) { return file_by_slip(turn, complaint_desk, order, input); });
    }
    FileComplaint about(AboutKind kind, std::int64_t id, bool hidden = false) {
        FileComplaint input;
        input.about = kind;
        input.about_id = id;
        input.what.value = "安排不合理";
        input.hidden = hidden;
        return input;
    }
    Result<std::int64_t> file(const api::Caller& who, const FileComplaint& input) {
        return act(
            [&](journal::Turn& turn) { return file_complaint(turn, who, complaint_desk, input); });
    }
    Result<std::int64_t> take(const api::Caller& who, const FileComplaint& input) {
        return act(
            [&](journal::Turn& turn) { return take_complaint(turn, who, complaint_desk, input); });
    }
    Result<std::int64_t> acknowledge(const api::Caller& who, ComplaintId id) {
        return act([&](journal::Turn& turn) { return acknowledge_complaint(turn, who, id); });
    }
    static DecideComplaint decision(ComplaintOutcome outcome) {
        return {outcome, Text<1, 1000>("已向双方核实")};
    }
    Result<std::int64_t> decide(const api::Caller& who, ComplaintId id,
                                ComplaintOutcome with = ComplaintOutcome::upheld) {
        return act([&](journal::Turn& turn) {
            return decide_complaint(turn, who, complaint_desk, id, decision(with));
        });
    }
    Result<std::int64_t> review(const api::Caller& who, ComplaintId id,
                                ComplaintOutcome with = ComplaintOutcome::upheld) {
        return act([&](journal::Turn& turn) {
            return review_complaint(turn, who, complaint_desk, id, decision(with));
        });
    }
    Result<std::int64_t> ask_review(ComplaintId id) {
        return act([&](journal::Turn& turn) {
            return ask_complaint_review(turn, complaint_desk, id, "没有问过我");
        });
    }
    Result<std::int64_t> withdraw(ComplaintId id) {
        return act([&](journal::Turn& turn) { return withdraw_complaint(turn, id); });
    }
    Result<std::int64_t> read_contact(const api::Caller& who, ComplaintId id) {
        return act([&](journal::Turn& turn) {
            return read_complainant(turn, who, complaint_desk, id, "电话告知决定");
        });
    }
    ComplaintState row(ComplaintId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<ComplaintFigure>(id).value();
        });
    }
    ComplaintCounts counts() {
        auto db = ledger->read();
        return complaint_counts(*db, path_of(district), clock.now());
    }
};
HEZHI_ON_BOTH_ENGINES(Complaints);

TEST_P(Complaints, ThroughASlipStartTheWorkingDayClocks) {
    ComplaintId id(by_slip(delivered_order()).value());
    // Filed on Friday 6 March: two working days end on Tuesday the 10th, fifteen on the 27th.
    EXPECT_EQ(day_of(row(id).acknowledge_until), *parse_day("2026-03-10"));
    EXPECT_EQ(day_of(row(id).decide_until), *parse_day("2026-03-27"));
    EXPECT_REFUSED(by_slip(OrderId(row(id).about_id)), refusals::complaint_open);
    withdraw(id).value();
    by_slip(OrderId(row(id).about_id)).value();
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Complaints, FileComplaintAboutWhatIsOnesOwnAndNothingElse) {
    OrderId order = delivered_order();
    ComplaintId id(file(*zhang.caller, about(AboutKind::order, order.value)).value());
    EXPECT_EQ(row(id).complainant, zhang.caller->account);
    EXPECT_REFUSED(file(*zhao.caller, about(AboutKind::order, order.value)),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(file(*zhang.caller, about(AboutKind::person, liu.person.value)),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(file(*zhang.caller, about(AboutKind::order, 0)), hezhi::refusals::not_found);
    file(*grid_worker, about(AboutKind::order, order.value)).value();  // reported the need
}

TEST_P(Complaints, TakeComplaintAtADeskButNotByWhoeverIsInvolved) {
    OrderId order = delivered_order();
    auto worker = staff("community_worker", community);
    auto input = about(AboutKind::order, order.value);
    input.contact = Text<0, 60>("王秀英 13900000001");
    ComplaintId id(take(*worker, input).value());
    EXPECT_FALSE(row(id).complainant) << "the desk is not the complainant";
    EXPECT_REFUSED(take(*social_worker, input), refusals::concerns_caller) << "leads the order";
    EXPECT_REFUSED(take(*staff("community_worker", other_district), input),
                   hezhi::refusals::not_found);
    take(*worker, about(AboutKind::person, zhang.person.value)).value();
}

TEST_P(Complaints, HiddenOnesAreJoinedToNobody) {
    OrderId order = delivered_order();
    auto input = about(AboutKind::order, order.value, true);
    ComplaintId own(file(*zhang.caller, input).value());
    ComplaintId at_desk(take(*staff("community_worker", community), input).value());
    input.contact = Text<0, 60>("13900000001");
    EXPECT_REFUSED(file(*zhang.caller, input), refusals::hidden_takes_no_contact);
    for (ComplaintId id : {own, at_desk}) EXPECT_FALSE(row(id).complainant);
    for (const Fact& fact : facts("complaint.filed")) {
        EXPECT_FALSE(fact.actor.account) << "neither the complainant's nor the desk's";
        EXPECT_EQ(fact.actor.permission, "");
        EXPECT_EQ(fact.subjects.size(), 1U) << "found from no other record";
        EXPECT_TRUE(is_sealed(fact.kind));
        EXPECT_THAT(fact.payload, ::testing::Not(::testing::HasSubstr("安排")));
    }
    auto db = ledger->read();
    EXPECT_EQ(people.read_text(*db, own.value, text_contact), std::nullopt);
}

TEST_P(Complaints, AcknowledgeComplaintAndDecideComplaintAreForWhoeverHadNoPart) {
    OrderId order = delivered_order();
    ComplaintId id(by_slip(order).value());
    EXPECT_REFUSED(decide(*social_worker, id), hezhi::refusals::not_found) << "no role for it";
    // Holders of the role who are involved: who leads the order, who served.
    api::Caller leads = *officer;
    leads.account = social_worker->account;
    api::Caller served = *officer;
    served.person = liu.person;
    for (const api::Caller& involved : {leads, served}) {
        EXPECT_REFUSED(acknowledge(involved, id), refusals::concerns_caller);
        EXPECT_REFUSED(decide(involved, id), refusals::concerns_caller);
    }
    EXPECT_REFUSED(decide(*staff("street_staff", other_district), id), hezhi::refusals::not_found);
    acknowledge(*street_staff, id).value();
    EXPECT_REFUSED(acknowledge(*street_staff, id), refusals::complaint_state_forbids);
    decide(*street_staff, id).value();
    EXPECT_EQ(row(id).outcome, ComplaintOutcome::upheld);
    EXPECT_REFUSED(decide(*officer, id), refusals::complaint_state_forbids);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Complaints, AboutATeamOrAPersonAreNotForTheLeadAndNotForWhoeverFiledThem) {
    auto worker = staff("community_worker", community);
    organizations::FoundOrganization input;
    input.name.value = "浪花队";
    input.area_id = community;
    OrganizationId team(act([&](journal::Turn& turn) {
                            return organizations::found_organization(turn, *worker,
                                                                     organization_desk, input);
                        }).value());
    auto invitation = act([&](journal::Turn& turn) {
        return organizations::invite_member(turn, *worker, team, zhao.person);
    });
    act([&](journal::Turn& turn) {
        return organizations::accept_invitation(turn, *invitation, true);
    }).value();
    act([&](journal::Turn& turn) {
        return organizations::name_lead(turn, *worker, team, zhao.person, LeadRole::volunteer_lead);
    }).value();
    ComplaintId id(take(*worker, about(AboutKind::team, team.value)).value());
    api::Caller lead = *officer;
    lead.person = zhao.person;
    EXPECT_REFUSED(decide(lead, id), refusals::concerns_caller);
    ComplaintId of_person(take(*worker, about(AboutKind::person, zhao.person.value)).value());
    EXPECT_REFUSED(decide(lead, of_person), refusals::concerns_caller);
    ComplaintId filed(file(*zhao.caller, about(AboutKind::team, team.value)).value());
    api::Caller own = *officer;
    own.account = zhao.caller->account;
    EXPECT_REFUSED(decide(own, filed), refusals::concerns_caller);
    decide(*officer, filed).value();
}

TEST_P(Complaints, AskComplaintReviewOnceWithinTheDaysAndReviewComplaintBySomebodyElse) {
    ComplaintId id(by_slip(delivered_order()).value());
    EXPECT_REFUSED(ask_review(id), refusals::complaint_state_forbids);
    decide(*street_staff, id, ComplaintOutcome::not_upheld).value();
    EXPECT_EQ(day_of(row(id).ask_review_until), *parse_day("2026-03-20"));
    ask_review(id).value();
    EXPECT_EQ(row(id).state, ComplaintStep::review_asked);
    EXPECT_REFUSED(review(*street_staff, id), refusals::decided_before);
    EXPECT_REFUSED(decide(*officer, id), refusals::complaint_state_forbids);
    review(*officer, id, ComplaintOutcome::partly_upheld).value();
    EXPECT_EQ(row(id).outcome, ComplaintOutcome::not_upheld) << "both decisions stay";
    EXPECT_EQ(row(id).review_outcome, ComplaintOutcome::partly_upheld);
    EXPECT_REFUSED(ask_review(id), refusals::complaint_state_forbids) << "once";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Complaints, AskComplaintReviewNotAfterItsDays) {
    ComplaintId id(by_slip(delivered_order()).value());
    decide(*street_staff, id).value();
    clock.set(row(id).ask_review_until + Millis(1));
    EXPECT_REFUSED(ask_review(id), refusals::review_time_over);
}

TEST_P(Complaints, EscalateComplaintAtEachLimitThatPasses) {
    ComplaintId id(by_slip(delivered_order()).value());
    auto state = row(id);
    EXPECT_EQ(counts().late, 0);
    wait_until(state.acknowledge_until);
    EXPECT_EQ(facts("complaint.escalated").size(), 1U);
    acknowledge(*street_staff, id).value();
    wait_until(state.decide_until - Millis(1));
    EXPECT_EQ(facts("complaint.escalated").size(), 1U);
    wait_until(state.decide_until);
    wait_until(clock.now() + hours(24 * 10));
    EXPECT_EQ(facts("complaint.escalated").size(), 2U);
    decide(*street_staff, id).value();
    EXPECT_TRUE(row(id).late) << "however it ends";
    wait_until(clock.now() + hours(24 * 40));
    EXPECT_EQ(facts("complaint.escalated").size(), 2U);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Complaints, EscalateComplaintOnceALimitAlsoWhereItIsAcknowledgedAfterBoth) {
    ComplaintId id(by_slip(delivered_order()).value());
    wait_until(row(id).decide_until);
    wait_until(clock.now() + hours(1));
    EXPECT_EQ(facts("complaint.escalated").size(), 2U);
    acknowledge(*street_staff, id).value();
    wait_until(clock.now() + hours(24 * 40));
    EXPECT_EQ(facts("complaint.escalated").size(), 2U);
    EXPECT_TRUE(row(id).late);
}

TEST_P(Complaints, EscalateComplaintNeverAfterItWasWithdrawn) {
    ComplaintId id(by_slip(delivered_order()).value());
    withdraw(id).value();
    EXPECT_REFUSED(withdraw(id), refusals::complaint_state_forbids);  // WithdrawComplaint
    wait_until(row(id).decide_until + hours(1));
    EXPECT_TRUE(facts("complaint.escalated").empty());
    EXPECT_EQ(counts().all, 0) << "counts nowhere";
}

TEST_P(Complaints, ReadComplainantIsAFactWithAReason) {
    ComplaintId id(by_slip(delivered_order(), false, "王秀英 13900000001").value());
    api::Caller served = *officer;
    served.person = zhang.person;
    EXPECT_REFUSED(read_contact(served, id), refusals::concerns_caller);
    std::int64_t position = read_contact(*street_staff, id).value();
    auto db = ledger->read();
    EXPECT_EQ(people.read_text(*db, position, people::text_reason), "电话告知决定");
    ASSERT_EQ(facts("complainant.read").size(), 1U);
    EXPECT_EQ(facts("complainant.read").front().actor.account, street_staff->account);
    ComplaintId silent(by_slip(delivered_order()).value());
    EXPECT_REFUSED(read_contact(*street_staff, silent), refusals::no_contact_left);
}

TEST_P(Complaints, AreCountedOpenOfAllAndLateOfDue) {
    OrderId order = delivered_order();
    ComplaintId first(by_slip(order).value());
    ComplaintId second(file(*zhang.caller, about(AboutKind::order, order.value)).value());
    EXPECT_EQ(counts().open, 2);
    EXPECT_EQ(counts().due, 0);
    decide(*street_staff, first).value();
    EXPECT_EQ(counts().open, 1);
    EXPECT_EQ(counts().all, 2);
    EXPECT_EQ(counts().due, 1);
    EXPECT_EQ(counts().late, 0);
    clock.set(row(second).acknowledge_until);  // the timers have not run
    EXPECT_EQ(counts().late, 1);
    EXPECT_EQ(counts().due, 2);
    EXPECT_EQ(counts().withdrawn, 0);
    withdraw(second).value();
    EXPECT_EQ(counts().withdrawn, 1) << "not counted, and said so";
    EXPECT_EQ(counts().all, 1);
    EXPECT_EQ(counts().late, 0);
    auto db = ledger->read();
    EXPECT_EQ(complaint_counts(*db, path_of(other_district), clock.now()).all, 0);
}

TEST_P(Complaints, AreFollowedByALinkThatNobodyGuesses) {
    ComplaintId id(by_slip(delivered_order()).value());
    std::string token = complaint_token(suite, id);
    EXPECT_EQ(complaint_of_token(suite, token), id);
    token.back() = token.back() == '0' ? '1' : '0';
    EXPECT_FALSE(complaint_of_token(suite, token));
    for (std::string_view wrong : {"", "-", "12", "0-AAAA", "x-1"}) {
        EXPECT_FALSE(complaint_of_token(suite, wrong)) << wrong;
    }
}

}  // namespace
}  // namespace hezhi::complaints
