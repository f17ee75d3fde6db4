// Signing in with the code of a paper slip, on both engines.
#include "support/sign_in_fixture.h"

namespace hezhi::accounts {
namespace {

class SlipSignIn : public SigningIn {};

HEZHI_ON_BOTH_ENGINES(SlipSignIn);

TEST_P(SlipSignIn, TheFirstUseOfASlipSetsThePin) {
    std::string code = slip_for(volunteer());
    Answer first = enter_by_slip(code, "204060");
    ASSERT_EQ(first.status(), 200) << first.response.body;
    EXPECT_EQ(first.text("name"), "吴志愿");
    EXPECT_NE(first.header("Set-Cookie").find("; Max-Age="), std::string::npos);
    EXPECT_EQ(enter_by_slip(code, "204061").code(), "slip_sign_in_failed");
    // As people type it: small letters, a hyphen, full-width digits.
    std::string typed = code.substr(0, 5) + "-" + code.substr(5);
    for (char& c : typed) c = static_cast<char>(std::tolower(c));
    EXPECT_EQ(enter_by_slip(typed, "２０４０６０").status(), 200);
    EXPECT_EQ(enter_by_slip(code, "20406").status(), 422);
    EXPECT_EQ(enter_by_slip("0123456789", "204060").code(), "slip_sign_in_failed");
    EXPECT_EQ(enter_by_slip("!", "204060").code(), "slip_sign_in_failed");
    auto db = ledger->read();
    auto row = db->row({"test.slip",
                        "SELECT slip_index, pin_hash FROM credentials "
                        "WHERE slip_index IS NOT NULL"});
    EXPECT_NE(row->text("slip_index"), code);
    EXPECT_TRUE(row->text("pin_hash").starts_with("$argon2id$"));
}

TEST_P(SlipSignIn, FiveWrongPinsLockTheSlip) {
    std::string code = slip_for(volunteer());
    enter_by_slip(code, "204060");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(enter_by_slip(code, "000000").status(), 401);
    EXPECT_EQ(enter_by_slip(code, "204060").status(), 401);
    clock.advance(lock_lasts(pack()));
    EXPECT_EQ(enter_by_slip(code, "204060").status(), 200);
}

TEST_P(SlipSignIn, ASlipThatNobodyUsedInTimeIsWorthless) {
    PersonId wu = volunteer();
    std::string code = slip_for(wu);
    clock.advance(slip_first_use_within(pack()));
    EXPECT_EQ(enter_by_slip(code, "204060").status(), 401);
    code = slip_for(wu);
    clock.advance(slip_first_use_within(pack()) - Millis(1));
    EXPECT_EQ(enter_by_slip(code, "204060").status(), 200);
    clock.advance(std::chrono::days(60));  // once used, it stays good
    EXPECT_EQ(enter_by_slip(code, "204060").status(), 200);
}

TEST_P(SlipSignIn, ANewSlipEndsTheOldOneAndItsSessions) {
    PersonId wu = volunteer();
    std::string old_code = slip_for(wu);
    enter_by_slip(old_code, "204060");
    EXPECT_EQ(client.get("/session").status(), 200);
    std::string code = slip_for(wu);
    EXPECT_EQ(client.get("/session").status(), 401);
    EXPECT_EQ(enter_by_slip(old_code, "204060").status(), 401);
    EXPECT_EQ(enter_by_slip(code, "777111").status(), 200);
}

TEST_P(SlipSignIn, ASlipIsIssuedOnThePageAndShownAgainForTheSameKey) {
    open("周社区", "zhou", "community_worker", community);
    PersonId wu = volunteer();
    enter("zhou");
    std::string path = "/people/" + std::to_string(wu.value) + "/sign-in-slip";
    client.idempotency_key = "slip-1";
    Answer slip = client.post(path);
    ASSERT_EQ(slip.status(), 200) << slip.response.body;
    EXPECT_TRUE(slip.text("link").ends_with("/m/#/sign-in?code=" + slip.text("code")));
    EXPECT_TRUE(slip.text("qr_svg").starts_with("<svg"));
    EXPECT_EQ(slip.text("expires_at"),
              std::to_string((clock.now() + slip_first_use_within(pack())).ms));
    client.idempotency_key = "slip-1";
    EXPECT_EQ(client.post(path).response.body, slip.response.body);
    EXPECT_EQ(facts(SignInSlipIssued::kind).size(), 1u);
    EXPECT_EQ(enter_by_slip(slip.text("code"), "204060").status(), 200);
}

}  // namespace
}  // namespace hezhi::accounts
