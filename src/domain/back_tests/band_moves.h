// What the bands of both packs, side by side, tell of those who moved from one to another. Pure.
#pragma once

#include "facts/back_test_facts.h"

namespace hezhi::back_tests {

// Takes numbers of bands from a part of which those of few people are hidden already, so that no
// fewer than `limit` can be reckoned from what is left:
// - by how many a band differs between the packs, or neighbouring bands together, or those that are
//   hidden: 34 before and 32 after are two people;
// - who moved, or did not, by any sum of the subjects, who gains, who loses and the bands: of 40
// who
//   lose 37 come into the lowest band, so three lose elsewhere (band_sums.h).
// The number under the new pack goes, and with it that of the next smaller change; that under the
// old one only where it tells somebody without the new. More is hidden until nothing is told; what
// is left once is left by a second call, so a kept part may be given too.
void hide_band_moves(BackTestPart& part, std::int64_t limit);

}  // namespace hezhi::back_tests
