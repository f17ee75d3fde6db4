#include "http/server.h"

#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "base/assert.h"
#include "http/test_client.h"

namespace hezhi::http {
namespace {

TEST(Server, AnswersWithBodyLengthDateAndSecurityHeaders) {
    RunningServer running(answering("您好"));
    Client client(running.port);
    client.get("/");
    Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "您好");
    EXPECT_EQ(answer.header("Content-Length"), "6");
    EXPECT_EQ(answer.header("Content-Type"), "text/plain");
    EXPECT_TRUE(answer.header("Date").ends_with(" GMT"));
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin");
    std::string policy = answer.header("Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'self'"), std::string::npos);
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_EQ(policy.find("script-src"), std::string::npos);  // default-src holds for scripts
    EXPECT_EQ(answer.header("Connection"), "");
}

TEST(Server, HandsTheRequestOverDecoded) {
    Request seen;
    RunningServer running([&](Request request, const Reply& reply) {
        seen = std::move(request);
        reply.send(text_response(""));
    });
    Client client(running.port);
    client.send(
        "PUT /a/./b/../%E5%A4%A7%E5%85%B4?q=%E7%A4%BE+%E5%B7%A5&empty HTTP/1.1\r\n"
        "Host: test\r\nCookie: a=1; session=\"xyz\"\r\nX-Thing:  padded \r\n"
        "X-Forwarded-For: 9.9.9.9\r\nContent-Length: 4\r\n\r\nbody");
    EXPECT_EQ(client.read_answer().status, 200);
    EXPECT_EQ(seen.method, Method::put);
    EXPECT_EQ(seen.path, "/a/大兴");
    EXPECT_EQ(seen.query_value("q"), "社 工");
    EXPECT_EQ(seen.query_value("empty"), "");
    EXPECT_EQ(seen.query_value("absent"), std::nullopt);
    EXPECT_EQ(seen.header("x-thing"), "padded");
    EXPECT_EQ(seen.cookie("session"), "xyz");
    EXPECT_EQ(seen.body, "body");
    EXPECT_EQ(seen.remote_address, "127.0.0.1");
    EXPECT_FALSE(seen.secure);
    EXPECT_TRUE(seen.received_at);
}

TEST(Server, BelievesForwardedHeadersOnlyOfATrustedProxy) {
    ServerSettings settings;
    settings.trust_loopback_proxy = true;
    RunningServer running(
        [](const Request& request, const Reply& reply) {
            reply.send(text_response(request.remote_address + (request.secure ? " tls" : "")));
        },
        settings);
    Client client(running.port);
    client.get("/", "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n");
    EXPECT_EQ(client.read_answer().body, "203.0.113.9 tls");  // the last is the proxy's own
    client.get("/", "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 2001:db8::7\r\n");
    EXPECT_EQ(client.read_answer().body, "2001:db8::7");
    client.get("/", "X-Forwarded-For: nonsense\r\n");
    EXPECT_EQ(client.read_answer().body, "127.0.0.1");
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    std::vector<std::thread> threads;
    std::mutex mutex;
    RunningServer running([&](Request request, Reply reply) {
        // The first answer comes from another thread; the second must wait behind it.
        if (request.path == "/1") {
            std::lock_guard lock(mutex);
            threads.emplace_back([reply] { reply.send(text_response("one")); });
        } else {
            reply.send(text_response("other " + request.path + request.body));
        }
    });
    Client client(running.port);
    client.send(
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
        "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        "GET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.read_answer().body, "one");
    EXPECT_EQ(client.read_answer().body, "other /2abc");
    EXPECT_EQ(client.read_answer().body, "other /3");
    for (auto& thread : threads) thread.join();
}

TEST(Server, HeadHasTheLengthButNoBody) {
    RunningServer running(answering("12345"));
    Client client(running.port);
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    Answer answer = client.read_answer(false);
    EXPECT_EQ(answer.header("Content-Length"), "5");
    client.get("/");
    EXPECT_EQ(client.read_answer().body, "12345");  // nothing of a body stood in between
}

