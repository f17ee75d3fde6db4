// Every route of the running service against every role, and what the public listener shows.
#include "app/installation.h"
#include "app/web.h"
#include "domain/accounts/accounts.h"
#include "support/api_client.h"
#include "support/engines.h"

namespace hezhi {
namespace {

using testing::Answer;
using testing::ApiClient;

constexpr Instant morning{1772672400000};

class EveryRoute : public testing::OnBothEngines {
  protected:
    EveryRoute()
        : clock(morning),
          location{home.url(), folder.path() / "test.keys"},
          log(clock, http::LogLevel::error, log_text) {
        app::migrate(location, crypto::SuiteName::intl, "packs/base", clock, true);
        installation = std::make_unique<app::Installation>(location, clock, random);
        web = std::make_unique<app::Web>(
            *installation,
            app::WebSettings{.listen_office = "127.0.0.1:0", .listen_public = "127.0.0.1:0"}, clock,
            log);
        router = std::make_unique<api::Router>(
            web->routes(), installation->ledger(), [this](const http::Request&) { return caller; },
            metrics, log);
        client = std::make_unique<ApiClient>(*router, clock);
    }
    ~EveryRoute() override {
        web->stop();
        EXPECT_EQ(log_text.str(), "");
    }

    // "/orders/{id}/slip" → "/orders/<id>/slip".
    static std::string path_of(const api::Route& route, const std::string& capture) {
        std::string path(route.path);
        for (auto at = path.find('{'); at != std::string::npos; at = path.find('{')) {
            path.replace(at, path.find('}') - at + 1, capture);
        }
        return path;
    }

    static api::CallerPtr holding(const std::string& role) {
        auto made = std::make_shared<api::Caller>();
        made->account = AccountId(999999);
        made->person = PersonId(999998);
        made->roles = {{role, {}, "/"}};
        made->held = accounts::held_by(made->roles);
        return made;
    }

    static api::CallerPtr holding_everything() {
        auto made = std::make_shared<api::Caller>();
        made->account = AccountId(999999);
        made->person = PersonId(999998);
        for (auto permission : accounts::permission_names()) {
            made->held.push_back({permission, api::Scope::area, "/"});
        }
        return made;
    }

    static bool needs_permission(const api::Route& route) {
        return route.permission != api::nobody_signed_in &&
               route.permission != api::anyone_signed_in;
    }
    static std::string name(const api::Route& route) {
        return std::string(http::to_string(route.method)) + " " + std::string(route.path);
    }

    testing::TempFolder folder;
    ManualClock clock;
    app::Location location;
    crypto::SystemRandom random;
    std::ostringstream log_text;
    http::Log log;
    http::Metrics metrics;
    std::unique_ptr<app::Installation> installation;
    std::unique_ptr<app::Web> web;
    std::unique_ptr<api::Router> router;
    std::unique_ptr<ApiClient> client;
    api::CallerPtr caller;
};
HEZHI_ON_BOTH_ENGINES(EveryRoute);

TEST_P(EveryRoute, IsRefusedToNobodyAndToEachRoleThatLacksItsPermission) {
    ASSERT_GT(web->routes().size(), 30U);
    for (const auto& route : web->routes()) {
        std::string path = path_of(route, "1");
        if (route.permission != api::nobody_signed_in) {
            caller = nullptr;
            Answer answer = client->send(route.method, path, "{}");
            EXPECT_EQ(answer.status(), 401) << name(route);
            EXPECT_EQ(answer.code(), "sign_in_required") << name(route);
        }
        if (!needs_permission(route)) continue;
        int holders = 0;
        for (const auto& role : accounts::roles()) {
            caller = holding(std::string(role.key));
            if (caller->may_somewhere(route.permission)) {
                ++holders;
                continue;
            }
            Answer answer = client->send(route.method, path, "{}");
            EXPECT_EQ(answer.status(), 403) << name(route) << " as " << role.key;
            EXPECT_EQ(answer.code(), "not_permitted") << name(route) << " as " << role.key;
        }
        EXPECT_GT(holders, 0) << name(route) << " is for nobody: is " << route.permission
                              << " in the permission table?";
    }
}

TEST_P(EveryRoute, AnswersUnknownAndMalformedIdsWithNotFound) {
    for (const auto& route : web->routes()) {
        bool takes_nothing = !route.input || route.input == &shape_of<api::Nothing>();
        if (route.path.find("{id}") == std::string_view::npos || !takes_nothing) continue;
        if (route.action == "list_child_areas") continue;  // an unknown area has no children
        caller = holding_everything();
        for (const char* id : {"99999999", "0", "-1", "abc", "1x", "99999999999999999999", "%31"}) {
            Answer answer = client->send(route.method, path_of(route, id), "");
            EXPECT_EQ(answer.status(), 404) << name(route) << " with " << id;
        }
    }
}

TEST_P(EveryRoute, NamesTheFieldsThatAreWrong) {
    for (const auto& route : web->routes()) {
        if (!route.write || route.input == &shape_of<api::Nothing>()) continue;
        caller = holding_everything();
        Answer malformed = client->send(route.method, path_of(route, "1"), "{\"a\":");
        EXPECT_GE(malformed.status(), 400) << name(route);
        EXPECT_LT(malformed.status(), 500) << name(route);
        Answer unknown = client->send(route.method, path_of(route, "1"), "{\"no_such_field\":1}");
        EXPECT_EQ(unknown.status(), 422) << name(route);
        EXPECT_NE(unknown.response.body.find("no_such_field"), std::string::npos)
            << name(route) << unknown.response.body;
    }
}

TEST_P(EveryRoute, OfTheOfficeIsNotThereOnThePublicListener) {
    caller = holding_everything();
    client->listener = api::Audience::everyone;
    int office = 0;
    for (const auto& route : web->routes()) {
        if (route.audience != api::Audience::office) continue;
        ++office;
        Answer answer = client->send(route.method, path_of(route, "1"), "{}");
        // A path may be public with another method.
        EXPECT_TRUE(answer.status() == 404 || answer.status() == 405) << name(route);
    }
    EXPECT_GT(office, 10);
    for (const auto& route : web->routes()) {
        if (route.audience == api::Audience::office) continue;
        // What the public may reach is for those with a phone, or for nobody in particular.
        bool phone = !needs_permission(route);
        for (const char* role : {"grid_worker", "volunteer", "resident"}) {
            phone = phone || holding(role)->may_somewhere(route.permission);
        }
        EXPECT_TRUE(phone) << name(route);
    }
}

TEST_P(EveryRoute, ThatListsTakesLimitsAndCursorsOfItsOwnOnly) {
    caller = holding_everything();
    for (const auto& route : web->routes()) {
        if (!route.read || !route.query || route.path.find('{') != std::string_view::npos) continue;
        Answer unknown = client->get(std::string(route.path) + "?no_such_parameter=1");
        EXPECT_EQ(unknown.status(), 422) << name(route);
    }
    for (const char* path : {"/needs?cursor=abc", "/orders?cursor=1", "/needs?limit=0",
                             "/needs?limit=101", "/orders?limit=x", "/needs?state=lost"}) {
        EXPECT_EQ(client->get(path).status(), 422) << path;
    }
}

}  // namespace
}  // namespace hezhi
