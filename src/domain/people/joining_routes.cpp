// What the registration page shows; disputes for staff; leaving and coming back.
#include "domain/people/people.h"
#include "domain/people/queries.h"

namespace hezhi::people {
namespace {

using api::Reading;
using api::Writing;

struct SchemeShown {
    std::string key;
    std::string name_zh;
    std::string name_en;
    bool has_number = true;
    bool joining = true;            // offered to whoever joins by themselves
    bool tells_birth_date = false;  // else the form asks for it
};
BOOST_DESCRIBE_STRUCT(SchemeShown, (),
                      (key, name_zh, name_en, has_number, joining, tells_birth_date))

struct AreaToJoin {
    std::string key;  // the id
    std::string name_zh;
    std::string name_en;
};
BOOST_DESCRIBE_STRUCT(AreaToJoin, (), (key, name_zh, name_en))

// What is shown before somebody agrees, and the kinds of document that the form offers.
struct JoiningTerms {
    std::string pledge_zh;
    std::string pledge_en;
    std::string risks_zh;
    std::string risks_en;
    std::string terms_zh;
    std::string terms_en;
    std::vector<SchemeShown> id_schemes;
    std::optional<std::string> area_name;  // of the area asked for, if there is one
    std::vector<AreaToJoin> areas;         // that fit the words asked for
};
BOOST_DESCRIBE_STRUCT(JoiningTerms, (),
                      (pledge_zh, pledge_en, risks_zh, risks_en, terms_zh, terms_en, id_schemes,
                       area_name, areas))

struct JoiningQuery {
    std::optional<AreaId> area_id;
    std::optional<Text<1, 50>> area;
};
BOOST_DESCRIBE_STRUCT(JoiningQuery, (), (area_id, area))

constexpr std::size_t areas_shown_max = 10;

JoiningTerms show_terms(const Reading& reading, const PersonPages& pages,
                        const JoiningQuery& query) {
    const rules::Pack& pack = *reading.pack()->pack;
    const auto& rules = pack.joining;
    JoiningTerms shown{rules.pledge.zh,
                       rules.pledge.en,
                       rules.risks.zh,
                       rules.risks.en,
                       rules.terms.zh,
                       rules.terms.en,
                       {},
                       {},
                       {}};
    for (const auto& scheme : pack.id_schemes) {
        shown.id_schemes.push_back({scheme.key, scheme.name.zh, scheme.name.en,
                                    !scheme.pattern.empty(), scheme.joining,
                                    scheme.birth_date_at.has_value()});
    }
    auto areas = pages.tree.now();
    const areas::AreaState* area = query.area_id ? areas->find(*query.area_id) : nullptr;
    if (area && !area->closed) shown.area_name = area->name;
    if (query.area) {
        for (const auto* found : areas->search(query.area->value, {}, areas_shown_max, pack)) {
            std::string full = areas->parents(*found, pack) + " " + found->name;
            shown.areas.push_back({std::to_string(found->id.value), full, full});
        }
    }
    return shown;
}

// What stays of a person who is erased, and why: the rule pack's words.
struct RetentionShown {
    std::string key;
    std::string name_zh;
    std::string name_en;
    rules::Keeps keeps = rules::Keeps::erased;
    std::optional<std::int32_t> years;
    std::optional<std::int32_t> days;
    std::string says_zh;
    std::string says_en;
};
BOOST_DESCRIBE_STRUCT(RetentionShown, (),
                      (key, name_zh, name_en, keeps, years, days, says_zh, says_en))

struct RetentionList {
    std::vector<RetentionShown> items;
};
BOOST_DESCRIBE_STRUCT(RetentionList, (), (items))

RetentionList show_retention(const Reading& reading) {
    RetentionList shown;
    for (const auto& rule : reading.pack()->pack->retention) {
        shown.items.push_back({rule.key, rule.name.zh, rule.name.en, rule.keeps, rule.years,
                               rule.days, rule.clause.says.zh, rule.clause.says.en});
    }
    return shown;
}

struct DisputeQuery {
    std::optional<DisputeStep> state;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(DisputeQuery, (), (state, cursor, limit))

struct Dispute {
    DisputeId id;
    PersonId person_id;          // whose entry has the number
    std::string person_name;     // masked
    std::string contact_masked;  // of whoever disputes it
    std::string area_name;
    Instant disputed_at;
    DisputeStep state = DisputeStep::open;
    std::optional<DisputeOutcome> outcome;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Dispute, (),
                      (id, person_id, person_name, contact_masked, area_name, disputed_at, state,
                       outcome, actions))

struct DisputeList {
    std::vector<Dispute> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(DisputeList, (), (items, next_cursor))

struct SettleDispute {
    DisputeOutcome outcome = DisputeOutcome::rejected;
};
BOOST_DESCRIBE_STRUCT(SettleDispute, (), (outcome))

struct Rejoin {
    bool agreed = false;
};
BOOST_DESCRIBE_STRUCT(Rejoin, (), (agreed))

// One's own standing as a volunteer.
struct MyService {
    bool volunteer = false;
    std::string area_name;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(MyService, (), (volunteer, area_name, actions))

Dispute show_dispute(const Reading& reading, const PersonPages& pages, const DisputeState& state) {
    Dispute shown;
    shown.id = state.id;
    shown.person_id = state.person;
    shown.person_name = pages.people.masked_name(reading.db, state.person);
    shown.contact_masked =
        mask_contact(pages.people.read_text(reading.db, state.id.value, "contact").value_or(""),
                     reading.pack()->pack->phones);
    shown.area_name = area_name_of(reading, pages.tree, state.person);
    shown.disputed_at = state.disputed_at;
    shown.state = state.state;
    shown.outcome = state.outcome;
    if (state.state == DisputeStep::open &&
        reading.caller.may("dispute.settle", {.area_path = state.area_path})) {
        shown.actions.emplace_back("settle_dispute");
    }
    return shown;
}

Result<DisputeList> list_disputes(const Reading& reading, const PersonPages& pages,
                                  const DisputeQuery& query) {
    auto page = areas::newest_page(reading, pages.tree, std::nullopt, "dispute.read", query.cursor,
                                   query.limit);
    if (!page) return std::unexpected(page.error());
    std::optional<std::string> state;
    if (query.state) state = label_of(*query.state);
    page->params.emplace_back("state", state);
    auto rows = reading.rows<DisputeFigure>(queries::newest_disputes, page->params);
    return api::page_of<DisputeList>(rows, page->limit, [&](const DisputeState& dispute) {
        return show_dispute(reading, pages, dispute);
    });
}

Result<Dispute> one_dispute(const Reading& reading, const PersonPages& pages, std::int64_t id) {
    auto dispute = reading.load<DisputeFigure>(id);
    if (!dispute || !reading.caller.may("dispute.read", {.area_path = dispute->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return show_dispute(reading, pages, *dispute);
}

Result<MyService> my_service(const Reading& reading, const PersonPages& pages) {
    auto person = reading.load<PersonFigure>(reading.caller.person);
    if (!person) return refuse(hezhi::refusals::not_found);
    MyService shown;
    shown.volunteer = person->volunteer;
    auto areas = pages.tree.now();
    if (const auto* area = areas->find(person->area)) shown.area_name = area->name;
    shown.actions.emplace_back(person->volunteer ? "leave_service" : "rejoin_service");
    return shown;
}

}  // namespace

api::Routes joining_routes(const PersonPages& pages) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto mine = [&pages](const Reading& r, std::int64_t) { return my_service(r, pages); };
    return {
        api::reads<JoiningQuery, JoiningTerms>(
            {Method::get, "/joining", "show_joining", api::nobody_signed_in, everyone},
            [&pages](const Reading& r, const JoiningQuery& q) -> Result<JoiningTerms> {
                return show_terms(r, pages, q);
            }),
        api::reads<api::Nothing, RetentionList>(
            {Method::get, "/retention", "show_retention", api::nobody_signed_in, everyone},
            [](const Reading& r, const api::Nothing&) -> Result<RetentionList> {
                return show_retention(r);
            }),
        api::reads<DisputeQuery, DisputeList>(
            {Method::get, "/disputes", "list_disputes", "dispute.read"},
            [&pages](const Reading& r, const DisputeQuery& q) {
                return list_disputes(r, pages, q);
            }),
        api::writes<SettleDispute, Dispute>(
            {Method::post, "/disputes/{id}/settlement", "settle_dispute", "dispute.settle"},
            [&pages](const Writing& w, const SettleDispute& input) {
                return settle_dispute(w.turn, w.caller, pages.people, DisputeId(w.id()),
                                      input.outcome);
            },
            [&pages](const Reading& r, std::int64_t id) { return one_dispute(r, pages, id); }),
        api::reads<api::Nothing, MyService>(
            {Method::get, "/volunteers/mine", "show_my_service", "volunteer.leave", everyone},
            [&pages](const Reading& r, const api::Nothing&) { return my_service(r, pages); }),
        api::writes<api::Nothing, MyService>(
            {Method::post, "/volunteers/mine/departure", "leave_service", "volunteer.leave",
             everyone},
            [](const Writing& w, const api::Nothing&) { return leave_service(w.turn, w.caller); },
            mine),
        api::writes<Rejoin, MyService>(
            {Method::post, "/volunteers/mine/return", "rejoin_service", "volunteer.rejoin",
             everyone},
            [](const Writing& w, const Rejoin& input) {
                return rejoin_service(w.turn, w.caller, input.agreed);
            },
            mine),
    };
}

}  // namespace hezhi::people
