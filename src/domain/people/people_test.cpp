// The register and the actions on people, on both engines.
#include "domain/people/people.h"
#include "domain/people/phone_numbers.h"

#include "domain/people/search_people.h"
#include "support/ledger_fixture.h"

namespace hezhi::people {
namespace {

using hezhi::testing::code_of;

class People : public hezhi::testing::LedgerFixture {
  protected:
    People()
        : LedgerFixture({&journal::figure<areas::AreaFigure>(), &journal::figure<PersonFigure>(),
                         &journal::figure<ReadingFigure>()}),
          people(suite, random) {
        publish_base_pack();
        add_areas();
        worker = caller_at(subdistrict);
    }

    std::shared_ptr<api::Caller> caller_at(AreaId area) {
        auto caller = std::make_shared<api::Caller>();
        caller->account = AccountId(900);
        for (auto permission : {"person.register", "person.read", "person.disclose"}) {
            caller->held.push_back({permission, api::Scope::area, path_of(area)});
        }
        return caller;
    }

    RegisterPerson input(std::string_view name, std::string_view phone = {}) {
        RegisterPerson made;
        made.name.value = name;
        if (!phone.empty()) made.phone.emplace(std::string(phone));
        made.area_id = community;
        return made;
    }

    Result<std::int64_t> add(const RegisterPerson& made) {
        return act(
            [&](journal::Turn& turn) { return register_person(turn, *worker, people, made); });
    }

    template <class Use>
    auto reading_as(const api::Caller& caller, Use use) {
        auto db = ledger->read();
        std::vector<std::string> captures;
        return use(
            api::Reading{*db, caller, ledger->tables(), ledger->packs(), clock.now(), captures});
    }

    std::vector<std::string> found(const api::Caller& caller, std::string_view query) {
        return reading_as(caller, [&](const api::Reading& reading) {
            std::vector<std::string> names;
            for (const auto& person : search_people(reading, people, query, 50)) {
                names.push_back(people.name(reading.db, person.id));
            }
            return names;
        });
    }

    // Every byte of the register's two tables, one after the other.
    std::string bytes_at_rest() {
        static constexpr store::Query people_query{
            "test.people",
            "SELECT name, phone, id_scheme, id_number, phone_index, id_index, birth_index "
            "FROM people_register ORDER BY id"};
        static constexpr store::Query text_query{"test.texts", "SELECT sealed FROM register_texts"};
        std::string all;
        auto take = [&](const store::Row& row) {
            for (int i = 0; i < row.columns(); ++i) {
                store::Value value = row.value(i);
                if (auto* bytes = std::get_if<store::Bytes>(&value)) {
                    all.append(bytes->begin(), bytes->end());
                } else if (auto* text = std::get_if<std::string>(&value)) {
                    all += *text;
                }
            }
        };
        auto db = ledger->read();
        db->each(people_query, {}, take);
        db->each(text_query, {}, take);
        return all;
    }

