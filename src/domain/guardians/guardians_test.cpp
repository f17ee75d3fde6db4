// Minors: nothing holds before the guardian's yes, and everything ends with the withdrawal; on both
// engines.
#include "domain/guardians/guardians.h"

#include "domain/people/id_schemes.h"
#include "support/world.h"

namespace hezhi::guardians {
namespace {

using people::ConsentStep;
using std::chrono::hours;
using std::chrono::minutes;

class Guardians : public hezhi::testing::World {
  protected:
    Guardians() : guardian_desk{people, *tree, suite, "https://example.org"} {}

    static std::string born(std::string_view day, int number = 101) {
        std::string digits = "999999" + std::string(day) + std::to_string(number);
        return digits + people::mod11_2_check_character(digits);
    }
    Result<std::int64_t> joins(std::string_view name, const std::string& id_number) {
        people::RegisterVolunteer input;
        input.name.value = name;
        input.id_number.value = id_number;
        input.phone.value = "13900000077";
        input.area_id = community;
        input.agreed = true;
        return act(
            [&](journal::Turn& turn) { return people::register_volunteer(turn, people, input); });
    }
    // A child of 13, or born on another day.
    PersonId child(std::string_view day = "20120601", std::string_view name = "陈小禾") {
        return PersonId(joins(name, born(day)).value());
    }
    std::int64_t link_of(PersonId id) { return consent(id).asked_by; }
    people::ConsentState consent(PersonId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<people::ConsentFigure>(id).value();
        });
    }
    people::PersonState person(PersonId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<people::PersonFigure>(id).value();
        });
    }
    Result<std::int64_t> consents(PersonId id, GiveConsent input = {.sensitive = true}) {
        return act([&](journal::Turn& turn) {
            return give_consent(turn, guardian_desk, link_of(id), input);
        });
    }
    Result<std::int64_t> withdraws(PersonId id) {
        return act([&](journal::Turn& turn) { return withdraw_consent(turn, link_of(id)); });
    }
    GuardianPage page(PersonId id) {
        return reading_as(*api::link_caller(), [&](const api::Reading& reading) {
            return guardian_page(reading, guardian_desk, link_of(id)).value();
        });
    }
    hezhi::testing::Volunteer as_volunteer(PersonId id) {
        act([&](journal::Turn& turn) {
            return accounts::issue_slip_by_command(turn, accounts_desk, id, "no hash");
        }).value();
        auto account = facts(SignInSlipIssued::kind).back().as<SignInSlipIssued>().account;
        auto db = ledger->read();
        return {id, accounts::load_caller(*db, ledger->tables(), account)};
    }
    // Tomorrow from nine to eleven; 海滩清洁 lets minors come with an adult.
    ShiftId shift(int capacity = 5, std::string_view category = "environment_clean_up") {
        activities::PublishActivity input;
        input.area_id = subdistrict;
        input.category.value = category;
        input.title.value = "海滩清洁";
        input.place.value = "金沙滩东入口";
        input.risk.value = "礁石湿滑";
        input.shifts = {{tomorrow_at(9), tomorrow_at(11), Bounded<1, 100000>(capacity)}};
        act([&](journal::Turn& turn) {
            return activities::publish_activity(turn, *street_staff, activity_desk, input);
        }).value();
        return ShiftId(facts(ShiftAdded::kind).back().subject("shift"));
    }
    Result<std::int64_t> join(ShiftId id, const hezhi::testing::Volunteer& who) {
        return act(
            [&](journal::Turn& turn) { return activities::join_shift(turn, *who.caller, id); });
    }
    void tick(ShiftId id, PersonId who) {
        act([&](journal::Turn& turn) {
            return activities::check_in_shift(turn, *street_staff, id, who, true);
        }).value();
    }
    Result<std::int64_t> returned(ShiftId id, PersonId who) {
        return act([&](journal::Turn& turn) {
            return activities::note_return(turn, *street_staff, id, who);
        });
    }
    activities::SeatState seat(ShiftId id, PersonId who) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<activities::SeatFigure>(activities::seat_key(id, who)).value();
        });
    }

    GuardianDesk guardian_desk;
};
HEZHI_ON_BOTH_ENGINES(Guardians);

