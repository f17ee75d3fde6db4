// Accounts, grants and people through the routes, on both engines.
#include "support/sign_in_fixture.h"

namespace hezhi::accounts {
namespace {

class AccountRoutes : public SigningIn {};

HEZHI_ON_BOTH_ENGINES(AccountRoutes);

TEST_P(AccountRoutes, AnAccountIsOpenedWithAFirstPasswordAndWaitsForItsRole) {
    open("钱系统", "qian", "system_administrator");
    open("李安全", "li", "security_administrator");
    enter("qian");
    std::string opening =
        "{\"name\":\"赵新\",\"username\":\"zhao\",\"role\":\"social_worker\","
        "\"area_id\":" +
        std::to_string(subdistrict.value) + "}";
    EXPECT_EQ(client.post("/accounts", opening).status(), 422);  // no Idempotency-Key
    client.idempotency_key = "open-1";
    Answer opened = client.post("/accounts", opening);
    ASSERT_EQ(opened.status(), 200) << opened.response.body;
    client.idempotency_key = "open-1";
    EXPECT_EQ(client.post("/accounts", opening).response.body, opened.response.body);
    client.idempotency_key = "open-2";
    EXPECT_EQ(client.post("/accounts", opening).code(), "username_taken");
    EXPECT_EQ(facts(AccountOpened::kind).size(), 3u);
    std::string listed = client.get("/accounts").response.body;
    EXPECT_NE(listed.find("\"zhao\""), std::string::npos);
    EXPECT_NE(listed.find("\"proposed\""), std::string::npos);
    EXPECT_EQ(client.get("/grants").status(), 403);

    ApiClient zhao(router, clock);
    EXPECT_EQ(
        zhao.post("/sessions", body("username", "zhao", "password", opened.text("first_password")))
            .text("must_change_password"),
        "true");
    enter("li");
    const auto grants = client.get("/grants?state=proposed").json();
    ASSERT_EQ(grants.at("items").as_array().size(), 1u);
    const auto& grant = grants.at("items").at(0);
    EXPECT_EQ(grant.at("name").as_string(), "赵新");
    EXPECT_EQ(grant.at("proposed_by").as_string(), "钱系统");
    EXPECT_EQ(grant.at("actions").at(0).as_string(), "confirm_grant");
    Answer confirmed =
        client.post("/grants/" + std::to_string(grant.at("id").as_int64()) + "/confirmation");
    EXPECT_EQ(confirmed.text("state"), "granted") << confirmed.response.body;
    EXPECT_EQ(zhao.get("/people").status(), 403) << "the first password was not changed yet";
    EXPECT_EQ(zhao.put("/session/password", body("old_password", opened.text("first_password"),
                                                 "new_password", "only-mine-now"))
                  .status(),
              204);
    EXPECT_EQ(zhao.get("/session").text("must_change_password"), "false");
    EXPECT_EQ(zhao.get("/people").status(), 200);
    EXPECT_TRUE(differences().empty());
}

TEST_P(AccountRoutes, ASessionBringsWhatThePackCallsTheRoles) {
    open("钱系统", "qian", "system_administrator");
    EXPECT_EQ(enter("qian").text("role_names"), "[]");
    auto abroad = rules::read_pack_folder("packs/international");
    ASSERT_TRUE(abroad.has_value());
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, *abroad, clock.now());
    }).value();
    EXPECT_NE(client.get("/session").text("role_names").find("ward staff"), std::string::npos);
    EXPECT_NE(enter("qian").text("role_names").find("ward staff"), std::string::npos);
}

// end_grant, close_account, reset_password

TEST_P(AccountRoutes, ARoleIsEndedByTheSecurityAdministratorAndHoldsNoLongerAtOnce) {
    open("钱系统", "qian", "system_administrator");
    open("李安全", "li", "security_administrator");
    open("孙社工", "sun", "social_worker", subdistrict);
    GrantId grant(facts(GrantProposed::kind).back().position);
    ApiClient sun(router, clock);
    sun.post("/sessions", body("username", "sun", "password", right_password));
    EXPECT_EQ(sun.get("/people").status(), 200);
    std::string path = "/grants/" + std::to_string(grant.value) + "/ending";
    enter("qian");
    EXPECT_EQ(client.post(path).status(), 403);
    enter("li");
    EXPECT_EQ(client.post(path).text("state"), "ended");
    EXPECT_EQ(client.post(path).code(), "grant_not_held");
    EXPECT_EQ(sun.get("/people").status(), 403);
    for (const Fact& fact : facts(GrantProposed::kind)) {
        std::string administrators = "/grants/" + std::to_string(fact.position) + "/ending";
        if (fact.position == grant.value) continue;
        std::string code = client.post(administrators).code();
        EXPECT_TRUE(code == "own_account" || code == "last_administrator") << code;
    }
    EXPECT_TRUE(differences().empty());
}

