// 上门日程: in which order a professional makes the visits of a day.
#include "domain/orders/order_pages.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::minutes;

class MyDayPage : public hezhi::testing::World {
  protected:
    // 50 minutes of counselling, to be begun somewhere between the two hours.
    OrderId visit(const Volunteer& who, AreaId area, int from, int to) {
        OrderId id = open_order(report_need(PriorityClass::P3, {}, area), "adolescent_counselling",
                                tomorrow_at(from), tomorrow_at(to));
        offer(id, {who}).value();
        accept(id, who).value();
        return id;
    }
    MyDay day_of_visits(const Volunteer& who, Day day) {
        return reading_as(*who.caller, [&](const api::Reading& reading) {
            return my_day_page(reading, desk, day).value();
        });
    }
};
HEZHI_ON_BOTH_ENGINES(MyDayPage);

TEST_P(MyDayPage, PutsVisitsInTheOrderThatIsHomeEarliest) {
    auto social = professional(subdistrict);
    OrderId early = visit(social, community, 9, 10);
    OrderId late = visit(social, community, 13, 15);
    Day tomorrow = hezhi::day_of(clock.now()) + 1;
    auto day = day_of_visits(social, tomorrow);
    ASSERT_EQ(day.visits.size(), 2U);
    EXPECT_EQ(day.visits[0].order_id, early);
    EXPECT_EQ(day.visits[1].order_id, late);
    EXPECT_EQ(day.visits[0].begins_at, tomorrow_at(9));
    EXPECT_EQ(day.visits[0].finishes_at, tomorrow_at(9) + minutes(50));
    EXPECT_EQ(day.visits[1].leaves_at, tomorrow_at(9) + minutes(50));
    EXPECT_EQ(day.visits[1].begins_at, tomorrow_at(13));
    EXPECT_TRUE(day.not_made.empty());
    EXPECT_GT(day.home_at, day.visits[1].finishes_at);
    EXPECT_TRUE(day_of_visits(social, tomorrow + 1).visits.empty()) << "another day";
}

TEST_P(MyDayPage, SaysWhichVisitCannotBeReached) {
    auto social = professional(subdistrict);
    // Ten minutes between the two, and twenty of way.
    visit(social, community, 9, 10);
    OrderId id =
        open_order(report_need(PriorityClass::P3, {}, other_community), "adolescent_counselling",
                   tomorrow_at(10), tomorrow_at(10) + minutes(50));
    offer(id, {social}).value();
    accept(id, social).value();
    // The first may not begin before nine, ends ten to ten, and the second begins at ten sharp.
    auto day = day_of_visits(social, hezhi::day_of(clock.now()) + 1);
    EXPECT_EQ(day.visits.size(), 1U);
    EXPECT_EQ(day.not_made.size(), 1U);
}

}  // namespace
}  // namespace hezhi::orders
