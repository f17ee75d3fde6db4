// A person's certification, one's own, and the queues of what waits for a decision or ends.
#include "domain/certification/certification_pages.h"
#include "domain/certification/queries.h"

namespace hezhi::certification {
namespace {

using api::Reading;
using api::Writing;

enum class CertificationQueue {
    ready,      // 待授予
    ending,     // 即将到期
    lapsed,     // 已到期，可续期
    lowerings,  // 降低、暂停待认定或待决定申诉
};
BOOST_DESCRIBE_ENUM(CertificationQueue, ready, ending, lapsed, lowerings)

struct CertificationQuery {
    std::optional<AreaId> area;
    std::optional<CertificationQueue> queue;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(CertificationQuery, (), (area, queue, cursor, limit))

struct ReadyShown {
    rules::LevelKey level = rules::LevelKey::V0;
    std::optional<Said> field_name;
};
BOOST_DESCRIBE_STRUCT(ReadyShown, (), (level, field_name))

struct CertificationRow {
    PersonId person_id;
    std::string name;  // masked
    std::string area_name;
    rules::LevelKey level = rules::LevelKey::V0;
    Instant at;  // ready since, or the end
    std::vector<ReadyShown> ready;
    bool renewable = false;
};
BOOST_DESCRIBE_STRUCT(CertificationRow, (),
                      (person_id, name, area_name, level, at, ready, renewable))

struct CertificationList {
    Said notice;
    std::vector<CertificationRow> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(CertificationList, (), (notice, items, next_cursor))

const store::Query& query_of(CertificationQueue queue) {
    if (queue == CertificationQueue::ready) return queries::ready_to_grant;
    if (queue == CertificationQueue::lowerings) return queries::lowerings_waiting;
    return queue == CertificationQueue::ending ? queries::ending_soon : queries::lapsed_lately;
}

Instant sort_of(CertificationQueue queue, const CertificationState& state) {
    if (queue == CertificationQueue::ready) return state.ready_at;
    if (queue == CertificationQueue::lowerings) return state.lowering_at;
    return queue == CertificationQueue::ending ? state.valid_until : state.lapsed_at;
}

CertificationRow show_row(const Reading& reading, const CertificationDesk& desk,
                          CertificationQueue queue, const CertificationState& state) {
    const rules::Pack& pack = *reading.pack()->pack;
    auto areas = desk.tree.now();
    CertificationRow row;
    row.person_id = state.id;
    row.name = desk.people.masked_name(reading.db, state.id);
    if (const auto* area = areas->find(state.area)) row.area_name = area->name;
    row.level = static_cast<rules::LevelKey>(
        queue == CertificationQueue::lapsed ? state.lapsed_level : state.level);
    row.at = sort_of(queue, state);
    for (const ReadyLevel& ready : state.ready) {
        if (ready.from > reading.now) continue;
        ReadyShown shown{static_cast<rules::LevelKey>(ready.level), std::nullopt};
        if (!ready.field.empty()) shown.field_name = name_of_field(pack, ready.field);
        row.ready.push_back(std::move(shown));
    }
    row.renewable = state.renewable;
    return row;
}

Result<CertificationList> list_certifications(const Reading& reading, const CertificationDesk& desk,
                                              const CertificationQuery& query) {
    auto path = areas::list_path(reading, desk.tree, query.area, "certification.read");
    if (!path) return std::unexpected(path.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    const rules::CertificationRules& rules = reading.pack()->pack->certification;
    CertificationQueue queue = query.queue.value_or(CertificationQueue::ready);
    std::int64_t limit = api::limit_of(query.limit);
    auto from = cursor->value_or(api::Cursor{0, 0});
    std::vector<store::Param> params{{"path", *path},
                                     {"path_end", areas::path_end(*path)},
                                     {"after_sort", from.sort},
                                     {"after_id", from.id},
                                     {"limit", limit + 1}};
    if (queue == CertificationQueue::lapsed) {
        params.push_back({"since", months_later(reading.now, -rules.renewal_late_months)});
    } else if (queue != CertificationQueue::lowerings) {
        params.push_back({"now", reading.now});
    }
    CertificationList list;
    list.notice = said(rules.notice);
    std::int64_t last_sort = 0;
    std::vector<CertificationState> rows;
    reading.db.each(query_of(queue), params, [&](const store::Row& row) {
        rows.push_back(journal::read_state<CertificationFigure>(reading.tables, row));
    });
    for (const auto& state : rows) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({last_sort, list.items.back().person_id.value});
            break;
        }
        last_sort = sort_of(queue, state).ms;
        list.items.push_back(show_row(reading, desk, queue, state));
    }
    return list;
}

Result<Certification> one(const Reading& reading, const CertificationDesk& desk, PersonId id) {
    auto state = id ? reading.load<CertificationFigure>(id) : std::nullopt;
    if (!state || !reading.caller.may("certification.read", {.area_path = state->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return certification_page(reading, desk, *state);
}

Result<Certification> own(const Reading& reading, const CertificationDesk& desk) {
    auto state = reading.load<CertificationFigure>(reading.caller.person);
    if (!state) return refuse(hezhi::refusals::not_found);
    return certification_page(reading, desk, *state);
}

// Lowerings: proposed, answered, confirmed, appealed against, settled. Each answers with the
// person's page.
struct LoweringReason {
    Text<1, 500> reason;
};
BOOST_DESCRIBE_STRUCT(LoweringReason, (), (reason))

struct LoweringWords {
    Text<1, 1000> words;
};
BOOST_DESCRIBE_STRUCT(LoweringWords, (), (words))

api::Routes lowering_routes(const CertificationDesk& desk) {
    using http::Method;
    auto render = [&desk](const Reading& r, std::int64_t id) { return one(r, desk, PersonId(id)); };
    return {
        api::writes<ProposeLowering, Certification>(
            {Method::post, "/people/{id}/lowerings", "propose_lowering", "lowering.propose"},
            [&desk](const Writing& w, const ProposeLowering& input) {
                return propose_lowering(w.turn, w.caller, desk, PersonId(w.id()), input);
            },
            render),
        api::writes<LoweringWords, Certification>(
            {Method::post, "/lowerings/{id}/answers", "answer_lowering", "lowering.answer",
             api::Audience::everyone},
            [&desk](const Writing& w, const LoweringWords& input) {
                return answer_lowering(w.turn, w.caller, desk, LoweringId(w.id()), input.words);
            },
            [&desk](const Reading& r, std::int64_t) { return own(r, desk); }),
        api::writes<ConfirmLowering, Certification>(
            {Method::post, "/lowerings/{id}/confirmation", "confirm_lowering", "lowering.confirm"},
            [&desk](const Writing& w, const ConfirmLowering& input) {
                return confirm_lowering(w.turn, w.caller, desk, LoweringId(w.id()), input);
            },
            render),
        api::writes<LoweringReason, Certification>(
            {Method::post, "/lowerings/{id}/rejection", "reject_lowering", "lowering.confirm"},
            [&desk](const Writing& w, const LoweringReason& input) {
                return reject_lowering(w.turn, w.caller, desk, LoweringId(w.id()), input.reason);
            },
            render),
        api::writes<LoweringReason, Certification>(
            {Method::post, "/lowerings/{id}/appeals", "appeal_lowering", "lowering.appeal",
             api::Audience::everyone},
            [&desk](const Writing& w, const LoweringReason& input) {
                return appeal_lowering(w.turn, w.caller, desk, LoweringId(w.id()), input.reason);
            },
            [&desk](const Reading& r, std::int64_t) { return own(r, desk); }),
        api::writes<api::Nothing, Certification>(
            {Method::post, "/lowerings/{id}/acknowledgement", "acknowledge_lowering",
             "lowering.settle"},
            [](const Writing& w, const api::Nothing&) {
                return acknowledge_lowering(w.turn, w.caller, LoweringId(w.id()));
            },
            render),
        api::writes<SettleLowering, Certification>(
            {Method::post, "/lowerings/{id}/settlement", "settle_lowering", "lowering.settle"},
            [&desk](const Writing& w, const SettleLowering& input) {
                return settle_lowering(w.turn, w.caller, desk, LoweringId(w.id()), input);
            },
            render),
    };
}

}  // namespace

api::Routes routes(const CertificationDesk& desk) {
    using http::Method;
    auto render = [&desk](const Reading& r, std::int64_t id) { return one(r, desk, PersonId(id)); };
    api::Routes all = lowering_routes(desk);
    api::Routes certifications{
        api::reads<CertificationQuery, CertificationList>(
            {Method::get, "/certifications", "list_certifications", "certification.read"},
            [&desk](const Reading& r, const CertificationQuery& q) {
                return list_certifications(r, desk, q);
            }),
        api::reads<api::Nothing, Certification>(
            {Method::get, "/certifications/mine", "show_own_certification",
             "own_certification.read", api::Audience::everyone},
            [&desk](const Reading& r, const api::Nothing&) { return own(r, desk); }),
        api::reads<api::Nothing, Certification>(
            {Method::get, "/people/{id}/certification", "show_certification", "certification.read"},
            [&desk](const Reading& r, const api::Nothing&) {
                return one(r, desk, PersonId(r.id()));
            }),
        api::writes<PassCourse, Certification>(
            {Method::post, "/people/{id}/courses", "pass_course", "course.pass"},
            [](const Writing& w, const PassCourse& input) {
                return pass_course(w.turn, w.caller, PersonId(w.id()), input);
            },
            render),
        api::writes<ObserveCheck, Certification>(
            {Method::post, "/people/{id}/observed-checks", "observe_check", "check.observe"},
            [](const Writing& w, const ObserveCheck& input) {
                return observe_check(w.turn, w.caller, PersonId(w.id()), input);
            },
            render),
        api::writes<api::Nothing, Certification>(
            {Method::post, "/people/{id}/recommendations", "recommend_lead", "lead.recommend"},
            [](const Writing& w, const api::Nothing&) {
                return recommend_lead(w.turn, w.caller, PersonId(w.id()));
            },
            render),
        api::writes<VerifyLicence, Certification>(
            {Method::post, "/people/{id}/licences", "verify_licence", "licence.verify"},
            [](const Writing& w, const VerifyLicence& input) {
                return verify_licence(w.turn, w.caller, PersonId(w.id()), input);
            },
            render),
        api::writes<GrantCertification, Certification>(
            {Method::post, "/people/{id}/certification", "grant_certification",
             "certification.grant"},
            [](const Writing& w, const GrantCertification& input) {
                return grant_certification(w.turn, w.caller, PersonId(w.id()), input);
            },
            render),
        api::writes<api::Nothing, Certification>(
            {Method::post, "/people/{id}/certification/renewal", "renew_certification",
             "certification.renew"},
            [](const Writing& w, const api::Nothing&) {
                return renew_certification(w.turn, w.caller, PersonId(w.id()));
            },
            render),
        api::writes<RecogniseCertification, Certification>(
            {Method::post, "/people/{id}/certification/recognition", "recognise_certification",
             "certification.recognise"},
            [](const Writing& w, const RecogniseCertification& input) {
                return recognise_certification(w.turn, w.caller, PersonId(w.id()), input);
            },
            render),
    };
    for (auto& route : certifications) all.push_back(std::move(route));
    return all;
}

}  // namespace hezhi::certification
