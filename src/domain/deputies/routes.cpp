#include "domain/deputies/deputies.h"
#include "domain/deputies/queries.h"

namespace hezhi::deputies {
namespace {

using api::Reading;
using api::Writing;

// More than anybody has named in years.
constexpr std::int64_t shown_max = 100;

struct DeputyList {
    std::vector<Deputy> items;
};
BOOST_DESCRIBE_STRUCT(DeputyList, (), (items))

struct ColleagueQuery {
    std::optional<AccountId> account;  // who is away; absent: oneself
};
BOOST_DESCRIBE_STRUCT(ColleagueQuery, (), (account))

struct ColleagueList {
    std::vector<Colleague> items;
};
BOOST_DESCRIBE_STRUCT(ColleagueList, (), (items))

std::string area_name(const areas::AreaTree& tree, AreaId id) {
    auto areas = tree.now();
    const areas::AreaState* area = id ? areas->find(id) : nullptr;
    return area ? area->name : "";
}

Deputy show_deputy(const Reading& reading, const accounts::AccountDesk& desk,
                   const DeputyState& deputy) {
    const api::Caller& caller = reading.caller;
    Deputy shown;
    shown.id = deputy.id;
    shown.state = deputy.state;
    bool over = deputy.until_at <= reading.now;
    if (over && deputy.state == DeputyStep::confirmed) shown.state = DeputyStep::ended;
    shown.now = shown.state == DeputyStep::confirmed && deputy.from_at <= reading.now;
    shown.account_id = deputy.account;
    shown.name = staff_name(reading, desk.people, deputy.account);
    shown.deputy_id = deputy.deputy;
    shown.deputy_name = staff_name(reading, desk.people, deputy.deputy);
    shown.role = deputy.role;
    shown.area_name = area_name(desk.tree, deputy.area);
    shown.from = deputy.from_at;
    shown.until = deputy.until_at;
    if (over) return shown;
    if (deputy.state == DeputyStep::named && deputy.deputy == caller.account) {
        shown.actions.emplace_back("confirm_deputy");
        shown.actions.emplace_back("decline_deputy");
    }
    bool open = deputy.state == DeputyStep::named || deputy.state == DeputyStep::confirmed;
    bool theirs = deputy.account == caller.account ||
                  (deputy.deputy == caller.account && deputy.state == DeputyStep::confirmed);
    if (open && (theirs || caller.may("deputy.name", {.area_path = deputy.area_path}))) {
        shown.actions.emplace_back("end_deputy");
    }
    return shown;
}

Result<DeputyList> list_deputies(const Reading& reading, const accounts::AccountDesk& desk) {
    std::map<DeputyId, DeputyState, std::greater<>> rows;
    auto add = [&](const store::Row& row) {
        auto deputy = journal::read_state<DeputyFigure>(reading.tables, row);
        rows.emplace(deputy.id, std::move(deputy));
    };
    reading.db.each(queries::of_account, {{"me", reading.caller.account}, {"limit", shown_max}},
                    add);
    for (const auto& path : reading.caller.areas_of("deputy.name")) {
        reading.db.each(queries::in_area,
                        {{"path", path}, {"path_end", areas::path_end(path)}, {"limit", shown_max}},
                        add);
    }
    DeputyList list;
    for (const auto& [id, deputy] : rows) list.items.push_back(show_deputy(reading, desk, deputy));
    return list;
}

Result<ColleagueList> list_colleagues(const Reading& reading, const accounts::AccountDesk& desk,
                                      const ColleagueQuery& query) {
    AccountId account = query.account.value_or(reading.caller.account);
    std::map<AccountId, Colleague> found;
    for (const auto& held : reading.db.rows(queries::roles_of, {{"account", account}})) {
        std::string_view path = held.text_or_empty("area_path");
        bool mine = account == reading.caller.account;
        if (path.empty() || (!mine && !reading.caller.may("deputy.name", {.area_path = path}))) {
            continue;
        }
        for (const auto& row : reading.db.rows(queries::colleagues, {{"role", held.text("role")},
                                                                     {"account", account},
                                                                     {"path", path},
                                                                     {"limit", shown_max}})) {
            auto id = row.id<AccountId>("account");
            found[id] = {id, desk.people.name(reading.db, row.id<PersonId>("person")),
                         std::string(row.text("role")),
                         area_name(desk.tree, row.id<AreaId>("area"))};
        }
    }
    ColleagueList list;
    for (auto& [id, colleague] : found) list.items.push_back(std::move(colleague));
    return list;
}

}  // namespace

std::string staff_name(const Reading& reading, const people::Register& people, AccountId id) {
    auto account = id ? reading.load<accounts::AccountFigure>(id) : std::nullopt;
    return account ? people.name(reading.db, account->person) : "";
}

api::Routes routes(const accounts::AccountDesk& desk) {
    using http::Method;
    auto render = [&desk](const Reading& r, std::int64_t id) -> Result<Deputy> {
        return show_deputy(r, desk, *r.load<DeputyFigure>(id));
    };
    return {
        api::reads<api::Nothing, DeputyList>(
            {Method::get, "/deputies", "list_deputies", "deputy.name"},
            [&desk](const Reading& r, const api::Nothing&) { return list_deputies(r, desk); }),
        api::reads<ColleagueQuery, ColleagueList>(
            {Method::get, "/colleagues", "list_colleagues", "deputy.name"},
            [&desk](const Reading& r, const ColleagueQuery& q) {
                return list_colleagues(r, desk, q);
            }),
        api::writes<NameDeputy, Deputy>(
            {Method::post, "/deputies", "name_deputy", "deputy.name"},
            [](const Writing& w, const NameDeputy& input) {
                return name_deputy(w.turn, w.caller, input);
            },
            render),
        api::writes<api::Nothing, Deputy>(
            {Method::post, "/deputies/{id}/confirmation", "confirm_deputy", "deputy.confirm"},
            [](const Writing& w, const api::Nothing&) {
                return confirm_deputy(w.turn, w.caller, DeputyId(w.id()));
            },
            render),
        api::writes<api::Nothing, Deputy>(
            {Method::post, "/deputies/{id}/refusal", "decline_deputy", "deputy.confirm"},
            [](const Writing& w, const api::Nothing&) {
                return decline_deputy(w.turn, w.caller, DeputyId(w.id()));
            },
            render),
        api::writes<api::Nothing, Deputy>(
            {Method::post, "/deputies/{id}/closure", "end_deputy", "deputy.name"},
            [](const Writing& w, const api::Nothing&) {
                return end_deputy(w.turn, w.caller, DeputyId(w.id()));
            },
            render),
    };
}

api::ActionRows actions() {
    return {
        {"name_deputy", "deputy.name", "deputy.named", "POST /deputies", "指定代理人",
         "name a deputy", "指定了代理人", "a deputy was named"},
        {"confirm_deputy", "deputy.confirm", "deputy.confirmed", "POST /deputies/{id}/confirmation",
         "同意代理", "agree to stand in", "代理人已同意", "the deputy agreed"},
        {"decline_deputy", "deputy.confirm", "deputy.declined", "POST /deputies/{id}/refusal",
         "婉拒代理", "decline to stand in", "代理人婉拒", "the deputy declined"},
        {"end_deputy", "deputy.name", "deputy.ended", "POST /deputies/{id}/closure", "结束代理",
         "end the deputy's time", "代理结束", "the deputy's time was ended"},
    };
}

api::StateRows states() {
    return {
        {"deputy", "named", "待代理人同意", "waits for the deputy's yes"},
        {"deputy", "confirmed", "已同意", "agreed"},
        {"deputy", "declined", "已婉拒", "declined"},
        {"deputy", "ended", "已结束", "over"},
    };
}

}  // namespace hezhi::deputies
