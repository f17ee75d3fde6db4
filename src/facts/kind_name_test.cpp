// Names of kinds stand in memory once, whoever makes them.
#include "facts/kind_name.h"

#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "facts/need_facts.h"

namespace hezhi {
namespace {

TEST(KindName, IsTheSameWhereverItWasMade) {
    std::string made = std::string("need.") + "reported";
    EXPECT_EQ(KindName(made), kind_name<NeedReported>);
    EXPECT_NE(KindName(made), kind_name<NeedClosed>);
    EXPECT_EQ(KindName(made).view(), "need.reported");
    EXPECT_EQ(KindName(), KindName(""));
}

TEST(KindName, OfAKindThatThisProgramDoesNotKnowIsKeptAsItIs) {
    KindName later("balloon.flown"), again(std::string("balloon.flown"));
    EXPECT_EQ(later, again);
    EXPECT_EQ(later, "balloon.flown");
    EXPECT_NE(later, KindName("balloon.flow"));
}

TEST(KindName, IsTheSameOnEveryThread) {
    constexpr std::size_t names = 1000;
    std::array<std::array<KindName, names>, 4> made;
    {
        std::array<std::jthread, 4> threads;
        for (std::size_t t = 0; t < threads.size(); ++t) {
            threads[t] = std::jthread([&made, t] {
                for (std::size_t i = 0; i < names; ++i) {
                    made[t][i] = KindName("kind." + std::to_string(i));
                }
            });
        }
    }
    for (std::size_t t = 1; t < made.size(); ++t) EXPECT_EQ(made[t], made[0]) << t;
    EXPECT_EQ(made[0][7], "kind.7");
}

}  // namespace
}  // namespace hezhi
