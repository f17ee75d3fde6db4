// One row of the API: everything about a route, once.
//
// From a row come the matching, the permission check, the typed reading with field errors, the
// answer, OpenAPI and the generated client. A read gets a database session beside the writer; a
// write runs as an action in the writer's turn and its answer is rendered after the commit, which
// is also how the answer to a repeated Idempotency-Key is made.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/caller.h"
#include "base/json.h"
#include "http/message.h"
#include "http/server.h"
#include "journal/turn.h"
#include "store/session.h"

namespace hezhi::api {

enum class Audience {
    office,    // only on the office listener: console pages
    everyone,  // on the public listener too: phone pages
};
BOOST_DESCRIBE_ENUM(Audience, office, everyone)

// Permissions that are no rows of the permission table.
inline constexpr std::string_view nobody_signed_in = "";     // no account needed
inline constexpr std::string_view anyone_signed_in = "any";  // every account may

// One request on its way through.
struct Exchange {
    http::Request request;
    http::Reply reply;
    CallerPtr caller;  // null if nobody is signed in
    std::vector<std::string> captures;
};

// What a read has in its hands. One thread.
struct Reading {
    store::Session& db;
    const Caller& caller;
    const journal::FigureTables& tables;
    std::shared_ptr<const rules::PackHistory> packs;
    Instant now;
    const std::vector<std::string>& captures;

    // In force now; null before the first was published.
    const rules::PublishedPack* pack() const { return packs->in_force(now); }

    // The i-th {…} of the path as an id; refuses what is no number as not found.
    std::int64_t id(std::size_t i = 0) const;
    std::string_view capture(std::size_t i = 0) const { return captures.at(i); }

    // A figure's row by key; nullopt if there is none.
    template <class F>
    std::optional<typename F::State> load(const journal::Key& key) const {
        auto state = tables.of(journal::figure<F>()).load(db, key);
        if (!state) return std::nullopt;
        return std::move(*static_cast<typename F::State*>(state.get()));
    }

    // The rows that a query over a figure's table finds.
    template <class F>
    std::vector<typename F::State> rows(const store::Query& query, store::Params params) const {
        return journal::states_of<F>(db, tables, query, params);
    }
};

// What a write has besides its input.
struct Writing {
    journal::Turn& turn;
    const Caller& caller;
    const std::vector<std::string>& captures;

    std::int64_t id(std::size_t i = 0) const;
    std::string_view capture(std::size_t i = 0) const { return captures.at(i); }
};

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

struct Route {
    http::Method method;
    std::string_view path;    // below /api, with {captures}
    std::string_view action;  // the stem: a row of the actions table, or a read's name
    std::string_view permission;
    Audience audience;
    const Shape* query = nullptr;
    const Shape* input = nullptr;
    const Shape* output = nullptr;

