// A pack changes nothing before its day: neither what is decided by then nor what is made of facts
// of that time, whatever it says and whenever it was published.
#include <set>
#include <span>

#include "domain/time_bank/test_random_life.h"
#include "facts/order_facts.h"
#include "facts/pack_facts.h"
#include "journal/facts_about.h"
#include "journal/fold.h"

namespace hezhi::time_bank {
namespace {

using std::chrono::hours;

class PackDates : public RandomLife {
  protected:
    // Lives with other packs, each published for a day to come.
    void live_with_packs(std::uint64_t seed) {
        if (!before_) {
            before_ = packs()->in_force(clock.now())->pack;
            settle_in(time_is_saved);
        }
        live_at_random(seed);
    }
    void between_steps() override {
        if (below(4) == 0) publish_another();
    }

    // A plain second bookkeeping of what holds: the last to take effect of what was published
    // before the fact; of one instant the later.
    std::string hash_in_force(const Fact& fact) {
        std::string hash;
        Instant newest;
        for (const Fact& published : facts(PackPublished::kind)) {
            const auto& pack = published.as<PackPublished>();
            bool holds = published.position < fact.position &&
                         pack.effective_at <= fact.occurred_at && pack.effective_at >= newest;
            if (!holds) continue;
            newest = pack.effective_at;
            hash = pack.hash;
        }
        return hash;
    }
    // Whether something newer was published before the fact for a later day.
    bool waits_for_another(const Fact& fact) {
        return std::ranges::any_of(facts(PackPublished::kind), [&](const Fact& published) {
            return published.position < fact.position &&
                   published.as<PackPublished>().effective_at > fact.occurred_at;
        });
    }

    std::vector<Fact> journal_so_far() {
        std::vector<Fact> all;
        auto db = ledger->read();
        journal::each_fact_line(*db,
                                [&](std::string_view line) { all.push_back(read_fact(line)); });
        return all;
    }
    // What a step may ask of a pack, a part of the rules at a time.
    struct VariedPart {
        const char* name;
        void (PackDates::*vary)(rules::Pack&);
    };
    static std::span<const VariedPart> varied_parts() {
        static constexpr VariedPart parts[] = {
            {"time bank", &PackDates::vary_time_bank},
            {"records", &PackDates::vary_records},
            {"stars", &PackDates::vary_stars},
            {"certification", &PackDates::vary_certification},
            {"grades", &PackDates::vary_grades},
            {"time limits", &PackDates::vary_time_limits},
        };
        return parts;
    }
    // One that nobody has published: these parts of it say something else.
    std::shared_ptr<const rules::Pack> some_pack(
        std::span<const VariedPart> parts = varied_parts()) {
        auto made = std::make_shared<rules::Pack>(*before_);
        for (const VariedPart& part : parts) (this->*part.vary)(*made);
        return made;
    }
    // All rows but those of the packs themselves, of the first `n` facts. With `extra`, published
    // before the fact at `k`.
    std::string rows_of_first(const std::vector<Fact>& all, std::size_t n, std::size_t k = 0,
                              const rules::PublishedPack* extra = nullptr) {
        journal::Figures figures;
        for (const auto& each : ledger->tables().all()) {
            if (each->def().name != "rule_packs") figures.push_back(&each->def());
        }
        rules::PackHistory known = *ledger->packs();
        Fact published;
        if (extra) {
            known.add(*extra);
            published.kind = kind_name<PackPublished>;
            published.payload = to_json(PackPublished{"", "", extra->hash, extra->effective_at});
            // One that steps no figure folded here; only its pack matters.
            published.position = std::ssize(all) + 1;
            published.occurred_at = all.at(k).occurred_at;
        }
        journal::Fold fold(figures, known);
        for (std::size_t i = 0; i < n; ++i) {
            if (extra && i == k) fold.add(published);
            fold.add(all[i]);
        }
        std::string out;
        for (const auto* def : figures) {
            for (const auto& [key, state] : fold.take_sorted_rows(*def)) {
                JsonWriter row;
                row.value(*def->state, state.get());
                out += std::string(def->name) + " " + row.str() + "\n";
            }
        }
        return out;
    }

