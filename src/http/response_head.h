// The bytes before a response's body: status line and headers.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "http/message.h"

namespace hezhi::http {

// Sent on every response. Scripts, styles and fonts come from this server only. Chart tooltips and
// the console's UI library set style attributes, hence 'unsafe-inline' for styles, never scripts.
inline constexpr std::string_view security_headers =
    "Content-Security-Policy: default-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";

std::string_view reason_phrase(int status);

// The Date header, made anew at most once a second. One thread only.
class DateLine {
  public:
    std::string_view at(std::time_t now);

  private:
    std::time_t made_at_ = -1;
    std::string text_;
};

enum class BodyLength { known, until_close };

// Replaces `out` by the head of `response`. Asserts that no header holds a control character.
void write_head(const Response& response, BodyLength length, bool keep_alive,
                std::string_view date_line, std::string& out);

// 1xx, 204 and 304 have no body, whatever the response holds.
bool may_have_body(int status);

}  // namespace hezhi::http