TEST_P(Guardians, GiveConsentMakesTheChildAVolunteerAndNothingBeforeItDoes) {
    PersonId id = child();
    EXPECT_FALSE(person(id).volunteer);
    EXPECT_EQ(person(id).age_years, 13);
    EXPECT_EQ(consent(id).state, ConsentStep::asked);
    EXPECT_EQ(facts(GuardianAsked::kind).back().as<GuardianAsked>().age_years, 13);
    EXPECT_TRUE(facts(GuardianAsked::kind).back().as<GuardianAsked>().sensitive);
    auto before = as_volunteer(id);
    ShiftId s = shift();
    EXPECT_FALSE(join(s, before).has_value());
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       return people::rejoin_service(turn, *before.caller, true);
                   }),
                   people::refusals::minor_needs_guardian);

    ASSERT_TRUE(consents(id, {.relation = GuardianRelation::grandparent, .sensitive = true}));
    EXPECT_TRUE(person(id).volunteer);
    EXPECT_EQ(consent(id).relation, GuardianRelation::grandparent);
    EXPECT_FALSE(consent(id).photos) << "photos are a yes of their own";
    EXPECT_TRUE(join(s, as_volunteer(id)).has_value());
    EXPECT_REFUSED(consents(id), refusals::consent_given_already);
    EXPECT_EQ(facts(ConsentGiven::kind).back().actor.via, Via::link);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Guardians, GiveConsentAsksMoreForTheYoungest) {
    EXPECT_REFUSED(joins("陈小豆", born("20190101")), people::refusals::too_young_to_volunteer);
    PersonId eight = child("20170601", "陈小米");
    EXPECT_REFUSED(consents(eight, {}), refusals::sensitive_consent_missing);
    EXPECT_REFUSED(consents(eight), refusals::accompaniment_missing);
    EXPECT_TRUE(page(eight).must_accompany);
    EXPECT_TRUE(consents(eight, {.sensitive = true, .accompanies = true}));
    PersonId fifteen = child("20100501", "陈大米");
    EXPECT_FALSE(page(fifteen).sensitive);
    EXPECT_TRUE(consents(fifteen, {}));
}

TEST_P(Guardians, RefuseConsentLeavesTheWayBackOpen) {
    PersonId id = child();
    std::int64_t link = link_of(id);
    auto refuses = [&] {
        return act([&](journal::Turn& turn) { return refuse_consent(turn, link); });
    };
    EXPECT_TRUE(refuses().has_value());
    EXPECT_EQ(consent(id).state, ConsentStep::refused);
    EXPECT_FALSE(person(id).volunteer);
    EXPECT_REFUSED(withdraws(id), refusals::consent_not_given);
    EXPECT_TRUE(consents(id).has_value());
    EXPECT_REFUSED(refuses(), refusals::consent_given_already);
}

TEST_P(Guardians, AskGuardianEndsTheLinkBeforeAndIsForMinorsInsideTheArea) {
    PersonId id = child();
    std::int64_t first = link_of(id);
    auto asks = [&](const api::CallerPtr& who, PersonId about) {
        return act([&](journal::Turn& turn) { return ask_guardian(turn, *who, about); });
    };
    EXPECT_TRUE(asks(social_worker, id).has_value());
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       return give_consent(turn, guardian_desk, first, {.sensitive = true});
                   }),
                   hezhi::refusals::not_found);
    EXPECT_TRUE(consents(id).has_value());
    EXPECT_TRUE(asks(social_worker, id).has_value());
    EXPECT_EQ(consent(id).state, ConsentStep::given) << "a new link to the same consent";
    EXPECT_TRUE(person(id).volunteer);
    EXPECT_REFUSED(asks(social_worker, zhang.person), people::refusals::not_a_minor);
    EXPECT_REFUSED(asks(staff("social_worker", other_district), id), hezhi::refusals::not_found);
    EXPECT_REFUSED(asks(officer, id), hezhi::refusals::not_permitted);
}

TEST_P(Guardians, OfATokenThatWasChangedFindNothing) {
    PersonId id = child();
    std::string token = guardian_token(suite, link_of(id));
    EXPECT_EQ(link_of_token(suite, token), link_of(id));
    EXPECT_EQ(link_of_token(suite, std::to_string(link_of(id) + 1) + token.substr(token.find('-'))),
              0);
    EXPECT_EQ(link_of_token(suite, "1"), 0);
    EXPECT_EQ(link_of_token(suite, ""), 0);
    EXPECT_NE(token, orders::slip_token(suite, OrderId(link_of(id))))
        << "an order's slip opens no child's page";
}

