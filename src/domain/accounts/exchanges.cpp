#include "domain/accounts/exchanges.h"

namespace hezhi::accounts {
namespace {

void note_failure(const SignIn& sign_in, std::exception_ptr why) {
    if (!sign_in.log) return;
    try {
        std::rethrow_exception(why);
    } catch (const std::exception& error) {
        sign_in.log->write(http::LogLevel::error, "account_action_failed",
                           {{"why", std::string_view(http::describe_exception(error))}});
    }
}

}  // namespace

http::Response problem_for(const api::Exchange& exchange, const Refusal& refusal) {
    return http::problem(refusal, http::language_of(exchange.request));
}

void send_problem(const api::Exchange& exchange, const Refusal& refusal) {
    exchange.reply.send(problem_for(exchange, refusal));
}

http::Response json_response(std::string body) {
    http::Response response;
    response.content_type = "application/json";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = std::move(body);
    return response;
}

bool may_try(const SignIn& sign_in, const api::Exchange& exchange) {
    auto wait = sign_in.attempts.refused_for(http::address_key(exchange.request.remote_address),
                                             sign_in.ledger.clock().now());
    if (!wait) return true;
    auto response = problem_for(exchange, http::refusals::too_many_requests);
    auto seconds = std::chrono::ceil<std::chrono::seconds>(*wait);
    response.headers.emplace_back("Retry-After", std::to_string(seconds.count()));
    exchange.reply.send(std::move(response));
    return false;
}

void write_then_answer(const SignIn& sign_in, ExchangePtr exchange,
                       std::function<bool(journal::Turn&)> run,
                       std::function<http::Response()> answer) {
    // The writer ends the process for an exception out of `settled`; reading the answer may throw.
    auto send = [&sign_in, exchange, answer = std::move(answer)] {
        try {
            exchange->reply.send(answer());
        } catch (...) {
            note_failure(sign_in, std::current_exception());
            send_problem(*exchange, http::refusals::internal_error);
        }
    };
    auto settled = [&sign_in, exchange, send](store::Settled how, std::exception_ptr why) {
        switch (how) {
            case store::Settled::committed:
                return;  // the effect answers
            case store::Settled::refused:
                return send();
            case store::Settled::unknown:
                return send_problem(*exchange, http::refusals::outcome_unknown);
            case store::Settled::failed:
                note_failure(sign_in, why);
                return send_problem(*exchange, http::refusals::internal_error);
        }
    };
    if (!sign_in.ledger.write(std::move(run), settled, send)) {
        send_problem(*exchange, http::refusals::unavailable);
    }
}

}  // namespace hezhi::accounts
