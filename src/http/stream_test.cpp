// Event streams over real sockets: the server's EventStream and the hub above it.
#include <atomic>
#include <future>
#include <thread>

#include "http/live_events.h"
#include "http/test_client.h"

namespace hezhi::http {
namespace {

using Stream = std::shared_ptr<EventStream>;

Event event_at(std::int64_t position, std::string kind, int area = 0) {
    Event event;
    event.position = position;
    event.kind = std::move(kind);
    event.ids = {7};
    event.scope = area;
    return event;
}

// A server whose every request opens a stream, given to the test.
struct StreamServer {
    explicit StreamServer(Limits limits = {})
        : running(
              [this](const Request&, const Reply& reply) { opened.set_value(reply.open_stream()); },
              settings_with(limits)) {}

    Stream open(Client& client) {
        opened = {};
        client.get("/events");
        return opened.get_future().get();
    }

    std::promise<Stream> opened;
    RunningServer running;
};

TEST(EventStream, SendsEventsAsTheyCome) {
    StreamServer server;
    Client client(server.running.port);
    Stream stream = server.open(client);
    std::string head = client.read_until("\r\n\r\n");
    EXPECT_NE(head.find("Content-Type: text/event-stream\r\n"), std::string::npos);
    EXPECT_NE(head.find("Cache-Control: no-store\r\n"), std::string::npos);
    EXPECT_NE(head.find("X-Content-Type-Options: nosniff\r\n"), std::string::npos);
    EXPECT_EQ(head.find("Content-Length"), std::string::npos);
    EXPECT_TRUE(stream->send("data: 1\n\n"));
    EXPECT_EQ(client.read_until("\n\n"), "data: 1\n\n");
    EXPECT_TRUE(stream->send("data: 2\n\n"));
    EXPECT_TRUE(stream->send("data: 3\n\n"));
    stream->close();  // after what is queued
    EXPECT_EQ(client.read_to_end(), "data: 2\n\ndata: 3\n\n");
    EXPECT_FALSE(stream->send("data: 4\n\n"));
}

TEST(EventStream, BeatsWhileItIsQuiet) {
    Limits limits;
    limits.heartbeat = std::chrono::milliseconds(20);
    StreamServer server(limits);
    Client client(server.running.port);
    Stream stream = server.open(client);
    client.read_until("\r\n\r\n");
    EXPECT_EQ(client.read_until("\n\n"), ":\n\n");
    EXPECT_EQ(client.read_until("\n\n"), ":\n\n");
}

TEST(EventStream, TellsOnceThatTheClientLeft) {
    StreamServer server;
    auto client = std::make_unique<Client>(server.running.port);
    Stream stream = server.open(*client);
    std::promise<void> left;
    stream->on_close([&] { left.set_value(); });  // a second call would throw
    client.reset();
    left.get_future().wait();
    EXPECT_FALSE(stream->send("data: 1\n\n"));
    bool at_once = false;
    stream->on_close([&] { at_once = true; });
    EXPECT_TRUE(at_once);
}

TEST(EventStream, IsCutWhenTheClientDoesNotRead) {
    StreamServer server;
    Client client(server.running.port, 4096);
    Stream stream = server.open(client);
    std::promise<void> ended;
    stream->on_close([&] { ended.set_value(); });
    std::string event = "data: " + std::string(1000, 'x') + "\n\n";
    while (stream->send(event)) {
    }
    ended.get_future().wait();
    EXPECT_EQ(server.running.metrics.counter("hezhi_http_streams_cut_total", "").value(), 1);
}

TEST(EventStream, OneOverTheLimitIsAnswered503) {
    Limits limits;
    limits.streams_max = 1;
    StreamServer server(limits);
    Client first(server.running.port);
    Stream kept = server.open(first);
    ASSERT_NE(kept, nullptr);
    Client second(server.running.port);
    EXPECT_EQ(server.open(second), nullptr);
    EXPECT_EQ(second.read_answer().status, 503);
    std::promise<void> ended;
    kept->on_close([&] { ended.set_value(); });
    kept->close();
    ended.get_future().wait();
    Client third(server.running.port);
    EXPECT_NE(server.open(third), nullptr);
}

TEST(EventStream, EndsWhenTheServerStops) {
    StreamServer server;
    Client client(server.running.port);
    Stream stream = server.open(client);
    client.read_until("\r\n\r\n");
    bool ended = false;
    stream->on_close([&] { ended = true; });
    server.running.server.stop();
    EXPECT_TRUE(ended);
    EXPECT_TRUE(client.at_end());
    EXPECT_EQ(server.running.lines.str().find("requests_cut_off"), std::string::npos);
}

// A hub behind a server: ?area= is the scope, ?session= the key.
struct HubServer {
    explicit HubServer(std::size_t remembered_max = 100)
        : hub(100, remembered_max), running([this](const Request& request, const Reply& reply) {
              int area = std::stoi(std::string(request.query_value("area").value_or("1")));
              auto may_hear = [area](const Event& event) {
                  return std::any_cast<int>(event.scope) == area;
              };
              std::string session(request.query_value("session").value_or("s"));
              hub.subscribe(session, last_event_id(request), may_hear, reply.open_stream());
          }) {}