    Register people;
    std::shared_ptr<api::Caller> worker;
};

HEZHI_ON_BOTH_ENGINES(People);

// Nobody's number: there is no area 999999. The check digit fits.
constexpr std::string_view some_id = "999999199003070039";

TEST_P(People, AreSealedAtRest) {
    auto made = input("王小明", "13900000000");
    made.id_number.emplace(std::string(some_id));
    auto id = add(made);
    ASSERT_TRUE(id.has_value()) << id.error().row->code;
    ASSERT_TRUE(act([&](journal::Turn& turn) {
                    return read_person(turn, *worker, people, PersonId(*id), "核对身份");
                }).has_value());
    std::string bytes = bytes_at_rest();
    for (auto clear : {"王小明", "小明", "13900000000", "0000000", "999999199003070039",
                       "resident_id", "核对身份"}) {
        EXPECT_EQ(bytes.find(clear), std::string::npos) << clear;
    }
    auto db = ledger->read();
    Clear clear = people.clear(*db, PersonId(*id));
    EXPECT_EQ(clear.name, "王小明");
    EXPECT_EQ(clear.phone, "13900000000");
    EXPECT_EQ(clear.id_scheme, "resident_id");
    EXPECT_EQ(clear.id_number, some_id);
}

TEST_P(People, AreFoundByPhoneHoweverItIsWritten) {
    auto id = add(input("王小明", "139 0000 0000"));
    ASSERT_TRUE(id.has_value());
    auto db = ledger->read();
    auto by_phone = [&](std::string_view typed) {
        auto phone = normalise_phone(typed, ledger->packs()->in_force(clock.now())->pack->phones);
        return phone ? people.find_by_phone(*db, *phone) : PersonId();
    };
    EXPECT_EQ(by_phone("+86 139-0000-0000"), PersonId(*id));
    EXPECT_EQ(by_phone("１３９００００００００"), PersonId(*id));
    EXPECT_EQ(by_phone("13900000001"), PersonId());
    EXPECT_EQ(by_phone("no number"), PersonId());
}

TEST_P(People, WhoShareAPhoneAreNotTakenForOneAnother) {
    ASSERT_TRUE(add(input("王小明", "13900000000")).has_value());
    ASSERT_TRUE(add(input("李小红", "13900000000")).has_value());
    auto db = ledger->read();
    EXPECT_EQ(people.find_by_phone(*db, "13900000000"), PersonId());
    EXPECT_EQ(people.with_phone(*db, "13900000000").size(), 2u);
}

TEST_P(People, WithRareCharactersKeepTheirNames) {
    for (std::string name : {"𬱖𬭎", "㐂田", "阿卜杜·买买提", "欧阳修"}) {
        auto id = add(input(name));
        ASSERT_TRUE(id.has_value()) << name;
        auto db = ledger->read();
        EXPECT_EQ(people.name(*db, PersonId(*id)), name);
        EXPECT_EQ(found(*worker, name.substr(0, name.size() - 3)), std::vector{name});
    }
    auto db = ledger->read();
    auto last = facts(PersonRegistered::kind);
    EXPECT_EQ(people.masked_name(*db, PersonId(last[0].position)), "𬱖*");
    EXPECT_EQ(people.masked_name(*db, PersonId(last[1].position)), "㐂*");
    EXPECT_EQ(people.masked_name(*db, PersonId(last[2].position)), "阿**·买**");
    EXPECT_EQ(people.brief_name(*db, PersonId(last[3].position)), "欧阳*");
}

TEST_P(People, AreRegisteredWithWhatTheyMayBeTrustedWith) {
    auto made = input("王小明");
    made.id_number.emplace(std::string(some_id));
    made.volunteer = true;
    made.agreed = true;
    made.social_worker = true;
    auto id = add(made);
    ASSERT_TRUE(id.has_value());
    EXPECT_EQ(facts("volunteer.registered").size(), 1u);
    EXPECT_TRUE(facts("certification.granted").empty()) << "V0 follows from the registration";
    EXPECT_EQ(facts("credential.registered").at(0).as<CredentialRegistered>().credential,
              "social_worker");
    // Born on 7 March 1990; two days are missing to the 36th birthday.
    EXPECT_EQ(facts(PersonRegistered::kind).at(0).as<PersonRegistered>().age_years, 35);
    Person shown = reading_as(*worker, [&](const api::Reading& reading) {
        return PersonPages{people, *tree}.one(reading, PersonId(*id)).value();
    });
    EXPECT_EQ(shown.name, "王**");
    EXPECT_EQ(shown.id_masked, "999***********0039");
    EXPECT_EQ(shown.roles, (std::vector<std::string>{"volunteer", "social_worker"}));
    EXPECT_EQ(shown.certification, "V0");
    EXPECT_EQ(shown.area_name, "顾家岛社区居委会");
    EXPECT_TRUE(differences().empty());
}

// People were registered as volunteers without knowing it; here the desk asks for their own yes.
TEST_P(People, AreNoVolunteersBeforeTheyAgreedAtTheDesk) {
    auto made = input("王小明");
    made.volunteer = true;
    EXPECT_EQ(code_of(add(made)), refusals::agreement_missing.code);
    EXPECT_TRUE(facts(PersonRegistered::kind).empty()) << "a refusal has written nothing";
    made.agreed = true;
    PersonId id(add(made).value());
    auto signed_facts = facts(AgreementSigned::kind);
    ASSERT_EQ(signed_facts.size(), 1u);
    EXPECT_EQ(signed_facts.at(0).subject("person"), id.value);
    EXPECT_EQ(signed_facts.at(0).actor.permission, "person.register") << "before the desk";
    EXPECT_FALSE(signed_facts.at(0).as<AgreementSigned>().pack.empty());
    auto resident = input("李秀兰");
    resident.agreed = true;  // to nothing
    add(resident).value();
    EXPECT_EQ(facts(AgreementSigned::kind).size(), 1u);
    EXPECT_TRUE(differences().empty());
}

TEST_P(People, TellTheirBirthDateWhereTheDocumentDoesNot) {
    auto made = input("Li Ming");
    made.id_scheme.emplace("passport");
    made.id_number.emplace("AB0000000");
    for (const char* wrong : {"1980-02-30", "2999-01-01", "1850-01-01", "1980"}) {
        made.birth_date.emplace(wrong);
        EXPECT_EQ(code_of(add(made)), "invalid_input") << wrong;
    }
    made.birth_date.emplace("1980-02-29");
    PersonId id(add(made).value());
    auto age = [&] {
        return reading_as(
            *worker, [&](const api::Reading& reading) { return age_today(reading, people, id); });
    };
    std::int32_t now = age().value();
    EXPECT_EQ(facts("person.registered").back().as<PersonRegistered>().age_years, now);
    EXPECT_EQ(facts("person.registered").back().payload.find("1980"), std::string::npos);
    EXPECT_EQ(bytes_at_rest().find("1980-02-29"), std::string::npos) << "sealed";
    clock.advance(std::chrono::days(366));
    EXPECT_EQ(age(), now + 1);
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        people.erase_person(turn.db(), id);
        return 1;
    }).value();
    EXPECT_FALSE(people.read_text(*ledger->read(), id.value, text_birth_date).has_value());
}

