// Needs: the report with its clocks, the first contact, the closing, the reading of a contact.
#include "domain/needs/needs.h"

#include <algorithm>

#include "domain/people/id_schemes.h"
#include "support/world.h"

namespace hezhi::needs {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class Needs : public hezhi::testing::World {
  protected:
    Result<std::int64_t> contact(NeedId id, const api::Caller& caller) {
        return act([&](journal::Turn& turn) { return contact_need(turn, caller, id); });
    }
    Result<std::int64_t> close(NeedId id, const api::Caller& caller) {
        return act(
            [&](journal::Turn& turn) { return close_need(turn, caller, people, id, "已办妥"); });
    }
    Result<std::int64_t> read(NeedId id, const api::Caller& caller) {
        return act(
            [&](journal::Turn& turn) { return read_contact(turn, caller, people, id, "回访"); });
    }
    Need page(NeedId id, const api::Caller& caller) {
        return reading_as(caller, [&](const api::Reading& reading) {
            return need_pages.one(reading, id).value();
        });
    }
};
HEZHI_ON_BOTH_ENGINES(Needs);

TEST_P(Needs, GetTheirDeadlinesByClassWhenReported) {
    struct Row {
        PriorityClass priority_class;
        Millis contact, handling;
    };
    for (Row row : {Row{PriorityClass::P1, minutes(30), hours(2)},
                    {PriorityClass::P2, hours(2), hours(24)},
                    {PriorityClass::P3, hours(24), hours(7 * 24)},
                    {PriorityClass::P4, hours(24), hours(15 * 24)}}) {
        auto reported = need(report_need(row.priority_class));
        EXPECT_EQ(reported.first_contact_until, clock.now() + row.contact);
        EXPECT_EQ(reported.handle_until, clock.now() + row.handling);
        EXPECT_EQ(reported.state, NeedStep::reported);
        EXPECT_EQ(reported.reporter, grid_worker->account);
    }
}

TEST_P(Needs, ShowUntilWhenSomebodyMustHaveLookedWhileNobodyHas) {
    NeedId urgent = report_need(PriorityClass::P2);
    EXPECT_EQ(page(urgent, *social_worker).triage_until, clock.now() + hours(1));
    act([&](journal::Turn& turn) {
        return triage_need(turn, *social_worker, urgent, {PriorityClass::P3, false});
    }).value();
    EXPECT_FALSE(page(urgent, *social_worker).triage_until);
}

TEST_P(Needs, AreReportedOnlyWhereTheReporterServes) {
    ReportNeed input;
    input.what.value = "路灯不亮";
    for (AreaId elsewhere : {other_community, subdistrict, other_district, AreaId(99999)}) {
        input.area_id = elsewhere;
        EXPECT_REFUSED(act([&](journal::Turn& turn) {
                           return needs::report_need(turn, *grid_worker, people, input,
                                                     Channel::grid);
                       }),
                       areas::refusals::area_unknown);
    }
    EXPECT_TRUE(facts("need.reported").empty());
}

TEST_P(Needs, KnowTheRecipientByTheirPhone) {
    PersonId wang = resident("王秀英", "13900000001");
    EXPECT_EQ(need(report_need(PriorityClass::P3, "王奶奶 139 0000 0001")).recipient, wang);
    EXPECT_FALSE(need(report_need(PriorityClass::P3, "王奶奶 13900000002")).recipient);
    EXPECT_FALSE(need(report_need()).recipient);
}

TEST_P(Needs, ShowTheContactMaskedAndInClearOnlyByAnActionWithAReason) {
    NeedId id = report_need(PriorityClass::P3, "王秀英 13900000001");
    auto masked = page(id, *social_worker).contact_masked.value();
    EXPECT_EQ(masked.find("秀英"), std::string::npos) << masked;
    EXPECT_EQ(masked.find("13900000001"), std::string::npos) << masked;
    EXPECT_REFUSED(read(id, *grid_worker), hezhi::refusals::not_permitted);
    EXPECT_TRUE(read(id, *social_worker).has_value());
    EXPECT_EQ(facts("contact.read").size(), 1U);
    for (const Fact& fact : facts("contact.read")) {
        EXPECT_EQ(fact.payload.find("1390"), std::string::npos);
    }
    EXPECT_REFUSED(read(report_need(), *social_worker), refusals::contact_missing);
}

TEST_P(Needs, AreContactedOnce) {
    NeedId id = report_need();
    clock.advance(hours(3));
    EXPECT_TRUE(contact(id, *social_worker).has_value());
    EXPECT_EQ(need(id).first_contacted_at, clock.now());
    EXPECT_REFUSED(contact(id, *social_worker), refusals::need_already_contacted);
}

TEST_P(Needs, ThatAreClosedAreAnsweredNoMore) {
    NeedId id = report_need();
    EXPECT_REFUSED(close(id, *grid_worker), hezhi::refusals::not_permitted);
    EXPECT_TRUE(close(id, *social_worker).has_value());
    EXPECT_EQ(need(id).state, NeedStep::closed);
    EXPECT_FALSE(need(id).served);
    EXPECT_EQ(page(id, *social_worker).close_reason, "已办妥");
    EXPECT_REFUSED(close(id, *social_worker), refusals::need_not_open);
    EXPECT_REFUSED(contact(id, *social_worker), refusals::need_not_open);
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       orders::OpenOrder input;
                       input.category.value = "environment_clean_up";
                       input.starts_at = tomorrow_at(9);
                       input.ends_at = tomorrow_at(11);
                       return orders::open_order(turn, *social_worker, desk, id, input);
                   }),
                   refusals::need_not_open);
}

