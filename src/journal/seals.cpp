#include "journal/seals.h"

#include <algorithm>

#include "base/json.h"
#include "journal/queries.h"

namespace hezhi::journal {
namespace {

constexpr std::string_view nothing_before =
    "0000000000000000000000000000000000000000000000000000000000000000";
constexpr std::size_t proof_bytes_max = 1024 * 1024;

SealedBlock read_block(const store::Row& row) {
    return {{row.integer("number"), row.integer("first_position"), row.integer("last_position"),
             row.instant("sealed_at"), std::string(row.text("hash")), std::string(row.text("root")),
             std::string(row.text("previous")), std::string(row.text("key_id"))},
            std::string(row.text("signature"))};
}

std::vector<std::string> bodies(store::Session& db, std::int64_t first, std::int64_t last) {
    std::vector<std::string> all;
    db.each(queries::facts_after, {{"after", first - 1}, {"until", last}},
            [&](const store::Row& row) { all.emplace_back(row.text("body")); });
    return all;
}

std::vector<crypto::Hash> leaves_of(crypto::DigestKind kind, const std::vector<std::string>& all) {
    std::vector<crypto::Hash> leaves;
    for (const auto& body : all) leaves.push_back(crypto::leaf_hash(kind, body));
    return leaves;
}

std::optional<crypto::Hash> hash_from_hex(std::string_view text) {
    auto bytes = crypto::from_hex(text);
    crypto::Hash out{};
    if (!bytes || bytes->size() != out.size()) return std::nullopt;
    std::ranges::copy(*bytes, out.begin());
    return out;
}

// What a key says when it vouches for the next.
std::string vouching_text(const crypto::PublicKey& key) {
    return "hezhi seal key\n" + key.pem();
}

}  // namespace

std::string_view seal_hash_name(crypto::SuiteName suite) {
    return suite == crypto::SuiteName::gm ? "sm3" : "sha256";
}

std::optional<crypto::DigestKind> seal_hash(std::string_view name) {
    if (name == "sm3") return crypto::DigestKind::sm3;
    if (name == "sha256") return crypto::DigestKind::sha256;
    return std::nullopt;
}

std::string header_hash(const BlockHeader& header) {
    auto kind = seal_hash(header.hash).value_or(crypto::DigestKind::sha256);
    return crypto::to_hex(crypto::hash(kind, crypto::view_of(to_json(header))));
}

std::optional<SealedBlock> last_block(store::Session& db) {
    auto row = db.row(queries::last_block);
    return row ? std::optional(read_block(*row)) : std::nullopt;
}

std::vector<SealedBlock> all_blocks(store::Session& db) {
    std::vector<SealedBlock> blocks;
    db.each(queries::all_blocks, {},
            [&](const store::Row& row) { blocks.push_back(read_block(row)); });
    return blocks;
}

bool holds_block(store::Session& db, const SealedBlock& block) {
    auto last = last_block(db);
    if (!last || last->header.number < block.header.number) return false;
    if (last->header.number == block.header.number) return last->header == block.header;
    auto blocks = all_blocks(db);
    return std::ranges::find(blocks, block.header, &SealedBlock::header) != blocks.end();
}

std::optional<SealedBlock> next_block(store::Session& db, const crypto::SigningKey& key,
                                      Instant now, bool also_empty) {
    auto before = last_block(db);
    SealedBlock block;
    BlockHeader& header = block.header;
    header.number = before ? before->header.number + 1 : 1;
    header.first = before ? before->header.last + 1 : 1;
    header.sealed_at = now;
    header.hash = seal_hash_name(key.public_key().suite());
    header.previous = before ? header_hash(before->header) : std::string(nothing_before);
    header.key = key.public_key().id();
    auto facts = bodies(db, header.first, header.first + seal_facts_max - 1);
    if (facts.empty() && !also_empty) return std::nullopt;
    header.last = header.first + std::ssize(facts) - 1;
    auto kind = *seal_hash(header.hash);
    header.root = crypto::to_hex(crypto::tree_root(kind, leaves_of(kind, facts)));
    block.signature = crypto::to_hex(key.sign(to_json(header)));
    return block;
}

bool store_block(Turn& turn, const SealedBlock& block) {
    const BlockHeader& header = block.header;
    auto before = last_block(turn.db());
    std::int64_t expected = before ? before->header.number + 1 : 1;
    if (header.number != expected) return false;
    if (before && header.previous != header_hash(before->header)) return false;
    auto newest = turn.db().row(queries::newest_seal_key);
    if (newest && newest->text("id") != header.key) return false;
    turn.db().write(queries::insert_block, {{"number", header.number},
                                            {"first_position", header.first},
                                            {"last_position", header.last},
                                            {"sealed_at", header.sealed_at},
                                            {"hash", header.hash},
                                            {"root", header.root},
                                            {"previous", header.previous},
                                            {"key_id", header.key},
                                            {"signature", block.signature}});
    return true;
}

Unsealed unsealed(store::Session& db) {
    auto before = last_block(db);
    std::int64_t sealed_to = before ? before->header.last : 0;
    auto head = db.row(queries::head_read);
    Unsealed out{.facts = head->integer("position") - sealed_to, .oldest = {}};
    if (out.facts <= 0) return out;
    if (auto row = db.row(queries::fact_time, {{"position", sealed_to + 1}})) {
        out.oldest = row->instant("recorded_at");
    }
    return out;
}

std::vector<SealKey> seal_keys(store::Session& db) {
    std::vector<SealKey> keys;
    db.each(queries::seal_keys, {}, [&](const store::Row& row) {
        auto key = crypto::PublicKey::from_pem(row.text("public_key"));
        if (!key || key->id() != row.text("id")) {
            throw BrokenInvariant("seal key " + std::string(row.text("id")) + " is damaged");
        }
        std::optional<std::string> vouching;
        if (auto text = row.text_or_null("vouching")) vouching = *text;
        if (vouching && !keys.empty()) {
            auto bytes = crypto::from_hex(*vouching);
            if (!bytes || !keys.back().key.verifies(vouching_text(*key), *bytes)) {
                throw BrokenInvariant("seal key " + key->id() +
                                      " is not vouched for by the one before");
            }
        }
        keys.push_back({std::move(*key), row.instant("introduced_at"), std::move(vouching)});
    });
    return keys;
}

void introduce_key(Turn& turn, const crypto::PublicKey& key, const crypto::SigningKey* before) {
    std::int64_t number = std::ssize(seal_keys(turn.db())) + 1;
    std::optional<std::string> vouching;
    if (before) vouching = crypto::to_hex(before->sign(vouching_text(key)));
    turn.db().write(queries::insert_seal_key, {{"number", number},
                                               {"id", key.id()},
                                               {"public_key", key.pem()},
                                               {"introduced_at", turn.now()},
                                               {"vouching", vouching}});
}

Result<FactProof> prove(store::Session& db, std::int64_t position) {
    auto row = db.row(queries::block_of, {{"position", position}});
    if (!row) {
        bool there = db.row(queries::fact_time, {{"position", position}}).has_value();
        return refuse(there ? refusals::fact_not_sealed : hezhi::refusals::not_found);
    }
    FactProof proof{.fact = {}, .index = 0, .path = {}, .block = read_block(*row), .content = {}};
    const BlockHeader& header = proof.block.header;
    auto facts = bodies(db, header.first, header.last);
    auto kind = seal_hash(header.hash);
    proof.index = position - header.first;
    if (!kind || proof.index >= std::ssize(facts)) return refuse(refusals::proof_false);
    auto index = static_cast<std::size_t>(proof.index);
    proof.fact = facts[index];
    for (const auto& node : crypto::inclusion_path(*kind, leaves_of(*kind, facts), index)) {
        proof.path.push_back(crypto::to_hex(node));
    }
    return proof;
}

Result<BlockHeader> check_proof(std::string_view text,
                                const std::vector<crypto::PublicKey>& trusted) {
    if (text.size() > proof_bytes_max) return refuse(refusals::proof_not_readable);
    auto proof = from_json<FactProof>(text, Reading::stored);
    if (!proof) return refuse(refusals::proof_not_readable);
    const BlockHeader& header = proof->block.header;
    auto key = std::ranges::find(trusted, header.key, &crypto::PublicKey::id);
    if (key == trusted.end()) return refuse(refusals::proof_of_unknown_key);
    auto kind = seal_hash(header.hash);
    auto root = hash_from_hex(header.root);
    auto signature = crypto::from_hex(proof->block.signature);
    std::vector<crypto::Hash> path;
    for (const auto& node : proof->path) {
        auto read = hash_from_hex(node);
        if (!read) return refuse(refusals::proof_not_readable);
        path.push_back(*read);
    }
    if (!kind || !root || !signature || proof->index < 0 || header.last < header.first) {
        return refuse(refusals::proof_not_readable);
    }
    if (!key->verifies(to_json(header), *signature)) {
        return refuse(refusals::proof_false, {"/block", "公钥签过名的块头及其签名",
                                              "the header that the key signed, and its signature"});
    }
    bool included = crypto::is_included(
        *kind, crypto::leaf_hash(*kind, proof->fact), static_cast<std::uint64_t>(proof->index),
        static_cast<std::uint64_t>(header.last - header.first + 1), path, *root);
    if (!included) {
        return refuse(refusals::proof_false, {"/fact", "块中这一位置的原文及其路径",
                                              "the bytes at this place of the block, and the path "
                                              "to its root"});
    }
    return header;
}

}  // namespace hezhi::journal
