#include "rules/pack_history.h"

#include <gtest/gtest.h>

namespace hezhi::rules {
namespace {

PublishedPack published(std::int64_t at, const char* version) {
    auto pack = std::make_shared<Pack>();
    pack->version = version;
    return {Instant{at}, std::string("hash of ") + version, pack};
}

std::string version_at(const PackHistory& history, std::int64_t at) {
    auto found = history.in_force(Instant{at});
    return found ? found->pack->version : "none";
}

TEST(PackHistory, ThePackInForceIsTheLastThatTookEffect) {
    PackHistory history;
    history.add(published(2000, "2"));
    history.add(published(1000, "1"));
    history.add(published(3000, "3"));
    EXPECT_EQ(version_at(history, 999), "none");
    EXPECT_EQ(version_at(history, 1000), "1");
    EXPECT_EQ(version_at(history, 1999), "1");
    EXPECT_EQ(version_at(history, 2000), "2");
    EXPECT_EQ(version_at(history, 99999), "3");
}

TEST(PackHistory, OfTwoPacksOfOneInstantTheLaterAddedHolds) {
    PackHistory history;
    history.add(published(1000, "wrong"));
    history.add(published(1000, "right"));
    EXPECT_EQ(version_at(history, 1000), "right");
}

TEST(PackHistory, ACopyDoesNotSeeWhatIsPublishedLater) {
    PackHistory history;
    history.add(published(1000, "1"));
    PackHistory before = history;
    history.add(published(2000, "2"));
    EXPECT_EQ(version_at(before, 2000), "1");
    EXPECT_EQ(version_at(history, 2000), "2");
}

}  // namespace
}  // namespace hezhi::rules
