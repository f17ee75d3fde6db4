// Joining on the open page, "registered already", leaving, coming back and erasing; both engines.
#include "facts/account_facts.h"
#include "facts/guardian_facts.h"
#include "facts/joining_facts.h"
#include "support/changed_pack.h"
#include "support/sign_in_fixture.h"

namespace hezhi::accounts {
namespace {

// Nobody's numbers: there is no area 990000. The check digits fit.
const std::string born_1950 = "990000195001010019";
const std::string born_1950_x = "99000019500101006X";

class Joining : public SigningIn {
  protected:
    std::string form(const std::string& name, const std::string& number, const std::string& phone,
                     bool agreed = true) {
        return R"({"name":")" + name + R"(","id_number":")" + number + R"(","phone":")" + phone +
               R"(","area_id":)" + std::to_string(community.value) +
               (agreed ? R"(,"agreed":true})" : R"(,"agreed":false})");
    }
    std::string claim(const std::string& name, const std::string& number,
                      const std::string& phone) {
        return R"({"name":")" + name + R"(","id_number":")" + number + R"(","phone":")" + phone +
               R"("})";
    }
    std::string join(const std::string& name = "吴𬱖·㐂",
                     const std::string& number = born_1950,
                     const std::string& phone = "13900000000") {
        Answer joined = client.post("/volunteers", form(name, number, phone));
        EXPECT_EQ(joined.status(), 200) << joined.response.body;
        return joined.text("code");
    }
    void sign_in_as_staff(const std::string& role) {
        open("周" + role, role, role, subdistrict);
        enter(role);
    }
    std::string of_person(std::string_view kind) {
        return std::to_string(facts(kind).back().subject("person"));
    }
};
HEZHI_ON_BOTH_ENGINES(Joining);

TEST_P(Joining, RegisterVolunteerTakesFourFieldsAndOpensAnAccount) {
    client.listener = api::Audience::everyone;
    Answer terms = client.get("/joining?area_id=" + std::to_string(community.value));
    ASSERT_EQ(terms.status(), 200) << terms.response.body;
    EXPECT_NE(terms.text("risks_zh"), "");
    EXPECT_NE(terms.text("area_name"), "");
    Answer unread = client.post("/volunteers", form("吴志愿", born_1950, "13900000000", false));
    EXPECT_EQ(unread.code(), "agreement_missing");
    Answer wrong = client.post("/volunteers", form("吴志愿", "990000195001010018", "13900000000"));
    EXPECT_EQ(wrong.code(), "id_number_check_digit_wrong");
    EXPECT_EQ(facts(PersonRegistered::kind).size(), 0u);

    std::string code = join();
    Answer session = enter_by_slip(code, "204060");
    ASSERT_EQ(session.status(), 200) << session.response.body;
    EXPECT_EQ(session.text("name"), "吴𬱖·㐂");  // as people write it
    EXPECT_EQ(facts(AgreementSigned::kind).size(), 1u);
    EXPECT_EQ(facts(VolunteerRegistered::kind).size(), 1u);
    EXPECT_EQ(facts(PersonRegistered::kind).front().actor.via, Via::link);
}

TEST_P(Joining, TheSameKeyRegistersOnce) {
    client.idempotency_key = "k1";
    std::string code = join();
    client.idempotency_key = "k1";
    EXPECT_EQ(join(), code);
    EXPECT_EQ(facts(PersonRegistered::kind).size(), 1u);
    client.idempotency_key = "k1";
    EXPECT_EQ(client.post("/volunteers", form("吴志", born_1950, "13900000000")).code(),
              "idempotency_key_reused");
}

