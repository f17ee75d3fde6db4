// The published vectors (tests/journals/tree_vectors.json: the roots over SHA-256 are those that
// implementations of certificate transparency use), and every change of a proof.
#include "crypto/merkle.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace hezhi::crypto {
namespace {

// The values of the vectors' file in order, without a JSON reader: what stands between quotes, and
// the numbers. base has no parser for foreign JSON and this folder needs none.
struct Vectors {
    std::string text;
    Vectors() {
        std::ifstream file("tests/journals/tree_vectors.json");
        std::ostringstream all;
        all << file.rdbuf();
        text = all.str();
    }
    // The list of texts under `key`, searched from `from`.
    std::vector<std::string> list(const std::string& key, std::size_t from) const {
        std::vector<std::string> out;
        auto at = text.find("\"" + key + "\": [", from);
        auto end = text.find(']', at);
        for (at = text.find('[', at); (at = text.find('"', at)) < end;) {
            auto close = text.find('"', at + 1);
            out.push_back(text.substr(at + 1, close - at - 1));
            at = close + 1;
        }
        return out;
    }
    std::uint64_t number(const std::string& key, std::size_t from) const {
        auto at = text.find("\"" + key + "\": ", from);
        return std::stoull(text.substr(at + key.size() + 4));
    }
};

std::vector<Hash> leaves_of(DigestKind kind, const std::vector<std::string>& entries) {
    std::vector<Hash> leaves;
    for (const auto& entry : entries) {
        auto bytes = from_hex(entry).value();
        leaves.push_back(leaf_hash(kind, std::string(bytes.begin(), bytes.end())));
    }
    return leaves;
}

std::vector<Hash> first(const std::vector<Hash>& all, std::size_t count) {
    return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count)};
}

TEST(Merkle, RootsAndPathsAreThePublishedOnes) {
    Vectors vectors;
    for (auto [kind, name] : {std::pair{DigestKind::sha256, "sha256"}, {DigestKind::sm3, "sm3"}}) {
        SCOPED_TRACE(name);
        auto at = vectors.text.find("\"hash\": \"" + std::string(name));
        ASSERT_NE(at, std::string::npos);
        auto leaves = leaves_of(kind, vectors.list("leaves", at));
        auto roots = vectors.list("roots", at);
        ASSERT_EQ(leaves.size(), 8U);
        ASSERT_EQ(roots.size(), 9U);
        for (std::size_t n = 0; n <= 8; ++n) {
            EXPECT_EQ(to_hex(tree_root(kind, first(leaves, n))), roots[n]) << n;
        }
        at = vectors.text.find("\"paths\"", at);
        for (int i = 0; i < 6; ++i) {
            at = vectors.text.find("\"index\"", at + 1);
            auto index = vectors.number("index", at), size = vectors.number("size", at);
            std::vector<std::string> path;
            for (const auto& node : inclusion_path(kind, first(leaves, size), index)) {
                path.push_back(to_hex(node));
            }
            EXPECT_EQ(path, vectors.list("path", at)) << index << " of " << size;
        }
    }
}

TEST(Merkle, EveryEntryOfEverySizeIsProvenAndNothingElse) {
    for (auto kind : {DigestKind::sha256, DigestKind::sm3}) {
        std::vector<Hash> leaves;
        for (std::uint64_t size = 1; size <= 33; ++size) {
            leaves.push_back(leaf_hash(kind, "entry " + std::to_string(size)));
            Hash root = tree_root(kind, leaves);
            for (std::uint64_t index = 0; index < size; ++index) {
                auto path = inclusion_path(kind, leaves, index);
                ASSERT_TRUE(is_included(kind, leaves[index], index, size, path, root));
                EXPECT_FALSE(is_included(kind, leaves[index], index + 1, size, path, root) &&
                             size > 1);
                EXPECT_FALSE(is_included(kind, leaf_hash(kind, "else"), index, size, path, root));
                EXPECT_FALSE(is_included(kind, leaves[index], size, size, path, root));
                if (path.empty()) continue;
                auto changed = path;
                changed.back()[7] ^= 1;
                EXPECT_FALSE(is_included(kind, leaves[index], index, size, changed, root));
                changed = path;
                changed.pop_back();
                EXPECT_FALSE(is_included(kind, leaves[index], index, size, changed, root));
                changed = path;
                changed.push_back(root);
                EXPECT_FALSE(is_included(kind, leaves[index], index, size, changed, root));
            }
        }
    }
}

// A leaf cannot be passed off as an inner node, nor two entries as one.
TEST(Merkle, LeavesAndNodesAreToldApart) {
    auto kind = DigestKind::sha256;
    std::vector<Hash> leaves{leaf_hash(kind, "a"), leaf_hash(kind, "b")};
    std::string joined(leaves[0].begin(), leaves[0].end());
    joined.append(leaves[1].begin(), leaves[1].end());
    EXPECT_NE(tree_root(kind, leaves), leaf_hash(kind, joined));
    EXPECT_NE(tree_root(kind, leaves), sha256(joined));
}

}  // namespace
}  // namespace hezhi::crypto
