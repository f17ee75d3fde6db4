// Back-tests (回测): before a rule pack is published, the whole history is judged by it and by
// another, and it is seen who would gain and who would lose.
//
// A run is started by an officer, computed beside the writer, and finished by the system. It is
// kept whatever it found; a cancelled one is kept as cancelled.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "api/action.h"
#include "api/route.h"
#include "domain/areas/areas.h"
#include "domain/back_tests/back_test_figure.h"
#include "domain/back_tests/compute.h"
#include "domain/rule_packs/rule_packs.h"

namespace hezhi::back_tests {

namespace refusals {
inline constexpr RefusalRow period_wrong{
    "period_wrong", 422, "起止日期须先后相接，且不晚于今天。",
    "The first day must not lie after the last, nor the last after today."};
inline constexpr RefusalRow packs_alike{
    "packs_alike", 422, "两个规则包完全相同，没有可比较的。",
    "Both rule packs say the same; there is nothing to compare."};
inline constexpr RefusalRow back_test_ended{"back_test_ended", 409, "该次回测已结束。",
                                            "This back-test has ended already."};
inline constexpr RefusalRow back_tests_waiting{"back_tests_waiting", 409,
                                               "等待中的回测过多，请稍后再试。",
                                               "Too many back-tests wait; try again later."};
}  // namespace refusals

// Runs that may wait at a time: each takes minutes of one core for a large district.
inline constexpr std::int64_t back_tests_waiting_max = 10;

// --- actions

struct StartedPacks {
    std::shared_ptr<const rules::Pack> old_pack;
    std::shared_ptr<const rules::Pack> new_pack;
};

// Why there is nothing to compare; nullopt if there is.
std::optional<Refusal> cannot_compare(const StartedPacks& packs, Day from, Day until, Day today);
// 开始回测: keeps both texts and the order to compare. Both days count whole. Returns the id.
Result<std::int64_t> start_back_test(journal::Turn&, const Actor& actor, const StartedPacks& packs,
                                     Day from, Day until);
// 完成回测, by the system. Refuses if it was cancelled meanwhile.
Result<std::int64_t> finish_back_test(journal::Turn&, BackTestId, const BackTestFinished& found);
// At the command line a run is computed first and written whole after, so that no running service
// computes it a second time: begun at `started_at`, it read the facts to `position`.
struct ComputedRun {
    Day from;
    Day until;
    Instant started_at;
    std::int64_t position = 0;
};
// Keeps such a run with what it found, or as cancelled. Returns the id.
Result<std::int64_t> keep_back_test(journal::Turn&, const StartedPacks& packs,
                                    const ComputedRun& run,
                                    const std::optional<BackTestFinished>& found);
// 取消回测, while it runs.
Result<std::int64_t> cancel_back_test(journal::Turn&, const api::Caller&, BackTestId);

// --- the work beside the writer

// Runs what was started, one at a time, oldest first, on a thread of its own; a run that a stopped
// process left behind is begun again. Thread-safe.
class BackTestRunner {
  public:
    struct Progress {
        std::int64_t done = 0;
        std::int64_t all = 0;
    };

    // Hears how far a run is, on its thread, before it is asked whether the run goes on.
    using Hears = std::function<void(BackTestId, const Progress&)>;

    // `ledger` must outlive it.
    explicit BackTestRunner(journal::Ledger& ledger, Hears hears = {})
        : ledger_(ledger), hears_(std::move(hears)) {}
    ~BackTestRunner() { stop(); }

    void start();  // looks once a second
    void stop();   // what runs is left, to be begun again
    // Everything that waits, here and now. Returns how many were finished. For tests and start().
    std::size_t run_waiting();
    // Of what runs in this process.
    std::optional<Progress> progress(BackTestId id) const;

  private:
    bool run(BackTestId id);
    bool goes_on(BackTestId id, std::int64_t done, std::int64_t all);
    bool has_failed(BackTestId id) const;

