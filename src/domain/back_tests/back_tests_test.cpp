// 回测: the history under another pack, on both engines; who gains, who is hidden, what is kept.
#include "domain/back_tests/back_tests.h"

#include "domain/records/record_figure.h"
#include "journal/facts_about.h"
#include "support/world.h"

namespace hezhi::back_tests {
namespace {

using std::chrono::hours;

class BackTests : public hezhi::testing::World {
  protected:
    BackTests() : runner(*ledger), back_test_desk{{people, *ledger}, *tree, runner} {
        second_officer = staff("district_officer", district);
    }

    std::shared_ptr<const rules::Pack> pack_with(const std::string& file, const std::string& text,
                                                 const std::string& version = "1") {
        std::string head = "name = \"district\"\nversion = \"" + version +
                           "\"\nextends = \"base\"\n"
                           "title = { zh = \"本区\", en = \"district\" }\n"
                           "says = { zh = \"本区规则。\", en = \"The district's rules.\" }\n";
        auto read = rules::read_pack_draft({{"pack.toml", head}, {file, text}}, pack());
        EXPECT_TRUE(read.has_value()) << rules::to_string(read.error().front());
        return std::make_shared<const rules::Pack>(std::move(*read));
    }
    std::shared_ptr<const rules::Pack> quick_contact() {
        return pack_with(
            "time_limits.toml",
            "[class.P3]\nsays = { zh = \"2 小时内联系。\", en = \"Within 2 hours.\" }\n"
            "first_contact = { hours = 2, clock = \"calendar\" }\n");
    }
    std::shared_ptr<const rules::Pack> limit_of_small_groups(int small_group) {
        return pack_with("back_test.toml",
                         "[back_test]\nsays = { zh = \"小数不显示。\", en = \"Few are hidden.\" }\n"
                         "small_group = " +
                             std::to_string(small_group) + "\n");
    }
    Result<std::int64_t> start(std::shared_ptr<const rules::Pack> tested) {
        StartedPacks packs{std::make_shared<const rules::Pack>(pack()), std::move(tested)};
        Day today = day_of(clock.now());
        return act([&](journal::Turn& turn) {
            return start_back_test(turn, officer->actor("back_test.start"), packs, today + -30,
                                   today);
        });
    }
    Result<std::int64_t> cancel_run(std::int64_t id) {
        return act(
            [&](journal::Turn& turn) { return cancel_back_test(turn, *officer, BackTestId(id)); });
    }
    BackTest page(std::int64_t id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return show(reading, back_test_desk, *reading.load<BackTestFigure>(BackTestId(id)));
        });
    }
    BackTestState row_of(std::int64_t id) {  // of which the list tells
        return reading_as(*officer, [&](const api::Reading& reading) {
            return *reading.load<BackTestFigure>(BackTestId(id));
        });
    }
    const ShownPart& part_of(const BackTest& run, std::string_view mechanism) {
        auto found = std::ranges::find(run.parts, mechanism, &ShownPart::mechanism);
        EXPECT_NE(found, run.parts.end()) << mechanism;
        return *found;
    }
    static std::string bands(const ShownPart& part) {
        std::string out;
        for (const auto& band : part.bands) {
            auto number = [](const std::optional<std::int64_t>& told) {
                return told ? std::to_string(*told) : "?";
            };
            out += band.en + " " + number(band.before) + " → " + number(band.after) + "; ";
        }
        return out;
    }
    // Twelve needs, each called after three hours.
    void needs_that_are_called_after_three_hours() {
        std::vector<NeedId> reported;
        for (int i = 0; i < 12; ++i) reported.push_back(report_need());
        clock.advance(hours(3));
        for (NeedId id : reported) open_order(id);  // the contact is noted with it
        clock.advance(hours(1));
    }

    journal::Folded fold_all(journal::Figures figures, std::shared_ptr<const rules::Pack> by) {
        journal::PackFold fold(std::move(figures), std::move(by));
        std::vector<Fact> all;
        auto db = ledger->read();
        journal::each_fact_line(*db,
                                [&](std::string_view line) { all.push_back(read_fact(line)); });
        fold.add(all);
        return fold.take();
    }

