// Facts about incidents (突发情况) during or after a service. Which service stands among the
// subjects: "order", "activity" or "record". What happened, and why it was judged so, stands in the
// register of texts under the incident's id.
#pragma once

#include "facts/insurance_facts.h"

namespace hezhi {

using IncidentId = Id<struct IncidentTag>;

// What an incident happened in, or what a complaint is about.
enum class AboutKind { order, activity, record, person, team };
BOOST_DESCRIBE_ENUM(AboutKind, order, activity, record, person, team)

struct IncidentReported {
    static constexpr std::string_view kind = "incident.reported";
    static constexpr int version = 1;
    AboutKind about = AboutKind::order;
    std::string severity;  // a class of the pack: "minor", "major"
    Instant settle_until;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(IncidentReported, (), (about, severity, settle_until, pack))

// Subject "person" stands beside it if it is to be put down to one of those who served.
struct IncidentSettled {
    static constexpr std::string_view kind = "incident.settled";
    static constexpr int version = 1;
    std::string severity;  // as it turned out
    bool confirmed = false;
    bool attributable = false;
};
BOOST_DESCRIBE_STRUCT(IncidentSettled, (), (severity, confirmed, attributable))

struct IncidentEscalated {
    static constexpr std::string_view kind = "incident.escalated";
    static constexpr int version = 1;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(IncidentEscalated, (), (due_at))

// Reported to the insurer; subject "insurance" names the policy.
struct ClaimNoted {
    static constexpr std::string_view kind = "claim.noted";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ClaimNoted, (), ())

}  // namespace hezhi
