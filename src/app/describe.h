// hezhi describe: the tables as Markdown or JSON, for auditors, docs/reference and the pages.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/route.h"

namespace hezhi::app {

// `what`: states, permissions, routes, facts, settings, actions, catalogue (JSON only), openapi
// (JSON only). nullopt for an unknown name.
std::optional<std::string> describe(std::string_view what, bool as_json, const api::Routes& routes);

}  // namespace hezhi::app
