// 申请使用资格, 批准, 不予批准, 终止; and the page and the list of it.
#include "domain/time_bank/entitlement_figure.h"
#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"
#include "rules/working_calendar.h"

namespace hezhi::time_bank {

bool holds_at(const EntitlementState& entitlement, Instant now) {
    return entitlement.state == EntitlementStep::approved &&
           (!entitlement.until || now < entitlement.until);
}

std::vector<std::string_view> EntitlementFigure::kinds() {
    return {EntitlementAsked::kind, EntitlementApproved::kind, EntitlementRejected::kind,
            EntitlementEnded::kind};
}

void EntitlementFigure::step(State& row, const Fact& fact, const rules::Pack&) {
    if (fact.is<EntitlementAsked>()) {
        row.area = fact.place.area;
        row.area_path = fact.place.path;
        row.entitlement = EntitlementId(fact.subject("entitlement"));
        row.state = EntitlementStep::asked;
        row.asked_at = fact.occurred_at;
        row.asked_by = fact.actor.account;
        row.decide_until = fact.as<EntitlementAsked>().decide_until;
        row.decided_at = row.until = {};
    } else if (fact.is<EntitlementApproved>()) {
        row.state = EntitlementStep::approved;
        row.decided_at = fact.occurred_at;
        row.until = fact.as<EntitlementApproved>().until.value_or(Instant());
    } else if (fact.is<EntitlementRejected>()) {
        row.state = EntitlementStep::rejected;
        row.decided_at = fact.occurred_at;
    } else {
        row.state = EntitlementStep::ended;
        row.decided_at = fact.occurred_at;
    }
}

namespace {

using api::Reading;
using api::Writing;

constexpr std::string_view asking = "entitlement.ask";
constexpr std::string_view deciding = "entitlement.approve";
// Under the person, so that both go when the person is erased.
constexpr std::string_view text_ground = "entitlement_ground";
constexpr std::string_view text_proof = "entitlement_proof";
constexpr std::string_view text_decision = "entitlement_decision";

struct EntitlementChoice {
    std::string key;
    std::string name_zh;
    std::string name_en;
    std::string says_zh;  // the clause
    std::string says_en;
};
BOOST_DESCRIBE_STRUCT(EntitlementChoice, (), (key, name_zh, name_en, says_zh, says_en))

struct Entitlement {
    PersonId person_id;
    std::string person_name;  // masked, for others
    std::string says_zh;
    std::string says_en;
    std::optional<EntitlementStep> state;  // none: never asked for
    std::optional<std::string> ground_zh;
    std::optional<std::string> ground_en;
    std::optional<std::string> proof;
    std::optional<std::string> decision;
    std::optional<Instant> asked_at;
    std::optional<Instant> decide_until;
    bool late = false;
    bool holds = false;
    std::optional<Instant> until;
    std::vector<EntitlementChoice> grounds;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Entitlement, (),
                      (person_id, person_name, says_zh, says_en, state, ground_zh, ground_en, proof,
                       decision, asked_at, decide_until, late, holds, until, grounds, actions))

struct EntitlementQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(EntitlementQuery, (), (cursor, limit))

struct EntitlementList {
    std::vector<Entitlement> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(EntitlementList, (), (items, next_cursor))

struct DecideEntitlement {
    Text<1, 500> reason;
};
BOOST_DESCRIBE_STRUCT(DecideEntitlement, (), (reason))

bool is_own(const api::Caller& caller, PersonId id) {
    return caller.person && caller.person == id;
}

// What waits or holds, for somebody who decides there, did not ask for it, and whose it is not.
Result<EntitlementState> load_to_decide(journal::Turn& turn, const api::Caller& caller, PersonId id,
                                        EntitlementStep from) {
    const auto* found = id ? turn.load<EntitlementFigure>(id) : nullptr;
    if (!found || !caller.may(deciding, {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (is_own(caller, id) || found->asked_by == caller.account) {
        return refuse(refusals::own_entitlement);
    }
    if (found->state != from) return refuse(refusals::entitlement_decided);
    return *found;
}

template <class P>
Result<std::int64_t> decide(journal::Turn& turn, const api::Caller& caller,
                            const TimeBankDesk& desk, const EntitlementState& row,
                            std::string_view reason, const P& payload) {
    desk.people.write_text(turn.db(), row.id.value, text_decision, reason);
    turn.append(draft(payload, caller.actor(deciding), Place{row.area, row.area_path},
                      {{"entitlement", row.entitlement.value}, {"person", row.id.value}},
                      turn.now()));
    return row.id.value;
}

void allow(Entitlement& shown, const Reading& reading, const people::PersonState& person,
           const std::optional<EntitlementState>& row) {
    const api::Caller& caller = reading.caller;
    bool own = is_own(caller, person.id);
    bool may_ask = own ? caller.may(asking, {.owner = caller.account})
                       : caller.may(asking, {.area_path = person.area_path});
    bool waits = row && row->state == EntitlementStep::asked;
    if (may_ask && !waits && !shown.holds && !shown.grounds.empty()) {
        shown.actions.emplace_back("ask_entitlement");
    }
    bool decides = row && !own && row->asked_by != caller.account &&
                   caller.may(deciding, {.area_path = row->area_path});
    if (decides && waits) {
        shown.actions.emplace_back("approve_entitlement");
        shown.actions.emplace_back("reject_entitlement");
    }
    if (decides && row->state == EntitlementStep::approved) {
        shown.actions.emplace_back("end_entitlement");
    }
}

void show_request(Entitlement& shown, const Reading& reading, const TimeBankDesk& desk,
                  const EntitlementState& row) {
    shown.state = row.state;
    shown.holds = holds_at(row, reading.now);
    shown.asked_at = row.asked_at;
    shown.decide_until = row.decide_until;
    Instant decided = row.decided_at ? row.decided_at : reading.now;
    shown.late = row.state == EntitlementStep::asked && row.decide_until < decided;
    if (row.until) shown.until = row.until;
    auto key = desk.people.read_text(reading.db, row.id.value, text_ground);
    if (!key) return;
    const auto* published = reading.packs->in_force(row.asked_at);
    const auto* ground = published ? published->pack->time_bank.entitlement(*key) : nullptr;
    shown.ground_zh = ground ? ground->name.zh : *key;
    shown.ground_en = ground ? ground->name.en : *key;
    shown.proof = desk.people.read_text(reading.db, row.id.value, text_proof);
    // What was decided of an earlier request is no answer to this one.
    if (row.decided_at) {
        shown.decision = desk.people.read_text(reading.db, row.id.value, text_decision);
    }
}

Entitlement show(const Reading& reading, const TimeBankDesk& desk,
                 const people::PersonState& person, const std::optional<EntitlementState>& row) {
    const rules::TimeBankRules& bank = reading.pack()->pack->time_bank;
    Entitlement shown;
    shown.person_id = person.id;
    shown.person_name = is_own(reading.caller, person.id)
                            ? desk.people.name(reading.db, person.id)
                            : desk.people.masked_name(reading.db, person.id);
    shown.says_zh = bank.entitlement_clause.says.zh;
    shown.says_en = bank.entitlement_clause.says.en;
    if (bank.open) {
        for (const auto& ground : bank.entitlements) {
            shown.grounds.push_back({ground.key, ground.name.zh, ground.name.en,
                                     ground.clause.says.zh, ground.clause.says.en});
        }
    }
    if (row) show_request(shown, reading, desk, *row);
    allow(shown, reading, person, row);
    return shown;
}

Result<Entitlement> entitlement_page(const Reading& reading, const TimeBankDesk& desk,
                                     PersonId id) {
    auto person = id ? reading.load<people::PersonFigure>(id) : std::nullopt;
    bool own =
        is_own(reading.caller, id) && reading.caller.may(asking, {.owner = reading.caller.account});
    auto may = [&](std::string_view permission) {
        return person && reading.caller.may(permission, {.area_path = person->area_path});
    };
    if (!person || (!own && !may(asking) && !may(deciding))) {
        return refuse(hezhi::refusals::not_found);
    }
    return show(reading, desk, *person, reading.load<EntitlementFigure>(id));
}

Result<EntitlementList> list_entitlements(const Reading& reading, const TimeBankDesk& desk,
                                          const EntitlementQuery& query) {
    auto path = areas::list_path(reading, desk.tree, {}, deciding);
    if (!path) return std::unexpected(path.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    auto after = cursor->value_or(api::Cursor{0, 0});
    std::int64_t limit = api::limit_of(query.limit);
    EntitlementList list;
    Instant last;
    for (const auto& row : reading.rows<EntitlementFigure>(
             queries::entitlements_asked,
             std::vector<store::Param>{{"path", *path},
                                       {"path_end", areas::path_end(*path)},
                                       {"after_sort", after.sort},
                                       {"after_id", after.id},
                                       {"limit", limit + 1}})) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({last.ms, list.items.back().person_id.value});
            break;
        }
        last = row.asked_at;
        auto person = reading.load<people::PersonFigure>(row.id);
        if (person) list.items.push_back(show(reading, desk, *person, row));
    }
    return list;
}

}  // namespace

Result<std::int64_t> ask_entitlement(journal::Turn& turn, const api::Caller& caller,
                                     const TimeBankDesk& desk, PersonId id,
                                     const AskEntitlement& input) {
    const auto* found = id ? turn.load<people::PersonFigure>(id) : nullptr;
    bool own = is_own(caller, id) && caller.may(asking, {.owner = caller.account});
    bool may = own || (found && caller.may(asking, {.area_path = found->area_path}));
    if (!found || found->erased || !may) return refuse(hezhi::refusals::not_found);
    const people::PersonState person = *found;
    const rules::PublishedPack* pack = turn.pack();
    const rules::TimeBankRules& bank = pack->pack->time_bank;
    if (!bank.open) return refuse(refusals::time_bank_closed);
    if (!bank.entitlement(input.ground.value)) {
        return refuse(refusals::entitlement_ground_unknown,
                      {"/ground", "规则包中的事由", "a ground of the pack"});
    }
    const auto* row = turn.load<EntitlementFigure>(id);
    bool open = row && (row->state == EntitlementStep::asked || holds_at(*row, turn.now()));
    if (open) return refuse(refusals::entitlement_asked_already);
    EntitlementAsked asked;
    asked.decide_until =
        rules::deadline(turn.now(), bank.entitlement_within, pack->pack->calendar).at;
    asked.pack = pack->hash;
    desk.people.write_text(turn.db(), id.value, text_ground, input.ground);
    desk.people.write_text(turn.db(), id.value, text_proof, input.proof);
    turn.append(draft(asked, caller.actor(asking), Place{person.area, person.area_path},
                      {{"entitlement", self}, {"person", id.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> approve_entitlement(journal::Turn& turn, const api::Caller& caller,
                                         const TimeBankDesk& desk, PersonId id,
                                         std::string_view reason) {
    auto row = load_to_decide(turn, caller, id, EntitlementStep::asked);
    if (!row) return std::unexpected(row.error());
    const auto* asked = turn.packs().in_force(row->asked_at);
    auto key = desk.people.read_text(turn.db(), id.value, text_ground);
    const auto* ground = asked && key ? asked->pack->time_bank.entitlement(*key) : nullptr;
    if (!ground) return refuse(refusals::entitlement_ground_unknown);
    EntitlementApproved approved;
    if (ground->holds_months > 0) {
        approved.until = months_later(turn.now(), ground->holds_months);
    }
    return decide(turn, caller, desk, *row, reason, approved);
}

Result<std::int64_t> reject_entitlement(journal::Turn& turn, const api::Caller& caller,
                                        const TimeBankDesk& desk, PersonId id,
                                        std::string_view reason) {
    auto row = load_to_decide(turn, caller, id, EntitlementStep::asked);
    if (!row) return std::unexpected(row.error());
    return decide(turn, caller, desk, *row, reason, EntitlementRejected{});
}

Result<std::int64_t> end_entitlement(journal::Turn& turn, const api::Caller& caller,
                                     const TimeBankDesk& desk, PersonId id,
                                     std::string_view reason) {
    auto row = load_to_decide(turn, caller, id, EntitlementStep::approved);
    if (!row) return std::unexpected(row.error());
    return decide(turn, caller, desk, *row, reason, EntitlementEnded{});
}

api::Routes entitlement_routes(const TimeBankDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return entitlement_page(r, desk, PersonId(id));
    };
    return {
        api::reads<EntitlementQuery, EntitlementList>(
            {Method::get, "/entitlements", "list_entitlements", deciding},
            [&desk](const Reading& r, const EntitlementQuery& q) {
                return list_entitlements(r, desk, q);
            }),
        api::reads<api::Nothing, Entitlement>(
            {Method::get, "/people/{id}/entitlement", "show_entitlement", asking, everyone},
            [render](const Reading& r, const api::Nothing&) { return render(r, r.id()); }),
        api::writes<AskEntitlement, Entitlement>(
            {Method::post, "/people/{id}/entitlement", "ask_entitlement", asking, everyone},
            [&desk](const Writing& w, const AskEntitlement& input) {
                return ask_entitlement(w.turn, w.caller, desk, PersonId(w.id()), input);
            },
            render),
        api::writes<DecideEntitlement, Entitlement>(
            {Method::post, "/people/{id}/entitlement/approval", "approve_entitlement", deciding},
            [&desk](const Writing& w, const DecideEntitlement& input) {
                return approve_entitlement(w.turn, w.caller, desk, PersonId(w.id()), input.reason);
            },
            render),
        api::writes<DecideEntitlement, Entitlement>(
            {Method::post, "/people/{id}/entitlement/rejection", "reject_entitlement", deciding},
            [&desk](const Writing& w, const DecideEntitlement& input) {
                return reject_entitlement(w.turn, w.caller, desk, PersonId(w.id()), input.reason);
            },
            render),
        api::writes<DecideEntitlement, Entitlement>(
            {Method::post, "/people/{id}/entitlement/ending", "end_entitlement", deciding},
            [&desk](const Writing& w, const DecideEntitlement& input) {
                return end_entitlement(w.turn, w.caller, desk, PersonId(w.id()), input.reason);
            },
            render),
    };
}

api::ActionRows entitlement_actions() {
    return {
        {"ask_entitlement", "entitlement.ask", "entitlement.asked", "POST /people/{id}/entitlement",
         "申请使用资格", "ask for the right to use time", "申请了使用资格",
         "the right to use time was asked for"},
        {"approve_entitlement", "entitlement.approve", "entitlement.approved",
         "POST /people/{id}/entitlement/approval", "批准使用资格", "approve the right to use time",
         "使用资格已批准", "the right to use time was approved"},
        {"reject_entitlement", "entitlement.approve", "entitlement.rejected",
         "POST /people/{id}/entitlement/rejection", "不予批准使用资格",
         "do not approve the right to use time", "使用资格不予批准",
         "the right to use time was not approved"},
        {"end_entitlement", "entitlement.approve", "entitlement.ended",
         "POST /people/{id}/entitlement/ending", "终止使用资格", "end the right to use time",
         "使用资格已终止", "the right to use time was ended"},
    };
}

}  // namespace hezhi::time_bank
