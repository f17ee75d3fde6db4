#include "journal/seal_check.h"

#include <algorithm>

#include "base/json.h"
#include "journal/queries.h"

namespace hezhi::journal {
namespace {

// Blocks that are hashed beside the fold; each holds at most seal_facts_max bodies.
constexpr std::size_t hashing_max = 4;

std::string place_of(const BlockHeader& header) {
    return "seal block " + std::to_string(header.number) + " (facts " +
           std::to_string(header.first) + "–" + std::to_string(header.last) + ")";
}

std::string root_of_bodies(crypto::DigestKind kind, const std::vector<std::string>& bodies) {
    std::vector<crypto::Hash> leaves;
    leaves.reserve(bodies.size());
    for (const auto& body : bodies) leaves.push_back(crypto::leaf_hash(kind, body));
    return crypto::to_hex(crypto::tree_root(kind, leaves));
}

}  // namespace

SealCheck::SealCheck(store::Session& db, const SealTrust& trust, Report report)
    : trust_(trust), report_(std::move(report)) {
    try {
        keys_ = seal_keys(db);
    } catch (const BrokenInvariant& error) {
        report_("seal keys", "keys that vouch for one another", error.what());
    }
    blocks_ = all_blocks(db);
    check_headers();
}

const crypto::PublicKey* SealCheck::key_of(const std::string& id) const {
    auto trusted = std::ranges::find(trust_.keys, id, &crypto::PublicKey::id);
    if (trusted != trust_.keys.end()) return &*trusted;
    auto known =
        std::ranges::find_if(keys_, [&](const SealKey& key) { return key.key.id() == id; });
    return known == keys_.end() ? nullptr : &known->key;
}

void SealCheck::check_headers() {
    std::int64_t number = 1, first = 1;
    std::string previous = "0000000000000000000000000000000000000000000000000000000000000000";
    for (const SealedBlock& block : blocks_) {
        const BlockHeader& header = block.header;
        if (header.number != number || header.first != first || header.last < header.first - 1) {
            report_(place_of(header),
                    "block " + std::to_string(number) + " from fact " + std::to_string(first),
                    "block " + std::to_string(header.number) + " from fact " +
                        std::to_string(header.first));
        }
        if (header.previous != previous) {
            report_(place_of(header) + " previous", previous, header.previous);
        }
        check_signature(block);
        number = header.number + 1;
        first = header.last + 1;
        previous = header_hash(header);
    }
    // What signed last is the key that stands outside, whatever the database says of its keys.
    if (!trust_.keys.empty() && !blocks_.empty()) {
        const std::string& id = blocks_.back().header.key;
        if (std::ranges::find(trust_.keys, id, &crypto::PublicKey::id) == trust_.keys.end()) {
            report_(place_of(blocks_.back().header) + " key",
                    "the key outside the database, " + trust_.keys.back().id(), id);
        }
    }
    for (const SignedHead& head : trust_.heads) check_head(head);
}

void SealCheck::check_signature(const SealedBlock& block) {
    const crypto::PublicKey* key = key_of(block.header.key);
    auto signature = crypto::from_hex(block.signature);
    if (!key) {
        report_(place_of(block.header) + " key", "a key that is known", block.header.key);
    } else if (!signature || !key->verifies(to_json(block.header), *signature)) {
        report_(place_of(block.header) + " signature", "one by the key " + block.header.key,
                "another");
    }
}

void SealCheck::check_head(const SignedHead& head) {
    const BlockHeader& wanted = head.block.header;
    auto found = std::ranges::find_if(
        blocks_, [&](const SealedBlock& block) { return block.header.number == wanted.number; });
    std::string place = "signed head " + std::to_string(wanted.number);
    if (found == blocks_.end()) {
        report_(place, "the journal up to fact " + std::to_string(wanted.last),
                "cut off after block " + std::to_string(std::ssize(blocks_)));
    } else if (found->header != wanted) {
        report_(place, to_json(wanted), to_json(found->header));
    }
}

void SealCheck::add(std::int64_t position, std::string_view body) {
    last_position_ = position;
    while (current_ < blocks_.size() && position > blocks_[current_].header.last) close_block();
    if (current_ == blocks_.size() || position < blocks_[current_].header.first) return;
    bodies_.emplace_back(body);
    if (position == blocks_[current_].header.last) close_block();
}

void SealCheck::close_block() {
    auto kind = seal_hash(blocks_[current_].header.hash);
    if (!kind) {
        report_(place_of(blocks_[current_].header) + " hash", "sm3 or sha256",
                blocks_[current_].header.hash);
    } else {
        if (hashing_.size() == hashing_max) settle_oldest();
        hashing_.push_back(
            {current_, std::async(std::launch::async, [kind = *kind, bodies = std::move(bodies_)] {
                 return root_of_bodies(kind, bodies);
             })});
    }
    bodies_.clear();
    ++current_;
}

void SealCheck::settle_oldest() {
    Hashing oldest = std::move(hashing_.front());
    hashing_.pop_front();
    std::string root = oldest.root.get();
    const BlockHeader& header = blocks_[oldest.block].header;
    if (root != header.root) report_(place_of(header) + " root", header.root, root);
}

void SealCheck::finish(Verified& verified) {
    while (current_ < blocks_.size()) close_block();
    while (!hashing_.empty()) settle_oldest();
    verified.blocks = std::ssize(blocks_);
    verified.sealed_to = blocks_.empty() ? 0 : blocks_.back().header.last;
    if (verified.sealed_to > last_position_) {
        report_("seal blocks", "facts up to " + std::to_string(verified.sealed_to),
                "the journal ends at " + std::to_string(last_position_));
    }
    for (std::size_t i = 1; i < keys_.size(); ++i) {
        if (!keys_[i].vouching) verified.unvouched_keys.push_back(keys_[i].key.id());
    }
}

}  // namespace hezhi::journal