    BackTestRunner runner;
    BackTestDesk back_test_desk;
    api::CallerPtr second_officer;
};
HEZHI_ON_BOTH_ENGINES(BackTests);

TEST_P(BackTests, TellHowManyNeedsWouldHaveBeenLateUnderAShorterLimit) {
    needs_that_are_called_after_three_hours();
    std::int64_t id = start(quick_contact()).value();
    EXPECT_EQ(page(id).state, BackTestStep::running);
    EXPECT_EQ(runner.run_waiting(), 1u);
    BackTest run = page(id);
    EXPECT_EQ(run.state, BackTestStep::finished);
    const auto& contact = part_of(run, "first_contact");
    EXPECT_EQ(contact.subjects, 12);
    EXPECT_EQ(contact.worse, 12);
    EXPECT_EQ(bands(contact), "late 0 → 12; not due yet 0 → 0; in time 12 → 0; ");
    EXPECT_EQ(part_of(run, "handling").worse, 0) << "its limit is the same";
    auto area = std::ranges::find(contact.groups, GroupedBy::area, &ShownGroup::by);
    ASSERT_NE(area, contact.groups.end());
    EXPECT_EQ(area->zh + " " + std::to_string(area->worse.value_or(0)), "薛家岛街道 12");
    EXPECT_TRUE(differences().empty());
}

// The recomputed clocks of the pack in force are those that the needs carry.
TEST_P(BackTests, FindUnderThePackInForceWhatHappened) {
    report_need(PriorityClass::P1);
    needs_that_are_called_after_three_hours();
    clock.advance(hours(48));
    report_need(PriorityClass::P2);
    auto folded = fold_all(back_test_figures(), std::make_shared<const rules::Pack>(pack()));
    Period period{Instant{1}, clock.now() + Millis(1)};
    std::int64_t late = 0, in_time = 0;
    auto outcomes = find_mechanism("first_contact")->outcomes({folded, folded}, period);
    for (const auto& outcome : outcomes.all) {
        auto stored = need(NeedId(outcome.subject));
        bool was_in_time =
            stored.first_contacted_at && stored.first_contacted_at <= stored.first_contact_until;
        EXPECT_EQ(outcomes.bands[static_cast<std::size_t>(outcome.band)] == "in_time", was_in_time)
            << outcome.subject;
        ++(was_in_time ? in_time : late);
    }
    EXPECT_EQ(in_time, 12);
    EXPECT_EQ(late, 2);
}

TEST_P(BackTests, CountTimeUnderAnotherCapOnARecord) {
    delivered_order();
    clock.advance(hours(24));
    // Not read as a draft: no service of the catalogue is planned for so short a time.
    auto capped = std::make_shared<rules::Pack>(pack());
    capped->records.minutes_max = 30;
    auto base = std::make_shared<const rules::Pack>(pack());
    auto all = back_test_figures();
    journal::Folded by_old = fold_all(all, base), by_new = fold_all(all, capped);
    auto parts = compare_packs({by_new, by_old}, {by_new, by_new},
                               {base, capped, {Instant{1}, clock.now()}});
    auto time = std::ranges::find(parts, std::string("service_minutes"), &BackTestPart::mechanism);
    ASSERT_NE(time, parts.end());
    EXPECT_EQ(time->subjects, 2);
    EXPECT_EQ(time->worse, 2);
    EXPECT_EQ(time->better, 0);
    EXPECT_EQ(time->total_before, 120) << "an hour each";
    EXPECT_EQ(time->total_after, 60);
}

TEST_P(BackTests, SayNothingOfTwoPeople) {
    delivered_order();
    clock.advance(hours(24));
    std::int64_t id = start(quick_contact()).value();
    runner.run_waiting();
    const auto run = page(id);
    const auto& time = part_of(run, "service_minutes");
    EXPECT_TRUE(time.has_total);
    EXPECT_FALSE(time.subjects || time.better || time.worse || time.total_before ||
                 time.total_after);
    ASSERT_FALSE(time.bands.empty());
    for (const auto& band : time.bands) EXPECT_FALSE(band.before || band.after) << band.en;
    ASSERT_FALSE(time.groups.empty());
    for (const auto& group : time.groups) {
        EXPECT_TRUE(group.hidden) << "two people are few enough to be recognised";
        EXPECT_EQ(group.subjects, 0);
        EXPECT_FALSE(group.better || group.worse);
    }
    // What is exported of it is as silent.
    auto finished = facts("back_test.finished").back().as<BackTestFinished>();
    EXPECT_EQ(finished.small_group, 10);
    EXPECT_FALSE(finished.parts.front().subjects.has_value());
    EXPECT_TRUE(row_of(id).some_hidden);
}