TEST_P(Guardians, SeePlaceAdultsReturnTimeAndWhereTheChildIsNow) {
    PersonId id = child();
    consents(id).value();
    auto who = as_volunteer(id);
    ShiftId s = shift();
    join(s, who).value();
    join(s, zhang).value();
    Outing outing = page(id).outings.at(0);
    EXPECT_EQ(outing.title_zh, "海滩清洁");
    EXPECT_EQ(outing.place, "金沙滩东入口");
    EXPECT_EQ(outing.ends_at, tomorrow_at(11));
    EXPECT_TRUE(outing.leader_name.has_value());
    EXPECT_EQ(outing.adults, 1);
    EXPECT_EQ(outing.where_now, Whereabouts::signed_up);
    EXPECT_EQ(page(id).not_back, 0);

    clock.set(tomorrow_at(9));
    tick(s, id);
    tick(s, zhang.person);
    EXPECT_EQ(page(id).outings.at(0).where_now, Whereabouts::there);
    EXPECT_EQ(page(id).not_back, 1);
    clock.set(tomorrow_at(11) + minutes(5));
    auto records = [&] {
        return act(
            [&](journal::Turn& turn) { return activities::record_shift(turn, *street_staff, s); });
    };
    EXPECT_REFUSED(records(), activities::refusals::child_not_returned);
    EXPECT_REFUSED(returned(s, liu.person), activities::refusals::not_joined);
    EXPECT_TRUE(returned(s, id).has_value());
    EXPECT_TRUE(returned(s, id).has_value());
    EXPECT_EQ(facts(ShiftReturned::kind).size(), 1U) << "tapped twice, noted once";
    EXPECT_EQ(page(id).outings.at(0).where_now, Whereabouts::returned);
    EXPECT_EQ(page(id).not_back, 0);
    EXPECT_TRUE(records().has_value());
    EXPECT_EQ(page(id).minutes, 120);
    EXPECT_EQ(page(id).outings.at(0).where_now, Whereabouts::returned);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Guardians, WithdrawConsentEndsRunningSignUpsInTheSameTurnAndNothingElseFollows) {
    PersonId id = child();
    consents(id).value();
    auto who = as_volunteer(id);
    ShiftId s = shift(1);
    join(s, who).value();
    join(s, zhang).value();
    OrderId order_id =
        open_order(report_need(), "environment_clean_up", tomorrow_at(14), tomorrow_at(16));
    offer(order_id, {liu}).value();
    accept(order_id, liu).value();
    offer(order_id, {who}).value();
    accept(order_id, who).value();
    EXPECT_EQ(order(order_id).state, OrderStep::accepted);

    auto before = ledger->head().position;
    ASSERT_TRUE(withdraws(id).has_value());
    EXPECT_EQ(seat(s, id).state, activities::SeatStep::left);
    EXPECT_EQ(seat(s, zhang.person).state, activities::SeatStep::joined) << "who waited moves up";
    EXPECT_EQ(offer_of(order_id, id)->state, orders::OfferStep::cancelled);
    EXPECT_EQ(order(order_id).accepted, 1);
    EXPECT_EQ(order(order_id).state, OrderStep::open) << "the place is to be filled again";
    EXPECT_FALSE(person(id).volunteer);
    EXPECT_LE(ledger->head().position - before, 5);
    EXPECT_TRUE(facts(NoShowNoted::kind).empty());
    EXPECT_FALSE(join(s, who).has_value());
    EXPECT_REFUSED(offer(order_id, {who}), orders::refusals::person_may_not_take);
    EXPECT_TRUE(consents(id).has_value());
    EXPECT_TRUE(join(s, who).has_value());
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Guardians, WithdrawConsentWhileTheChildIsOutKeepsItOnTheList) {
    PersonId id = child();
    consents(id).value();
    ShiftId s = shift();
    join(s, as_volunteer(id)).value();
    clock.set(tomorrow_at(9));
    tick(s, id);
    ASSERT_TRUE(withdraws(id).has_value());
    EXPECT_EQ(page(id).not_back, 1) << "a child who is there must still be seen to go home";
    EXPECT_TRUE(returned(s, id).has_value());
}

TEST_P(Guardians, RecallChildLeavesOneOutingAndKeepsTheConsent) {
    PersonId id = child();
    consents(id).value();
    auto who = as_volunteer(id);
    ShiftId s = shift();
    join(s, who).value();
    auto recalls = [&] {
        return act([&](journal::Turn& turn) {
            return recall_child(turn, link_of(id), {.shift_id = s, .order_id = {}});
        });
    };
    EXPECT_TRUE(recalls().has_value());
    EXPECT_EQ(seat(s, id).state, activities::SeatStep::left);
    EXPECT_EQ(consent(id).state, ConsentStep::given);
    EXPECT_REFUSED(recalls(), refusals::nothing_to_recall);
}

