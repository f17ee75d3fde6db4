// Asks a Router in process as a browser would, keeping the session's cookie.
#pragma once

#include <boost/json.hpp>

#include <future>
#include <sstream>

#include "api/router.h"

namespace hezhi::testing {

struct Answer {
    http::Response response;

    int status() const { return response.status; }
    std::string header(std::string_view name) const {
        for (const auto& [key, value] : response.headers) {
            if (http::equal_ignoring_case(key, name)) return value;
        }
        return {};
    }
    boost::json::value json() const { return boost::json::parse(response.body); }
    // A member of the answer as plain text; empty if it is absent.
    std::string text(std::string_view key) const {
        const auto value = json();
        const auto* member = value.as_object().if_contains(key);
        if (!member) return {};
        return member->is_string() ? std::string(member->as_string())
                                   : boost::json::serialize(*member);
    }
    std::string code() const { return text("code"); }
};

class ApiClient {
  public:
    ApiClient(api::Router& router, const Clock& clock) : router_(router), clock_(clock) {}

    std::string cookie;  // "name=value", as the last answer set it
    std::string address = "10.0.0.7";
    std::string idempotency_key;  // sent once if set
    api::Audience listener = api::Audience::office;

    Answer get(const std::string& path) { return send(http::Method::get, path, ""); }
    Answer post(const std::string& path, const std::string& body = "{}") {
        return send(http::Method::post, path, body);
    }
    Answer put(const std::string& path, const std::string& body) {
        return send(http::Method::put, path, body);
    }
    Answer del(const std::string& path) { return send(http::Method::delete_, path, ""); }

    http::Request request(http::Method method, const std::string& target, const std::string& body) {
        http::Request made;
        made.method = method;
        auto question = target.find('?');
        made.path = "/api" + target.substr(0, question);
        if (question != std::string::npos) read_query(target.substr(question + 1), made);
        if (!body.empty()) made.headers.add("Content-Type", "application/json");
        if (!cookie.empty()) made.headers.add("Cookie", cookie);
        if (!idempotency_key.empty()) made.headers.add("Idempotency-Key", idempotency_key);
        made.body = body;
        made.remote_address = address;
        made.received_at = clock_.now();
        return made;
    }

    Answer send(http::Method method, const std::string& path, const std::string& body) {
        auto channel = std::make_shared<Waiting>();
        auto answered = channel->answered.get_future();
        router_.handle(request(method, path, body), http::Reply(channel), listener);
        channel.reset();  // an exchange that is dropped without an answer fails the wait
        Answer answer{answered.get()};
        idempotency_key.clear();
        std::string set = answer.header("Set-Cookie");
        if (!set.empty()) cookie = set.substr(0, set.find(';'));
        return answer;
    }

  private:
    class Waiting final : public http::ReplyChannel {
      public:
        void send(http::Response response) override { answered.set_value(std::move(response)); }
        std::shared_ptr<http::EventStream> open_stream() override { return nullptr; }
        std::promise<http::Response> answered;
    };

    static void read_query(const std::string& text, http::Request& out) {
        std::stringstream parts(text);
        for (std::string part; std::getline(parts, part, '&');) {
            auto equals = part.find('=');
            out.query.emplace_back(part.substr(0, equals), part.substr(equals + 1));
        }
    }

    api::Router& router_;
    const Clock& clock_;
};

}  // namespace hezhi::testing
