// The last signed block, kept beside the seal key: whoever may write the database alone can take
// back blocks there, not here, and so gets no other history signed in their place.
#pragma once

#include <optional>

#include "app/installation.h"
#include "journal/seals.h"

namespace hezhi::app {

inline constexpr RefusalRow seal_head_damaged{
    "seal_head_damaged", 500,
    "封印密钥旁留存的流水末端（.head 文件）无法读取，请用备份替换，或核对后移走。",
    "The end of the journal that is kept beside the seal key (the .head file) cannot be read. "
    "Replace it by a backup, or move it away after `hezhi verify`."};

// None if there is no file. Read it before the database: another process may seal in between.
Result<std::optional<journal::SignedHead>> kept_head(const Location& place);

// Takes the place of what was kept, whole or not at all. Throws CannotOpen.
void keep_head(const Location& place, const journal::SignedHead& head);

// What the database holds is right from now on, also if it is less than what was kept: for a
// restore, which an operator asked for. Throws CannotOpen.
void accept_head(store::Session& db, const Location& place);

}  // namespace hezhi::app
