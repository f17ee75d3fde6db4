// 派单建议 and 派单: who may take an order, what their score is made of, how far is looked.
#include "domain/orders/candidates.h"

#include "support/world.h"

namespace hezhi::orders {
namespace {

using rules::LevelKey;
using std::chrono::hours;

class Candidates : public hezhi::testing::World {
  protected:
    dispatch::Ranking rank(OrderId id) { return rank(id, pack()); }
    dispatch::Ranking rank(OrderId id, const rules::Pack& judged_by) {
        auto areas = tree->now();
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            auto found = rank_candidates(reading.db, reading.tables, order(id), *areas, judged_by,
                                         clock.now());
            auto near = rank_candidates(reading.db, reading.tables, order(id), *areas, judged_by,
                                        clock.now(), Looked::reach);
            EXPECT_EQ(ids_of(near), ids_of(found)) << "the same candidates, best first";
            EXPECT_LE(near.considered, found.considered);
            for (const auto& one : found.candidates) {
                auto alone = consider(reading, id, judged_by, one.person);
                EXPECT_EQ(std::get<dispatch::Score>(alone).total, one.score.total);
            }
            for (const auto& one : found.excluded) {
                auto alone = consider(reading, id, judged_by, one.person);
                EXPECT_EQ(std::get<dispatch::Forbidden>(alone).rule, one.forbidden.rule);
            }
            return found;
        });
    }
    static std::vector<std::int64_t> ids_of(const dispatch::Ranking& ranking) {
        std::vector<std::int64_t> ids;
        for (const auto& one : ranking.candidates) ids.push_back(one.person);
        return ids;
    }
    // What an offer asks of one person alone; a ranking must say the same.
    dispatch::Verdict consider(const api::Reading& reading, OrderId id,
                               const rules::Pack& judged_by, std::int64_t person) {
        return consider_person(reading.db, reading.tables, order(id), PersonId(person),
                               *tree->now(), judged_by, clock.now())
            .value();
    }
    // The code of the first rule that forbids; empty for a candidate; "nobody" if not considered.
    static std::string verdict(const dispatch::Ranking& ranking, PersonId person) {
        for (const auto& candidate : ranking.candidates) {
            if (candidate.person == person.value) return "";
        }
        for (const auto& excluded : ranking.excluded) {
            if (excluded.person == person.value) return std::string(excluded.forbidden.rule->code);
        }
        return "nobody";
    }
    dispatch::Score score(const dispatch::Ranking& ranking, PersonId person) {
        for (const auto& candidate : ranking.candidates) {
            if (candidate.person == person.value) return candidate.score;
        }
        ADD_FAILURE() << "no candidate";
        return {};
    }
    std::int32_t part(const dispatch::Score& score, std::string_view key) {
        for (const auto& one : score.parts) {
            if (one.key == key) return one.points;
        }
        return -1;
    }
};
HEZHI_ON_BOTH_ENGINES(Candidates);

TEST_P(Candidates, HaveScoresWhosePartsAddUp) {
    auto ranking = rank(open_order(report_need()));
    ASSERT_EQ(ranking.candidates.size(), 3U);
    std::int32_t before = 100;
    for (const auto& candidate : ranking.candidates) {
        std::int32_t sum = 0, max = 0;
        for (const auto& one : candidate.score.parts) {
            EXPECT_GE(one.points, 0);
            EXPECT_LE(one.points, one.max);
            sum += one.points;
            max += one.max;
        }
        EXPECT_EQ(sum, candidate.score.total);
        EXPECT_EQ(max, 100);
        EXPECT_LE(candidate.score.total, before);
        before = candidate.score.total;
    }
    EXPECT_EQ(ranking.considered, std::ssize(ranking.candidates) + std::ssize(ranking.excluded));
}

