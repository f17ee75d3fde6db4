// What the routes of this folder that hash passwords share. They cannot be typed writes: hashing
// takes tens of milliseconds, so it happens on the password pool, before the turn.
#pragma once

#include <concepts>

#include "domain/accounts/accounts.h"
#include "http/problem.h"
#include "http/refusals.h"

namespace hezhi::accounts {

using ExchangePtr = std::shared_ptr<api::Exchange>;

void send_problem(const api::Exchange&, const Refusal&);
http::Response problem_for(const api::Exchange&, const Refusal&);
// The JSON of an answer that no cache keeps.
http::Response json_response(std::string body);

// The body as Input; answers the problem itself and returns nullopt otherwise.
template <class Input>
std::optional<Input> read_body(const api::Exchange& exchange) {
    if (!exchange.request.header("content-type").starts_with("application/json")) {
        send_problem(exchange, http::refusals::unsupported_media_type);
        return std::nullopt;
    }
    auto input = from_json<Input>(exchange.request.body);
    if (!input) {
        send_problem(exchange, input.error());
        return std::nullopt;
    }
    return std::move(*input);
}

// False, with the answer sent, if this address has tried too often.
bool may_try(const SignIn&, const api::Exchange&);

// Runs `run` in the writer's turn and sends `answer`'s response after the commit, or when nothing
// was written. Both share their state through their captures; `run` may be called twice.
void write_then_answer(const SignIn&, ExchangePtr, std::function<bool(journal::Turn&)> run,
                       std::function<http::Response()> answer);

}  // namespace hezhi::accounts
