// Writes: done once, answered after their commit.
#include <gmock/gmock.h>

#include <latch>
#include <thread>

#include "api/idempotency.h"
#include "api/test_router.h"

namespace hezhi::api {
namespace {

class Writes : public BoxRoutes {};
HEZHI_ON_BOTH_ENGINES(Writes);

TEST_P(Writes, TheAnswerIsTheRecordAsItStands) {
    auto answer = post("/api/boxes", R"({"label":"a","room":9})");
    EXPECT_EQ(answer->status(), 200);
    EXPECT_EQ(answer->wait().body, R"({"amount":0,"id":1,"label":"a","room":9})");
    EXPECT_EQ(post("/api/boxes/1/filling", R"({"amount":4})")->json().at("amount"), 4);
    EXPECT_EQ(post("/api/boxes/7/filling", R"({"amount":4})")->status(), 404);
}

TEST_P(Writes, NothingIsAnsweredBeforeTheCommit) {
    reopen({.inline_actions_per_turn = 3});
    auto first = post("/api/boxes", R"({"label":"a"})");
    auto refused = post("/api/boxes/9/filling", R"({"amount":4})");
    EXPECT_EQ(first->count(), 0u);
    EXPECT_EQ(refused->count(), 0u) << "it may have been refused for what is not durable yet";
    auto third = post("/api/boxes", R"({"label":"c"})");
    EXPECT_EQ(first->status(), 200);
    EXPECT_EQ(refused->status(), 404);
    EXPECT_EQ(third->json().at("id"), 2);
}

TEST_P(Writes, AThrowerDoesNotSpoilItsNeighboursAnswers) {
    reopen({.inline_actions_per_turn = 3});
    auto first = post("/api/boxes", R"({"label":"a"})", with_key("k1"));
    auto broken = post("/api/broken", "{}");
    auto third = post("/api/boxes", R"({"label":"c"})");
    ledger->finish_turn();
    EXPECT_EQ(first->json().at("id"), 1);
    EXPECT_EQ(broken->status(), 500);
    EXPECT_EQ(third->json().at("id"), 2);
    EXPECT_EQ(first->count() + broken->count() + third->count(), 3u);
}

TEST_P(Writes, WhatIsAlreadySoIsAnsweredWithoutAFact) {
    open_box("a");
    auto answer = send(http::Method::put, "/api/boxes/1/place", "{}", with_key("k"));
    EXPECT_EQ(answer->status(), 200);
    EXPECT_EQ(answer->json().at("id"), 1);
    EXPECT_EQ(count("journal"), 1);
    EXPECT_EQ(count("idempotency_keys"), 0);
}

TEST_P(Writes, TheSameKeyIsDoneOnceAndAnsweredAgain) {
    auto first = post("/api/boxes", R"({"label":"a"})", with_key("k1"));
    auto again = post("/api/boxes", R"({"label":"a"})", with_key("k1"));
    EXPECT_EQ(again->status(), 200);
    EXPECT_EQ(again->wait().body, first->wait().body);
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(count("journal"), 1);
    EXPECT_EQ(post("/api/boxes", R"({"label":"a"})", with_key("k2"))->json().at("id"), 2);
    EXPECT_EQ(post("/api/boxes", R"({"label":"a"})")->json().at("id"), 3) << "without a key";
    EXPECT_EQ(post("/api/boxes", R"({"label":"a"})")->json().at("id"), 4);
}

TEST_P(Writes, TheSameKeyWithAnotherBodyOrPathIsRefused) {
    post("/api/boxes", R"({"label":"a"})", with_key("k1"));
    auto body = post("/api/boxes", R"({"label":"b"})", with_key("k1"));
    EXPECT_EQ(body->status(), 409);
    EXPECT_EQ(body->code(), "idempotency_key_reused");
    auto path = post("/api/boxes/1/filling", R"({"amount":1})", with_key("k1"));
    EXPECT_EQ(path->code(), "idempotency_key_reused");
    EXPECT_EQ(count("journal"), 1);
}

TEST_P(Writes, AKeyBelongsToItsAccount) {
    post("/api/boxes", R"({"label":"a"})", with_key("k1", "1"));
    auto other = post("/api/boxes", R"({"label":"b"})", with_key("k1", "3"));
    EXPECT_EQ(count("journal"), 2);
    EXPECT_NE(other->code(), "idempotency_key_reused");
}

// A found bug: without an account, another body was another key, and so was done.
TEST_P(Writes, TheKeyOfALinkBelongsToTheLink) {
    open_box("a");
    open_box("b");
    Ask ask{"", Audience::everyone, {{"Idempotency-Key", "k"}}};
    EXPECT_EQ(post("/api/links/1/filling", R"({"amount":1})", ask)->status(), 200);
    EXPECT_EQ(post("/api/links/1/filling", R"({"amount":1})", ask)->status(), 200);
    EXPECT_EQ(post("/api/links/1/filling", R"({"amount":2})", ask)->code(),
              "idempotency_key_reused");
    EXPECT_EQ(post("/api/links/2/filling", R"({"amount":2})", ask)->status(), 200);
    EXPECT_EQ(box(1)->amount, 1);
    EXPECT_EQ(box(2)->amount, 2);
}

// What is kept of it would join the record to whoever sent it.
TEST_P(Writes, TheKeyOfASealedWriteNamesNoAccount) {
    post("/api/sealed-boxes", R"({"label":"a"})", with_key("k1", "1"));
    post("/api/sealed-boxes", R"({"label":"a"})", with_key("k1", "1"));
    EXPECT_EQ(count("journal"), 1) << "done once, as any other";
    static constexpr store::Query holders{
        "test.holders", "SELECT count(*) AS n FROM idempotency_keys WHERE holder = 'sealed'"};
    auto db = ledger->read();
    EXPECT_EQ(db->row(holders)->integer("n"), 1);
    EXPECT_EQ(count("idempotency_keys"), 1);
}

TEST_P(Writes, ARefusedRequestMayBeSentAgainUnderItsKey) {
    auto early = post("/api/boxes/1/filling", R"({"amount":1})", with_key("k"));
    EXPECT_EQ(early->status(), 404);
    open_box("a");
    EXPECT_EQ(post("/api/boxes/1/filling", R"({"amount":1})", with_key("k"))->status(), 200);
}

TEST_P(Writes, AKeyThatCannotBeKeptIsRefused) {
    for (std::string key : {std::string(81, 'k'), std::string("a b"), std::string("\xff")}) {
        auto answer = post("/api/boxes", R"({"label":"a"})", with_key(key));
        EXPECT_EQ(answer->status(), 422);
        EXPECT_THAT(answer->fields(), ::testing::ElementsAre("Idempotency-Key"));
    }
    EXPECT_EQ(runs, 0);
    EXPECT_EQ(post("/api/boxes", R"({"label":"a"})", with_key(std::string(80, 'k')))->status(),
              200);
}

TEST_P(Writes, KeysAreForgottenAfterTheirTime) {
    post("/api/boxes", R"({"label":"a"})", with_key("old"));
    clock.advance(idempotency_keys_kept);
    post("/api/boxes", R"({"label":"b"})", with_key("new"));
    act([](journal::Turn& turn) { return forget_keys(turn); });
    EXPECT_EQ(count("idempotency_keys"), 2) << "kept for the whole time";
    clock.advance(Millis(1));
    EXPECT_EQ(act([](journal::Turn& turn) { return forget_keys(turn); }).value(), 1);
    EXPECT_EQ(count("idempotency_keys"), 1);
}

TEST_P(Writes, OfRacingTwinsOneIsDoneAndBothAreAnswered) {
    reopen({});
    constexpr int twins = 16;
    std::vector<std::shared_ptr<Answers>> answers(twins);
    {
        std::latch start(twins);
        std::vector<std::jthread> threads;
        for (auto& answer : answers) {
            threads.emplace_back([&] {
                start.arrive_and_wait();
                answer = post("/api/boxes", R"({"label":"a"})", with_key("twin"));
            });
        }
    }
    for (auto& answer : answers) {
        EXPECT_EQ(answer->status(), 200);
        EXPECT_EQ(answer->json().at("id"), 1);
    }
    EXPECT_EQ(count("journal"), 1);
}

TEST_P(Writes, AFullWriterIs503) {
    journal::LedgerOptions options;
    options.writer.waiting_max = 1;
    reopen(options);
    std::latch running(1), go_on(1);
    auto ignore = [](store::Settled, std::exception_ptr) {};
    ASSERT_TRUE(ledger->write(
        [&](journal::Turn&) {
            running.count_down();
            go_on.wait();
            return false;
        },
        ignore));
    running.wait();
    auto waiting = post("/api/boxes", R"({"label":"a"})");
    auto away = post("/api/boxes", R"({"label":"b"})");
    EXPECT_EQ(away->status(), 503);
    EXPECT_EQ(away->code(), "unavailable");
    EXPECT_EQ(waiting->count(), 0u);
    go_on.count_down();
    EXPECT_EQ(waiting->status(), 200);
    ledger->stop();
    EXPECT_EQ(post("/api/boxes", R"({"label":"c"})")->status(), 503) << "stopped";
}

TEST_P(Writes, ABusyDatabaseIs503AndTheWriteMayBeRepeated) {
    auto impatient = home.open({.busy_timeout = std::chrono::milliseconds(1)});
    ledger = std::make_unique<journal::Ledger>(
        *impatient, figures, clock, journal::LedgerOptions{.inline_actions_per_turn = 1});
    make_router();
    auto other = database->connect();
    other->begin();
    other->row({"test.lock", "SELECT position FROM journal_head WHERE one = 1 {for_update}"});
    auto answer = post("/api/boxes", R"({"label":"a"})", with_key("k"));
    EXPECT_EQ(answer->status(), 503);
    EXPECT_EQ(answer->code(), "unavailable");
    other->rollback();
    EXPECT_EQ(post("/api/boxes", R"({"label":"a"})", with_key("k"))->status(), 200);
    ledger.reset();  // before its database
    ledger = open_ledger();
}

}  // namespace
}  // namespace hezhi::api