TEST_P(AccountRoutes, AClosedAccountLosesItsSessionAndItsRolesInTheSameTurn) {
    AccountId qian = open("钱系统", "qian", "system_administrator");
    AccountId li = open("李安全", "li", "security_administrator");
    AccountId sun = open("孙社工", "sun", "social_worker", subdistrict);
    ApiClient gone(router, clock);
    gone.post("/sessions", body("username", "sun", "password", right_password));
    EXPECT_EQ(gone.get("/session").status(), 200);
    enter("qian");
    auto path = [](AccountId id) { return "/accounts/" + std::to_string(id.value) + "/closure"; };
    EXPECT_EQ(client.post(path(qian)).code(), "own_account");
    EXPECT_EQ(client.post(path(li)).code(), "administrator_account");
    EXPECT_EQ(client.post(path(sun)).text("state"), "closed");
    EXPECT_EQ(client.post(path(sun)).code(), "account_closed");
    EXPECT_EQ(gone.get("/session").status(), 401);
    EXPECT_EQ(gone.post("/sessions", body("username", "sun", "password", right_password)).status(),
              401);
    EXPECT_EQ(facts(GrantEnded::kind).size(), 1u);
    EXPECT_TRUE(differences().empty());
}

TEST_P(AccountRoutes, AResetPasswordIsShownOnceEndsSessionsAndMustBeChanged) {
    AccountId li = open("李安全", "li", "security_administrator");
    open("钱系统", "qian", "system_administrator");
    AccountId sun = open("孙社工", "sun", "social_worker", subdistrict);
    ApiClient person(router, clock);
    person.post("/sessions", body("username", "sun", "password", right_password));
    enter("qian");
    std::string path = "/accounts/" + std::to_string(sun.value) + "/password";
    EXPECT_EQ(client.post(path).status(), 422);  // no Idempotency-Key
    client.idempotency_key = "reset-1";
    Answer reset = client.post(path);
    ASSERT_EQ(reset.status(), 200) << reset.response.body;
    client.idempotency_key = "reset-1";
    EXPECT_EQ(client.post(path).response.body, reset.response.body);
    client.idempotency_key = "reset-2";
    EXPECT_EQ(client.post("/accounts/" + std::to_string(li.value) + "/password").code(),
              "administrator_account");
    client.idempotency_key = "reset-3";
    EXPECT_EQ(client.post("/accounts/abc/password").status(), 404);
    EXPECT_EQ(person.get("/session").status(), 401);
    EXPECT_EQ(
        person.post("/sessions", body("username", "sun", "password", right_password)).status(),
        401);
    person.post("/sessions", body("username", "sun", "password", reset.text("password")));
    EXPECT_EQ(person.get("/people").status(), 403);
    EXPECT_EQ(person.get("/session").text("must_change_password"), "true");
    EXPECT_EQ(facts(PasswordReset::kind).size(), 1u);
    // What li forgot is reset on the server.
    ASSERT_TRUE(act([&](journal::Turn& turn) {
                    return reset_password_by_command(turn, "LI", password_hash);
                }).has_value());
    EXPECT_EQ(enter("li").text("must_change_password"), "true");
    EXPECT_TRUE(differences().empty());
}

TEST_P(AccountRoutes, AListCoversEveryAreaAtWhichTheRoleIsHeld) {
    AccountId sun = open("孙社工", "sun", "social_worker", community);
    for (AreaId more : {other_community, community, other_subdistrict}) {
        ASSERT_TRUE(act([&](journal::Turn& turn) {
                        return grant_role(turn, sun, "social_worker", more);
                    }).has_value());
    }
    auto db = ledger->read();
    auto caller = load_caller(*db, ledger->tables(), sun);
    std::vector<std::string> captures;
    api::Reading reading{*db, *caller, ledger->tables(), ledger->packs(), clock.now(), captures};
    auto paths = areas::list_paths(reading, *tree, {}, "need.read").value();
    EXPECT_EQ(std::set<std::string>(paths.begin(), paths.end()),
              (std::set<std::string>{path_of(community), path_of(other_community),
                                     path_of(other_subdistrict)}));
    EXPECT_EQ(paths.size(), 3u) << "each once, and nothing below another";
    EXPECT_EQ(areas::list_paths(reading, *tree, other_community, "need.read").value().size(), 1u);
}

