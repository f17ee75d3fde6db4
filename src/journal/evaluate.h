// The figures of a file of facts under a pack, as JSON: no server, no database, for anybody to
// check. The same bytes on any number of threads.
#pragma once

#include <expected>
#include <functional>
#include <iosfwd>

#include "journal/pack_fold.h"

namespace hezhi::journal {

// What is wrong with the file, and in which line of it.
struct LineFault {
    std::int64_t line = 0;  // from 1
    FieldError fault;
};

struct EvaluateSettings {
    std::optional<Day> at;  // facts recorded after this day are left out; none: all count
    int threads = 1;
    // What follows from several rows at once: writes further members of the object that is printed,
    // each after a comma. None: there are none.
    std::function<void(const Folded&, std::ostream&)> write_more = {};
};

// Facts as `hezhi export facts` writes them: one a line, every position from 1 on.
std::expected<void, LineFault> evaluate(std::istream& facts, const Figures& figures,
                                        std::shared_ptr<const rules::Pack> pack,
                                        const EvaluateSettings& settings, std::ostream& out);

}  // namespace hezhi::journal