  private:
    std::int32_t number(long long least, long long most) {
        return static_cast<std::int32_t>(from_to(least, most));
    }
    rules::TimeLimit some_limit() {
        return {number(1, 300), coin() ? rules::TimeUnit::hours : rules::TimeUnit::days,
                coin() ? rules::ClockKind::working : rules::ClockKind::calendar};
    }
    void vary_time_bank(rules::Pack& pack) {
        rules::TimeBankRules& bank = pack.time_bank;
        bank.round_down_minutes = number(1, 60);
        bank.order_minutes_min = number(0, 100);
        bank.planned_over_percent = number(0, 100);
        bank.noted_within_days = number(0, 100);
        bank.age_years_min = number(16, 50);
        bank.day_minutes_max = from_to(100, 1440);
        bank.month_minutes_max = from_to(1440, 5000);
        bank.balance_minutes_max = from_to(5000, 90000);
        bank.dormant_after_months = number(1, 60);
    }
    void vary_records(rules::Pack& pack) {
        pack.records.enter_within = some_limit();
        pack.records.remind_after = some_limit();
        pack.records.minutes_max = number(1, 1440);
        pack.records.employer_released =
            coin() ? rules::ReleasedTime::recorded : rules::ReleasedTime::refused;
        pack.records.unrecorded_shown_days = number(1, 100);
    }
    void vary_stars(rules::Pack& pack) {
        std::int32_t least = 0;
        for (rules::Star& star : pack.stars.ladder) star.hours = least += number(0, 2);
    }
    void vary_certification(rules::Pack& pack) {
        rules::CertificationRules& rules = pack.certification;
        rules.valid_months = number(1, 60);
        rules.warn_days = number(1, 100);
        rules.renewal_course_minutes = number(0, 600);
        rules.renewal_service_minutes = number(0, 600);
        rules.renewal_late_months = number(0, 24);
        rules.recognised_within_days = number(0, 400);
        rules.recognised_level_max = number(0, 3);
        if (coin()) rules.lowering_reassign_within.reset();
        for (rules::CertificationLevel& level : rules.levels) {
            if (below(3) == 0) level.gates.clear();
            for (rules::CertificationGate& gate : level.gates) {
                gate.minutes = number(0, 600);
                gate.test_percent = number(0, 100);
                gate.months = number(0, 24);
            }
        }
    }
    void vary_grades(rules::Pack& pack) {
        rules::ColorGradeRules& rules = pack.color_grades;
        rules.window_days = number(1, 200);
        rules.late_below_percent = number(0, 100);
        rules.no_show_counts = number(1, 5);
        rules.look_back_months = number(1, 12);
        rules.green_from = number(0, 10000);
        for (auto& deduction : rules.deductions) deduction.percent = number(0, 100);
        for (auto* effect : {&rules.green, &rules.blue, &rules.yellow, &rules.red}) {
            effect->paused = coin();
            effect->paired = coin();
            if (coin()) effect->reassign_within = some_limit();
        }
        rules.excuse_within = some_limit();
    }
    void vary_time_limits(rules::Pack& pack) {
        for (rules::LimitClass& limits : pack.limit_classes) {
            for (auto* limit : {&limits.first_step, &limits.first_contact, &limits.handling,
                                &limits.offer_open}) {
                *limit = some_limit();
            }
        }
        pack.order_limits.confirm_within = some_limit();
        pack.order_limits.brief_closes = some_limit();
        pack.order_limits.reopen_within = some_limit();
        pack.attendance.apart_minutes_max = number(0, 60);
    }

