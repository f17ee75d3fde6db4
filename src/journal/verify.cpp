#include "journal/verify.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "facts/stored_fact.h"
#include "journal/chain.h"
#include "journal/queries.h"
#include "journal/row_check.h"
#include "journal/seal_check.h"

namespace hezhi::journal {
namespace {

// Where a difference is, in words that are made only for a report.
using Where = const std::function<std::string()>&;

// Where the columns of the two long queries stand: the same in each of their rows.
struct JournalColumns {
    int position, kind, recorded_at, body, chain;

    explicit JournalColumns(const store::Row& row)
        : position(row.column("position")),
          kind(row.column("kind")),
          recorded_at(row.column("recorded_at")),
          body(row.column("body")),
          chain(row.column("chain")) {}
};
struct SubjectColumns {
    int position, noun, id;

    explicit SubjectColumns(const store::Row& row)
        : position(row.column("position")), noun(row.column("noun")), id(row.column("id")) {}
};

class Verifier {
  public:
    Verifier(store::Session& db, const FigureTables& tables) : db_(db), tables_(tables) {}

    Verified run(const rules::PackHistory& packs,
                 const std::function<void(std::int64_t, std::int64_t)>& progress,
                 std::function<bool(const FigureDef&, const Fact&)> skip, const SealTrust& trust,
                 const Checks& checks) {
        SealCheck seals(db_, trust,
                        [this](std::string place, std::string wanted, std::string found) {
                            report(std::move(place), std::move(wanted), std::move(found));
                        });
        Figures figures;
        for (const auto& table : tables_.all()) figures.push_back(&table->def());
        Watches watches;
        for (const auto& check : checks)
            std::ranges::move(check->watches(), back_inserter(watches));
        Fold fold(figures, packs, std::move(skip), std::move(watches));
        check_journal(fold, progress, seals);
        seals.finish(result_);
        check_subjects();
        for (const auto& table : tables_.all()) check_figure(*table, fold.take_rows(table->def()));
        for (const auto& check : checks) report_all(check->differences());
        return std::move(result_);
    }

  private:
    void report(std::string place, std::string expected, std::string found) {
        if (result_.differences.size() == differences_max) {
            result_.more = true;
            return;
        }
        result_.differences.push_back({std::move(place), std::move(expected), std::move(found)});
    }

    void report_all(Differences all) {
        for (Difference& one : all) {
            report(std::move(one.place), std::move(one.expected), std::move(one.found));
        }
    }

    void check_journal(Fold& fold, const std::function<void(std::int64_t, std::int64_t)>& progress,
                       SealCheck& seals) {
        auto head = db_.row(queries::head_read);
        std::int64_t last = head ? head->integer("position") : 0;
        std::string last_chain(head ? head->text("chain") : "none");
        std::string chain(first_chain);
        Instant before{};
        std::optional<JournalColumns> columns;
        db_.each(queries::facts_after, {{"after", INT64_MIN}, {"until", INT64_MAX}},
                 [&](const store::Row& row) {
                     if (!columns) columns.emplace(row);
                     std::int64_t position = row.integer(columns->position);
                     Where place = [&] { return "journal " + std::to_string(position); };
                     if (position != result_.facts + 1) {
                         report(place(), "position " + std::to_string(result_.facts + 1),
                                "position " + std::to_string(position));
                     }
                     result_.facts = position;
                     std::string_view body = row.text(columns->body);
                     seals.add(position, body);
                     chain = next_chain(chain, body);
                     if (auto stored = row.text(columns->chain); chain != stored) {
                         report(place(), "chain " + std::string(stored), "chain " + chain);
                         chain = stored;  // one changed fact is reported once
                     }
                     check_fact(row, *columns, body, place, before, fold);
                     if (progress && position % 50000 == 0) progress(position, last);
                 });
        if (!head || result_.facts != last || chain != last_chain) {
            report("journal head", std::to_string(result_.facts) + " " + chain,
                   std::to_string(last) + " " + last_chain);
        }
    }

