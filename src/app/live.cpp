#include "app/live.h"

#include <algorithm>

#include "facts/all_facts.h"

namespace hezhi::app {
namespace {

struct EventScope {
    std::string area_path;
    PersonId person;
};

// Whoever may read something in the area hears of it; a volunteer only of what she is asked for.
bool may_hear(const api::Caller& caller, const http::Event& event) {
    const auto& scope = std::any_cast<const EventScope&>(event.scope);
    if (scope.person && scope.person == caller.person) return true;
    // What has no area concerns the whole installation.
    std::string_view path = scope.area_path.empty() ? "/" : std::string_view(scope.area_path);
    return std::any_of(caller.held.begin(), caller.held.end(), [&](const api::Held& held) {
        return held.scope == api::Scope::area && path.starts_with(held.path);
    });
}

}  // namespace

void publish_facts(journal::Ledger& ledger, http::EventHub& hub) {
    ledger.follow({}, [&hub](std::span<const Fact> facts) {
        for (const Fact& fact : facts) {
            if (is_sealed(fact.kind)) continue;
            http::Event event{fact.position,
                              std::string(fact.kind),
                              {},
                              EventScope{fact.place.path, PersonId(fact.subject("person"))}};
            for (const auto& [noun, id] : fact.subjects) event.ids.push_back(id);
            hub.publish(std::move(event));
        }
    });
}

api::Route event_route(http::EventHub& hub) {
    return api::raw(
        {http::Method::get, "/events", "listen", api::anyone_signed_in, api::Audience::everyone},
        [&hub](std::shared_ptr<api::Exchange> exchange) {
            api::CallerPtr caller = exchange->caller;
            hub.subscribe(
                std::string(exchange->request.cookie(accounts::session_cookie)),
                http::last_event_id(exchange->request),
                [caller](const http::Event& event) { return may_hear(*caller, event); },
                exchange->reply.open_stream());
        });
}

}  // namespace hezhi::app
