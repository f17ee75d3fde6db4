// Queues: handing on one item or all of them, and that nobody who leaves keeps any.
#include "domain/queues/queues.h"

#include "domain/needs/need_lead_figure.h"
#include "support/world.h"

namespace hezhi::queues {
namespace {

using std::chrono::seconds;

class Queues : public hezhi::testing::World {
  protected:
    Queues()
        : colleague(staff("social_worker", subdistrict)),
          system(staff("system_administrator", {})),
          security(staff("security_administrator", {})) {}

    Result<std::int64_t> hand_on(OrderId id, const api::Caller& who, const api::Caller& to) {
        return act([&](journal::Turn& turn) {
            return hand_on_item(turn, who, people, *find_queue("order"), id.value,
                                {to.account, Text<1, 200>("调岗")});
        });
    }
    Result<std::int64_t> hand_on_all(const api::Caller& who, const api::Caller& to,
                                     const api::Caller* whose = nullptr) {
        HandOnQueue input;
        if (whose) input.account_id = whose->account;
        input.to = to.account;
        input.why.value = "调岗";
        return act([&](journal::Turn& turn) { return hand_on_queue(turn, who, people, input); });
    }
    AccountId lead_of(NeedId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            auto lead = reading.load<needs::NeedLeadFigure>(id);
            return lead ? lead->leader : AccountId();
        });
    }
    NeedId contacted_need() {
        NeedId id = report_need();
        act([&](journal::Turn& turn) {
            return needs::contact_need(turn, *social_worker, id);
        }).value();
        return id;
    }
    PlanId plan() {
        cases::MakePlan input;
        input.person_id = resident("王秀英", "13900000001");
        input.category.value = "environment_clean_up";
        input.weekdays = Bounded<1, 127>(1 << 4);
        input.at_minute = Bounded<0, 1439>(9 * 60);
        input.until = clock.now() + std::chrono::days(60);
        return PlanId(act([&](journal::Turn& turn) {
                          return cases::make_plan(turn, *social_worker, input);
                      }).value());
    }
    AccountId lead_of(PlanId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<cases::PlanFigure>(id)->leader;
        });
    }
    std::vector<ItemShown> items(AccountId leader) {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            return items_of(reading, desk, leader, path_of(district));
        });
    }
    void end_role(const api::Caller& whose) {
        static constexpr store::Query grants_of{
            "test.grants_of", "SELECT id FROM figure_grants WHERE account = :account"};
        GrantId grant;
        ledger->read()->each(grants_of, {{"account", whose.account}},
                             [&](const store::Row& row) { grant = row.id<GrantId>("id"); });
        act([&](journal::Turn& turn) {
            return accounts::end_grant(turn, *security, grant);
        }).value();
    }

    api::CallerPtr colleague, system, security;
};
HEZHI_ON_BOTH_ENGINES(Queues);

TEST_P(Queues, HandOnItemGivesTheOrderAndItsNeedToSomebodyElse) {
    NeedId need = report_need();
    OrderId id = open_order(need);
    EXPECT_EQ(lead_of(need), social_worker->account);
    EXPECT_TRUE(hand_on(id, *social_worker, *colleague));
    EXPECT_EQ(order(id).leader, colleague->account);
    EXPECT_EQ(lead_of(need), colleague->account);
    auto mine = items(colleague->account);
    ASSERT_EQ(mine.size(), 1U);
    EXPECT_EQ(mine[0].why, "调岗");
    EXPECT_TRUE(mine[0].handed_from.has_value());
    EXPECT_FALSE(mine[0].passed_on);
    EXPECT_TRUE(items(social_worker->account).empty());
    EXPECT_TRUE(differences().empty());
}

