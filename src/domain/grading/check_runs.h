// The months that were graded held against the facts: a grade.computed fact says its counts, parts,
// gates, band and colour as values, and a fold only copies them.
#pragma once

#include "journal/verify.h"

namespace hezhi::grading {

// Each month again from the services, reviews, incidents and memberships that the journal held when
// it was read, and from the colour, the months, the proposals and the training before it, by the
// pack of then. Each way down against the month or the trigger that led to it, and each colour that
// was confirmed against its proposal. What is entered after a month was read is not asked.
std::unique_ptr<journal::Check> check_runs();

}  // namespace hezhi::grading
