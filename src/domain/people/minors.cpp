// Minors: who is one, asking the guardian, the age as it grows, and reading an entry in clear with
// somebody else's approval (未成年人网络保护条例 36).
#include "api/paging.h"
#include "domain/people/people.h"
#include "domain/people/queries.h"

namespace hezhi::people {
namespace {

using api::Reading;
using api::Writing;

Place home_of(const PersonState& person) {
    return person.area ? Place{person.area, person.area_path} : Place{};
}

Result<ReadingRequestState> load_request(journal::Turn& turn, const api::Caller& caller,
                                         std::int64_t id) {
    const auto* request = id > 0 ? turn.load<ReadingRequestFigure>(id) : nullptr;
    if (!request || !caller.may("reading.approve", {.area_path = request->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (request->state != ReadingRequestStep::asked) {
        return refuse(refusals::reading_request_decided);
    }
    if (request->account == caller.account) return refuse(refusals::own_reading_request);
    return *request;
}

template <class P>
std::int64_t decide(journal::Turn& turn, const api::Caller& caller,
                    const ReadingRequestState& request, const P& payload) {
    turn.append(draft(payload, caller.actor("reading.approve"), {request.area, request.area_path},
                      {{"reading_request", request.id}, {"person", request.person.value}},
                      turn.now()));
    return request.id;
}

Result<std::int64_t> note_age(journal::Turn& turn, const Register& people, PersonId id) {
    const auto* person = turn.load<PersonFigure>(id);
    if (!person || !person->age_until || person->age_until > turn.now()) {
        return refuse(hezhi::refusals::not_found);
    }
    Place place = home_of(*person);
    auto age = age_today(turn, people, id);
    return turn.append(
        draft(AgeNoted{age.value_or(0)}, {}, std::move(place), {{"person", id.value}}, turn.now()));
}

struct ReadingRequestQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ReadingRequestQuery, (), (cursor, limit))

struct ReadingReason {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(ReadingReason, (), (reason))

// As who decides sees it.
struct ReadingRequest {
    std::int64_t id = 0;
    std::string person_name;  // masked
    std::string area_name;
    std::string asked_by;  // staff act under their name
    std::string reason;
    Instant requested_at;
    ReadingRequestStep state = ReadingRequestStep::asked;
    std::optional<Instant> valid_until;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(ReadingRequest, (),
                      (id, person_name, area_name, asked_by, reason, requested_at, state,
                       valid_until, actions))

struct ReadingRequestList {
    std::vector<ReadingRequest> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ReadingRequestList, (), (items, next_cursor))

ReadingRequest show_request(const Reading& reading, const PersonPages& pages,
                            const ReadingRequestState& request) {
    ReadingRequest shown;
    shown.id = request.id;
    shown.person_name = pages.people.masked_name(reading.db, request.person);
    shown.area_name = area_name_of(reading, pages.tree, request.person);
    shown.asked_by = name_of_account(reading, pages.people, request.account).value_or("");
    shown.reason = pages.people.read_text(reading.db, request.id, text_reason).value_or("");
    shown.requested_at = request.requested_at;
    shown.state = request.state;
    if (request.valid_until) shown.valid_until = request.valid_until;
    if (request.state == ReadingRequestStep::asked && request.account != reading.caller.account) {
        shown.actions = {"approve_reading", "reject_reading"};
    }
    return shown;
}

Result<ReadingRequest> one_request(const Reading& reading, const PersonPages& pages,
                                   std::int64_t id) {
    auto request = reading.load<ReadingRequestFigure>(id);
    if (!request || !reading.caller.may("reading.approve", {.area_path = request->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return show_request(reading, pages, *request);
}

Result<ReadingRequestList> list_requests(const Reading& reading, const PersonPages& pages,
                                         const ReadingRequestQuery& query) {
    auto path = areas::list_path(reading, pages.tree, std::nullopt, "reading.approve");
    if (!path) return std::unexpected(path.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    std::vector<ReadingRequestState> rows;
    reading.db.each(
        queries::newest_reading_requests,
        {{"path", *path},
         {"path_end", areas::path_end(*path)},
         {"before_id", cursor->value_or(api::Cursor{0, INT64_MAX}).id},
         {"limit", limit + 1}},
        [&](const store::Row& row) {
            rows.push_back(journal::read_state<ReadingRequestFigure>(reading.tables, row));
        });
    ReadingRequestList list;
    for (const auto& row : rows) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({0, list.items.back().id});
            break;
        }
        list.items.push_back(show_request(reading, pages, row));
    }
    return list;
}

}  // namespace

bool is_minor(const rules::Pack& pack, const PersonState& person) {
    return person.age_years && *person.age_years < pack.dispatch.adult_from_years;
}

bool may_serve(journal::Turn& turn, PersonId id) {
    const auto* person = turn.load<PersonFigure>(id);
    if (!person || !is_minor(*turn.pack()->pack, *person)) return person != nullptr;
    const auto* consent = turn.load<ConsentFigure>(id);
    return consent && consent->state == ConsentStep::given;
}

std::int64_t append_guardian_asked(journal::Turn& turn, const Actor& actor, PersonId id) {
    const auto* person = turn.load<PersonFigure>(id);
    HEZHI_ASSERT(person && person->age_years);
    const rules::PublishedPack* pack = turn.pack();
    GuardianAsked asked{*person->age_years,
                        *person->age_years < pack->pack->joining.sensitive_below_years, pack->hash};
    Place place = home_of(*person);
    return turn.append(
        draft(asked, actor, std::move(place), {{"link", self}, {"person", id.value}}, turn.now()));
}

namespace {

std::optional<std::int32_t> age_on(store::Session& db, const rules::Pack& pack, Day today,
                                   const Register& people, PersonId id,
                                   std::optional<std::int32_t> noted) {
    Clear entry = people.clear(db, id);
    if (!entry.id_number.empty()) {
        auto document = read_document(pack, today, entry.id_scheme, entry.id_number);
        if (document && document->age_years) return document->age_years;
    }
    auto told = told_age(db, today, people, id);
    return told ? told : noted;
}

}  // namespace

std::optional<std::int32_t> age_today(journal::Turn& turn, const Register& people, PersonId id) {
    const auto* person = turn.load<PersonFigure>(id);
    if (!person) return std::nullopt;
    auto noted = person->age_years;
    return age_on(turn.db(), *turn.pack()->pack, day_of(turn.now()), people, id, noted);
}

std::optional<std::int32_t> age_today(const api::Reading& reading, const Register& people,
                                      PersonId id) {
    auto person = reading.load<PersonFigure>(id);
    if (!person) return std::nullopt;
    return age_on(reading.db, *reading.pack()->pack, day_of(reading.now), people, id,
                  person->age_years);
}

std::optional<ReadingRequestState> reading_request_of(store::Session& db,
                                                      const journal::FigureTables& tables,
                                                      PersonId person, AccountId account) {
    if (!account) return std::nullopt;
    auto row = db.row(queries::reading_request_of, {{"person", person}, {"account", account}});
    if (!row) return std::nullopt;
    return journal::read_state<ReadingRequestFigure>(tables, *row);
}

bool reading_approved(store::Session& db, const journal::FigureTables& tables, PersonId person,
                      AccountId account, Instant now) {
    auto request = reading_request_of(db, tables, person, account);
    return request && request->state == ReadingRequestStep::approved && now < request->valid_until;
}

std::optional<ReadingRequestStep> reading_asked(const api::Reading& reading, PersonId person) {
    auto request = reading_request_of(reading.db, reading.tables, person, reading.caller.account);
    bool lapsed = request && request->state == ReadingRequestStep::approved &&
                  request->valid_until <= reading.now;
    return request && !lapsed ? std::optional(request->state) : std::nullopt;
}

Result<std::int64_t> request_reading(journal::Turn& turn, const api::Caller& caller,
                                     const Register& people, PersonId id, std::string_view reason) {
    auto person = load_person(turn, caller, id, "reading.request");
    if (!person) return std::unexpected(person.error());
    if (!is_minor(*turn.pack()->pack, **person)) return refuse(refusals::not_a_minor);
    Place place = home_of(**person);
    auto earlier = reading_request_of(turn.db(), turn.tables(), id, caller.account);
    bool open = earlier &&
                (earlier->state == ReadingRequestStep::asked || turn.now() < earlier->valid_until);
    if (open) return refuse(refusals::reading_request_open);
    std::int64_t position = turn.next_position();
    people.write_text(turn.db(), position, text_reason, reason);
    return turn.append(draft(ReadingRequested{}, caller.actor("reading.request"), std::move(place),
                             {{"reading_request", self}, {"person", id.value}}, turn.now()));
}

Result<std::int64_t> approve_reading(journal::Turn& turn, const api::Caller& caller,
                                     std::int64_t id) {
    auto request = load_request(turn, caller, id);
    if (!request) return std::unexpected(request.error());
    auto hours = std::chrono::hours(turn.pack()->pack->joining.reading_valid_hours);
    return decide(turn, caller, *request, ReadingApproved{turn.now() + hours});
}

Result<std::int64_t> reject_reading(journal::Turn& turn, const api::Caller& caller,
                                    std::int64_t id) {
    auto request = load_request(turn, caller, id);
    if (!request) return std::unexpected(request.error());
    return decide(turn, caller, *request, ReadingRejected{});
}

api::Routes reading_request_routes(const PersonPages& pages) {
    using http::Method;
    auto render = [&pages](const Reading& r, std::int64_t id) { return one_request(r, pages, id); };
    return {
        api::writes<ReadingReason, Person>(
            {Method::post, "/people/{id}/reading-requests", "request_reading", "reading.request"},
            [&pages](const Writing& w, const ReadingReason& input) {
                return request_reading(w.turn, w.caller, pages.people, PersonId(w.id()),
                                       input.reason);
            },
            [&pages](const Reading& r, std::int64_t) { return pages.one(r, PersonId(r.id())); }),
        api::reads<ReadingRequestQuery, ReadingRequestList>(
            {Method::get, "/reading-requests", "list_reading_requests", "reading.approve"},
            [&pages](const Reading& r, const ReadingRequestQuery& q) {
                return list_requests(r, pages, q);
            }),
        api::writes<api::Nothing, ReadingRequest>(
            {Method::post, "/reading-requests/{id}/approval", "approve_reading", "reading.approve"},
            [](const Writing& w, const api::Nothing&) {
                return approve_reading(w.turn, w.caller, w.id());
            },
            render),
        api::writes<api::Nothing, ReadingRequest>(
            {Method::post, "/reading-requests/{id}/rejection", "reject_reading", "reading.approve"},
            [](const Writing& w, const api::Nothing&) {
                return reject_reading(w.turn, w.caller, w.id());
            },
            render),
    };
}

std::vector<jobs::Timer> timers(const Register& people) {
    return {
        {"note_age",
         [](store::Session& db, Instant now, std::int64_t limit) {
             std::vector<jobs::Due> due;
             db.each(queries::due_ages, {{"now", now}, {"limit", limit}},
                     [&](const store::Row& row) {
                         due.push_back({row.integer("id"), 0, row.instant("age_until")});
                     });
             return due;
         },
         [&people](journal::Turn& turn, const jobs::Due& due) {
             return note_age(turn, people, PersonId(due.id));
         }},
    };
}

}  // namespace hezhi::people