TEST_P(Guardians, DecidePhotosApartFromTheConsent) {
    PersonId id = child();
    auto decides = [&](bool allowed) {
        return act([&](journal::Turn& turn) { return decide_photos(turn, link_of(id), allowed); });
    };
    EXPECT_REFUSED(decides(true), refusals::consent_not_given);
    consents(id).value();
    EXPECT_TRUE(decides(true).has_value());
    EXPECT_TRUE(page(id).photos);
    withdraws(id).value();
    consents(id).value();
    EXPECT_FALSE(page(id).photos) << "an earlier yes to photos does not come back by itself";
}

TEST_P(Guardians, OfMinorsDispatchKnowsAgeAdultAndConsent) {
    PersonId id = child();
    consents(id).value();
    auto who = as_volunteer(id);
    OrderId alone = open_order(report_need());
    EXPECT_REFUSED(offer(alone, {who}), orders::refusals::person_may_not_take);
    offer(alone, {zhang}).value();
    accept(alone, zhang).value();
    EXPECT_TRUE(offer(alone, {who}).has_value()) << "beside an adult";
    OrderId visit =
        open_order(report_need(), "phone_befriending", tomorrow_at(14), tomorrow_at(15));
    EXPECT_REFUSED(offer(visit, {who}), orders::refusals::person_may_not_take);
    EXPECT_REFUSED(join(shift(5, "museum_guide"), who), activities::refusals::age_below_minimum);
}

