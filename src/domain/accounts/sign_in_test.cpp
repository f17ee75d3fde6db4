// Signing in by password, on both engines.
#include "support/changed_pack.h"
#include "support/sign_in_fixture.h"

namespace hezhi::accounts {
namespace {

HEZHI_ON_BOTH_ENGINES(SigningIn);

TEST_P(SigningIn, TheRightPasswordOpensASessionThatSaysWhoOneIs) {
    AccountId id = open("孙社工", "sun", "social_worker", subdistrict);
    EXPECT_EQ(client.get("/session").status(), 401);
    Answer entered = enter("Sun");
    ASSERT_EQ(entered.status(), 200) << entered.response.body;
    std::string cookie = entered.header("Set-Cookie");
    EXPECT_TRUE(cookie.starts_with("hezhi_session=")) << cookie;
    EXPECT_NE(cookie.find("; HttpOnly"), std::string::npos);
    EXPECT_NE(cookie.find("; SameSite=Lax"), std::string::npos);
    EXPECT_EQ(cookie.find("Secure"), std::string::npos);
    EXPECT_EQ(cookie.find("Max-Age"), std::string::npos);  // a desk: it ends with the browser
    Answer me = client.get("/session");
    EXPECT_EQ(me.response.body, entered.response.body);
    EXPECT_EQ(me.text("account_id"), std::to_string(id.value));
    EXPECT_EQ(me.text("name"), "孙社工");
    const auto json = me.json();
    EXPECT_EQ(json.at("roles").at(0).at("area_name").as_string(), "薛家岛街道");
    EXPECT_NE(me.response.body.find("\"need.close\""), std::string::npos);
}

TEST_P(SigningIn, TheCookieIsSecureWhereTheClientSpokeTls) {
    open("孙社工", "sun", "social_worker", subdistrict);
    http::Request request = client.request(http::Method::post, "/sessions",
                                           body("username", "sun", "password", right_password));
    request.secure = true;
    class Once final : public http::ReplyChannel {
      public:
        void send(http::Response response) override { answered.set_value(std::move(response)); }
        std::shared_ptr<http::EventStream> open_stream() override { return nullptr; }
        std::promise<http::Response> answered;
    };
    auto channel = std::make_shared<Once>();
    router.handle(std::move(request), http::Reply(channel), api::Audience::everyone);
    Answer answer{channel->answered.get_future().get()};
    EXPECT_NE(answer.header("Set-Cookie").find("; Secure"), std::string::npos);
}

TEST_P(SigningIn, AWrongPasswordAndAnUnknownNameGetTheSameAnswer) {
    open("孙社工", "sun", "social_worker", subdistrict);
    Answer wrong = enter("sun", "wrong-battery");
    Answer unknown = enter("moon", "wrong-battery");
    EXPECT_EQ(wrong.status(), 401);
    EXPECT_EQ(wrong.response.body, unknown.response.body);
    EXPECT_EQ(wrong.header("Set-Cookie"), "");
    EXPECT_EQ(logged(), (std::vector<std::string>{"sign_in unknown m***", "sign_in wrong sun"}));
}

TEST_P(SigningIn, FiveWrongPasswordsLockForFifteenMinutes) {
    open("孙社工", "sun", "social_worker", subdistrict);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(enter("sun", "wrong-battery").status(), 401);
    EXPECT_EQ(enter("sun").status(), 401);
    clock.advance(lock_lasts(pack()) - Millis(1));
    EXPECT_EQ(enter("sun").status(), 401);
    clock.advance(Millis(1));
    EXPECT_EQ(enter("sun").status(), 200);
    EXPECT_EQ(logged().at(1), "sign_in locked sun");
}

TEST_P(SigningIn, FourWrongPasswordsAreForgivenByARightOne) {
    open("孙社工", "sun", "social_worker", subdistrict);
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 4; ++i) EXPECT_EQ(enter("sun", "wrong-battery").status(), 401);
        EXPECT_EQ(enter("sun").status(), 200) << round;
    }
}

TEST_P(SigningIn, AnAddressThatTriesTooOftenWaits) {
    open("孙社工", "sun", "social_worker", subdistrict);
    for (int i = 0; i < sign_in_attempts.burst; ++i) {
        EXPECT_EQ(enter("moon", "wrong-battery").status(), 401);
    }
    Answer refused = enter("sun");
    EXPECT_EQ(refused.status(), 429);
    EXPECT_EQ(refused.header("Retry-After"), "2");
    client.address = "10.0.0.8";
    EXPECT_EQ(enter("sun").status(), 200);
}

