// 认证等级 as the gates alone open it: a volunteer's facts under one pack and another.
#include "domain/back_tests/earned_level_figure.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "domain/back_tests/mechanisms.h"
#include "facts/activity_facts.h"
#include "facts/joining_facts.h"
#include "facts/person_facts.h"
#include "journal/pack_fold.h"
#include "rules/pack_reader.h"

namespace hezhi::back_tests {
namespace {

// What a volunteer, the person 5, has done.
class VolunteersPath {
  public:
    VolunteersPath() {
        on("2025-01-01", PersonRegistered{40});
        on("2025-01-01", VolunteerRegistered{});
    }
    template <class P>
    VolunteersPath& on(const char* day, const P& payload) {
        Fact fact;
        fact.position = std::ssize(facts_) + 1;
        fact.recorded_at = fact.occurred_at = start_of(*parse_day(day));
        fact.kind = kind_name<P>;
        fact.version = P::version;
        fact.place = {AreaId(1), "/1/"};
        fact.subjects = {{"person", 5}};
        fact.payload = to_json(payload);
        facts_.push_back(std::move(fact));
        return *this;
    }
    VolunteersPath& course(const char* day, CourseKind kind, int minutes, int percent,
                           const char* field = "", const char* held_on = "") {
        Instant held_at = start_of(*parse_day(*held_on ? held_on : day));
        return on(day, CoursePassed{kind, field, minutes, percent, held_at, {}});
    }
    VolunteersPath& serve(const char* day, int served_hours) {
        Instant from = start_of(*parse_day(day));
        return on(day, ShiftRecorded{"community_patrol", from,
                                     from + std::chrono::hours(served_hours), served_hours * 60});
    }
    // All that the base pack asks for V2 in the care of older people.
    VolunteersPath& up_to_v2() {
        course("2025-02-01", CourseKind::general, 240, 85);
        course("2025-03-01", CourseKind::special, 960, 0, "elders");
        on("2025-03-02", CheckObserved{"elders", true, start_of(*parse_day("2025-03-02"))});
        return serve("2025-03-03", 24);
    }

    // The band of the mechanism before that day.
    std::string band(const rules::Pack& by, const char* day) const {
        const Mechanism& levels = *find_mechanism("certification");
        auto pack = std::make_shared<const rules::Pack>(by);
        journal::PackFold fold(levels.own(), pack);
        Instant until = start_of(*parse_day(day));
        auto known = std::ranges::find_if(
            facts_, [&](const Fact& fact) { return fact.recorded_at >= until; });
        fold.add({facts_.begin(), known});
        auto alike = journal::PackFold({}, pack).take(), own = fold.take();
        auto outcomes = levels.outcomes({alike, own}, {{}, until});
        if (outcomes.all.size() != 1) return "nobody";
        return outcomes.bands[static_cast<std::size_t>(outcomes.all.front().band)];
    }

