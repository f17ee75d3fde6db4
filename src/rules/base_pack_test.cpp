// What packs/base says, as an officer would check it against the published rules.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/shape.h"
#include "rules/pack_reader.h"

namespace hezhi::rules {
namespace {

const Pack& base() {
    static const Pack pack = [] {
        auto read = read_pack_folder("packs/base");
        if (!read) {
            for (auto& error : read.error()) ADD_FAILURE() << to_string(error);
            return Pack{};
        }
        return std::move(*read);
    }();
    return pack;
}

std::string written(const TimeLimit& limit) {
    return std::to_string(limit.amount) + " " + std::string(label_of(limit.unit)) + " " +
           std::string(label_of(limit.clock));
}

std::string written(const Category& c, bool first_visit) {
    return std::string(label_of(c.boundary(first_visit))) + " V" +
           std::to_string(c.certification_min) + " " + std::to_string(c.minutes_planned) + "min " +
           std::to_string(c.people(first_visit)) + "p " + std::string(label_of(c.risk_level)) +
           " " + c.default_class;
}

TEST(BasePack, CategoriesAreThoseOfTheCatalogue) {
    struct Row {
        const char* key;
        const char* zh;
        const char* first;
        const char* after;
    };
    // clang-format off
    const Row table[] = {
        {"visit_alone_elder",       "独居老人探访",   "volunteer_supervised V1 45min 2p R2 P3", "volunteer V1 45min 1p R2 P3"},
        {"adolescent_counselling",  "青少年心理辅导", "professional_only V0 50min 1p R3 P3",    "professional_only V0 50min 1p R3 P3"},
        {"environment_clean_up",    "环境整治",       "volunteer V0 60min 2p R1 P3",            "volunteer V0 60min 2p R1 P3"},
    };
    // clang-format on
    EXPECT_EQ(base().categories.size(), 52u);
    for (auto& row : table) {
        SCOPED_TRACE(row.key);
        auto category = base().category(row.key);
        ASSERT_NE(category, nullptr);
        EXPECT_EQ(category->name.zh, row.zh);
        EXPECT_EQ(written(*category, true), row.first);
        EXPECT_EQ(written(*category, false), row.after);
    }
    EXPECT_TRUE(base().category("visit_alone_elder")->credit_eligible);
    EXPECT_TRUE(base().category("adolescent_counselling")->minor_contact);
    EXPECT_EQ(base().category("adolescent_counselling")->credential, "social_worker");
    EXPECT_TRUE(base().category("environment_clean_up")->minors_with_adult);
}

TEST(BasePack, TheFiftyTwoCategoriesStandWithNumberBoundaryRiskMinutesAndPeople) {
    struct Row {
        int number;
        const char* key;
        const char* says;  // as the first visit has it
    };
    // PRO: professionals only; SUP: volunteers under a named social worker; VOL: volunteers. INS:
    // proof of insurance. MC: minors are served, so a crime-record query is asked for.
    // clang-format off
    const Row table[] = {
        {1, "visit_alone_elder", "SUP R2 45min 2p"},
        {2, "care_alone_elder", "SUP R3 90min 2p INS"},
        {3, "daily_safety_signal", "VOL R2 5min 1p"},
        {4, "phone_befriending", "VOL R1 20min 1p"},
        {5, "meal_delivery", "VOL R2 30min 1p"},
        {6, "assisted_bathing", "PRO R4 90min 2p"},
        {7, "home_cleaning", "VOL R2 90min 2p"},
        {8, "hospital_escort", "VOL R3 180min 2p INS"},
        {9, "errands", "VOL R2 45min 1p"},
        {10, "smartphone_lessons", "VOL R1 60min 1p"},
        {11, "fraud_prevention", "VOL R2 60min 2p"},
        {12, "dementia_family_support", "SUP R3 90min 2p"},
        {13, "respite_for_carers", "SUP R3 120min 2p INS"},
        {14, "hospice_companionship", "SUP R3 60min 2p"},
        {15, "bereavement_counselling", "PRO R3 50min 1p"},
        {16, "adolescent_counselling", "PRO R3 50min 1p MC"},
        {17, "youth_companionship", "SUP R3 90min 2p MC"},
        {18, "psychological_seed_education", "SUP R2 60min 2p"},
        {19, "self_harm_crisis", "PRO R4 60min 2p"},
        {20, "after_school_tutoring", "SUP R3 120min 2p MC"},
        {21, "home_visit_child", "PRO R4 60min 2p MC"},
        {22, "left_behind_child_contact", "SUP R3 30min 1p MC"},
        {23, "youth_activity_camp", "SUP R3 240min 2p INS MC"},
        {24, "juvenile_justice", "PRO R4 60min 2p MC"},
        {25, "domestic_violence_support", "PRO R4 60min 2p"},
        {26, "family_counselling", "PRO R3 60min 1p"},
        {27, "neighbour_mediation", "SUP R3 60min 2p"},
        {28, "community_deliberation", "SUP R2 120min 2p"},
        {29, "community_correction", "PRO R4 60min 2p"},
        {30, "drug_rehabilitation", "PRO R4 60min 2p"},
        {31, "mental_illness_rehabilitation", "PRO R4 90min 2p"},
        {32, "disability_escort", "VOL R3 120min 2p INS"},
        {33, "sign_braille_caption", "VOL R1 60min 1p"},
        {34, "assistance_application", "SUP R2 60min 1p"},
        {35, "legal_consultation", "VOL R2 45min 1p"},
        {36, "free_clinic", "VOL R3 120min 2p"},
        {37, "first_aid_training", "VOL R1 120min 1p"},
        {38, "small_repair", "VOL R2 45min 2p INS"},
        {39, "convenience_day", "VOL R1 180min 2p"},
        {40, "environment_clean_up", "VOL R1 60min 2p"},
        {41, "community_patrol", "VOL R2 120min 2p INS"},
        {42, "hazard_look_round", "SUP R2 60min 2p"},
        {43, "disaster_response", "SUP R4 240min 3p INS"},
        {44, "event_guidance", "VOL R1 180min 2p"},
        {45, "museum_guide", "VOL R1 120min 1p"},
        {46, "gig_worker_services", "SUP R1 60min 1p"},
        {47, "newcomers_integration", "SUP R1 90min 2p"},
        {48, "job_and_skill_help", "SUP R1 60min 1p"},
        {49, "rural_governance", "SUP R2 120min 2p"},
        {50, "role_model_talk", "VOL R1 45min 1p"},
        {51, "pets_and_laundry", "VOL R1 45min 1p"},
        {52, "life_story_recording", "VOL R2 90min 2p"},
    };
    // clang-format on
    EXPECT_EQ(base().categories.size(), std::size(table));
    int number = 0;
    for (const auto& row : table) {
        SCOPED_TRACE(row.key);
        EXPECT_EQ(row.number, ++number);
        const auto* category = base().category(row.key);
        ASSERT_NE(category, nullptr);
        EXPECT_EQ(category->number, row.number);
        EXPECT_NE(base().category_group(category->group), nullptr);
        std::string boundary = category->boundary(true) == DutyBoundary::professional_only ? "PRO"
                               : category->boundary(true) == DutyBoundary::volunteer       ? "VOL"
                                                                                           : "SUP";
        EXPECT_EQ(boundary + " " + std::string(label_of(category->risk_level)) + " " +
                      std::to_string(category->minutes_planned) + "min " +
                      std::to_string(category->people(true)) + "p" +
                      (category->insurance ? " INS" : "") + (category->minor_contact ? " MC" : ""),
                  row.says);
    }
}

TEST(BasePack, TwoGoTogetherWhereTheRuleSaysSoOrThePackSaysWhyOneMay) {
    const auto& two = base().dispatch.two_people;
    EXPECT_EQ(two.night, (DailyHours{20 * 60, 7 * 60}));
    EXPECT_EQ(two.risk_from, RiskLevel::R3);
    EXPECT_EQ(base().dispatch.night.hours, (DailyHours{21 * 60, 7 * 60}));
    EXPECT_EQ(base().dispatch.night.only_classes, (std::vector<std::string>{"P1", "P2"}));
    int at_home = 0, personal_care = 0, alone = 0;
    for (const auto& category : base().categories) {
        SCOPED_TRACE(category.key);
        at_home += category.at_home;
        personal_care += category.personal_care;
        alone += category.alone_because.has_value();
        if (category.at_home) {
            EXPECT_GE(category.people(true), 2);
        }
        if (category.personal_care) {
            EXPECT_GE(category.people(false), 2);
        }
        if (category.risk_level >= RiskLevel::R3 && !category.alone_because) {
            EXPECT_GE(category.people(false), 2);
        }
    }
    EXPECT_EQ(at_home, 10);
    EXPECT_EQ(personal_care, 2);
    EXPECT_EQ(alone, 7);
}

TEST(BasePack, TimeLimitsAreThoseOfTheFourClasses) {
    struct Row {
        const char* key;
        const char* first_step;
        const char* first_contact;
        const char* handling;
        const char* offer_open;
    };
    // clang-format off
    const Row table[] = {
        {"P1", "5 minutes calendar", "30 minutes calendar", "2 hours calendar",  "10 minutes calendar"},
        {"P2", "1 hours calendar",   "2 hours calendar",    "24 hours calendar", "30 minutes calendar"},
        {"P3", "1 days working",     "24 hours calendar",   "7 days calendar",   "12 hours calendar"},
        {"P4", "1 days working",     "24 hours calendar",   "15 days calendar",  "12 hours calendar"},
    };
    // clang-format on
    EXPECT_EQ(base().limit_classes.size(), std::size(table));
    for (auto& row : table) {
        SCOPED_TRACE(row.key);
        auto limits = base().limit_class(row.key);
        ASSERT_NE(limits, nullptr);
        EXPECT_EQ(written(limits->first_step), row.first_step);
        EXPECT_EQ(written(limits->first_contact), row.first_contact);
        EXPECT_EQ(written(limits->handling), row.handling);
        EXPECT_EQ(written(limits->offer_open), row.offer_open);
    }
    EXPECT_TRUE(base().limit_class("P1")->do_first.has_value());
    EXPECT_EQ(written(base().order_limits.confirm_within), "48 hours calendar");
    EXPECT_EQ(written(base().order_limits.brief_closes), "24 hours calendar");
    EXPECT_EQ(written(base().order_limits.reopen_within), "30 days calendar");
    EXPECT_EQ(base().order_limits.joint_meeting_from, 3);
}

TEST(BasePack, ScorePointsAreFortyTwentyFifteenFifteenTen) {
    auto& d = base().dispatch;
    EXPECT_EQ(d.distance, 40);
    EXPECT_EQ(d.continuity, 20);
    EXPECT_EQ(d.skill_fit, 15);
    EXPECT_EQ(d.fairness, 15);
    EXPECT_EQ(d.preference, 10);
    EXPECT_EQ(d.offers_at_a_time, 5);
    ASSERT_EQ(d.widening.size(), 3u);
    EXPECT_EQ(d.widening[1].at_percent, 50);
    EXPECT_EQ(d.widening[1].reach, "district");
}

TEST(BasePack, AnEmptyPlaceCostsMoreThanAnyScoreAndMoreWhenUrgent) {
    auto& d = base().dispatch;
    EXPECT_EQ(d.load_days, 30);
    EXPECT_EQ(d.load_minutes_max, 4800);
    EXPECT_EQ(d.empty_points, 200);
    std::string points;
    for (auto& [key, its] : d.urgency_points) points += key + " " + std::to_string(its) + " ";
    EXPECT_EQ(points, "P1 800 P2 400 P3 100 P4 0 ");
    EXPECT_EQ(d.leader_from_risk, RiskLevel::R3);
    EXPECT_EQ(d.travel_minutes, (std::vector<std::int32_t>{10, 20, 40}));
}

TEST(BasePack, SaysWhatIsAskedAgainAndAgainWhoIsCalledBeforeAndWhoAfterwards) {
    auto& asking = base().asking;
    EXPECT_EQ(asking.project_needs_min, 5);
    EXPECT_EQ(asking.project_within_days, 30);
    EXPECT_EQ(asking.project_kind, "community");
    EXPECT_EQ(asking.project_class, "P4");
    EXPECT_EQ(asking.absences_min, 2);
    EXPECT_EQ(asking.absences_within_days, 90);
    EXPECT_EQ(asking.phone_check_except, (std::vector<std::string>{"P1", "P2"}));
    EXPECT_EQ(asking.revisit_all, (std::vector<std::string>{"P1", "P2", "P4"}));
    EXPECT_EQ(asking.revisit_percent, 20);
}

TEST(BasePack, AClauseKnowsItsPlaceAndSaysItself) {
    auto& clause = base().category("visit_alone_elder")->clause;
    EXPECT_EQ(clause.file, "base/categories.toml");
    std::ifstream file("packs/base/categories.toml");
    std::string line;
    for (int n = 0; n < clause.line; ++n) std::getline(file, line);
    EXPECT_EQ(line, "[category.visit_alone_elder]");
    EXPECT_FALSE(clause.says.zh.empty());
    EXPECT_FALSE(clause.says.en.empty());
}

TEST(BasePack, AreaKindsRunFromProvinceToGrid) {
    std::string kinds;
    for (auto& kind : base().area_kinds) kinds += kind.key + " ";
    EXPECT_EQ(kinds, "province city district subdistrict community grid ");
    EXPECT_EQ(base().area_kind_of_division_level("village")->key, "community");
    EXPECT_EQ(base().area_kind_of_division_level("hamlet"), nullptr);
}

TEST(BasePack, SearchDropsTheOfficialEndingOfAName) {
    struct Row {
        const char* kind;
        const char* name;
        const char* expected;
    };
    const Row table[] = {
        {"community", "新港山路社区居委会", "新港山路"},
        {"community", "薛家岛社区居民委员会", "薛家岛"},
        {"community", "并州路二社区居委会", "并州路二"},
        {"community", "新港山路社区", "新港山路"},
        {"community", "东磨石村村民委员会", "东磨石"},
        {"community", "某村委会", "某"},
        {"community", "村委会", "村委会"},
        {"community", "新港山路", "新港山路"},
        {"subdistrict", "薛家岛街道", "薛家岛"},
    };
    for (auto& row : table) {
        EXPECT_EQ(search_name(*base().area_kind(row.kind), row.name), row.expected) << row.name;
    }
}

TEST(PackText, ReadsBackToTheSamePack) {
    auto again = read_pack_text(base().canonical_text);
    ASSERT_TRUE(again.has_value()) << to_string(again.error().front());
    EXPECT_EQ(again->canonical_text, base().canonical_text);
    EXPECT_EQ(again->name, "base");
    EXPECT_EQ(again->categories.size(), base().categories.size());
    EXPECT_EQ(again->category("visit_alone_elder")->clause,
              base().category("visit_alone_elder")->clause);
}

// What a new pack may not say any more stands in journals.
TEST(PackText, OfAJournalIsReadAlsoWhereANewPackWouldBeRefused) {
    std::string text = base().canonical_text;
    std::string_view now = "first_contact = { minutes = 30, clock";
    auto at = text.find(now);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, now.size(), "first_contact = { hours   = 30, clock");
    auto read = read_pack_text(text);
    ASSERT_TRUE(read.has_value()) << to_string(read.error().front());
    EXPECT_EQ(read->limit_class("P1")->first_contact.unit, TimeUnit::hours);
}

TEST(PackText, IsRefusedWhenCutOrChanged) {
    auto& text = base().canonical_text;
    EXPECT_FALSE(read_pack_text(std::string_view(text).substr(0, text.size() - 1)).has_value());
    EXPECT_FALSE(read_pack_text(text + "more").has_value());
    EXPECT_FALSE(read_pack_text("").has_value());
    EXPECT_FALSE(read_pack_text("hezhi pack text 1\npack base 99999999999999999999\n").has_value());
}

TEST(BasePack, TellsOfEverythingAboutAPersonWhatStaysOfIt) {
    struct Row {
        const char* key;
        Keeps keeps;
        std::int32_t years;
    };
    constexpr Row rows[] = {
        {"name", Keeps::erased, 0},         {"phone", Keeps::erased, 0},
        {"id_number", Keeps::erased, 0},    {"address", Keeps::erased, 0},
        {"note", Keeps::erased, 0},         {"sign_in", Keeps::erased, 0},
        {"service", Keeps::restricted, 10}, {"security_log", Keeps::restricted, 0},
        {"journal", Keeps::blank, 0},       {"birth_date", Keeps::erased, 0},
        {"certificate", Keeps::blank, 0},
    };
    ASSERT_EQ(base().retention.size(), std::size(rows));
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        SCOPED_TRACE(rows[i].key);
        EXPECT_EQ(base().retention[i].key, rows[i].key);
        EXPECT_EQ(base().retention[i].keeps, rows[i].keeps);
        EXPECT_EQ(base().retention[i].years.value_or(0), rows[i].years);
    }
}

