// A pack laid over another with one file changed, as an officer drafts it.
#pragma once

#include <stdexcept>

#include "rules/pack_reader.h"

namespace hezhi::testing {

// `text`: the sections of `file` that say something else. Throws, with the place, what is wrong.
inline rules::Pack changed_pack(const rules::Pack& base, std::string file, std::string text) {
    constexpr const char* head = R"(name = "changed"
version = "1"
extends = "base"
title = { zh = "改过的", en = "Changed" }
says = { zh = "为检验改过。", en = "Changed for a test." }
)";
    auto changed =
        rules::read_pack_draft({{"pack.toml", head}, {std::move(file), std::move(text)}}, base);
    if (!changed) throw std::invalid_argument(rules::to_string(changed.error().front()));
    return std::move(*changed);
}

}  // namespace hezhi::testing