  private:
    std::vector<Fact> facts_;
};

rules::Pack base_rules() {
    return *rules::read_pack_folder("packs/base");
}

rules::CertificationLevel& level_of(rules::Pack& pack, std::int32_t level) {
    return *std::ranges::find(pack.certification.levels, level, &rules::CertificationLevel::level);
}

rules::CertificationGate& gate_of(rules::Pack& pack, std::int32_t level, rules::GateKind kind) {
    return *std::ranges::find(level_of(pack, level).gates, kind, &rules::CertificationGate::kind);
}

TEST(EarnedLevel, FollowsTheGatesOfThePack) {
    VolunteersPath path;
    path.up_to_v2();
    rules::Pack same = base_rules(), longer = base_rules(), stricter = base_rules(),
                unseen = base_rules();
    gate_of(longer, 2, rules::GateKind::service).minutes = 40 * 60;
    gate_of(stricter, 1, rules::GateKind::course).test_percent = 90;
    std::erase_if(level_of(unseen, 2).gates, [](const rules::CertificationGate& gate) {
        return gate.kind == rules::GateKind::observed_check;
    });
    EXPECT_EQ(path.band(same, "2025-02-01"), "V0") << "before the course";
    EXPECT_EQ(path.band(same, "2025-02-15"), "V1");
    EXPECT_EQ(path.band(same, "2025-04-01"), "V2");
    EXPECT_EQ(path.band(longer, "2025-04-01"), "V1") << "24 hours are fewer than 40";
    EXPECT_EQ(path.band(stricter, "2025-04-01"), "V0") << "the course does not count";
    VolunteersPath not_seen;
    not_seen.course("2025-02-01", CourseKind::general, 240, 85)
        .course("2025-03-01", CourseKind::special, 960, 0, "elders")
        .serve("2025-03-03", 24);
    EXPECT_EQ(not_seen.band(same, "2025-04-01"), "V1");
    EXPECT_EQ(not_seen.band(unseen, "2025-04-01"), "V2");
}

TEST(EarnedLevel, CountsACourseByTheDayItWasHeldAndOnce) {
    VolunteersPath before;
    before.course("2025-02-01", CourseKind::general, 240, 85, "", "2024-12-31");
    EXPECT_EQ(before.band(base_rules(), "2025-03-01"), "V0") << "before the registration";
    before.course("2025-02-02", CourseKind::general, 240, 85, "", "2025-01-01");
    EXPECT_EQ(before.band(base_rules(), "2025-03-01"), "V1");
    VolunteersPath twice;
    twice.course("2025-02-01", CourseKind::general, 240, 85)
        .serve("2025-03-03", 24)
        .on("2025-03-04", CheckObserved{"elders", true, start_of(*parse_day("2025-03-04"))});
    for (int i = 0; i < 3; ++i) {
        twice.course("2025-03-05", CourseKind::special, 480, 0, "elders", "2025-03-01");
    }
    EXPECT_EQ(twice.band(base_rules(), "2025-04-01"), "V1") << "8 hours of 16";
    twice.course("2025-03-06", CourseKind::special, 480, 0, "elders", "2025-03-02");
    EXPECT_EQ(twice.band(base_rules(), "2025-04-01"), "V2");
}

TEST(EarnedLevel, IsNotWhatSomebodyGrantedByAnotherPack) {
    VolunteersPath path;
    path.course("2025-02-01", CourseKind::general, 240, 85);
    path.on("2025-02-02", CertificationGranted{1, "", false, {}, {}, {}});
    rules::Pack stricter = base_rules();
    gate_of(stricter, 1, rules::GateKind::course).test_percent = 90;
    EXPECT_EQ(path.band(base_rules(), "2025-03-01"), "V1");
    EXPECT_EQ(path.band(stricter, "2025-03-01"), "V0");
    path.on("2025-02-03", CertificationGranted{2, std::string(any_field), false, {}, {}, {}});
    EXPECT_EQ(path.band(stricter, "2025-03-01"), "V2") << "of before there were gates";
}

TEST(EarnedLevel, OpensByTimeAlone) {
    VolunteersPath path;
    path.up_to_v2()
        .serve("2025-05-01", 80)
        .course("2025-05-02", CourseKind::leading, 480, 0)
        .on("2025-05-03", LeadRecommended{});
    rules::Pack sooner = base_rules();
    gate_of(sooner, 3, rules::GateKind::months_at).months = 6;
    EXPECT_EQ(path.band(base_rules(), "2025-10-01"), "V2");
    EXPECT_EQ(path.band(sooner, "2025-10-01"), "V3") << "V2 since the third of March";
    EXPECT_EQ(path.band(base_rules(), "2026-03-02"), "V2");
    EXPECT_EQ(path.band(base_rules(), "2026-03-04"), "V3");
}

TEST(EarnedLevel, EndsWithItsTimeUnlessWhatARenewalAsksForIsThere) {
    VolunteersPath path;
    path.course("2025-02-01", CourseKind::general, 240, 85);
    rules::Pack yearly = base_rules();
    yearly.certification.valid_months = 12;
    EXPECT_EQ(path.band(yearly, "2026-01-31"), "V1");
    EXPECT_EQ(path.band(yearly, "2026-02-02"), "V0");
    EXPECT_EQ(path.band(base_rules(), "2026-02-02"), "V1") << "for 24 months";
    VolunteersPath renewed = path;
    renewed.course("2025-06-01", CourseKind::special, 480, 0, "elders").serve("2025-06-02", 20);
    EXPECT_EQ(renewed.band(yearly, "2026-02-02"), "V1");
    VolunteersPath late = path;
    late.course("2026-03-01", CourseKind::special, 480, 0, "elders").serve("2026-03-02", 20);
    EXPECT_EQ(late.band(yearly, "2026-04-01"), "V1") << "within half a year of the end";
    yearly.certification.renewal_late_months = 0;
    EXPECT_EQ(late.band(yearly, "2026-04-01"), "V0");
}

TEST(EarnedLevel, KeepsWhatPeopleDecided) {
    VolunteersPath papers;
    papers.on("2025-01-10", CertificationRecognised{3, {"elders"}, {}, {}, {}});
    rules::Pack lower = base_rules(), at_once = base_rules();
    lower.certification.recognised_level_max = 2;
    at_once.certification.recognised_within_days = 5;
    EXPECT_EQ(papers.band(base_rules(), "2025-02-01"), "V3");
    EXPECT_EQ(papers.band(lower, "2025-02-01"), "V2");
    EXPECT_EQ(papers.band(at_once, "2025-02-01"), "V0");

    VolunteersPath lowered;
    lowered.up_to_v2();
    LoweringConfirmed confirmed;
    confirmed.measure = LoweringMeasure::lower;
    confirmed.level = 1;
    lowered.on("2025-05-01", confirmed);
    rules::Pack stricter = base_rules();
    gate_of(stricter, 1, rules::GateKind::course).test_percent = 90;
    EXPECT_EQ(lowered.band(base_rules(), "2025-06-01"), "V1");
    EXPECT_EQ(lowered.band(stricter, "2025-06-01"), "V0") << "a lowering gives nothing";
    LoweringSettled settled;
    settled.upheld = true;
    settled.measure = LoweringMeasure::lower;
    settled.level = 2;
    lowered.on("2025-05-10", settled);
    EXPECT_EQ(lowered.band(base_rules(), "2025-06-01"), "V2") << "the appeal was right";
    EXPECT_EQ(lowered.band(stricter, "2025-06-01"), "V0");
}

TEST(EarnedLevel, StandsBesideALicenceThatHolds) {
    VolunteersPath path;
    path.course("2025-02-01", CourseKind::general, 240, 85);
    path.on("2025-02-05", LicenceVerified{"lawyer", start_of(*parse_day("2025-08-01"))});
    EXPECT_EQ(path.band(base_rules(), "2025-03-01"), "V1+V4");
    EXPECT_EQ(path.band(base_rules(), "2025-09-01"), "V1");
    VolunteersPath left = path;
    left.on("2025-02-10", VolunteerLeft{});
    EXPECT_EQ(left.band(base_rules(), "2025-03-01"), "nobody");
}

// The end of a licence was taken for an appeal that was right.
TEST(EarnedLevel, IsNotGivenBackWhenALicenceEnds) {
    VolunteersPath path;
    path.on("2025-01-10", CertificationRecognised{3, {"elders"}, {}, {}, {}});
    LoweringConfirmed confirmed;
    confirmed.measure = LoweringMeasure::lower;
    confirmed.level = 1;
    Instant licence_end = start_of(*parse_day("2025-08-01"));
    path.on("2025-02-01", confirmed).on("2025-02-05", LicenceVerified{"lawyer", licence_end});
    EXPECT_EQ(path.band(base_rules(), "2025-01-20"), "V3");
    EXPECT_EQ(path.band(base_rules(), "2025-02-03"), "V1");
    EXPECT_EQ(path.band(base_rules(), "2025-03-01"), "V1+V4") << "its gate opened";
    path.on("2025-08-01", LicenceEnded{1, licence_end});
    EXPECT_EQ(path.band(base_rules(), "2025-09-01"), "V1") << "the lowering stands";
    LoweringSettled settled;
    settled.upheld = true;
    settled.measure = LoweringMeasure::lower;
    settled.level = 3;
    path.on("2025-09-02", settled);
    EXPECT_EQ(path.band(base_rules(), "2025-10-01"), "V3") << "until the appeal was right";
}

}  // namespace
}  // namespace hezhi::back_tests
