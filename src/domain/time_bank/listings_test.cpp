// Members help each other: offers, wants and what two agree, down to the overdraft.
#include "domain/time_bank/listings.h"

#include "domain/time_bank/test_bank.h"
#include "journal/ledger.h"
#include "support/changed_pack.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::days;

class Listings : public TimeBankWorld {
  protected:
    // Members may owe 60 minutes; at most two entries and 120 minutes each.
    void make_mutual() {
        auto mutual = hezhi::testing::changed_pack(pack(), "time_bank.toml", R"([bank]
says = { zh = "会员之间互助，可以先用后还。", en = "Members help each other and may use first." }
model = "mutual"
overdraft_minutes_max = 60
[listing]
says = { zh = "会员登记供需，两条为限。", en = "Members list what they offer and want, two entries each." }
open_days = 10
open_max = 2
minutes_max = 120
confirm_days = 14
[caps]
says = { zh = "余额至多 100 分钟。", en = "A balance of 100 minutes at most." }
day_minutes_max = 60
month_minutes_max = 90
balance_minutes_max = 100
)");
        act([&](journal::Turn& turn) {
            return journal::publish_pack(turn, command, mutual, clock.now());
        }).value();
    }
    Result<std::int64_t> list(const api::Caller& by, ListingSide side, long long minutes = 60,
                              std::optional<PersonId> person = {}) {
        PostListing input{side, Text<1, 60>("errands"), Text<1, 200>("代买菜"),
                          Bounded<5, 1440>(minutes), person};
        return act(
            [&](journal::Turn& turn) { return post_listing(turn, by, time_bank_desk, input); });
    }
    Result<std::int64_t> agree(const api::Caller& by, std::int64_t listing, long long minutes = 60,
                               std::optional<PersonId> person = {}) {
        AgreeExchange input{Bounded<5, 1440>(minutes), person};
        return act([&](journal::Turn& turn) {
            return agree_exchange(turn, by, time_bank_desk, ListingId(listing), input);
        });
    }
    Result<std::int64_t> confirm_it(const api::Caller& by, std::int64_t exchange,
                                    long long minutes) {
        return act([&](journal::Turn& turn) {
            return confirm_exchange(turn, by, ExchangeId(exchange), {Bounded<1, 1440>(minutes)});
        });
    }
    Result<std::int64_t> cancel_it(const api::Caller& by, std::int64_t exchange) {
        return act(
            [&](journal::Turn& turn) { return cancel_exchange(turn, by, ExchangeId(exchange)); });
    }
    Result<std::int64_t> withdraw(const api::Caller& by, std::int64_t listing) {
        return act(
            [&](journal::Turn& turn) { return withdraw_listing(turn, by, ListingId(listing)); });
    }
    ListingState listing(std::int64_t id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<ListingFigure>(ListingId(id)).value();
        });
    }
    // What a route of the list answers.
    std::string page(std::string_view action, const api::Caller& who) {
        for (const auto& route : listing_routes(time_bank_desk)) {
            if (route.action != action) continue;
            return reading_as(who, [&](const api::Reading& reading) {
                return route.read(reading, http::Request{}).value();
            });
        }
        throw std::runtime_error("no such route");
    }
};
HEZHI_ON_BOTH_ENGINES(Listings);