TEST_P(Joining, MinorsGetTheirSlipOnceTheGuardianHasConsented) {
    const std::string number = "990000201005010014";  // born 2010-05-01; nobody's
    client.idempotency_key = "k1";
    Answer joined = client.post("/volunteers", form("小吴", number, "13900000000"));
    EXPECT_EQ(joined.status(), 200) << joined.response.body;
    EXPECT_EQ(joined.response.body, R"({"guardian_asked":true})");
    client.idempotency_key = "k1";
    EXPECT_EQ(client.post("/volunteers", form("小吴", number, "13900000000")).response.body,
              joined.response.body);
    EXPECT_EQ(facts(VolunteerRegistered::kind).size(), 0u);
    EXPECT_EQ(facts(SignInSlipIssued::kind).size(), 0u);
    EXPECT_EQ(client.post("/claims", claim("小吴", number, "13900000000")).code(),
              "claim_not_proven");
    auto asked = facts(GuardianAsked::kind);
    ASSERT_EQ(asked.size(), 1u);
    PersonId child(asked.front().subject("person"));
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        Place place{community, path_of(community)};
        Subjects about{{"person", child.value}};
        turn.append(draft(ConsentGiven{}, command, place, about, turn.now()));
        return turn.append(draft(VolunteerRegistered{}, command, place, about, turn.now()));
    }).value();
    Answer claimed = client.post("/claims", claim("小吴", number, "13900000000"));
    ASSERT_EQ(claimed.status(), 200) << claimed.response.body;
    EXPECT_EQ(enter_by_slip(claimed.text("code"), "204060").status(), 200);
}

TEST_P(Joining, ClaimRegistrationTellsNothingAboutWhoIsRegistered) {
    volunteer();  // at the desk, without a document
    people::RegisterPerson input;
    input.name.value = "郑志愿";
    input.area_id = community;
    input.volunteer = true;
    input.phone.emplace("13900000005");
    input.id_number.emplace(born_1950);
    act([&](journal::Turn& turn) {
        return people::register_person(turn, command, {community, path_of(community)}, people,
                                       input);
    }).value();
    Answer used = client.post("/volunteers", form("别人", born_1950, "13900000009"));
    EXPECT_EQ(used.code(), "registered_already");
    EXPECT_EQ(used.response.body.find("郑"), std::string::npos);
    EXPECT_EQ(used.response.body.find("号码"), std::string::npos) << "nor what it has in common";

    // Whatever differs, and also a number that nobody has, is answered alike.
    for (const auto& asked :
         {claim("郑志愿", born_1950, "13900000006"), claim("别人", born_1950, "13900000005"),
          claim("郑志愿", born_1950_x, "13900000005")}) {
        Answer refused = client.post("/claims", asked);
        EXPECT_EQ(refused.code(), "claim_not_proven") << asked;
    }
    Answer proven = client.post("/claims", claim("郑志愿", born_1950, "139 0000 0005"));
    ASSERT_EQ(proven.status(), 200) << proven.response.body;
    EXPECT_EQ(enter_by_slip(proven.text("code"), "204060").status(), 200);
    EXPECT_EQ(facts(RegistrationClaimed::kind).size(), 1u);
    // Nobody takes over an account that is in use.
    EXPECT_EQ(client.post("/claims", claim("郑志愿", born_1950, "13900000005")).code(),
              "claim_not_proven");
    EXPECT_EQ(enter_by_slip(proven.text("code"), "204060").status(), 200);
}

TEST_P(Joining, WhoeverHasNoDocumentJoinsAndClaimsByTheBirthDateWhereThePackLetsThem) {
    auto with = [](const std::string& name, const std::string& born, std::string more = "") {
        return R"({"name":")" + name + R"(","id_scheme":"none","id_number":"",)" +
               R"("phone":"07700 900123")" +
               (born.empty() ? "" : R"(,"birth_date":")" + born + "\"") + more + "}";
    };
    std::string more = R"(,"agreed":true,"area_id":)" + std::to_string(community.value);
    EXPECT_EQ(client.post("/volunteers", with("Rowan Ashby", "1980-02-29", more)).code(),
              "document_needed");
    auto abroad = rules::read_pack_folder("packs/international");
    ASSERT_TRUE(abroad.has_value());
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, *abroad, clock.now());
    }).value();
    EXPECT_EQ(client.post("/volunteers", with("Rowan Ashby", "", more)).code(), "invalid_input");
    Answer joined = client.post("/volunteers", with("Rowan Ashby", "1980-02-29", more));
    ASSERT_EQ(joined.status(), 200) << joined.response.body;
    EXPECT_EQ(client.post("/volunteers", with("rowan  ashby", "1980-02-29", more)).code(),
              "registered_already");
    // Name and birth date are answered as name and phone are, whichever was known.
    auto by_phone = client.post("/volunteers", with("rowan  ashby", "1980-03-01", more));
    EXPECT_EQ(by_phone.code(), "registered_already");
    std::string other_phone = with("rowan  ashby", "1980-02-29", more);
    other_phone.replace(other_phone.find("900123"), 6, "900456");
    auto by_birth_date = client.post("/volunteers", other_phone);
    EXPECT_EQ(by_birth_date.code(), "registered_already");
    EXPECT_EQ(by_birth_date.response.body, by_phone.response.body);
    EXPECT_EQ(facts(PersonRegistered::kind).size(), 1u);
    for (const auto& asked : {with("Rowan Ashby", "1980-03-01"), with("Rowan Ashby", ""),
                              with("Hazel Ashby", "1980-02-29")}) {
        EXPECT_EQ(client.post("/claims", asked).code(), "claim_not_proven") << asked;
    }
    EXPECT_EQ(client.post("/disputes", with("Rowan Ashby", "1980-02-29")).code(),
              "nothing_to_dispute");
    Answer claimed = client.post("/claims", with("Rowan Ashby", "1980-02-29"));
    ASSERT_EQ(claimed.status(), 200) << claimed.response.body;
    EXPECT_EQ(enter_by_slip(claimed.text("code"), "204060").status(), 200);
}

