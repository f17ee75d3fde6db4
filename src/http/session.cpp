#include "http/session.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/assert.h"
#include "http/problem.h"
#include "http/refusals.h"
#include "http/session_reply.h"

namespace hezhi::http {
namespace {

using boost::system::error_code;

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view heartbeat_comment = ":\n\n";

// Bytes that a client may send on an event stream, where it has nothing to say.
constexpr std::size_t chatter_bytes_max = 16 * 1024;

// The last entry is the one that our own proxy wrote; those before it are anybody's.
std::string_view forwarded_address(const HeaderFields& headers) {
    std::string_view last;
    for (std::size_t i = 0; i < headers.size(); ++i) {
        auto [name, value] = headers.at(i);
        if (equal_ignoring_case(name, "X-Forwarded-For")) last = value;
    }
    auto comma = last.rfind(',');
    if (comma != std::string_view::npos) last.remove_prefix(comma + 1);
    while (last.starts_with(' ')) last.remove_prefix(1);
    while (last.ends_with(' ')) last.remove_suffix(1);
    return last;
}

}  // namespace

Session::Session(IoWorker& worker, Socket socket, ConnectionCount::Place place, Peer peer,
                 const Handler* handler)
    : worker_(worker),
      context_(*worker.context),
      socket_(std::move(socket)),
      place_(std::move(place)),
      peer_(std::move(peer)),
      handler_(handler),
      wake_timer_(worker.io),
      reader_(context_.limits()) {
    worker_.sessions.insert(this);
}

Session::~Session() {
    worker_.sessions.erase(this);
    if (stream_) stream_->end();
}

void Session::start() {
    error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    asio::co_spawn(worker_.io, serve(),
                   [self = shared_from_this()](const std::exception_ptr& failure) {
                       self->close();
                       if (!failure) return;
                       try {
                           std::rethrow_exception(failure);
                       } catch (const std::exception& error) {
                           self->context_.log.write(LogLevel::error, "session_failed",
                                                    {{"reason", describe_exception(error)}});
                       }
                   });
}

void Session::close() {
    closed_ = true;
    error_code ignored;
    socket_.close(ignored);
    wake();
}

void Session::stop_soon() {
    if (phase_ == Phase::idle) close();
    if (phase_ == Phase::streaming) stream_->close();
}

void Session::wake() {
    wake_timer_.cancel();
}

void Session::enter(Phase phase, std::chrono::milliseconds limit) {
    phase_ = phase;
    deadline_ = SteadyClock::now() + limit;
}

void Session::enforce_deadline(SteadyClock::time_point now) {
    if (now < deadline_) return;
    deadline_ = SteadyClock::time_point::max();
    if (phase_ == Phase::receiving) {
        expired_ = true;
        socket_.cancel();  // receive() answers
    } else if (phase_ == Phase::running) {
        keep_alive_ = false;
        deliver(exchange_, problem(refusals::outcome_unknown, "zh"));
    } else {
        close();
    }
}

void Session::deliver(std::uint64_t exchange, Response response) {
    if (exchange != exchange_ || phase_ != Phase::running || answer_ || stream_) return;
    answer_ = std::move(response);
    wake();
}

void Session::deliver(std::uint64_t exchange, std::shared_ptr<StreamQueue> stream) {
    bool late = exchange != exchange_ || phase_ != Phase::running || answer_ || stream_ || closed_;
    if (late) {
        stream->end();
        return;
    }
    stream_ = std::move(stream);
    wake();
}

Task<void> Session::serve() {
    if (handler_ == nullptr) {
        co_await refuse(refusals::unavailable);
        co_return;
    }
    while (co_await receive()) {
        RequestReader::Received received = reader_.take();
        bool is_head = received.request.method == Method::head;
        keep_alive_ =
            received.keep_alive && exchange_ + 1 < context_.limits().requests_per_connection_max;
        complete(received.request);
        call_handler(std::move(received.request));
        while (!answer_ && !stream_ && !closed_) {
            wake_timer_.expires_at(SteadyClock::time_point::max());
            co_await wake_timer_.async_wait(quietly);
        }
        if (closed_) co_return;
        if (stream_) {
            co_await stream_events();
            co_return;
        }
        bool sent = co_await send_answer(is_head);
        if (!sent) co_return;
        answer_.reset();  // an idle connection holds no body
        if (!keep_alive_) {
            co_await linger();
            co_return;
        }
    }
}

Task<bool> Session::receive() {
    using Step = RequestReader::Step;
    enter(Phase::idle, context_.limits().idle_timeout);
    for (;;) {
        bool had_header = reader_.header_done();
        Step step = reader_.advance();
        if (step == Step::ready) co_return true;
        if (step == Step::refused) {
            co_await refuse(reader_.refusal());
            co_return false;
        }
        if (phase_ == Phase::idle && !reader_.between_requests()) {
            enter(Phase::receiving, context_.limits().header_deadline);
        }
        if (!had_header && reader_.header_done()) {
            enter(Phase::receiving, context_.limits().body_deadline);
        }
        if (step == Step::expects_continue) {
            bool sent = co_await send_rest(continue_line, {});
            if (!sent) co_return false;
        }
        if (phase_ == Phase::idle && worker_.stopping) co_return false;
        std::span<char> room = reader_.prepare();
        auto [error, bytes] =
            co_await socket_.async_read_some(asio::buffer(room.data(), room.size()), quietly);
        if (expired_) {
            co_await refuse(refusals::request_too_slow);
            co_return false;
        }
        if (error) co_return false;
        reader_.commit(bytes);
    }
}

// Nothing more can be read from a connection whose request was refused here.
Task<bool> Session::refuse(const RefusalRow& row) {
    context_.count_refusal(row);
    answer_ = problem(row, language_of(reader_.accept_language()));
    if (&row == &refusals::unavailable) answer_->headers.emplace_back("Retry-After", "5");
    if (&row == &refusals::method_not_allowed) {
        answer_->headers.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
    }
    keep_alive_ = false;
    bool sent = co_await send_answer(false);
    if (sent) co_await linger();
    co_return sent;
}

void Session::complete(Request& request) const {
    request.received_at = context_.clock.now();
    request.remote_address = peer_.address;
    if (!peer_.trusted_proxy) return;
    std::string forwarded(forwarded_address(request.headers));
    error_code error;
    auto address = asio::ip::make_address(forwarded, error);
    if (!error) request.remote_address = address.to_string();
    request.secure = equal_ignoring_case(request.header("X-Forwarded-Proto"), "https");
}

void Session::call_handler(Request request) {
    ++exchange_;
    answer_.reset();
    enter(Phase::running, context_.limits().answer_deadline);
    auto channel = std::make_shared<SessionReply>(worker_.context, worker_.mailbox,
                                                  weak_from_this(), exchange_);
    try {
        (*handler_)(std::move(request), Reply(std::move(channel)));
        return;
    } catch (const std::exception& error) {
        context_.log.write(LogLevel::error, "handler_failed",
                           {{"reason", describe_exception(error)}});
    }
    deliver(exchange_, problem(refusals::internal_error, "zh"));
}

void Session::write_answer_head() {
    if (worker_.stopping) keep_alive_ = false;
    std::string_view date = worker_.date.at(context_.clock.now().ms / 1000);
    try {
        write_head(*answer_, BodyLength::known, keep_alive_, date, head_);
    } catch (const BrokenInvariant& error) {
        context_.log.write(LogLevel::error, "response_unfit",
                           {{"reason", describe_exception(error)}});
        answer_ = problem(refusals::internal_error, "zh");
        write_head(*answer_, BodyLength::known, keep_alive_, date, head_);
    }
}

Task<bool> Session::send_answer(bool is_head) {
    write_answer_head();
    std::string_view head = head_;
    std::string_view body;
    if (!is_head && may_have_body(answer_->status)) body = answer_->bytes();
    // Small answers fit into the socket's buffer: no wait, no trip through the event loop.
    if (!send_now(head, body)) co_return false;
    if (head.empty() && body.empty()) co_return true;

    auto slowest = std::chrono::seconds((head.size() + body.size()) /
                                        context_.limits().send_rate_min_bytes_per_s);
    enter(Phase::sending, context_.limits().send_deadline + slowest);
    bool sent = co_await send_rest(head, body);
    co_return sent;
}

bool Session::send_now(std::string_view& head, std::string_view& body) {
    std::array<asio::const_buffer, 2> parts{asio::const_buffer(head.data(), head.size()),
                                            asio::const_buffer(body.data(), body.size())};
    error_code error;
    std::size_t bytes = socket_.write_some(parts, error);
    if (error && error != asio::error::would_block) return false;
    std::size_t of_head = std::min(bytes, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(bytes - of_head);
    return true;
}

Task<bool> Session::send_rest(std::string_view head, std::string_view body) {
    while (!head.empty() || !body.empty()) {
        auto [error] = co_await socket_.async_wait(Socket::wait_write, quietly);
        if (error || closed_) co_return false;
        if (!send_now(head, body)) co_return false;
    }
    co_return true;
}

Task<void> Session::stream_events() {
    const Limits& limits = context_.limits();
    Response opening;
    opening.content_type = "text/event-stream";
    opening.headers.emplace_back("Cache-Control", "no-store");
    opening.headers.emplace_back("X-Accel-Buffering", "no");  // nginx would hold events back
    write_head(opening, BodyLength::until_close, false,
               worker_.date.at(context_.clock.now().ms / 1000), head_);
    asio::co_spawn(worker_.io, watch_for_departure(),
                   [self = shared_from_this()](const std::exception_ptr&) { self->close(); });

    std::string text = head_;
    if (worker_.stopping) stream_->close();
    while (!closed_) {
        if (!text.empty()) {
            enter(Phase::streaming, limits.send_deadline);
            bool sent = co_await send_rest(text, {});
            if (!sent) break;
        }
        deadline_ = SteadyClock::time_point::max();
        auto state = stream_->take(text);
        if (state == StreamQueue::State::cut) break;
        if (!text.empty()) continue;
        if (state == StreamQueue::State::closing) break;
        wake_timer_.expires_after(limits.heartbeat);
        auto [error] = co_await wake_timer_.async_wait(quietly);
        if (!error) text = heartbeat_comment;
    }
    stream_->end();
}

// Finds out that the client has closed its end of a quiet stream.
Task<void> Session::watch_for_departure() {
    std::array<char, 512> chatter;
    std::size_t heard = 0;
    while (!closed_ && heard <= chatter_bytes_max) {
        auto [error, bytes] = co_await socket_.async_read_some(asio::buffer(chatter), quietly);
        if (error) co_return;
        heard += bytes;
    }
}

Task<void> Session::linger() {
    enter(Phase::lingering, context_.limits().linger);
    error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    std::array<char, 4096> unread;
    while (!closed_) {
        auto [error, bytes] = co_await socket_.async_read_some(asio::buffer(unread), quietly);
        if (error) co_return;
    }
}

}  // namespace hezhi::http
