// Deputies: who may stand in, when, and that every fact says in whose place.
#include "domain/deputies/deputies.h"

#include "journal/facts_about.h"
#include "support/changed_pack.h"
#include "support/world.h"

namespace hezhi::deputies {
namespace {

using std::chrono::days;
using std::chrono::hours;

class Deputies : public hezhi::testing::World {
  protected:
    Deputies() : colleague(staff("social_worker", subdistrict)) {}

    Result<std::int64_t> name(const api::Caller& who, const api::Caller& deputy,
                              const api::Caller* away = nullptr, Millis lasts = days(7)) {
        NameDeputy input;
        input.deputy_id = deputy.account;
        input.from = clock.now();
        input.until = clock.now() + lasts;
        if (away) input.account_id = away->account;
        return act([&](journal::Turn& turn) { return name_deputy(turn, who, input); });
    }
    Result<std::int64_t> confirm(DeputyId id, const api::Caller& who) {
        return act([&](journal::Turn& turn) { return confirm_deputy(turn, who, id); });
    }
    bool stands_in_now(const api::Caller& who, const api::Caller& away) {
        return stands_in(*ledger->read(), who, away.account, clock.now());
    }
    DeputyId confirmed() {
        DeputyId id(name(*social_worker, *colleague).value());
        confirm(id, *colleague).value();
        return id;
    }

    api::CallerPtr colleague;
};
HEZHI_ON_BOTH_ENGINES(Deputies);

TEST_P(Deputies, NameDeputyOnlyOfTheSameRoleAtTheSameAreaOrAboveIt) {
    auto elsewhere = staff("social_worker", other_subdistrict);
    auto below = staff("social_worker", community);
    auto above = staff("social_worker", district);
    EXPECT_REFUSED(name(*social_worker, *elsewhere), refusals::deputy_unfit);
    EXPECT_REFUSED(name(*social_worker, *below), refusals::deputy_unfit);
    EXPECT_REFUSED(name(*social_worker, *street_staff), refusals::deputy_unfit);
    EXPECT_REFUSED(name(*social_worker, *social_worker), refusals::deputy_unfit);
    EXPECT_TRUE(name(*social_worker, *above));
    EXPECT_REFUSED(name(*social_worker, *colleague), refusals::deputy_named_before);
    // Whoever is away stands in for nobody.
    EXPECT_REFUSED(name(*colleague, *social_worker), refusals::deputy_unfit);
}

TEST_P(Deputies, NameDeputyForSomebodyOfTheAreaIsTheSuperiorsAlone) {
    auto other_officer = staff("district_officer", other_district);
    EXPECT_REFUSED(name(*other_officer, *colleague, social_worker.get()),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(name(*colleague, *colleague, social_worker.get()), hezhi::refusals::not_found);
    EXPECT_TRUE(name(*street_staff, *colleague, social_worker.get()));
}

TEST_P(Deputies, NameDeputyRefusesATimeThatIsOverOrNeverEnds) {
    EXPECT_REFUSED(name(*social_worker, *colleague, nullptr, Millis(0)),
                   refusals::deputy_time_invalid);
    EXPECT_REFUSED(name(*social_worker, *colleague, nullptr, days(400)),
                   refusals::deputy_time_invalid);
}

TEST_P(Deputies, NameDeputyForNoLongerThanThePackSays) {
    auto shorter = hezhi::testing::changed_pack(pack(), "staff.toml", R"([deputies]
says = { zh = "一次代理最长 30 天。", en = "A deputy stands in for 30 days at most." }
lasts_days_max = 30
)");
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, shorter, clock.now());
    }).value();
    auto refused = name(*social_worker, *colleague, nullptr, days(31));
    EXPECT_REFUSED(refused, refusals::deputy_time_invalid);
    EXPECT_EQ(refused.error().fields.front().expected_zh, "开始后不超过 30 天");
    EXPECT_TRUE(name(*social_worker, *colleague, nullptr, days(30)));
}

TEST_P(Deputies, ConfirmDeputyIsNeededAndItEndsByItself) {
    DeputyId id(name(*social_worker, *colleague).value());
    EXPECT_FALSE(stands_in_now(*colleague, *social_worker));
    EXPECT_REFUSED(confirm(id, *social_worker), hezhi::refusals::not_found);
    EXPECT_TRUE(confirm(id, *colleague));
    EXPECT_REFUSED(confirm(id, *colleague), refusals::deputy_state_forbids);
    EXPECT_TRUE(stands_in_now(*colleague, *social_worker));
    EXPECT_FALSE(stands_in_now(*social_worker, *colleague));
    clock.advance(days(7) - Millis(1));
    EXPECT_TRUE(stands_in_now(*colleague, *social_worker));
    clock.advance(Millis(1));
    EXPECT_FALSE(stands_in_now(*colleague, *social_worker));
    EXPECT_TRUE(differences().empty());
}

