// The second factor, from setting it to losing it, on both engines.
#include "domain/accounts/second_factor.h"

#include "crypto/totp.h"
#include "domain/accounts/queries.h"
#include "support/sign_in_fixture.h"

namespace hezhi::accounts {
namespace {

class SetSecondFactor : public SigningIn {
  protected:
    SetSecondFactor() { sun = open("孙社工", "sun", "social_worker", subdistrict); }

    std::string secret_of(AccountId account) {
        auto db = ledger->read();
        auto row = db->row(queries::second_factor, {{"account", account}});
        return suite
            .open({"second_factors", "secret", account.value}, *row->bytes_or_null("secret"))
            .value();
    }
    // What the app shows some steps from now.
    std::string code(std::int64_t steps = 0) {
        std::string secret = secret_of(sun);
        return crypto::totp_code(crypto::view_of(secret), crypto::totp_step(clock.now()) + steps);
    }
    std::vector<std::string> set() {
        enter("sun");
        EXPECT_EQ(client.post("/session/second-factor").status(), 200);
        Answer confirmed = client.put("/session/second-factor", "{\"code\":\"" + code() + "\"}");
        EXPECT_EQ(confirmed.status(), 200) << confirmed.response.body;
        std::vector<std::string> codes;
        const auto json = confirmed.json();
        for (const auto& one : json.at("codes").as_array()) {
            codes.emplace_back(one.as_string());
        }
        clock.advance(std::chrono::seconds(30));
        return codes;
    }
    Answer enter_with(const std::string& second, const std::string& password = right_password) {
        ApiClient other(router, clock);
        return other.post("/sessions", R"({"username":"sun","password":")" + password +
                                           R"(","code":")" + second + "\"}");
    }

    AccountId sun;
};
HEZHI_ON_BOTH_ENGINES(SetSecondFactor);

TEST_P(SetSecondFactor, IsAskedAfterThePasswordOnceItWasConfirmed) {
    enter("sun");
    Answer prepared = client.post("/session/second-factor");
    EXPECT_EQ(prepared.text("secret"), crypto::base32(crypto::view_of(secret_of(sun))));
    EXPECT_TRUE(prepared.text("qr_svg").starts_with("<svg"));
    EXPECT_EQ(enter("sun").status(), 200) << "a prepared one is not asked for";
    EXPECT_EQ(client.put("/session/second-factor", R"({"code":"000000"})").code(),
              "first_code_wrong");
    set();
    EXPECT_EQ(client.post("/session/second-factor").code(), "second_factor_set");
    EXPECT_EQ(enter("sun").code(), "second_factor_needed");
    EXPECT_EQ(enter_with(code(), "wrong").code(), "sign_in_failed");
    EXPECT_EQ(enter_with(code()).status(), 200);
    EXPECT_EQ(facts(SecondFactorSet::kind).size(), 1u);
    EXPECT_TRUE(differences().empty());
}

TEST_P(SetSecondFactor, TakesACodeOnceAndWithinOneStepOfTheClock) {
    set();
    std::string now = code();
    EXPECT_EQ(enter_with(now).status(), 200);
    EXPECT_EQ(enter_with(now).code(), "second_factor_wrong") << "used";
    EXPECT_EQ(enter_with(code(-1)).code(), "second_factor_wrong") << "older than one that was used";
    EXPECT_EQ(enter_with(code(1)).status(), 200) << "a phone that is fast";
    EXPECT_EQ(enter_with(code(2)).code(), "second_factor_wrong") << "too fast";
    clock.advance(std::chrono::minutes(5));
    EXPECT_EQ(enter_with(code(-2)).code(), "second_factor_wrong") << "too slow";
    EXPECT_EQ(enter_with(code(-1)).status(), 200) << "a phone that is slow";
}

TEST_P(SetSecondFactor, LocksTheAccountAfterFiveWrongCodesLikePasswords) {
    set();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(enter_with("000000").code(), "second_factor_wrong");
    EXPECT_EQ(enter_with(code()).code(), "sign_in_failed");
    clock.advance(lock_lasts(pack()));
    EXPECT_EQ(enter_with(code()).status(), 200);
}

TEST_P(SetSecondFactor, ARecoveryCodeCountsOnceAndIsNotStored) {
    auto codes = set();
    ASSERT_EQ(codes.size(), static_cast<std::size_t>(recovery_codes_made));
    EXPECT_EQ(enter_with(codes[3]).status(), 200);
    EXPECT_EQ(enter_with(codes[3]).code(), "second_factor_wrong");
    EXPECT_EQ(enter_with(codes[4]).status(), 200);
    auto db = ledger->read();
    auto kept = db->row({"test.kept", "SELECT count(*) AS n FROM recovery_codes"});
    EXPECT_EQ(kept->integer("n"), recovery_codes_made - 2);
    auto clear = db->row({"test.clear",
                          "SELECT count(*) AS n FROM recovery_codes "
                          "WHERE code_index = :code"},
                         {{"code", std::string_view(codes[5])}});
    EXPECT_EQ(clear->integer("n"), 0);
}

TEST_P(SetSecondFactor, IsResetByTheSecurityAdministratorOnly) {
    // reset_second_factor
    set();
    open("钱系统", "qian", "system_administrator");
    open("李安全", "li", "security_administrator");
    std::string path = "/accounts/" + std::to_string(sun.value) + "/second-factor-removal";
    ApiClient admin(router, clock);
    admin.post("/sessions", body("username", "qian", "password", right_password));
    EXPECT_EQ(admin.post(path).status(), 403);
    admin.post("/sessions", body("username", "li", "password", right_password));
    EXPECT_EQ(admin.post(path).status(), 200);
    EXPECT_EQ(admin.post(path).code(), "second_factor_missing");
    EXPECT_EQ(client.get("/session").status(), 401) << "its sessions ended";
    EXPECT_EQ(enter("sun").status(), 200);
    EXPECT_EQ(facts(SecondFactorReset::kind).size(), 1u);
    EXPECT_TRUE(differences().empty());
}

TEST_P(SetSecondFactor, OfARoleThatMustHaveOneIsSetBeforeAnythingElse) {
    std::vector<std::string> roles{"social_worker"};
    auto db = ledger->read();
    EXPECT_TRUE(load_caller(*db, ledger->tables(), sun, roles)->held.empty());
    set();
    auto after = ledger->read();
    EXPECT_FALSE(load_caller(*after, ledger->tables(), sun, roles)->held.empty());
    EXPECT_FALSE(load_caller(*after, ledger->tables(), sun, {})->held.empty());
}

}  // namespace
}  // namespace hezhi::accounts