// Name, phone and birth date are known to many.
TEST_P(Joining, NobodyClaimsWithoutADocumentWhereThePackLetsNobodyJoinSo) {
    people::RegisterPerson input;
    input.name.value = "Rowan Ashby";
    input.area_id = community;
    input.volunteer = true;
    input.agreed = true;
    input.phone.emplace("13900000005");
    input.birth_date.emplace("1980-02-29");
    act([&](journal::Turn& turn) {
        return people::register_person(turn, command, {community, path_of(community)}, people,
                                       input);
    }).value();
    const std::string asked =
        R"({"name":"Rowan Ashby","id_scheme":"none","id_number":"","phone":"13900000005",)"
        R"("birth_date":"1980-02-29"})";
    EXPECT_EQ(client.post("/claims", asked).code(), "claim_not_proven");
    EXPECT_TRUE(facts(RegistrationClaimed::kind).empty());
    publish(hezhi::testing::changed_pack(pack(), "id_schemes.toml", R"([id_scheme.none]
says = { zh = "没有证件的，也可以注册。", en = "Whoever has no document joins as well." }
joining = true
)"));
    EXPECT_EQ(client.post("/claims", asked).status(), 200) << "nothing else was in the way";
}

TEST_P(Joining, DisputeRegistrationIsSettledByStaffWithinTheirArea) {
    join("错号人", born_1950, "13900000005");
    EXPECT_EQ(client.post("/disputes", claim("真号主", born_1950_x, "13900000006")).code(),
              "nothing_to_dispute");
    Answer noted = client.post("/disputes", claim("真号主", born_1950, "13900000006"));
    ASSERT_EQ(noted.status(), 200) << noted.response.body;
    EXPECT_EQ(client.post("/disputes", claim("又一人", born_1950, "13900000007")).text("number"),
              noted.text("number"))
        << "one open case a number";
    sign_in_as_staff("street_staff");
    Answer list = client.get("/disputes?state=open");
    ASSERT_EQ(list.status(), 200) << list.response.body;
    EXPECT_NE(list.response.body.find("139****0006"), std::string::npos);
    EXPECT_EQ(list.response.body.find("真号主"), std::string::npos);
    std::string path = "/disputes/" + noted.text("number") + "/settlement";
    Answer settled = client.post(path, R"({"outcome":"number_released"})");
    ASSERT_EQ(settled.status(), 200) << settled.response.body;
    EXPECT_EQ(settled.text("state"), "settled");
    EXPECT_EQ(client.post(path, R"({"outcome":"rejected"})").code(), "dispute_settled");
    // The number is free for whom it belongs to.
    join("真号主", born_1950, "13900000006");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

// An age that came from the number goes with it; one that was told stays.
TEST_P(Joining, AReleasedNumberTakesTheAgeAlongUnlessItWasTold) {
    open("周街道", "zhou", "street_staff", subdistrict);
    auto dispute = [&](const std::string& asked) {
        std::string id = client.post("/disputes", asked).text("number");
        enter("zhou");
        Answer settled =
            client.post("/disputes/" + id + "/settlement", R"({"outcome":"number_released"})");
        EXPECT_EQ(settled.status(), 200) << settled.response.body;
        client.cookie.clear();
        return facts(DisputeSettled::kind).back();
    };
    join("错号人", born_1950, "13900000005");
    EXPECT_FALSE(dispute(claim("真号主", born_1950, "13900000006")).as<DisputeSettled>().age_years);
    auto abroad = rules::read_pack_folder("packs/international");
    ASSERT_TRUE(abroad.has_value());
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, *abroad, clock.now());
    }).value();
    std::string passport = form("Rowan Ashby", "X1234567", "07700900123");
    passport.insert(passport.size() - 1, R"(,"birth_date":"1980-02-29")");
    ASSERT_EQ(client.post("/volunteers", passport).status(), 200);
    PersonId rowan(facts(PersonRegistered::kind).back().subject("person"));
    Fact settled = dispute(claim("Hazel Marlow", "X1234567", "07700900124"));
    std::int32_t age = people::age_on_day(*parse_day("1980-02-29"), day_of(clock.now()));
    EXPECT_EQ(settled.as<DisputeSettled>().age_years, age);
    (void)act([&](journal::Turn& turn) -> Result<std::int64_t> {
        EXPECT_EQ(turn.load<people::PersonFigure>(rowan)->age_years, age);
        return refuse(hezhi::refusals::not_found);  // nothing is written
    });
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Joining, SettleDisputeIsNotFoundOutsideTheArea) {
    join();
    std::string id = client.post("/disputes", claim("甲", born_1950, "13900000006")).text("number");
    open("外区", "outside", "street_staff", add_area({}, "district", "外区"));
    enter("outside");
    EXPECT_EQ(client.post("/disputes/" + id + "/settlement", R"({"outcome":"rejected"})").status(),
              404);
    EXPECT_EQ(client.get("/disputes").response.body.find("contact"), std::string::npos);
}