TEST_P(Deputies, DeclineDeputyAndEndDeputyLeaveTheQueueWhereItWas) {
    DeputyId id(name(*social_worker, *colleague).value());
    act([&](journal::Turn& turn) { return decline_deputy(turn, *colleague, id); }).value();
    EXPECT_FALSE(stands_in_now(*colleague, *social_worker));
    id = confirmed();
    auto end = [&](const api::Caller& who) {
        return act([&](journal::Turn& turn) { return end_deputy(turn, who, id); });
    };
    EXPECT_REFUSED(end(*grid_worker), hezhi::refusals::not_found);
    EXPECT_TRUE(end(*social_worker));
    EXPECT_FALSE(stands_in_now(*colleague, *social_worker));
    EXPECT_REFUSED(end(*colleague), refusals::deputy_state_forbids);
}

// Whoever was only named, and never agreed, had no part in anything.
TEST_P(Deputies, StoodInOnlyFromTheYesUntilTheEnd) {
    auto stood = [&](Instant from, Instant until) {
        return stood_in(*ledger->read(), *colleague, social_worker->account, from, until);
    };
    auto end = [&](DeputyId id) {
        act([&](journal::Turn& turn) { return end_deputy(turn, *social_worker, id); }).value();
    };
    const Instant began = clock.now();
    DeputyId named(name(*social_worker, *colleague).value());
    clock.advance(hours(1));
    end(named);
    EXPECT_FALSE(stood(began, clock.now() + days(30))) << "named, and ended before any yes";

    DeputyId later(name(*social_worker, *colleague).value());
    clock.advance(hours(1));
    confirm(later, *colleague).value();
    const Instant agreed = clock.now();
    EXPECT_FALSE(stood(began, agreed));
    clock.advance(hours(1));
    EXPECT_TRUE(stood(began, clock.now()));
    end(later);
    const Instant ended = clock.now();
    clock.advance(days(1));
    EXPECT_TRUE(stood(agreed, clock.now()));
    EXPECT_FALSE(stood(ended, clock.now())) << "after it was ended it was not in anybody's place";
    EXPECT_TRUE(differences().empty());
}

TEST_P(Deputies, EndedBeforeItBeganNobodyStoodIn) {
    NameDeputy input;
    input.deputy_id = colleague->account;
    input.from = clock.now() + days(3);
    input.until = clock.now() + days(9);
    DeputyId id(
        act([&](journal::Turn& turn) { return name_deputy(turn, *social_worker, input); }).value());
    confirm(id, *colleague).value();
    act([&](journal::Turn& turn) { return end_deputy(turn, *social_worker, id); }).value();
    clock.advance(days(20));
    EXPECT_FALSE(
        stood_in(*ledger->read(), *colleague, social_worker->account, Instant(), clock.now()));
    EXPECT_TRUE(differences().empty());
}

TEST_P(Deputies, EveryFactOfADeputySaysInWhosePlace) {
    OrderId led = open_order(report_need());
    NeedId contacted = report_need();
    act([&](journal::Turn& turn) {
        return needs::contact_need(turn, *social_worker, contacted);
    }).value();
    DeputyId id = confirmed();
    act([&](journal::Turn& turn) {
        return orders::cancel_order(turn, *colleague, desk, led, "天气原因");
    }).value();
    orders::OpenOrder input;
    input.category.value = "environment_clean_up";
    input.starts_at = tomorrow_at(9);
    input.ends_at = tomorrow_at(11);
    OrderId opened(act([&](journal::Turn& turn) {
                       return orders::open_order(turn, *colleague, desk, contacted, input);
                   }).value());
    // It stays the work of who is away.
    EXPECT_EQ(order(opened).leader, social_worker->account);
    std::vector<std::string> kinds;
    for (const Fact& fact : journal::facts_about(*ledger->read(), "deputy", id.value)) {
        EXPECT_EQ(fact.actor.account,
                  fact.kind == "deputy.named" ? social_worker->account : colleague->account);
        kinds.emplace_back(fact.kind);
    }
    EXPECT_EQ(kinds,
              (std::vector<std::string>{"deputy.named", "deputy.confirmed", "order.cancelled",
                                        "need.returned", "order.opened", "need.planned"}));
    // What one leads oneself is done in nobody's place.
    NeedId another = report_need();
    OrderId own(act([&](journal::Turn& turn) {
                    return orders::open_order(turn, *colleague, desk, another, input);
                }).value());
    EXPECT_EQ(order(own).leader, colleague->account);
    EXPECT_EQ(journal::facts_about(*ledger->read(), "deputy", id.value).size(), 6U);
    EXPECT_TRUE(differences().empty());
}

}  // namespace
}  // namespace hezhi::deputies
