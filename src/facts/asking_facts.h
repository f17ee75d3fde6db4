// Facts about how a need is asked and answered (点单): who asked, triage, assessment, referral,
// merging.
#pragma once

#include "facts/need_facts.h"

namespace hezhi {

// Who asked, and for when; beside need.reported where somebody known asked by themselves or for a
// relative. Subject "person" is who asked.
struct NeedAsked {
    static constexpr std::string_view kind = "need.asked";
    static constexpr int version = 1;
    std::optional<Instant> wished_at;     // when help is wished; absent: as soon as it can be
    std::optional<std::string> category;  // if one was chosen while it was said
};
BOOST_DESCRIBE_STRUCT(NeedAsked, (), (wished_at, category))

// 分流: how urgent it is and whether somebody must look first. Deadlines of the class count from
// the report, so that a triage in another class neither gives nor takes the hours that have gone.
struct NeedTriaged {
    static constexpr std::string_view kind = "need.triaged";
    static constexpr int version = 1;
    PriorityClass priority_class = PriorityClass::P3;
    Instant first_contact_until;
    Instant handle_until;
    std::optional<Instant> assess_until;  // absent: it can be answered without an assessment
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(NeedTriaged, (),
                      (priority_class, first_contact_until, handle_until, assess_until, pack))

// What an assessment found lacking most.
enum class NeedDomain { daily_living, health, mind, family, livelihood, safety };
BOOST_DESCRIBE_ENUM(NeedDomain, daily_living, health, mind, family, livelihood, safety)

enum class RiskSeen { none, low, medium, high };
BOOST_DESCRIBE_ENUM(RiskSeen, none, low, medium, high)

// 评估. The note stands sealed in the register of texts, for whoever may read cases.
struct NeedAssessed {
    static constexpr std::string_view kind = "need.assessed";
    static constexpr int version = 1;
    NeedDomain domain = NeedDomain::daily_living;
    RiskSeen risk = RiskSeen::none;
    bool consent = false;  // the person agrees to the plan being made
};
BOOST_DESCRIBE_STRUCT(NeedAssessed, (), (domain, risk, consent))

// 转介: handed to another office, which must send a receipt (转介回执).
struct NeedReferred {
    static constexpr std::string_view kind = "need.referred";
    static constexpr int version = 1;
    Instant receipt_until;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(NeedReferred, (), (receipt_until, pack))

// No receipt came by `due_at`; the next reminder follows at `receipt_until`.
struct ReferralReminded {
    static constexpr std::string_view kind = "need.reminded";
    static constexpr int version = 1;
    Instant due_at;
    Instant receipt_until;
};
BOOST_DESCRIBE_STRUCT(ReferralReminded, (), (due_at, receipt_until))

// The receipt came. `accepted`: the other office has taken it over and the need is closed with it;
// else it comes back and waits for another answer.
struct ReferralReceipted {
    static constexpr std::string_view kind = "need.receipted";
    static constexpr int version = 1;
    bool accepted = true;
};
BOOST_DESCRIBE_STRUCT(ReferralReceipted, (), (accepted))

// 并案: it says the same as the need `into`; whoever reported it is told what becomes of that one.
struct NeedMerged {
    static constexpr std::string_view kind = "need.merged";
    static constexpr int version = 1;
    NeedId into;
    Instant undo_until;
};
BOOST_DESCRIBE_STRUCT(NeedMerged, (), (into, undo_until))

struct NeedUnmerged {
    static constexpr std::string_view kind = "need.unmerged";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(NeedUnmerged, (), ())

}  // namespace hezhi