// A journal holds packs from before there was such a file.
TEST(BasePack, IsReadWithoutItsRetention) {
    auto folder = std::filesystem::temp_directory_path() / "hezhi-no-retention" / "base";
    std::filesystem::remove_all(folder.parent_path());
    std::filesystem::create_directories(folder.parent_path());
    std::filesystem::copy("packs/base", folder);
    std::filesystem::remove(folder / "retention.toml");
    auto read = read_pack_folder(folder);
    std::filesystem::remove_all(folder.parent_path());
    ASSERT_TRUE(read.has_value()) << to_string(read.error().front());
    EXPECT_TRUE(read->retention.empty());
}

// The number of a certificate stands in an address, and no two read alike.
TEST(BasePack, NumbersCertificatesSoThatNoTwoReadAlike) {
    EXPECT_EQ(base().certificates.number, "ZF{area}-{year}-{serial}");
    EXPECT_EQ(base().certificates.serial_digits, 5);
    EXPECT_EQ(base().certificates.document, CertificateDocument::if_known);
}

std::string written(const CertificationGate& gate) {
    std::string out(label_of(gate.kind));
    if (gate.kind == GateKind::course) out += " " + std::string(label_of(gate.course));
    if (gate.minutes > 0) out += " " + std::to_string(gate.minutes) + "min";
    if (gate.test_percent > 0) out += " " + std::to_string(gate.test_percent) + "%";
    if (gate.months > 0) {
        out += " V" + std::to_string(gate.level) + " " + std::to_string(gate.months) + "months";
    }
    return out;
}

