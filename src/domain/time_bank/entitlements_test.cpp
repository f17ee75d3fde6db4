// 使用资格: time below the pack's age, on a ground that somebody else approves.
#include "domain/time_bank/test_bank.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Volunteer;
using std::chrono::hours;

class Entitlements : public TimeBankWorld {
  protected:
    Result<std::int64_t> asks(const api::Caller& who, PersonId person,
                              std::string_view ground = "disability") {
        return act([&](journal::Turn& turn) {
            return ask_entitlement(
                turn, who, time_bank_desk, person,
                {Text<1, 40>(std::string(ground)), Text<1, 500>("残疾人证，黄岛区残联")});
        });
    }
    Result<std::int64_t> approve(const api::Caller& who, PersonId person) {
        return act([&](journal::Turn& turn) {
            return approve_entitlement(turn, who, time_bank_desk, person, "证件已核对");
        });
    }
    Result<std::int64_t> reject(const api::Caller& who, PersonId person) {
        return act([&](journal::Turn& turn) {
            return reject_entitlement(turn, who, time_bank_desk, person, "证件已过期");
        });
    }
    Result<std::int64_t> end(const api::Caller& who, PersonId person) {
        return act([&](journal::Turn& turn) {
            return end_entitlement(turn, who, time_bank_desk, person, "证件已注销");
        });
    }
    EntitlementState row(PersonId person) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<EntitlementFigure>(person).value();
        });
    }
};
HEZHI_ON_BOTH_ENGINES(Entitlements);

TEST_P(Entitlements, AskEntitlementOpensNothingUntilApproveEntitlementBySomebodyElse) {
    serve(zhang, 45);
    EXPECT_REFUSED(gift(zhang, liu, 45), refusals::may_not_redeem) << "too young";
    asks(*street_staff, liu.person).value();
    EXPECT_REFUSED(gift(zhang, liu, 45), refusals::may_not_redeem) << "only asked for";
    EXPECT_REFUSED(asks(*liu.caller, liu.person), refusals::entitlement_asked_already);
    EXPECT_REFUSED(approve(*street_staff, liu.person), refusals::own_entitlement);
    EXPECT_REFUSED(approve(*social_worker, liu.person), hezhi::refusals::not_found);
    // Five working days from Friday 6 March 2026.
    EXPECT_EQ(day_of(row(liu.person).decide_until), parse_day("2026-03-13").value());
    approve(*officer, liu.person).value();
    EXPECT_REFUSED(approve(*officer, liu.person), refusals::entitlement_decided);
    EXPECT_FALSE(row(liu.person).until) << "a disability has no end";
    gift(zhang, liu, 45).value();
    OrderId id(book(need_of(liu)).value());
    EXPECT_EQ(order(id).funding, Funding::credit);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Entitlements, ApproveEntitlementHoldsForTheMonthsOfItsGround) {
    serve(zhang, 45);
    asks(*liu.caller, liu.person, "illness").value();
    approve(*street_staff, liu.person).value();
    Instant until = row(liu.person).until;
    EXPECT_EQ(until, months_later(clock.now(), 12));
    EXPECT_REFUSED(asks(*liu.caller, liu.person), refusals::entitlement_asked_already);
    clock.set(until - hours(1));
    gift(zhang, liu, 5).value();
    clock.set(until);
    EXPECT_REFUSED(gift(zhang, liu, 5), refusals::may_not_redeem);
    asks(*liu.caller, liu.person, "illness").value();
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Entitlements, RejectEntitlementAndEndEntitlementOpenNothingAnyMore) {
    serve(zhang, 45);
    EXPECT_REFUSED(asks(*liu.caller, liu.person, "tired"), refusals::entitlement_ground_unknown);
    EXPECT_REFUSED(asks(*zhao.caller, liu.person), hezhi::refusals::not_found);
    asks(*liu.caller, liu.person).value();
    reject(*street_staff, liu.person).value();
    EXPECT_REFUSED(gift(zhang, liu, 5), refusals::may_not_redeem);
    asks(*liu.caller, liu.person).value();
    approve(*street_staff, liu.person).value();
    gift(zhang, liu, 5).value();
    end(*officer, liu.person).value();
    EXPECT_REFUSED(gift(zhang, liu, 5), refusals::may_not_redeem);
    EXPECT_EQ(balance(liu), 5) << "what is there stays";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Entitlements, TheGroundStandsInTheRegisterAndInNoFact) {
    asks(*liu.caller, liu.person).value();
    approve(*street_staff, liu.person).value();
    for (const char* kind : {"entitlement.asked", "entitlement.approved"}) {
        std::string payload = facts(kind).front().payload;
        EXPECT_EQ(payload.find("disability"), std::string::npos) << payload;
        EXPECT_EQ(payload.find("残"), std::string::npos) << payload;
    }
}

}  // namespace
}  // namespace hezhi::time_bank
