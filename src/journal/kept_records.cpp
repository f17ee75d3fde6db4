#include "journal/kept_records.h"

#include <mutex>
#include <set>
#include <unordered_map>

#include "journal/queries.h"

namespace hezhi::journal {

struct KeptRecords::State {
    State(std::int64_t head, std::size_t max) : records_max(max), told(head) {}

    std::int64_t last_told() {
        std::lock_guard lock(mutex);
        return told;
    }

    const std::size_t records_max;
    std::mutex mutex;   // all of the following
    std::int64_t told;  // the position of the last fact heard of
    std::uint64_t made = 0;
    std::unordered_map<std::int64_t, Made> records;
    std::set<std::pair<Subject, std::int64_t>> by_subject;  // with the record's id

    void hear(std::span<const Fact> facts) {
        std::lock_guard lock(mutex);
        for (const Fact& fact : facts) {
            told = fact.position;
            for (const auto& [noun, id] : fact.subjects) forget_about({noun, id});
        }
    }

    void forget_about(const Subject& subject) {
        for (;;) {
            auto found = by_subject.lower_bound({subject, INT64_MIN});
            if (found == by_subject.end() || found->first != subject) return;
            forget(found->second);
        }
    }

    void forget(std::int64_t id) {
        auto record = records.extract(id);
        for (const Subject& subject : record.mapped().subjects) by_subject.erase({subject, id});
    }

    std::shared_ptr<const void> recall(std::int64_t id, std::int64_t head) {
        std::lock_guard lock(mutex);
        auto found = head == told ? records.find(id) : records.end();
        return found == records.end() ? nullptr : found->second.record;
    }

    // `fresh` was read when the head was `head` or later. Facts behind it have yet to be told if
    // `told` is still there, and then they will make the record forgotten.
    void keep(std::int64_t id, std::int64_t head, Made fresh) {
        std::lock_guard lock(mutex);
        ++made;
        if (!fresh.record || head != told || records.contains(id)) return;
        if (records.size() >= records_max) {
            records.clear();
            by_subject.clear();
        }
        for (const Subject& subject : fresh.subjects) by_subject.emplace(subject, id);
        records.emplace(id, std::move(fresh));
    }
};

KeptRecords::KeptRecords(Ledger& ledger, std::size_t records_max)
    : ledger_(ledger), state_(std::make_shared<State>(ledger.head().position, records_max)) {
    ledger.follow({}, [state = state_](std::span<const Fact> facts) { state->hear(facts); });
}

std::shared_ptr<const void> KeptRecords::find(store::Session& db, std::int64_t id,
                                              const Make& make) const {
    // Asked before anything else is read: what `make` reads is this old or younger.
    std::int64_t head = state_->last_told();
    if (!ledger_.all_told(head)) {
        db.each(queries::head_position, {}, [&](const store::Row& row) { head = row.integer(0); });
    }
    if (auto kept = state_->recall(id, head)) return kept;
    Made fresh = make();
    auto record = fresh.record;
    state_->keep(id, head, std::move(fresh));
    return record;
}

std::uint64_t KeptRecords::made() const {
    std::lock_guard lock(state_->mutex);
    return state_->made;
}

}  // namespace hezhi::journal
