// The tree of hashes over a list, in the form of RFC 9162 section 2.1: leaves and inner nodes are
// told apart by a first byte, and a proof that one entry is in the list is some ten hashes long.
#pragma once

#include <vector>

#include "crypto/digest.h"

namespace hezhi::crypto {

Hash leaf_hash(DigestKind kind, std::string_view entry);

// The root over leaves (their hashes); the hash of nothing for none.
Hash tree_root(DigestKind kind, const std::vector<Hash>& leaves);

// What it takes to get from one leaf to the root, lowest first. `index` below the number of leaves.
std::vector<Hash> inclusion_path(DigestKind kind, const std::vector<Hash>& leaves,
                                 std::size_t index);

// Whether `leaf` is at `index` of a list of `size` entries with this root.
bool is_included(DigestKind kind, const Hash& leaf, std::uint64_t index, std::uint64_t size,
                 const std::vector<Hash>& path, const Hash& root);

}  // namespace hezhi::crypto
