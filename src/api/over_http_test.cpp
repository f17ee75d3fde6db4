// The router behind the real listener.
#include <gmock/gmock.h>

#include "api/test_router.h"
#include "http/test_client.h"

namespace hezhi::api {
namespace {

class OverHttp : public BoxRoutes {};
HEZHI_ON_BOTH_ENGINES(OverHttp);

TEST_P(OverHttp, AWriteAndAReadAndARefusal) {
    reopen({});
    http::RunningServer server([this](http::Request request, http::Reply reply) {
        router->handle(std::move(request), std::move(reply), Audience::office);
    });
    http::Client client(server.port);
    std::string body = R"({"label":"甲"})";
    std::string head =
        "POST /api/boxes HTTP/1.1\r\nHost: test\r\nX-Account: 1\r\n"
        "Content-Type: application/json\r\nIdempotency-Key: k1\r\n"
        "Content-Length: " +
        std::to_string(body.size()) + "\r\n\r\n";
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(client.send(head + body));
        auto made = client.read_answer();
        EXPECT_EQ(made.status, 200);
        EXPECT_EQ(made.body, R"({"amount":0,"id":1,"label":"甲"})");
    }
    client.get("/api/boxes/1", "X-Account: 1\r\n");
    EXPECT_EQ(client.read_answer().status, 200);
    client.get("/api/boxes/%31", "X-Account: 3\r\nAccept-Language: en\r\n");
    auto refused = client.read_answer();
    EXPECT_EQ(refused.status, 404);
    EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
    EXPECT_THAT(refused.body, ::testing::HasSubstr("outside what you may see"));
    client.get("/api/broken", "X-Account: 1\r\n");
    EXPECT_EQ(client.read_answer().status, 500);
    client.send("POST /api/dropped HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(client.read_answer().status, 500);
    server.server.stop();
    EXPECT_EQ(count("journal"), 1);
}

}  // namespace
}  // namespace hezhi::api
