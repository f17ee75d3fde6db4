#include "app/checks.h"

#include "domain/grading/check_runs.h"
#include "domain/time_bank/books.h"

namespace hezhi::app {

journal::Checks all_checks() {
    journal::Checks checks;
    checks.push_back(grading::check_runs());
    checks.push_back(time_bank::check_statements());
    return checks;
}

}  // namespace hezhi::app