TEST(Server, NoContentHasNeitherLengthNorBody) {
    RunningServer running([](const Request&, const Reply& reply) {
        Response response;
        response.status = 204;
        reply.send(response);
    });
    Client client(running.port);
    client.get("/");
    Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.header("Content-Length"), "");
}

TEST(Server, ReadsAChunkedBodyAndIgnoresItsTrailers) {
    RunningServer running([](const Request& request, const Reply& reply) {
        reply.send(text_response(request.body + "|" + std::string(request.header("X-Late"))));
    });
    Client client(running.port);
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n2\r\nde\r\n0\r\nX-Late: smuggled\r\n\r\n");
    EXPECT_EQ(client.read_answer().body, "abcde|");
}

TEST(Server, SaysContinueToAClientThatWaitsForIt) {
    RunningServer running([](const Request& request, const Reply& reply) {
        reply.send(text_response(request.body));
    });
    Client client(running.port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    EXPECT_EQ(client.read_answer().body, "ok");
}

TEST(Server, ClosesAfterHttp10AndAfterConnectionClose) {
    RunningServer running(answering("x"));
    Client old(running.port);
    old.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_EQ(old.read_answer().header("Connection"), "close");
    EXPECT_TRUE(old.at_end());

    Client polite(running.port);
    polite.get("/", "Connection: close\r\n");
    EXPECT_EQ(polite.read_answer().header("Connection"), "close");
    EXPECT_TRUE(polite.at_end());
}

TEST(Server, ClosesAfterTheLastAllowedRequestOfAConnection) {
    Limits limits;
    limits.requests_per_connection_max = 2;
    RunningServer running(answering("x"), settings_with(limits));
    Client client(running.port);
    client.get("/");
    EXPECT_EQ(client.read_answer().header("Connection"), "");
    client.get("/");
    EXPECT_EQ(client.read_answer().header("Connection"), "close");
    EXPECT_TRUE(client.at_end());
}

TEST(Server, SendsALargeSharedBodyWhole) {
    auto bytes = std::make_shared<const std::string>(8 * 1024 * 1024, 'z');
    RunningServer running([&](const Request&, const Reply& reply) {
        Response response;
        response.shared_body = bytes;
        reply.send(response);
    });
    Client client(running.port);
    client.get("/");
    EXPECT_EQ(client.read_answer().body, *bytes);
}

TEST(Server, ServesManyConnectionsOnSeveralThreads) {
    ServerSettings settings;
    settings.io_threads = 3;
    std::mutex mutex;
    std::vector<std::thread::id> seen;
    RunningServer running(
        [&](const Request& request, const Reply& reply) {
            {
                std::lock_guard lock(mutex);
                auto id = std::this_thread::get_id();
                if (std::ranges::find(seen, id) == seen.end()) seen.push_back(id);
            }
            reply.send(text_response(request.path));
        },
        settings);
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 9; ++i) clients.push_back(std::make_unique<Client>(running.port));
    for (int i = 0; i < 9; ++i) clients[static_cast<std::size_t>(i)]->get("/" + std::to_string(i));
    for (int i = 0; i < 9; ++i) {
        auto& client = *clients[static_cast<std::size_t>(i)];
        EXPECT_EQ(client.read_answer().body, "/" + std::to_string(i));
    }
    EXPECT_EQ(seen.size(), 3u);
}

TEST(Reply, DroppedUnansweredGivesAnInternalError) {
    RunningServer running([](const Request&, const Reply&) {});
    Client client(running.port);
    client.get("/");
    Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 500);
    EXPECT_NE(answer.body.find("\"internal_error\""), std::string::npos);
    client.get("/");
    EXPECT_EQ(client.read_answer().status, 500);  // the connection goes on
}

TEST(Reply, SecondAnswerIsABrokenInvariant) {
    std::promise<bool> threw;
    RunningServer running([&](const Request&, const Reply& reply) {
        reply.send(text_response("first"));
        try {
            reply.send(text_response("second"));
            threw.set_value(false);
        } catch (const BrokenInvariant&) {
            threw.set_value(true);
        }
    });
    Client client(running.port);
    client.get("/");
    EXPECT_EQ(client.read_answer().body, "first");
    EXPECT_TRUE(threw.get_future().get());
}

