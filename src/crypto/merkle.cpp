#include "crypto/merkle.h"

#include <span>

#include "base/assert.h"

namespace hezhi::crypto {
namespace {

constexpr std::uint8_t leaf_mark = 0x00, node_mark = 0x01;

Hash node_hash(DigestKind kind, const Hash& left, const Hash& right) {
    Digest digest(kind);
    return digest.add(ByteView(&node_mark, 1)).add(ByteView(left)).add(ByteView(right)).finish();
}

// The largest power of two below `size`, which is at least 2.
std::size_t split_of(std::size_t size) {
    std::size_t split = 1;
    while (split * 2 < size) split *= 2;
    return split;
}

Hash root_of(DigestKind kind, std::span<const Hash> leaves) {
    if (leaves.empty()) return hash(kind, {});
    if (leaves.size() == 1) return leaves[0];
    std::size_t split = split_of(leaves.size());
    return node_hash(kind, root_of(kind, leaves.first(split)),
                     root_of(kind, leaves.subspan(split)));
}

void collect_path(DigestKind kind, std::span<const Hash> leaves, std::size_t index,
                  std::vector<Hash>& path) {
    if (leaves.size() == 1) return;
    std::size_t split = split_of(leaves.size());
    bool left = index < split;
    collect_path(kind, left ? leaves.first(split) : leaves.subspan(split),
                 left ? index : index - split, path);
    path.push_back(root_of(kind, left ? leaves.subspan(split) : leaves.first(split)));
}

}  // namespace

Hash leaf_hash(DigestKind kind, std::string_view entry) {
    Digest digest(kind);
    return digest.add(ByteView(&leaf_mark, 1)).add(entry).finish();
}

Hash tree_root(DigestKind kind, const std::vector<Hash>& leaves) {
    return root_of(kind, leaves);
}

std::vector<Hash> inclusion_path(DigestKind kind, const std::vector<Hash>& leaves,
                                 std::size_t index) {
    HEZHI_ASSERT(index < leaves.size());
    std::vector<Hash> path;
    collect_path(kind, leaves, index, path);
    return path;
}

// RFC 9162, 2.1.3.2.
bool is_included(DigestKind kind, const Hash& leaf, std::uint64_t index, std::uint64_t size,
                 const std::vector<Hash>& path, const Hash& root) {
    if (index >= size) return false;
    std::uint64_t node = index, last = size - 1;
    Hash reached = leaf;
    for (const Hash& beside : path) {
        if (last == 0) return false;
        if (node % 2 == 1 || node == last) {
            reached = node_hash(kind, beside, reached);
            while (node % 2 == 0 && node != 0) {
                node /= 2;
                last /= 2;
            }
        } else {
            reached = node_hash(kind, reached, beside);
        }
        node /= 2;
        last /= 2;
    }
    return last == 0 && reached == root;
}

}  // namespace hezhi::crypto
