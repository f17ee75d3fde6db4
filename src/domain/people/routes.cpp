#include "domain/people/queries.h"
#include "domain/people/search_people.h"
#include "facts/account_facts.h"
#include "facts/stored_fact.h"

namespace hezhi::people {
namespace {

using api::Reading;
using api::Writing;

struct PersonQuery {
    std::optional<Text<1, 60>> q;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(PersonQuery, (), (q, cursor, limit))

struct PersonList {
    std::vector<Person> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(PersonList, (), (items, next_cursor))

struct ReadPerson {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(ReadPerson, (), (reason))

struct ClearPerson {
    std::string name;
    std::optional<std::string> phone;
    std::optional<std::string> id_scheme;
    std::optional<std::string> id_number;
    std::optional<std::string> birth_date;  // that was told
};
BOOST_DESCRIBE_STRUCT(ClearPerson, (), (name, phone, id_scheme, id_number, birth_date))

struct ReadingQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ReadingQuery, (), (cursor, limit))

// One time that clear text was shown, as the auditor sees it.
struct ReadingShown {
    std::int64_t position = 0;
    Instant at;
    std::optional<std::string> actor;  // absent at the command line
    std::optional<PersonId> person_id;
    std::optional<NeedId> need_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReadingShown, (), (position, at, actor, person_id, need_id, reason))

struct ReadingList {
    std::vector<ReadingShown> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ReadingList, (), (items, next_cursor))

std::optional<std::string> filled(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

Result<PersonList> list_people(const Reading& reading, const PersonPages& pages,
                               const PersonQuery& query) {
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    PersonList list;
    if (query.q) {
        for (const auto& person : search_people(reading, pages.people, query.q->value, limit)) {
            list.items.push_back(pages.show(reading, person));
        }
        return list;
    }
    auto from = cursor->value_or(api::Cursor{0, INT64_MAX});
    for (const auto& person : newest_people(reading, from.id, limit + 1)) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({0, list.items.back().id.value});
            break;
        }
        list.items.push_back(pages.show(reading, person));
    }
    return list;
}

Result<ReadingList> list_readings(const Reading& reading, const PersonPages& pages,
                                  const ReadingQuery& query) {
    // An auditor's role is held at one area, mostly the whole installation.
    auto page = areas::newest_page(reading, pages.tree, std::nullopt, "reading.read", query.cursor,
                                   query.limit);
    if (!page) return std::unexpected(page.error());
    auto rows = reading.rows<ReadingFigure>(queries::newest_readings, page->params);
    return api::page_of<ReadingList>(rows, page->limit, [&](const ReadingState& row) {
        ReadingShown shown{row.id, row.read_at,
                           name_of_account(reading, pages.people, row.account)};
        if (row.person) shown.person_id = row.person;
        if (row.need) shown.need_id = row.need;
        shown.reason = pages.people.read_text(reading.db, row.id, text_reason).value_or("");
        return shown;
    });
}

}  // namespace

std::optional<std::string> name_of_account(const Reading& reading, const Register& people,
                                           AccountId account) {
    if (!account) return std::nullopt;
    auto row = reading.db.row(queries::fact_at, {{"position", account}});
    HEZHI_ASSERT(row.has_value());
    return people.name(reading.db, read_stored_fact(row->text("body")).as<AccountOpened>().person);
}

api::Routes routes(const PersonPages& pages) {
    using http::Method;
    api::Routes all{
        api::reads<PersonQuery, PersonList>(
            {Method::get, "/people", "list_people", "person.read"},
            [&pages](const Reading& r, const PersonQuery& q) { return list_people(r, pages, q); }),
        api::writes<RegisterPerson, Person>(
            {Method::post, "/people", "register_person", "person.register"},
            [&pages](const Writing& w, const RegisterPerson& input) {
                return register_person(w.turn, w.caller, pages.people, input);
            },
            [&pages](const Reading& r, std::int64_t id) { return pages.one(r, PersonId(id)); }),
        api::reads<api::Nothing, Person>(
            {Method::get, "/people/{id}", "show_person", "person.read"},
            [&pages](const Reading& r, const api::Nothing&) {
                return pages.one(r, PersonId(r.id()));
            }),
        api::writes<ReadPerson, ClearPerson>(
            {Method::post, "/people/{id}/reading", "read_person", "person.disclose"},
            [&pages](const Writing& w, const ReadPerson& input) {
                return read_person(w.turn, w.caller, pages.people, PersonId(w.id()), input.reason);
            },
            [&pages](const Reading& r, std::int64_t) -> Result<ClearPerson> {
                Clear clear = pages.people.clear(r.db, PersonId(r.id()));
                return ClearPerson{
                    clear.name, filled(clear.phone), filled(clear.id_scheme),
                    filled(clear.id_number),
                    pages.people.read_text(r.db, PersonId(r.id()).value, text_birth_date)};
            }),
        api::reads<ReadingQuery, ReadingList>(
            {Method::get, "/readings", "list_readings", "reading.read"},
            [&pages](const Reading& r, const ReadingQuery& q) {
                return list_readings(r, pages, q);
            }),
    };
    for (auto& route : volunteer_number_routes(pages)) all.push_back(std::move(route));
    for (auto& route : birth_date_routes(pages)) all.push_back(std::move(route));
    return all;
}

}  // namespace hezhi::people
