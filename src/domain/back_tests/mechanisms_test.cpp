// What a mechanism makes of facts alone.
#include "domain/back_tests/mechanisms.h"

#include <gtest/gtest.h>

#include "facts/person_facts.h"
#include "facts/time_bank_facts.h"
#include "journal/pack_fold.h"
#include "rules/pack_reader.h"

namespace hezhi::back_tests {
namespace {

constexpr std::int64_t the_saver = 7;

template <class P>
Fact fact_of_saver(std::int64_t position, const char* day, const P& payload) {
    Fact fact;
    fact.position = position;
    fact.recorded_at = fact.occurred_at = start_of(*parse_day(day)) + std::chrono::hours(20);
    fact.kind = kind_name<P>;
    fact.version = P::version;
    fact.place = {AreaId(1), "/1/"};
    fact.subjects = {{"person", the_saver}};
    fact.payload = to_json(payload);
    return fact;
}

// Three hours were served and credited; so much of it is held for a booking.
std::string band_of_use(const rules::Pack& by, std::int32_t minutes_held) {
    EarningJudged judged;
    judged.served.category = "visit_alone_elder";
    judged.served.ends_at = start_of(*parse_day("2026-03-02")) + std::chrono::hours(12);
    judged.served.minutes = 180;
    judged.served.age_years = 40;
    CreditHeld held;
    held.legs = {{LedgerAccount::person, PersonId(the_saver), -minutes_held},
                 {LedgerAccount::held, PersonId(the_saver), minutes_held}};
    std::vector<Fact> facts{fact_of_saver(1, "2026-03-01", PersonRegistered{40}),
                            fact_of_saver(2, "2026-03-02", judged)};
    if (minutes_held > 0) facts.push_back(fact_of_saver(3, "2026-03-03", held));
    const Mechanism& use = *find_mechanism("time_use");
    auto pack = std::make_shared<const rules::Pack>(by);
    auto fold = [&](journal::Figures figures) {
        journal::PackFold under(std::move(figures), pack);
        under.add(facts);
        return under.take();
    };
    journal::Folded alike = fold(use.alike()), own = fold(use.own());
    auto outcomes = use.outcomes({alike, own}, {{}, start_of(*parse_day("2026-04-01"))});
    if (outcomes.all.empty()) return "nobody";
    EXPECT_EQ(outcomes.all.front().area_path, "/1/");
    return outcomes.bands[static_cast<std::size_t>(outcomes.all.front().band)];
}

TEST(TimeUse, IsCoveredByWhatThePackCredits) {
    rules::Pack base = *rules::read_pack_folder("packs/base"), capped = base, mutual;
    capped.time_bank.day_minutes_max = 60;
    mutual = capped;
    mutual.time_bank.model = rules::TimeBankModel::mutual;
    mutual.time_bank.overdraft_minutes_max = 60;
    EXPECT_EQ(band_of_use(base, 120), "covered");
    EXPECT_EQ(band_of_use(capped, 120), "uncovered") << "an hour was credited, two were used";
    EXPECT_EQ(band_of_use(capped, 60), "covered");
    EXPECT_EQ(band_of_use(mutual, 120), "covered") << "down to the overdraft";
    EXPECT_EQ(band_of_use(base, 0), "nobody") << "who only earned";
}

}  // namespace
}  // namespace hezhi::back_tests
