// The published months held against the postings of the facts: each is made again from what the
// journal held when it was read, by the pack of then.
#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <map>
#include <numeric>
#include <ranges>

#include "domain/people/person_figure.h"
#include "domain/time_bank/books.h"
#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/month_totals.h"
#include "domain/time_bank/posting_figure.h"
#include "domain/time_bank/statement_figure.h"

namespace hezhi::time_bank {
namespace {

// What was posted in a month.
struct PostedMonth {
    Instant until;
    std::int64_t last = 0;                              // posting
    PostingLegs legs;                                   // until they are among the balances
    std::vector<std::pair<KindName, FlowTotal>> flows;  // few
    std::int64_t delivered = 0;                         // less what was reversed since
};

struct AccountSum {
    std::int64_t minutes = 0;
    boost::unordered_flat_set<std::int64_t> people;  // 0 in the bank's own
};

// What tells how old somebody is, as the journal says it last.
struct KnownAge {
    std::optional<std::int32_t> years;
    Instant registered_at;

    bool operator==(const KnownAge&) const = default;
};
struct AgeChange {
    std::int64_t person = 0;
    KnownAge before, after;
};
struct LateReversal {
    Instant posted_at;  // what it reverses
    std::int64_t minutes = 0;
};

void add_balance(MonthTotals& totals, const KnownAge& age, std::int64_t minutes, int people = 1) {
    if (!age.years) {
        totals.age_unknown_people += people;
        totals.age_unknown_minutes += minutes * people;
        return;
    }
    totals.minutes_by_age[age_at(*age.years, age.registered_at, totals.until)] += minutes * people;
}

bool same_ages(const StatementPublished& made, const StatementPublished& said) {
    auto same = [](const auto& ours, const auto& theirs) { return !theirs || ours == theirs; };
    return made.redeemable_minutes == said.redeemable_minutes &&
           same(made.too_young_minutes, said.too_young_minutes) &&
           same(made.age_unknown_people, said.age_unknown_people) &&
           same(made.age_unknown_minutes, said.age_unknown_minutes);
}

// Totals by their names: "accounts pool minutes", "flows credit.gifted".
template <class Total, class Name>
void add_total_differences(journal::Differences& all, const std::string& place,
                           const std::vector<Total>& expected, const std::vector<Total>& found,
                           Name name) {
    auto of = [&](const std::vector<Total>& totals, const Total& wanted) {
        auto one = std::ranges::find(totals, name(wanted), name);
        return one == totals.end() ? nullptr : &*one;
    };
    auto place_of = [&](const Total& total) { return place + " " + std::string(name(total)); };
    for (const Total& total : expected) {
        if (const Total* said = of(found, total)) {
            journal::add_differences(all, place_of(total), total, *said);
        } else {
            all.push_back({place_of(total), to_json(total), "none"});
        }
    }
    for (const Total& said : found) {
        if (!of(expected, said)) all.push_back({place_of(said), "none", to_json(said)});
    }
}

class StatementCheck final : public journal::Check {
  public:
    journal::Watches watches() override {
        return {journal::watch<people::PersonFigure>(
                    [this](const people::PersonState& person, const Fact&, const rules::Pack&) {
                        note_age(person);
                    }),
                journal::watch<PostingFigure>(
                    [this](const PostingState& leg, const Fact& fact, const rules::Pack&) {
                        if (leg.posting == PostingId(fact.position)) {
                            note_leg(leg, fact);
                        } else {
                            note_reversed(leg, fact);
                        }
                    }),
                journal::watch<StatementFigure>(
                    [this](const StatementState&, const Fact& fact, const rules::Pack& pack) {
                        check_month(fact, pack.time_bank);
                    })};
    }
    journal::Differences differences() override { return std::move(found_); }

  private:
    PostedMonth& month_of_posting(Instant at) {
        if (month_ && at >= month_from_ && at < month_->until) return *month_;
        month_from_ = start_of_month(at);
        month_ = &months_[month_from_];
        month_->until = start_of_next_month(month_from_);
        return *month_;
    }

    void note_leg(const PostingState& leg, const Fact& fact) {
        PostedMonth& month = month_of_posting(leg.posted_at);
        if (!next_until_) begin_month(month_from_);
        month.last = fact.position;
        month.legs.push_back({leg.account, leg.person, leg.minutes});
        auto flow =
            std::ranges::find(month.flows, fact.kind, &std::pair<KindName, FlowTotal>::first);
        if (flow == month.flows.end()) {
            month.flows.push_back({fact.kind, {leg.fact_kind, 0, 0}});
            flow = std::prev(month.flows.end());
        }
        flow->second.postings += leg.leg == 0 ? 1 : 0;
        flow->second.minutes += std::max<std::int64_t>(leg.minutes, 0);
        if (fact.is<EarningJudged>()) month.delivered += std::max<std::int64_t>(leg.minutes, 0);
        // The month was read after its last posting, and so knew all that came before.
        if (leg.posted_at < next_until_) forget_late();
    }

    void note_reversed(const PostingState& leg, const Fact& fact) {
        if (leg.fact_kind != EarningJudged::kind || leg.minutes <= 0) return;
        month_of_posting(leg.posted_at).delivered -= leg.minutes;
        if (fact.occurred_at >= next_until_)
            late_reversals_.push_back({leg.posted_at, leg.minutes});
    }

    void note_age(const people::PersonState& person) {
        KnownAge age{person.age_years, person.registered_at};
        auto [known, fresh] = ages_.try_emplace(person.id.value, age);
        if (fresh || known->second == age) return;
        if (next_until_) late_ages_.push_back({person.id.value, known->second, age});
        known->second = age;
    }

