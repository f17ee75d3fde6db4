#include "app/sealing.h"

#include "app/figures.h"
#include "app/seal_head.h"

namespace hezhi::app {
namespace {

constexpr std::chrono::seconds seal_look_every{5};

rules::Words head_is_missing() {
    return {
        "数据库里没有最后封印的那一块：流水可能被截断或改写，已停止封印。请运行 hezhi verify 核对；"
        "确是有意换回旧数据库时，移走封印密钥旁的 .head 文件并重启服务。",
        "The database lacks the block that was sealed last: its journal may have been cut off or "
        "rewritten, and nothing more is sealed. Run `hezhi verify`. If an older database was "
        "brought back on purpose, move the .head file beside the seal key away and restart."};
}

rules::Words head_not_kept() {
    return {
        "最后封印的块无法留存在封印密钥旁，流水被截断时将无从发现。请检查该目录可写、磁盘未满。",
        "The block that was sealed last cannot be kept beside the seal key, so a journal that "
        "is cut off would not be noticed. Check that its folder can be written and the disk is "
        "not full."};
}

rules::Words words_of(const RefusalRow& row) {
    return {std::string(row.zh), std::string(row.en)};
}

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

Sealer::Sealer(journal::Ledger& ledger, const Location& place) : ledger_(ledger), place_(place) {
    auto keys = journal::seal_keys(*ledger.read());
    if (keys.empty()) {
        stop_for({"尚无封印密钥，请运行 hezhi migrate。", "No seal key yet; run `hezhi migrate`."});
        return;
    }
    auto key = load_seal_key(place, keys.back().key);
    if (!key) {
        stop_for(words_of(*key.error().row));
        return;
    }
    key_ = std::move(*key);
    if (head_holds()) take_head_forward();
}

bool Sealer::able() const {
    std::lock_guard lock(mutex_);
    return !stopped_;
}

std::string Sealer::why() const {
    std::lock_guard lock(mutex_);
    return stopped_ ? stopped_->zh + " " + stopped_->en : "";
}

std::optional<rules::Words> Sealer::trouble() const {
    std::lock_guard lock(mutex_);
    return stopped_ ? stopped_ : not_kept_;
}

void Sealer::stop_for(const rules::Words& why) {
    std::lock_guard lock(mutex_);
    stopped_ = why;
}

bool Sealer::head_holds() {
    auto head = kept_head(place_);
    bool holds = head && (!*head || journal::holds_block(*ledger_.read(), (*head)->block));
    if (!holds) stop_for(head ? head_is_missing() : words_of(*head.error().row));
    return holds;
}

void Sealer::keep(const journal::SealedBlock& block) {
    std::optional<rules::Words> failed = head_not_kept();
    try {
        keep_head(place_, {block, key_->public_key().pem()});
        failed.reset();
    } catch (const CannotOpen&) {
    }
    std::lock_guard lock(mutex_);
    not_kept_ = failed;
}

// Where none is kept yet, or the program ended between a block and its head.
void Sealer::take_head_forward() {
    auto head = kept_head(place_);
    auto last = journal::last_block(*ledger_.read());
    if (!head || !last) return;
    if (*head && (*head)->block.header.number >= last->header.number) return;
    auto signature = crypto::from_hex(last->signature);
    if (signature && key_->public_key().verifies(to_json(last->header), *signature)) keep(*last);
}

std::int64_t Sealer::seal_all() {
    std::int64_t sealed = 0;
    while (able() && head_holds()) {
        auto block = journal::next_block(*ledger_.read(), *key_, ledger_.clock().now());
        if (!block) return sealed;
        auto stored = ledger_.act<std::int64_t>([&](journal::Turn& turn) -> Result<std::int64_t> {
            if (!journal::store_block(turn, *block)) return refuse(hezhi::refusals::not_found);
            return block->header.number;
        });
        if (!stored) return sealed;  // another process seals too
        ++sealed;
        keep(*block);
    }
    return sealed;
}

std::int64_t Sealer::seal_due() {
    if (!able() || !head_holds()) return 0;
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
        if (!sealer_.able()) {
            return log_.write(http::LogLevel::error, "nothing_is_sealed", {{"why", sealer_.why()}});
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
    auto head = kept_head(place);
    if (!head) cannot_seal(head.error());
    if (*head && !journal::holds_block(*ledger.read(), (*head)->block)) {
        auto words = head_is_missing();
        throw CannotOpen(words.zh + " " + words.en);
    }
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
    std::optional<journal::SealedBlock> block;
    auto begun = ledger.act<std::int64_t>([&](journal::Turn& turn) -> Result<std::int64_t> {
        journal::introduce_key(turn, key.public_key(), before ? &*before : nullptr);
        block = journal::next_block(turn.db(), key, turn.now(), true);
        HEZHI_ASSERT(block.has_value());
        bool stored = journal::store_block(turn, *block);
        HEZHI_ASSERT(stored);
        return block->header.number;
    });
    HEZHI_ASSERT(begun.has_value());
    std::filesystem::rename(next_file(place), place.seal_key_file());
    keep_head(place, {*block, key.public_key().pem()});
    return key.public_key();
}

}  // namespace hezhi::app
