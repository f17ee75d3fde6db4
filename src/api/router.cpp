#include "api/router.h"

#include <algorithm>
#include <chrono>

#include "api/idempotency.h"
#include "crypto/digest.h"
#include "http/problem.h"
#include "http/refusals.h"

namespace hezhi::api {
namespace {

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        auto end = path.find('/');
        segments.emplace_back(path.substr(0, end));
        if (end == std::string_view::npos) break;
        path.remove_prefix(end);
    }
    return segments;
}

bool is_capture(const std::string& segment) {
    return segment.starts_with('{');
}

// Two patterns that fit the same paths: how a capture is called does not tell them apart.
bool same_pattern(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::ranges::equal(a, b, [](const std::string& x, const std::string& y) {
        return x == y || (is_capture(x) && is_capture(y));
    });
}

bool writes_something(http::Method method) {
    return method != http::Method::get && method != http::Method::head;
}

// A browser names the page that sent a write; another site's page has no business here.
bool from_foreign_origin(const http::Request& request) {
    auto origin = request.header("origin");
    if (origin.empty()) return false;  // no browser, or an old one: the cookie is SameSite
    auto scheme_end = origin.find("://");
    if (scheme_end == std::string_view::npos) return true;
    return origin.substr(scheme_end + 3) != request.header("host");
}

void send_problem(const Exchange& exchange, const Refusal& refusal) {
    exchange.reply.send(http::problem(refusal, http::language_of(exchange.request)));
}

void send_method_not_allowed(const Exchange& exchange, const std::vector<http::Method>& methods) {
    std::string allow;
    for (http::Method method : methods) {
        allow += (allow.empty() ? "" : ", ") + std::string(http::to_string(method));
        if (method == http::Method::get) allow += ", HEAD";
    }
    auto response =
        http::problem(http::refusals::method_not_allowed, http::language_of(exchange.request));
    response.headers.emplace_back("Allow", std::move(allow));
    exchange.reply.send(std::move(response));
}

void send_body(const Exchange& exchange, std::string body) {
    http::Response response;
    response.content_type = "application/json";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = std::move(body);
    exchange.reply.send(std::move(response));
}

// Visible ASCII: what a client makes up as a key, and what both engines store alike.
bool is_key(std::string_view text) {
    return text.size() <= idempotency_key_bytes_max &&
           std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

// Link holders have no account: the path, which holds the link, stands for them. It is hashed,
// since whoever knows it may act. A sealed write must not be joined to its sender here either; its
// key, which the client draws at random, stands alone.
std::string key_holder(const Route& route, const Exchange& exchange) {
    if (route.sealed) return "sealed";
    if (exchange.caller->account) {
        return "account " + std::to_string(exchange.caller->account.value);
    }
    return "link " + crypto::to_hex(crypto::sha256(exchange.request.path));
}

IdempotencyKey key_of(const Route& route, const Exchange& exchange) {
    const auto& request = exchange.request;
    crypto::Digest digest(crypto::DigestKind::sha256);
    digest.add(http::to_string(request.method)).add(" ").add(request.path).add("\n");
    return {key_holder(route, exchange), std::string(request.header("idempotency-key")),
            crypto::to_hex(digest.add(request.body).finish())};
}

// What happened to the storage before anything was written may be over in a moment.
const RefusalRow& refusal_of(const std::exception& error) {
    auto* stored = dynamic_cast<const store::StoreError*>(&error);
    if (stored && stored->kind == store::StoreError::Kind::full) {
        return http::refusals::storage_full;
    }
    bool passing = stored && (stored->kind == store::StoreError::Kind::busy ||
                              stored->kind == store::StoreError::Kind::lost);
    return passing ? http::refusals::unavailable : http::refusals::internal_error;
}

// Counts the answer of a route, and how long it took.
class MeteredReply final : public http::ReplyChannel {
  public:
    MeteredReply(http::Reply reply, http::RouteMeter& meter)
        : reply_(std::move(reply)), meter_(meter) {}
    ~MeteredReply() override {
        if (!counted_) count(500);  // dropped: so the transport answers
    }

    void send(http::Response response) override {
        count(response.status);
        reply_.send(std::move(response));
    }
    std::shared_ptr<http::EventStream> open_stream() override {
        auto stream = reply_.open_stream();
        count(stream ? 200 : 503);
        return stream;
    }

  private:
    using SteadyClock = std::chrono::steady_clock;

    void count(int status) {
        counted_ = true;
        meter_.record(status, std::chrono::duration_cast<std::chrono::microseconds>(
                                  SteadyClock::now() - start_));
    }

    http::Reply reply_;
    http::RouteMeter& meter_;
    SteadyClock::time_point start_ = SteadyClock::now();
    bool counted_ = false;
};

}  // namespace