// The pack in force hides numbers below ten, a draft those below twenty.
TEST_P(BackTests, HideWhatEitherPackHides) {
    delivered_order();
    needs_that_are_called_after_three_hours();
    std::int64_t lower = start(limit_of_small_groups(10)).value(),
                 higher = start(limit_of_small_groups(20)).value();
    EXPECT_EQ(runner.run_waiting(), 2u);
    EXPECT_EQ(page(lower).small_group, 10);
    EXPECT_FALSE(part_of(page(lower), "service_minutes").subjects.has_value()) << "of two people";
    EXPECT_EQ(part_of(page(lower), "first_contact").subjects, 13);
    EXPECT_EQ(page(higher).small_group, 20);
    EXPECT_FALSE(part_of(page(higher), "first_contact").subjects.has_value());
    for (const Fact& fact : facts("back_test.finished")) {
        std::int64_t run = fact.subject("back_test");
        EXPECT_EQ(fact.as<BackTestFinished>().small_group, run == lower ? 10 : 20);
    }
}

TEST_P(BackTests, HideWhatThePackInForceHidesWhereTwoDraftsAreCompared) {
    needs_that_are_called_after_three_hours();
    auto low = limit_of_small_groups(12), lower = limit_of_small_groups(11);
    auto in_force = limit_of_small_groups(15);
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, *in_force, clock.now());
    }).value();
    auto today = day_of(clock.now());
    std::int64_t id = act([&](journal::Turn& turn) {
                          return start_back_test(turn, officer->actor("back_test.start"),
                                                 {low, lower}, today + -30, today);
                      }).value();
    EXPECT_EQ(page(id).small_group, 15) << "as it waits";
    EXPECT_EQ(runner.run_waiting(), 1u);
    EXPECT_EQ(page(id).small_group, 15);
    EXPECT_EQ(facts("back_test.finished").back().as<BackTestFinished>().small_group, 15);
}

TEST_P(BackTests, HideNumbersBelowTenWhateverAPackOfOldSays) {
    rules::Pack of_old = pack();
    of_old.back_test.small_group = 2;
    auto kept = std::make_shared<const rules::Pack>(std::move(of_old));
    EXPECT_EQ(small_group_limit({kept, kept, {}}, kept.get()), 10);
}

// As runs were kept before: with small groups hidden, and every other number there.
TEST_P(BackTests, ThatAreOlderHideTheirSmallNumbersWhenTheyAreShown) {
    needs_that_are_called_after_three_hours();
    std::int64_t id = start(limit_of_small_groups(10)).value();
    BackTestPart part;
    part.mechanism = "first_contact";
    part.subjects = 40;
    part.better = 0;
    part.worse = 4;
    part.total_before = part.total_after = 0;
    part.bands = {{"late", 16, 20}, {"in_time", 24, 20}};
    act([&](journal::Turn& turn) {
        return finish_back_test(turn, BackTestId(id), {100, {part}, std::nullopt});
    }).value();
    const auto run = page(id);
    const auto& contact = part_of(run, "first_contact");
    EXPECT_EQ(contact.subjects, 40);
    EXPECT_FALSE(contact.worse.has_value());
    EXPECT_EQ(bands(contact), "late 16 → ?; in time 24 → ?; ");
    auto row = row_of(id);
    EXPECT_EQ(row.worse, 0) << "nor does the list tell the four";
    EXPECT_TRUE(row.some_hidden);
    EXPECT_TRUE(differences().empty());
}

