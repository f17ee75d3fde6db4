#include "app/demo/part.h"

namespace hezhi::app {

std::span<const MakePart> all_parts() {
    static constexpr MakePart parts[] = {
        staffing,  insuring,           team_life,  coming_and_going, regular_help,
        finding,   hotline_desk,       answering,  dispatching,      assigning_all,
        serving,   reviewing,          gatherings, bookkeeping,      duty_to_report,
        minors,    objections,         certifying, calling_back,     time_giving,
        attesting, helping_each_other,
    };
    return parts;
}

}  // namespace hezhi::app
