#include "http/request_reader.h"

#include <algorithm>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <utility>

#include "base/assert.h"
#include "http/refusals.h"
#include "http/target.h"

namespace hezhi::http {
namespace {

namespace beast_http = boost::beast::http;
using Parser = beast_http::request_parser<beast_http::string_body>;
using Fields = Parser::value_type;

// Bytes asked from the socket at once: a request's headers, or a good piece of its body.
constexpr std::size_t header_room = 4 * 1024;
constexpr std::size_t body_room = 16 * 1024;

std::optional<Method> method_of(beast_http::verb verb) {
    switch (verb) {
        case beast_http::verb::get:
            return Method::get;
        case beast_http::verb::head:
            return Method::head;
        case beast_http::verb::post:
            return Method::post;
        case beast_http::verb::put:
            return Method::put;
        case beast_http::verb::patch:
            return Method::patch;
        case beast_http::verb::delete_:
            return Method::delete_;
        default:
            return std::nullopt;
    }
}

const RefusalRow& row_of(const boost::system::error_code& error) {
    if (error == beast_http::error::header_limit) return refusals::header_too_large;
    if (error == beast_http::error::buffer_overflow) return refusals::header_too_large;
    if (error == beast_http::error::body_limit) return refusals::body_too_large;
    return refusals::malformed_request;
}

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

// What Beast lets pass and a proxy in front may read differently.
const RefusalRow* ambiguity_of(const Fields& head) {
    if (!method_of(head.method())) return &refusals::method_not_allowed;
    auto hosts = head.count(beast_http::field::host);
    if (hosts > 1 || (hosts == 0 && head.version() >= 11)) return &refusals::malformed_request;
    auto encodings = head.count(beast_http::field::transfer_encoding);
    if (encodings > 0) {
        bool chunked =
            encodings == 1 &&
            equal_ignoring_case(view(head[beast_http::field::transfer_encoding]), "chunked");
        bool length_too = head.count(beast_http::field::content_length) > 0;
        if (!chunked || length_too || head.version() < 11) return &refusals::malformed_request;
    }
    return nullptr;
}

}  // namespace

struct RequestReader::State {
    explicit State(const Limits& l) : limits(l), buffer(l.header_bytes_max + body_room) { begin(); }

    void begin() {
        parser.emplace();
        parser->header_limit(static_cast<std::uint32_t>(limits.header_bytes_max));
        parser->body_limit(limits.body_bytes_max);
        header_checked = false;
        received = Received();
    }

    Step refuse(const RefusalRow& row) {
        refusal = &row;
        return Step::refused;
    }

    // Once the headers are complete: refuses what can be refused without the body, and keeps the
    // head as it is now. Trailers after a chunked body would otherwise add headers to it.
    const RefusalRow* take_head() {
        const Fields& head = parser->get();
        if (auto* row = ambiguity_of(head)) return row;
        auto target = parse_target(view(head.target()));
        if (!target) return &refusals::malformed_request;

        received.keep_alive = head.keep_alive() && head.version() >= 11;
        Request& request = received.request;
        request.method = *method_of(head.method());
        request.path = std::move(target->path);
        request.query = std::move(target->query);
        request.headers.reserve(16, 1024);
        for (const auto& field : head) {
            request.headers.add(view(field.name_string()), view(field.value()));
        }
        return nullptr;
    }

    Step need_more() {
        // No room left: only endless chunk extensions or trailers get here.
        if (buffer.size() == buffer.max_size()) return refuse(refusals::header_too_large);
        return Step::need_more;
    }

    const Limits& limits;
    boost::beast::flat_buffer buffer;
    std::optional<Parser> parser;
    bool header_checked = false;
    Received received;
    const RefusalRow* refusal = nullptr;
};

RequestReader::RequestReader(const Limits& limits) : state_(std::make_unique<State>(limits)) {}
RequestReader::~RequestReader() = default;

std::span<char> RequestReader::prepare() {
    auto& s = *state_;
    std::size_t wanted = s.parser->is_header_done() ? body_room : header_room;
    auto room = s.buffer.prepare(std::min(wanted, s.buffer.max_size() - s.buffer.size()));
    return {static_cast<char*>(room.data()), room.size()};
}

void RequestReader::commit(std::size_t bytes) {
    state_->buffer.commit(bytes);
}

RequestReader::Step RequestReader::advance() {
    auto& s = *state_;
    while (!s.parser->is_done()) {
        boost::system::error_code error;
        std::size_t used = 0;
        if (s.buffer.size() > 0) {
            used = s.parser->put(s.buffer.data(), error);
            s.buffer.consume(used);
        }
        if (error && error != beast_http::error::need_more) return s.refuse(row_of(error));
        if (s.parser->is_header_done() && !s.header_checked) {
            s.header_checked = true;
            s.parser->eager(true);  // only now: trailers must not be seen as headers
            if (auto* row = s.take_head()) return s.refuse(*row);
            if (s.parser->is_done()) break;
            auto expect = view(s.parser->get()[beast_http::field::expect]);
            if (!expect.empty() && s.parser->get().version() >= 11) {
                if (!equal_ignoring_case(expect, "100-continue")) {
                    return s.refuse(refusals::expectation_failed);
                }
                if (s.buffer.size() == 0) return Step::expects_continue;
            }
        }
        if (used == 0) return s.need_more();
    }
    return Step::ready;
}

bool RequestReader::between_requests() const {
    return state_->buffer.size() == 0 && !state_->parser->got_some();
}

bool RequestReader::header_done() const {
    return state_->parser->is_header_done();
}

RequestReader::Received RequestReader::take() {
    auto& s = *state_;
    HEZHI_ASSERT(s.parser->is_done() && s.header_checked);
    Received received = std::move(s.received);
    received.request.body = std::move(s.parser->get().body());
    s.begin();
    return received;
}

const RefusalRow& RequestReader::refusal() const {
    HEZHI_ASSERT(state_->refusal != nullptr);
    return *state_->refusal;
}

std::string_view RequestReader::accept_language() const {
    return view(state_->parser->get()[beast_http::field::accept_language]);
}

}  // namespace hezhi::http