TEST_P(BackTests, ThatAreOlderHideWhatTheirBandsTellOfFewWhoMoved) {
    needs_that_are_called_after_three_hours();
    std::int64_t id = start(limit_of_small_groups(11)).value();
    BackTestPart part{"first_contact", 76, 0, 20, 0, 0, {}, {}};
    part.bands = {{"late", 16, 33}, {"open", 20, 23}, {"in_time", 40, 20}};
    act([&](journal::Turn& turn) {
        return finish_back_test(turn, BackTestId(id), {100, {part}, 11});
    }).value();
    EXPECT_EQ(bands(part_of(page(id), "first_contact")),
              "late 16 → ?; not due yet 20 → ?; in time 40 → 20; ");
}

// The fold that both packs share says of every mechanism what a fold of its own would have said.
TEST_P(BackTests, FoldOnceWhatNoPackDecides) {
    for (int i = 0; i < 3; ++i) {
        reviewed_order();
        clock.advance(hours(30));
    }
    needs_that_are_called_after_three_hours();
    auto other = std::make_shared<rules::Pack>(*quick_contact());
    other->order_limits.reopen_within.amount = 2;
    other->records.enter_within.amount = 1;
    other->records.minutes_max = 20;
    other->joining.age_noted_days = 1;
    other->stars.ladder.front().hours = 1;
    other->certification.valid_months = 1;
    other->color_grades.window_days = 30;
    other->color_grades.late_below_percent = 10;
    auto base = std::make_shared<const rules::Pack>(pack());
    auto all = back_test_figures();
    journal::Folded by_old = fold_all(all, base), by_new = fold_all(all, other);
    Question question{base, other, {Instant{1}, clock.now()}};
    auto told = [](std::vector<BackTestPart> parts) {
        return to_json(BackTestFinished{0, std::move(parts), std::nullopt});
    };
    auto apart = told(compare_packs({by_old, by_old}, {by_new, by_new}, question));
    EXPECT_EQ(told(compare_packs({by_new, by_old}, {by_new, by_new}, question)), apart);
    EXPECT_EQ(told(compare_packs({by_old, by_old}, {by_old, by_new}, question)), apart);
    EXPECT_NE(told(compare_packs({by_old, by_old}, {by_old, by_old}, question)), apart);
}

TEST_P(BackTests, ThatAreCancelledStayCancelled) {
    needs_that_are_called_after_three_hours();
    std::int64_t id = start(quick_contact()).value();
    ASSERT_TRUE(cancel_run(id).has_value());
    EXPECT_EQ(runner.run_waiting(), 0u);
    EXPECT_EQ(page(id).state, BackTestStep::cancelled);
    EXPECT_REFUSED(cancel_run(id), refusals::back_test_ended);
    auto finished = act([&](journal::Turn& turn) {
        return finish_back_test(turn, BackTestId(id), BackTestFinished{});
    });
    EXPECT_REFUSED(finished, refusals::back_test_ended) << "cancelled while it was computed";
    EXPECT_TRUE(differences().empty());
}

TEST_P(BackTests, ThatAreCancelledWhileTheyRunStopAndStayInTheList) {
    needs_that_are_called_after_three_hours();
    std::int64_t id = start(quick_contact()).value(), next = start(quick_contact()).value();
    std::vector<std::int64_t> heard;
    BackTestRunner interrupted(*ledger, [&](BackTestId run, const BackTestRunner::Progress& at) {
        if (run.value != id) return;
        heard.push_back(at.done);
        if (at.done == 0) return;
        EXPECT_TRUE(cancel_run(id).has_value());
    });
    EXPECT_EQ(interrupted.run_waiting(), 1u) << "the next one only";
    ASSERT_EQ(heard.size(), 2u) << "nothing was read after the cancellation";
    EXPECT_GT(heard.back(), 0) << "it was running";
    EXPECT_FALSE(interrupted.progress(BackTestId(id)).has_value());
    BackTest run = page(id);
    EXPECT_EQ(run.state, BackTestStep::cancelled);
    EXPECT_TRUE(run.parts.empty());
    EXPECT_TRUE(run.actions.empty());
    EXPECT_EQ(page(next).state, BackTestStep::finished);
    EXPECT_EQ(facts("back_test.finished").size(), 1u);
    EXPECT_EQ(interrupted.run_waiting(), 0u) << "nor is it begun again";
    EXPECT_TRUE(differences().empty());
}

