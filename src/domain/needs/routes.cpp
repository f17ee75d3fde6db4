#include "domain/needs/needs.h"
#include "domain/needs/queries.h"

namespace hezhi::needs {
namespace {

using api::Reading;
using api::Writing;

struct NeedQuery {
    std::optional<AreaId> area;
    std::optional<NeedStep> state;
    std::optional<api::ListSort> sort;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(NeedQuery, (), (area, state, sort, cursor, limit))

struct MyNeedQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(MyNeedQuery, (), (cursor, limit))

struct CloseNeed {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(CloseNeed, (), (reason))

struct ReopenNeed {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(ReopenNeed, (), (reason))

struct NoteMeeting {
    Text<1, 500> outcome;
};
BOOST_DESCRIBE_STRUCT(NoteMeeting, (), (outcome))

struct ReadContact {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(ReadContact, (), (reason))

struct ClearContact {
    std::string contact;
};
BOOST_DESCRIBE_STRUCT(ClearContact, (), (contact))

// `rows` holds one more than `limit` if there is a next page.
NeedList page(const Reading& reading, const NeedPages& pages, const std::vector<NeedState>& rows,
              std::int64_t limit, api::ListSort sort) {
    NeedList list;
    for (const auto& need : rows) {
        if (static_cast<std::int64_t>(list.items.size()) == limit) {
            const Need& last = list.items.back();
            list.next_cursor = api::to_text(
                {sort == api::ListSort::due ? last.handle_until.ms : 0, last.id.value});
            break;
        }
        list.items.push_back(pages.show(reading, need));
    }
    return list;
}

Result<NeedList> list_needs(const Reading& reading, const NeedPages& pages,
                            const NeedQuery& query) {
    areas::WorkQuery work{.area = query.area, .cursor = query.cursor};
    if (query.state) work.state = label_of(*query.state);
    work.sort = query.sort.value_or(api::ListSort::due);
    work.limit = api::limit_of(query.limit);
    auto params = areas::list_params(reading, pages.tree, work, "need.read");
    if (!params) return std::unexpected(params.error());
    bool due = work.sort == api::ListSort::due;
    std::vector<NeedState> rows;
    for (const auto& below : *params) {
        auto more = rows_of(reading, due ? queries::due_first : queries::newest_first, below);
        std::ranges::move(more, std::back_inserter(rows));
    }
    areas::merge_lists(rows, work.limit + 1, [due](const NeedState& a, const NeedState& b) {
        if (!due) return a.id > b.id;
        return std::pair(a.handle_until, a.id) < std::pair(b.handle_until, b.id);
    });
    return page(reading, pages, rows, work.limit, work.sort);
}

Result<NeedList> list_my_needs(const Reading& reading, const NeedPages& pages,
                               const MyNeedQuery& query) {
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    std::int64_t before = cursor->value_or(api::Cursor{0, INT64_MAX}).id;
    return list_page(
        reading, pages, queries::reported_by,
        {{"reporter", reading.caller.account}, {"before_id", before}, {"limit", limit + 1}}, limit);
}

}  // namespace

std::vector<NeedState> rows_of(const Reading& reading, const store::Query& query,
                               store::Params params) {
    auto rows = reading.rows<NeedFigure>(query, params);
    return rows;
}

NeedList list_page(const api::Reading& reading, const NeedPages& pages, const store::Query& query,
                   store::Params params, std::int64_t limit) {
    return page(reading, pages, rows_of(reading, query, params), limit, api::ListSort::newest);
}

api::Routes routes(const NeedPages& pages) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&pages](const Reading& reading, std::int64_t id) {
        return pages.one(reading, NeedId(id));
    };
    api::Routes all{
        api::writes<ReportNeed, Need>(
            {Method::post, "/needs", "report_need", "need.report", everyone},
            [&pages](const Writing& w, const ReportNeed& input) {
                return report_need(w.turn, w.caller, pages.people, input, Channel::grid);
            },
            render),
        api::reads<NeedQuery, NeedList>(
            {Method::get, "/needs", "list_needs", "need.read"},
            [&pages](const Reading& r, const NeedQuery& q) { return list_needs(r, pages, q); }),
        api::reads<MyNeedQuery, NeedList>(
            {Method::get, "/needs/mine", "list_my_needs", "need.read", everyone},
            [&pages](const Reading& r, const MyNeedQuery& q) {
                return list_my_needs(r, pages, q);
            }),
        api::reads<api::Nothing, Need>(
            {Method::get, "/needs/{id}", "show_need", "need.read", everyone},
            [&pages](const Reading& r, const api::Nothing&) {
                return pages.one(r, NeedId(r.id()));
            }),
        api::writes<api::Nothing, Need>(
            {Method::post, "/needs/{id}/contact", "contact_need", "need.contact"},
            [](const Writing& w, const api::Nothing&) {
                return contact_need(w.turn, w.caller, NeedId(w.id()));
            },
            render),
        api::writes<CloseNeed, Need>(
            {Method::post, "/needs/{id}/closure", "close_need", "need.close"},
            [&pages](const Writing& w, const CloseNeed& input) {
                return close_need(w.turn, w.caller, pages.people, NeedId(w.id()), input.reason);
            },
            render),
        api::writes<ReopenNeed, Need>(
            {Method::post, "/needs/{id}/reopening", "reopen_need", "need.reopen"},
            [&pages](const Writing& w, const ReopenNeed& input) {
                return reopen_need(w.turn, w.caller, pages.people, NeedId(w.id()), input.reason);
            },
            render),
        api::writes<NoteMeeting, Need>(
            {Method::post, "/needs/{id}/meeting", "note_meeting", "meeting.note"},
            [&pages](const Writing& w, const NoteMeeting& input) {
                return note_meeting(w.turn, w.caller, pages.people, NeedId(w.id()), input.outcome);
            },
            render),
        api::writes<ReadContact, ClearContact>(
            {Method::post, "/needs/{id}/contact-reading", "read_contact", "contact.read"},
            [&pages](const Writing& w, const ReadContact& input) {
                return read_contact(w.turn, w.caller, pages.people, NeedId(w.id()), input.reason);
            },
            [&pages](const Reading& r, std::int64_t) -> Result<ClearContact> {
                return ClearContact{
                    pages.people.read_text(r.db, r.id(), text_contact).value_or("")};
            }),
    };
    for (auto& route : asking_routes(pages)) all.push_back(std::move(route));
    for (auto& route : secrecy_routes(pages)) all.push_back(std::move(route));
    return all;
}

api::ActionRows actions() {
    return {
        {"report_need", "need.report", "need.reported", "POST /needs", "上报需求", "report a need",
         "上报需求", "a need was reported"},
        {"contact_need", "need.contact", "need.contacted", "POST /needs/{id}/contact", "联系求助人",
         "contact the requester", "已联系求助人", "the requester was contacted"},
        {"close_need", "need.close", "need.closed", "POST /needs/{id}/closure", "办结",
         "close the need", "需求办结", "the need was closed"},
        {"reopen_need", "need.reopen", "need.reopened", "POST /needs/{id}/reopening", "重新办理",
         "reopen", "需求重新办理", "the need was reopened"},
        {"ask_again", "", "need.reopened", "POST /slips/{token}/reopening", "要求重新办理",
         "ask for it again", "需求重新办理", "the need was reopened"},
        {"note_meeting", "meeting.note", "need.meeting_noted", "POST /needs/{id}/meeting",
         "记录联席会议结果", "note the joint meeting", "联席会议结果",
         "the joint meeting was held"},
        {"read_contact", "contact.read", "contact.read", "POST /needs/{id}/contact-reading",
         "查看联系方式", "read the contact", "查看了联系方式", "the contact was read in clear"},
        {"take_call", "call.take", "need.asked", "POST /calls", "来访登记", "take a call",
         "本人或家属求助", "somebody asked for it"},
        {"seal_address", "address.seal", "address.sealed", "POST /people/{id}/address-secrecy",
         "地址保密", "keep the address secret", "地址设为保密", "the address was made secret"},
        {"unseal_address", "address.seal", "address.unsealed", "POST /people/{id}/address-release",
         "解除地址保密", "end the secrecy", "解除了地址保密", "the address is secret no more"},
        {"seal_need", "address.seal", "need.sealed", "POST /needs/{id}/secrecy", "需求地址保密",
         "keep its address secret", "需求地址设为保密", "the need's address was made secret"},
        {"ask_need", "need.ask", "need.asked", "POST /needs/mine", "我要求助",
         "ask for oneself or a relative", "本人或家属求助", "somebody asked for it"},
        {"triage_need", "need.triage", "need.triaged", "POST /needs/{id}/class", "分流", "triage",
         "需求分流", "the need was triaged"},
        {"assess_need", "need.assess", "need.assessed", "POST /needs/{id}/assessment", "评估",
         "assess", "需求评估", "the need was assessed"},
        {"refer_need", "need.refer", "need.referred", "POST /needs/{id}/referral", "转介", "refer",
         "需求转介", "the need was referred"},
        {"note_receipt", "need.refer", "need.receipted", "POST /needs/{id}/receipt", "登记回执",
         "note the receipt", "收到转介回执", "the receipt of the referral came"},
        {"remind_referral", "", "need.reminded", "", "催办回执", "remind of the receipt",
         "转介回执逾期提醒", "no receipt came; a reminder"},
        {"merge_need", "need.merge", "need.merged", "POST /needs/{id}/joining", "并案", "merge",
         "并入另一需求", "merged into another need"},
        {"unmerge_need", "need.merge", "need.unmerged", "POST /needs/{id}/separation", "撤销并案",
         "undo the merge", "撤销并案", "the merge was undone"},
    };
}

api::StateRows states() {
    return {
        {"need", "reported", "待研判", "to be assessed"},
        {"need", "planned", "已转订单", "order made"},
        {"need", "closed", "已办结", "closed"},
        {"need", "meeting", "联席会议", "joint meeting"},
        {"need", "assessing", "待评估", "to be visited and assessed"},
        {"need", "assessed", "待定方案", "to be planned"},
        {"need", "referred", "已转介", "referred"},
        {"need", "merged", "已并案", "merged"},
    };
}

}  // namespace hezhi::needs
