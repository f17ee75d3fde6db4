// What illness excuses: the months to come leave it out, and say so.
#include <algorithm>

#include "domain/grading/test_grading.h"

namespace hezhi::grading {
namespace {

using std::chrono::days;

class GradeExcuses : public Grades {
  protected:
    Result<std::int64_t> excuse(const api::Caller& who, OrderId order, PersonId person) {
        ExcuseService input{order, person, Text<1, 500>("因病，已看病假条")};
        return act(
            [&](journal::Turn& turn) { return excuse_service(turn, who, grade_desk, input); });
    }
    OrderId last_missed() { return OrderId(facts("order.no_show").back().subject("order")); }
    GradeRunState last_run() {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<GradeRunFigure>(zhangs().computed).value();
        });
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }
};
HEZHI_ON_BOTH_ENGINES(GradeExcuses);

TEST_P(GradeExcuses, ExcuseServiceLeavesANoShowOutOfTheMonthsToCome) {
    served(3);
    for (int i = 0; i < 3; ++i) zhang_did_not_come();
    OrderId ill = last_missed();
    std::int64_t note = excuse(*street_staff, ill, zhang.person).value();
    month_ends("2026-04-01");
    EXPECT_EQ(last_run().counts.no_shows, 2);
    EXPECT_EQ(last_run().counts.accepted, 5);
    EXPECT_TRUE(last_run().gates.empty()) << "three would be yellow at most";
    auto why = page(*officer, GradeSubject::person, zhang.person.value).value();
    ASSERT_TRUE(why.excuse) << "the clause";
    auto row = std::ranges::find(why.not_counted, ill, &GradeServiceWhy::order_id);
    ASSERT_NE(row, why.not_counted.end());
    EXPECT_EQ(row->counted, CountedAs::excused);
    EXPECT_FALSE(row->excusable) << "it is";
    EXPECT_EQ(std::ranges::count(why.counted, true, &GradeServiceWhy::excusable), 2)
        << "the other two";
    auto own = page(*zhang.caller, GradeSubject::person, zhang.person.value).value();
    EXPECT_EQ(std::ranges::count(own.counted, true, &GradeServiceWhy::excusable), 0)
        << "nobody excuses herself";
    auto kept = reading_as(*officer, [&](const api::Reading& reading) {
        return people.read_text(reading.db, note, text_excuse);
    });
    EXPECT_EQ(kept, "因病，已看病假条") << "in the register, and in no fact";
}

TEST_P(GradeExcuses, OfATeamsPageNobodyReadsWhoWasExcused) {
    OrganizationId team = team_of({liu, zhang});
    served(6);
    zhang_did_not_come();
    OrderId ill = last_missed();
    excuse(*street_staff, ill, zhang.person).value();
    month_ends("2026-04-01");
    for (const api::CallerPtr& who : {officer, liu.caller}) {
        auto why = page(*who, GradeSubject::team, team.value).value();
        EXPECT_EQ(why.excused, 1);
        // What 刘 accepted stands there: it was cancelled.
        EXPECT_EQ(std::ranges::count(why.not_counted, ill, &GradeServiceWhy::order_id), 1);
        EXPECT_EQ(
            std::ranges::count(why.not_counted, CountedAs::excused, &GradeServiceWhy::counted), 0);
        EXPECT_EQ(std::ranges::count(why.counted, ill, &GradeServiceWhy::order_id), 0);
    }
    auto own = page(*zhang.caller, GradeSubject::person, zhang.person.value).value();
    EXPECT_EQ(own.excused, 0) << "her own page has it in its list";
    EXPECT_EQ(std::ranges::count(own.not_counted, CountedAs::excused, &GradeServiceWhy::counted),
              1);
}

TEST_P(GradeExcuses, ExcuseServiceChangesNoMonthThatWasComputed) {
    served(8);
    for (int i = 0; i < 3; ++i) zhang_did_not_come();
    month_ends("2026-04-01");
    ASSERT_EQ(last_run().gates, std::vector<std::string>{"no_shows"});
    excuse(*officer, last_missed(), zhang.person).value();
    auto why = page(*officer, GradeSubject::person, zhang.person.value).value();
    EXPECT_EQ(std::ranges::count(why.counted, CountedAs::no_show, &GradeServiceWhy::counted), 3)
        << "as the month knew them";
    month_ends("2026-05-01");
    EXPECT_TRUE(last_run().gates.empty());
    EXPECT_FALSE(zhangs().proposal) << "one month of two is not enough";
}

TEST_P(GradeExcuses, ExcuseServiceIsForStaffInTimeAndForWhatWouldCount) {
    zhang_did_not_come();
    OrderId ill = last_missed();
    EXPECT_REFUSED(excuse(*social_worker, ill, zhang.person), hezhi::refusals::not_found);
    EXPECT_REFUSED(excuse(*staff("street_staff", other_district), ill, zhang.person),
                   hezhi::refusals::not_found);
    api::Caller herself = *street_staff;
    herself.person = zhang.person;
    EXPECT_REFUSED(excuse(herself, ill, zhang.person), refusals::grade_concerns_caller);
    EXPECT_REFUSED(excuse(*street_staff, ill, zhao.person), refusals::service_not_excusable)
        << "who had not accepted";
    OrderId done = delivered_order();
    EXPECT_REFUSED(excuse(*street_staff, done, zhang.person), refusals::service_not_excusable);
    excuse(*street_staff, ill, zhang.person).value();
    EXPECT_REFUSED(excuse(*street_staff, ill, zhang.person), refusals::service_not_excusable)
        << "once";
    zhang_did_not_come();
    clock.set(clock.now() + days(31));
    EXPECT_REFUSED(excuse(*street_staff, last_missed(), zhang.person),
                   refusals::service_not_excusable)
        << "after 30 days";
}

}  // namespace
}  // namespace hezhi::grading