TEST_P(Candidates, AreForbiddenByTheFirstRuleThatDoesNotHold) {
    auto beginner = volunteer("钱海燕", community, LevelKey::V0);
    auto neighbour = volunteer("孙文博", other_community);
    auto professional_here = professional(subdistrict);
    OrderId visit = open_order(report_need(), "visit_alone_elder");
    auto ranking = rank(visit);
    EXPECT_EQ(verdict(ranking, zhang.person), "");
    EXPECT_EQ(verdict(ranking, beginner.person), "certification_too_low");
    EXPECT_EQ(verdict(ranking, neighbour.person), "outside_area");
    EXPECT_EQ(verdict(ranking, professional_here.person), "duty_boundary");
    OrderId counselling = open_order(report_need(), "adolescent_counselling");
    auto professionals = rank(counselling);
    EXPECT_EQ(verdict(professionals, professional_here.person), "");
    EXPECT_EQ(verdict(professionals, zhang.person), "duty_boundary");
}

// The record check must hold until the order is over.
TEST_P(Candidates, ForMinorsNeedARecordCheckThatHolds) {
    auto one = professional(subdistrict);
    NeedId need_id = report_need(PriorityClass::P4);
    OrderId id = open_order(need_id, "adolescent_counselling");
    EXPECT_EQ(verdict(rank(id), one.person), "");
    clock.set(clock.now() + hours(24 * 364));
    OrderId late = open_order(report_need(PriorityClass::P4), "adolescent_counselling",
                              clock.now() + hours(48), clock.now() + hours(50));
    EXPECT_EQ(verdict(rank(late), one.person), "record_check_missing");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Candidates, AreSoughtWiderAsTheTimePasses) {
    auto neighbour = volunteer("孙文博", other_community);
    auto far = volunteer("李青禾", other_subdistrict);
    Instant starts = clock.now() + hours(24 * 8);
    OrderId id = open_order(report_need(), "environment_clean_up", starts, starts + hours(2));
    Instant opened = clock.now();
    auto share = [&](int percent) { return opened + hours(24 * 7) * percent / 100; };
    auto areas = tree->now();
    auto reach = [&](Instant at) { return reach_at(order(id), *areas, pack(), at); };
    EXPECT_EQ(reach(opened), path_of(community));
    EXPECT_EQ(reach(share(24)), path_of(community));
    EXPECT_EQ(reach(share(25)), path_of(subdistrict));
    EXPECT_EQ(reach(share(49)), path_of(subdistrict));
    EXPECT_EQ(reach(share(50)), path_of(district));
    EXPECT_EQ(reach(share(75)), path_of(district));
    EXPECT_REFUSED(offer(id, {neighbour}), refusals::person_may_not_take);
    clock.set(share(25));
    EXPECT_EQ(verdict(rank(id), neighbour.person), "");
    EXPECT_EQ(verdict(rank(id), far.person), "nobody");
    EXPECT_REFUSED(offer(id, {far}), refusals::person_may_not_take);
    EXPECT_TRUE(offer(id, {neighbour}).has_value());
    clock.set(share(50));
    EXPECT_EQ(verdict(rank(id), far.person), "");
    EXPECT_TRUE(offer(id, {far}).has_value());
}

TEST_P(Candidates, WhoServedLessAndKnowsTheRecipientComeFirst) {
    resident("王秀英", "13900000001");
    OrderId first = open_order(report_need(PriorityClass::P3, "13900000001"), "visit_alone_elder");
    EXPECT_EQ(order(first).people_needed, 2);
    EXPECT_EQ(order(first).duty_boundary, DutyBoundary::volunteer_supervised);
    offer(first, {liu, zhao}).value();
    for (const auto& who : {liu, zhao}) accept(first, who).value();
    clock.set(order(first).starts_at);
    for (const auto& who : {liu, zhao}) check_in(first, who).value();
    clock.advance(hours(8));
    for (const auto& who : {liu, zhao}) check_out(first, who).value();
    OrderId next = open_order(report_need(PriorityClass::P3, "13900000001"), "visit_alone_elder");
    EXPECT_EQ(order(next).people_needed, 1) << "only the first visit is made by two";
    EXPECT_EQ(order(next).duty_boundary, DutyBoundary::volunteer);
    auto ranking = rank(next);
    EXPECT_EQ(part(score(ranking, liu.person), "continuity"), 20);
    EXPECT_EQ(part(score(ranking, zhang.person), "continuity"), 0);
    EXPECT_LT(part(score(ranking, liu.person), "fairness"),
              part(score(ranking, zhang.person), "fairness"));
    // 30 days later the minutes count no more.
    clock.advance(hours(24 * 31));
    EXPECT_EQ(part(score(rank(next), liu.person), "fairness"), 15);
    rules::Pack longer = pack();
    longer.dispatch.load_days = 60;
    EXPECT_LT(part(score(rank(next, longer), liu.person), "fairness"), 15);
}

