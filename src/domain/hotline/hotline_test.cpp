// Work orders of the hotline: in, answered, returned, out again.
#include "domain/hotline/hotline.h"

#include <algorithm>

#include "support/world.h"

namespace hezhi::hotline {
namespace {

using std::chrono::hours;

class Hotline : public hezhi::testing::World {
  protected:
    Hotline() {
        map.under = "370211";
        map.time = {{"%Y-%m-%d %H:%M"}, std::chrono::hours(8)};
        desk = std::make_unique<HotlineDesk>(HotlineDesk{people, *tree});
        // What the map's rows lie under.
        (void)act([&](journal::Turn& turn) {
            return areas::add_area(turn, command, {}, "district", "示例区", "370211");
        });
    }
    HotlineRow row(std::string number, HotlineOutcome outcome = HotlineOutcome::open) {
        HotlineRow made;
        made.line = 2;
        made.number = std::move(number);
        made.outcome = outcome;
        made.received_at = clock.now() - hours(48);
        made.due_at = clock.now() + hours(24);
        if (outcome == HotlineOutcome::closed) made.closed_at = clock.now() - hours(1);
        made.what = "楼道噪声";
        made.contact = "王秀英 13900000001";
        return made;
    }
    HotlineOrderId import(const HotlineRow& wanted) {
        return HotlineOrderId(act([&](journal::Turn& turn) -> Result<std::int64_t> {
                                  return import_hotline_order(turn, command, *desk, wanted,
                                                              {community, path_of(community)});
                              }).value());
    }
    // A later file with this row, as a dry run and then in earnest; what they say is the same.
    ImportCounts reread(const HotlineRow& wanted) {
        auto names = [this] { return AreaNames::make(*tree->now(), map, pack()).value(); };
        auto dry_names = names(), kept = names();
        ImportReport dry = reading_as(*officer, [&](const api::Reading& reading) {
            return check_rows(reading.db, {wanted}, map, dry_names, clock.now());
        });
        ImportReport done;
        (void)act([&](journal::Turn& turn) -> Result<std::int64_t> {
            done = import_rows(turn, command, *desk, {wanted}, map, kept);
            if (!turn.wrote()) return refuse(hezhi::refusals::not_found);
            return 1;
        });
        EXPECT_EQ(dry.counts, done.counts);
        return done.counts;
    }
    HotlineOrder page(HotlineOrderId id) {
        return reading_as(*social_worker, [&](const api::Reading& reading) {
            return show(reading, *desk, reading.load<HotlineOrderFigure>(id).value());
        });
    }
    HotlineFigures figures() {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return hotline_figures(reading.db, path_of(district), clock.now());
        });
    }
    std::string replies() {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reply_file(reading.db, people, path_of(district), map.time,
                              {"编号", "联系", "结果", "办结", "订单"});
        });
    }
    Result<std::int64_t> give_back(HotlineOrderId id, const api::Caller& who) {
        return act([&](journal::Turn& turn) {
            return return_hotline_order(turn, who, *desk, id, "=不属本区");
        });
    }

    HotlineMap map;
    std::unique_ptr<HotlineDesk> desk;
};
HEZHI_ON_BOTH_ENGINES(Hotline);

TEST_P(Hotline, HistoryStartsNoClockAndKeepsNoContact) {
    auto id = import(row("1", HotlineOutcome::closed));
    auto shown = page(id);
    EXPECT_FALSE(shown.need_id);
    EXPECT_FALSE(shown.running);
    EXPECT_EQ(shown.what, "楼道噪声");
    EXPECT_TRUE(facts("need.reported").empty());
    EXPECT_EQ(facts("hotline_order.imported").at(0).occurred_at, clock.now() - hours(48));
    clock.advance(hours(1000));
    EXPECT_EQ(figures().open_overdue, 0);
    EXPECT_EQ(figures().in_time, 1);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Hotline, WhereThePackHasNoneNothingIsImported) {
    EXPECT_TRUE(AreaNames::make(*tree->now(), map, pack()).has_value());
    auto abroad = rules::read_pack_folder("packs/international");
    ASSERT_TRUE(abroad.has_value());
    EXPECT_REFUSED(AreaNames::make(*tree->now(), map, *abroad), refusals::hotline_not_kept);
    EXPECT_REFUSED(require_hotline(*abroad), refusals::hotline_not_kept);
}

