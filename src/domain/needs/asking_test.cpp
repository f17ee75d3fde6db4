// Asking: calls at the desk, proxies, one's own page; triage, assessment, referral, merging.
#include "domain/needs/needs.h"
#include "support/world.h"

namespace hezhi::needs {
namespace {

using std::chrono::days;
using std::chrono::hours;

class Asking : public hezhi::testing::World {
  protected:
    Asking() : desk_worker(staff("community_worker", community)) {}

    static TakeCall call_of(std::string_view who, std::string_view what = "想请人陪着去医院") {
        TakeCall input;
        input.who.value = who;
        input.what.value = what;
        input.consent = true;
        return input;
    }
    Result<std::int64_t> take(const TakeCall& input) {
        return act(
            [&](journal::Turn& turn) { return take_call(turn, *desk_worker, people, input); });
    }
    Result<std::int64_t> order_at_once(const TakeCall& input, const api::Caller& caller) {
        return act([&](journal::Turn& turn) {
            return orders::open_called_order(turn, caller, desk, input);
        });
    }
    Result<std::int64_t> triage(NeedId id, PriorityClass priority_class, bool assess) {
        return act([&](journal::Turn& turn) {
            return triage_need(turn, *social_worker, id, {priority_class, assess});
        });
    }
    Result<std::int64_t> merge(NeedId id, NeedId into) {
        return act([&](journal::Turn& turn) { return merge_need(turn, *social_worker, id, into); });
    }
    Need page(NeedId id, const api::Caller& caller) {
        return reading_as(caller, [&](const api::Reading& reading) {
            return need_pages.one(reading, id).value();
        });
    }

