#include "store/value.h"

namespace hezhi::store {

Value text_or_null(std::string_view text) {
    return text.empty() ? Value(nullptr) : Value(std::string(text));
}

}  // namespace hezhi::store
