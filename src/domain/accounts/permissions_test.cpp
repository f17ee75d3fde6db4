#include "domain/accounts/permissions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "rules/certification_rules.h"
#include "rules/pack_reader.h"

namespace hezhi::accounts {
namespace {

TEST(Permissions, AreGivenToKnownRolesAndEachRowOnce) {
    std::set<std::tuple<std::string_view, std::string_view, api::Scope>> seen;
    for (const auto& row : permissions()) {
        EXPECT_NE(find_role(row.role), nullptr) << row.role;
        EXPECT_NE(row.permission.find('.'), std::string_view::npos) << row.permission;
        EXPECT_TRUE(seen.insert({row.role, row.permission, row.scope}).second)
            << row.role << " " << row.permission;
    }
}

TEST(Permissions, LetThoseNoteChecksWhomAPackMayName) {
    std::set<std::string_view> noting;
    for (const auto& row : permissions()) {
        if (row.permission == "record_check.note") noting.insert(row.role);
    }
    EXPECT_EQ(noting, std::set<std::string_view>(std::begin(rules::check_noting_roles),
                                                 std::end(rules::check_noting_roles)));
}

TEST(Permissions, APackNamesOnlyRolesThatThereAre) {
    auto abroad = rules::read_pack_folder("packs/international");
    ASSERT_TRUE(abroad.has_value());
    EXPECT_FALSE(abroad->role_names.empty());
    for (const auto& named : abroad->role_names) {
        EXPECT_NE(find_role(named.key), nullptr) << named.key;
        EXPECT_NE(role_name(nullptr, named.key), named.name) << named.key << ": as it is anyway";
    }
    EXPECT_EQ(role_name(&*abroad, "street_staff").en, "ward staff");
    EXPECT_EQ(role_name(nullptr, "street_staff").en, "subdistrict staff");
    EXPECT_EQ(role_name(&*abroad, "auditor").en, "auditor");
}

TEST(Permissions, EveryRoleMayDoSomething) {
    for (const auto& role : roles()) {
        EXPECT_FALSE(held_by({{std::string(role.key), AreaId(1), "/1/"}}).empty()) << role.key;
    }
}

TEST(Permissions, AdministratorsShareNoneButTheAreaNames) {
    auto of = [](std::string_view role) {
        std::set<std::string_view> names;
        for (const auto& row : permissions()) {
            if (row.role == role) names.insert(row.permission);
        }
        return names;
    };
    for (std::string_view one : {"system_administrator", "security_administrator", "auditor"}) {
        EXPECT_TRUE(find_role(one)->administrator);
        for (std::string_view other :
             {"system_administrator", "security_administrator", "auditor"}) {
            if (one == other) continue;
            for (auto name : of(one)) EXPECT_FALSE(of(other).contains(name)) << one << " " << name;
        }
        // None of them sees a need, an order or a person's entry.
        for (auto name : of(one)) {
            EXPECT_FALSE(name.starts_with("need.") || name.starts_with("order.") ||
                         name.starts_with("person."))
                << one << " " << name;
        }
    }
}

TEST(Permissions, OfARoleReachItsAreaAndWhatIsBelow) {
    api::Caller caller;
    caller.account = AccountId(7);
    caller.held = held_by({{"social_worker", AreaId(5), "/1/5/"}});
    EXPECT_TRUE(caller.may("need.close", {.area_path = "/1/5/"}));
    EXPECT_TRUE(caller.may("need.close", {.area_path = "/1/5/9/"}));
    EXPECT_FALSE(caller.may("need.close", {.area_path = "/1/50/"}));
    EXPECT_FALSE(caller.may("need.close", {.area_path = "/1/"}));
    EXPECT_TRUE(caller.may("order.slip", {.area_path = "/2/", .leader = AccountId(7)}));
    EXPECT_FALSE(caller.may("order.accept", {.area_path = "/1/5/"}));
    EXPECT_TRUE(caller.may("order.accept", {.area_path = "/2/", .assigned = true}));
}

TEST(Permissions, OfAGridWorkerEndAtTheirOwnReports) {
    api::Caller caller;
    caller.account = AccountId(7);
    caller.held = held_by({{"grid_worker", AreaId(9), "/1/5/9/"}});
    EXPECT_TRUE(caller.may("need.report", {.area_path = "/1/5/9/"}));
    EXPECT_TRUE(caller.may("need.read", {.area_path = "/1/5/9/", .owner = AccountId(7)}));
    EXPECT_FALSE(caller.may("need.read", {.area_path = "/1/5/9/", .owner = AccountId(8)}));
    EXPECT_FALSE(caller.may_somewhere("person.read"));
}

TEST(Permissions, OfSeveralRolesAddUp) {
    auto held = held_by({{"grid_worker", AreaId(9), "/1/5/9/"}, {"volunteer", AreaId(5), "/1/5/"}});
    auto count = [&](std::string_view name) {
        return std::ranges::count(held, name, &api::Held::permission);
    };
    EXPECT_EQ(count("need.report"), 1);
    EXPECT_EQ(count("order.accept"), 1);
    EXPECT_EQ(count("order.offer"), 0);
    EXPECT_TRUE(held_by({{"no_such_role", AreaId(1), "/1/"}}).empty());
}

}  // namespace
}  // namespace hezhi::accounts
