// Needs: the report with its clocks, the first contact, the closing, the reading of a contact.
#include "domain/needs/needs.h"

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
                                        "merge_need", "close_need", "read_contact"}));
    contact(id, *social_worker).value();
    EXPECT_EQ(page(id, *social_worker).actions,
              (std::vector<std::string>{"triage_need", "open_order", "refer_need", "merge_need",
                                        "close_need", "read_contact"}));
    open_order(id);
    EXPECT_EQ(page(id, *social_worker).actions, (std::vector<std::string>{"read_contact"}));
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

}  // namespace
}  // namespace hezhi::needs
