#include "rules/pack_history.h"

#include <algorithm>

#include "base/assert.h"

namespace hezhi::rules {

void PackHistory::add(PublishedPack published) {
    HEZHI_ASSERT(published.pack != nullptr);
    auto place = std::ranges::upper_bound(published_, published.effective_at, {},
                                          &PublishedPack::effective_at);
    published_.insert(place, std::move(published));
}

const PublishedPack* PackHistory::in_force(Instant at) const {
    auto after = std::ranges::upper_bound(published_, at, {}, &PublishedPack::effective_at);
    return after == published_.begin() ? nullptr : &*std::prev(after);
}

}  // namespace hezhi::rules