TEST(Reply, ExceptionOfAHandlerIsLoggedWithoutItsText) {
    RunningServer running(
        [](const Request&, const Reply&) { throw std::runtime_error("name of a person"); });
    Client client(running.port);
    client.get("/");
    EXPECT_EQ(client.read_answer().status, 500);
    running.server.stop();
    EXPECT_NE(running.lines.str().find("\"event\":\"handler_failed\""), std::string::npos);
    EXPECT_NE(running.lines.str().find("std::runtime_error"), std::string::npos);
    EXPECT_EQ(running.lines.str().find("person"), std::string::npos);
}

TEST(Reply, HeaderWithALineBreakIsNeverSent) {
    RunningServer running([](const Request&, const Reply& reply) {
        Response response;
        response.headers.emplace_back("Location", "/a\r\nSet-Cookie: stolen=1");
        reply.send(response);
    });
    Client client(running.port);
    client.get("/");
    Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.head.find("stolen"), std::string::npos);
}

TEST(Reply, LateAnswerIsDroppedAfterOutcomeUnknown) {
    Limits limits;
    limits.answer_deadline = std::chrono::milliseconds(50);
    std::promise<Reply> kept;
    RunningServer running([&](const Request&, Reply reply) { kept.set_value(std::move(reply)); },
                          settings_with(limits));
    Client client(running.port);
    client.get("/");
    Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 503);
    EXPECT_NE(answer.body.find("\"outcome_unknown\""), std::string::npos);
    EXPECT_EQ(answer.header("Connection"), "close");
    kept.get_future().get().send(text_response("too late"));
    EXPECT_TRUE(client.at_end());
}

TEST(ServerStop, LetsARunningRequestFinish) {
    std::promise<Reply> kept;
    RunningServer running([&](const Request&, Reply reply) { kept.set_value(std::move(reply)); });
    Client busy(running.port);
    busy.get("/");
    Reply reply = kept.get_future().get();
    Client idle(running.port);

    auto stopped = std::async(std::launch::async, [&] { running.server.stop(); });
    EXPECT_TRUE(idle.at_end());  // so the stop has begun
    while (Client(running.port).connected()) {
    }
    reply.send(text_response("finished"));
    Answer answer = busy.read_answer();
    EXPECT_EQ(answer.body, "finished");
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(busy.at_end());
    busy.finish_sending();
    stopped.get();
    EXPECT_EQ(running.lines.str().find("requests_cut_off"), std::string::npos);
}

TEST(ServerStop, CutsOffWhatDoesNotFinishInTime) {
    Limits limits;
    limits.stop_grace = std::chrono::milliseconds(50);
    std::promise<Reply> kept;
    auto running = std::make_unique<RunningServer>(
        [&](const Request&, Reply reply) { kept.set_value(std::move(reply)); },
        settings_with(limits));
    Client client(running->port);
    client.get("/");
    Reply reply = kept.get_future().get();
    running->server.stop();
    EXPECT_NE(running->lines.str().find("requests_cut_off"), std::string::npos);
    running.reset();
    EXPECT_TRUE(client.at_end());
    reply.send(text_response("nobody listens"));  // dropped, and touches nothing that is gone
}

TEST(ServerListen, NamesAnAddressThatCannotBeHad) {
    RunningServer running(answering("x"));
    SystemClock clock;
    Metrics metrics;
    std::ostringstream lines;
    Log log(clock, LogLevel::info, lines);
    Server second(ServerSettings{}, clock, metrics, log);
    std::string taken = "127.0.0.1:" + std::to_string(running.port);
    for (const std::string& address : {taken, std::string("nowhere"), std::string("1.2.3.4:99999"),
                                       std::string("127.0.0.1:"), std::string("example.org:80")}) {
        try {
            second.listen(address, answering("y"));
            ADD_FAILURE() << address;
        } catch (const std::runtime_error& error) {
            EXPECT_NE(std::string(error.what()).find(address), std::string::npos);
        }
    }
}

}  // namespace
}  // namespace hezhi::http
