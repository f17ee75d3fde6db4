#include "domain/spot_checks/check_draws.h"

#include <algorithm>
#include <set>

#include "crypto/promised_seed.h"
#include "domain/grading/grade_figure.h"
#include "domain/orders/sample_seed_figure.h"
#include "domain/spot_checks/queries.h"
#include "domain/spot_checks/spot_checks.h"

namespace hezhi::spot_checks {
namespace {

using journal::Difference;
using orders::SampleSeed;

struct DrawnMonth {
    std::int64_t begun = 0;
    std::optional<SampleSeed> seed;  // told, and the one that was promised
    bool whole = false;              // everything of the month was drawn by it
};

struct LookedAt {
    std::int64_t position = 0;  // up to this one
    std::int64_t closed = 0;
    Instant day;
};

struct Publication {
    Instant at;
    Instant effective_at;
    std::shared_ptr<const rules::Pack> pack;
};

class DrawCheck {
  public:
    DrawCheck(store::Session& db, const rules::PackHistory& packs) : db_(db), packs_(packs) {}

    std::vector<Difference> run(const journal::FigureTables& tables) {
        read_months(tables);
        read_packs();
        check_opened();
        check_passed_over();
        return std::move(found_);
    }

  private:
    void read_months(const journal::FigureTables& tables) {
        auto months =
            journal::states_of<orders::SampleSeedFigure>(db_, tables, queries::all_months, {});
        for (const auto& month : months) {
            DrawnMonth drawn{month.begun, {}, false};
            std::string place =
                "sample " + to_string(day_of(Instant{month.id})).substr(0, 7) + " seed";
            if (!month.revealed.empty()) {
                std::string hash = crypto::commitment_of(month.revealed);
                bool promised = hash == month.commitment;
                if (promised) drawn.seed = month.revealed;
                if (!promised) found_.push_back({place, month.commitment, hash});
                drawn.whole = promised && !month.lost;
            } else if (!month.commitment.empty()) {
                if (month.id != months.back().id) {
                    found_.push_back({place, "sample.revealed", "none"});
                }
            } else if (!month.lost) {
                drawn.seed = month.seed;
            }
            months_.emplace(month.id, std::move(drawn));
        }
    }

    void read_packs() {
        db_.each(queries::all_publications, {}, [&](const store::Row& row) {
            auto known =
                std::ranges::find(packs_.all(), row.text("hash"), &rules::PublishedPack::hash);
            if (known == packs_.all().end()) return;
            publications_.push_back(
                {row.instant("decided_at"), row.instant("effective_at"), known->pack});
        });
    }

    // In force then, as far as was known then: one that was published later for an earlier day
    // drew nothing.
    const rules::Pack* pack_at(Instant at) const {
        const Publication* holds = nullptr;
        for (const auto& one : publications_) {
            if (one.at > at || one.effective_at > at) continue;
            if (!holds || one.effective_at >= holds->effective_at) holds = &one;
        }
        return holds ? holds->pack.get() : nullptr;
    }

    // Below which no percentage can have been on that day; 0 if nothing was drawn.
    std::int32_t least_percent(Instant day, bool graded) const {
        std::int32_t least = 100;
        for (Instant at : {day, start_of(day_of(day) + 1)}) {
            const auto* pack = pack_at(at);
            if (!pack || !pack->true_hours.checks) return 0;
            least = std::min(least, pack->true_hours.sample_percent);
            if (!graded) continue;
            const auto& colors = pack->color_grades;
            for (const auto* effect : {&colors.green, &colors.blue, &colors.yellow, &colors.red}) {
                least = std::min(least, effect->spot_check_percent);
            }
        }
        return least;
    }

    const DrawnMonth* month_of(Instant morning) const {
        auto found = months_.find(month_of_look(morning).ms);
        return found == months_.end() || !found->second.seed ? nullptr : &found->second;
    }

    void check_opened() {
        db_.each(queries::all_draws, {}, [&](const store::Row& row) {
            const auto* month = month_of(start_of(day_of(row.instant("opened_at"))));
            if (!month || row.integer("id") < month->begun) return;
            std::int64_t order = row.integer("order_id");
            auto percent = static_cast<std::int32_t>(row.integer("percent"));
            bool drawn =
                orders::is_drawn(*month->seed, order ? order : row.integer("record"), percent);
            bool said = row.integer("sampled") != 0;
            if (drawn == said) return;
            std::string place = "spot check " + std::to_string(row.integer("id")) + " sampled";
            found_.push_back({place, drawn ? "true" : "false", said ? "true" : "false"});
        });
    }

    void check_passed_over() {
        std::vector<LookedAt> days;
        db_.each(queries::all_spot_days, {}, [&](const store::Row& row) {
            days.push_back({row.integer("looked_at"), row.integer("id"), row.instant("day")});
        });
        std::set<std::string, std::less<>> graded;
        db_.each(queries::all_graded, {},
                 [&](const store::Row& row) { graded.emplace(row.text("id")); });
        db_.each(queries::all_passed_over, {}, [&](const store::Row& row) {
            auto day =
                std::ranges::lower_bound(days, row.integer("position"), {}, &LookedAt::position);
            if (day == days.end()) return;
            // The first morning looked at the day before, not at years.
            bool before = row.instant("noted_at") < start_of(day_of(day->day) + -1);
            if (day == days.begin() && before) return;
            const auto* month = month_of(day->day);
            if (!month || !month->whole || day->closed < month->begun) return;
            auto person = grading::grade_key(GradeSubject::person, row.integer("person"));
            std::int64_t order = row.integer("order_id"), record = row.integer("record");
            std::int32_t percent = least_percent(day->day, graded.contains(person));
            if (!orders::is_drawn(*month->seed, order ? order : record, percent)) return;
            std::string place = record ? "record " + std::to_string(record)
                                       : "duty at order " + std::to_string(order);
            found_.push_back({place + " drawn", "a spot check", "none"});
        });
    }

    store::Session& db_;
    const rules::PackHistory& packs_;
    std::map<std::int64_t, DrawnMonth> months_;
    std::vector<Publication> publications_;  // in the order in which they were published
    std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> check_draws(store::Session& db, const journal::FigureTables& tables,
                                    const rules::PackHistory& packs) {
    return DrawCheck(db, packs).run(tables);
}

}  // namespace hezhi::spot_checks
