// Complaints as a figure: one row a complaint.
#pragma once

#include "facts/complaint_facts.h"
#include "journal/figure.h"

namespace hezhi::complaints {

enum class ComplaintStep {
    filed,         // 待受理
    acknowledged,  // 已受理
    decided,       // 已决定
    review_asked,  // 待复核
    reviewed,      // 已复核
    withdrawn,     // 已撤回
};
BOOST_DESCRIBE_ENUM(ComplaintStep, filed, acknowledged, decided, review_asked, reviewed, withdrawn)

struct ComplaintState {
    ComplaintId id;
    AreaId area;
    std::string area_path;
    ComplaintStep state = ComplaintStep::filed;
    AboutKind about = AboutKind::order;
    std::int64_t about_id = 0;
    ComplaintChannel channel = ComplaintChannel::phone;
    bool hidden = false;
    AccountId complainant;  // none if hidden, by a slip or at a desk
    Instant filed_at;
    Instant acknowledge_until;
    Instant acknowledged_at;
    Instant decide_until;  // of the review, once one was asked for
    Instant escalate_at;   // the next limit whose passing is told; never, if none is left
    Instant escalated_at;
    Instant decided_at;  // of the review, once it was made
    bool late = false;   // a limit passed before it was met
    AccountId decided_by;
    std::optional<ComplaintOutcome> outcome;
    Instant ask_review_until;
    AccountId reviewed_by;
    std::optional<ComplaintOutcome> review_outcome;
};
BOOST_DESCRIBE_STRUCT(ComplaintState, (),
                      (id, area, area_path, state, about, about_id, channel, hidden, complainant,
                       filed_at, acknowledge_until, acknowledged_at, decide_until, escalate_at,
                       escalated_at, decided_at, late, decided_by, outcome, ask_review_until,
                       reviewed_by, review_outcome))

struct ComplaintFigure {
    using State = ComplaintState;
    static constexpr std::string_view name = "complaints";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"area_path, decide_until", "complainant", "escalate_at", "about_id"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::complaints