Router::Router(Routes routes, journal::Ledger& ledger, Identify identify, http::Metrics& metrics,
               http::Log& log)
    : routes_(std::move(routes)),
      ledger_(ledger),
      identify_(std::move(identify)),
      metrics_(metrics),
      log_(log) {
    for (const Route& route : routes_) {
        auto segments = split(route.path);
        auto& entries = by_length_[segments.size()];
        for (const Entry& other : entries) {
            HEZHI_ASSERT(other.route->method != route.method ||
                         !same_pattern(other.segments, segments));
        }
        auto name = std::string(http::to_string(route.method)) + " " + std::string(route.path);
        entries.push_back(
            {&route, std::move(segments), std::make_unique<http::RouteMeter>(metrics_, name)});
    }
    // Literal segments win over captures: /orders/mine before /orders/{id}.
    for (auto& [length, entries] : by_length_) {
        std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
            return std::count_if(a.segments.begin(), a.segments.end(), is_capture) <
                   std::count_if(b.segments.begin(), b.segments.end(), is_capture);
        });
    }
}

Router::Found Router::find(http::Method method, std::string_view path, Audience audience) const {
    Found found;
    auto segments = split(path);
    auto entries = by_length_.find(segments.size());
    if (entries == by_length_.end()) return found;
    for (const Entry& entry : entries->second) {
        if (audience == Audience::everyone && entry.route->audience == Audience::office) continue;
        std::vector<std::string> captures;
        bool fits = true;
        for (std::size_t i = 0; fits && i < segments.size(); ++i) {
            if (is_capture(entry.segments[i])) {
                fits = !segments[i].empty();  // a path that ends in a slash names nothing
                captures.push_back(segments[i]);
            } else {
                fits = entry.segments[i] == segments[i];
            }
        }
        if (!fits) continue;
        if (entry.route->method != method) {
            found.other_methods.push_back(entry.route->method);
            continue;
        }
        return {&entry, std::move(captures), {}};
    }
    return found;
}

void Router::handle(http::Request request, http::Reply reply, Audience audience) {
    auto exchange =
        std::make_shared<Exchange>(Exchange{std::move(request), std::move(reply), nullptr, {}});
    std::string_view path = exchange->request.path;
    if (!path.starts_with("/api/")) return send_problem(*exchange, hezhi::refusals::not_found);
    http::Method method = exchange->request.method;
    Found found =
        find(method == http::Method::head ? http::Method::get : method, path.substr(4), audience);
    if (!found.entry && found.other_methods.empty()) {
        return send_problem(*exchange, hezhi::refusals::not_found);
    }
    if (!found.entry) return send_method_not_allowed(*exchange, found.other_methods);
    exchange->reply =
        http::Reply(std::make_shared<MeteredReply>(exchange->reply, *found.entry->meter));
    exchange->captures = std::move(found.captures);
    run(*found.entry, std::move(exchange));
}

void Router::run(const Entry& entry, std::shared_ptr<Exchange> exchange) {
    const Route& route = *entry.route;
    const http::Request& request = exchange->request;
    if (writes_something(request.method) && from_foreign_origin(request)) {
        return send_problem(*exchange, http::refusals::foreign_origin);
    }
    exchange->caller = identify_(request);
    if (route.permission != nobody_signed_in) {
        if (!exchange->caller) return send_problem(*exchange, http::refusals::sign_in_required);
        if (route.permission != anyone_signed_in &&
            !exchange->caller->may_somewhere(route.permission)) {
            return send_problem(*exchange, hezhi::refusals::not_permitted);
        }
    } else if (!exchange->caller) {
        exchange->caller = link_caller();
    }
    if (route.raw) return route.raw(std::move(exchange));
    if (route.read) return run_read(route, *exchange);
    run_write(route, std::move(exchange));
}

Reading Router::reading(store::Session& db, const Exchange& exchange) const {
    Instant now = ledger_.clock().now();
    return {db, *exchange.caller, ledger_.tables(), ledger_.packs(), now, exchange.captures};
}

void Router::run_read(const Route& route, const Exchange& exchange) {
    answer(route, exchange,
           [&](const Reading& reading) { return route.read(reading, exchange.request); });
}

