#include "crypto/password.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>

#include "base/assert.h"
#include "crypto/password_pool.h"
#include "crypto/token.h"

namespace hezhi::crypto {
namespace {

// As cheap as argon2id can be: what is tested here is ours, not its cost.
constexpr PasswordCost cheap{1, 8};

TEST(Password, VerifiesTheVectorOfTheReferenceImplementation) {
    const char* stored =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    EXPECT_TRUE(password_matches(stored, "password"));
    EXPECT_FALSE(password_matches(stored, "Password"));
    EXPECT_FALSE(password_matches(stored, ""));
}

TEST(Password, MatchesItsHashOnly) {
    std::string stored = hash_password("测试口令 1", cheap);
    EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << stored;
    EXPECT_TRUE(password_matches(stored, "测试口令 1"));
    EXPECT_FALSE(password_matches(stored, "测试口令 2"));
    EXPECT_FALSE(password_matches(stored, std::string_view("测试口令 1\0", 15)));
    EXPECT_NE(hash_password("测试口令 1", cheap), stored) << "the salt is new each time";
}

TEST(Password, NeverMatchesATextThatIsNoHash) {
    for (auto stored : {"", "password", "$argon2id$", "$argon2id$v=19$m=8,t=1,p=1$AAAA$"}) {
        EXPECT_FALSE(password_matches(stored, "password")) << stored;
    }
}

TEST(Password, HasALengthLimit) {
    std::string longest(password_bytes_max, 'x');
    EXPECT_TRUE(password_matches(hash_password(longest, cheap), longest));
    EXPECT_FALSE(password_matches(hash_password(longest, cheap), longest + "x"));
    EXPECT_THROW(hash_password(longest + "x", cheap), BrokenInvariant);
}

TEST(Password, IsHashedAnewWhenTheCostChanged) {
    std::string stored = hash_password("x", cheap);
    EXPECT_FALSE(needs_rehash(stored, cheap));
    EXPECT_TRUE(needs_rehash(stored, PasswordCost{2, 8}));
    EXPECT_TRUE(needs_rehash(stored, PasswordCost{1, 16}));
    EXPECT_TRUE(needs_rehash("no hash", cheap));
}

TEST(Password, CostIsAsserted) {
    EXPECT_THROW(hash_password("x", PasswordCost{0, 8}), BrokenInvariant);
    EXPECT_THROW(hash_password("x", PasswordCost{1, 7}), BrokenInvariant);
    EXPECT_THROW(PasswordPool(1, 1, PasswordCost{0, 8}), BrokenInvariant);
}

TEST(PasswordPool, HashesAndVerifies) {
    PasswordPool pool(2, 10, cheap);
    std::promise<std::string> hashed;
    ASSERT_TRUE(pool.hash("x", [&](Result<std::string> made) { hashed.set_value(made.value()); }));
    std::string stored = hashed.get_future().get();

    auto verdict_of = [](PasswordPool& on, const std::string& against, const char* clear) {
        std::promise<PasswordVerdict> verdict;
        auto accepted = on.verify(against, clear, [&](Result<PasswordVerdict> given) {
            verdict.set_value(given.value());
        });
        EXPECT_TRUE(accepted);
        return verdict.get_future().get();
    };
    EXPECT_EQ(verdict_of(pool, stored, "x"), PasswordVerdict::right);
    EXPECT_EQ(verdict_of(pool, stored, "y"), PasswordVerdict::wrong);
    PasswordPool dearer(1, 1, PasswordCost{2, 8});
    EXPECT_EQ(verdict_of(dearer, stored, "x"), PasswordVerdict::right_but_rehash);
}

TEST(PasswordPool, RefusesWhenItsQueueIsFull) {
    std::latch busy(1), release(1);
    std::atomic<int> answered = 0;
    std::atomic<bool> refused_one_ran = false;
    {
        PasswordPool pool(1, 2, cheap);
        ASSERT_TRUE(pool.hash("x", [&](Result<std::string>) {
            busy.count_down();
            release.wait();
            ++answered;
        }));
        busy.wait();  // the only thread is held; the queue is empty
        auto count = [&](Result<std::string>) { ++answered; };
        EXPECT_TRUE(pool.hash("x", count));
        EXPECT_TRUE(pool.hash("x", count));
        auto third = pool.hash("x", [&](Result<std::string>) { refused_one_ran = true; });
        ASSERT_FALSE(third);
        EXPECT_EQ(third.error().row->code, "password_pool_busy");
        EXPECT_EQ(third.error().row->http_status, 503);
        release.count_down();
    }
    EXPECT_EQ(answered, 3) << "all that was accepted is answered, even when the pool ends";
    EXPECT_FALSE(refused_one_ran);
}

TEST(PasswordPool, AnswersWhatStillWaitsWhenItEnds) {
    std::latch busy(1);
    std::promise<void> release;
    std::promise<std::string> outcome;
    {
        PasswordPool pool(1, 1, cheap);
        ASSERT_TRUE(pool.hash("x", [&, gate = release.get_future()](Result<std::string>) mutable {
            busy.count_down();
            gate.wait();
        }));
        busy.wait();
        ASSERT_TRUE(pool.hash("x", [&](Result<std::string> made) {
            outcome.set_value(made ? "made" : std::string(made.error().row->code));
        }));
        release.set_value();
    }
    // Whether the freed thread still came to it or not, it was answered once.
    std::string got = outcome.get_future().get();
    EXPECT_TRUE(got == "made" || got == "password_pool_busy") << got;
}

TEST(PasswordPool, ReportsMissingMemoryAsBusy) {
    // Above libsodium's own limit, so it is refused before anything is allocated.
    PasswordPool pool(1, 1, PasswordCost{1, std::size_t{1} << 33});
    std::promise<std::string> outcome;
    ASSERT_TRUE(pool.hash("x", [&](Result<std::string> made) {
        outcome.set_value(made ? "made" : std::string(made.error().row->code));
    }));
    EXPECT_EQ(outcome.get_future().get(), "password_pool_busy");
}

TEST(Token, IsStoredOnlyAsItsHash) {
    SeededRandom random(9);
    Token token = make_token(random);
    EXPECT_EQ(token.clear.size(), 43u);
    EXPECT_EQ(from_base64url(token.clear)->size(), 32u);
    EXPECT_EQ(token.stored.size(), 64u);
    EXPECT_EQ(token.stored, stored_form(token.clear));
    EXPECT_NE(make_token(random).stored, token.stored);
    EXPECT_EQ(stored_form("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace hezhi::crypto
