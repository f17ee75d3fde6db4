// The writer's contract, through its threads and without them.
#include "store/writer.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <future>
#include <latch>

#include "base/assert.h"
#include "support/engines.h"

namespace hezhi::store {
namespace {

constexpr Query add_line{"test.add_line", "INSERT INTO lines (id, body) VALUES (:id, :body)"};
constexpr Query lines{"test.lines", "SELECT id FROM lines ORDER BY id"};
constexpr Query counter{"test.counter", "SELECT value FROM counter {for_update}"};
constexpr Query set_counter{"test.set_counter", "UPDATE counter SET value = :value"};

// Notes what the writer tells it.
class NotingGuard : public TurnGuard {
  public:
    void begin(Session&) override {
        if (begin_fails) throw std::runtime_error("the head cannot be read");
        calls += 'b';
    }
    void ending(Session&) override { calls += 'e'; }
    void committed() override { calls += 'c'; }
    void rolled_back() override { calls += 'r'; }

    std::string calls;
    bool begin_fails = false;
};

// A session whose commits are durable but whose answers get lost on the way.
class LosesAnswers final : public Session {
  public:
    explicit LosesAnswers(std::unique_ptr<Session> inner) : inner_(std::move(inner)) {}

    int commits_to_lose = 0;

    void flush() override { inner_->flush(); }
    void begin() override { inner_->begin(); }
    void begin_snapshot() override { inner_->begin_snapshot(); }
    void commit() override {
        inner_->commit();
        if (commits_to_lose-- > 0) throw StoreError(StoreError::Kind::lost, "the cable was cut");
    }
    void rollback() noexcept override { inner_->rollback(); }
    bool in_transaction() const override { return inner_->in_transaction(); }
    Engine engine() const override { return inner_->engine(); }
    void script(std::string_view sql) override { inner_->script(sql); }
    bool has_table(std::string_view name) override { return inner_->has_table(name); }
    void prepare(const Query& query) override { inner_->prepare(query); }

  private:
    void run_read(const Query& query, Params params, const OnRow& on_row) override {
        inner_->each(query, params, on_row);
    }
    void run_write(const Query& query, Params params) override { inner_->write(query, params); }
    std::int64_t run_write_counted(const Query& query, Params params) override {
        return inner_->write_counted(query, params);
    }

    std::unique_ptr<Session> inner_;
};

class Writers : public testing::OnBothEngines {
  protected:
    Writers() {
        auto session = database->connect();
        session->script(
            "CREATE TABLE lines (id {integer} NOT NULL PRIMARY KEY, body TEXT) {strict};"
            "CREATE TABLE counter (value {integer} NOT NULL) {strict};"
            "INSERT INTO counter (value) VALUES (0);");
    }

    // An action whose outcome is noted in `news` under its id: "1 committed", "2 failed", …
    Action noted(int id, std::function<bool(Session&)> run) {
        return {.run = std::move(run),
                .settled =
                    [this, id](Settled outcome, std::exception_ptr why) {
                        static constexpr const char* words[] = {"committed", "refused", "failed",
                                                                "unknown"};
                        bool with_reason =
                            outcome == Settled::failed || outcome == Settled::unknown;
                        EXPECT_EQ(why != nullptr, with_reason);
                        news.push_back(std::to_string(id) + " " + words[static_cast<int>(outcome)]);
                    },
                .effects = [this, id] { effects.push_back(id); }};
    }
    Action adds(int id) {
        return noted(id, [id](Session& s) {
            s.write(add_line, {{"id", id}, {"body", "x"}});
            return true;
        });
    }
    Action refuses(int id) {
        return noted(id, [](Session& s) {
            s.rows(lines);
            return false;
        });
    }
    Action throws(int id) {
        return noted(id, [id](Session& s) -> bool {
            s.write(add_line, {{"id", id}, {"body", "x"}});
            throw std::runtime_error("boom");
        });
    }

    std::vector<std::int64_t> stored() {
        std::vector<std::int64_t> ids;
        database->connect()->each(lines, {}, [&](const Row& r) { ids.push_back(r.integer(0)); });
        return ids;
    }

    using News = std::vector<std::string>;
    using Ids = std::vector<std::int64_t>;

