#include "base/shape.h"

#include <algorithm>

namespace hezhi::shapes {

void sort_fields(Shape& shape) {
    shape.sorted_fields = shape.fields;
    std::sort(shape.sorted_fields.begin(), shape.sorted_fields.end(),
              [](const Field& a, const Field& b) { return a.name < b.name; });
}

}  // namespace hezhi::shapes
