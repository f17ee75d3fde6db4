// The officer's figures: each number is the length of its list; areas; "why".
#include "domain/reports/reports.h"

#include <map>

#include "domain/reports/explain.h"
#include "support/changed_pack.h"
#include "support/world.h"

namespace hezhi::reports {
namespace {

using std::chrono::hours;

class Figures : public hezhi::testing::World {
  protected:
    void contact(NeedId id) {
        act([&](journal::Turn& turn) {
            return needs::contact_need(turn, *social_worker, id);
        }).value();
    }
    CockpitFigure figure(AreaId area, std::string_view key) {
        for (auto& one : cockpit(area).items) {
            if (one.key == key) return one;
        }
        ADD_FAILURE() << key;
        return {};
    }
    std::pair<std::int64_t, std::int64_t> parts(AreaId area, std::string_view key) {
        auto one = figure(area, key);
        return {one.numerator, one.denominator};
    }

    // A page of the list's route as `caller`.
    Result<std::string> page_of_list(const api::Caller& caller, AreaId area, const std::string& key,
                                     std::vector<std::pair<std::string, std::string>> query) {
        api::ActionRows labels;
        auto all = routes(desk, need_pages, labels);
        const api::Route* route = nullptr;
        for (const auto& one : all) {
            if (one.action == "list_figure") route = &one;
        }
        http::Request request;
        request.query = {{"area", std::to_string(area.value)}, {"limit", "2"}};
        for (auto& [name, value] : query) {
            if (!value.empty()) request.query.emplace_back(name, value);
        }
        return reading_as(
            caller, [&](const api::Reading& reading) { return route->read(reading, request); },
            {key});
    }
    // Follows its pages to the end.
    std::vector<NeedId> listed(const api::Caller& caller, AreaId area, const std::string& key,
                               const std::string& part, const std::string& from = "",
                               const std::string& why = "") {
        std::vector<NeedId> ids;
        std::string cursor;
        do {
            auto text =
                page_of_list(caller, area, key,
                             {{"part", part}, {"from", from}, {"why", why}, {"cursor", cursor}})
                    .value();
            auto list = from_json<needs::NeedList>(text, hezhi::Reading::stored).value();
            for (const auto& need : list.items) ids.push_back(need.id);
            cursor = list.next_cursor.value_or("");
        } while (!cursor.empty());
        return ids;
    }
    std::int64_t length_of_list(const api::Caller& caller, AreaId area, const std::string& key,
                                const std::string& part, const std::string& from = "") {
        return std::ssize(listed(caller, area, key, part, from));
    }
    std::map<std::string, std::int64_t> left_out(AreaId area, std::string_view key) {
        std::map<std::string, std::int64_t> found;
        auto one = figure(area, key);
        for (const auto& reason : one.not_counted) {
            found[std::string(label_of(reason.why))] = reason.needs;
        }
        return found;
    }
    void merge(NeedId id, NeedId into) {
        act([&](journal::Turn& turn) {
            return needs::merge_need(turn, *social_worker, id, into);
        }).value();
    }

