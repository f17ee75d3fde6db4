// Clients that break the rules, out of malice or by accident. Each gets an answer where one can be
// given, costs a bounded amount, and leaves the server serving others.
#include <future>
#include <thread>

#include "http/test_client.h"

namespace hezhi::http {
namespace {

void expect_refusal(Client& client, int status, std::string_view code) {
    Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    EXPECT_NE(answer.body.find("\"urn:hezhi:problem:" + std::string(code) + "\""),
              std::string::npos)
        << answer.body;
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(client.at_end());
}

void expect_refusal_of(std::string_view request, int status, std::string_view code) {
    SCOPED_TRACE(request);
    RunningServer running(answering("x"));
    Client client(running.port);
    client.send(request);
    expect_refusal(client, status, code);
    Client other(running.port);
    other.get("/");
    EXPECT_EQ(other.read_answer().status, 200);
}

TEST(HostileClient, DrippedHeaderIsCutAtTheDeadlineHoweverItDrips) {
    Limits limits;
    limits.header_deadline = std::chrono::milliseconds(300);
    RunningServer running(answering("x"), settings_with(limits));
    Client client(running.port);
    client.send("GET / HTTP/1.1\r\nX-Slow: ");
    // One byte each time nothing came for 10 ms, until the server speaks.
    for (int i = 0; i < 500 && !client.readable_within(10); ++i) client.send("a");
    expect_refusal(client, 408, "request_too_slow");
}

TEST(HostileClient, DrippedBodyIsCutAtTheDeadline) {
    Limits limits;
    limits.body_deadline = std::chrono::milliseconds(300);
    RunningServer running(answering("x"), settings_with(limits));
    Client client(running.port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    for (int i = 0; i < 500 && !client.readable_within(10); ++i) client.send("a");
    expect_refusal(client, 408, "request_too_slow");
}

TEST(HostileClient, SilentConnectionIsClosedWithoutAnAnswer) {
    Limits limits;
    limits.idle_timeout = std::chrono::milliseconds(50);
    RunningServer running(answering("x"), settings_with(limits));
    Client client(running.port);
    EXPECT_TRUE(client.at_end());
}

TEST(HostileClient, BigHeaderIsRefused) {
    std::string header = "GET / HTTP/1.1\r\nHost: a\r\nX-Big: " + std::string(20000, 'a');
    expect_refusal_of(header + "\r\n\r\n", 431, "header_too_large");
    expect_refusal_of(header, 431, "header_too_large");  // need not even end
    expect_refusal_of("GET /" + std::string(20000, 'a'), 431, "header_too_large");
    std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 2000; ++i) many += "X-Many: 12345\r\n";
    expect_refusal_of(many, 431, "header_too_large");
}

TEST(HostileClient, BigBodyIsRefusedFromItsLengthAlone) {
    expect_refusal_of("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n", 413,
                      "body_too_large");
    expect_refusal_of(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n"
        "Expect: 100-continue\r\n\r\n",
        413, "body_too_large");
}

TEST(HostileClient, BigBodyUnderWayDoesNotDestroyTheAnswer) {
    RunningServer running(answering("x"));
    Client client(running.port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
    client.send(std::string(3000000, 'a'));
    client.finish_sending();
    expect_refusal(client, 413, "body_too_large");
}

TEST(HostileClient, EndlessChunksAreRefused) {
    RunningServer running(answering("x"));
    Client client(running.port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    std::string chunk = "10000\r\n" + std::string(0x10000, 'a') + "\r\n";
    for (int i = 0; i < 20; ++i) client.send(chunk);
    client.finish_sending();
    expect_refusal(client, 413, "body_too_large");
}

TEST(HostileClient, EndlessChunkExtensionAndTrailersAreRefused) {
    std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const std::string& body :
         {"5;" + std::string(100000, 'e'), "1\r\na\r\n0\r\nX: " + std::string(100000, 't')}) {
        RunningServer running(answering("x"));
        Client client(running.port);
        client.send(head + body);
        client.finish_sending();
        Answer answer = client.read_answer();
        EXPECT_TRUE(answer.status == 431 || answer.status == 400) << answer.status;
        EXPECT_TRUE(client.at_end());
    }
}

TEST(HostileClient, AmbiguousLengthIsRefused) {
    std::string head = "POST / HTTP/1.1\r\nHost: a\r\n";
    for (const char* lengths : {
             "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
             "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
             "Content-Length: 5\r\nContent-Length: 6\r\n",
             "Content-Length: 5, 6\r\n",
             "Content-Length: +5\r\n",
             "Content-Length: -1\r\n",
             "Content-Length: 99999999999999999999999\r\n",
             "Transfer-Encoding: gzip, chunked\r\n",
             "Transfer-Encoding: identity\r\n",
             "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
         }) {
        expect_refusal_of(head + lengths + "\r\nabcde", 400, "malformed_request");
    }
    expect_refusal_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
                      "malformed_request");
}

TEST(HostileClient, BrokenTargetIsRefused) {
    for (const char* target :
         {"/%", "/%2", "/%zz", "/%ff", "/%c0%af", "/a%2Fb", "/a%5Cb", "/%00", "/%0a", "/..",
          "/a/../../b", "/%2e%2e/etc", "*", "no-slash", "/?q=%ff", "/?q=%1", "/?%00=1"}) {
        expect_refusal_of(std::string("GET ") + target + " HTTP/1.1\r\nHost: a\r\n\r\n", 400,
                          "malformed_request");
    }
}

TEST(HostileClient, BrokenRequestLineOrHostIsRefused) {
    for (const char* request : {
             "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",  // TLS to a plain port
             "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
             "GET / HTTP/1.1\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
             "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nX: a\x01z\r\n\r\n",
         }) {
        expect_refusal_of(request, 400, "malformed_request");
    }
    expect_refusal_of("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: coffee\r\n\r\n",
                      417, "expectation_failed");
}

TEST(HostileClient, UnknownMethodIsRefusedWithTheOnesThatExist) {
    RunningServer running(answering("x"));
    Client client(running.port);
    client.send("TRACE / HTTP/1.1\r\nHost: a\r\nAccept-Language: en\r\n\r\n");
    Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.header("Allow"), "GET, HEAD, POST, PUT, PATCH, DELETE");
    EXPECT_NE(answer.body.find("\"title\":\"This address"), std::string::npos);
}

TEST(HostileClient, WhoReadsNothingIsCut) {
    Limits limits;
    limits.send_deadline = std::chrono::milliseconds(100);
    limits.send_rate_min_bytes_per_s = 1024 * 1024 * 1024;
    auto bytes = std::make_shared<const std::string>(64 * 1024 * 1024, 'z');
    RunningServer running(
        [&](const Request&, const Reply& reply) {
            Response response;
            response.shared_body = bytes;
            reply.send(response);
        },
        settings_with(limits));
    Client client(running.port, 4096);
    client.get("/");
    // Not a byte is read until the server has let go of the body: its copies are back to ours.
    while (bytes.use_count() == 1) std::this_thread::yield();
    while (bytes.use_count() > 1) std::this_thread::yield();
    EXPECT_LT(client.read_to_end().size(), bytes->size());
}

TEST(HostileClient, ConnectionsOverTheLimitGetA503) {
    Limits limits;
    limits.connections_max = 2;
    RunningServer running(answering("x"), settings_with(limits));
    auto first = std::make_unique<Client>(running.port);
    Client second(running.port);
    first->get("/");
    second.get("/");
    EXPECT_EQ(first->read_answer().status, 200);
    EXPECT_EQ(second.read_answer().status, 200);

    Client third(running.port);
    third.get("/");
    Answer answer = third.read_answer();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("Retry-After"), "5");
    EXPECT_TRUE(third.at_end());

