#include "journal/folded.h"

#include <algorithm>

namespace hezhi::journal {

const FoldedRows& Folded::rows(const FigureDef& def) const {
    auto found = std::ranges::find(figures_, &def);
    HEZHI_ASSERT(found != figures_.end());
    return rows_[static_cast<std::size_t>(found - figures_.begin())];
}

}  // namespace hezhi::journal
