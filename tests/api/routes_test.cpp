// Every route of the running service against every role, and what the public listener shows.
#include <fstream>

#include "app/installation.h"
#include "app/web.h"
#include "domain/accounts/accounts.h"
#include "support/api_client.h"
#include "support/changed_pack.h"
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

TEST_P(EveryRoute, OfAreaKindsNamesThemAsThePackDoesTheHighestFirst) {
    caller = holding("auditor");
    Answer kinds = client->get("/area-kinds");
    ASSERT_EQ(kinds.status(), 200) << kinds.response.body;
    auto packs = installation->ledger().packs();
    const auto& pack = *packs->in_force(morning)->pack;
    auto items = kinds.json().at("items").as_array();
    ASSERT_EQ(items.size(), pack.area_kinds.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        EXPECT_EQ(items[i].at("key").as_string(), pack.area_kinds[i].key);
        EXPECT_EQ(items[i].at("en").as_string(), pack.area_kinds[i].name.en);
    }
    EXPECT_EQ(items.front().at("key").as_string(), "province");
}

TEST_P(EveryRoute, OfTheHotlineNamesItAsThePackDoes) {
    caller = holding("district_officer");
    Answer terms = client->get("/hotline-terms");
    EXPECT_EQ(terms.text("number"), "12345") << terms.response.body;
    EXPECT_EQ(terms.text("name_en"), "12345 hotline");
    caller = holding("volunteer");
    EXPECT_EQ(client->get("/hotline-terms").code(), "not_permitted");
}

// What is of the whole installation or of a file has no row in the matrices of records: here each
// role tries it from inside the area that the file names and from another.
TEST_P(EveryRoute, OfHotlineFilesAndRulePacksAnswersEachRoleInsideAndOutsideItsArea) {
    auto add = [&](std::string_view name, std::string code) {
        return AreaId(installation->ledger()
                          .act<std::int64_t>([&](journal::Turn& turn) {
                              return areas::add_area(turn, Actor{.via = Via::command}, {},
                                                     "district", name, code);
                          })
                          .value());
    };
    AreaId inside = add("示例区", "990000"), outside = add("外区", "990001");
    std::ifstream file("docs/operating/hotline_example_map.toml");
    std::string map(std::istreambuf_iterator<char>(file), {});
    ASSERT_FALSE(map.empty()) << "run in the project's root";
    boost::json::object piece;
    piece["map"] = map;
    piece["csv"] =
        "request_no,type,agency,status,created_at,due_at,closed_at,neighborhood\n"
        "GD-1,noise,office,Open,2026-03-04T08:00:00,2026-03-09T08:00:00,,North\n";
    piece["line"] = 2;
    piece["dry_run"] = true;
    int imports = 0, publishes = 0;
    for (const auto& role : accounts::roles()) {
        for (AreaId area : {inside, outside}) {
            auto made = std::make_shared<api::Caller>();
            made->account = AccountId(999999);
            made->roles = {{std::string(role.key), area, "/" + std::to_string(area.value) + "/"}};
            made->held = accounts::held_by(made->roles);
            caller = made;
            std::string said = std::string(role.key) + (area == inside ? " inside" : " outside");
            auto rows = client->post("/hotline-rows", boost::json::serialize(piece));
            if (!caller->may_somewhere("hotline_order.import")) {
                EXPECT_EQ(rows.code(), "not_permitted") << said;
            } else if (area == outside) {
                EXPECT_EQ(rows.code(), "area_unknown") << said;
            } else {
                ++imports;
                EXPECT_EQ(rows.status(), 200) << said << rows.response.body;
            }
            // A pack is of the whole installation: whoever may decide on packs may from anywhere.
            for (const char* path :
                 {"/rule-packs/99999999/publication", "/rule-packs/99999999/rejection"}) {
                bool rejects = std::string_view(path).ends_with("rejection");
                auto answer = client->post(path, rejects ? R"({"reason":"重写"})" : "{}");
                bool may =
                    caller->may_somewhere(rejects ? "rule_pack.reject" : "rule_pack.publish");
                publishes += may && !rejects;
                EXPECT_EQ(answer.code(), may ? "not_found" : "not_permitted") << said << path;
            }
            bool proposes = caller->may_somewhere("rule_pack.propose");
            EXPECT_EQ(client->post("/rule-packs").code(),
                      proposes ? "invalid_input" : "not_permitted")
                << said;
        }
    }
    EXPECT_EQ(imports, 1);
    EXPECT_EQ(publishes, 2);
}

// No sentence of the program has a name of its own for the bank.
TEST_P(EveryRoute, RefusesInTheWordsOfThePackWhichNamesTheTimeBank) {
    caller = holding("volunteer");
    auto refused = [&] { return client->post("/time-bank/mine/donations", R"({"minutes":5})"); };
    EXPECT_EQ(refused().code(), "credit_too_low");
    EXPECT_EQ(refused().text("title_zh"), "服务时间余额不足，页面已更新。");
    auto& ledger = installation->ledger();
    auto named = testing::changed_pack(*ledger.packs()->in_force(clock.now())->pack,
                                       "time_bank.toml", R"([bank]
says = { zh = "一小时为一个时间币。", en = "An hour is one time coin." }
name = { zh = "时间币", en = "time coins" }
)");
    ledger
        .act<std::int64_t>([&](journal::Turn& turn) {
            return journal::publish_pack(turn, Actor{.via = Via::command}, named, clock.now());
        })
        .value();
    EXPECT_EQ(refused().text("title_zh"), "时间币余额不足，页面已更新。");
    EXPECT_EQ(refused().text("title_en"),
              "The time coins balance is too low; the page is up to date.");
    EXPECT_EQ(refused().text("title").find('{'), std::string::npos);
}

// RuoYi 310: a filter of the sort key was passed by CASE WHEN. Here it is a choice among two words.
TEST_P(EveryRoute, ThatListsTakesNoTextAsASortKey) {
    caller = holding_everything();
    int sorted = 0;
    for (const auto& route : web->routes()) {
        if (!route.read || !route.query || route.path.find('{') != std::string_view::npos) continue;
        std::string path(route.path);
        if (client->get(path + "?sort=newest").status() == 200) ++sorted;
        for (const char* key :
             {"id", "id%20desc", "handle_until;DELETE%20FROM%20journal",
              "(CASE%20WHEN%201=1%20THEN%20id%20ELSE%20area%20END)", "newest--"}) {
            EXPECT_EQ(client->get(path + "?sort=" + key).status(), 422)
                << name(route) << " " << key;
        }
    }
    EXPECT_GE(sorted, 2);
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
