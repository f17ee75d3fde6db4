// The page "why" says by which sentences its month was judged, and tells no person a colour.
#include "domain/grading/test_grading.h"
#include "support/changed_pack.h"

namespace hezhi::grading {
namespace {

class GradeWhy : public Grades {};
HEZHI_ON_BOTH_ENGINES(GradeWhy);

TEST_P(GradeWhy, TellsAPersonNoColour) {
    GradeProposalId id = made_yellow();
    auto own = page(*zhang.caller, GradeSubject::person, zhang.person.value).value();
    EXPECT_FALSE(own.effect) << "which names the colour";
    ASSERT_EQ(own.history.size(), 2U);
    EXPECT_EQ(own.history.front().standing, PersonStanding::normal) << "nobody had confirmed it";
    ASSERT_EQ(own.proposals.size(), 1U);
    EXPECT_EQ(own.proposals.front().from_standing, PersonStanding::normal);
    EXPECT_EQ(own.proposals.front().to_standing, PersonStanding::paired);
    std::string told = to_json(own);
    for (const char* color : {"\"green\"", "\"blue\"", "\"yellow\"", "\"red\"", "\"ungraded\""}) {
        EXPECT_EQ(told.find(color), std::string::npos) << color;
    }
    GradeAppealId filed(appeal(*zhang.caller, id).value());
    auto of_appeal = [&](const api::Caller& who) {
        return reading_as(who, [&](const api::Reading& reading) {
            return appeal_page(reading, grade_desk, filed).value().proposal;
        });
    };
    EXPECT_FALSE(of_appeal(*zhang.caller).to);
    // Whoever decides sees what is decided.
    EXPECT_EQ(of_appeal(*second_officer).to, GradeColor::yellow);
    auto read = page(*second_officer, GradeSubject::person, zhang.person.value).value();
    EXPECT_EQ(read.history.front().band, GradeColor::yellow);
    EXPECT_EQ(read.proposals.front().to, GradeColor::yellow);
}

TEST_P(GradeWhy, SaysTheSentencesByWhichTheMonthWasJudged) {
    OrganizationId team = team_of({zhang, liu});
    served(8);
    month_ends("2026-04-01");
    auto why = [&] { return page(*officer, GradeSubject::team, team.value).value(); };
    auto before = why();
    EXPECT_EQ(before.next->points_missing, 0) << "91.54, and green is from 85";
    auto stricter = hezhi::testing::changed_pack(pack(), "color_grades.toml", R"([window]
says = { zh = "每月末看此前 60 天。", en = "The 60 days before." }
days = 60
team_services_min = 20
person_services_min = 6
[bands]
says = { zh = "95 分以上为绿。", en = "Green from 95." }
green = 95
blue = 80
yellow = 60
[hysteresis]
says = { zh = "连续 3 次才升。", en = "Up after three." }
up_runs = 3
down_runs = 2
down_of = 3
)");
    clock.advance(std::chrono::hours(1));
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, stricter, clock.now());
    }).value();
    auto after = why();
    EXPECT_EQ(after.bands_say.zh, before.bands_say.zh) << "beside a month judged at 85";
    EXPECT_EQ(after.window.zh, before.window.zh);
    EXPECT_EQ(after.services_min, 15);
    EXPECT_EQ(after.score_says.zh, before.score_says.zh);
    EXPECT_EQ(after.hysteresis.zh, before.hysteresis.zh);
    EXPECT_EQ(after.next->points_missing, 346) << "95.00 − 91.54: the next month is judged by it";
    month_ends("2026-05-01");
    EXPECT_EQ(why().bands_say.zh, "95 分以上为绿。");
    EXPECT_EQ(why().services_min, 20);
}

}  // namespace
}  // namespace hezhi::grading