TEST_P(Listings, PostListingOnlyWhereMembersHelpEachOtherAndWithinThePacksNumbers) {
    EXPECT_REFUSED(list(*zhang.caller, ListingSide::offer), refusals::not_mutual);
    make_mutual();
    EXPECT_REFUSED(list(*zhang.caller, ListingSide::offer, 121), hezhi::refusals::invalid_input);
    EXPECT_REFUSED(list(*officer, ListingSide::offer), hezhi::refusals::not_permitted);
    list(*zhang.caller, ListingSide::offer).value();
    std::int64_t second = list(*zhang.caller, ListingSide::want, 30).value();
    EXPECT_REFUSED(list(*zhang.caller, ListingSide::want), refusals::listings_full);
    EXPECT_REFUSED(withdraw(*liu.caller, second), hezhi::refusals::not_found);
    withdraw(*zhang.caller, second).value();
    EXPECT_REFUSED(withdraw(*zhang.caller, second), refusals::listing_not_open);
    list(*zhang.caller, ListingSide::want).value();
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Listings, LapseListingAfterThePacksDays) {
    make_mutual();
    std::int64_t id = list(*zhang.caller, ListingSide::offer).value();
    wait_until(clock.now() + days(9));
    EXPECT_EQ(listing(id).state, ListingStep::open);
    wait_until(clock.now() + days(2));
    EXPECT_EQ(listing(id).state, ListingStep::lapsed);
    EXPECT_REFUSED(agree(*liu.caller, id), refusals::listing_not_open);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Listings, AgreeExchangeHoldsTheTimeOfWhoeverIsHelpedDownToTheOverdraft) {
    make_mutual();
    std::int64_t offered = list(*zhang.caller, ListingSide::offer, 60).value();
    EXPECT_REFUSED(agree(*zhang.caller, offered), refusals::own_listing);
    EXPECT_REFUSED(agree(*liu.caller, offered, 61), hezhi::refusals::invalid_input);
    agree(*liu.caller, offered, 60).value();
    EXPECT_EQ(balance(liu), -60) << "she may owe an hour";
    EXPECT_EQ(balance(LedgerAccount::held, liu.person), 60);
    EXPECT_REFUSED(agree(*liu.caller, offered, 5), refusals::credit_too_low);
    EXPECT_EQ(listing(offered).state, ListingStep::open) << "an offer may be taken again";
    // Of a want whoever posted it pays.
    std::int64_t wanted = list(*zhao.caller, ListingSide::want, 40).value();
    agree(*zhang.caller, wanted, 40).value();
    EXPECT_EQ(balance(zhao), -40);
    EXPECT_EQ(balance(zhang), 0);
    EXPECT_REFUSED(agree(*liu.caller, wanted, 40), refusals::listing_not_open);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Listings, ConfirmExchangePassesWhatWasServedAndOnlyWhoeverWasHelpedSaysIt) {
    make_mutual();
    std::int64_t wanted = list(*zhao.caller, ListingSide::want, 60).value();
    std::int64_t id = agree(*zhang.caller, wanted, 60).value();
    EXPECT_REFUSED(confirm_it(*zhang.caller, id, 60), refusals::receiver_confirms);
    EXPECT_REFUSED(confirm_it(*liu.caller, id, 60), hezhi::refusals::not_found);
    EXPECT_REFUSED(confirm_it(*zhao.caller, id, 61), hezhi::refusals::invalid_input);
    confirm_it(*zhao.caller, id, 45).value();
    EXPECT_EQ(balance(zhang), 45);
    EXPECT_EQ(balance(zhao), -45);
    EXPECT_EQ(balance(LedgerAccount::held, zhao.person), 0);
    EXPECT_REFUSED(confirm_it(*zhao.caller, id, 45), refusals::exchange_ended);
    EXPECT_REFUSED(cancel_it(*zhang.caller, id), refusals::exchange_ended);
    EXPECT_EQ(listing(wanted).state, ListingStep::taken);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Listings, ConfirmExchangeMakesNoServiceRecordAndNoHoursOfAStar) {
    make_mutual();
    std::int64_t wanted = list(*zhao.caller, ListingSide::want, 60).value();
    confirm_it(*zhao.caller, agree(*zhang.caller, wanted, 60).value(), 60).value();
    EXPECT_EQ(balance(zhang), 60) << "time, as the two agreed";
    static constexpr store::Query records{
        "test.records_of", "SELECT count(*) AS n FROM figure_service_records WHERE person = :id"};
    auto db = ledger->read();
    EXPECT_EQ(db->row(records, {{"id", zhang.person}})->integer("n"), 0)
        << "nobody organised it who could certify it";
    auto star = reading_as(*officer, [&](const api::Reading& reading) {
        return reading.load<certification::StarFigure>(zhang.person);
    });
    EXPECT_EQ(star ? star->minutes : 0, 0);
}