    // Exactly one of these is set.
    using Read = std::function<Result<std::string>(const Reading&, const http::Request&)>;
    using Write =
        std::function<Result<std::int64_t>(const Writing&, const std::shared_ptr<void>& input)>;
    using Render = std::function<Result<std::string>(const Reading&, std::int64_t subject)>;
    using Raw = std::function<void(std::shared_ptr<Exchange>)>;  // sign-in, event streams
    Read read = {};
    Write write = {};
    Render render = {};
    // Reads the body before the turn; the input's errors refuse the request.
    std::function<Result<std::shared_ptr<void>>(std::string_view body)> read_input = {};
    Raw raw = {};
    bool sealed = false;
    // Before the turn, with a reader: what takes longer than the writer may be held. Refuses, or
    // leaves its result in the input. Runs again when a request is repeated.
    std::function<Result<void>(const Reading&, const std::shared_ptr<void>& input)> prepare = {};
};

using Routes = std::vector<Route>;

// Reads query parameters into a described struct of leaves; unknown names are field errors.
bool read_query(const Shape& shape, const http::Request& request, void* out,
                std::vector<FieldError>& errors);

struct Row {
    http::Method method;
    std::string_view path;
    std::string_view action;
    std::string_view permission;
    Audience audience = Audience::office;
    bool sealed = false;  // what is kept of a write names no account, whoever sent it
};

template <class Query, class Output>
Route reads(Row row, std::function<Result<Output>(const Reading&, const Query&)> run) {
    Route route{row.method, row.path, row.action, row.permission, row.audience};
    route.query = &shape_of<Query>();
    route.output = &shape_of<Output>();
    route.read = [run = std::move(run)](const Reading& reading,
                                        const http::Request& request) -> Result<std::string> {
        Query query{};
        std::vector<FieldError> errors;
        if (!read_query(shape_of<Query>(), request, &query, errors)) {
            return std::unexpected(Refusal(hezhi::refusals::invalid_input, std::move(errors)));
        }
        auto output = run(reading, query);
        if (!output) return std::unexpected(output.error());
        return to_json(*output);
    };
    return route;
}

// Reads by what stands in a body, as a dry run does: POST, and nothing is written.
template <class Input, class Output>
Route checks(Row row, std::function<Result<Output>(const Reading&, const Input&)> run) {
    Route route{row.method, row.path, row.action, row.permission, row.audience};
    route.input = &shape_of<Input>();
    route.output = &shape_of<Output>();
    route.read = [run = std::move(run)](const Reading& reading,
                                        const http::Request& request) -> Result<std::string> {
        auto input = from_json<Input>(request.body.empty() ? "{}" : request.body);
        if (!input) return std::unexpected(input.error());
        auto output = run(reading, *input);
        if (!output) return std::unexpected(output.error());
        return to_json(*output);
    };
    return route;
}

// `run` returns the id of the record that the answer is about; `render` reads it after the commit.
template <class Input, class Output>
Route writes(Row row, std::function<Result<std::int64_t>(const Writing&, const Input&)> run,
             std::function<Result<Output>(const Reading&, std::int64_t)> render) {
    Route route{row.method, row.path, row.action, row.permission, row.audience};
    route.sealed = row.sealed;
    route.input = &shape_of<Input>();
    route.output = &shape_of<Output>();
    route.read_input = [](std::string_view body) -> Result<std::shared_ptr<void>> {
        auto input = from_json<Input>(body.empty() ? "{}" : body);
        if (!input) return std::unexpected(input.error());
        return std::make_shared<Input>(std::move(*input));
    };
    route.write = [run = std::move(run)](const Writing& writing,
                                         const std::shared_ptr<void>& input) {
        return run(writing, *static_cast<const Input*>(input.get()));
    };
    route.render = [render = std::move(render)](const Reading& reading,
                                                std::int64_t subject) -> Result<std::string> {
        auto output = render(reading, subject);
        if (!output) return std::unexpected(output.error());
        return to_json(*output);
    };
    return route;
}

// A write whose greater part is read and computed beside the writer; `run` is given what `prepare`
// found.
template <class Input, class Prepared, class Output>
Route prepared_writes(
    Row row, std::function<Result<Prepared>(const Reading&, const Input&)> prepare,
    std::function<Result<std::int64_t>(const Writing&, const Input&, const Prepared&)> run,
    std::function<Result<Output>(const Reading&, std::int64_t)> render) {
    struct Both {
        Input input;
        Prepared prepared;
    };
    auto route = writes<Input, Output>(row, {}, std::move(render));
    route.read_input = [](std::string_view body) -> Result<std::shared_ptr<void>> {
        auto input = from_json<Input>(body.empty() ? "{}" : body);
        if (!input) return std::unexpected(input.error());
        return std::make_shared<Both>(Both{std::move(*input), {}});
    };
    route.prepare = [prepare = std::move(prepare)](
                        const Reading& reading,
                        const std::shared_ptr<void>& input) -> Result<void> {
        auto& both = *static_cast<Both*>(input.get());
        auto prepared = prepare(reading, both.input);
        if (!prepared) return std::unexpected(prepared.error());
        both.prepared = std::move(*prepared);
        return {};
    };
    route.write = [run = std::move(run)](const Writing& writing,
                                         const std::shared_ptr<void>& input) {
        const auto& both = *static_cast<const Both*>(input.get());
        return run(writing, both.input, both.prepared);
    };
    return route;
}

// For what is no typed exchange: sign-in (cookies), event streams. Input and output shapes only
// describe it.
inline Route raw(Row row, Route::Raw run, const Shape* input = nullptr,
                 const Shape* output = nullptr) {
    Route route{row.method, row.path, row.action, row.permission, row.audience};
    route.raw = std::move(run);
    route.input = input;
    route.output = output;
    return route;
}

}  // namespace hezhi::api
