// 强制报告: sealed. Who reported stands nowhere; who may read it is a role of its own.
#include "domain/cases/cases.h"
#include "domain/cases/queries.h"
#include "rules/working_calendar.h"

namespace hezhi::cases {
namespace {

using api::Reading;
using api::Writing;

constexpr std::string_view text_what = "protection_what";
constexpr std::string_view text_answer = "protection_answer";

// The same answer whatever was reported, also when it is asked again with the same key.
struct ProtectionTaken {
    bool taken = true;
};
BOOST_DESCRIBE_STRUCT(ProtectionTaken, (), (taken))

struct AnswerProtection {
    Text<1, 1000> answer;
};
BOOST_DESCRIBE_STRUCT(AnswerProtection, (), (answer))

struct Protection {
    ProtectionId id;
    ProtectionStep state = ProtectionStep::reported;
    ProtectedGroup about = ProtectedGroup::minor;
    std::string area_name;
    std::string what;
    Instant reported_at;
    Instant answer_until;
    std::optional<std::string> answer;
};
BOOST_DESCRIBE_STRUCT(Protection, (),
                      (id, state, about, area_name, what, reported_at, answer_until, answer))

struct ProtectionQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ProtectionQuery, (), (cursor, limit))

struct ProtectionList {
    std::vector<Protection> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ProtectionList, (), (items, next_cursor))

Protection show(const Reading& reading, const orders::OrderDesk& desk,
                const ProtectionState& state) {
    auto areas = desk.tree.now();
    const areas::AreaState* area = areas->find(state.area);
    auto text = [&](std::string_view field) {
        return desk.people.read_text(reading.db, state.id.value, field);
    };
    return {state.id,
            state.state,
            state.about,
            area ? area->name : "",
            text(text_what).value_or(""),
            state.reported_at,
            state.answer_until,
            text(text_answer)};
}

Result<Protection> one(const Reading& reading, const orders::OrderDesk& desk, ProtectionId id) {
    auto state = id ? reading.load<ProtectionFigure>(id) : std::nullopt;
    if (!state || !reading.caller.may("protection.read", {.area_path = state->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return show(reading, desk, *state);
}

Result<ProtectionList> list(const Reading& reading, const orders::OrderDesk& desk,
                            const ProtectionQuery& query) {
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    auto path = areas::list_path(reading, desk.tree, std::nullopt, "protection.read");
    if (!path) return std::unexpected(path.error());
    std::int64_t limit = api::limit_of(query.limit);
    ProtectionList found;
    reading.db.each(queries::newest_protections,
                    {{"path", *path},
                     {"path_end", areas::path_end(*path)},
                     {"before_id", cursor->value_or(api::Cursor{0, INT64_MAX}).id},
                     {"limit", limit + 1}},
                    [&](const store::Row& row) {
                        if (std::ssize(found.items) == limit) {
                            found.next_cursor = api::to_text({0, found.items.back().id.value});
                            return;
                        }
                        auto state = journal::read_state<ProtectionFigure>(reading.tables, row);
                        found.items.push_back(show(reading, desk, state));
                    });
    return found;
}

}  // namespace

std::vector<std::string_view> ProtectionFigure::kinds() {
    return {ProtectionReported::kind, ProtectionAnswered::kind};
}

journal::Keys ProtectionFigure::keys(const Fact& fact) {
    return {fact.subject("protection")};
}

void ProtectionFigure::step(State& state, const Fact& fact, const rules::Pack&) {
    if (fact.is<ProtectionReported>()) {
        state.area = fact.place.area;
        state.area_path = fact.place.path;
        state.about = fact.as<ProtectionReported>().about;
        state.reported_at = fact.occurred_at;
        state.answer_until = fact.as<ProtectionReported>().answer_until;
    } else {
        state.state = ProtectionStep::answered;
        state.answered_at = fact.occurred_at;
    }
}

Result<std::int64_t> report_protection(journal::Turn& turn, const api::Caller& caller,
                                       const people::Register& people,
                                       const ReportProtection& input) {
    auto place = areas::open_place(turn, input.area_id);
    if (!place) return std::unexpected(place.error());
    if (!caller.may("protection.report", {.area_path = place->path})) {
        return refuse(areas::refusals::area_unknown,
                      {"/area_id", "您所在区域内的社区", "an area that you serve"});
    }
    const rules::PublishedPack* pack = turn.pack();
    ProtectionReported reported;
    reported.about = input.about;
    reported.answer_until =
        rules::deadline(turn.now(), pack->pack->asking.answer_within, pack->pack->calendar).at;
    reported.pack = pack->hash;
    std::int64_t id = turn.next_position();
    people.write_text(turn.db(), id, text_what, input.what);
    // Invariant 6: no account, whoever it was.
    Actor nobody{Via::link, {}, "protection.report"};
    return turn.append(draft(reported, nobody, *place, {{"protection", self}}, turn.now()));
}

Result<std::int64_t> answer_protection(journal::Turn& turn, const api::Caller& caller,
                                       const people::Register& people, ProtectionId id,
                                       std::string_view answer) {
    const ProtectionState* state = id ? turn.load<ProtectionFigure>(id) : nullptr;
    if (!state || !caller.may("protection.answer", {.area_path = state->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (state->state != ProtectionStep::reported) return refuse(refusals::protection_answered);
    people.write_text(turn.db(), id.value, text_answer, answer);
    turn.append(draft(ProtectionAnswered{}, caller.actor("protection.answer"),
                      Place{state->area, state->area_path}, {{"protection", id.value}},
                      turn.now()));
    return id.value;
}

api::Routes protection_routes(const orders::OrderDesk& desk) {
    using http::Method;
    return {
        api::writes<ReportProtection, ProtectionTaken>(
            {Method::post, "/protections", "report_protection", "protection.report",
             api::Audience::everyone, true},
            [&desk](const Writing& w, const ReportProtection& input) {
                return report_protection(w.turn, w.caller, desk.people, input);
            },
            [](const Reading&, std::int64_t) -> Result<ProtectionTaken> {
                return ProtectionTaken{};
            }),
        api::reads<ProtectionQuery, ProtectionList>(
            {Method::get, "/protections", "list_protections", "protection.read"},
            [&desk](const Reading& r, const ProtectionQuery& q) { return list(r, desk, q); }),
        api::writes<AnswerProtection, Protection>(
            {Method::post, "/protections/{id}/outcome", "answer_protection", "protection.answer"},
            [&desk](const Writing& w, const AnswerProtection& input) {
                return answer_protection(w.turn, w.caller, desk.people, ProtectionId(w.id()),
                                         input.answer);
            },
            [&desk](const Reading& r, std::int64_t id) { return one(r, desk, ProtectionId(id)); }),
    };
}

}  // namespace hezhi::cases
