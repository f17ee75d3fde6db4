// Refusals as RFC 9457 problem documents, and the language that the client reads.
#pragma once

#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace hezhi::http {

// "zh" or "en": from ?lang, then Accept-Language by its weights; "zh" where nothing decides.
std::string_view language_of(const Request& request);
std::string_view language_of(std::string_view accept_language);

// application/problem+json, never stored by caches. `title` is in `language`; both languages are in
// the document too, so that a page can switch without asking again.
Response problem(const Refusal& refusal, std::string_view language);
// The same with the refusal's sentences as `zh` and `en` say them: where something in them has a
// name that the district gave it.
Response problem(const Refusal& refusal, std::string_view language, std::string_view zh,
                 std::string_view en);

}  // namespace hezhi::http
