#include "app/sealing.h"

#include "app/figures.h"

namespace hezhi::app {
namespace {

constexpr std::chrono::seconds seal_look_every{5};

[[noreturn]] void cannot_seal(const Refusal& refusal) {
    std::string text = std::string(refusal.row->zh) + " " + std::string(refusal.row->en);
    for (const auto& field : refusal.fields) text += "\n  " + field.field;
    throw CannotOpen(text);
}

std::filesystem::path next_file(const Location& place) {
    return place.seal_key_file().string() + ".next";
}

// The newest key that the database knows, from the file; after a change that was cut off, from the
// file that was to take its place.
Result<crypto::SigningKey> load_seal_key(const Location& place, const crypto::PublicKey& newest) {
    auto waiting = crypto::SigningKey::load(next_file(place), newest.suite());
    if (waiting && waiting->public_key().id() == newest.id()) {
        std::filesystem::rename(next_file(place), place.seal_key_file());
        return waiting;
    }
    auto key = crypto::SigningKey::load(place.seal_key_file(), newest.suite());
    if (key && key->public_key().id() != newest.id()) {
        return refuse(crypto::refusals::signing_key_damaged,
                      {place.seal_key_file().string(), newest.id(), newest.id()});
    }
    return key;
}

void note_key(journal::Ledger& ledger, const crypto::PublicKey& key) {
    auto noted = ledger.act<std::int64_t>([&](journal::Turn& turn) -> Result<std::int64_t> {
        journal::introduce_key(turn, key, nullptr);
        return 1;
    });
    HEZHI_ASSERT(noted.has_value());
}

}  // namespace

Sealer::Sealer(journal::Ledger& ledger, const Location& place) : ledger_(ledger) {
    auto keys = journal::seal_keys(*ledger.read());
    if (keys.empty()) {
        why_ = "no seal key yet; run hezhi migrate";
        return;
    }
    auto key = load_seal_key(place, keys.back().key);
    if (key) {
        key_ = std::move(*key);
    } else {
        why_ = std::string(key.error().row->zh) + " " + std::string(key.error().row->en);
    }
}

std::int64_t Sealer::seal_all() {
    if (!able()) return 0;
    std::int64_t sealed = 0;
    while (true) {
        auto block = journal::next_block(*ledger_.read(), *key_, ledger_.clock().now());
        if (!block) return sealed;
        auto stored = ledger_.act<std::int64_t>([&](journal::Turn& turn) -> Result<std::int64_t> {
            if (!journal::store_block(turn, *block)) return refuse(hezhi::refusals::not_found);
            return block->header.number;
        });
        if (!stored) return sealed;  // another process seals too
        ++sealed;
    }
}

std::int64_t Sealer::seal_due() {
    if (!able()) return 0;
    auto waiting = journal::unsealed(*ledger_.read());
    bool due = waiting.facts >= journal::seal_facts_max ||
               (waiting.facts > 0 && ledger_.clock().now() - waiting.oldest >= seal_after);
    return due ? seal_all() : 0;
}

void SealingThread::start() {
    if (!sealer_.able()) {
        log_.write(http::LogLevel::error, "nothing_is_sealed", {{"why", sealer_.why()}});
        return;
    }
    thread_ = std::thread([this] { work(); });
}

void SealingThread::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void SealingThread::work() {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, seal_look_every, [this] { return stopping_; })) {
        lock.unlock();
        try {
            sealer_.seal_due();
        } catch (const std::exception& error) {
            log_.write(http::LogLevel::error, "sealing_failed",
                       {{"why", http::describe_exception(error)}});
        }
        lock.lock();
    }
}

void make_seal_key(store::Database& database, const Location& place, const Clock& clock) {
    journal::Ledger ledger(database, all_figures(), clock, {.inline_actions_per_turn = 1});
    if (!journal::seal_keys(*ledger.read()).empty()) return;
    auto suite = suite_of(*ledger.read());
    if (std::filesystem::exists(place.seal_key_file())) {
        auto key = crypto::SigningKey::load(place.seal_key_file(), suite);
        if (!key) cannot_seal(key.error());
        return note_key(ledger, key->public_key());
    }
    auto key = crypto::SigningKey::generate(suite);
    auto saved = key.save(place.seal_key_file());
    if (!saved) cannot_seal(saved.error());
    note_key(ledger, key.public_key());
}

crypto::PublicKey change_seal_key(Installation& installation, bool lost) {
    journal::Ledger& ledger = installation.ledger();
    const Location& place = installation.place();
    auto keys = journal::seal_keys(*ledger.read());
    if (keys.empty()) throw CannotOpen("请先运行 hezhi migrate。 Run `hezhi migrate` first.");
    std::optional<crypto::SigningKey> before;
    if (!lost) {
        auto loaded = load_seal_key(place, keys.back().key);
        if (!loaded) cannot_seal(loaded.error());
        before = std::move(*loaded);
    }
    auto key = crypto::SigningKey::generate(keys.back().key.suite());
    auto saved = key.save(next_file(place));
    if (!saved) cannot_seal(saved.error());
    auto begun = ledger.act<std::int64_t>([&](journal::Turn& turn) -> Result<std::int64_t> {
        journal::introduce_key(turn, key.public_key(), before ? &*before : nullptr);
        auto block = journal::next_block(turn.db(), key, turn.now(), true);
        HEZHI_ASSERT(block.has_value());
        bool stored = journal::store_block(turn, *block);
        HEZHI_ASSERT(stored);
        return block->header.number;
    });
    HEZHI_ASSERT(begun.has_value());
    std::filesystem::rename(next_file(place), place.seal_key_file());
    return key.public_key();
}

}  // namespace hezhi::app