TEST_P(BackTests, ThatCannotBeComputedHoldUpNoOther) {
    needs_that_are_called_after_three_hours();
    std::int64_t broken = start(quick_contact()).value();
    std::string hash = facts("back_test.started").back().as<BackTestStarted>().new_hash;
    std::int64_t other = start(pack_with("records.toml", R"([record]
says = { zh = "20 个工作日内记录。", en = "Within 20 working days." }
enter_within = { days = 20, clock = "working" }
)",
                                         "2"))
                             .value();
    constexpr store::Query change{"test.change_pack",
                                  "UPDATE rule_pack_texts SET body = 'x' WHERE hash = :hash"};
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        turn.db().write(change, {{"hash", hash}});
        return 1;
    }).value();
    EXPECT_EQ(runner.run_waiting(), 1u);
    EXPECT_EQ(page(other).state, BackTestStep::finished);
    EXPECT_EQ(runner.run_waiting(), 0u) << "and is not begun again";
    EXPECT_TRUE(cancel_run(broken).has_value());
}

TEST_P(BackTests, StopWhereProgressIsToldToStop) {
    needs_that_are_called_after_three_hours();
    auto db = ledger->read();
    BackTestPlan plan{
        {std::make_shared<const rules::Pack>(pack()), quick_contact(), {Instant{1}, clock.now()}},
        ledger->head().position};
    std::int64_t told = 0;
    auto found = compute_back_test(*db, plan, [&](std::int64_t done, std::int64_t all) {
        told = done;
        EXPECT_EQ(all, ledger->head().position);
        return false;
    });
    EXPECT_FALSE(found.has_value());
    EXPECT_GT(told, 0);
}

TEST_P(BackTests, LeaveOutWhatWasRecordedAfterTheirLastDay) {
    needs_that_are_called_after_three_hours();
    clock.advance(hours(72));
    report_need();
    auto db = ledger->read();
    BackTestPlan plan{{std::make_shared<const rules::Pack>(pack()),
                       quick_contact(),
                       {Instant{1}, start_of(day_of(clock.now()) + -1)}},
                      ledger->head().position};
    auto found = compute_back_test(*db, plan, [](std::int64_t, std::int64_t) { return true; });
    ASSERT_TRUE(found.has_value());
    auto contact =
        std::ranges::find(found->parts, std::string("first_contact"), &BackTestPart::mechanism);
    EXPECT_EQ(contact->subjects, 12);
    EXPECT_LT(found->facts, ledger->head().position);
}

TEST_P(BackTests, OverTheWholeHistoryLeaveNothingOut) {
    needs_that_are_called_after_three_hours();
    clock.advance(hours(24 * 400));
    StartedPacks packs{std::make_shared<const rules::Pack>(pack()), quick_contact()};
    std::int64_t whole =
        act([&](journal::Turn& turn) {
            return start_back_test(turn, Actor{}, packs, whole_history_from, day_of(turn.now()));
        }).value();
    std::int64_t days = start(quick_contact()).value();
    EXPECT_EQ(runner.run_waiting(), 2u);
    EXPECT_TRUE(page(whole).whole_history);
    EXPECT_EQ(part_of(page(whole), "first_contact").subjects, 12);
    EXPECT_FALSE(page(days).whole_history);
    EXPECT_EQ(part_of(page(days), "first_contact").subjects, 0) << "all of it was earlier";
}

TEST_P(BackTests, AreRefusedWithoutAnythingToCompare) {
    EXPECT_REFUSED(start(std::make_shared<const rules::Pack>(pack())), refusals::packs_alike);
    Day today = day_of(clock.now());
    auto ahead = act([&](journal::Turn& turn) {
        return start_back_test(turn, Actor{},
                               {std::make_shared<const rules::Pack>(pack()), quick_contact()},
                               today, today + 1);
    });
    EXPECT_REFUSED(ahead, refusals::period_wrong);
    for (std::int64_t i = 0; i < back_tests_waiting_max; ++i) start(quick_contact()).value();
    EXPECT_REFUSED(start(quick_contact()), refusals::back_tests_waiting);
}