    api::CallerPtr desk_worker;
};
HEZHI_ON_BOTH_ENGINES(Asking);

TEST_P(Asking, TakeCallFindsTheCallerByTheirLandlineOrRegistersThem) {
    PersonId wang = resident("王秀英", "0532-86880001");
    NeedId known(take(call_of("053286880001")).value());
    EXPECT_EQ(need(known).recipient, wang);
    EXPECT_EQ(need(known).asked_by, wang);
    EXPECT_EQ(need(known).channel, Channel::desk);
    EXPECT_EQ(need(known).area, community);
    NeedId fresh(take(call_of("李大爷 13900000009")).value());
    EXPECT_NE(need(fresh).recipient, wang);
    EXPECT_TRUE(need(fresh).recipient);
    NeedId again(take(call_of("13900000009")).value());
    EXPECT_EQ(need(again).recipient, need(fresh).recipient);
    EXPECT_REFUSED(take(call_of("13900000008")), refusals::caller_unknown);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Asking, TakeCallAsksWhichOfThoseWhoShareALandlineIsCalling) {
    PersonId wang = resident("王秀英", "0532-86880001");
    PersonId zhou = resident("周建国", "0532-86880001");
    EXPECT_REFUSED(take(call_of("0532-86880001")), refusals::caller_ambiguous);
    EXPECT_EQ(need(NeedId(take(call_of("周建国 0532-86880001")).value())).recipient, zhou);
    TakeCall chosen = call_of("0532-86880001");
    chosen.person_id = wang;
    EXPECT_EQ(need(NeedId(take(chosen).value())).recipient, wang);
}

TEST_P(Asking, ARelativeAsksForAnElder) {
    PersonId wang = resident("王秀英", "13900000001");
    TakeCall input = call_of("王小明 13900000002", "母亲独居，想请人探访");
    input.for_whom = Text<0, 60>("王秀英 13900000001");
    NeedId id(take(input).value());
    EXPECT_EQ(need(id).channel, Channel::proxy);
    EXPECT_EQ(need(id).recipient, wang);
    EXPECT_NE(need(id).asked_by, wang);
    EXPECT_TRUE(need(id).asked_by);
}

TEST_P(Asking, AskNeedOnOnesOwnPageTellsNobodyWhoHasAPhone) {
    resident("王秀英", "13900000001");
    AskNeed input;
    input.what.value = "想学用手机挂号";
    NeedId own(act([&](journal::Turn& turn) {
                   return ask_need(turn, *zhang.caller, people, input);
               }).value());
    EXPECT_EQ(need(own).channel, Channel::phone_page);
    EXPECT_EQ(need(own).recipient, zhang.person);
    EXPECT_TRUE(page(own, *zhang.caller).reported_by_me);
    input.for_whom = Text<0, 60>("13900000001");
    EXPECT_REFUSED(
        act([&](journal::Turn& turn) { return ask_need(turn, *zhang.caller, people, input); }),
        refusals::caller_unknown);
    EXPECT_REFUSED(
        act([&](journal::Turn& turn) { return ask_need(turn, *grid_worker, people, input); }),
        hezhi::refusals::not_permitted);
}

TEST_P(Asking, OpenCalledOrderMakesNeedAndOrderAtOnceWhereItIsSimple) {
    resident("王秀英", "13900000001");
    TakeCall input = call_of("13900000001", "楼道杂物请人一起清理");
    input.category = Text<0, 60>("environment_clean_up");
    input.wished_at = tomorrow_at(9);
    OrderId id(order_at_once(input, *desk_worker).value());
    EXPECT_EQ(order(id).starts_at, tomorrow_at(9));
    EXPECT_EQ(need(order(id).need).state, NeedStep::planned);
    EXPECT_EQ(need(order(id).need).first_contacted_at, clock.now());
    std::size_t before = facts("need.reported").size();
    TakeCall child = input;
    child.category = Text<0, 60>("adolescent_counselling");
    EXPECT_REFUSED(order_at_once(child, *desk_worker), orders::refusals::not_simple);
    TakeCall silent = input;
    silent.consent = false;
    EXPECT_REFUSED(order_at_once(silent, *desk_worker), orders::refusals::not_simple);
    TakeCall urgent = input;
    urgent.urgent = true;
    EXPECT_REFUSED(order_at_once(urgent, *desk_worker), orders::refusals::not_simple);
    TakeCall whenever = input;
    whenever.wished_at.reset();
    EXPECT_REFUSED(order_at_once(whenever, *desk_worker), orders::refusals::window_invalid);
    EXPECT_EQ(facts("need.reported").size(), before) << "a refusal writes no half";
}

TEST_P(Asking, TriageNeedCountsTheNewClassFromTheReport) {
    NeedId id = report_need(PriorityClass::P3);
    clock.advance(hours(1));
    triage(id, PriorityClass::P2, true).value();
    EXPECT_EQ(need(id).state, NeedStep::assessing);
    EXPECT_EQ(need(id).handle_until, need(id).reported_at + hours(24));
    EXPECT_EQ(need(id).assess_until, clock.now() + hours(24));
    NeedId same = report_need(PriorityClass::P3);
    Instant until = need(same).handle_until;
    clock.advance(hours(1));
    triage(same, PriorityClass::P3, false).value();
    EXPECT_EQ(need(same).handle_until, until);
    EXPECT_EQ(need(same).state, NeedStep::reported);
}

TEST_P(Asking, AssessNeedKeepsItsNoteFromWhoeverReadsNoCases) {
    NeedId id = report_need(PriorityClass::P4);
    triage(id, PriorityClass::P4, true).value();
    AssessNeed input{NeedDomain::family, RiskSeen::medium, true, Text<0, 1000>("与邻居长期不和")};
    act([&](journal::Turn& turn) {
        return assess_need(turn, *social_worker, people, id, input);
    }).value();
    EXPECT_EQ(page(id, *social_worker).assessment, "与邻居长期不和");
    for (const auto& caller : {grid_worker, officer, street_staff}) {
        EXPECT_EQ(page(id, *caller).assessment, std::nullopt);
        EXPECT_EQ(page(id, *caller).risk, std::nullopt);
    }
    for (const Fact& fact : facts("need.assessed")) {
        EXPECT_EQ(fact.payload.find("邻居"), std::string::npos);
    }
}

TEST_P(Asking, ReferNeedIsRemindedUntilItsReceiptComes) {
    NeedId id = report_need();
    act([&](journal::Turn& turn) {
        return refer_need(turn, *social_worker, people, id, "区民政局");
    }).value();
    Instant until = need(id).receipt_until;
    EXPECT_EQ(wait_until(until - Millis(1)), 0U);
    EXPECT_EQ(wait_until(until), 1U);  // RemindReferral
    EXPECT_EQ(need(id).reminders, 1);
    EXPECT_GT(need(id).receipt_until, until);
    EXPECT_EQ(facts("need.reminded").size(), 1U);
    act([&](journal::Turn& turn) {
        return note_receipt(turn, *social_worker, people, id, "民政回执12号", true);
    }).value();
    EXPECT_EQ(need(id).state, NeedStep::closed);
    EXPECT_EQ(page(id, *grid_worker).receipt, "民政回执12号");
    EXPECT_EQ(wait_until(clock.now() + days(60)), 0U) << "no clock runs after the answer";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Asking, NoteReceiptThatSendsItBackLetsItWaitForAnotherAnswer) {
    NeedId id = report_need();
    act([&](journal::Turn& turn) {
        return refer_need(turn, *social_worker, people, id, "区民政局");
    }).value();
    act([&](journal::Turn& turn) {
        return note_receipt(turn, *social_worker, people, id, "不属本部门职责", false);
    }).value();
    EXPECT_EQ(need(id).state, NeedStep::reported);
    EXPECT_TRUE(open_order(id));
}

TEST_P(Asking, MergeNeedTellsEveryReporterTheResultOfTheOneThatStays) {
    NeedId kept = report_need();
    NeedId other = report_need();
    merge(other, kept).value();
    EXPECT_EQ(need(other).state, NeedStep::merged);
    OrderId id = open_order(kept);
    for (const auto& who : {zhang, liu}) offer(id, {who}).value();
    for (const auto& who : {zhang, liu}) accept(id, who).value();
    clock.set(order(id).starts_at);
    for (const auto& who : {zhang, liu}) check_in(id, who).value();
    for (const auto& who : {zhang, liu}) check_out(id, who).value();
    confirm(id).value();
    review(id, Resolution::resolved, 5).value();
    Need shown = page(other, *grid_worker);
    EXPECT_EQ(shown.merged_into, kept);
    EXPECT_EQ(shown.resolution, Resolution::resolved);
    EXPECT_EQ(cockpit(district).items.front().denominator, 1) << "it is counted once";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Asking, UnmergeNeedWithinThePacksDaysAndNoLonger) {
    NeedId kept = report_need(), other = report_need(), third = report_need();
    triage(other, PriorityClass::P3, true).value();
    merge(other, kept).value();
    merge(third, kept).value();
    auto undo = [&](NeedId id) {
        return act([&](journal::Turn& turn) { return unmerge_need(turn, *social_worker, id); });
    };
    EXPECT_REFUSED(merge(kept, other), refusals::merge_impossible);
    EXPECT_REFUSED(merge(kept, kept), refusals::merge_impossible);
    undo(other).value();
    EXPECT_EQ(need(other).state, NeedStep::assessing) << "as it was";
    EXPECT_FALSE(need(other).merged_into);
    clock.advance(days(7));
    EXPECT_REFUSED(undo(third), refusals::undo_over);
}

TEST(SimilarPercent, ComparesWhatIsSaidNotHowItIsPunctuated) {
    EXPECT_EQ(similar_percent("楼道堆放杂物", "楼道，堆放杂物！"), 100);
    EXPECT_GE(similar_percent("楼道堆放杂物，希望一起清理", "3号楼楼道堆放杂物"), 50);
    EXPECT_LT(similar_percent("楼道堆放杂物", "独居老人需要探访"), 20);
    EXPECT_EQ(similar_percent("", "独居老人"), 0);
    EXPECT_EQ(similar_percent("。。。", "。。。"), 0);
}

}  // namespace
}  // namespace hezhi::needs