    first.reset();
    for (int status = 503; status != 200;) {  // as soon as the server has seen the first one leave
        Client next(running.port);
        next.get("/");
        status = next.read_answer().status;
        ASSERT_TRUE(status == 200 || status == 503);
    }
}

TEST(HostileClient, OneAddressCannotTakeAllConnections) {
    Limits limits;
    limits.connections_per_address_max = 1;
    RunningServer running(answering("x"), settings_with(limits));
    Client first(running.port);
    first.get("/");
    EXPECT_EQ(first.read_answer().status, 200);
    Client second(running.port);
    second.get("/");
    EXPECT_EQ(second.read_answer().status, 503);
    EXPECT_EQ(running.metrics.counter("hezhi_http_connections_turned_away_total", "").value(), 1);
}

TEST(HostileClient, WhoLeavesInTheMiddleCostsNothing) {
    std::promise<Reply> kept;
    RunningServer running([&](const Request& request, Reply reply) {
        if (request.path == "/wait") {
            kept.set_value(std::move(reply));
        } else {
            reply.send(text_response("x"));
        }
    });
    std::optional<Reply> reply;
    {
        Client half(running.port);
        half.send("GET / HT");
        Client gone(running.port);
        gone.get("/wait");
        reply = kept.get_future().get();
    }
    reply->send(text_response("nobody listens"));
    Client other(running.port);
    other.get("/");
    EXPECT_EQ(other.read_answer().status, 200);
    running.server.stop();
    EXPECT_EQ(running.lines.str().find("requests_cut_off"), std::string::npos);
}

}  // namespace
}  // namespace hezhi::http