    News news;
    std::vector<int> effects;
    NotingGuard guard;
    WriterMetrics metrics;
};

HEZHI_ON_BOTH_ENGINES(Writers);

TEST_P(Writers, ATurnIsOneCommitAndNobodyHearsBeforeIt) {
    TurnRunner runner(database->connect(), guard, metrics);
    for (int id = 1; id <= 3; ++id) runner.add(adds(id));
    EXPECT_TRUE(news.empty());
    EXPECT_TRUE(stored().empty());
    runner.finish();
    EXPECT_EQ(news, (News{"1 committed", "2 committed", "3 committed"}));
    EXPECT_EQ(stored(), (Ids{1, 2, 3}));
    EXPECT_EQ(guard.calls, "bec");
    EXPECT_EQ(metrics.turns, 1u);
}

TEST_P(Writers, ARefusalWritesNothingAndATurnOfRefusalsCommitsNothing) {
    TurnRunner runner(database->connect(), guard, metrics);
    runner.add(refuses(1));
    runner.add(refuses(2));
    runner.finish();
    EXPECT_EQ(news, (News{"1 refused", "2 refused"}));
    EXPECT_EQ(guard.calls, "bc");
    runner.add(adds(3));
    runner.add(refuses(4));
    runner.finish();
    EXPECT_EQ(news, (News{"1 refused", "2 refused", "3 committed", "4 refused"}));
    EXPECT_EQ(runner.take_effects().size(), 1u);
    EXPECT_EQ(stored(), Ids{3});
}

TEST_P(Writers, ARefusalThatHasWrittenIsABrokenInvariantAndIsUndone) {
    TurnRunner runner(database->connect(), guard, metrics);
    std::exception_ptr why;
    runner.add({.run =
                    [](Session& s) {
                        s.write(add_line, {{"id", 1}, {"body", "x"}});
                        return false;
                    },
                .settled = [&](Settled, std::exception_ptr e) { why = e; },
                .effects = {}});
    runner.finish();
    ASSERT_TRUE(why);
    EXPECT_THROW(std::rethrow_exception(why), BrokenInvariant);
    EXPECT_TRUE(stored().empty());
}

TEST_P(Writers, AThrowerIsUndoneAndItsNeighboursCommitOneByOneInOrder) {
    TurnRunner runner(database->connect(), guard, metrics);
    runner.add(adds(1));
    runner.add(refuses(2));
    runner.add(throws(3));
    runner.add(adds(4));
    runner.finish();
    EXPECT_EQ(news, (News{"1 committed", "2 refused", "3 failed", "4 committed"}));
    EXPECT_EQ(stored(), (Ids{1, 4}));
    EXPECT_EQ(guard.calls, "brbecbcbrbec");
}

TEST_P(Writers, AQueuedWriteThatFailsIsBlamedOnItsOwnAction) {
    TurnRunner runner(database->connect(), guard, metrics);
    runner.add(adds(1));
    runner.add(noted(2, [](Session& s) {  // a key that is taken; on PostgreSQL unnoticed so far
        s.write(add_line, {{"id", 1}, {"body", "x"}});
        return true;
    }));
    runner.add(noted(3, [](Session& s) {
        s.rows(lines);
        s.write(add_line, {{"id", 3}, {"body", "x"}});
        return true;
    }));
    runner.finish();
    EXPECT_EQ(news, (News{"1 committed", "2 failed", "3 committed"}));
    EXPECT_EQ(stored(), (Ids{1, 3}));
}

TEST_P(Writers, ALoneActionThatThrowsIsNotRunTwice) {
    TurnRunner runner(database->connect(), guard, metrics);
    int runs = 0;
    runner.add(noted(1, [&](Session&) -> bool {
        ++runs;
        throw std::runtime_error("boom");
    }));
    runner.finish();
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(news, News{"1 failed"});
}

TEST_P(Writers, ATurnThatCannotBeginFailsItsActionsAndTheNextGoesOn) {
    TurnRunner runner(database->connect(), guard, metrics);
    guard.begin_fails = true;
    runner.add(adds(1));
    guard.begin_fails = false;
    runner.add(adds(2));
    runner.finish();
    EXPECT_EQ(news, (News{"1 failed", "2 committed"}));
    EXPECT_EQ(stored(), Ids{2});
}

TEST_P(Writers, ACommitWhoseAnswerIsLostIsUnknownForAllOfItsTurn) {
    auto session = std::make_unique<LosesAnswers>(database->connect());
    session->commits_to_lose = 1;
    TurnRunner runner(std::move(session), guard, metrics);
    runner.add(adds(1));
    runner.add(refuses(2));  // it may have refused because of what is now in doubt
    runner.finish();
    EXPECT_EQ(news, (News{"1 unknown", "2 unknown"}));
    EXPECT_EQ(guard.calls, "ber");
    EXPECT_TRUE(runner.take_effects().empty());
    EXPECT_EQ(stored(), Ids{1});  // it was written, and the repeated key will find it
    runner.add(adds(3));
    runner.finish();
    EXPECT_EQ(news.back(), "3 committed");
}

TEST_P(Writers, AConnectionCutBeforeTheCommitIsUnknownAndTheNextTurnConnectsAgain) {
    if (on_sqlite()) return;  // it has no connection to cut
    TurnRunner runner(database->connect(), guard, metrics);
    runner.add(adds(1));
    home.cut_connections();
    runner.finish();
    EXPECT_EQ(news, News{"1 unknown"});
    runner.add(adds(2));
    runner.finish();
    EXPECT_EQ(news.back(), "2 committed");
    EXPECT_EQ(stored(), Ids{2});
}

TEST_P(Writers, AConnectionCutInsideATurnIsRepairedByRunningTheActionsAgain) {
    if (on_sqlite()) return;
    TurnRunner runner(database->connect(), guard, metrics);
    runner.add(adds(1));
    bool cut = false;
    runner.add(noted(2, [&](Session& s) {
        if (!std::exchange(cut, true)) home.cut_connections();
        s.rows(lines);
        s.write(add_line, {{"id", 2}, {"body", "x"}});
        return true;
    }));
    runner.finish();
    EXPECT_EQ(news, (News{"1 committed", "2 committed"}));
    EXPECT_EQ(stored(), (Ids{1, 2}));
}

TEST_P(Writers, AFullDiskInATurnFailsOnlyWhatDoesNotFit) {
    if (!on_sqlite()) return;
    Options small;
    small.page_count_max = 30;
    auto limited = home.open(small);
    TurnRunner runner(limited->connect(), guard, metrics);
    runner.add(adds(1));
    runner.add(noted(2, [](Session& s) {
        s.write(add_line, {{"id", 2}, {"body", std::string(500000, 'x')}});
        return true;
    }));
    runner.add(adds(3));
    runner.finish();
    EXPECT_EQ(news, (News{"1 committed", "2 failed", "3 committed"}));
    EXPECT_EQ(stored(), (Ids{1, 3}));
}

TEST_P(Writers, InlineTurnsCommitEveryNthAction) {
    InlineWriter writer(database->connect(), guard, 2);
    writer.run_now(adds(1));
    EXPECT_TRUE(news.empty());
    writer.run_now(adds(2));
    EXPECT_EQ(news.size(), 2u);
    writer.run_now(adds(3));
    EXPECT_EQ(writer.session().rows(lines).size(), 3u);
    EXPECT_EQ(stored(), (Ids{1, 2}));
    writer.finish_turn();
    EXPECT_EQ(stored(), (Ids{1, 2, 3}));
    EXPECT_EQ(effects, (std::vector<int>{1, 2, 3}));
}

// --- With threads

TEST_P(Writers, WhatWaitsIsCommittedTogetherAndSettledInOrder) {
    Writer writer(database->connect(), guard);
    std::latch running(1), go_on(1);
    ASSERT_TRUE(writer.submit(noted(0, [&](Session&) {
        running.count_down();
        go_on.wait();
        return false;
    })));
    running.wait();
    News expected{"0 refused"};
    for (int id = 1; id <= 100; ++id) {
        ASSERT_TRUE(writer.submit(adds(id)));
        expected.push_back(std::to_string(id) + " committed");
    }
    EXPECT_EQ(writer.metrics().waiting, 100u);
    go_on.count_down();
    writer.stop();
    EXPECT_EQ(news, expected);
    EXPECT_EQ(effects.size(), 100u);
    EXPECT_TRUE(std::ranges::is_sorted(effects));
    EXPECT_LT(writer.metrics().turns, 101u);
    EXPECT_EQ(writer.metrics().committed, 100u);
    EXPECT_EQ(stored().size(), 100u);
}

TEST_P(Writers, ATurnHasAtMostItsNumberOfActions) {
    Writer writer(database->connect(), guard,
                  {.turn_max = std::chrono::hours(1), .actions_per_turn_max = 10});
    std::latch running(1), go_on(1);
    ASSERT_TRUE(writer.submit(noted(0, [&](Session&) {
        running.count_down();
        go_on.wait();
        return false;
    })));
    running.wait();
    for (int id = 1; id < 30; ++id) ASSERT_TRUE(writer.submit(adds(id)));
    go_on.count_down();
    writer.stop();
    EXPECT_EQ(guard.calls, "becbecbec");
}

TEST_P(Writers, TooManyWaitersAreTurnedAwayAndHearNothing) {
    Writer writer(database->connect(), guard, {.waiting_max = 2});
    std::latch running(1), go_on(1);
    ASSERT_TRUE(writer.submit(noted(0, [&](Session&) {
        running.count_down();
        go_on.wait();
        return false;
    })));
    running.wait();
    EXPECT_TRUE(writer.submit(adds(1)));
    EXPECT_TRUE(writer.submit(adds(2)));
    EXPECT_FALSE(writer.submit(adds(3)));
    go_on.count_down();
    writer.stop();
    EXPECT_EQ(news, (News{"0 refused", "1 committed", "2 committed"}));
    EXPECT_EQ(writer.metrics().turned_away, 1u);
    EXPECT_FALSE(writer.submit(adds(4)));
}

TEST_P(Writers, EffectsRunOnAnotherThreadAndWhatTheyThrowHarmsNobody) {
    Writer writer(database->connect(), guard);
    std::promise<std::thread::id> settled_on, effect_on;
    Action action = adds(1);
    action.settled = [&](Settled, std::exception_ptr) {
        settled_on.set_value(std::this_thread::get_id());
    };
    action.effects = [&]() -> void {
        effect_on.set_value(std::this_thread::get_id());
        throw std::runtime_error("the mail server is away");
    };
    ASSERT_TRUE(writer.submit(std::move(action)));
    EXPECT_NE(settled_on.get_future().get(), effect_on.get_future().get());
    ASSERT_TRUE(writer.submit(adds(2)));
    writer.stop();
    EXPECT_EQ(effects, std::vector<int>{2});
    EXPECT_EQ(writer.metrics().effects_failed, 1u);
}

// --- Two writers on one database

Action increments() {
    return {.run =
                [](Session& s) {
                    std::int64_t value = s.row(counter)->integer(0);
                    s.write(set_counter, {{"value", value + 1}});
                    return true;
                },
            .settled = {},
            .effects = {}};
}

TEST_P(Writers, TwoOnOneDatabaseTakeTurnsAndLoseNoWrite) {
    auto second_database = home.open();
    NotingGuard second_guard;
    Writer first(database->connect(), guard);
    Writer second(second_database->connect(), second_guard);
    for (int i = 0; i < 150; ++i) {
        ASSERT_TRUE(first.submit(increments()));
        ASSERT_TRUE(second.submit(increments()));
    }
    first.stop();
    second.stop();
    EXPECT_EQ(database->connect()->row(counter)->integer(0), 300);
}

TEST_P(Writers, TwoProcessesOnOneFileTakeTurnsAndLoseNoWrite) {
    if (!on_sqlite()) return;
    database = nullptr;  // SQLite must not be carried across a fork
    auto run = [this] {
        auto opened = home.open();
        InlineWriter writer(opened->connect(), guard, 3);
        for (int i = 0; i < 100; ++i) writer.run_now(increments());
        writer.finish_turn();
        return writer.metrics().failed == 0;
    };
    pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) _exit(run() ? 0 : 1);
    EXPECT_TRUE(run());
    int status = 1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    database = home.open();
    EXPECT_EQ(database->connect()->row(counter)->integer(0), 200);
}

}  // namespace
}  // namespace hezhi::store
