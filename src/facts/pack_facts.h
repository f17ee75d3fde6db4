// Facts about rule packs (规则包).
#pragma once

#include "facts/fact.h"

namespace hezhi {

// An officer wants another pack to hold from an instant on. Its text is kept already.
struct PackProposed {
    static constexpr std::string_view kind = "rule_pack.proposed";
    static constexpr int version = 1;
    std::string name;
    std::string pack_version;
    std::string hash;  // SHA-256 of the canonical text, hex
    Instant effective_at;
};
BOOST_DESCRIBE_STRUCT(PackProposed, (), (name, pack_version, hash, effective_at))

// Why stands in the register.
struct PackRejected {
    static constexpr std::string_view kind = "rule_pack.rejected";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(PackRejected, (), ())

// The text of the pack is kept by its hash and never edited after.
struct PackPublished {
    static constexpr std::string_view kind = "rule_pack.published";
    static constexpr int version = 1;
    std::string name;
    std::string pack_version;
    std::string hash;  // SHA-256 of the canonical text, hex
    Instant effective_at;
};
BOOST_DESCRIBE_STRUCT(PackPublished, (), (name, pack_version, hash, effective_at))

}  // namespace hezhi
