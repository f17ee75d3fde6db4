// The guardian's pages through the link, and the staff's: links, consents, children who are out.
#include "domain/accounts/account_figure.h"
#include "domain/activities/activity_figure.h"
#include "domain/guardians/guardians.h"
#include "domain/guardians/queries.h"

namespace hezhi::guardians {
namespace {

using api::Reading;
using api::Writing;

constexpr std::int64_t children_out_max = 200;

struct DecidePhotos {
    bool allowed = false;
};
BOOST_DESCRIBE_STRUCT(DecidePhotos, (), (allowed))

// The paper or the message that the guardian gets.
struct GuardianSlip {
    PersonId person_id;
    std::string name;  // masked
    bool sensitive = false;
    std::string link;
    std::string qr_svg;
};
BOOST_DESCRIBE_STRUCT(GuardianSlip, (), (person_id, name, sensitive, link, qr_svg))

struct ConsentQuery {
    std::optional<people::ConsentStep> state;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ConsentQuery, (), (state, cursor, limit))

struct Consent {
    PersonId person_id;
    std::string name;  // masked
    std::int32_t age_years = 0;
    std::string area_name;
    people::ConsentStep state = people::ConsentStep::asked;
    std::optional<GuardianRelation> relation;
    bool photos = false;
    bool accompanies = false;
    Instant asked_at;
    std::optional<Instant> decided_at;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Consent, (),
                      (person_id, name, age_years, area_name, state, relation, photos, accompanies,
                       asked_at, decided_at, actions))

struct ConsentList {
    std::vector<Consent> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ConsentList, (), (items, next_cursor))

// A minor who is there and whom nobody has seen go home.
struct ChildOut {
    PersonId person_id;
    std::string name;  // masked
    std::optional<ActivityId> activity_id;
    std::optional<OrderId> order_id;
    std::string title_zh;
    std::string title_en;
    std::optional<std::string> leader_name;
    Instant ends_at;
    bool late = false;
};
BOOST_DESCRIBE_STRUCT(ChildOut, (),
                      (person_id, name, activity_id, order_id, title_zh, title_en, leader_name,
                       ends_at, late))

struct ChildrenOut {
    std::vector<ChildOut> items;
};
BOOST_DESCRIBE_STRUCT(ChildrenOut, (), (items))

Result<GuardianSlip> guardian_slip(const Reading& reading, const GuardianDesk& desk, PersonId id) {
    auto person = reading.load<people::PersonFigure>(id);
    auto consent = reading.load<people::ConsentFigure>(id);
    if (!person || !consent) return refuse(hezhi::refusals::not_found);
    GuardianSlip slip;
    slip.person_id = id;
    slip.name = desk.people.masked_name(reading.db, id);
    slip.sensitive =
        person->age_years.value_or(0) < reading.pack()->pack->joining.sensitive_below_years;
    slip.link =
        desk.public_address + "/m/#/guardian/" + guardian_token(desk.suite, consent->asked_by);
    slip.qr_svg = people::qr_svg(slip.link);
    return slip;
}

Consent show_consent(const Reading& reading, const GuardianDesk& desk,
                     const people::ConsentState& consent) {
    auto person = reading.load<people::PersonFigure>(consent.id);
    auto areas = desk.tree.now();
    const auto* area = areas->find(person->area);
    Consent shown{consent.id,
                  desk.people.masked_name(reading.db, consent.id),
                  person->age_years.value_or(0),
                  area ? area->name : "",
                  consent.state,
                  consent.relation,
                  consent.photos,
                  consent.accompanies,
                  consent.asked_at,
                  consent.decided_at ? std::optional(consent.decided_at) : std::nullopt,
                  {}};
    bool minor = people::is_minor(*reading.pack()->pack, *person);
    if (minor) shown.actions.emplace_back("ask_guardian");
    return shown;
}

Result<ConsentList> list_consents(const Reading& reading, const GuardianDesk& desk,
                                  const ConsentQuery& query) {
    auto page = areas::newest_page(reading, desk.tree, std::nullopt, "guardian.ask", query.cursor,
                                   query.limit);
    if (!page) return std::unexpected(page.error());
    std::optional<std::string> state;
    if (query.state) state = label_of(*query.state);
    page->params.emplace_back("state", state);
    auto rows = reading.rows<people::ConsentFigure>(queries::consents, page->params);
    return api::page_of<ConsentList>(rows, page->limit, [&](const people::ConsentState& consent) {
        return show_consent(reading, desk, consent);
    });
}

std::optional<std::string> leader_name(const Reading& reading, const GuardianDesk& desk,
                                       AccountId id) {
    auto account = id ? reading.load<accounts::AccountFigure>(id) : std::nullopt;
    if (!account) return std::nullopt;
    return desk.people.name(reading.db, account->person);
}

void add_children_at_shifts(const Reading& reading, const GuardianDesk& desk, store::Params params,
                            ChildrenOut& list) {
    auto seats = reading.rows<activities::SeatFigure>(queries::children_at_shifts, params);
    for (const auto& seat : seats) {
        auto activity = reading.load<activities::ActivityFigure>(seat.activity);
        auto title = desk.people.read_text(reading.db, seat.activity.value, activities::text_title);
        list.items.push_back({seat.person, desk.people.masked_name(reading.db, seat.person),
                              seat.activity, std::nullopt, title.value_or(""), title.value_or(""),
                              leader_name(reading, desk, activity->leader), seat.ends_at,
                              seat.ends_at <= reading.now});
    }
}

void add_children_at_orders(const Reading& reading, const GuardianDesk& desk, store::Params params,
                            ChildrenOut& list) {
    auto offers = reading.rows<orders::OfferFigure>(queries::children_at_orders, params);
    for (const auto& offer : offers) {
        auto order = reading.load<orders::OrderFigure>(offer.order_id);
        const auto* category = reading.pack()->pack->category(order->category);
        rules::Words title =
            category ? category->name : rules::Words{order->category, order->category};
        list.items.push_back({offer.person, desk.people.masked_name(reading.db, offer.person),
                              std::nullopt, offer.order_id, title.zh, title.en,
                              leader_name(reading, desk, order->leader), offer.ends_at,
                              offer.ends_at <= reading.now});
    }
}

Result<ChildrenOut> list_children_out(const Reading& reading, const GuardianDesk& desk) {
    auto path = areas::list_path(reading, desk.tree, std::nullopt, "guardian.ask");
    if (!path) return std::unexpected(path.error());
    std::vector<store::Param> params{{"path", *path},
                                     {"path_end", areas::path_end(*path)},
                                     {"adult", reading.pack()->pack->dispatch.adult_from_years},
                                     {"limit", children_out_max}};
    ChildrenOut list;
    add_children_at_shifts(reading, desk, params, list);
    add_children_at_orders(reading, desk, params, list);
    return list;
}

api::Routes link_routes(const GuardianDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    constexpr auto nobody = api::nobody_signed_in;
    auto link = [&desk](const Writing& w) { return link_of_token(desk.suite, w.capture()); };
    auto shown = [&desk](const Reading& r, std::int64_t) {
        return guardian_page(r, desk, link_of_token(desk.suite, r.capture()));
    };
    return {
        api::reads<api::Nothing, GuardianPage>(
            {Method::get, "/guardians/{token}", "show_guardian_page", nobody, everyone},
            [shown](const Reading& r, const api::Nothing&) { return shown(r, 0); }),
        api::writes<GiveConsent, GuardianPage>(
            {Method::post, "/guardians/{token}/consent", "give_consent", nobody, everyone},
            [&desk, link](const Writing& w, const GiveConsent& input) {
                return give_consent(w.turn, desk, link(w), input);
            },
            shown),
        api::writes<api::Nothing, GuardianPage>(
            {Method::post, "/guardians/{token}/refusal", "refuse_consent", nobody, everyone},
            [link](const Writing& w, const api::Nothing&) {
                return refuse_consent(w.turn, link(w));
            },
            shown),
        api::writes<api::Nothing, GuardianPage>(
            {Method::post, "/guardians/{token}/withdrawal", "withdraw_consent", nobody, everyone},
            [link](const Writing& w, const api::Nothing&) {
                return withdraw_consent(w.turn, link(w));
            },
            shown),
        api::writes<DecidePhotos, GuardianPage>(
            {Method::post, "/guardians/{token}/photos", "decide_photos", nobody, everyone},
            [link](const Writing& w, const DecidePhotos& input) {
                return decide_photos(w.turn, link(w), input.allowed);
            },
            shown),
        api::writes<RecallChild, GuardianPage>(
            {Method::post, "/guardians/{token}/absences", "recall_child", nobody, everyone},
            [link](const Writing& w, const RecallChild& input) {
                return recall_child(w.turn, link(w), input);
            },
            shown),
    };
}

}  // namespace

api::Routes routes(const GuardianDesk& desk) {
    using http::Method;
    api::Routes all = link_routes(desk);
    api::Routes more{
        api::writes<api::Nothing, GuardianSlip>(
            {Method::post, "/people/{id}/guardian-link", "ask_guardian", "guardian.ask"},
            [](const Writing& w, const api::Nothing&) {
                return ask_guardian(w.turn, w.caller, PersonId(w.id()));
            },
            [&desk](const Reading& r, std::int64_t id) {
                return guardian_slip(r, desk, PersonId(id));
            }),
        api::reads<ConsentQuery, ConsentList>(
            {Method::get, "/consents", "list_consents", "guardian.ask"},
            [&desk](const Reading& r, const ConsentQuery& q) { return list_consents(r, desk, q); }),
        api::reads<api::Nothing, ChildrenOut>(
            {Method::get, "/children-out", "list_children_out", "guardian.ask"},
            [&desk](const Reading& r, const api::Nothing&) { return list_children_out(r, desk); }),
    };
    for (auto& row : more) all.push_back(std::move(row));
    return all;
}

api::ActionRows actions() {
    return {
        {"ask_guardian", "guardian.ask", "guardian.asked", "POST /people/{id}/guardian-link",
         "发监护人确认单", "issue the guardian's link", "请监护人确认", "the guardian was asked"},
        {"give_consent", "", "consent.given", "POST /guardians/{token}/consent", "同意参加",
         "consent", "监护人同意", "the guardian consented"},
        {"refuse_consent", "", "consent.refused", "POST /guardians/{token}/refusal", "不同意",
         "do not consent", "监护人不同意", "the guardian did not consent"},
        {"withdraw_consent", "", "consent.withdrawn", "POST /guardians/{token}/withdrawal",
         "撤回同意", "withdraw the consent", "监护人撤回同意", "the guardian withdrew"},
        {"decide_photos", "", "photos.decided", "POST /guardians/{token}/photos", "更改照片选择",
         "change the choice about photos", "监护人更改照片选择",
         "the guardian decided about photos"},
        {"recall_child", "", "shift.left", "POST /guardians/{token}/absences", "这次不参加",
         "not this time", "退出报名", "gave up the place"},
    };
}

}  // namespace hezhi::guardians
