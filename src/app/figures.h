#pragma once

#include "journal/figure.h"

namespace hezhi::app {

// Every figure of the product. A figure that is not here is neither stored nor verified.
journal::Figures all_figures();

}  // namespace hezhi::app
