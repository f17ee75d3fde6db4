#include "bench/bare_server.h"

#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <thread>

namespace hezhi::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Executor = asio::io_context::executor_type;
using Stream = beast::basic_stream<tcp, Executor>;

// Results instead of exceptions: the cheapest way that Asio offers.
constexpr auto as_result = asio::as_tuple(asio::use_awaitable_t<Executor>{});

asio::awaitable<void, Executor> serve_connection(Stream stream, const std::string& body) {
    beast::flat_buffer buffer;
    for (;;) {
        http::request_parser<http::string_body> parser;
        parser.header_limit(16384);
        parser.body_limit(1 << 20);
        stream.expires_after(std::chrono::seconds(10));
        auto [read_error, read] = co_await http::async_read(stream, buffer, parser, as_result);
        if (read_error) co_return;
        http::response<http::string_body> response{http::status::ok, 11};
        response.set(http::field::content_type, "application/json");
        response.keep_alive(parser.get().keep_alive());
        response.body() = body;
        response.prepare_payload();
        stream.expires_after(std::chrono::seconds(10));
        auto [write_error, written] = co_await http::async_write(stream, response, as_result);
        if (write_error) co_return;
    }
}

asio::awaitable<void, Executor> accept(asio::io_context& io,
                                       asio::basic_socket_acceptor<tcp, Executor>& acceptor,
                                       const std::string& body) {
    for (;;) {
        auto [error, socket] = co_await acceptor.async_accept(as_result);
        if (error) co_return;
        socket.set_option(tcp::no_delay(true));
        asio::co_spawn(io, serve_connection(Stream(std::move(socket)), body), asio::detached);
    }
}

}  // namespace

void serve_bare(const std::string& body, const Served::Ready& ready, const Served::Wait& wait) {
    asio::io_context io{1};
    asio::basic_socket_acceptor<tcp, Executor> acceptor(
        io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
    asio::co_spawn(io, accept(io, acceptor, body), asio::detached);
    std::thread thread([&] { io.run(); });
    ready(acceptor.local_endpoint().port());
    wait();
    io.stop();
    thread.join();
}

}  // namespace hezhi::bench
