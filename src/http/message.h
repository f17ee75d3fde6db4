// Requests and responses as plain values. Nothing here knows of sockets or of the HTTP library.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"

namespace hezhi::http {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_ };

std::string_view to_string(Method method);

// ASCII letters only, as header names demand.
bool equal_ignoring_case(std::string_view a, std::string_view b);

// Received header fields in one block of text: two allocations a request, however many fields.
class HeaderFields {
  public:
    void reserve(std::size_t fields, std::size_t bytes);
    void add(std::string_view name, std::string_view value);

    // The first field of that name; empty if there is none. Valid until the next add().
    std::string_view find(std::string_view name) const;
    std::size_t count(std::string_view name) const;
    std::size_t size() const { return fields_.size(); }
    // The i-th field as received, in order.
    std::pair<std::string_view, std::string_view> at(std::size_t i) const;

  private:
    struct Place {
        std::uint32_t start;  // of the name; the value follows it
        std::uint32_t name_length;
        std::uint32_t value_length;
    };

    std::string text_;
    std::vector<Place> fields_;
};

struct Request {
    Method method = Method::get;
    // Percent-decoded, valid UTF-8, without control characters, "." and ".." segments, doubled
    // slashes and query. Starts with "/".
    std::string path = "/";
    std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
    HeaderFields headers;
    std::string body;
    std::string remote_address;  // numeric, without port; the client's even behind a trusted proxy
    bool secure = false;         // the client spoke TLS (to a trusted proxy)
    Instant received_at;

    // Empty if absent.
    std::string_view header(std::string_view name) const { return headers.find(name); }
    std::string_view cookie(std::string_view name) const;
    std::optional<std::string_view> query_value(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string content_type;  // empty: no Content-Type is sent
    // Names and values must not hold control characters (asserted when sent). Content-Length, Date,
    // Connection and the security headers are the transport's.
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    // Sent instead of `body` if set: bytes that many answers share (static files).
    std::shared_ptr<const std::string> shared_body;

    std::string_view bytes() const { return shared_body ? *shared_body : body; }
};

}  // namespace hezhi::http