TEST_P(Guardians, AreAskedNoMoreOnceTheChildIsOfAge) {
    PersonId id = child("20080401", "陈小满");  // seventeen
    consents(id, {}).value();
    EXPECT_EQ(person(id).age_years, 17);
    wait_until(clock.now() + hours(24 * 89));
    EXPECT_EQ(person(id).age_years, 17);
    wait_until(clock.now() + hours(24 * 2));
    EXPECT_EQ(person(id).age_years, 18) << "note_age looks again by itself";
    EXPECT_TRUE(page(id).of_age);
    EXPECT_TRUE(page(id).outings.empty()) << "where an adult is, is their own affair";
    EXPECT_TRUE(join(shift(), as_volunteer(id)).has_value());
    EXPECT_EQ(facts(AgeNoted::kind).size(), 1U);
    EXPECT_REFUSED(withdraws(id), refusals::of_age) << "an adult's service is their own affair";
    auto decides = act([&](journal::Turn& turn) { return decide_photos(turn, link_of(id), true); });
    EXPECT_REFUSED(decides, refusals::of_age);
    EXPECT_TRUE(person(id).volunteer);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Guardians, RequestReadingApproveReadingThenAMinorsEntryIsReadWithALog) {
    PersonId id = child();
    auto reads = [&](const api::CallerPtr& who) {
        return act([&](journal::Turn& turn) {
            return people::read_person(turn, *who, people, id, "联系监护人");
        });
    };
    auto asks = [&] {
        return act([&](journal::Turn& turn) {
            return people::request_reading(turn, *social_worker, people, id, "联系监护人");
        });
    };
    auto approves = [&](const api::CallerPtr& who, std::int64_t request) {
        return act(
            [&](journal::Turn& turn) { return people::approve_reading(turn, *who, request); });
    };
    EXPECT_REFUSED(reads(social_worker), people::refusals::reading_needs_approval);
    std::int64_t request = asks().value();
    EXPECT_REFUSED(asks(), people::refusals::reading_request_open);
    EXPECT_REFUSED(reads(social_worker), people::refusals::reading_needs_approval);
    EXPECT_REFUSED(approves(social_worker, request), hezhi::refusals::not_found);
    EXPECT_REFUSED(approves(staff("street_staff", other_district), request),
                   hezhi::refusals::not_found);
    EXPECT_TRUE(approves(street_staff, request).has_value());
    EXPECT_REFUSED(approves(street_staff, request), people::refusals::reading_request_decided);
    EXPECT_TRUE(reads(social_worker).has_value());
    // An approval is for whoever asked.
    EXPECT_REFUSED(reads(staff("social_worker", subdistrict)),
                   people::refusals::reading_needs_approval);
    clock.advance(hours(25));
    EXPECT_REFUSED(reads(social_worker), people::refusals::reading_needs_approval);
    std::int64_t again = asks().value();
    EXPECT_TRUE(act([&](journal::Turn& turn) {
                    return people::reject_reading(turn, *street_staff, again);
                }).has_value());
    EXPECT_REFUSED(reads(social_worker), people::refusals::reading_needs_approval);
    EXPECT_EQ(facts(PersonRead::kind).size(), 1U);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

// Eight to an adult (the pack's [minors]); whoever leads is one.
TEST_P(Guardians, OfTheNinthChildWaitForAnotherAdult) {
    ShiftId s = shift(20);
    std::vector<hezhi::testing::Volunteer> children;
    for (int number = 0; number < 9; ++number) {
        auto id_number = born("20110601", 110 + 2 * number);
        PersonId id(joins("陈小禾" + std::to_string(number), id_number).value());
        consents(id).value();
        children.push_back(as_volunteer(id));
        join(s, children.back()).value();
    }
    EXPECT_EQ(seat(s, children[7].person).state, activities::SeatStep::joined);
    EXPECT_EQ(seat(s, children[8].person).state, activities::SeatStep::waiting);
    join(s, zhang).value();
    EXPECT_EQ(seat(s, children[8].person).state, activities::SeatStep::joined);
    EXPECT_TRUE(seat(s, children[8].person).moved_up);
    clock.set(tomorrow_at(9));
    for (int number = 0; number < 8; ++number) {
        tick(s, children[static_cast<std::size_t>(number)].person);
    }
    auto ticks = [&](PersonId who) {
        return act([&](journal::Turn& turn) {
            return activities::check_in_shift(turn, *street_staff, s, who, true);
        });
    };
    EXPECT_REFUSED(ticks(children[8].person), activities::refusals::adults_missing);
    tick(s, zhang.person);
    EXPECT_TRUE(ticks(children[8].person).has_value());
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

// reject_reading and approve_reading by whoever asked, even if a role would allow it.
TEST_P(Guardians, ApproveReadingIsForSomebodyElse) {
    PersonId id = child();
    api::Caller both = *social_worker;
    for (const auto& held : street_staff->held) both.held.push_back(held);
    std::int64_t request = act([&](journal::Turn& turn) {
                               return people::request_reading(turn, both, people, id, "核对");
                           }).value();
    EXPECT_REFUSED(
        act([&](journal::Turn& turn) { return people::approve_reading(turn, both, request); }),
        people::refusals::own_reading_request);
}

TEST_P(Guardians, OfAChildOnATeamsListConsentToItsMembership) {
    organizations::OrganizationDesk teams{people, *tree, suite, "https://example.org"};
    api::CallerPtr worker = staff("community_worker", community);
    organizations::FoundOrganization founding;
    founding.name.value = "小桔灯队";
    founding.area_id = community;
    OrganizationId team(act([&](journal::Turn& turn) {
                            return organizations::found_organization(turn, *worker, teams,
                                                                     founding);
                        }).value());
    organizations::RosterRow row;
    row.row = 1;
    row.name.value = "陈小禾";
    row.id_number.emplace(born("20120601"));
    act([&](journal::Turn& turn) {
        return organizations::import_roster(turn, *worker, teams, team, {{row}});
    }).value();
    auto invited = facts(MemberInvited::kind).back();
    PersonId id(invited.subject("person"));
    EXPECT_TRUE(facts(GuardianAsked::kind).empty()) << "the child's own yes comes first";
    act([&](journal::Turn& turn) {
        return organizations::accept_invitation(turn, invited.position, true);
    }).value();
    auto membership = [&] {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading
                .load<organizations::MembershipFigure>(organizations::membership_key(team, id))
                .value();
        });
    };
    EXPECT_EQ(membership().state, organizations::MembershipStep::agreed);
    EXPECT_FALSE(person(id).volunteer);
    EXPECT_TRUE(facts(MemberJoined::kind).empty());
    consents(id).value();
    EXPECT_EQ(membership().state, organizations::MembershipStep::member);
    EXPECT_TRUE(person(id).volunteer);
    EXPECT_REFUSED(act([&](journal::Turn& turn) {
                       return organizations::name_lead(turn, *worker, team, id,
                                                       LeadRole::volunteer_lead);
                   }),
                   organizations::refusals::lead_not_of_age);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::guardians
