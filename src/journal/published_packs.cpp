#include "journal/published_packs.h"

#include <map>
#include <mutex>

#include "crypto/digest.h"
#include "facts/pack_facts.h"
#include "facts/stored_fact.h"
#include "journal/queries.h"
#include "rules/pack_reader.h"

namespace hezhi::journal {
namespace {

// A text is read once as long as somebody holds its pack, which never changes.
class HeldPacks {
  public:
    template <class Read>
    std::shared_ptr<const rules::Pack> find_or(const std::string& hash, Read read) {
        std::lock_guard lock(mutex_);
        if (auto held = packs_[hash].lock()) return held;
        auto pack = read();
        packs_[hash] = pack;
        return pack;
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::weak_ptr<const rules::Pack>> packs_;  // by hash
};

HeldPacks held_packs;

std::shared_ptr<const rules::Pack> read_pack(const std::string& text, const std::string& hash) {
    auto pack = rules::read_pack_text(text);
    if (!pack) {
        throw BrokenInvariant("the rule pack " + hash +
                              " cannot be read: " + rules::to_string(pack.error().front()));
    }
    return std::make_shared<const rules::Pack>(std::move(*pack));
}

}  // namespace

std::shared_ptr<const rules::Pack> load_pack(store::Session& db, const std::string& hash) {
    auto row = db.row(queries::pack_text, {{"hash", hash}});
    if (!row) throw BrokenInvariant("the text of the rule pack " + hash + " is missing");
    std::string text(row->text("body"));
    if (crypto::to_hex(crypto::sha256(text)) != hash) {
        throw BrokenInvariant("the text of the rule pack " + hash + " was changed");
    }
    return held_packs.find_or(hash, [&] { return read_pack(text, hash); });
}

SharedPacks published_packs(store::Session& db, std::int64_t until) {
    std::vector<PackPublished> published;
    db.each(queries::facts_of_kind, {{"kind", PackPublished::kind}, {"until", until}},
            [&](const store::Row& row) {
                published.push_back(read_stored_fact(row.text("body")).as<PackPublished>());
            });
    auto history = std::make_shared<rules::PackHistory>();
    for (const auto& pack : published) {
        history->add({pack.effective_at, pack.hash, load_pack(db, pack.hash)});
    }
    return history;
}

}  // namespace hezhi::journal