TEST_P(People, CorrectTheBirthDateThatTheyToldAndTheStaffWithAReason) {
    auto made = input("Li Ming", "13900000000");
    made.birth_date.emplace("1980-02-29");
    PersonId id(add(made).value());
    api::Caller self;
    self.account = AccountId(901);
    self.person = id;
    self.held = {{"birth_date.correct", api::Scope::own, ""}};
    auto staff = *caller_at(subdistrict);
    staff.held.push_back({"birth_date.correct", api::Scope::area, path_of(subdistrict)});
    auto correct = [&](const api::Caller& who, const char* day, const char* reason) {
        CorrectBirthDate corrected{Text<1, 10>(day), {}};
        if (*reason) corrected.reason.emplace(reason);
        return act([&](journal::Turn& turn) {
            return correct_birth_date(turn, who, people, id, corrected);
        });
    };
    auto told = [&] { return people.read_text(*ledger->read(), id.value, text_birth_date); };
    EXPECT_EQ(code_of(correct(self, "1981-02-29", "")), "invalid_input");
    // Somebody else looks at it where a minor is concerned.
    EXPECT_EQ(code_of(correct(self, "2015-03-01", "")), refusals::birth_date_by_staff.code);
    EXPECT_EQ(told(), "1980-02-29");
    ASSERT_TRUE(correct(self, "1981-03-01", "").has_value());
    EXPECT_EQ(told(), "1981-03-01");
    auto corrected = facts(BirthDateCorrected::kind);
    ASSERT_EQ(corrected.size(), 1u);
    EXPECT_EQ(corrected.at(0).as<BirthDateCorrected>().age_years,
              age_on_day(*parse_day("1981-03-01"), day_of(clock.now())));
    EXPECT_EQ(corrected.at(0).payload.find("1981"), std::string::npos);

    EXPECT_EQ(code_of(correct(staff, "2015-03-01", "")), "invalid_input") << "without a reason";
    EXPECT_EQ(code_of(correct(*worker, "2015-03-01", "证件")), "not_permitted");
    EXPECT_EQ(code_of(correct(*caller_at(other_subdistrict), "2015-03-01", "证件")), "not_found");
    ASSERT_TRUE(correct(staff, "2015-03-01", "看过出生证明").has_value());
    auto latest = facts(BirthDateCorrected::kind).back();
    EXPECT_EQ(people.read_text(*ledger->read(), latest.position, text_reason), "看过出生证明");
    std::int32_t young = age_on_day(*parse_day("2015-03-01"), day_of(clock.now()));
    EXPECT_EQ(latest.as<BirthDateCorrected>().age_years, young);
    (void)act([&](journal::Turn& turn) -> Result<std::int64_t> {
        EXPECT_EQ(turn.load<PersonFigure>(id)->age_years, young);
        return refuse(hezhi::refusals::not_found);  // nothing is written
    });
    EXPECT_TRUE(differences().empty());
}

TEST_P(People, DoNotCorrectTheBirthDateThatTheDocumentTells) {
    auto made = input("王小明");
    made.id_number.emplace(std::string(some_id));
    PersonId id(add(made).value());
    auto staff = *caller_at(subdistrict);
    staff.held.push_back({"birth_date.correct", api::Scope::area, path_of(subdistrict)});
    EXPECT_EQ(code_of(act([&](journal::Turn& turn) {
                  return correct_birth_date(turn, staff, people, id,
                                            {Text<1, 10>("1980-02-29"), Text<0, 200>("笔误")});
              })),
              refusals::birth_date_from_document.code);
    EXPECT_TRUE(facts(BirthDateCorrected::kind).empty());
}

