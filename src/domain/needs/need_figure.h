// Needs as a figure: one row a need, with its clock and what became of it.
#pragma once

#include "facts/asking_facts.h"
#include "facts/need_facts.h"
#include "facts/order_facts.h"
#include "facts/secrecy_facts.h"
#include "journal/figure.h"

namespace hezhi::needs {

enum class NeedStep {
    reported,   // 待研判
    planned,    // 已转订单
    closed,     // 已办结
    assessing,  // 待评估
    assessed,   // 待定方案
    referred,   // 已转介
    merged,     // 已并案
    meeting,    // 联席会议
};
BOOST_DESCRIBE_ENUM(NeedStep, reported, planned, closed, assessing, assessed, referred, merged,
                    meeting)

struct NeedState {
    NeedId id;
    AreaId area;
    std::string area_path;
    NeedStep state = NeedStep::reported;
    Channel channel = Channel::grid;
    PriorityClass priority_class = PriorityClass::P3;
    AccountId reporter;  // none if nobody with an account reported it
    PersonId recipient;
    bool consent = false;
    Instant reported_at;
    Instant first_contact_until;
    Instant first_contacted_at;  // never, if not yet
    Instant handle_until;
    Instant planned_at;
    OrderId order_id;  // the order that answers it now; "order" is a word of SQL
    std::optional<OrderStep> order_step;
    std::int32_t offers_open = 0;  // of that order: asked and not answered
    bool order_escalated = false;  // it went back to the social worker
    Instant closed_at;
    bool served = false;
    std::optional<Resolution> resolution;  // once the requester was asked
    std::int32_t satisfaction = 0;         // 1–5, with a resolution
    bool satisfied = false;                // by the pack in force when the mark was given
    Instant reopen_until;                  // while closed: until just before then
    std::int32_t reopenings = 0;
    std::int64_t reopened_by = 0;  // the latest fact need.reopened, under which its reason stands
    std::int64_t meeting_by = 0;   // the latest need.meeting_noted, under which its outcome stands
    PersonId asked_by;             // who asked for themselves or for the recipient
    Instant wished_at;
    std::string category;  // chosen when it was asked, or of its order; empty if neither
    Instant triaged_at;
    Instant assess_until;
    Instant assessed_at;
    std::optional<NeedDomain> domain;
    std::optional<RiskSeen> risk;
    Instant referred_at;
    Instant receipt_until;
    std::int32_t reminders = 0;
    Instant receipted_at;
    NeedId merged_into;
    Instant undo_until;
    bool sealed = false;  // the place is coarse, the words are for the keeper
    AccountId keeper;
    std::optional<NeedStep> state_before;  // what an undone merge goes back to
};
BOOST_DESCRIBE_STRUCT(NeedState, (),
                      (id, area, area_path, state, channel, priority_class, reporter, recipient,
                       consent, reported_at, first_contact_until, first_contacted_at, handle_until,
                       planned_at, order_id, order_step, offers_open, order_escalated, closed_at,
                       served, resolution, satisfaction, satisfied, reopen_until, reopenings,
                       reopened_by, meeting_by, asked_by, wished_at, category, triaged_at,
                       assess_until, assessed_at, domain, risk, referred_at, receipt_until,
                       reminders, receipted_at, merged_into, undo_until, sealed, keeper,
                       state_before))

// Where a fact about the need stands.
inline Place place_of(const NeedState& need) {
    return {need.area, need.area_path};
}

struct NeedFigure {
    using State = NeedState;
    static constexpr std::string_view name = "needs";
    static constexpr int revision = 5;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"area_path, state", "state, handle_until, id",
                "reporter, id",     "recipient, id",
                "asked_by, id",     "merged_into"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::needs