TEST(BasePack, CertifiesAsTheTableSays) {
    struct Row {
        const char* level;
        const char* risk_max;
        const char* gates;
    };
    // clang-format off
    const Row table[] = {
        {"V0", "R1", ""},
        {"V1", "R2", "course general 240min 80%"},
        {"V2", "R3", "observed_check; service 1200min; course special 960min"},
        {"V3", "R4", "course leading 480min; months_at V2 12months; recommendation; service 6000min"},
        {"V4", "R3", "licence"},
    };
    // clang-format on
    const CertificationRules& rules = base().certification;
    ASSERT_EQ(rules.levels.size(), std::size(table));
    for (std::size_t i = 0; i < std::size(table); ++i) {
        const CertificationLevel& level = rules.levels[i];
        std::string gates;
        for (const auto& gate : level.gates) gates += (gates.empty() ? "" : "; ") + written(gate);
        EXPECT_EQ("V" + std::to_string(level.level), table[i].level);
        EXPECT_EQ(label_of(level.risk_max), table[i].risk_max);
        EXPECT_EQ(gates, table[i].gates);
    }
    EXPECT_EQ(rules.valid_months, 24);
    EXPECT_EQ(rules.renewal_course_minutes, 8 * 60);
    EXPECT_EQ(rules.renewal_service_minutes, 20 * 60);
    EXPECT_EQ(rules.notice.zh, "平台能力认证（非国家职业资格）");
    EXPECT_EQ(rules.suspend_days_max, 180);
    ASSERT_TRUE(rules.lowering_answer_within);
    EXPECT_EQ(*rules.lowering_answer_within, (TimeLimit{3, TimeUnit::days, ClockKind::working}));
    EXPECT_EQ(rules.lowering_appeal_within, (TimeLimit{10, TimeUnit::days, ClockKind::working}));
    EXPECT_EQ(rules.lowering_settle_within, (TimeLimit{15, TimeUnit::days, ClockKind::working}));
    ASSERT_TRUE(rules.lowering_acknowledge_within && rules.lowering_review_within);
    EXPECT_EQ(*rules.lowering_acknowledge_within,
              (TimeLimit{2, TimeUnit::days, ClockKind::working}));
    EXPECT_EQ(*rules.lowering_review_within, (TimeLimit{15, TimeUnit::days, ClockKind::working}));
    std::string grounds;
    for (const auto& ground : rules.lowering_grounds) grounds += " " + ground.key;
    EXPECT_EQ(grounds,
              " complaint_upheld incident_attributed check_failed beyond_level papers_false");
}

