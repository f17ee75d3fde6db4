// A district's life once more, later: a journal that is longer than is worth living.
#pragma once

#include "facts/fact.h"

namespace hezhi::bench {

// Facts up to `settled` are there once; `count` facts follow them within `length`. In every further
// life these happen again, a length later, about needs, orders, records and people of their own;
// whoever was there before the life stays who they are.
struct LaterLives {
    std::int64_t settled = 0;
    std::int64_t count = 0;
    Millis length{};

    // The fact of one life in the life `number`; 0 is the one that was lived.
    Fact later(Fact fact, int number) const;
};

}  // namespace hezhi::bench
