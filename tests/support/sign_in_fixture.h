// Tests that sign in: the routes of people and accounts behind a real router and writer.
#pragma once

#include "domain/accounts/accounts.h"
#include "support/api_client.h"
#include "support/ledger_fixture.h"

namespace hezhi::accounts {

using hezhi::testing::Answer;
using hezhi::testing::ApiClient;

// Cheap, so that a test does not cost what a guess should cost.
inline constexpr crypto::PasswordCost cheap{.passes = 1, .memory_kib = 8};
inline const std::string right_password = "correct-battery";

inline std::string body(const std::string& first, const std::string& first_value,
                        const std::string& second, const std::string& second_value) {
    return "{\"" + first + "\":\"" + first_value + "\",\"" + second + "\":\"" + second_value +
           "\"}";
}

class SigningIn : public hezhi::testing::LedgerFixture {
  protected:
    SigningIn()
        : LedgerFixture(
              {&journal::figure<areas::AreaFigure>(), &journal::figure<people::PersonFigure>(),
               &journal::figure<people::ReadingFigure>(), &journal::figure<people::DisputeFigure>(),
               &journal::figure<people::ConsentFigure>(),
               &journal::figure<people::ReadingRequestFigure>(), &journal::figure<AccountFigure>(),
               &journal::figure<GrantFigure>()},
              {}),
          people(suite, random),
          pages{people, *tree},
          desk{people, *tree, suite, random, "https://example.org"},
          sessions(*ledger),
          attempts(sign_in_attempts),
          log(clock, http::LogLevel::error, log_text),
          password_hash(crypto::hash_password(right_password, cheap)),
          passwords(1, 8, cheap),
          sign_in{*ledger, passwords, sessions,
                  desk,    attempts,  crypto::hash_password("nobody", cheap),
                  &log},
          router(
              all_routes(), *ledger,
              [this](const http::Request& request) { return sessions.identify(request); }, metrics,
              log),
          client(router, clock) {
        publish_base_pack();
        add_areas();
    }

    // What the writer has not answered yet must not meet members that are gone.
    ~SigningIn() override {
        ledger->stop();
        EXPECT_EQ(log_text.str(), "");
    }

    api::Routes all_routes() {
        api::Routes all = routes(desk);
        for (auto& row : session_routes(sign_in)) all.push_back(std::move(row));
        for (auto& row : join_routes(sign_in)) all.push_back(std::move(row));
        for (auto& row : people::routes(pages)) all.push_back(std::move(row));
        for (auto& row : people::joining_routes(pages)) all.push_back(std::move(row));
        for (auto& row : people::reading_request_routes(pages)) all.push_back(std::move(row));
        return all;
    }

    AccountId open(std::string_view name, std::string_view username, std::string_view role,
                   AreaId area = {}) {
        return AccountId(act([&](journal::Turn& turn) {
                             return open_staff(turn, desk, name,
                                               {std::string(username), password_hash}, role, area);
                         }).value());
    }

    Answer enter(std::string_view username, const std::string& password = right_password) {
        return client.post("/sessions",
                           body("username", std::string(username), "password", password));
    }

    Answer enter_by_slip(const std::string& code, const std::string& pin) {
        return client.post("/slip-sessions", body("code", code, "pin", pin));
    }

    PersonId volunteer() {
        people::RegisterPerson input;
        input.name.value = "吴志愿";
        input.area_id = community;
        input.volunteer = true;
        input.phone.emplace("13900000000");
        return PersonId(act([&](journal::Turn& turn) {
                            return people::register_person(
                                turn, command, {community, path_of(community)}, people, input);
                        }).value());
    }

    std::string slip_for(PersonId person) {
        auto slip =
            act([&](journal::Turn& turn) { return issue_slip_by_command(turn, desk, person, ""); });
        return sign_in_code(suite, slip.value());
    }

    const rules::Pack& pack() const { return *ledger->packs()->in_force(clock.now())->pack; }
    void publish(const rules::Pack& changed) {
        act([&](journal::Turn& turn) {
            return journal::publish_pack(turn, command, changed, clock.now());
        }).value();
    }

    // Signs in as the security administrator and reads the log, newest first.
    std::vector<std::string> logged() {
        open("李安全", "li", "security_administrator");
        ApiClient reader(router, clock);
        reader.address = "10.0.0.99";
        reader.post("/sessions", body("username", "li", "password", right_password));
        std::vector<std::string> lines;
        auto answer = reader.get("/security-log").json();
        for (const auto& value : answer.at("items").as_array()) {
            const auto& entry = value.as_object();
            std::string line = std::string(entry.at("event").as_string()) + " " +
                               std::string(entry.at("outcome").as_string());
            if (auto* name = entry.if_contains("username")) {
                line += " " + std::string(name->as_string());
            }
            lines.push_back(line);
        }
        lines.erase(lines.begin());  // the reader's own sign-in
        return lines;
    }

    people::Register people;
    people::PersonPages pages;
    AccountDesk desk;
    Sessions sessions;
    http::RateLimiter attempts;
    std::ostringstream log_text;
    http::Metrics metrics;
    http::Log log;
    std::string password_hash;
    crypto::PasswordPool passwords;
    SignIn sign_in;
    api::Router router;
    ApiClient client;
};

}  // namespace hezhi::accounts
