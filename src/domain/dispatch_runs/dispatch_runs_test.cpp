// 全部派单 and 采纳派单建议: what is proposed, what becomes of it, and why somebody else is not.
#include "domain/dispatch_runs/dispatch_runs.h"

#include "domain/dispatch_runs/dispatch_run_pages.h"
#include "support/world.h"

namespace hezhi::dispatch_runs {
namespace {

using rules::LevelKey;
using std::chrono::hours;

class DispatchRuns : public hezhi::testing::World {
  protected:
    Result<DispatchRunMade> compute(AreaId area) {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            return compute_run(reading, dispatch_desk, path_of(area));
        });
    }
    DispatchRunId make() {
        auto made = compute(subdistrict).value();
        return DispatchRunId(act([&](journal::Turn& turn) {
                                 return make_dispatch_run(turn, *street_staff,
                                                          {subdistrict, path_of(subdistrict)},
                                                          made);
                             }).value());
    }
    Result<std::int64_t> adopt(DispatchRunId id, const AdoptDispatchRun& input = {},
                               api::CallerPtr caller = {}) {
        return act([&](journal::Turn& turn) {
            return adopt_dispatch_run(turn, caller ? *caller : *street_staff, dispatch_desk, id,
                                      input);
        });
    }
    DispatchRun page(DispatchRunId id) {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            return run_page(reading, dispatch_desk, id, 0).value();
        });
    }
    Result<WhyNotShown> why_not(DispatchRunId id, OrderId order, PersonId person,
                                api::CallerPtr caller = {}) {
        return reading_as(caller ? *caller : *street_staff, [&](const api::Reading& reading) {
            return why_not_page(reading, dispatch_desk, id, order, person);
        });
    }
    const ProposalShown& proposal(const DispatchRun& run, OrderId order) {
        for (const auto& item : run.items) {
            if (item.order_id == order) return item;
        }
        throw std::runtime_error("the run has no such order");
    }
    // One visit by one volunteer each, an hour apart: 刘 and 赵 have been there before.
    OrderId visit(int hour) {
        return open_order(report_need(), "smartphone_lessons", tomorrow_at(hour),
                          tomorrow_at(hour) + hours(1));
    }
};
HEZHI_ON_BOTH_ENGINES(DispatchRuns);

