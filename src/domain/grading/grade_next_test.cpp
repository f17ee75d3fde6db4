// What is missing to the next state of a person and to the next colour of a team.
#include "domain/grading/test_grading.h"

namespace hezhi::grading {
namespace {

using std::chrono::days;

class GradeNextTo : public Grades {};
HEZHI_ON_BOTH_ENGINES(GradeNextTo);

TEST_P(GradeNextTo, TellAPersonWhatIsMissingToTheNextState) {
    auto next = [&] { return page(*zhang.caller, GradeSubject::person, zhang.person.value)->next; };
    EXPECT_EQ(next(), std::nullopt) << "正常 lacks nothing";
    made_yellow();
    auto to_normal = next();
    ASSERT_TRUE(to_normal);
    EXPECT_EQ(to_normal->standing, PersonStanding::normal);
    EXPECT_EQ(to_normal->color, std::nullopt) << "no colour for persons";
    EXPECT_EQ(to_normal->runs_missing, 2);
    EXPECT_EQ(to_normal->services_missing, 0);
    EXPECT_EQ(to_normal->gates, std::vector<std::string>{"no_shows"});
    EXPECT_FALSE(to_normal->undecided);
    EXPECT_EQ(to_normal->earliest, std::nullopt);
    // Suspended meanwhile: back to 结对, once that is decided.
    propose(*officer, GradeSubject::person, zhang.person.value).value();
    auto suspended = next();
    ASSERT_TRUE(suspended);
    EXPECT_EQ(suspended->standing, PersonStanding::paired);
    EXPECT_TRUE(suspended->undecided);
    EXPECT_EQ(suspended->runs_missing, 0);
    confirm_down(*second_officer, zhangs().proposal).value();
    auto to_paired = next();
    ASSERT_TRUE(to_paired);
    EXPECT_EQ(to_paired->standing, PersonStanding::paired);
    EXPECT_EQ(to_paired->earliest, clock.now() + days(30));
    EXPECT_FALSE(to_paired->undecided);
    EXPECT_EQ(to_paired->services_missing, 0) << "nobody is sent anywhere meanwhile";
    EXPECT_EQ(to_paired->runs_missing, 0);
    EXPECT_EQ(to_paired->points_missing, 0);
    EXPECT_TRUE(to_paired->gates.empty());
    wait_until(clock.now() + days(31));
    EXPECT_EQ(next()->earliest, std::nullopt) << "the days are over";
}

TEST_P(GradeNextTo, RedEndsWithItsDaysThoughNobodyIsSentAnywhere) {
    served(3);  // 张 has fewer than five services, 赵 none
    for (PersonId person : {zhang.person, zhao.person}) {
        propose(*officer, GradeSubject::person, person.value).value();
        confirm_down(*second_officer, grade_of(GradeSubject::person, person.value).proposal)
            .value();
    }
    Instant confirmed = clock.now();
    month_ends("2026-04-01");
    ASSERT_LT(clock.now(), confirmed + days(30)) << "confirmed in March";
    EXPECT_EQ(zhangs().color, GradeColor::red);
    month_ends("2026-05-01");
    EXPECT_EQ(zhangs().color, GradeColor::yellow);
    EXPECT_EQ(zhangs().effective, GradeColor::yellow);
    EXPECT_EQ(grade_of(GradeSubject::person, zhao.person.value).color, GradeColor::yellow);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::grading