TEST_P(Joining, TriesAreLimitedByAddress) {
    int refused = 0;
    for (int i = 0; i < 40; ++i) {
        auto answer = client.post("/claims", claim("甲", born_1950, "13900000006"));
        refused += answer.status() == 429;
    }
    EXPECT_EQ(refused, 40 - sign_in_attempts.burst);
    clock.advance(std::chrono::minutes(2));
    EXPECT_EQ(client.post("/claims", claim("甲", born_1950, "13900000006")).status(), 409);
}

TEST_P(Joining, LeaveServiceAndRejoinServiceKeepTheHistory) {
    enter_by_slip(join(), "204060");
    EXPECT_EQ(client.get("/volunteers/mine").text("actions"), R"(["leave_service"])");
    EXPECT_EQ(client.post("/volunteers/mine/return", R"({"agreed":true})").code(),
              "serving_already");
    Answer left = client.post("/volunteers/mine/departure");
    ASSERT_EQ(left.status(), 200) << left.response.body;
    EXPECT_EQ(left.text("volunteer"), "false");
    EXPECT_EQ(client.post("/volunteers/mine/departure").code(), "not_serving");
    EXPECT_EQ(client.post("/volunteers/mine/return", "{\"agreed\":false}").code(),
              "agreement_missing");
    EXPECT_EQ(client.post("/volunteers/mine/return", R"({"agreed":true})").text("volunteer"),
              "true");
    EXPECT_EQ(facts(AgreementSigned::kind).size(), 2u);
    EXPECT_EQ(facts(PersonRegistered::kind).size(), 1u) << "the same person came back";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Joining, ErasePersonEmptiesTheRegisterAndEndsTheAccount) {
    std::string code = join("陶某某", born_1950, "13900000005");
    enter_by_slip(code, "204060");
    std::string id = of_person(PersonRegistered::kind);
    sign_in_as_staff("community_worker");
    EXPECT_EQ(client.post("/people/" + id + "/erasure", R"({"reason":"本人要求"})").status(), 403);
    sign_in_as_staff("street_staff");
    Answer erased = client.post("/people/" + id + "/erasure", R"({"reason":"本人要求"})");
    ASSERT_EQ(erased.status(), 200) << erased.response.body;
    EXPECT_EQ(client.post("/people/" + id + "/erasure", R"({"reason":"再次"})").code(),
              "person_erased");
    Answer shown = client.get("/people/" + id);
    EXPECT_EQ(shown.text("phone_masked") + shown.text("id_masked"), "");
    EXPECT_EQ(shown.text("actions"), "[]");
    EXPECT_EQ(client.get("/people?q=13900000005").response.body.find("\"id\""), std::string::npos);
    EXPECT_EQ(enter_by_slip(code, "204060").status(), 401);
    join("陶某某", born_1950, "13900000005");  // may come back as somebody new
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::accounts
