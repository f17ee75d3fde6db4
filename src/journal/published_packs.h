// The rule packs that the journal has published, with their texts.
#pragma once

#include <memory>
#include <string>

#include "rules/pack_history.h"
#include "store/session.h"

namespace hezhi::journal {

// Replaced whole when a pack is published, so that readers keep what they started with.
using SharedPacks = std::shared_ptr<const rules::PackHistory>;

// All packs published by facts up to position `until`. Throws BrokenInvariant as load_pack does.
SharedPacks published_packs(store::Session& db, std::int64_t until = INT64_MAX);

// A pack by the hash of its text. Throws BrokenInvariant if the text is missing or was changed.
std::shared_ptr<const rules::Pack> load_pack(store::Session& db, const std::string& hash);

}  // namespace hezhi::journal
