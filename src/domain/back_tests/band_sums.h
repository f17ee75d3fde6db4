// What can be reckoned about people from the numbers of a part that are shown: the subjects, who
// gains, who loses, and the bands under both packs. Pure.
#pragma once

#include "facts/back_test_facts.h"

namespace hezhi::back_tests {

inline bool is_few(std::int64_t count, std::int64_t limit) {
    return count > 0 && count < limit;
}

// How many stand in the bands that are hidden on one side, or are not known to its pack: they are
// known together, as the subjects less those shown. The part must tell its subjects.
std::int64_t count_untold(const BackTestPart& part,
                          std::optional<std::int64_t> BackTestBand::*counted);

// Whether a band is all that counts: who keeps theirs neither gains nor loses, who comes to a lower
// one loses.
bool bands_are_ranks(const BackTestPart& part);

// Whether some sum of the numbers shown counts people who are few, each of them at least once and
// nobody less than not at all. Who gains and who loses must be told.
bool sums_tell_few(const BackTestPart& part, std::int64_t limit);

}  // namespace hezhi::back_tests
