// 受理, 决定, 复核, and the steps of the complainant.
#include <charconv>

#include "crypto/typed_code.h"
#include "domain/complaints/complaint_states.h"
#include "domain/complaints/complaints.h"
#include "domain/complaints/queries.h"
#include "rules/working_calendar.h"

namespace hezhi::complaints {
namespace {

// 80 bits: not to be guessed through the public listener's rate limit.
constexpr int link_characters = 16;

Place place_of(const ComplaintState& complaint) {
    return {complaint.area, complaint.area_path};
}

Subjects subjects_of(const ComplaintState& complaint) {
    return {{"complaint", complaint.id.value}};
}

// The complaint, if the caller decides there, had no part in what it is about, did not file it, and
// its state allows `action`.
Result<ComplaintState> load_complaint(journal::Turn& turn, const api::Caller& caller,
                                      ComplaintId id, std::string_view action) {
    const auto* found = id ? turn.load<ComplaintFigure>(id) : nullptr;
    if (!found || !caller.may("complaint.decide", {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    ComplaintState complaint = *found;
    auto matter = incidents::matter_of(turn, complaint.about, complaint.about_id);
    HEZHI_ASSERT(matter.has_value());
    bool own = complaint.complainant && complaint.complainant == caller.account;
    if (own || incidents::has_part(turn.db(), caller, *matter)) {
        return refuse(refusals::concerns_caller);
    }
    if (!allows(action, complaint.state)) return refuse(refusals::complaint_state_forbids);
    return complaint;
}

Result<ComplaintState> load_by_link(journal::Turn& turn, ComplaintId id, std::string_view action) {
    const auto* complaint = id ? turn.load<ComplaintFigure>(id) : nullptr;
    if (!complaint) return refuse(hezhi::refusals::not_found);
    if (!allows(action, complaint->state)) return refuse(refusals::complaint_state_forbids);
    return *complaint;
}

}  // namespace

Result<std::int64_t> acknowledge_complaint(journal::Turn& turn, const api::Caller& caller,
                                           ComplaintId id) {
    auto complaint = load_complaint(turn, caller, id, "acknowledge_complaint");
    if (!complaint) return std::unexpected(complaint.error());
    turn.append(draft(ComplaintAcknowledged{}, caller.actor("complaint.decide"),
                      place_of(*complaint), subjects_of(*complaint), turn.now()));
    return id.value;
}

Result<std::int64_t> decide_complaint(journal::Turn& turn, const api::Caller& caller,
                                      const ComplaintDesk& desk, ComplaintId id,
                                      const DecideComplaint& input) {
    auto complaint = load_complaint(turn, caller, id, "decide_complaint");
    if (!complaint) return std::unexpected(complaint.error());
    const rules::Pack& pack = *turn.pack()->pack;
    Actor actor = caller.actor("complaint.decide");
    if (complaint->state == ComplaintStep::filed) {
        turn.append(draft(ComplaintAcknowledged{}, actor, place_of(*complaint),
                          subjects_of(*complaint), turn.now()));
    }
    ComplaintDecided decided;
    decided.outcome = input.outcome;
    decided.ask_review_until =
        rules::deadline(turn.now(), pack.complaints.ask_review_within, pack.calendar).at;
    desk.people.write_text(turn.db(), id.value, text_reason, input.reason);
    turn.append(draft(decided, actor, place_of(*complaint), subjects_of(*complaint), turn.now()));
    return id.value;
}

Result<std::int64_t> review_complaint(journal::Turn& turn, const api::Caller& caller,
                                      const ComplaintDesk& desk, ComplaintId id,
                                      const DecideComplaint& input) {
    auto complaint = load_complaint(turn, caller, id, "review_complaint");
    if (!complaint) return std::unexpected(complaint.error());
    if (complaint->decided_by == caller.account) return refuse(refusals::decided_before);
    desk.people.write_text(turn.db(), id.value, text_review_reason, input.reason);
    turn.append(draft(ComplaintReviewed{input.outcome}, caller.actor("complaint.decide"),
                      place_of(*complaint), subjects_of(*complaint), turn.now()));
    return id.value;
}

Result<std::int64_t> read_complainant(journal::Turn& turn, const api::Caller& caller,
                                      const ComplaintDesk& desk, ComplaintId id,
                                      std::string_view reason) {
    auto complaint = load_complaint(turn, caller, id, "read_complainant");
    if (!complaint) return std::unexpected(complaint.error());
    if (!desk.people.read_text(turn.db(), id.value, text_contact)) {
        return refuse(refusals::no_contact_left);
    }
    std::int64_t position = turn.next_position();
    desk.people.write_text(turn.db(), position, people::text_reason, reason);
    return turn.append(draft(ComplainantRead{}, caller.actor("complaint.decide"),
                             place_of(*complaint), subjects_of(*complaint), turn.now()));
}

Result<std::int64_t> ask_complaint_review(journal::Turn& turn, const ComplaintDesk& desk,
                                          ComplaintId id, std::string_view why) {
    auto complaint = load_by_link(turn, id, "ask_complaint_review");
    if (!complaint) return std::unexpected(complaint.error());
    if (turn.now() > complaint->ask_review_until) return refuse(refusals::review_time_over);
    const rules::Pack& pack = *turn.pack()->pack;
    ComplaintReviewAsked asked;
    asked.decide_until =
        rules::deadline(turn.now(), pack.complaints.review_within, pack.calendar).at;
    desk.people.write_text(turn.db(), id.value, text_review_why, why);
    turn.append(draft(asked, api::link_caller()->actor(""), place_of(*complaint),
                      subjects_of(*complaint), turn.now()));
    return id.value;
}

Result<std::int64_t> withdraw_complaint(journal::Turn& turn, ComplaintId id) {
    auto complaint = load_by_link(turn, id, "withdraw_complaint");
    if (!complaint) return std::unexpected(complaint.error());
    turn.append(draft(ComplaintWithdrawn{}, api::link_caller()->actor(""), place_of(*complaint),
                      subjects_of(*complaint), turn.now()));
    return id.value;
}

Result<std::int64_t> escalate_complaint(journal::Turn& turn, ComplaintId id, Instant due_at) {
    const auto* complaint = turn.load<ComplaintFigure>(id);
    bool due = complaint && complaint->escalate_at && complaint->escalate_at <= turn.now();
    if (!due) return refuse(refusals::complaint_state_forbids);
    turn.append(draft(ComplaintEscalated{due_at}, {}, place_of(*complaint), subjects_of(*complaint),
                      turn.now()));
    return id.value;
}

std::string complaint_token(const crypto::Suite& suite, ComplaintId id) {
    return std::to_string(id.value) + "-" + suite.link_code("complaint", id.value, link_characters);
}

ComplaintId complaint_of_token(const crypto::Suite& suite, std::string_view token) {
    auto dash = token.find('-');
    if (dash == std::string_view::npos) return {};
    ComplaintId id;
    auto [end, error] = std::from_chars(token.data(), token.data() + dash, id.value);
    if (error != std::errc{} || end != token.data() + dash || id.value <= 0) return {};
    std::string expected = suite.link_code("complaint", id.value, link_characters);
    return crypto::code_matches(token.substr(dash + 1), expected) ? id : ComplaintId();
}

ComplaintCounts complaint_counts(store::Session& db, std::string_view path, Instant at,
                                 const api::DaySpan& days) {
    const std::string end = areas::path_end(path);
    auto row = db.row(queries::counts, {{"path", path},
                                        {"path_end", end},
                                        {"from", days.from},
                                        {"until", days.until},
                                        {"at", at}});
    auto withdrawn =
        db.row(queries::count_withdrawn,
               {{"path", path}, {"path_end", end}, {"from", days.from}, {"until", days.until}});
    return {row->integer("unfinished"), row->integer("everything"), row->integer("late"),
            row->integer("due"), withdrawn->integer("complaints")};
}

std::vector<jobs::Timer> timers() {
    return {
        {"escalate_complaint",
         [](store::Session& db, Instant now, std::int64_t limit) {
             std::vector<jobs::Due> due;
             db.each(queries::due_escalations, {{"now", now}, {"limit", limit}},
                     [&](const store::Row& row) {
                         due.push_back({row.integer("id"), 0, row.instant("escalate_at")});
                     });
             return due;
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return escalate_complaint(turn, ComplaintId(due.id), due.due_at);
         }},
    };
}

}  // namespace hezhi::complaints
