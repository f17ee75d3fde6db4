// 两人同行, the hours of the night, and nobody in two places: what an order asks of who goes.
#include "support/world.h"

namespace hezhi::orders {
namespace {

using std::chrono::hours;

class TwoPeople : public hezhi::testing::World {
  protected:
    Result<std::int64_t> open(PriorityClass priority_class, std::string_view category,
                              Instant starts_at, int minutes = 45, std::string_view contact = {}) {
        NeedId need = report_need(priority_class, contact);
        OpenOrder input;
        input.category.value = category;
        input.starts_at = starts_at;
        input.ends_at = starts_at + std::chrono::minutes(minutes);
        return act([&](journal::Turn& turn) {
            return orders::open_order(turn, *social_worker, desk, need, input);
        });
    }
    std::int32_t people_of(const Result<std::int64_t>& opened) {
        return order(OrderId(opened.value())).people_needed;
    }
    Instant tomorrow(int hour, int minute) {
        return tomorrow_at(hour) + std::chrono::minutes(minute);
    }
};
HEZHI_ON_BOTH_ENGINES(TwoPeople);

TEST_P(TwoPeople, AtNightTwoGoWhateverTheCategoryAsks) {
    EXPECT_EQ(people_of(open(PriorityClass::P3, "errands", tomorrow_at(10))), 1);
    EXPECT_EQ(people_of(open(PriorityClass::P3, "errands", tomorrow(19, 15))), 1);
    EXPECT_EQ(people_of(open(PriorityClass::P3, "errands", tomorrow(19, 30))), 2);
    EXPECT_EQ(people_of(open(PriorityClass::P2, "errands", tomorrow_at(23))), 2);
    EXPECT_EQ(people_of(open(PriorityClass::P2, "errands", tomorrow_at(6))), 2);
}

TEST_P(TwoPeople, OnlyUrgentNeedsAreServedBetweenNineAndSeven) {
    EXPECT_TRUE(open(PriorityClass::P3, "errands", tomorrow(20, 15)).has_value());
    EXPECT_REFUSED(open(PriorityClass::P3, "errands", tomorrow(20, 30)),
                   refusals::night_not_urgent);
    EXPECT_REFUSED(open(PriorityClass::P4, "errands", tomorrow(6, 59)), refusals::night_not_urgent);
    EXPECT_TRUE(open(PriorityClass::P4, "errands", tomorrow_at(7)).has_value());
    for (PriorityClass urgent : {PriorityClass::P1, PriorityClass::P2}) {
        EXPECT_TRUE(open(urgent, "errands", tomorrow_at(22)).has_value());
    }
}

TEST_P(TwoPeople, GoToAHomeForTheFirstTimeAndForPersonalCareAlways) {
    PersonId wang = resident("王秀英", "13900000001");
    for (std::string_view category : {"visit_alone_elder", "home_cleaning", "life_story_recording",
                                      "hospital_escort", "care_alone_elder"}) {
        auto id = open(PriorityClass::P3, category, tomorrow_at(10), 60, "王秀英 13900000001");
        EXPECT_EQ(people_of(id), 2) << category;
        EXPECT_EQ(order(OrderId(*id)).recipient, wang);
    }
    const rules::Pack& rules = pack();
    for (auto [category, later] : {std::pair{"visit_alone_elder", 1},
                                   {"home_cleaning", 1},
                                   {"care_alone_elder", 2},
                                   {"assisted_bathing", 2}}) {
        EXPECT_EQ(
            people_for(rules, *rules.category(category), false, tomorrow_at(10), tomorrow_at(11)),
            later)
            << category;
    }
}

TEST_P(TwoPeople, WhereTwoAreNeededNobodyBeginsBeforeBothHaveAccepted) {
    OrderId id = open_order(report_need());
    offer(id, {zhang, liu}).value();
    accept(id, zhang).value();
    EXPECT_REFUSED(check_in(id, zhang), refusals::order_state_forbids);
    accept(id, liu).value();
    EXPECT_TRUE(check_in(id, zhang).has_value());
}

TEST_P(TwoPeople, NobodyIsInAShiftAndInAnOrderAtTheSameTime) {
    activities::PublishActivity input;
    input.area_id = community;
    input.category.value = "environment_clean_up";
    input.title.value = "海滩清洁";
    input.place.value = "金沙滩";
    input.risk.value = "礁石湿滑";
    input.shifts = {{tomorrow_at(10), tomorrow_at(12), Bounded<1, 100000>(5)}};
    ActivityId activity(act([&](journal::Turn& turn) {
                            return activities::publish_activity(turn, *street_staff, activity_desk,
                                                                input);
                        }).value());
    auto shift = reading_as(*street_staff, [&](const api::Reading& reading) {
        return activities::activity_page(reading, activity_desk, activity)->shifts.front().id;
    });
    OrderId at_the_same_time = open_order(report_need());  // 09:00 to 11:00
    offer(at_the_same_time, {zhang, liu}).value();
    act([&](journal::Turn& turn) {
        return activities::join_shift(turn, *zhang.caller, shift);
    }).value();
    EXPECT_REFUSED(accept(at_the_same_time, zhang), refusals::time_conflict);
    EXPECT_TRUE(accept(at_the_same_time, liu).has_value());
    OrderId another = open_order(report_need());
    EXPECT_REFUSED(offer(another, {zhang}), refusals::person_may_not_take);
    act([&](journal::Turn& turn) {
        return activities::leave_shift(turn, *zhang.caller, shift);
    }).value();
    EXPECT_TRUE(accept(at_the_same_time, zhang).has_value());
}

}  // namespace
}  // namespace hezhi::orders