TEST_P(Hotline, OpenOrdersAreNeedsWhoseLimitIsTheOfficialOne) {
    auto wanted = row("1");
    auto shown = page(import(wanted));
    auto made = need(shown.need_id.value());
    EXPECT_EQ(made.channel, Channel::hotline);
    EXPECT_EQ(made.handle_until, wanted.due_at);
    EXPECT_EQ(made.reported_at, wanted.received_at);
    EXPECT_LE(made.first_contact_until, made.handle_until);
    for (const Fact& fact : facts("hotline_order.imported")) {
        EXPECT_EQ(fact.payload.find("噪声"), std::string::npos);
    }
}

TEST_P(Hotline, TheClockDoesNotRunAfterTheAnswer) {
    auto id = import(row("1"));
    clock.advance(hours(2));
    act([&](journal::Turn& turn) {
        return needs::close_need(turn, *social_worker, people, page(id).need_id.value(), "已办妥");
    }).value();
    clock.advance(hours(1000));
    EXPECT_FALSE(page(id).running);
    EXPECT_FALSE(page(id).late);
    EXPECT_EQ(figures().in_time, 1);
    EXPECT_EQ(figures().open_overdue, 0);
}

TEST_P(Hotline, TheLastMomentOfTheLimitIsInTime) {
    auto closed = row("1", HotlineOutcome::closed);
    closed.due_at = closed.closed_at;
    import(closed);
    closed.number = "2";
    closed.closed_at = closed.closed_at + Millis(1);
    import(closed);
    EXPECT_EQ(figures().in_time, 1);
    EXPECT_EQ(figures().late, 1);
    EXPECT_EQ(figures().answered_with_due, 2);
}

TEST_P(Hotline, ReturnHotlineOrderNeedsItsRightAndAnOpenOrder) {
    auto id = import(row("1"));
    auto elsewhere = staff("social_worker", other_subdistrict);
    EXPECT_REFUSED(give_back(id, *elsewhere), hezhi::refusals::not_found);
    EXPECT_REFUSED(give_back(id, *officer), hezhi::refusals::not_permitted);
    EXPECT_EQ(page(id).actions, std::vector<std::string>{"return_hotline_order"});
    EXPECT_TRUE(give_back(id, *social_worker));
    EXPECT_REFUSED(give_back(id, *social_worker), refusals::hotline_order_not_open);
    EXPECT_EQ(need(page(id).need_id.value()).state, needs::NeedStep::closed);
    EXPECT_EQ(page(id).return_reason, "=不属本区");
    EXPECT_EQ(figures().returned, 1);
    EXPECT_EQ(figures().answered_with_due, 0);
    EXPECT_REFUSED(give_back(import(row("2", HotlineOutcome::closed)), *social_worker),
                   refusals::hotline_order_not_open);
    auto planned = import(row("3"));
    open_order(page(planned).need_id.value());
    EXPECT_REFUSED(give_back(planned, *social_worker), refusals::hotline_order_not_open);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Hotline, CloseHotlineOrderFollowsALaterFileAndClosesTheNeed) {
    HotlineOrderId id = import(row("1"));
    auto later = row("1", HotlineOutcome::closed);
    EXPECT_EQ(reread(later).closed, 1);
    auto shown = page(id);
    EXPECT_EQ(shown.outcome, HotlineOutcome::closed);
    EXPECT_EQ(shown.answered_at, later.closed_at);
    EXPECT_FALSE(shown.running);
    EXPECT_TRUE(shown.actions.empty());
    EXPECT_EQ(need(shown.need_id.value()).state, needs::NeedStep::closed);
    EXPECT_EQ(figures().in_time, 1);
    EXPECT_EQ(reread(later).closed, 0) << "once is enough";
    EXPECT_REFUSED(give_back(id, *social_worker), refusals::hotline_order_not_open);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Hotline, WhoIsAtWorkWhenTheHotlineClosesFinishesWithoutItsClock) {
    HotlineOrderId id = import(row("1"));
    NeedId answered = page(id).need_id.value();
    open_order(answered);
    EXPECT_EQ(reread(row("1", HotlineOutcome::closed)).closed, 1);
    EXPECT_EQ(need(answered).state, needs::NeedStep::planned);
    EXPECT_FALSE(page(id).running);
    clock.advance(hours(1000));
    EXPECT_EQ(figures().open, 0);
    EXPECT_EQ(figures().open_overdue, 0);
    EXPECT_EQ(figures().in_time, 1);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Hotline, WhatWasReturnedIsNotClosedByALaterFile) {
    HotlineOrderId id = import(row("1"));
    give_back(id, *social_worker).value();
    EXPECT_EQ(reread(row("1", HotlineOutcome::closed)).closed, 0);
    EXPECT_EQ(figures().returned, 1);
}