    // Needs in every situation, in three communities.
    void a_busy_week() {
        reviewed_order(Resolution::resolved, 5);
        reviewed_order(Resolution::not_resolved, 3);
        reviewed_order(Resolution::resolved, 2);
        confirm(delivered_order()).value();  // and no word since
        contact(report_need());
        report_need();  // nobody calls: past its first-contact limit below
        report_need(PriorityClass::P4, {}, other_community);
        NeedId closed = report_need(PriorityClass::P3, {}, other_community);
        act([&](journal::Turn& turn) {
            return needs::close_need(turn, *social_worker, people, closed, "不再需要");
        }).value();
        NeedId late = report_need(PriorityClass::P2);
        clock.advance(hours(25));
        contact(late);
        report_need();
    }
};
HEZHI_ON_BOTH_ENGINES(Figures);

TEST_P(Figures, CountWhatTheirSentencesSay) {
    a_busy_week();
    using Pair = std::pair<std::int64_t, std::int64_t>;
    // Ten needs; four were served, of which one went back unresolved, and one closed without an
    // order.
    EXPECT_EQ(parts(district, "found"), Pair(4, 10));
    // Contacted in time: the four that were served and one more. Late: one. Past the limit: three.
    EXPECT_EQ(parts(district, "in_time"), Pair(5, 9));
    EXPECT_EQ(parts(district, "resolved"), Pair(2, 3));
    EXPECT_EQ(parts(district, "satisfied"), Pair(2, 3));
    EXPECT_EQ(figure(district, "resolved").apart, 1);
    EXPECT_EQ(cockpit(district).unmet, 1) << "the urgent one is past its day";
    EXPECT_EQ(parts(other_community, "found"), Pair(1, 2));
}

TEST_P(Figures, JudgeAMarkByThePackInForceWhenItIsGiven) {
    using Pair = std::pair<std::int64_t, std::int64_t>;
    reviewed_order(Resolution::resolved, 3);
    EXPECT_EQ(parts(district, "satisfied"), Pair(1, 1));
    EXPECT_EQ(figure(district, "satisfied").says_zh, "评 3 分及以上的 ÷ 已评分的");
    auto satisfied = figure(district, "satisfied").clauses;
    ASSERT_EQ(satisfied.size(), 1u);
    EXPECT_TRUE(satisfied[0].place.starts_with("base/reports.toml:"));
    EXPECT_TRUE(figure(district, "found").clauses.empty());
    auto in_time = figure(district, "in_time").clauses;
    ASSERT_EQ(in_time.size(), 4u) << "one of each priority class";
    EXPECT_TRUE(in_time[1].place.starts_with("base/time_limits.toml:"));
    EXPECT_NE(in_time[1].zh.find("2 小时内联系"), std::string::npos);
    auto stricter = hezhi::testing::changed_pack(pack(), "reports.toml", R"([satisfied]
says = { zh = "评 4 分及以上的为满意。", en = "A mark of 4 of 5 or better is satisfied." }
mark_min = 4
)");
    clock.advance(hours(1));
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, stricter, clock.now());
    }).value();
    reviewed_order(Resolution::resolved, 3);
    reviewed_order(Resolution::resolved, 4);
    EXPECT_EQ(parts(district, "satisfied"), Pair(2, 3)) << "the first stays as it was judged";
    EXPECT_EQ(length_of_list(*officer, district, "satisfied", "numerator"), 2);
    EXPECT_EQ(figure(district, "satisfied").says_en, "4 of 5 or better ÷ those who gave a mark");
    satisfied = figure(district, "satisfied").clauses;
    ASSERT_EQ(satisfied.size(), 1u);
    EXPECT_EQ(satisfied[0].zh, "评 4 分及以上的为满意。");
    EXPECT_TRUE(satisfied[0].place.starts_with("changed/reports.toml:"));
}

TEST_P(Figures, AreAsLongAsTheirListsInBothParts) {
    a_busy_week();
    for (AreaId area : {district, subdistrict, community, other_community, other_subdistrict}) {
        for (const auto& one : cockpit(area).items) {
            EXPECT_EQ(length_of_list(*officer, area, one.key, "numerator"), one.numerator)
                << one.key;
            EXPECT_EQ(length_of_list(*officer, area, one.key, "denominator"), one.denominator)
                << one.key;
        }
    }
}