TEST_P(Needs, OutsideTheScopeAreNotFound) {
    auto elsewhere = staff("social_worker", other_subdistrict);
    auto colleague = staff("grid_worker", community);
    NeedId id = report_need(PriorityClass::P3, "王秀英 13900000001");
    for (const auto& caller : {elsewhere, colleague}) {
        EXPECT_REFUSED(contact(id, *caller), hezhi::refusals::not_found);
        EXPECT_REFUSED(close(id, *caller), hezhi::refusals::not_found);
        EXPECT_REFUSED(read(id, *caller), hezhi::refusals::not_found);
    }
    EXPECT_REFUSED(contact(NeedId(99999), *social_worker), hezhi::refusals::not_found);
    EXPECT_REFUSED(contact(NeedId(), *social_worker), hezhi::refusals::not_found);
    EXPECT_TRUE(page(id, *grid_worker).reported_by_me);
}

TEST_P(Needs, ShowOnlyTheActionsThatTheCallerMayDoNow) {
    NeedId id = report_need(PriorityClass::P3, "王秀英 13900000001");
    EXPECT_EQ(page(id, *grid_worker).actions, std::vector<std::string>{});
    EXPECT_EQ(page(id, *social_worker).actions,
              (std::vector<std::string>{"contact_need", "triage_need", "open_order", "refer_need",
                                        "merge_need", "close_need", "read_contact", "seal_need"}));
    contact(id, *social_worker).value();
    EXPECT_EQ(page(id, *social_worker).actions,
              (std::vector<std::string>{"triage_need", "open_order", "refer_need", "merge_need",
                                        "close_need", "read_contact", "seal_need"}));
    open_order(id);
    EXPECT_EQ(page(id, *social_worker).actions,
              (std::vector<std::string>{"read_contact", "seal_need"}));
}

// What the page of a need says of its order is what the order says of itself.
TEST_P(Needs, FollowTheStateOfTheirOrder) {
    NeedId id = report_need();
    OrderId order_id = open_order(id);
    auto expect_same = [&](const char* after) {
        EXPECT_EQ(need(id).order_step, order(order_id).state) << after;
    };
    expect_same("opened");
    offer(order_id, {zhang, liu, zhao}).value();
    expect_same("offered");
    accept(order_id, zhang).value();
    expect_same("first acceptance");
    accept(order_id, liu).value();
    expect_same("second acceptance");
    clock.set(order(order_id).starts_at);
    check_in(order_id, zhang).value();
    check_in(order_id, liu).value();
    expect_same("checked in");
    clock.advance(hours(1));
    check_out(order_id, zhang).value();
    expect_same("first check-out");
    check_out(order_id, liu).value();
    expect_same("second check-out");
    confirm(order_id).value();
    expect_same("confirmed");
    EXPECT_EQ(need(id).state, NeedStep::closed);
    EXPECT_TRUE(need(id).served);
    review(order_id, Resolution::resolved, 4).value();
    expect_same("reviewed");
    EXPECT_EQ(need(id).satisfaction, 4);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

// A need for a child, or asked for by one, tells no more than the entry does.
TEST_P(Needs, ForAChildShowTheirContactAfterSomebodyElseApprovedTheReading) {
    people::RegisterPerson child;
    child.name.value = "陈小禾";
    child.phone = Text<0, 40>("13900000077");
    std::string digits = "99999920120601101";
    child.id_number = Text<0, 60>(digits + people::mod11_2_check_character(digits));
    child.area_id = community;
    PersonId id(act([&](journal::Turn& turn) {
                    return people::register_person(turn, command, {community, path_of(community)},
                                                   people, child);
                }).value());
    TakeCall call;
    call.who.value = "13900000077";
    call.what.value = "想找人辅导作业";
    call.consent = true;
    call.area_id = community;
    NeedId about(act([&](journal::Turn& turn) {
                     return take_call(turn, *social_worker, people, call);
                 }).value());
    ASSERT_EQ(need(about).recipient, id);
    auto reads = [&](const api::CallerPtr& who) {
        return act(
            [&](journal::Turn& turn) { return read_contact(turn, *who, people, about, "约时间"); });
    };
    auto shown = [&](const api::CallerPtr& who) {
        return reading_as(*who, [&](const api::Reading& reading) {
            return need_pages.one(reading, about).value();
        });
    };
    auto may = [&](const api::CallerPtr& who, std::string_view action) {
        auto actions = shown(who).actions;
        return std::ranges::find(actions, action) != actions.end();
    };
    EXPECT_REFUSED(reads(street_staff), people::refusals::reading_needs_approval);
    EXPECT_FALSE(may(street_staff, "read_contact"));
    EXPECT_TRUE(may(street_staff, "request_reading"));
    EXPECT_EQ(shown(street_staff).minor_id, id);
    std::int64_t request =
        act([&](journal::Turn& turn) {
            return people::request_reading(turn, *street_staff, people, id, "约时间");
        }).value();
    EXPECT_FALSE(may(street_staff, "request_reading"));
    EXPECT_REFUSED(reads(street_staff), people::refusals::reading_needs_approval);
    auto colleague = staff("street_staff", subdistrict);
    act([&](journal::Turn& turn) {
        return people::approve_reading(turn, *colleague, request);
    }).value();
    EXPECT_TRUE(may(street_staff, "read_contact"));
    EXPECT_TRUE(reads(street_staff).has_value());
    EXPECT_REFUSED(reads(social_worker), people::refusals::reading_needs_approval);
    clock.advance(hours(25));
    EXPECT_REFUSED(reads(street_staff), people::refusals::reading_needs_approval);
    EXPECT_EQ(facts(ContactRead::kind).size(), 1U);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::needs
