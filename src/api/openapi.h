// OpenAPI 3.1, made from the same rows and shapes that serve the requests.
#pragma once

#include <string>

#include "api/route.h"

namespace hezhi::api {

// Asserts that no two types share a component name unless they are the same type.
std::string openapi(const Routes& routes, std::string_view version);

}  // namespace hezhi::api