TEST_P(Figures, ListEveryNeedOfTheAreaThatTheyLeaveOutWithItsReason) {
    a_busy_week();
    NeedId kept = report_need(), twice = report_need();
    merge(twice, kept);
    using Reasons = std::map<std::string, std::int64_t>;
    EXPECT_EQ(left_out(district, "found"), (Reasons{{"merged", 1}}));
    EXPECT_EQ(left_out(district, "in_time"), (Reasons{{"merged", 1}, {"not_due", 2}}));
    Reasons unasked{{"merged", 1}, {"not_reached", 1}, {"not_served", 1}, {"unfinished", 6}};
    EXPECT_EQ(left_out(district, "resolved"), unasked);
    EXPECT_EQ(left_out(district, "satisfied"), unasked);
    EXPECT_EQ(listed(*officer, district, "found", "not_counted", "", "merged"),
              std::vector<NeedId>{twice});
    EXPECT_EQ(listed(*officer, other_community, "found", "not_counted", "", "merged"),
              std::vector<NeedId>{});
    for (AreaId area : {district, subdistrict, community, other_community}) {
        auto shown = cockpit(area);
        auto all = shown.items;
        all.push_back(shown.unmet_figure);
        std::int64_t needs_there =
            std::ssize(listed(*officer, area, "found", "denominator")) +
            std::ssize(listed(*officer, area, "found", "not_counted", "", "merged"));
        for (const auto& one : all) {
            std::int64_t together = one.denominator;
            for (const auto& reason : one.not_counted) {
                std::string why(label_of(reason.why));
                EXPECT_EQ(std::ssize(listed(*officer, area, one.key, "not_counted", "", why)),
                          reason.needs)
                    << one.key << " " << why;
                together += reason.needs;
            }
            EXPECT_EQ(together, needs_there) << one.key << ": each need once";
        }
    }
    // The clause that a reason rests on.
    auto merged = figure(district, "found").not_counted.at(0);
    ASSERT_EQ(merged.clauses.size(), 1u);
    EXPECT_EQ(merged.clauses[0].zh, pack().asking.merging_clause.says.zh);
}

TEST_P(Figures, OfSomeDaysLeaveOutWhatWasReportedOnOthers) {
    a_busy_week();
    clock.advance(hours(24));
    report_need();
    Day today = hezhi::day_of(clock.now());
    auto since = cockpit(district, {start_of(today)});
    ASSERT_EQ(since.items.front().not_counted.size(), 1u);
    EXPECT_EQ(since.items.front().not_counted[0].why, WhyNotCounted::outside_days);
    EXPECT_EQ(since.items.front().not_counted[0].needs, 10);
    EXPECT_EQ(
        listed(*officer, district, "found", "not_counted", to_string(today), "outside_days").size(),
        10u);
    EXPECT_TRUE(left_out(district, "found").empty()) << "of all time";
}

TEST_P(Figures, RefuseAReasonForWhichTheyLeaveNothingOut) {
    auto asked = [&](const std::string& key, const std::string& why) {
        return page_of_list(*officer, district, key, {{"part", "not_counted"}, {"why", why}});
    };
    EXPECT_TRUE(asked("in_time", "not_due"));
    EXPECT_REFUSED(asked("found", "not_due"), hezhi::refusals::invalid_input);
    EXPECT_REFUSED(asked("resolved", "no_mark"), hezhi::refusals::invalid_input);
    EXPECT_REFUSED(asked("found", ""), hezhi::refusals::invalid_input);
    EXPECT_REFUSED(asked("beauty", "merged"), hezhi::refusals::not_found);
}

TEST_P(Figures, WhatIsUnmetOpensItsList) {
    a_busy_week();
    auto unmet = cockpit(district).unmet_figure;
    EXPECT_EQ(unmet.numerator, 1);
    EXPECT_EQ(unmet.denominator, 10);
    EXPECT_EQ(length_of_list(*officer, district, "unmet", "numerator"), 1);
    EXPECT_EQ(length_of_list(*officer, district, "unmet", "denominator"), 10);
    ASSERT_EQ(unmet.clauses.size(), 4u) << "the handling limits";
}