TEST_P(DispatchRuns, MakeDispatchRunProposesOnePlaceAPersonAndKeepsTheProof) {
    EXPECT_REFUSED(compute(subdistrict), refusals::no_open_orders);
    std::vector<OrderId> orders{visit(9), visit(10), visit(11), visit(12)};
    DispatchRunId id = make();
    auto run = page(id);
    EXPECT_EQ(run.orders, 4);
    EXPECT_EQ(run.places, 4);
    EXPECT_EQ(run.empty_places, 1) << "three volunteers, one place each";
    EXPECT_TRUE(run.proven);
    EXPECT_TRUE(run.unique);
    EXPECT_EQ(run.points, run.bound_points);
    EXPECT_EQ(run.waiting, 3);
    EXPECT_EQ(run.items.front().missing, 1) << "what nobody can take stands first";
    EXPECT_EQ(run.items.front().state, ProposalStep::empty);
    ASSERT_EQ(run.shortages.size(), 1U);
    EXPECT_EQ(run.shortages.front().places, 1);
    EXPECT_EQ(run.actions, std::vector<std::string>{"adopt_dispatch_run"});
    EXPECT_EQ(facts("order.offered").size(), 0U) << "nobody was asked by it";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(DispatchRuns, AdoptDispatchRunMakesOrdinaryOffers) {
    std::vector<OrderId> orders{visit(9), visit(10)};
    DispatchRunId id = make();
    ASSERT_TRUE(adopt(id, {{{orders[0]}}}).has_value());
    EXPECT_EQ(order(orders[0]).state, OrderStep::offered);
    EXPECT_EQ(order(orders[1]).state, OrderStep::open);
    auto run = page(id);
    PersonId asked = proposal(run, orders[0]).people.front().person_id;
    EXPECT_TRUE(offer_of(orders[0], asked));
    EXPECT_EQ(proposal(run, orders[0]).state, ProposalStep::adopted);
    EXPECT_EQ(offer_of(orders[0], asked)->score, proposal(run, orders[0]).people.front().points)
        << "one score for one order and for all";
    // Once more, as a repeated request would: nothing is offered twice.
    ASSERT_TRUE(adopt(id, {{{orders[0]}}}).has_value());
    EXPECT_EQ(facts("order.offered").size(), 1U);
    // And the rest, without naming it.
    ASSERT_TRUE(adopt(id).has_value());
    EXPECT_EQ(page(id).waiting, 0);
    EXPECT_EQ(page(id).adopted, 2);
    EXPECT_TRUE(page(id).actions.empty());
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(DispatchRuns, AdoptDispatchRunRefusesWhatIsStaleOneByOne) {
    std::vector<OrderId> orders{visit(9), visit(10), visit(11)};
    DispatchRunId id = make();
    auto run = page(id);
    // The first was cancelled, the second's volunteer is bound elsewhere at that time.
    cancel(orders[0]).value();
    PersonId second = proposal(run, orders[1]).people.front().person_id;
    OrderId other = visit(10);
    for (const auto& who : {zhang, liu, zhao}) {
        if (who.person != second) continue;
        offer(other, {who}).value();
        accept(other, who).value();
    }
    ASSERT_TRUE(adopt(id).has_value());
    run = page(id);
    EXPECT_EQ(proposal(run, orders[0]).state, ProposalStep::stale);
    EXPECT_EQ(proposal(run, orders[0]).stale_en.value(),
              std::string(orders::refusals::order_state_forbids.en));
    EXPECT_EQ(proposal(run, orders[1]).state, ProposalStep::stale);
    EXPECT_EQ(proposal(run, orders[1]).stale_en.value(),
              "The time clashes with what they already took.");
    EXPECT_EQ(proposal(run, orders[2]).state, ProposalStep::adopted);
    EXPECT_EQ(run.stale, 2);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(DispatchRuns, AdoptDispatchRunRefusesPlacesThatWereAskedSince) {
    OrderId one = visit(9);
    DispatchRunId id = make();
    PersonId proposed = page(id).items.front().people.front().person_id;
    for (const auto& who : {zhang, liu, zhao}) {
        if (who.person == proposed) continue;
        offer(one, {who}).value();
        break;
    }
    ASSERT_TRUE(adopt(id).has_value());
    EXPECT_EQ(page(id).items.front().stale_en.value(), std::string(refusals::places_asked.en));
}

TEST_P(DispatchRuns, AdoptDispatchRunNamesTheFieldThatIsWrong) {
    OrderId one = visit(9);
    DispatchRunId id = make();
    auto wrong = adopt(id, {{{OrderId(999999)}}});
    ASSERT_FALSE(wrong.has_value());
    EXPECT_TRUE(wrong.error().is(refusals::proposal_missing));
    EXPECT_EQ(wrong.error().fields.front().field, "/order_ids/0");
    EXPECT_REFUSED(adopt(id, {{{one, one}}}), refusals::proposal_missing);
    EXPECT_REFUSED(adopt(id, {std::vector<OrderId>(21, one)}), hezhi::refusals::invalid_input);
    EXPECT_REFUSED(adopt(DispatchRunId(999999)), hezhi::refusals::not_found);
}

TEST_P(DispatchRuns, AreAnsweredToWhoDispatchesThereOnly) {
    OrderId one = visit(9);
    DispatchRunId id = make();
    EXPECT_REFUSED(adopt(id, {}, staff("street_staff", other_subdistrict)),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(adopt(id, {}, staff("community_worker", community)), hezhi::refusals::not_found);
    EXPECT_REFUSED(why_not(id, one, zhang.person, staff("street_staff", other_subdistrict)),
                   hezhi::refusals::not_found);
}

TEST_P(DispatchRuns, AreShownFromAnyPlaceThatACursorNames) {
    visit(9);
    DispatchRunId id = make();
    auto from = [&](std::int64_t offset) {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            return std::ssize(run_page(reading, dispatch_desk, id, offset).value().items);
        });
    };
    EXPECT_EQ(from(-5), 1) << "a cursor that somebody made up";
    EXPECT_EQ(from(1), 0);
    EXPECT_EQ(from(INT64_MAX), 0);
}

TEST_P(DispatchRuns, CanBePutAside) {
    visit(9);
    DispatchRunId id = make();
    ASSERT_TRUE(adopt(id, {std::vector<OrderId>{}}).has_value());
    EXPECT_EQ(page(id).state, DispatchRunStep::decided);
    EXPECT_EQ(facts("order.offered").size(), 0U);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

// Everything that it read stands in the journal: another process, with nothing in memory, proposes
// the same, byte for byte. So does a run that followed the changes.
TEST_P(DispatchRuns, GiveTheSameBytesFromTheJournalAlone) {
    for (int hour : {9, 10, 11, 13, 14}) visit(hour);
    make();
    OrderId late = visit(15);
    offer(late, {zhang}).value();
    decline(late, zhang).value();
    auto followed = compute(subdistrict).value();
    Batches nothing;
    auto anew = reading_as(*street_staff, [&](const api::Reading& reading) {
        return compute_run(reading, {desk, nothing}, path_of(subdistrict)).value();
    });
    EXPECT_EQ(to_json(followed), to_json(anew));
    // From figures that were folded again.
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
    EXPECT_EQ(to_json(compute(subdistrict).value()), to_json(anew));
}

TEST_P(DispatchRuns, AskNobodyAgainWhoDeclined) {
    OrderId one = visit(9);
    DispatchRunId first = make();
    PersonId asked = page(first).items.front().people.front().person_id;
    ASSERT_TRUE(adopt(first).has_value());
    for (const auto& who : {zhang, liu, zhao}) {
        if (who.person == asked) decline(one, who).value();
    }
    DispatchRunId second = make();
    auto run = page(second);
    EXPECT_NE(run.items.front().people.front().person_id, asked);
    EXPECT_EQ(why_not(second, one, asked)->rule, "asked_before");
}

TEST_P(DispatchRuns, ChangeAfterADeclineNoMoreThanTheyMust) {
    std::vector<OrderId> orders{visit(9), visit(10)};
    DispatchRunId first = make();
    auto before = page(first);
    ASSERT_TRUE(adopt(first, {{{orders[0]}}}).has_value());
    for (const auto& who : {zhang, liu, zhao}) {
        if (who.person == proposal(before, orders[0]).people.front().person_id) {
            decline(orders[0], who).value();
        }
    }
    DispatchRunId second = make();
    auto after = page(second);
    const auto& kept = proposal(after, orders[1]).people.front();
    EXPECT_EQ(kept.person_id, proposal(before, orders[1]).people.front().person_id);
    EXPECT_TRUE(kept.as_before);
    const auto& changed = proposal(after, orders[0]).people.front();
    EXPECT_NE(changed.person_id, proposal(before, orders[0]).people.front().person_id)
        << "who declined is not asked again";
    EXPECT_FALSE(changed.as_before);
    // A third run finds nothing to change at all.
    auto third = page(make());
    for (OrderId order : orders) {
        EXPECT_TRUE(proposal(third, order).people.front().as_before);
    }
}

TEST_P(DispatchRuns, SendTwoTogetherOrNobody) {
    // 环境整治 takes two; four places, three volunteers.
    OrderId early = open_order(report_need());
    OrderId late = open_order(report_need());
    DispatchRunId id = make();
    auto run = page(id);
    auto filled = proposal(run, early).people.size() + proposal(run, late).people.size();
    EXPECT_EQ(filled, 2U);
    EXPECT_TRUE(proposal(run, early).people.empty() || proposal(run, late).people.empty());
}

TEST_P(DispatchRuns, WhyNotTellsTheRuleOrWhatEverybodyWouldLose) {
    auto beginner = volunteer("钱海燕", community, LevelKey::V0);
    auto far = volunteer("李青禾", other_subdistrict);
    std::vector<OrderId> orders{visit(9), visit(10), visit(11)};
    DispatchRunId id = make();
    auto run = page(id);
    EXPECT_EQ(why_not(id, orders[0], beginner.person)->rule, "certification_too_low");
    EXPECT_EQ(why_not(id, orders[0], far.person)->rule, "outside_area");
    PersonId chosen = proposal(run, orders[0]).people.front().person_id;
    auto hers = why_not(id, orders[0], chosen).value();
    EXPECT_TRUE(hers.chosen);
    EXPECT_EQ(hers.loss_points, 0);
    PersonId other = proposal(run, orders[1]).people.front().person_id;
    auto why = why_not(id, orders[0], other).value();
    EXPECT_FALSE(why.rule);
    EXPECT_FALSE(why.chosen);
    EXPECT_EQ(why.loss_points, 0) << "all three are alike: only the lots decide";
    ASSERT_EQ(why.swaps.size(), 2U);
    // With nothing in memory the same is computed again.
    Batches nothing;
    auto again = reading_as(*street_staff, [&](const api::Reading& reading) {
        return why_not_page(reading, {desk, nothing}, id, orders[0], other).value();
    });
    EXPECT_EQ(to_json(again), to_json(why));
}

// No second opinion: whoever the batch proposes is among the candidates of the order's own page,
// with the same points; whoever a rule forbids there is never proposed.
TEST_P(DispatchRuns, AgreeWithTheCandidatesOfOneOrder) {
    for (int i = 0; i < 6; ++i) {
        volunteer("何" + std::to_string(i), i % 2 ? community : other_community,
                  static_cast<LevelKey>(i % 3));
    }
    professional(subdistrict);
    std::vector<OrderId> orders{visit(9), visit(10)};
    for (const char* category :
         {"adolescent_counselling", "visit_alone_elder", "hospital_escort"}) {
        orders.push_back(open_order(report_need(), category));
    }
    auto made = compute(subdistrict).value();
    int proposed = 0;
    for (const auto& one : made.orders) {
        for (const auto& person : one.people) {
            auto verdict = reading_as(*street_staff, [&](const api::Reading& reading) {
                return orders::consider_person(reading.db, reading.tables, order(one.order),
                                               person.person, *tree->now(), pack(), clock.now())
                    .value();
            });
            ASSERT_TRUE(std::holds_alternative<dispatch::Score>(verdict));
            EXPECT_EQ(std::get<dispatch::Score>(verdict).total, person.points);
            ++proposed;
        }
    }
    EXPECT_GE(proposed, 4);
}

}  // namespace
}  // namespace hezhi::dispatch_runs