TEST_P(SigningIn, AChangedPasswordEndsTheOtherSessions) {
    open("孙社工", "sun", "social_worker", subdistrict);
    ApiClient elsewhere(router, clock);
    elsewhere.post("/sessions", body("username", "sun", "password", right_password));
    enter("sun");
    auto change = [&](const std::string& from, const std::string& to) {
        return client.put("/session/password", body("old_password", from, "new_password", to));
    };
    EXPECT_EQ(change("wrong-battery", "another-battery").code(), "old_password_wrong");
    EXPECT_EQ(change(right_password, "short").status(), 422);
    EXPECT_EQ(change(right_password, right_password).status(), 422);
    EXPECT_EQ(elsewhere.get("/session").status(), 200);
    Answer changed = change(right_password, "another-battery");
    EXPECT_EQ(changed.status(), 204) << changed.response.body;
    EXPECT_EQ(client.get("/session").status(), 200);
    EXPECT_EQ(elsewhere.get("/session").status(), 401);
    EXPECT_EQ(enter("sun").status(), 401);
    EXPECT_EQ(enter("sun", "another-battery").status(), 200);
}

TEST_P(SigningIn, APasswordOfAnotherCostIsHashedAnew) {
    password_hash = crypto::hash_password(right_password, {.passes = 2, .memory_kib = 16});
    open("孙社工", "sun", "social_worker", subdistrict);
    EXPECT_EQ(enter("sun").status(), 200);
    auto db = ledger->read();
    auto row = db->row({"test.hash", "SELECT password_hash FROM credentials"});
    EXPECT_FALSE(crypto::needs_rehash(row->text("password_hash"), cheap));
    EXPECT_EQ(enter("sun").status(), 200);
}

TEST_P(SigningIn, TheSecurityLogIsSealedAndKeptSixMonths) {
    open("孙社工", "sun", "social_worker", subdistrict);
    enter("sun");
    clock.advance(security_log_kept(pack()));
    enter("sun", "wrong-battery");
    {
        auto db = ledger->read();
        auto row =
            db->row({"test.log", "SELECT username FROM security_log WHERE outcome = 'done'"});
        auto bytes = row->bytes("username");
        EXPECT_EQ(std::string(bytes.begin(), bytes.end()).find("sun"), std::string::npos);
    }
    clock.advance(Millis(1));
    auto purged = act([](journal::Turn& turn) { return purge_security_log(turn); });
    EXPECT_EQ(purged.value(), 2);  // the log line and the session that has ended long since
    EXPECT_EQ(logged(), std::vector<std::string>{"sign_in wrong sun"});
}

TEST_P(SigningIn, TheSecurityLogIsKeptLongerWhereThePackSaysSo) {
    publish(hezhi::testing::changed_pack(pack(), "retention.toml", R"([retention.security_log]
says = { zh = "登录日志保存一年。", en = "The log of sign-ins is kept a year." }
days = 366
)"));
    auto lines = [&] {
        auto db = ledger->read();
        return db->row({"test.lines", "SELECT count(*) AS lines FROM security_log"})
            ->integer("lines");
    };
    enter("nobody");
    clock.advance(std::chrono::days(366));
    act([](journal::Turn& turn) { return purge_security_log(turn); }).value();
    EXPECT_EQ(lines(), 1);
    clock.advance(Millis(1));
    act([](journal::Turn& turn) { return purge_security_log(turn); }).value();
    EXPECT_EQ(lines(), 0);
}

TEST_P(SigningIn, LocksAndSessionsLastAsThePackSays) {
    open("孙社工", "sun", "social_worker", subdistrict);
    publish(hezhi::testing::changed_pack(pack(), "sign_in.toml", R"([lock]
says = { zh = "连续 3 次不正确，锁定 1 小时。", en = "Three wrong attempts lock an account for an hour." }
failures = 3
minutes = 60
[session]
says = { zh = "办公端 10 分钟不操作即退出。", en = "At a desk a session ends after 10 idle minutes." }
office_idle_minutes = 10
)"));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(enter("sun", "wrong-battery").status(), 401);
    clock.advance(std::chrono::minutes(59));
    EXPECT_EQ(enter("sun").status(), 401);
    clock.advance(std::chrono::minutes(1));
    ASSERT_EQ(enter("sun").status(), 200);
    clock.advance(std::chrono::minutes(9));
    EXPECT_EQ(client.get("/session").status(), 200);
    clock.advance(std::chrono::minutes(10));
    EXPECT_EQ(client.get("/session").status(), 401);
}

TEST_P(SigningIn, WhatIsNoSignInIsRefusedByField) {
    EXPECT_EQ(client.post("/sessions", "{}").status(), 422);
    EXPECT_EQ(client.post("/sessions", "not json").status(), 422);
    EXPECT_EQ(client.post("/sessions", R"({"username":"sun","password":"x","more":1})").status(),
              422);
    EXPECT_EQ(client.put("/session/password", "{}").status(), 401);
    client.cookie = "hezhi_session=made-up";
    EXPECT_EQ(client.get("/session").status(), 401);
}

}  // namespace
}  // namespace hezhi::accounts
