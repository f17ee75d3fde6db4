#include "domain/complaints/complaint_figure.h"

namespace hezhi::complaints {
namespace {

// Met after its limit: it stays late, however it ends.
void meet(ComplaintState& complaint, Instant at, Instant until) {
    complaint.late = complaint.late || at > until;
    complaint.escalate_at = {};
}

}  // namespace

std::vector<std::string_view> ComplaintFigure::kinds() {
    return {ComplaintFiled::kind,       ComplaintAcknowledged::kind, ComplaintDecided::kind,
            ComplaintReviewAsked::kind, ComplaintReviewed::kind,     ComplaintWithdrawn::kind,
            ComplaintEscalated::kind};
}

journal::Keys ComplaintFigure::keys(const Fact& fact) {
    return {fact.subject("complaint")};
}

void ComplaintFigure::step(State& complaint, const Fact& fact, const rules::Pack&) {
    if (fact.is<ComplaintFiled>()) {
        const auto& filed = fact.as<ComplaintFiled>();
        complaint.area = fact.place.area;
        complaint.area_path = fact.place.path;
        complaint.about = filed.about;
        complaint.about_id = filed.about_id;
        complaint.channel = filed.channel;
        complaint.hidden = filed.hidden;
        if (filed.channel == ComplaintChannel::phone) complaint.complainant = fact.actor.account;
        complaint.filed_at = fact.occurred_at;
        complaint.acknowledge_until = complaint.escalate_at = filed.acknowledge_until;
        complaint.decide_until = filed.decide_until;
    } else if (fact.is<ComplaintAcknowledged>()) {
        complaint.state = ComplaintStep::acknowledged;
        complaint.acknowledged_at = fact.occurred_at;
        // Not again where both limits were raised before.
        bool raised_for_both = !complaint.escalate_at;
        meet(complaint, fact.occurred_at, complaint.acknowledge_until);
        if (!raised_for_both) complaint.escalate_at = complaint.decide_until;
    } else if (fact.is<ComplaintDecided>()) {
        complaint.state = ComplaintStep::decided;
        complaint.outcome = fact.as<ComplaintDecided>().outcome;
        complaint.ask_review_until = fact.as<ComplaintDecided>().ask_review_until;
        complaint.decided_at = fact.occurred_at;
        complaint.decided_by = fact.actor.account;
        meet(complaint, fact.occurred_at, complaint.decide_until);
    } else if (fact.is<ComplaintReviewAsked>()) {
        complaint.state = ComplaintStep::review_asked;
        complaint.decide_until = complaint.escalate_at =
            fact.as<ComplaintReviewAsked>().decide_until;
    } else if (fact.is<ComplaintReviewed>()) {
        complaint.state = ComplaintStep::reviewed;
        complaint.review_outcome = fact.as<ComplaintReviewed>().outcome;
        complaint.decided_at = fact.occurred_at;
        complaint.reviewed_by = fact.actor.account;
        meet(complaint, fact.occurred_at, complaint.decide_until);
    } else if (fact.is<ComplaintWithdrawn>()) {
        complaint.state = ComplaintStep::withdrawn;
        complaint.escalate_at = {};
    } else {
        complaint.escalated_at = fact.occurred_at;
        complaint.late = true;
        // The first limit passed: the second is still to come.
        bool first = fact.as<ComplaintEscalated>().due_at < complaint.decide_until;
        complaint.escalate_at = first ? complaint.decide_until : Instant{};
    }
}

}  // namespace hezhi::complaints