    void publish_another() {
        auto number = [&](long long least, long long most) {
            return std::to_string(from_to(least, most));
        };
        // Nothing is planned for 21 to 23 minutes, and what is planned for more makes a step of 30
        // with what may be added: no such pack is refused.
        std::string text = R"([earn]
says = { zh = "另一种计入。", en = "Counts otherwise." }
round_down_minutes = )" + number(1, 30) +
                           "\norder_minutes_min = " + number(21, 60) + R"(
[caps]
says = { zh = "另一种上限。", en = "Other caps." }
day_minutes_max = )" + number(60, 480) +
                           "\nmonth_minutes_max = " + number(480, 4000) +
                           "\nbalance_minutes_max = " + number(4000, 90000) + "\n" + time_is_saved;
        auto changed = hezhi::testing::changed_pack(*before_, "time_bank.toml", text);
        Instant effective_at = clock.now() + hours(from_to(0, 24 * 15));
        act([&](journal::Turn& turn) {
            return journal::publish_pack(turn, command, changed, effective_at);
        }).value();
    }

    std::shared_ptr<const rules::Pack> before_;
};
HEZHI_ON_BOTH_ENGINES(PackDates);

TEST_P(PackDates, WhatIsDecidedIsDecidedByThePackWhoseDayHasCome) {
    live_with_packs(20261129);
    if (HasFatalFailure()) return;
    int judged_before_a_day = 0;
    std::set<std::string> used;
    for (const Fact& fact : facts(EarningJudged::kind)) {
        EXPECT_EQ(fact.as<EarningJudged>().pack, hash_in_force(fact)) << fact.position;
        used.insert(fact.as<EarningJudged>().pack);
        judged_before_a_day += waits_for_another(fact) ? 1 : 0;
    }
    for (const Fact& fact : facts(OrderOpened::kind)) {
        EXPECT_EQ(fact.as<OrderOpened>().pack, hash_in_force(fact)) << fact.position;
    }
    EXPECT_GT(used.size(), 1U) << "else no day has come";
    EXPECT_GT(judged_before_a_day, 3) << "else nothing was judged before a day to come";
    // What a turn decided and what a step makes of it later were judged alike.
    for (const auto& who : members_) {
        auto earned = reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<EarningFigure>(who.person);
        });
        EXPECT_EQ(earned ? earned->balance : 0, balance(who));
    }
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(PackDates, AnyPackWithAnyLaterDayLeavesEveryRowAsItWas) {
    const std::size_t parts = varied_parts().size();
    constexpr int rounds = 18;
    std::set<std::string_view> changing;
    for (std::uint64_t seed : {20261130U, 20261201U}) {
        live_with_packs(seed);
        if (HasFatalFailure()) return;
        const std::vector<Fact> all = journal_so_far();
        for (int round = 0; round < rounds; ++round) {
            std::size_t n = all.size() / 2 + below(all.size() / 2);
            std::size_t k = n / 4 + below(n / 2);
            Instant last =
                std::ranges::max(std::span(all).first(n), {}, &Fact::occurred_at).occurred_at;
            rules::PublishedPack pack{last + Millis(1 + from_to(0, 1) * from_to(0, 5'000'000'000)),
                                      "another", some_pack()};
            const std::string as_it_was = rows_of_first(all, n);
            EXPECT_TRUE(rows_of_first(all, n, k, &pack) == as_it_was)
                << "round " << round << " of seed " << seed << ": the first " << n
                << " facts, a pack before fact " << k << " for " << to_string(pack.effective_at);
            const VariedPart& part = varied_parts()[static_cast<std::size_t>(round) % parts];
            pack = {all[k].occurred_at, "another", some_pack({&part, 1})};
            if (rows_of_first(all, n, k, &pack) != as_it_was) changing.insert(part.name);
        }
    }
    // Once its day has come, each part alone changes rows: else the rounds would prove nothing.
    for (const VariedPart& part : varied_parts())
        EXPECT_TRUE(changing.contains(part.name)) << part.name;
}

}  // namespace
}  // namespace hezhi::time_bank
