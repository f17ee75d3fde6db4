// The page "why" says by which sentences its month was judged.
#include "domain/grading/test_grading.h"
#include "support/changed_pack.h"

namespace hezhi::grading {
namespace {

class GradeWhy : public Grades {};
HEZHI_ON_BOTH_ENGINES(GradeWhy);

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