TEST_P(Queues, HandOnItemIsRefusedToWhoMayNotLeadThereAndUnknownToWhoDoesNotLeadIt) {
    OrderId id = open_order(report_need());
    auto elsewhere = staff("social_worker", other_subdistrict);
    EXPECT_REFUSED(hand_on(id, *social_worker, *elsewhere), refusals::successor_unfit);
    EXPECT_REFUSED(hand_on(id, *social_worker, *grid_worker), refusals::successor_unfit);
    EXPECT_REFUSED(hand_on(id, *social_worker, *social_worker), refusals::successor_unfit);
    EXPECT_REFUSED(hand_on(id, *colleague, *colleague), hezhi::refusals::not_found);
    EXPECT_REFUSED(hand_on(id, *grid_worker, *colleague), hezhi::refusals::not_found);
    auto other_officer = staff("district_officer", other_district);
    EXPECT_REFUSED(hand_on(id, *other_officer, *colleague), hezhi::refusals::not_found);
    EXPECT_TRUE(hand_on(id, *officer, *colleague)) << "a superior of the area";
    cancel(id).value();
    EXPECT_REFUSED(hand_on(id, *officer, *social_worker), hezhi::refusals::not_found);
}

TEST_P(Queues, HandOnItemByADeputySaysInWhosePlace) {
    OrderId id = open_order(report_need());
    deputies::NameDeputy input{
        colleague->account, clock.now(), clock.now() + std::chrono::days(1), {}};
    DeputyId deputy(act([&](journal::Turn& turn) {
                        return deputies::name_deputy(turn, *social_worker, input);
                    }).value());
    act([&](journal::Turn& turn) {
        return deputies::confirm_deputy(turn, *colleague, deputy);
    }).value();
    EXPECT_TRUE(hand_on(id, *colleague, *colleague));
    EXPECT_EQ(facts("item.handed_on").back().subject("deputy"), deputy.value);
}

TEST_P(Queues, HandOnQueueMovesEverythingOrNothing) {
    OrderId led = open_order(report_need());
    NeedId need = contacted_need();
    PlanId planned = plan();
    auto below = staff("social_worker", other_community);
    EXPECT_REFUSED(hand_on_all(*social_worker, *below), refusals::successor_unfit);
    EXPECT_EQ(order(led).leader, social_worker->account);
    EXPECT_REFUSED(hand_on_all(*colleague, *social_worker), refusals::queue_empty);
    EXPECT_REFUSED(hand_on_all(*colleague, *colleague, social_worker.get()), refusals::queue_empty)
        << "another's queue is nobody's but the superior's";
    EXPECT_TRUE(hand_on_all(*street_staff, *colleague, social_worker.get()));
    EXPECT_EQ(order(led).leader, colleague->account);
    EXPECT_EQ(lead_of(need), colleague->account);
    EXPECT_EQ(lead_of(planned), colleague->account);
    EXPECT_TRUE(items(social_worker->account).empty());
    EXPECT_TRUE(differences().empty());
}

TEST_P(Queues, HandOnNoMoreCasesThanOneSocialWorkerMayHave) {
    auto contact = [&](const api::CallerPtr& who, PriorityClass priority_class) {
        NeedId id = report_need(priority_class);
        return act([&](journal::Turn& turn) { return needs::contact_need(turn, *who, id); });
    };
    auto load = [&](const api::CallerPtr& who) {
        return needs::case_load(*ledger->read(), pack(), who->account);
    };
    for (int i = 0; i < 12; ++i) contact(social_worker, PriorityClass::P2).value();
    EXPECT_EQ(load(social_worker), 24) << "P2 counts twice";
    NeedId last(contact(social_worker, PriorityClass::P3).value());
    EXPECT_REFUSED(contact(social_worker, PriorityClass::P4), needs::refusals::case_load_full);
    EXPECT_TRUE(contact(social_worker, PriorityClass::P1)) << "danger waits for nobody's limit";
    EXPECT_TRUE(contact(colleague, PriorityClass::P4));
    EXPECT_EQ(load(colleague), 1);
    EXPECT_REFUSED(hand_on_all(*social_worker, *colleague), refusals::successor_full);
    EXPECT_TRUE(hand_on_all(*social_worker, *street_staff)) << "the limit is of social workers";
    auto hands = [&](NeedId id, const api::Caller& to) {
        return act([&](journal::Turn& turn) {
            return hand_on_item(turn, *street_staff, people, *find_queue("need"), id.value,
                                {to.account, Text<1, 200>("调岗")});
        });
    };
    EXPECT_TRUE(hands(last, *social_worker));
    EXPECT_EQ(load(social_worker), 1);
    // An ordinary order answers its need: no case is left of it. One that was assessed stays.
    open_order(last);
    EXPECT_EQ(load(social_worker), 0);
    EXPECT_TRUE(differences().empty());
}

