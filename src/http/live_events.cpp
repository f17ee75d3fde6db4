#include "http/live_events.h"

#include <charconv>
#include <deque>
#include <mutex>
#include <unordered_map>

#include "base/assert.h"
#include "base/json.h"

namespace hezhi::http {
namespace {

// `kind` "reset" or "ready": about the stream itself.
std::string format_notice(std::string_view kind, std::int64_t position) {
    Event notice;
    notice.position = position;
    notice.kind = kind;
    return format_event(notice);
}

}  // namespace

std::string format_event(const Event& event) {
    HEZHI_ASSERT(event.kind.find_first_of("\r\n") == std::string::npos);
    JsonWriter data;
    data.begin_object();
    data.key("ids");
    data.begin_array();
    for (std::int64_t id : event.ids) data.integer(id);
    data.end_array();
    data.key("kind");
    data.text(event.kind);
    data.key("position");
    data.integer(event.position);
    data.end_object();

    std::string out = "id: " + std::to_string(event.position);
    out.append("\nevent: ").append(event.kind).append("\ndata: ").append(data.str()).append("\n\n");
    return out;
}

std::optional<std::int64_t> last_event_id(const Request& request) {
    std::string_view text = request.header("Last-Event-ID");
    std::int64_t position = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
    bool whole = error == std::errc() && end == text.data() + text.size() && position >= 0;
    return whole ? std::optional(position) : std::nullopt;
}

struct EventHub::State {
    struct Subscriber {
        std::uint64_t number;  // tells a stream from its successor with the same key
        MayHear may_hear;
        std::shared_ptr<EventStream> stream;
    };

    void catch_up(const Subscriber& subscriber, std::optional<std::int64_t> last_seen) const;
    void remember(Event event);

    mutable std::mutex mutex;
    std::size_t remembered_max = 0;
    std::deque<Event> remembered;
    std::int64_t forgotten = 0;  // events up to this position cannot be repeated
    std::int64_t newest = 0;
    std::uint64_t last_number = 0;
    std::unordered_map<std::string, Subscriber> subscribers;
};

void EventHub::State::catch_up(const Subscriber& subscriber,
                               std::optional<std::int64_t> last_seen) const {
    std::string text = "retry: 3000\n";
    if (last_seen && (*last_seen < forgotten || *last_seen > newest)) {
        text += format_notice("reset", newest);
        subscriber.stream->send(std::move(text));
        return;
    }
    for (const Event& event : remembered) {
        if (!last_seen || event.position <= *last_seen || !subscriber.may_hear(event)) continue;
        text += format_event(event);
    }
    text += format_notice("ready", newest);
    subscriber.stream->send(std::move(text));
}

void EventHub::State::remember(Event event) {
    remembered.push_back(std::move(event));
    while (remembered.size() > remembered_max) {
        forgotten = remembered.front().position;
        remembered.pop_front();
    }
}

EventHub::EventHub(std::int64_t head, std::size_t remembered_max)
    : state_(std::make_shared<State>()) {
    state_->remembered_max = remembered_max;
    state_->forgotten = head;
    state_->newest = head;
}

EventHub::~EventHub() = default;

void EventHub::subscribe(const std::string& session_key, std::optional<std::int64_t> last_seen,
                         MayHear may_hear, std::shared_ptr<EventStream> stream) {
    if (!stream) return;
    std::shared_ptr<EventStream> earlier;
    std::uint64_t number = 0;
    {
        std::lock_guard lock(state_->mutex);
        number = ++state_->last_number;
        auto& place = state_->subscribers[session_key];
        earlier = std::exchange(place.stream, stream);
        place.number = number;
        place.may_hear = std::move(may_hear);
        state_->catch_up(place, last_seen);
    }
    if (earlier) earlier->close();
    // Outside the lock: a stream that has ended calls back at once.
    std::weak_ptr<State> hub = state_;
    stream->on_close([hub, session_key, number] {
        auto state = hub.lock();
        if (!state) return;
        std::lock_guard lock(state->mutex);
        auto found = state->subscribers.find(session_key);
        bool ours = found != state->subscribers.end() && found->second.number == number;
        if (ours) state->subscribers.erase(found);
    });
}

void EventHub::publish(Event event) {
    std::lock_guard lock(state_->mutex);
    HEZHI_ASSERT(event.position > state_->newest);
    state_->newest = event.position;
    std::string text = format_event(event);
    for (auto& [key, subscriber] : state_->subscribers) {
        // A stream that is closed or cut takes itself out through on_close.
        if (subscriber.may_hear(event)) subscriber.stream->send(text);
    }
    state_->remember(std::move(event));
}

void EventHub::disconnect(const std::string& session_key) {
    std::shared_ptr<EventStream> stream;
    {
        std::lock_guard lock(state_->mutex);
        auto found = state_->subscribers.find(session_key);
        if (found == state_->subscribers.end()) return;
        stream = found->second.stream;
        state_->subscribers.erase(found);
    }
    stream->close();
}

std::size_t EventHub::subscribers() const {
    std::lock_guard lock(state_->mutex);
    return state_->subscribers.size();
}

}  // namespace hezhi::http