TEST_P(AccountRoutes, AccountsAreFoundByAPartOfTheNameOrOfTheAccount) {
    open("钱系统", "qian.system", "system_administrator");
    AccountId sun = open("孙社工", "sun", "social_worker", community);
    open("孙街道", "street", "street_staff", subdistrict);
    volunteer();
    enter("qian.system");
    auto found = [&](const std::string& query) {
        std::vector<std::string> names;
        Answer answer = client.get("/accounts?" + query);
        EXPECT_EQ(answer.status(), 200) << answer.response.body;
        const auto json = answer.json();
        for (const auto& item : json.at("items").as_array()) {
            names.emplace_back(item.at("name").as_string());
        }
        return names;
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(found("q=孙"), (Names{"孙街道", "孙社工"})) << "newest first";
    EXPECT_EQ(found("q=SUN"), Names{"孙社工"});
    EXPECT_EQ(found("q=.sys"), Names{"钱系统"});
    EXPECT_EQ(found("q=nobody"), Names{});
    // Page by page, and the cursor goes on where it ended.
    const auto first = client.get("/accounts?q=孙&limit=1").json();
    ASSERT_EQ(first.at("items").as_array().size(), 1U);
    std::string cursor(first.at("next_cursor").as_string());
    EXPECT_EQ(found("q=孙&limit=1&cursor=" + cursor), Names{"孙社工"});
    EXPECT_EQ(found("q=").size(), 3U) << "nothing typed asks for all";
    EXPECT_EQ(client.get("/accounts?q=sun").json().at("items").at(0).at("id").as_int64(),
              sun.value);
}

TEST_P(AccountRoutes, AReadingInClearReachesTheAuditorWithNameAndReason) {
    open("孙社工", "sun", "social_worker", subdistrict);
    open("何审计", "he", "auditor");
    PersonId wu = volunteer();
    enter("sun");
    std::string path = "/people/" + std::to_string(wu.value);
    EXPECT_EQ(client.get(path).text("phone_masked"), "139****0000");
    EXPECT_EQ(client.post(path + "/reading", "{}").status(), 422);
    Answer clear = client.post(path + "/reading", R"({"reason":"回访"})");
    EXPECT_EQ(clear.text("phone"), "13900000000");
    EXPECT_EQ(client.get("/readings").status(), 403);
    enter("he");
    const auto readings = client.get("/readings").json();
    ASSERT_EQ(readings.at("items").as_array().size(), 1u);
    const auto& reading = readings.at("items").at(0);
    EXPECT_EQ(reading.at("actor").as_string(), "孙社工");
    EXPECT_EQ(reading.at("reason").as_string(), "回访");
    EXPECT_EQ(reading.at("person_id").as_int64(), wu.value);
    EXPECT_EQ(client.get(path).status(), 403);
}

TEST_P(AccountRoutes, PeopleOutsideOnesScopeAnswerNotFound) {
    open("冯社工", "feng", "social_worker", other_subdistrict);
    PersonId wu = volunteer();
    enter("feng");
    std::string path = "/people/" + std::to_string(wu.value);
    EXPECT_EQ(client.get(path).status(), 404);
    EXPECT_EQ(client.post(path + "/reading", R"({"reason":"好奇"})").status(), 404);
    EXPECT_EQ(client.post(path + "/sign-in-slip").status(), 404);
    EXPECT_EQ(client.get("/people?q=13900000000").text("items"), "[]");
}

TEST_P(AccountRoutes, ListsOfPeopleAreReadPageByPage) {
    open("孙社工", "sun", "social_worker", subdistrict);
    for (int i = 0; i < 5; ++i) {
        people::RegisterPerson input;
        input.name.value = "居民" + std::to_string(i);
        input.area_id = i % 2 ? community : other_community;
        act([&](journal::Turn& turn) {
            return people::register_person(turn, command, {input.area_id, path_of(input.area_id)},
                                           people, input);
        });
    }
    enter("sun");
    std::vector<std::int64_t> ids;
    std::string cursor;
    do {
        Answer page = client.get("/people?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
        ASSERT_EQ(page.status(), 200);
        const auto json = page.json();
        for (const auto& item : json.at("items").as_array()) {
            ids.push_back(item.at("id").as_int64());
        }
        cursor = page.text("next_cursor");
    } while (!cursor.empty());
    EXPECT_EQ(ids.size(), 6u);  // with 孙社工, who is registered at the subdistrict
    EXPECT_TRUE(std::is_sorted(ids.rbegin(), ids.rend()));
    EXPECT_EQ(client.get("/people?cursor=x").status(), 422);
}

}  // namespace
}  // namespace hezhi::accounts