    journal::Ledger& ledger_;
    Hears hears_;
    mutable std::mutex mutex_;  // the members below
    std::condition_variable wake_;
    std::map<BackTestId, Progress> progress_;
    std::set<BackTestId> failed_;  // with this program; not begun again by this process
    bool stopping_ = false;
    std::thread thread_;
};

struct BackTestDesk {
    rule_packs::RulePackDesk rule_packs;
    const areas::AreaTree& tree;
    const BackTestRunner& runner;
};

// --- pages

// The first day of a period that leaves nothing out: in every zone all that is counted is later.
inline constexpr Day whole_history_from{1};

// Either the files of a draft or a pack that was proposed or published.
struct StartBackTest {
    std::optional<std::vector<rule_packs::RulePackFile>> files;
    std::optional<RulePackId> rule_pack;
    std::optional<RulePackId> against;    // none: the pack in force
    std::optional<Text<10, 10>> from_on;  // "2026-03-05"; none: the whole history
    Text<10, 10> until_on;                // this day too
};
BOOST_DESCRIBE_STRUCT(StartBackTest, (), (files, rule_pack, against, from_on, until_on))

struct BackTestRow {
    BackTestId id;
    BackTestStep state = BackTestStep::running;
    std::string old_pack;
    std::string new_pack;
    Instant started_at;
    std::int64_t better = 0;
    std::int64_t worse = 0;
    bool some_hidden = false;  // beside them some gain or lose that are not told
};
BOOST_DESCRIBE_STRUCT(BackTestRow, (),
                      (id, state, old_pack, new_pack, started_at, better, worse, some_hidden))

struct BackTestList {
    std::vector<BackTestRow> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(BackTestList, (), (items, next_cursor))

// Numbers that are not there are hidden (hide_small).
struct ShownBand {
    std::string zh, en;
    std::optional<std::int64_t> before;
    std::optional<std::int64_t> after;
};
BOOST_DESCRIBE_STRUCT(ShownBand, (), (zh, en, before, after))

struct ShownGroup {
    GroupedBy by = GroupedBy::area;
    std::string zh, en;
    bool hidden = false;
    std::int64_t subjects = 0;
    std::optional<std::int64_t> better;
    std::optional<std::int64_t> worse;
};
BOOST_DESCRIBE_STRUCT(ShownGroup, (), (by, zh, en, hidden, subjects, better, worse))

struct ShownPart {
    std::string mechanism;
    std::string zh, en;
    std::string subject_zh, subject_en;
    std::optional<std::int64_t> subjects;
    std::optional<std::int64_t> better;
    std::optional<std::int64_t> worse;
    bool has_total = false;
    std::optional<std::int64_t> total_before;
    std::optional<std::int64_t> total_after;
    std::vector<ShownBand> bands;
    std::vector<ShownGroup> groups;
};
BOOST_DESCRIBE_STRUCT(ShownPart, (),
                      (mechanism, zh, en, subject_zh, subject_en, subjects, better, worse,
                       has_total, total_before, total_after, bands, groups))

struct BackTest {
    BackTestId id;
    BackTestStep state = BackTestStep::running;
    std::string old_pack;
    std::string new_pack;
    std::string new_hash;
    Instant from_at;
    Instant until_at;
    bool whole_history = false;  // nothing before until_at is left out
    Instant started_at;
    std::optional<std::string> started_by_name;
    std::optional<Instant> ended_at;
    std::int64_t facts = 0;      // read, once it has finished
    std::int64_t facts_all = 0;  // that there are to read
    std::optional<std::int64_t> facts_done;
    std::int64_t small_group = 0;  // smaller numbers are hidden
    std::vector<ShownPart> parts;
    std::vector<rule_packs::RulePackFile> files;  // of the new pack alone, for its proposal
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(BackTest, (),
                      (id, state, old_pack, new_pack, new_hash, from_at, until_at, whole_history,
                       started_at, started_by_name, ended_at, facts, facts_all, facts_done,
                       small_group, parts, files, actions))

// `run` must be a back-test of this reading.
BackTest show(const api::Reading& reading, const BackTestDesk& desk, const BackTestState& run);
// The words of a part for pages and the command line. `area_name`: of an area's id.
ShownPart show_part(const BackTestPart& part, const std::function<std::string(AreaId)>& area_name);

api::Routes routes(const BackTestDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::back_tests
