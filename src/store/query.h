// A named SQL statement. All SQL stands in queries.sql files; the build makes these constants.
#pragma once

#include <string_view>

namespace hezhi::store {

struct Query {
    std::string_view name;  // "<folder>.<name>", reaches the slow-query log
    std::string_view sql;   // one text for both engines, parameters as :name
};

}  // namespace hezhi::store