    // Returns what came with the start of the stream, up to its first notice.
    std::string open(Client& client, const std::string& target, const std::string& headers = {}) {
        client.get(target, headers);
        client.read_until("\r\n\r\n");
        return client.read_until("retry: 3000\n");
    }

    EventHub hub;
    RunningServer running;
};

const std::string ready_at_100 =
    "id: 100\nevent: ready\ndata: {\"ids\":[],\"kind\":\"ready\",\"position\":100}\n\n";

TEST(EventHub, EachSubscriberHearsOnlyItsScope) {
    HubServer server;
    Client one(server.running.port);
    Client two(server.running.port);
    server.open(one, "/?area=1&session=a");
    server.open(two, "/?area=2&session=b");
    EXPECT_EQ(one.read_until("\n\n"), ready_at_100);
    EXPECT_EQ(two.read_until("\n\n"), ready_at_100);
    server.hub.publish(event_at(101, "order.accepted", 1));
    server.hub.publish(event_at(102, "order.ended", 2));
    server.hub.publish(event_at(103, "order.ended", 1));
    EXPECT_EQ(one.read_until("\n\n"),
              "id: 101\nevent: order.accepted\n"
              "data: {\"ids\":[7],\"kind\":\"order.accepted\",\"position\":101}\n\n");
    EXPECT_EQ(one.read_until("\n"), "id: 103\n");
    EXPECT_EQ(two.read_until("\n"), "id: 102\n");
}

TEST(EventHub, ResumesAfterTheLastEventSeen) {
    HubServer server;
    server.hub.publish(event_at(101, "a.b", 1));
    server.hub.publish(event_at(102, "a.b", 2));
    server.hub.publish(event_at(105, "a.b", 1));
    Client client(server.running.port);
    server.open(client, "/?area=1", "Last-Event-ID: 100\r\n");
    EXPECT_EQ(client.read_until("\n"), "id: 101\n");
    client.read_until("\n\n");
    EXPECT_EQ(client.read_until("\n"), "id: 105\n");
    client.read_until("\n\n");
    EXPECT_EQ(client.read_until("data:"), "id: 105\nevent: ready\ndata:");
}

TEST(EventHub, ResetsAClientWhosePlaceIsForgottenOrUnknown) {
    HubServer server(2);
    for (std::int64_t position = 101; position <= 104; ++position) {
        server.hub.publish(event_at(position, "a.b", 1));
    }
    auto first_lines = [&](const std::string& last_seen) {
        Client client(server.running.port);
        server.open(client, "/", "Last-Event-ID: " + last_seen + "\r\n");
        return client.read_until("data:");
    };
    EXPECT_EQ(first_lines("101"), "id: 104\nevent: reset\ndata:");
    EXPECT_EQ(first_lines("102"), "id: 103\nevent: a.b\ndata:");
    EXPECT_EQ(first_lines("104"), "id: 104\nevent: ready\ndata:");
    EXPECT_EQ(first_lines("999"), "id: 104\nevent: reset\ndata:");       // of another database
    EXPECT_EQ(first_lines("nonsense"), "id: 104\nevent: ready\ndata:");  // as if absent
}

TEST(EventHub, NewStreamOfASessionClosesTheOld) {
    HubServer server;
    Client old(server.running.port);
    server.open(old, "/?session=a");
    Client fresh(server.running.port);
    server.open(fresh, "/?session=a");
    EXPECT_EQ(old.read_to_end(), ready_at_100);
    EXPECT_EQ(fresh.read_until("\n\n"), ready_at_100);
    server.hub.publish(event_at(101, "a.b", 1));
    EXPECT_EQ(fresh.read_until("\n"), "id: 101\n");
    EXPECT_EQ(server.hub.subscribers(), 1u);
}

TEST(EventHub, SignedOutSessionIsDisconnected) {
    HubServer server;
    Client client(server.running.port);
    server.open(client, "/?session=a");
    server.hub.disconnect("a");
    EXPECT_EQ(client.read_to_end(), ready_at_100);
    EXPECT_EQ(server.hub.subscribers(), 0u);
}

TEST(EventHub, ForgetsClientsThatLeft) {
    HubServer server;
    {
        Client client(server.running.port);
        server.open(client, "/?session=a");
        EXPECT_EQ(server.hub.subscribers(), 1u);
    }
    while (server.hub.subscribers() > 0) std::this_thread::yield();
}

TEST(EventHub, PublishesFromAThreadOfItsOwnWhileClientsComeAndGo) {
    HubServer server;
    // Far fewer events than a stream's queue holds, however late a client reads: a flood would
    // rightly cut it.
    constexpr int events_a_client = 50;
    std::atomic<int> may_publish = 0;
    std::jthread publisher([&](const std::stop_token& stop) {
        for (std::int64_t at = 101; !stop.stop_requested();) {
            if (may_publish.load() > 0) {
                --may_publish;
                server.hub.publish(event_at(at++, "a.b", 1));
            } else {
                std::this_thread::yield();
            }
        }
    });
    for (int i = 0; i < 50; ++i) {
        may_publish = events_a_client;
        Client client(server.running.port);
        server.open(client, "/?session=" + std::to_string(i % 3));
        EXPECT_TRUE(client.read_until("\n").starts_with("id: "));
    }
}

}  // namespace
}  // namespace hezhi::http
