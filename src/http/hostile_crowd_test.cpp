// Many bad clients at once, and people who only want their page meanwhile: each of them is answered
// while the crowd holds on, and the crowd is gone when its time is over.
#include <chrono>
#include <mutex>
#include <thread>

#include "http/test_client.h"

namespace hezhi::http {
namespace {

using std::chrono::steady_clock;

// Far above what an answer takes, far below every deadline of the crowd: who had to wait for one
// of the crowd to be cut is noticed.
constexpr auto served_within = std::chrono::seconds(5);
constexpr const char* crowd_address = "127.0.0.66";

// One server with one network thread for everybody, which is the default.
class HostileCrowd : public ::testing::Test {
  protected:
    static Limits limits() {
        Limits limits;
        limits.header_deadline = limits.body_deadline = limits.idle_timeout = limits.send_deadline =
            std::chrono::seconds(60);
        limits.send_rate_min_bytes_per_s = 1024 * 1024 * 1024;
        return limits;
    }

    // Starts the server; `streams` keeps what it opened.
    void start(const Limits& with = limits()) {
        running.emplace(
            [this](const Request& request, const Reply& reply) {
                if (request.path == "/events") {
                    std::lock_guard lock(mutex);
                    streams.push_back(reply.open_stream());
                } else if (request.path == "/huge") {
                    Response response;
                    response.shared_body = huge;
                    reply.send(response);
                } else {
                    reply.send(text_response("page"));
                }
            },
            settings_with(with));
    }

    Client& add(int receive_buffer_bytes = 0) {
        crowd.push_back(
            std::make_unique<Client>(running->port, receive_buffer_bytes, crowd_address));
        return *crowd.back();
    }

    std::int64_t open_connections() {
        std::string text = running->metrics.exposition();
        auto at = text.find("\nhezhi_http_connections_open ");
        return std::stoll(text.substr(at + 29));
    }
    std::size_t open_streams() {
        std::lock_guard lock(mutex);
        return static_cast<std::size_t>(std::count_if(streams.begin(), streams.end(),
                                                      [](auto& one) { return one != nullptr; }));
    }
    // The crowd is inside before anybody else comes.
    void wait_until_inside(std::int64_t connections) {
        while (open_connections() < connections) std::this_thread::yield();
    }

    // Twenty people, each with a connection of their own and two pages.
    void expect_others_are_served() {
        for (int person = 0; person < 20; ++person) {
            auto from = steady_clock::now();
            Client client(running->port);
            for (int page = 0; page < 2; ++page) {
                client.get("/");
                Answer answer = client.read_answer();
                EXPECT_EQ(answer.status, 200);
                EXPECT_EQ(answer.body, "page");
            }
            EXPECT_LT(steady_clock::now() - from, served_within) << "person " << person;
        }
    }

    std::shared_ptr<const std::string> huge =
        std::make_shared<const std::string>(8 * 1024 * 1024, 'z');
    std::mutex mutex;
    std::vector<std::shared_ptr<EventStream>> streams;
    std::vector<std::unique_ptr<Client>> crowd;  // ended before the server
    std::optional<RunningServer> running;
    ~HostileCrowd() override { crowd.clear(); }
};

TEST_F(HostileCrowd, OfDrippedHeadersLeavesOthersServed) {
    start();
    for (int i = 0; i < 200; ++i) add().send("GET / HTTP/1.1\r\nX-Slow: ");
    wait_until_inside(200);
    for (auto& one : crowd) one->send("a");
    expect_others_are_served();
    for (auto& one : crowd) EXPECT_TRUE(one->send("a")) << "cut too early: the crowd was not there";
}

TEST_F(HostileCrowd, OfDrippedBodiesLeavesOthersServed) {
    start();
    for (int i = 0; i < 200; ++i) {
        add().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    }
    wait_until_inside(200);
    for (auto& one : crowd) one->send(std::string(100, 'a'));
    expect_others_are_served();
    EXPECT_GE(open_connections(), 200);
}

TEST_F(HostileCrowd, OfClientsThatNeverReadLeavesOthersServed) {
    start();
    for (int i = 0; i < 50; ++i) add(4096).get("/huge");
    // Each answer is under way: the body is shared, and every one of them holds it.
    while (huge.use_count() < 51) std::this_thread::yield();
    expect_others_are_served();
    EXPECT_GE(huge.use_count(), 51) << "nobody of the crowd was let go for it";
}

TEST_F(HostileCrowd, OfStreamHoardersLeavesOthersServedAndTheirOwnStreams) {
    Limits with = limits();
    with.streams_max = 100;
    start(with);
    for (int i = 0; i < 150; ++i) add(4096).get("/events");
    for (bool all = false; !all; std::this_thread::yield()) {
        std::lock_guard lock(mutex);
        all = streams.size() == 150;
    }
    EXPECT_EQ(open_streams(), 100U) << "the rest was answered 503";
    expect_others_are_served();
    // None of them reads: each stream is cut when its queue is full, and gives its place back.
    std::string event = "data: " + std::string(1000, 'x') + "\n\n";
    for (auto& stream : streams) {
        while (stream && stream->send(event)) {
        }
    }
    expect_others_are_served();
    for (bool opened = false; !opened;) {
        Client patient(running->port);
        patient.get("/events");
        std::string head = patient.read_until("\r\n\r\n");
        opened = head.starts_with("HTTP/1.1 200");
        ASSERT_TRUE(opened || head.starts_with("HTTP/1.1 503")) << head;
    }
}

TEST_F(HostileCrowd, OfHugeHeadersLeavesOthersServed) {
    start();
    std::string header = "GET / HTTP/1.1\r\nHost: a\r\nX-Big: " + std::string(100'000, 'a');
    for (int i = 0; i < 100; ++i) add().send(header);
    expect_others_are_served();
    for (auto& one : crowd) EXPECT_EQ(one->read_answer().status, 431);
}

TEST_F(HostileCrowd, FromOneAddressLeavesRoomForOthers) {
    Limits with = limits();
    with.connections_per_address_max = 100;
    start(with);
    for (int i = 0; i < 400; ++i) add();
    wait_until_inside(100);
    expect_others_are_served();
    // Those with a 503 under way, and of the others who have just left.
    EXPECT_LE(open_connections(), 100 + 64 + 20);
}

TEST_F(HostileCrowd, IsGoneWhenItsTimeIsOver) {
    Limits with = limits();
    with.header_deadline = with.body_deadline = with.idle_timeout = with.send_deadline =
        with.linger = std::chrono::milliseconds(300);
    start(with);
    auto from = steady_clock::now();
    for (int i = 0; i < 30; ++i) {
        add().send("GET / HTTP/1.1\r\nX-Slow: ");
        add().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
        add(4096).get("/huge");
        add();
    }
    wait_until_inside(1);
    while (open_connections() > 0) std::this_thread::yield();
    EXPECT_LT(steady_clock::now() - from, std::chrono::seconds(30));
    EXPECT_EQ(huge.use_count(), 1) << "what nobody read is not kept";
}

}  // namespace
}  // namespace hezhi::http
