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
            .text("permissions"),
        "[]");
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
    EXPECT_EQ(zhao.get("/people").status(), 200);
    EXPECT_TRUE(differences().empty());
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