TEST_P(People, WithoutADocumentAreNotRegisteredTwiceUnderANameAndBirthDate) {
    auto born = [&](std::string_view name, std::string_view phone, const char* day, AreaId area) {
        auto made = input(name, phone);
        made.birth_date.emplace(day);
        made.area_id = area;
        return add(made);
    };
    ASSERT_TRUE(born("Li Ming", "13900000000", "1980-02-29", community).has_value());
    EXPECT_EQ(code_of(born("li  ming", "13900000001", "1980-02-29", community)),
              refusals::birth_date_already_registered.code);
    EXPECT_TRUE(born("Li Ming", "13900000001", "1980-03-01", community).has_value());
    EXPECT_TRUE(born("Li Ming", "13900000002", "1980-02-29", other_community).has_value());
    auto documented = input("Li Ming", "13900000003");
    documented.id_scheme.emplace("passport");
    documented.id_number.emplace("AB0000000");
    documented.birth_date.emplace("1980-02-29");
    EXPECT_TRUE(add(documented).has_value()) << "the document tells them apart";
}

// The figures are written when an action ends; a list registers many in one.
TEST_P(People, AreNotRegisteredTwiceByOneAction) {
    auto born = [&](std::string_view name, std::string_view phone) {
        auto made = input(name, phone);
        made.birth_date.emplace("1980-02-29");
        return made;
    };
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        auto first = register_person(turn, *worker, people, born("Li Ming", "13900000000"));
        EXPECT_EQ(code_of(register_person(turn, *worker, people, born("LiMing", "13900000001"))),
                  refusals::birth_date_already_registered.code);
        return first;
    }).value();
    EXPECT_EQ(facts(PersonRegistered::kind).size(), 1u);
    EXPECT_TRUE(differences().empty());
}

TEST_P(People, AreFoundByTheBirthDateThatHoldsAndNotAfterErasure) {
    auto made = input("Li Ming");
    made.birth_date.emplace("1980-02-29");
    PersonId id(add(made).value());
    auto holder = [&](const char* day) {
        return people.with_birth_date(*ledger->read(), "li ming", *parse_day(day),
                                      path_of(subdistrict));
    };
    EXPECT_EQ(holder("1980-02-29"), std::vector{id});
    EXPECT_TRUE(people
                    .with_birth_date(*ledger->read(), "li ming", *parse_day("1980-02-29"),
                                     path_of(other_subdistrict))
                    .empty());
    auto staff = *caller_at(subdistrict);
    staff.held.push_back({"birth_date.correct", api::Scope::area, path_of(subdistrict)});
    act([&](journal::Turn& turn) {
        return correct_birth_date(turn, staff, people, id,
                                  {Text<1, 10>("1981-03-01"), Text<0, 200>("笔误")});
    }).value();
    EXPECT_TRUE(holder("1980-02-29").empty());
    EXPECT_EQ(holder("1981-03-01"), std::vector{id});
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        people.erase_person(turn.db(), id);
        return 1;
    }).value();
    EXPECT_TRUE(holder("1981-03-01").empty());
}

TEST_P(People, AreNotRegisteredTwice) {
    auto made = input("王小明", "13900000000");
    made.id_number.emplace(std::string(some_id));
    ASSERT_TRUE(add(made).has_value());
    auto same_id = input("王小明", "13900000001");
    same_id.id_number.emplace("999999 19900307 0039");
    EXPECT_EQ(code_of(add(same_id)), refusals::id_already_used.code);
    EXPECT_EQ(code_of(add(input("王小明", "13900000000"))),
              refusals::person_already_registered.code);
    EXPECT_EQ(facts(PersonRegistered::kind).size(), 1u);
}

struct Wrong {
    std::string field, phone, scheme, number, code;
};

TEST_P(People, WhatIsWrongWithTheFormIsSaidByField) {
    std::vector<Wrong> rows{
        {"/phone", "12345", "", "", "phone_malformed"},
        {"/id_number", "", "", "999999199003070030", "id_number_check_digit_wrong"},
        {"/id_number", "", "passport", "", "id_number_malformed"},
        {"/id_scheme", "", "library_card", "7", "id_scheme_unknown"},
    };
    for (const auto& row : rows) {
        auto made = input("王小明", row.phone);
        if (!row.scheme.empty()) made.id_scheme.emplace(row.scheme);
        if (!row.number.empty()) made.id_number.emplace(row.number);
        auto refused = add(made);
        ASSERT_FALSE(refused.has_value()) << row.code;
        EXPECT_EQ(refused.error().row->code, row.code);
        ASSERT_EQ(refused.error().fields.size(), 1u);
        EXPECT_EQ(refused.error().fields[0].field, row.field);
    }
    auto elsewhere = input("王小明");
    elsewhere.area_id = other_subdistrict;
    EXPECT_EQ(code_of(add(elsewhere)), areas::refusals::area_unknown.code);
    EXPECT_TRUE(facts(PersonRegistered::kind).empty());
}

