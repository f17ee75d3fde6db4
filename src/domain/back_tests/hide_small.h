// What is told of a back-test says nothing of fewer subjects than the pack's limit, nor lets it be
// reckoned from the numbers beside it. Pure.
#pragma once

#include "facts/back_test_facts.h"

namespace hezhi::back_tests {

// Takes numbers from a part that has them all:
// - everything, where the part itself has fewer subjects than `limit`;
// - groups with fewer subjects; and the next smallest of their kind, where the sum would tell them;
// - who gains or who loses, of all or of a group, where they are fewer, but not none, or where
//   those that do neither are: the subjects less the two would tell them; and of the other groups,
//   where the sum would tell any of the three;
// - bands in which fewer stand under either pack, and the next ones, likewise;
// - where who gains or who loses is hidden, all bands under the new pack: what differs from the old
//   ones would tell them; and where fewer gain and lose together, the new total;
// - bands of which what is shown of both packs tells fewer (band_moves.h).
// A part of an early run, of which small groups are hidden already, may be given too.
void hide_small(BackTestPart& part, std::int64_t limit);

}  // namespace hezhi::back_tests
