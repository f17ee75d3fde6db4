// Seals: the journal in blocks, each a tree of hashes under a signature whose key stands outside
// the database. Whoever may write the database can change a fact, its chain value and every figure;
// they cannot make a block that the public key accepts.
//
//   root       of the tree over the facts' bytes, in the form of RFC 9162, by the block's hash
//   previous   hash of the header before: a block says what all earlier ones are
//   signature  over the header's canonical JSON, SM2 or Ed25519
//
// docs/reference/seals.md has the bytes and the vectors.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/shape.h"
#include "crypto/merkle.h"
#include "crypto/signing.h"
#include "journal/turn.h"

namespace hezhi::journal {

// A block closes at this many facts; the sealer also closes what is a minute old.
inline constexpr std::int64_t seal_facts_max = 1000;

// The header, whose canonical JSON is hashed and signed.
struct BlockHeader {
    std::int64_t number = 0;  // 1, 2, 3 …
    std::int64_t first = 0;   // positions, both included
    std::int64_t last = 0;    // first - 1 for a block without a fact, by which a new key begins
    Instant sealed_at;
    std::string hash;      // sm3, sha256
    std::string root;      // hex
    std::string previous;  // hex; 64 zeros before the first
    std::string key;       // id of the public key
    bool operator==(const BlockHeader&) const = default;
};
BOOST_DESCRIBE_STRUCT(BlockHeader, (), (number, first, last, sealed_at, hash, root, previous, key))

struct SealedBlock {
    BlockHeader header;
    std::string signature;  // hex
};
BOOST_DESCRIBE_STRUCT(SealedBlock, (), (header, signature))

// What leaves the house to be compared later: a tail that was cut off shows by it.
struct SignedHead {
    SealedBlock block;
    std::string public_key;  // PEM
};
BOOST_DESCRIBE_STRUCT(SignedHead, (), (block, public_key))

// That a fact stands in a block, for whoever has the public key and nothing else.
struct FactProof {
    std::string fact;  // its bytes
    std::int64_t index = 0;
    std::vector<std::string> path;
    SealedBlock block;
    // A text whose hash the fact holds, byte for byte, where it is handed on with the proof. Which
    // facts hold one, and whether it is the one, is known to the folder of their noun.
    std::optional<std::string> content;
};
BOOST_DESCRIBE_STRUCT(FactProof, (), (fact, index, path, block, content))

struct SealKey {
    crypto::PublicKey key;
    Instant introduced_at;
    std::optional<std::string> vouching;  // hex, by the key before; none after a loss
};

namespace refusals {
inline constexpr RefusalRow fact_not_sealed{"fact_not_sealed", 409,
                                            "这一条还没有封印，请稍后再试。",
                                            "This fact is not sealed yet; try again in a minute."};
inline constexpr RefusalRow proof_not_readable{"proof_not_readable", 422, "不是证明文件。",
                                               "This is no proof."};
inline constexpr RefusalRow proof_of_unknown_key{
    "proof_of_unknown_key", 422, "证明用另一把密钥签名，不是给出的公钥。",
    "The proof is signed by another key than the one that was given."};
inline constexpr RefusalRow proof_false{"proof_false", 422, "证明不成立：内容或签名被改动。",
                                        "The proof does not hold: the fact, its place or the "
                                        "signature was changed."};
}  // namespace refusals

// Kinds of hash by suite and by name; nullopt for a name that is none.
std::string_view seal_hash_name(crypto::SuiteName suite);
std::optional<crypto::DigestKind> seal_hash(std::string_view name);
std::string header_hash(const BlockHeader& header);

// --- sealing

// The next block over what is not sealed yet, at most seal_facts_max facts. None if all is, unless
// `also_empty`. Reads only; store_block() then writes it.
std::optional<SealedBlock> next_block(store::Session& db, const crypto::SigningKey& key,
                                      Instant now, bool also_empty = false);
// In the writer's turn. False if another process was faster, or the key is no longer the newest;
// nothing is written then.
bool store_block(Turn& turn, const SealedBlock& block);

// How far the seals reach, and since when what comes after waits.
struct Unsealed {
    std::int64_t facts = 0;
    Instant oldest;  // recorded_at of the first of them
};
Unsealed unsealed(store::Session& db);

// --- keys

std::vector<SealKey> seal_keys(store::Session& db);
// Notes a new public key. `before` vouches for it; null for the first, or when that was lost.
void introduce_key(Turn& turn, const crypto::PublicKey& key, const crypto::SigningKey* before);

// --- proofs

std::optional<SealedBlock> last_block(store::Session& db);
std::vector<SealedBlock> all_blocks(store::Session& db);
// Whether this very block is there, by its header.
bool holds_block(store::Session& db, const SealedBlock& block);
// not_found, fact_not_sealed.
Result<FactProof> prove(store::Session& db, std::int64_t position);
// Without a database. Answers the block that holds the fact; the content is left to the fact's
// folder. proof_not_readable, proof_of_unknown_key, proof_false with what differs.
Result<BlockHeader> check_proof(std::string_view proof,
                                const std::vector<crypto::PublicKey>& trusted);

}  // namespace hezhi::journal
