#include "domain/time_bank/few_postings.h"

#include <optional>

namespace hezhi::time_bank {

PartWeight operator+(const PartWeight& one, const PartWeight& other) {
    PartWeight both = one.moved_from < other.moved_from ? other : one;
    if (one.moved_from == other.moved_from) both.moved_by = one.moved_by + other.moved_by;
    both.postings = one.postings + other.postings;
    return both;
}

bool may_be_told(const PartWeight& part, std::int64_t small_group) {
    return part.postings >= small_group && part.moved_by >= small_group;
}

FewParts gather_few(const std::vector<PartWeight>& parts, std::int64_t small_group) {
    FewParts found;
    found.in_few.resize(parts.size());
    PartWeight few;
    auto take = [&](std::size_t place) {
        found.in_few[place] = found.some = true;
        few = few + parts[place];
    };
    for (std::size_t place = 0; place < parts.size(); ++place) {
        if (!may_be_told(parts[place], small_group)) take(place);
    }
    while (found.some && !may_be_told(few, small_group)) {
        std::optional<std::size_t> next;
        for (std::size_t place = 0; place < parts.size(); ++place) {
            if (found.in_few[place]) continue;
            if (!next || parts[place].postings < parts[*next].postings) next = place;
        }
        if (!next) {
            found.told = false;
            break;
        }
        take(*next);
    }
    return found;
}

}  // namespace hezhi::time_bank
