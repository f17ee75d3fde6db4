#pragma once

#include "journal/verify.h"

namespace hezhi::app {

// What `hezhi verify` asks beside the rows, in the same reading of the journal. For one run.
journal::Checks all_checks();

}  // namespace hezhi::app