TEST_P(People, OutsideOnesScopeDoNotExist) {
    auto id = add(input("王小明", "13900000000"));
    ASSERT_TRUE(id.has_value());
    auto stranger = caller_at(other_subdistrict);
    PersonPages pages{people, *tree};
    auto shown = reading_as(
        *stranger, [&](const api::Reading& reading) { return pages.one(reading, PersonId(*id)); });
    EXPECT_EQ(code_of(shown), hezhi::refusals::not_found.code);
    EXPECT_EQ(found(*stranger, "王"), std::vector<std::string>{});
    EXPECT_EQ(found(*stranger, "13900000000"), std::vector<std::string>{});
    EXPECT_EQ(found(*worker, "13900000000"), std::vector<std::string>{"王小明"});
    auto read = act([&](journal::Turn& turn) {
        return read_person(turn, *stranger, people, PersonId(*id), "好奇");
    });
    EXPECT_EQ(code_of(read), hezhi::refusals::not_found.code);
    EXPECT_TRUE(facts(PersonRead::kind).empty());
}

TEST_P(People, AreFoundByDocumentNumberAndByPartOfTheName) {
    auto made = input("王小明");
    made.id_number.emplace(std::string(some_id));
    ASSERT_TRUE(add(made).has_value());
    ASSERT_TRUE(add(input("李小明")).has_value());
    EXPECT_EQ(found(*worker, "999999 1990 0307 0039"), std::vector<std::string>{"王小明"});
    EXPECT_EQ(found(*worker, "小明"), (std::vector<std::string>{"李小明", "王小明"}));
    EXPECT_EQ(found(*worker, "张"), std::vector<std::string>{});
}

TEST_P(People, ReadInClearLeaveAFactWithASealedReason) {
    auto id = add(input("王小明", "13900000000"));
    ASSERT_TRUE(id.has_value());
    auto position = act([&](journal::Turn& turn) {
        return read_person(turn, *worker, people, PersonId(*id), "家属走失，核对电话");
    });
    ASSERT_TRUE(position.has_value());
    auto read = facts(PersonRead::kind);
    ASSERT_EQ(read.size(), 1u);
    EXPECT_EQ(read[0].position, *position);
    EXPECT_EQ(read[0].subject("person"), *id);
    EXPECT_EQ(read[0].actor.account, worker->account);
    EXPECT_EQ(read[0].actor.permission, "person.disclose");
    EXPECT_EQ(canonical_bytes(read[0]).find("核对"), std::string::npos);
    auto db = ledger->read();
    EXPECT_EQ(people.read_text(*db, *position, text_reason), "家属走失，核对电话");
    auto table = &ledger->tables().of(journal::figure<ReadingFigure>());
    auto state = std::static_pointer_cast<ReadingState>(table->load(*db, *position));
    ASSERT_NE(state, nullptr);
    EXPECT_EQ(state->person, PersonId(*id));
    EXPECT_EQ(state->area_path, path_of(community));
    EXPECT_TRUE(differences().empty());
}

TEST_P(People, TextsAreReplacedAndNeverStoredEmpty) {
    auto wrote = act([&](journal::Turn& turn) -> Result<std::int64_t> {
        people.write_text(turn.db(), 7, "note", "第一");
        people.write_text(turn.db(), 7, "note", "第二");
        people.write_text(turn.db(), 8, "note", "");
        return 7;
    });
    ASSERT_TRUE(wrote.has_value());
    auto db = ledger->read();
    EXPECT_EQ(people.read_text(*db, 7, "note"), "第二");
    EXPECT_EQ(people.read_text(*db, 8, "note"), std::nullopt);
}

TEST_P(People, ATextMovedToAnotherRecordDoesNotOpen) {
    ASSERT_TRUE(act([&](journal::Turn& turn) -> Result<std::int64_t> {
                    people.write_text(turn.db(), 7, "note", "别人的事");
                    turn.db().write({"test.move", "UPDATE register_texts SET owner = 8"});
                    return 7;
                }).has_value());
    auto db = ledger->read();
    EXPECT_THROW(people.read_text(*db, 8, "note"), BrokenInvariant);
}

}  // namespace
}  // namespace hezhi::people