// After the commit, on the effects thread; or for a repeated key.
void Router::render(const Route& route, const Exchange& exchange, std::int64_t subject) {
    answer(route, exchange, [&](const Reading& reading) { return route.render(reading, subject); });
}

void Router::answer(const Route& route, const Exchange& exchange,
                    const std::function<Result<std::string>(const Reading&)>& read) {
    Result<std::string> body;
    try {
        auto db = ledger_.read();
        body = read(reading(*db, exchange));
    } catch (const std::exception& error) {
        return send_failure(route, exchange, error);
    }
    if (!body) return send_refusal(exchange, body.error());
    send_body(exchange, std::move(*body));
}

void Router::send_refusal(const Exchange& exchange, const Refusal& refusal) const {
    static const rules::TimeBankRules no_bank;
    auto packs = ledger_.packs();
    const rules::PublishedPack* pack = packs ? packs->in_force(ledger_.clock().now()) : nullptr;
    rules::Words said = rules::with_bank_name(pack ? pack->pack->time_bank : no_bank,
                                              refusal.row->zh, refusal.row->en);
    exchange.reply.send(
        http::problem(refusal, http::language_of(exchange.request), said.zh, said.en));
}

// Logged, and told without detail.
void Router::send_failure(const Route& route, const Exchange& exchange,
                          const std::exception& error) {
    log_.write(
        http::LogLevel::error, "action_failed",
        {{"action", route.action}, {"why", std::string_view(http::describe_exception(error))}});
    send_problem(exchange, refusal_of(error));
}

void Router::run_write(const Route& route, std::shared_ptr<Exchange> exchange) {
    struct State {
        std::shared_ptr<void> input;
        std::optional<IdempotencyKey> key;
        std::int64_t subject = 0;
        std::optional<Refusal> refusal;
    };
    const http::Request& request = exchange->request;
    if (!request.body.empty() && !request.header("content-type").starts_with("application/json")) {
        return send_problem(*exchange, http::refusals::unsupported_media_type);
    }
    auto input = route.read_input(request.body);
    if (!input) return send_problem(*exchange, input.error());
    auto state = std::make_shared<State>();
    state->input = std::move(*input);
    if (auto key = request.header("idempotency-key"); !key.empty()) {
        if (!is_key(key)) {
            return send_problem(*exchange,
                                Refusal(hezhi::refusals::invalid_input,
                                        {{"Idempotency-Key", "80 个以内的可见 ASCII 字符，不含空格",
                                          "at most 80 visible ASCII characters without spaces"}}));
        }
        state->key = key_of(route, *exchange);
    }
    if (route.prepare) {
        try {
            auto db = ledger_.read();
            auto prepared = route.prepare(reading(*db, *exchange), state->input);
            if (!prepared) return send_refusal(*exchange, prepared.error());
        } catch (const std::exception& error) {
            return send_failure(route, *exchange, error);
        }
    }
    auto run = [&route, exchange, state](journal::Turn& turn) {
        state->refusal.reset();  // the action may run a second time, alone
        if (state->key) {
            auto known = find_key(turn, *state->key);
            if (!known) return state->refusal = known.error(), false;
            if (*known) return state->subject = **known, false;
        }
        auto subject = route.write({turn, *exchange->caller, exchange->captures}, state->input);
        if (!subject) return state->refusal = subject.error(), false;
        state->subject = *subject;
        if (!turn.wrote()) return false;  // already so: the answer is the record as it stands
        if (state->key) note_key(turn, *state->key, *subject);
        return true;
    };
    auto settled = [this, &route, exchange, state](store::Settled how, std::exception_ptr why) {
        switch (how) {
            case store::Settled::committed:
                return;  // the effect below answers
            case store::Settled::refused:
                if (state->refusal) return send_refusal(*exchange, *state->refusal);
                try {
                    return render(route, *exchange, state->subject);  // done before: as it stands
                } catch (const std::exception& error) {
                    return send_failure(route, *exchange, error);
                }
            case store::Settled::unknown:
                return send_problem(*exchange, http::refusals::outcome_unknown);
            case store::Settled::failed:
                try {
                    std::rethrow_exception(why);
                } catch (const std::exception& error) {
                    return send_failure(route, *exchange, error);
                }
        }
    };
    auto effect = [this, &route, exchange, state] { render(route, *exchange, state->subject); };
    if (!ledger_.write(std::move(run), std::move(settled), std::move(effect))) {
        send_problem(*exchange, http::refusals::unavailable);
    }
}

}  // namespace hezhi::api
