// Who may do what where.
#include "api/caller.h"

#include <gtest/gtest.h>

namespace hezhi::api {
namespace {

Caller holding(Scope scope, std::string path = "") {
    Caller caller;
    caller.account = AccountId(7);
    caller.held.push_back({"order.read", scope, std::move(path)});
    return caller;
}

TEST(Caller, MayWithinTheScopeAndNowhereElse) {
    struct Row {
        const char* what;
        Caller caller;
        Access record;
        bool may;
    };
    const AccountId me(7), other(8);
    // clang-format off
    const Row table[] = {
        {"at the area itself",            holding(Scope::area, "/1/5/"), {.area_path = "/1/5/"},      true},
        {"below the area",                holding(Scope::area, "/1/5/"), {.area_path = "/1/5/9/"},    true},
        {"above the area",                holding(Scope::area, "/1/5/"), {.area_path = "/1/"},        false},
        {"beside the area",               holding(Scope::area, "/1/5/"), {.area_path = "/1/6/"},      false},
        {"an area with a longer number",  holding(Scope::area, "/1/5/"), {.area_path = "/1/55/"},     false},
        {"a record without area",         holding(Scope::area, "/1/"),   {},                          false},
        {"area does not mean own",        holding(Scope::area, "/1/5/"), {.area_path = "/2/", .owner = me, .leader = me, .assigned = true}, false},
        {"a role without a place",        holding(Scope::area, ""),      {.area_path = "/1/"},        false},
        {"one's own",                     holding(Scope::own),           {.owner = me},               true},
        {"another's own",                 holding(Scope::own),           {.owner = other},            false},
        {"nobody's own",                  holding(Scope::own),           {.area_path = "/1/"},        false},
        {"own does not mean led",         holding(Scope::own),           {.leader = me},              false},
        {"assigned",                      holding(Scope::assigned),      {.assigned = true},          true},
        {"not assigned",                  holding(Scope::assigned),      {.owner = me},               false},
        {"led by oneself",                holding(Scope::supervises),    {.leader = me},              true},
        {"led by another",                holding(Scope::supervises),    {.owner = me, .leader = other}, false},
        {"led by nobody",                 holding(Scope::supervises),    {},                          false},
    };
    // clang-format on
    for (const Row& row : table) {
        SCOPED_TRACE(row.what);
        EXPECT_EQ(row.caller.may("order.read", row.record), row.may);
        EXPECT_FALSE(row.caller.may("order.cancel", row.record)) << "another permission";
    }
}

TEST(Caller, WithoutAccountNothingIsOnesOwn) {
    Caller caller;
    caller.held.push_back({"order.read", Scope::own, ""});
    caller.held.push_back({"order.read", Scope::supervises, ""});
    EXPECT_FALSE(caller.may("order.read", {}));
}

TEST(Caller, KnowsWhereAPermissionIsHeld) {
    Caller caller = holding(Scope::area, "/1/5/");
    caller.held.push_back({"order.read", Scope::area, "/2/"});
    caller.held.push_back({"order.read", Scope::own, ""});
    caller.held.push_back({"need.read", Scope::area, "/3/"});
    EXPECT_EQ(caller.areas_of("order.read"), (std::vector<std::string>{"/1/5/", "/2/"}));
    EXPECT_TRUE(caller.may_somewhere("need.read"));
    EXPECT_FALSE(caller.may_somewhere("need.close"));
    auto actor = caller.actor("order.read");
    EXPECT_EQ(actor.account, AccountId(7));
    EXPECT_EQ(actor.permission, "order.read");
}

TEST(Caller, ALinkHolderAndTheSystemHoldNothing) {
    EXPECT_EQ(link_caller()->via, Via::link);
    EXPECT_FALSE(link_caller()->account);
    EXPECT_TRUE(link_caller()->held.empty());
    EXPECT_EQ(system_caller().via, Via::system);
}

}  // namespace
}  // namespace hezhi::api
