// Complaints: filing and following by their link, and the queue of those who decide.
#include "domain/complaints/complaint_states.h"
#include "domain/complaints/complaints.h"
#include "domain/complaints/queries.h"

namespace hezhi::complaints {
namespace {

using api::Reading;
using api::Writing;

constexpr std::int64_t own_shown_max = 50;

enum class ComplaintFilter { open, late, due, all, withdrawn };
BOOST_DESCRIBE_ENUM(ComplaintFilter, open, late, due, all, withdrawn)

struct ComplaintQuery {
    std::optional<AreaId> area;
    std::optional<ComplaintFilter> filter;
    std::optional<std::string> from;  // filed on this day or later …
    std::optional<std::string> until;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ComplaintQuery, (), (area, filter, from, until, cursor, limit))

// For those who decide. Of one that concerns the reader nothing but its dates is shown.
struct Complaint {
    ComplaintId id;
    ComplaintStep state = ComplaintStep::filed;
    bool concerns_you = false;
    std::string area_name;
    Instant filed_at;
    Instant acknowledge_until;
    Instant decide_until;
    bool late = false;
    std::optional<AboutKind> about;
    std::optional<std::int64_t> about_id;
    std::optional<ComplaintChannel> channel;
    std::optional<bool> hidden;
    std::optional<std::string> what;
    std::optional<std::string> contact_masked;
    std::optional<ComplaintOutcome> outcome;
    std::optional<std::string> reason;
    std::optional<std::string> review_why;
    std::optional<ComplaintOutcome> review_outcome;
    std::optional<std::string> review_reason;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Complaint, (),
                      (id, state, concerns_you, area_name, filed_at, acknowledge_until,
                       decide_until, late, about, about_id, channel, hidden, what, contact_masked,
                       outcome, reason, review_why, review_outcome, review_reason, actions))

struct ComplaintList {
    std::vector<Complaint> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ComplaintList, (), (items, next_cursor))

// What the complainant follows it by. The same whether it is hidden or not.
struct OwnComplaint {
    ComplaintId number;
    std::string link;  // the whole address
    std::string token;
    ComplaintStep state = ComplaintStep::filed;
    AboutKind about = AboutKind::order;
    bool hidden = false;
    std::string what;
    Instant filed_at;
    Instant acknowledge_until;
    Instant decide_until;
    std::optional<ComplaintOutcome> outcome;
    std::optional<std::string> reason;
    std::optional<Instant> ask_review_until;
    std::optional<ComplaintOutcome> review_outcome;
    std::optional<std::string> review_reason;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(OwnComplaint, (),
                      (number, link, token, state, about, hidden, what, filed_at, acknowledge_until,
                       decide_until, outcome, reason, ask_review_until, review_outcome,
                       review_reason, actions))

struct OwnComplaintList {
    std::vector<OwnComplaint> items;
};
BOOST_DESCRIBE_STRUCT(OwnComplaintList, (), (items))

struct AskReview {
    Text<1, 500> why;
};
BOOST_DESCRIBE_STRUCT(AskReview, (), (why))

struct ReadReason {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(ReadReason, (), (reason))

struct ComplainantContact {
    ComplaintId id;
    std::string contact;
};
BOOST_DESCRIBE_STRUCT(ComplainantContact, (), (id, contact))

Complaint show(const Reading& reading, const ComplaintDesk& desk, const ComplaintState& state) {
    Complaint shown;
    shown.id = state.id;
    shown.state = state.state;
    // Where it stands now: an address that became secret since is not told by the complaint.
    auto matter = incidents::matter_of(reading, state.about, state.about_id);
    auto areas = desk.tree.now();
    const auto* area = areas->find(matter ? matter->place.area : state.area);
    if (area) shown.area_name = area->name;
    shown.filed_at = state.filed_at;
    shown.acknowledge_until = state.acknowledge_until;
    shown.decide_until = state.decide_until;
    shown.late = state.late || (state.escalate_at && state.escalate_at <= reading.now);
    bool own = state.complainant && state.complainant == reading.caller.account;
    shown.concerns_you = own || !matter || incidents::has_part(reading.db, reading.caller, *matter);
    if (shown.concerns_you) return shown;
    auto text = [&](std::string_view field) {
        return desk.people.read_text(reading.db, state.id.value, field);
    };
    shown.about = state.about;
    shown.about_id = state.about_id;
    shown.channel = state.channel;
    shown.hidden = state.hidden;
    shown.what = text(text_what);
    if (auto contact = text(text_contact))
        shown.contact_masked = people::mask_contact(*contact, reading.pack()->pack->phones);
    shown.outcome = state.outcome;
    shown.reason = text(text_reason);
    shown.review_why = text(text_review_why);
    shown.review_outcome = state.review_outcome;
    shown.review_reason = text(text_review_reason);
    for (const auto& row : complaint_transitions) {
        if (row.permission.empty() || !allows(row.action, state.state)) continue;
        bool same = row.action == "review_complaint" && state.decided_by == reading.caller.account;
        bool nothing = row.action == "read_complainant" && !shown.contact_masked;
        if (!same && !nothing) shown.actions.emplace_back(row.action);
    }
    return shown;
}

Result<Complaint> one(const Reading& reading, const ComplaintDesk& desk, ComplaintId id) {
    auto state = id ? reading.load<ComplaintFigure>(id) : std::nullopt;
    if (!state || !reading.caller.may("complaint.decide", {.area_path = state->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    Complaint shown = show(reading, desk, *state);
    if (shown.concerns_you) return refuse(refusals::concerns_caller);
    return shown;
}

Result<ComplaintList> list_complaints(const Reading& reading, const ComplaintDesk& desk,
                                      const ComplaintQuery& query) {
    auto path = areas::list_path(reading, desk.tree, query.area, "complaint.decide");
    if (!path) return std::unexpected(path.error());
    auto days = api::days_of(query.from, query.until);
    if (!days) return std::unexpected(days.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    auto after = cursor->value_or(api::Cursor{0, 0});
    std::vector<store::Param> params{
        {"path", *path},        {"path_end", areas::path_end(*path)}, {"from", days->from},
        {"until", days->until}, {"after_sort", after.sort},           {"after_id", after.id},
        {"limit", limit + 1}};
    const store::Query* sql = &queries::list_open;
    switch (query.filter.value_or(ComplaintFilter::open)) {
        case ComplaintFilter::open:
            break;
        case ComplaintFilter::all:
            sql = &queries::list_all;
            break;
        case ComplaintFilter::late:
            sql = &queries::list_late;
            break;
        case ComplaintFilter::due:
            sql = &queries::list_due;
            break;
        case ComplaintFilter::withdrawn:
            sql = &queries::list_withdrawn;
            break;
    }
    if (sql == &queries::list_late || sql == &queries::list_due) {
        params.emplace_back("at", reading.now);
    }
    auto rows = reading.rows<ComplaintFigure>(*sql, params);
    ComplaintList list;
    for (const auto& row : rows) {
        if (std::ssize(list.items) == limit) {
            const Complaint& last = list.items.back();
            list.next_cursor = api::to_text({last.decide_until.ms, last.id.value});
            break;
        }
        list.items.push_back(show(reading, desk, row));
    }
    return list;
}

OwnComplaint show_own(const Reading& reading, const ComplaintDesk& desk,
                      const ComplaintState& state) {
    auto text = [&](std::string_view field) {
        return desk.people.read_text(reading.db, state.id.value, field);
    };
    OwnComplaint shown;
    shown.number = state.id;
    shown.token = complaint_token(desk.suite, state.id);
    shown.link = desk.public_address + "/m/#/complaint/" + shown.token;
    shown.state = state.state;
    shown.about = state.about;
    shown.hidden = state.hidden;
    shown.what = text(text_what).value_or("");
    shown.filed_at = state.filed_at;
    shown.acknowledge_until = state.acknowledge_until;
    shown.decide_until = state.decide_until;
    shown.outcome = state.outcome;
    shown.reason = text(text_reason);
    shown.review_outcome = state.review_outcome;
    shown.review_reason = text(text_review_reason);
    bool in_time = reading.now <= state.ask_review_until;
    if (allows("ask_complaint_review", state.state) && in_time) {
        shown.ask_review_until = state.ask_review_until;
        shown.actions.emplace_back("ask_complaint_review");
    }
    if (allows("withdraw_complaint", state.state)) {
        shown.actions.emplace_back("withdraw_complaint");
    }
    return shown;
}

Result<OwnComplaint> by_link(const Reading& reading, const ComplaintDesk& desk, ComplaintId id) {
    auto state = id ? reading.load<ComplaintFigure>(id) : std::nullopt;
    if (!state) return refuse(hezhi::refusals::not_found);
    return show_own(reading, desk, *state);
}

OwnComplaintList list_own(const Reading& reading, const ComplaintDesk& desk) {
    auto rows = reading.rows<ComplaintFigure>(
        queries::filed_by, {{"account", reading.caller.account}, {"limit", own_shown_max}});
    OwnComplaintList list;
    for (const auto& row : rows) list.items.push_back(show_own(reading, desk, row));
    return list;
}

// Who filed it follows it; the answer to a filing is what it is followed by.
api::Routes filing_routes(const ComplaintDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    constexpr bool sealed = true;
    auto shown = [&desk](const Reading& r, std::int64_t id) {
        return by_link(r, desk, ComplaintId(id));
    };
    auto of_link = [&desk](std::string_view token) {
        return complaint_of_token(desk.suite, token);
    };
    return {
        api::writes<FileComplaint, OwnComplaint>(
            {Method::post, "/complaints", "file_complaint", "complaint.file", everyone, sealed},
            [&desk](const Writing& w, const FileComplaint& input) {
                return file_complaint(w.turn, w.caller, desk, input);
            },
            shown),
        api::writes<FileComplaint, OwnComplaint>(
            {Method::post, "/complaint-desk", "take_complaint", "complaint.take",
             api::Audience::office, sealed},
            [&desk](const Writing& w, const FileComplaint& input) {
                return take_complaint(w.turn, w.caller, desk, input);
            },
            shown),
        api::writes<FileBySlip, OwnComplaint>(
            {Method::post, "/slips/{token}/complaint", "file_by_slip", api::nobody_signed_in,
             everyone, sealed},
            [&desk](const Writing& w, const FileBySlip& input) {
                OrderId order = orders::order_of_token(desk.suite, w.capture());
                return file_by_slip(w.turn, desk, order, input);
            },
            shown),
        api::reads<api::Nothing, OwnComplaintList>(
            {Method::get, "/complaints/mine", "list_own_complaints", "complaint.file", everyone},
            [&desk](const Reading& r, const api::Nothing&) -> Result<OwnComplaintList> {
                return list_own(r, desk);
            }),
        api::reads<api::Nothing, OwnComplaint>(
            {Method::get, "/complaint-links/{token}", "follow_complaint", api::nobody_signed_in,
             everyone},
            [&desk, of_link](const Reading& r, const api::Nothing&) {
                return by_link(r, desk, of_link(r.capture()));
            }),
        api::writes<AskReview, OwnComplaint>(
            {Method::post, "/complaint-links/{token}/second-look", "ask_complaint_review",
             api::nobody_signed_in, everyone, sealed},
            [&desk, of_link](const Writing& w, const AskReview& input) {
                return ask_complaint_review(w.turn, desk, of_link(w.capture()), input.why);
            },
            shown),
        api::writes<api::Nothing, OwnComplaint>(
            {Method::post, "/complaint-links/{token}/withdrawal", "withdraw_complaint",
             api::nobody_signed_in, everyone, sealed},
            [of_link](const Writing& w, const api::Nothing&) {
                return withdraw_complaint(w.turn, of_link(w.capture()));
            },
            shown),
    };
}

}  // namespace

api::Routes routes(const ComplaintDesk& desk) {
    using http::Method;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return one(r, desk, ComplaintId(id));
    };
    api::Routes all = filing_routes(desk);
    api::Routes deciding{
        api::reads<ComplaintQuery, ComplaintList>(
            {Method::get, "/complaints", "list_complaints", "complaint.decide"},
            [&desk](const Reading& r, const ComplaintQuery& q) {
                return list_complaints(r, desk, q);
            }),
        api::reads<api::Nothing, Complaint>(
            {Method::get, "/complaints/{id}", "show_complaint", "complaint.decide"},
            [&desk](const Reading& r, const api::Nothing&) {
                return one(r, desk, ComplaintId(r.id()));
            }),
        api::writes<api::Nothing, Complaint>(
            {Method::post, "/complaints/{id}/acknowledgement", "acknowledge_complaint",
             "complaint.decide"},
            [](const Writing& w, const api::Nothing&) {
                return acknowledge_complaint(w.turn, w.caller, ComplaintId(w.id()));
            },
            render),
        api::writes<DecideComplaint, Complaint>(
            {Method::post, "/complaints/{id}/decision", "decide_complaint", "complaint.decide"},
            [&desk](const Writing& w, const DecideComplaint& input) {
                return decide_complaint(w.turn, w.caller, desk, ComplaintId(w.id()), input);
            },
            render),
        api::writes<DecideComplaint, Complaint>(
            {Method::post, "/complaints/{id}/second-decision", "review_complaint",
             "complaint.decide"},
            [&desk](const Writing& w, const DecideComplaint& input) {
                return review_complaint(w.turn, w.caller, desk, ComplaintId(w.id()), input);
            },
            render),
        api::writes<ReadReason, ComplainantContact>(
            {Method::post, "/complaints/{id}/contact", "read_complainant", "complaint.decide"},
            [&desk](const Writing& w, const ReadReason& input) {
                return read_complainant(w.turn, w.caller, desk, ComplaintId(w.id()), input.reason);
            },
            [&desk](const Reading& r, std::int64_t) -> Result<ComplainantContact> {
                ComplaintId id(r.id());
                auto contact = desk.people.read_text(r.db, id.value, text_contact);
                return ComplainantContact{id, contact.value_or("")};
            }),
    };
    for (auto& row : deciding) all.push_back(std::move(row));
    return all;
}

api::ActionRows actions() {
    return {
        {"file_complaint", "complaint.file", "complaint.filed", "POST /complaints", "投诉",
         "complain", "提出了投诉", "a complaint was filed"},
        {"take_complaint", "complaint.take", "complaint.filed", "POST /complaint-desk", "登记投诉",
         "write down a complaint", "提出了投诉", "a complaint was filed"},
        {"acknowledge_complaint", "complaint.decide", "complaint.acknowledged",
         "POST /complaints/{id}/acknowledgement", "受理投诉", "acknowledge the complaint",
         "投诉已受理", "the complaint was acknowledged"},
        {"decide_complaint", "complaint.decide", "complaint.decided",
         "POST /complaints/{id}/decision", "作出决定", "decide the complaint", "投诉已决定",
         "the complaint was decided"},
        {"ask_complaint_review", "", "complaint.review_asked",
         "POST /complaint-links/{token}/second-look", "申请复核", "ask for a review", "申请了复核",
         "a review was asked for"},
        {"review_complaint", "complaint.decide", "complaint.reviewed",
         "POST /complaints/{id}/second-decision", "复核投诉", "review the complaint", "投诉已复核",
         "the complaint was reviewed"},
        {"withdraw_complaint", "", "complaint.withdrawn",
         "POST /complaint-links/{token}/withdrawal", "撤回投诉", "withdraw the complaint",
         "投诉已撤回", "the complaint was withdrawn"},
        {"read_complainant", "complaint.decide", "complainant.read",
         "POST /complaints/{id}/contact", "查看投诉人联系方式", "read the complainant's contact",
         "查看了投诉人联系方式", "the complainant's contact was read"},
        {"escalate_complaint", "", "complaint.escalated", "", "投诉超期上报",
         "raise a late complaint", "投诉超期上报", "the late complaint was raised"},
    };
}

api::StateRows states() {
    return {
        {"complaint", "filed", "待受理", "waits to be acknowledged"},
        {"complaint", "acknowledged", "已受理", "acknowledged"},
        {"complaint", "decided", "已决定", "decided"},
        {"complaint", "review_asked", "待复核", "waits for its review"},
        {"complaint", "reviewed", "已复核", "reviewed"},
        {"complaint", "withdrawn", "已撤回", "withdrawn"},
    };
}

}  // namespace hezhi::complaints