    void begin_month(Instant from) {
        next_from_ = from;
        next_until_ = start_of_next_month(from);
        forget_late();
    }
    void forget_late() {
        late_ages_.clear();
        late_reversals_.clear();
    }

    // What was posted before `until` joins the balances. Returns the last posting.
    std::int64_t sum_up(Instant until) {
        std::int64_t last = 0;
        for (auto& [from, month] : months_) {
            if (from >= until) break;
            if (month.last) last = month.last;
            for (const PostingLeg& leg : month.legs) {
                AccountSum& account = accounts_[label_of(leg.account)];
                account.minutes += leg.minutes;
                account.people.insert(leg.person.value);
                if (leg.account == LedgerAccount::person)
                    balances_[leg.person.value] += leg.minutes;
            }
            month.legs = {};
        }
        return last;
    }

    MonthTotals totals_of(std::int32_t delivered_months) {
        MonthTotals totals;
        totals.from = next_from_;
        totals.until = next_until_;
        totals.position = sum_up(next_until_);
        for (const auto& [label, account] : accounts_) {
            totals.accounts.push_back(
                {*from_label<LedgerAccount>(label), std::ssize(account.people), account.minutes});
        }
        if (auto posted = months_.find(next_from_); posted != months_.end()) {
            for (const auto& [kind, flow] : posted->second.flows) totals.flows.push_back(flow);
        }
        std::ranges::sort(totals.flows, {}, &FlowTotal::fact_kind);
        for (const auto& [person, minutes] : balances_) {
            auto age = ages_.find(person);
            if (minutes > 0 && age != ages_.end()) add_balance(totals, age->second, minutes);
        }
        Instant from = next_from_;
        for (std::int32_t i = 0; i < delivered_months; ++i) {
            auto month = months_.find(from);
            totals.delivered_minutes.push_back(month == months_.end() ? 0
                                                                      : month->second.delivered);
            from = start_of_month(from - Millis(1));
        }
        delivered_from_ = start_of_next_month(from);
        return totals;
    }

    // Reading is not one instant: between it and the fact somebody's age may have been noted, or an
    // earning reversed. Then the month may say either.
    StatementPublished judge_as_read(MonthTotals totals, const StatementPublished& said,
                                     const rules::TimeBankRules& bank) {
        std::int64_t late = 0;
        for (const LateReversal& one : late_reversals_) {
            bool counted = one.posted_at >= delivered_from_ && one.posted_at < next_until_;
            late += counted ? one.minutes : 0;
        }
        auto& delivered = totals.delivered_minutes;
        std::int64_t least = std::accumulate(delivered.begin(), delivered.end(), 0LL);
        if (said.delivered_minutes > least && said.delivered_minutes <= least + late) {
            delivered.front() += said.delivered_minutes - least;
        }
        StatementPublished made = judge_month(bank, totals);
        for (const AgeChange& change : std::views::reverse(late_ages_)) {
            if (same_ages(made, said)) return made;
            auto balance = balances_.find(change.person);
            if (balance == balances_.end() || balance->second <= 0) continue;
            add_balance(totals, change.after, balance->second, -1);
            add_balance(totals, change.before, balance->second);
            StatementPublished earlier = judge_month(bank, totals);
            if (same_ages(earlier, said)) return earlier;
        }
        return made;
    }

    void check_month(const Fact& fact, const rules::TimeBankRules& bank) {
        const auto& said = fact.as<StatementPublished>();
        std::string place = "statement " + std::to_string(fact.position) + " of " + said.month;
        if (!next_until_) {
            found_.push_back({place, "none: nothing was posted", "a month"});
            return;
        }
        StatementPublished made =
            judge_as_read(totals_of(bank.liability_served_months), said, bank);
        // Months from before these were counted say nothing of them.
        if (!said.too_young_minutes) made.too_young_minutes.reset();
        if (!said.age_unknown_people) made.age_unknown_people.reset();
        if (!said.age_unknown_minutes) made.age_unknown_minutes.reset();
        // What waited for a call-back changes without a posting, so no fact tells as of when it was
        // read.
        made.waiting_times = said.waiting_times;
        made.waiting_minutes = said.waiting_minutes;
        made.pack = said.pack;
        add_total_differences(
            found_, place + " accounts", made.accounts, said.accounts,
            [](const AccountTotal& total) -> std::string_view { return label_of(total.account); });
        add_total_differences(
            found_, place + " flows", made.flows, said.flows,
            [](const FlowTotal& total) -> std::string_view { return total.fact_kind; });
        made.accounts = said.accounts;
        made.flows = said.flows;
        journal::add_differences(found_, place, made, said);
        begin_month(next_until_);
    }

    std::map<Instant, PostedMonth> months_;  // by their first instant
    PostedMonth* month_ = nullptr;           // of the last posting, from month_from_ on
    Instant month_from_;
    Instant next_from_, next_until_;  // the month that is published next; never, before any posting
    Instant delivered_from_;          // the first month that it counts as delivered
    std::map<std::string_view, AccountSum> accounts_;  // by label, as the months list them
    boost::unordered_flat_map<std::int64_t, std::int64_t> balances_;  // of persons
    boost::unordered_flat_map<std::int64_t, KnownAge> ages_;
    // Since the last posting of the month that is published next.
    std::vector<AgeChange> late_ages_;
    std::vector<LateReversal> late_reversals_;
    journal::Differences found_;
};

}  // namespace

std::unique_ptr<journal::Check> check_statements() {
    return std::make_unique<StatementCheck>();
}

}  // namespace hezhi::time_bank
