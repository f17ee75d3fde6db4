#include "http/response_head.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/assert.h"

namespace hezhi::http {
namespace {

void append_number(std::string& out, std::size_t number) {
    std::array<char, 20> digits;
    auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), end);
}

bool is_clean(std::string_view text) {
    return std::ranges::none_of(text, [](char c) {
        auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    // A line break here would let a value write headers of its own.
    HEZHI_ASSERT(is_clean(name) && is_clean(value) && !name.empty());
    out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "";
    }
}

std::string_view DateLine::at(std::time_t now) {
    if (now == made_at_) return text_;
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    gmtime_r(&now, &utc);
    auto two = [&](int number) {
        if (number < 10) text_.push_back('0');
        append_number(text_, static_cast<std::size_t>(number));
    };
    // strftime would write the names in the locale of the process.
    text_ = "Date: ";
    text_.append(days[static_cast<std::size_t>(utc.tm_wday)]).append(", ");
    two(utc.tm_mday);
    text_.append(" ").append(months[static_cast<std::size_t>(utc.tm_mon)]).append(" ");
    append_number(text_, static_cast<std::size_t>(utc.tm_year + 1900));
    text_.append(" ");
    two(utc.tm_hour);
    text_.append(":");
    two(utc.tm_min);
    text_.append(":");
    two(utc.tm_sec);
    text_.append(" GMT\r\n");
    made_at_ = now;
    return text_;
}

bool may_have_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

void write_head(const Response& response, BodyLength length, bool keep_alive,
                std::string_view date_line, std::string& out) {
    HEZHI_ASSERT(response.status >= 200 && response.status <= 599);
    out.assign("HTTP/1.1 ");
    append_number(out, static_cast<std::size_t>(response.status));
    out.append(" ").append(reason_phrase(response.status)).append("\r\n");
    out.append(date_line);
    if (!response.content_type.empty()) append_field(out, "Content-Type", response.content_type);
    if (length == BodyLength::known && may_have_body(response.status)) {
        out.append("Content-Length: ");
        append_number(out, response.bytes().size());
        out.append("\r\n");
    }
    for (const auto& [name, value] : response.headers) append_field(out, name, value);
    out.append(security_headers);
    if (!keep_alive) out.append("Connection: close\r\n");
    out.append("\r\n");
}

}  // namespace hezhi::http