// As the command line does: computed first, written whole after.
TEST_P(BackTests, ComputedAtTheCommandLineAreKeptWithWhatTheyFoundOrAsCancelled) {
    needs_that_are_called_after_three_hours();
    StartedPacks packs{std::make_shared<const rules::Pack>(pack()), quick_contact()};
    Day today = day_of(clock.now());
    ComputedRun run{today + -30, today, clock.now(), ledger->head().position};
    BackTestPlan plan{
        {packs.old_pack, packs.new_pack, {start_of(run.from), start_of(run.until + 1)}},
        run.position};
    std::optional<BackTestFinished> found;
    {
        auto db = ledger->read();
        found = compute_back_test(*db, plan, [](std::int64_t, std::int64_t) { return true; });
    }
    clock.advance(std::chrono::minutes(7));  // it took so long
    auto keep = [&](const std::optional<BackTestFinished>& result) {
        return act([&](journal::Turn& turn) { return keep_back_test(turn, packs, run, result); });
    };
    BackTest finished = page(keep(found).value()), cancelled = page(keep(std::nullopt).value());
    EXPECT_EQ(finished.state, BackTestStep::finished);
    EXPECT_EQ(part_of(finished, "first_contact").worse, 12);
    EXPECT_EQ(*finished.ended_at - finished.started_at, std::chrono::minutes(7));
    EXPECT_FALSE(finished.started_by_name.has_value());
    EXPECT_EQ(cancelled.state, BackTestStep::cancelled);
    EXPECT_TRUE(cancelled.parts.empty());
    EXPECT_EQ(runner.run_waiting(), 0u) << "nothing is computed a second time";
    run.until = today + 1;
    EXPECT_REFUSED(keep(found), refusals::period_wrong);
    EXPECT_TRUE(differences().empty());
}

TEST_P(BackTests, OfADraftLeadToItsProposal) {
    needs_that_are_called_after_three_hours();
    std::int64_t id = start(quick_contact()).value();
    runner.run_waiting();
    BackTest run = page(id);
    EXPECT_NE(std::ranges::find(run.actions, "propose_rule_pack"), run.actions.end());
    auto draft = rule_packs::read_draft(back_test_desk.rule_packs, run.files);
    ASSERT_TRUE(draft.has_value());
    EXPECT_EQ((*draft)->canonical_text, quick_contact()->canonical_text);
}

// --- the comparison alone

Outcome outcome(std::int64_t subject, std::int32_t band, const char* path = "/1/") {
    return {subject, PersonId(), path, band, band, 0};
}

BackTestPart compared(std::vector<Outcome> before, std::vector<Outcome> after) {
    auto pack = std::make_shared<const rules::Pack>();
    auto nothing = journal::PackFold(grouping_figures(), pack).take();
    std::vector<std::string> bands{"late", "open", "in_time"};
    return compare(*find_mechanism("handling"), {bands, std::move(before)},
                   {bands, std::move(after)}, Grouping(nothing, *pack));
}

TEST(CompareOutcomes, CountsWhoGainsAndWhoLoses) {
    auto part = compared({outcome(1, 0), outcome(2, 2), outcome(3, 2)},
                         {outcome(1, 2), outcome(2, 0), outcome(3, 2), outcome(4, 0)});
    EXPECT_EQ(part.subjects, 4);
    EXPECT_EQ(part.better, 2) << "1, and 4, of whom nothing was known";
    EXPECT_EQ(part.worse, 1);
    std::string bands;
    for (const auto& row : part.bands) {
        bands += row.band + " " + std::to_string(*row.before) + " → " + std::to_string(*row.after) +
                 "; ";
    }
    EXPECT_EQ(bands, "late 1 → 2; open 0 → 0; in_time 2 → 2; ");
}

TEST(BandNames, CoverEveryNumberOnce) {
    EXPECT_EQ(band_names({1, 10, 30}), (std::vector<std::string>{"0", "1-9", "10-29", "30-"}));
    EXPECT_EQ(band_names({}), std::vector<std::string>{"0-"});
    for (auto [number, band] : {std::pair{0, 0}, {1, 1}, {9, 1}, {10, 2}, {29, 2}, {30, 3}}) {
        EXPECT_EQ(band_of({1, 10, 30}, number), band) << number;
    }
}

}  // namespace
}  // namespace hezhi::back_tests
