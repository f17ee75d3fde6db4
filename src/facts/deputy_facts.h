// Facts about who stands in for whom (代理), and about work that changes hands (移交).
//
// What somebody does while standing in for another names the deputy's record among its subjects
// (noun "deputy"), so that every fact says in whose place it was done.
#pragma once

#include <string>

#include "facts/fact.h"

namespace hezhi {

using DeputyId = Id<struct DeputyTag>;

// Subject "deputy" is the new record; the fact's place is where the role is held.
struct DeputyNamed {
    static constexpr std::string_view kind = "deputy.named";
    static constexpr int version = 1;
    AccountId account;  // who is away
    AccountId deputy;   // who stands in, once that person has agreed
    std::string role;   // held by both
    Instant from;
    Instant until;
};
BOOST_DESCRIBE_STRUCT(DeputyNamed, (), (account, deputy, role, from, until))

struct DeputyConfirmed {
    static constexpr std::string_view kind = "deputy.confirmed";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(DeputyConfirmed, (), ())

struct DeputyDeclined {
    static constexpr std::string_view kind = "deputy.declined";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(DeputyDeclined, (), ())

struct DeputyEnded {
    static constexpr std::string_view kind = "deputy.ended";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(DeputyEnded, (), ())

// Somebody else leads the record from now on. Its subjects are those of the record: "order" with
// its "need", "need" alone, "plan", "activity".
struct ItemHandedOn {
    static constexpr std::string_view kind = "item.handed_on";
    static constexpr int version = 1;
    std::string queue;  // the noun whose queue it stands in
    AccountId from;     // none: nobody led it
    AccountId to;
};
BOOST_DESCRIBE_STRUCT(ItemHandedOn, (), (queue, from, to))

// Whoever led it holds no role for it any more: it goes to the area's superior, or to nobody if
// there is none.
struct ItemPassedOn {
    static constexpr std::string_view kind = "item.passed_on";
    static constexpr int version = 1;
    std::string queue;
    AccountId from;
    AccountId to;
};
BOOST_DESCRIBE_STRUCT(ItemPassedOn, (), (queue, from, to))

// Who leads the record after either of the two; they are folded alike.
inline bool changes_leader(const Fact& fact) {
    return fact.is<ItemHandedOn>() || fact.is<ItemPassedOn>();
}
inline AccountId next_leader(const Fact& fact) {
    return fact.is<ItemHandedOn>() ? fact.as<ItemHandedOn>().to : fact.as<ItemPassedOn>().to;
}

}  // namespace hezhi