TEST_P(Hotline, RepliesAreGuardedAgainstFormulas) {
    auto id = import(row("=1+1"));
    give_back(id, *social_worker).value();
    import(row("2"));  // nothing to tell yet
    auto file = replies();
    EXPECT_NE(file.find("'=1+1,"), std::string::npos) << file;
    EXPECT_NE(file.find("退回：=不属本区"), std::string::npos) << file;
    EXPECT_EQ(std::ranges::count(file, '\n'), 2);
}

TEST_P(Hotline, TheTwoRevisitsAreNeverMerged) {
    auto id = import(row("1"));
    auto order = open_order(page(id).need_id.value());
    offer(order, {zhang, liu}).value();
    for (const auto& who : {zhang, liu}) accept(order, who).value();
    clock.set(this->order(order).starts_at);
    for (const auto& who : {zhang, liu}) check_in(order, who).value();
    clock.advance(hours(1));
    for (const auto& who : {zhang, liu}) check_out(order, who).value();
    confirm(order).value();
    review(order, Resolution::resolved, 5).value();
    auto again = row("1");
    again.received_at = facts("hotline_order.imported").at(0).occurred_at;
    again.revisit = OfficialRevisit{Resolution::not_resolved, 2, {}};
    ImportReport report;
    AreaNames names;
    for (int expected : {1, 0}) {
        (void)act([&](journal::Turn& turn) -> Result<std::int64_t> {
            report = import_rows(turn, command, *desk, {again}, map, names);
            if (!turn.wrote()) return refuse(hezhi::refusals::not_found);
            return 1;
        });
        EXPECT_EQ(report.counts.known, 1);
        EXPECT_EQ(report.counts.revisits, expected) << "revisit_hotline_order runs once";
    }
    auto shown = page(id);
    EXPECT_EQ(shown.official_resolution, Resolution::not_resolved);
    EXPECT_EQ(shown.official_satisfaction, 2);
    EXPECT_EQ(shown.own_resolution, Resolution::resolved);
    EXPECT_EQ(shown.own_satisfaction, 5);
    EXPECT_EQ(figures().official_resolved, 0);
    EXPECT_EQ(figures().own_resolved, 1);
    EXPECT_NE(replies().find("已解决"), std::string::npos);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST(HotlineTimes, AreReadByFormAndZoneAndWrittenBack) {
    TimeForm form{{"%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M"}, -hours(5)};
    auto at = form.read("2014-01-01T19:30:05").value();
    EXPECT_EQ(at, form.read("2014-01-01T19:30:05"));
    EXPECT_EQ(to_string(at, Millis(0)), "2014-01-02T00:30:05+00:00");
    EXPECT_EQ(form.write(at), "2014-01-01T19:30:05");
    EXPECT_TRUE(form.read("2014/1/2 7:05"));
    for (const char* wrong : {"", "2014-02-30T10:00:00", "2014-01-01T24:00:00", "2014-01-01",
                              "2014-01-01T10:00:00Z", "1/2/2014 10:00"}) {
        EXPECT_FALSE(form.read(wrong)) << wrong;
    }
}

TEST(HotlineMaps, TheOfferedOneReads) {
    auto map = read_map(standard_map("370211"), "standard");
    ASSERT_TRUE(map) << rules::to_string(map.error().front());
    EXPECT_EQ(map->states.at("待办"), HotlineOutcome::open);
    auto heading = std::vector<std::string>{"工单编号", "受理时间"};
    EXPECT_FALSE(RowReader::make(*map, heading));
}

}  // namespace
}  // namespace hezhi::hotline
