// Live changes for open pages: what happened (position, kind, ids), never what it says. A page that
// hears of a change asks for it again through the routes, which check permissions.
#pragma once

#include <any>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/server.h"

namespace hezhi::http {

struct Event {
    std::int64_t position = 0;      // in the journal
    std::string kind;               // "order.accepted"; no line breaks
    std::vector<std::int64_t> ids;  // of the records concerned
    std::any scope;                 // what the subscribers' predicates look at; never sent
};

// The lines of one event: id, event, data (a JSON object with ids, kind, position).
std::string format_event(const Event& event);

// What a Last-Event-ID header says; nullopt if it is absent or no position.
std::optional<std::int64_t> last_event_id(const Request& request);

// Thread-safe. May be destroyed before the streams.
class EventHub {
  public:
    // May this subscriber hear of the event? Called with the hub locked, on whichever thread
    // publishes or subscribes: must be quick and must not call the hub.
    using MayHear = std::function<bool(const Event&)>;

    // Events up to `head` happened before this process could hear them. The last `remembered_max`
    // events are kept for clients that come back.
    explicit EventHub(std::int64_t head, std::size_t remembered_max = 4096);
    ~EventHub();

    // Begins with a "ready" event at the newest position, after the events since `last_seen` where
    // those are still remembered. Where they are not, a "reset" event comes instead: the page loads
    // its lists again. An earlier stream of the same session is closed.
    // A null stream (Reply::open_stream() found too many) is ignored.
    void subscribe(const std::string& session_key, std::optional<std::int64_t> last_seen,
                   MayHear may_hear, std::shared_ptr<EventStream> stream);

    // Positions ascend (asserted).
    void publish(Event event);

    // When a session is signed out or loses a right.
    void disconnect(const std::string& session_key);

    std::size_t subscribers() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace hezhi::http