TEST_P(Listings, WhatIsAboveTheLargestBalanceGoesToThePool) {
    make_mutual();
    std::int64_t offered = list(*zhang.caller, ListingSide::offer, 60).value();
    confirm_it(*liu.caller, agree(*liu.caller, offered, 60).value(), 60).value();
    confirm_it(*zhao.caller, agree(*zhao.caller, offered, 60).value(), 60).value();
    EXPECT_EQ(balance(zhang), 100);
    EXPECT_EQ(balance(LedgerAccount::pool), 20);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Listings, CancelExchangeGivesTheTimeBackAndAWantIsOpenAgain) {
    make_mutual();
    std::int64_t wanted = list(*zhao.caller, ListingSide::want, 40).value();
    std::int64_t id = agree(*zhang.caller, wanted, 40).value();
    cancel_it(*zhang.caller, id).value();
    EXPECT_EQ(balance(zhao), 0);
    EXPECT_EQ(listing(wanted).state, ListingStep::open);
    agree(*liu.caller, wanted, 40).value();
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Listings, ReversePostingOfAConfirmedExchangeOnceAndWhoeverWasHelpedHasHerTimeBack) {
    make_mutual();
    std::int64_t wanted = list(*zhao.caller, ListingSide::want, 60).value();
    std::int64_t id = agree(*zhang.caller, wanted, 60).value();
    EXPECT_REFUSED(reverse(id, officer), refusals::posting_not_reversible) << "it is cancelled";
    confirm_it(*zhao.caller, id, 45).value();
    std::int64_t confirmed = last(ExchangeConfirmed::kind);
    EXPECT_EQ(TimeBankWorld::page(confirmed, *officer).actions,
              std::vector<std::string>{"reverse_posting"});
    EXPECT_REFUSED(reverse(confirmed, street_staff), hezhi::refusals::not_found);
    auto helped = std::make_shared<api::Caller>(*officer);
    helped->person = zhao.person;
    EXPECT_REFUSED(reverse(confirmed, helped), refusals::own_posting);
    reverse(confirmed, officer).value();
    EXPECT_EQ(balance(zhang), 0);
    EXPECT_EQ(balance(zhao), 0);
    EXPECT_EQ(balance(LedgerAccount::held, zhao.person), 0);
    EXPECT_EQ(balance(LedgerAccount::lost), 0);
    EXPECT_EQ(facts(PostingReversed::kind).back().as<PostingReversed>().legs.size(), 2U)
        << "of what came back to her at once nothing is taken";
    EXPECT_REFUSED(reverse(confirmed, officer), refusals::posting_reversed_already);
    EXPECT_REFUSED(confirm_it(*zhao.caller, id, 45), refusals::exchange_ended);
    EXPECT_NE(page("list_exchanges", *zhao.caller).find("\"state\":\"reversed\""),
              std::string::npos);
    EXPECT_EQ(listing(wanted).state, ListingStep::taken) << "she lists it again if she likes";
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Listings, WhatTheHelperHasUsedIsTakenDownToTheOverdraftAndTheRestIsLost) {
    make_mutual();
    std::int64_t wanted = list(*zhao.caller, ListingSide::want, 60).value();
    confirm_it(*zhao.caller, agree(*zhang.caller, wanted, 60).value(), 60).value();
    std::int64_t first = last(ExchangeConfirmed::kind);
    std::int64_t offered = list(*liu.caller, ListingSide::offer, 120).value();
    confirm_it(*zhang.caller, agree(*zhang.caller, offered, 120).value(), 120).value();
    std::int64_t second = last(ExchangeConfirmed::kind);
    EXPECT_EQ(balance(zhang), -60);
    EXPECT_EQ(balance(liu), 100);
    EXPECT_EQ(balance(LedgerAccount::pool), 20) << "above the largest balance";
    reverse(first, officer).value();
    EXPECT_EQ(balance(zhang), -60) << "she owes as much as one may";
    EXPECT_EQ(balance(zhao), 0);
    EXPECT_EQ(balance(LedgerAccount::lost), -60);
    reverse(second, officer).value();
    EXPECT_EQ(balance(zhang), 60);
    EXPECT_EQ(balance(liu), 0);
    EXPECT_EQ(balance(LedgerAccount::pool), 0);
    EXPECT_EQ(balance(LedgerAccount::lost), -60);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Listings, TheDeskActsForMembersOfItsAreasButNeverForItself) {
    make_mutual();
    auto desk_worker = staff("community_worker", community);
    Volunteer mother = elder("王秀英");
    std::int64_t wanted = list(*desk_worker, ListingSide::want, 40, mother.person).value();
    std::int64_t id = agree(*zhang.caller, wanted, 40).value();
    auto elsewhere = staff("community_worker", other_community);
    EXPECT_REFUSED(list(*elsewhere, ListingSide::want, 40, mother.person),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(list(*desk_worker, ListingSide::want, 40), hezhi::refusals::not_permitted);
    EXPECT_REFUSED(confirm_it(*elsewhere, id, 40), hezhi::refusals::not_found);
    confirm_it(*desk_worker, id, 40).value();
    EXPECT_EQ(balance(mother), -40);
    EXPECT_EQ(balance(zhang), 40);
    EXPECT_EQ(faults(), "sum 0");
}

TEST_P(Listings, NamesAndPhonesAreForTheTwoAndOnlyWhileItRuns) {
    make_mutual();
    Volunteer mother = elder("王秀英");
    auto desk_worker = staff("community_worker", community);
    std::int64_t wanted = list(*desk_worker, ListingSide::want, 40, mother.person).value();
    EXPECT_EQ(page("list_listings", *zhang.caller).find("王秀英"), std::string::npos);
    std::int64_t id = agree(*zhang.caller, wanted, 40).value();
    EXPECT_NE(page("list_exchanges", *zhang.caller).find("王秀英"), std::string::npos);
    EXPECT_EQ(page("list_exchanges", *desk_worker).find("王秀英"), std::string::npos);
    EXPECT_EQ(page("list_exchanges", *liu.caller).find("\"id\""), std::string::npos);
    cancel_it(*zhang.caller, id).value();
    EXPECT_EQ(page("list_exchanges", *zhang.caller).find("王秀英"), std::string::npos);
}

}  // namespace
}  // namespace hezhi::time_bank