    void check_fact(const store::Row& row, const JournalColumns& columns, std::string_view body,
                    Where place, Instant& before, Fold& fold) {
        try {
            Fact fact = read_stored_fact(body);
            if (fact.position != result_.facts || fact.kind != row.text(columns.kind) ||
                fact.recorded_at.ms != row.integer(columns.recorded_at)) {
                report(place(), "the columns of its bytes", "other columns");
            }
            if (fact.recorded_at < before) {
                report(place(), "recorded_at not before " + std::to_string(before.ms),
                       std::to_string(fact.recorded_at.ms));
            }
            before = fact.recorded_at;
            note_subjects(fact);
            fold.add(fact);
        } catch (const BrokenInvariant& error) {
            report(place(), "a readable fact", error.what());
        }
    }

    static std::uint64_t mark(std::string_view noun, std::int64_t id) {
        std::uint64_t hash = std::hash<std::string_view>{}(noun) ^ static_cast<std::uint64_t>(id);
        // Mixed (SplitMix64), so that a sum of marks tells apart which noun had which id.
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
        return hash ^ (hash >> 31);
    }

    // A sum over the subjects of one fact, less those of the index.
    std::uint64_t& marks_of(std::int64_t position) {
        auto at = static_cast<std::uint64_t>(position);
        if (at < marks_.size()) return marks_[at];
        bool next = at == marks_.size() && stray_marks_.empty();
        return next ? marks_.emplace_back() : stray_marks_[position];
    }

    void note_subjects(const Fact& fact) {
        std::uint64_t& marks = marks_of(fact.position);
        for (const auto& [noun, id] : fact.subjects) marks += mark(noun, id);
    }

    // The index of subjects, by which "why" finds its facts, holds what the facts say.
    void check_subjects() {
        std::optional<SubjectColumns> columns;
        db_.each(queries::all_subjects, {}, [&](const store::Row& row) {
            if (!columns) columns.emplace(row);
            marks_of(row.integer(columns->position)) -=
                mark(row.text(columns->noun), row.integer(columns->id));
        });
        auto check = [&](std::int64_t position, std::uint64_t rest) {
            if (rest == 0) return;
            report("subjects of " + std::to_string(position), "those of its bytes", "others");
        };
        for (std::size_t at = 0; at < marks_.size(); ++at) {
            check(static_cast<std::int64_t>(at), marks_[at]);
        }
        for (const auto& [position, rest] : stray_marks_) check(position, rest);
    }

    void check_figure(const FigureTable& table, Rows folded) {
        const FigureDef& def = table.def();
        auto place = [&](const Key& key) {
            return "figure " + std::string(def.name) + " " + to_string(def, key);
        };
        RowCheck check(table);
        RowReader reader(table);
        table.each(db_, [&](const store::Row& row) {
            ++result_.rows;
            Key key = table.read_key(row);
            auto expected = folded.find(key);
            if (expected == folded.end()) {
                report(place(key), "no row", "a row");
                return;
            }
            std::shared_ptr<void> state = std::move(expected->second);
            folded.erase(expected);
            if (check.holds(row, state.get())) return;
            auto found = def.make_alone();
            try {
                reader.read(row, found.get());
                Differences fields;
                add_differences(fields, place(key), *def.state, state.get(), found.get());
                report_all(std::move(fields));
            } catch (const BrokenInvariant& error) {
                report(place(key), "a readable row", error.what());
            }
        });
        std::set<Key> missing;
        for (const auto& [key, state] : folded) missing.insert(key);
        for (const Key& key : missing) report(place(key), "a row", "no row");
    }

    store::Session& db_;
    const FigureTables& tables_;
    Verified result_;
    std::vector<std::uint64_t> marks_{0};                // by position; there is none of 0
    std::map<std::int64_t, std::uint64_t> stray_marks_;  // after a position that is missing
};

}  // namespace

Verified verify(store::Session& db, const FigureTables& tables, const rules::PackHistory& packs,
                const std::function<void(std::int64_t, std::int64_t)>& progress,
                std::function<bool(const FigureDef&, const Fact&)> skip, const SealTrust& trust,
                const Checks& checks) {
    db.begin_snapshot();
    try {
        Verified result = Verifier(db, tables).run(packs, progress, std::move(skip), trust, checks);
        db.rollback();
        return result;
    } catch (...) {
        db.rollback();
        throw;
    }
}

}  // namespace hezhi::journal
