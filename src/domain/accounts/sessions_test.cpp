// How long a session lasts and what is remembered of it, on both engines.
#include "support/sign_in_fixture.h"

namespace hezhi::accounts {
namespace {

class SessionsKept : public SigningIn {};

HEZHI_ON_BOTH_ENGINES(SessionsKept);

TEST_P(SessionsKept, AnOfficeSessionEndsAfterHalfAnHourWithoutARequest) {
    open("孙社工", "sun", "social_worker", subdistrict);
    enter("sun");
    // A request now and then keeps it, although the database hears of it only once a minute.
    for (int i = 0; i < 4; ++i) {
        clock.advance(std::chrono::minutes(29));
        EXPECT_EQ(client.get("/session").status(), 200) << i;
    }
    clock.advance(std::chrono::minutes(30));
    EXPECT_EQ(client.get("/session").status(), 401);
}

TEST_P(SessionsKept, AnOfficeSessionEndsAfterTwelveHoursWhateverHappens) {
    open("孙社工", "sun", "social_worker", subdistrict);
    enter("sun");
    for (int i = 0; i < 35; ++i) {
        clock.advance(std::chrono::minutes(20));
        ASSERT_EQ(client.get("/session").status(), 200) << i;
    }
    clock.advance(std::chrono::minutes(20));
    EXPECT_EQ(client.get("/session").status(), 401);
}

TEST_P(SessionsKept, ASessionOfAnotherProcessKeepsItsLastSeenTime) {
    open("孙社工", "sun", "social_worker", subdistrict);
    enter("sun");
    clock.advance(std::chrono::minutes(20));
    ASSERT_EQ(client.get("/session").status(), 200);
    act([](journal::Turn&) -> Result<std::int64_t> {
        return refuse(hezhi::refusals::not_found);  // by now the last-seen time has been written
    });
    clock.advance(std::chrono::minutes(20));
    sessions.forget();
    EXPECT_EQ(client.get("/session").status(), 200);
}

TEST_P(SessionsKept, AGridWorkersPhoneStaysSignedInForThirtyDays) {
    open("高网格", "gao", "grid_worker", community);
    EXPECT_NE(enter("gao").header("Set-Cookie").find("; Max-Age="), std::string::npos);
    clock.advance(std::chrono::days(29));
    EXPECT_EQ(client.get("/session").status(), 200);
    clock.advance(std::chrono::days(30));
    EXPECT_EQ(client.get("/session").status(), 401);
}

TEST_P(SessionsKept, TheTokenIsNotInTheDatabase) {
    open("孙社工", "sun", "social_worker", subdistrict);
    enter("sun");
    std::string token = client.cookie.substr(client.cookie.find('=') + 1);
    EXPECT_EQ(token.size(), 43u);
    auto db = ledger->read();
    auto row = db->row({"test.token", "SELECT token FROM sessions"});
    ASSERT_TRUE(row.has_value());
    EXPECT_NE(row->text("token"), token);
}

TEST_P(SessionsKept, SigningOutEndsTheSession) {
    open("孙社工", "sun", "social_worker", subdistrict);
    enter("sun");
    std::string cookie = client.cookie;
    Answer left = client.del("/session");
    EXPECT_EQ(left.status(), 204);
    EXPECT_NE(left.header("Set-Cookie").find("Max-Age=0"), std::string::npos);
    client.cookie = cookie;
    EXPECT_EQ(client.get("/session").status(), 401);
    EXPECT_EQ(client.del("/session").status(), 204);
}

TEST_P(SessionsKept, ARememberedSessionCostsNoRead) {
    open("孙社工", "sun", "social_worker", subdistrict);
    enter("sun");
    client.get("/session");
    auto reads = sessions.reads();
    for (int i = 0; i < 10; ++i) client.get("/session");
    EXPECT_EQ(sessions.reads(), reads);
    clock.advance(caller_kept);
    client.get("/session");
    EXPECT_EQ(sessions.reads(), reads + 1);
}

TEST_P(SessionsKept, AnEndedGrantIsGoneAtTheNextRequest) {
    open("孙社工", "sun", "social_worker", subdistrict);
    enter("sun");
    EXPECT_EQ(client.get("/people").status(), 200);
    auto grant = facts(GrantProposed::kind).back().position;
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        return turn.append(draft(GrantEnded{}, command, {}, {{"grant", grant}}, turn.now()));
    });
    EXPECT_EQ(client.get("/people").status(), 403);
    EXPECT_EQ(client.get("/session").text("permissions"), "[]");
}

}  // namespace
}  // namespace hezhi::accounts