TEST(BasePack, ReassignsWhatASuspendedPersonAcceptedAndPostsCertificates) {
    const ColorGradeRules& grades = base().color_grades;
    ASSERT_TRUE(grades.red.reassign_within);
    EXPECT_EQ(*grades.red.reassign_within, (TimeLimit{24, TimeUnit::hours, ClockKind::calendar}));
    EXPECT_FALSE(grades.yellow.reassign_within);
    EXPECT_EQ(grades.late_below_percent, 50);
    ASSERT_TRUE(grades.review_within && grades.excuse_within);
    EXPECT_EQ(*grades.review_within, (TimeLimit{15, TimeUnit::days, ClockKind::working}));
    ASSERT_TRUE(grades.suspension_within);
    EXPECT_EQ(*grades.suspension_within, (TimeLimit{10, TimeUnit::days, ClockKind::working}));
    EXPECT_EQ(*grades.excuse_within, (TimeLimit{30, TimeUnit::days, ClockKind::calendar}));
    EXPECT_FALSE(grades.excuse_clause.says.zh.empty());
    EXPECT_EQ(base().certificates.posted_days, 7) << "民发〔2015〕149号";
    EXPECT_EQ(base().certificates.printing_open_minutes, 10);
}

TEST(BasePack, GivesStarsByTheNationalLadder) {
    std::vector<std::int32_t> hours;
    for (const Star& star : base().stars.ladder) hours.push_back(star.hours);
    EXPECT_EQ(hours, (std::vector<std::int32_t>{100, 300, 600, 1000, 1500}));
}

