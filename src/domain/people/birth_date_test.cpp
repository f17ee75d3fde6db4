// The birth date that somebody told: who sees it, who puts it right, and what goes with the entry.
#include "facts/grade_facts.h"
#include "facts/secrecy_facts.h"
#include "support/sign_in_fixture.h"

namespace hezhi::people {
namespace {

using hezhi::testing::Answer;
using hezhi::testing::code_of;

class BirthDates : public accounts::SigningIn {
  protected:
    // Somebody without a document who is 46 in the morning of the tests.
    PersonId told(const char* born = "1980-02-29", std::string_view number = {}) {
        RegisterPerson input;
        input.name.value = "Li Ming";
        input.area_id = community;
        input.volunteer = true;
        input.agreed = true;
        input.birth_date.emplace(born);
        if (!number.empty()) input.id_number.emplace(std::string(number));
        return PersonId(act([&](journal::Turn& turn) {
                            return register_person(turn, command, {community, path_of(community)},
                                                   people, input);
                        }).value());
    }
    api::Caller self(PersonId id) {
        api::Caller made;
        made.account = AccountId(901);
        made.person = id;
        made.held = {{"birth_date.correct", api::Scope::own, ""}};
        return made;
    }
    api::Caller staff(PersonId id = {}) {
        api::Caller made;
        made.account = AccountId(902);
        made.person = id;
        for (auto permission : {"person.read", "birth_date.correct"}) {
            made.held.push_back({permission, api::Scope::area, path_of(subdistrict)});
        }
        return made;
    }
    Result<std::int64_t> correct(const api::Caller& who, PersonId id, const char* day) {
        return act([&](journal::Turn& turn) {
            return correct_birth_date(turn, who, people, id,
                                      {Text<1, 10>(day), Text<0, 200>("看过出生证明")});
        });
    }
    Answer page(PersonId id) {
        return client.get("/people/" + std::to_string(id.value) + "/birth-date");
    }
};
HEZHI_ON_BOTH_ENGINES(BirthDates);

// 60 opens the time bank, 60 and 80 its grants: base pack.
TEST_P(BirthDates, OnesOwnCrossesNoAgeThatThePackNames) {
    PersonId id = told();
    for (const char* old : {"1966-03-05", "1946-03-05", "1940-01-01"}) {
        EXPECT_EQ(code_of(correct(self(id), id, old)), refusals::birth_date_by_staff.code) << old;
    }
    EXPECT_TRUE(facts(BirthDateCorrected::kind).empty());
    ASSERT_TRUE(correct(self(id), id, "1966-03-06").has_value()) << "60 only tomorrow";
    EXPECT_EQ(facts(BirthDateCorrected::kind).back().as<BirthDateCorrected>().age_years, 59);
    ASSERT_TRUE(correct(staff(), id, "1946-03-05").has_value());
    EXPECT_EQ(code_of(correct(self(id), id, "1980-02-29")), refusals::birth_date_by_staff.code)
        << "nor back";
    ASSERT_TRUE(correct(self(id), id, "1945-03-05").has_value()) << "80 before and after";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(BirthDates, OfWhoseAgeNothingIsKnownIsNotMadeOldByOneself) {
    PersonId wu = volunteer();
    EXPECT_EQ(code_of(correct(self(wu), wu, "1950-01-01")), refusals::birth_date_by_staff.code);
    EXPECT_TRUE(correct(self(wu), wu, "1980-02-29").has_value());
}

TEST_P(BirthDates, StaffDoNotCorrectTheirOwn) {
    PersonId id = told();
    EXPECT_EQ(code_of(correct(staff(id), id, "1981-03-01")), refusals::birth_date_by_staff.code);
    api::Caller both = staff(id);
    both.held.push_back({"birth_date.correct", api::Scope::own, ""});
    EXPECT_EQ(code_of(correct(both, id, "1950-01-01")), refusals::birth_date_by_staff.code);
    EXPECT_TRUE(facts(BirthDateCorrected::kind).empty());
    EXPECT_TRUE(correct(staff(told("1970-01-01")), id, "1950-01-01").has_value());
}

TEST_P(BirthDates, AreShownWholeToOneselfAsAYearToTheStaffAndNotOutside) {
    PersonId id = told();
    enter_by_slip(slip_for(id), "204060");
    EXPECT_EQ(page(id).text("birth_date"), "1980-02-29");
    EXPECT_EQ(page(id).text("from_document"), "false");
    EXPECT_EQ(page(id).text("actions"), R"(["correct_birth_date"])");
    EXPECT_EQ(page(told("1970-01-01")).status(), 404) << "another's";

    open("周社区", "zhou", "community_worker", community);
    enter("zhou");
    Answer shown = page(id);
    ASSERT_EQ(shown.status(), 200) << shown.response.body;
    EXPECT_EQ(shown.text("birth_date"), "1980-**-**");
    EXPECT_EQ(shown.text("actions"), R"(["correct_birth_date"])");
    EXPECT_EQ(page(PersonId(id.value + 100000)).status(), 404);

    open("外社区", "outside", "community_worker", other_subdistrict);
    enter("outside");
    EXPECT_EQ(page(id).status(), 404);
    open("李安全", "li", "security_administrator");
    enter("li");
    EXPECT_EQ(page(id).status(), 403);
}

TEST_P(BirthDates, AreHiddenByASecretAddressAndNotCorrectedAgainstADocument) {
    PersonId id = told();
    AccountId keeper = open("李社工", "li", "social_worker", subdistrict);
    open("周社区", "zhou", "community_worker", community);
    act([&](journal::Turn& turn) {
        return turn.append(draft(AddressSealed{keeper}, command, {community, path_of(community)},
                                 {{"person", id.value}}, turn.now()));
    }).value();
    enter("zhou");
    Answer hidden = page(id);
    ASSERT_EQ(hidden.status(), 200) << hidden.response.body;
    EXPECT_EQ(hidden.text("birth_date"), "");
    EXPECT_EQ(hidden.response.body.find("1980"), std::string::npos);
    enter("li");
    EXPECT_EQ(page(id).text("birth_date"), "1980-**-**") << "the keeper";
    enter_by_slip(slip_for(id), "204060");
    EXPECT_EQ(page(id).text("birth_date"), "1980-02-29") << "one's own";

    PersonId documented = told("1980-02-29", "990000195001010019");  // nobody's number
    enter("zhou");
    EXPECT_EQ(page(documented).text("from_document"), "true");
    EXPECT_EQ(page(documented).text("birth_date"), "");
    EXPECT_EQ(page(documented).text("actions"), "[]");
}

// Why a date was corrected and what illness excused stand under the facts, not under the person.
TEST_P(BirthDates, AndTheReasonsOfCorrectionsAndExcusesAreErasedWithTheEntry) {
    PersonId gone = told(), stays = told("1970-01-01");
    auto excuse = [&](PersonId id) {
        return act([&](journal::Turn& turn) {
                   people.write_text(turn.db(), turn.next_position(), "service_excuse", "住院");
                   return turn.append(draft(ServiceExcused{}, command,
                                            {community, path_of(community)},
                                            {{"order", 7}, {"person", id.value}}, turn.now()));
               })
            .value();
    };
    std::int64_t excused = excuse(gone), other = excuse(stays);
    correct(staff(), gone, "1981-03-01").value();
    std::int64_t corrected = facts(BirthDateCorrected::kind).back().position;
    correct(staff(), stays, "1971-03-01").value();
    std::int64_t kept = facts(BirthDateCorrected::kind).back().position;
    EXPECT_EQ(people.read_text(*ledger->read(), corrected, text_reason), "看过出生证明");
    api::Caller eraser = staff();
    eraser.held.push_back({"person.erase", api::Scope::area, path_of(subdistrict)});
    std::int64_t erased = act([&](journal::Turn& turn) {
                              return erase_person(turn, eraser, people, gone, "本人要求");
                          }).value();
    auto db = ledger->read();
    EXPECT_FALSE(people.read_text(*db, gone.value, text_birth_date));
    EXPECT_FALSE(people.read_text(*db, corrected, text_reason));
    EXPECT_FALSE(people.read_text(*db, excused, "service_excuse"));
    EXPECT_EQ(people.read_text(*db, kept, text_reason), "看过出生证明") << "somebody else's";
    EXPECT_EQ(people.read_text(*db, other, "service_excuse"), "住院");
    EXPECT_EQ(people.read_text(*db, erased, text_reason), "本人要求") << "why it was erased";
}

}  // namespace
}  // namespace hezhi::people