TEST_P(Candidates, AreNotAskedWhileTheyAreBound) {
    OrderId taken = open_order(report_need()), same_time = open_order(report_need());
    offer(taken, {zhang}).value();
    EXPECT_EQ(verdict(rank(same_time), zhang.person), "") << "an offer does not bind";
    accept(taken, zhang).value();
    EXPECT_EQ(verdict(rank(same_time), zhang.person), "time_conflict");
    auto outcome = offer(same_time, {liu, zhang});
    ASSERT_FALSE(outcome.has_value());
    EXPECT_TRUE(outcome.error().is(refusals::person_may_not_take));
    EXPECT_EQ(outcome.error().fields.front().field, "/person_ids/1");
    EXPECT_FALSE(offer_of(same_time, liu.person)) << "a list with one mistake asks nobody";
}

TEST_P(Candidates, AreAskedOnceAndNotMoreThanThePackAllows) {
    OrderId id = open_order(report_need());
    EXPECT_REFUSED(offer(id, {}), hezhi::refusals::invalid_input);
    EXPECT_REFUSED(offer(id, {zhang, zhang}), refusals::already_offered);
    EXPECT_REFUSED(offer(id, {zhang, liu, zhao, zhang, liu, zhao}), hezhi::refusals::invalid_input);
    offer(id, {zhang}).value();
    EXPECT_REFUSED(offer(id, {zhang}), refusals::already_offered);
    EXPECT_REFUSED(offer(id, {{PersonId(99999), nullptr}}), refusals::person_may_not_take);
    EXPECT_EQ(facts("order.offered").size(), 1U);
}

// Proof of insurance before the start, until the end, named by its last day.
TEST_P(Candidates, NeedCoverThatLastsWhereTheCategoryAsksForInsurance) {
    auto wei = volunteer("魏明", community, LevelKey::V2);
    auto he = volunteer("何青", community, LevelKey::V2);
    auto cover = [&](PersonId person, const char* first, const char* last) {
        insurance::AddInsurance policy;
        policy.insurer.value = "示范保险";
        policy.policy.value = "PA-1";
        policy.covers = InsuranceCovers::named_people;
        policy.area_id = community;
        policy.from = start_of(*parse_day(first));
        policy.until = start_of(*parse_day(last));
        InsuranceId id(act([&](journal::Turn& turn) {
                           return insurance::add_insurance(turn, *street_staff, insurance_desk,
                                                           policy);
                       }).value());
        act([&](journal::Turn& turn) {
            return insurance::add_cover(turn, *street_staff, id, person);
        }).value();
    };
    cover(wei.person, "2026-03-05", "2026-03-06");
    cover(he.person, "2026-03-01", "2026-03-05");
    OrderId id = open_order(report_need(), "hospital_escort");  // on 6 March
    auto ranking = rank(id);
    EXPECT_EQ(verdict(ranking, wei.person), "") << "both its days hold whole";
    EXPECT_EQ(verdict(ranking, he.person), "insurance_missing");
    for (const auto& excluded : ranking.excluded) {
        if (excluded.person != he.person.value) continue;
        EXPECT_EQ(excluded.forbidden.needed, "2026-03-06");
        EXPECT_EQ(excluded.forbidden.found, "2026-03-05") << "its last day, not the one after";
    }
}

}  // namespace
}  // namespace hezhi::orders