TEST(BasePack, AsksForBackgroundChecksByCategory) {
    EXPECT_EQ(base().category("care_alone_elder")->checks,
              std::vector<std::string>{"crime_record"});
    EXPECT_EQ(base().category("youth_companionship")->checks,
              std::vector<std::string>{"crime_record"})
        << "without saying so: minors";
    EXPECT_TRUE(base().category("phone_befriending")->checks.empty());
    EXPECT_EQ(base().check("confidentiality")->holds_days, 0) << "without an end";
}

TEST(ExtendingPack, ChangesWhatItSaysAndKeepsTheRest) {
    auto read = read_pack_folder("tests/packs/good/quiet_district",
                                 [](const std::string& name) { return "packs/" + name; });
    ASSERT_TRUE(read.has_value()) << to_string(read.error().front());
    EXPECT_EQ(read->name, "quiet_district");
    EXPECT_EQ(read->extends, "base");

    auto visit = read->category("visit_alone_elder");
    EXPECT_EQ(visit->minutes_planned, 60);
    EXPECT_EQ(visit->clause.file, "quiet_district/categories.toml");
    EXPECT_EQ(visit->clause.line, 2);
    EXPECT_EQ(visit->people_first, 2);  // as in base
    EXPECT_EQ(read->category("environment_clean_up")->clause.file, "base/categories.toml");

    EXPECT_EQ(written(read->limit_class("P3")->handling), "5 days working");
    EXPECT_EQ(written(read->limit_class("P3")->first_contact), "24 hours calendar");
    EXPECT_TRUE(read->calendar.years.contains(2026));
    EXPECT_TRUE(read->calendar.years.contains(2027));

    auto again = read_pack_text(read->canonical_text);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->canonical_text, read->canonical_text);
    EXPECT_EQ(again->category("visit_alone_elder")->minutes_planned, 60);
}

}  // namespace
}  // namespace hezhi::rules