TEST_P(Figures, NameTheClausesOfServiceAndComplaints) {
    auto shown = cockpit(district);
    ASSERT_EQ(shown.service_clauses.size(), 1u);
    EXPECT_EQ(shown.service_clauses[0].zh, pack().records.clause.says.zh);
    ASSERT_EQ(shown.complaint_clauses.size(), 1u);
    EXPECT_EQ(shown.complaint_clauses[0].zh, pack().complaints.clause.says.zh);
}

TEST_P(Figures, OfTwoSpansOfDaysTogetherAreThoseOfAllTime) {
    a_busy_week();
    clock.advance(hours(24));
    contact(report_need());
    Day today = hezhi::day_of(clock.now());
    auto all = cockpit(district), before = cockpit(district, {{}, start_of(today)}),
         since = cockpit(district, {start_of(today)});
    EXPECT_EQ(since.items.front().denominator, 1) << "what was reported today";
    for (std::size_t i = 0; i < all.items.size(); ++i) {
        const auto &whole = all.items[i], &first = before.items[i], &second = since.items[i];
        EXPECT_EQ(first.numerator + second.numerator, whole.numerator) << whole.key;
        EXPECT_EQ(first.denominator + second.denominator, whole.denominator) << whole.key;
        std::string from = to_string(today);
        EXPECT_EQ(length_of_list(*officer, district, whole.key, "numerator", from),
                  second.numerator);
        EXPECT_EQ(length_of_list(*officer, district, whole.key, "denominator", from),
                  second.denominator);
    }
    EXPECT_GT(all.service.minutes_all, 0);
    EXPECT_EQ(before.service.minutes_all, all.service.minutes_all) << "nobody served today";
    EXPECT_EQ(since.service.records_all, 0);
    EXPECT_EQ(since.unmet + before.unmet, all.unmet);
}

TEST_P(Figures, OfAnAreaAreThoseOfItsChildrenTogether) {
    a_busy_week();
    auto whole = cockpit(district);
    std::int64_t found = 0, unmet = 0;
    for (const auto& child : whole.children) {
        found += child.found;
        unmet += child.unmet;
        auto own = cockpit(child.area.id);
        EXPECT_EQ(own.items.front().denominator, child.found) << child.area.name;
        EXPECT_EQ(own.unmet, child.unmet) << child.area.name;
    }
    EXPECT_EQ(whole.children.size(), 2U);
    EXPECT_EQ(found, whole.items.front().denominator);
    EXPECT_EQ(unmet, whole.unmet);
    EXPECT_EQ(cockpit(other_district).items.front().denominator, 0);
}

TEST_P(Figures, WhyAnOrderIsAsItIsListsItsFactsInOrder) {
    OrderId id = reviewed_order();
    auto rows = orders::actions();
    for (const auto& row : time_bank::actions()) rows.push_back(row);
    auto why = reading_as(*officer, [&](const api::Reading& reading) {
        return facts_about(reading, people, rows, "order", id.value);
    });
    std::vector<std::string> kinds;
    std::int64_t before = 0;
    for (const auto& fact : why.items) {
        kinds.emplace_back(fact.kind);
        EXPECT_GT(fact.position, before);
        EXPECT_NE(fact.zh, fact.kind) << "has no words";
        before = fact.position;
    }
    EXPECT_EQ(kinds, (std::vector<std::string>{
                         "order.opened", "need.planned", "order.offered", "order.offered",
                         "order.accepted", "order.accepted", "order.checked_in", "order.checked_in",
                         "order.checked_out", "order.checked_out", "order.confirmed",
                         "earning.judged", "earning.judged", "order.reviewed"}));
    // Whoever acted is masked; the link has no name.
    const auto& opened = why.items.front();
    ASSERT_TRUE(opened.actor.has_value());
    EXPECT_NE(opened.actor->find("*"), std::string::npos);
    EXPECT_EQ(opened.permission, "order.open");
    EXPECT_EQ(why.items.back().actor, std::nullopt);
    EXPECT_EQ(why.items.back().via, Via::link);
}

}  // namespace
}  // namespace hezhi::reports