TEST_P(Queues, HandOnTheSecretsThatTheirLeaderKeepsWithThem) {
    PersonId hidden = resident("陈小荷", "13900000044");
    NeedId need = contacted_need();
    act([&](journal::Turn& turn) {
        return needs::seal_need(turn, *social_worker, people, need, "避险");
    }).value();
    act([&](journal::Turn& turn) {
        return needs::seal_address(turn, *social_worker, people, hidden, "避险");
    }).value();
    auto keeper = [&] {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<people::PersonFigure>(hidden)->keeper;
        });
    };
    act([&](journal::Turn& turn) {
        return hand_on_item(turn, *social_worker, people, *find_queue("need"), need.value,
                            {colleague->account, Text<1, 200>("调岗")});
    }).value();
    EXPECT_EQ(this->need(need).keeper, colleague->account);
    EXPECT_EQ(keeper(), social_worker->account) << "the person is not of that need";
    EXPECT_TRUE(hand_on_all(*social_worker, *colleague)) << "with nothing left but the secret";
    EXPECT_EQ(keeper(), colleague->account);
    auto third = staff("social_worker", subdistrict);
    EXPECT_TRUE(hand_on_all(*street_staff, *third, colleague.get()));
    EXPECT_EQ(keeper(), third->account);
    EXPECT_EQ(this->need(need).keeper, third->account);
    EXPECT_TRUE(differences().empty());
}

TEST_P(Queues, PassOnItemLeavesNoOrphanWhenARoleEnds) {
    OrderId led = open_order(report_need());
    NeedId need = contacted_need();
    PlanId planned = plan();
    wait_until(clock.now() + seconds(1));
    EXPECT_EQ(order(led).leader, social_worker->account) << "whoever is there keeps it";
    end_role(*social_worker);
    wait_until(clock.now() + seconds(1));
    EXPECT_EQ(order(led).leader, street_staff->account);
    EXPECT_EQ(lead_of(need), street_staff->account);
    EXPECT_EQ(lead_of(planned), street_staff->account);
    for (const auto& item : items(street_staff->account)) EXPECT_TRUE(item.passed_on);
    // What the plan makes from now on is the superior's as well.
    wait_until(clock.now() + std::chrono::days(6));
    EXPECT_EQ(facts("order.opened").back().as<OrderOpened>().leader, street_staff->account);
    EXPECT_TRUE(differences().empty());
}

TEST_P(Queues, PassOnItemOfAClosedAccountGoesToNobodyWhereThereIsNoSuperior) {
    OrderId led = open_order(report_need());
    end_role(*street_staff);
    act([&](journal::Turn& turn) {
        return accounts::close_account(turn, *system, social_worker->account);
    }).value();
    wait_until(clock.now() + seconds(1));
    EXPECT_FALSE(order(led).leader);
    ASSERT_EQ(items({}).size(), 1U) << "it stands among what nobody leads";
    EXPECT_TRUE(hand_on(led, *officer, *colleague));
    EXPECT_EQ(order(led).leader, colleague->account);
    EXPECT_TRUE(differences().empty());
}

}  // namespace
}  // namespace hezhi::queues
