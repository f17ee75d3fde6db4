#include "domain/people/search_people.h"

#include <algorithm>

#include "domain/people/id_schemes.h"
#include "domain/people/phone_numbers.h"
#include "domain/people/queries.h"

namespace hezhi::people {
namespace {

// Invariant 6: a search begins at the areas of the permission. Whoever `keep` wants of the newest
// `opened_max` people below one area.
void gather(const api::Reading& reading, const std::string& path, std::int64_t before_id,
            std::int64_t opened_max, const std::function<bool(PersonId, const store::Row&)>& keep,
            std::vector<PersonState>& found) {
    reading.db.each(queries::newest_people,
                    {{"path", path},
                     {"path_end", areas::path_end(path)},
                     {"before_id", before_id},
                     {"limit", opened_max}},
                    [&](const store::Row& row) {
                        if (!keep(row.id<PersonId>("id"), row)) return;
                        found.push_back(journal::read_state<PersonFigure>(reading.tables, row));
                    });
}

// Newest first, each person once: roles may be held at an area and again below it.
void settle(std::vector<PersonState>& found, std::int64_t limit) {
    std::ranges::sort(found, std::ranges::greater(), &PersonState::id);
    auto repeated = std::ranges::unique(found, {}, &PersonState::id);
    found.erase(repeated.begin(), repeated.end());
    if (std::ssize(found) > limit) found.resize(static_cast<std::size_t>(limit));
}

// The ids that a blind index finds for the query read as a phone or as a document number; nullopt
// if it is neither.
std::optional<std::vector<PersonId>> find_by_index(const api::Reading& reading,
                                                   const Register& people, std::string_view query) {
    std::optional<std::vector<PersonId>> ids;
    auto add = [&](std::vector<PersonId> more) {
        if (!ids) ids.emplace();
        ids->insert(ids->end(), more.begin(), more.end());
    };
    if (auto phone = normalise_phone(query, reading.pack()->pack->phones)) {
        add(people.with_phone(reading.db, *phone));
    }
    for (const auto& scheme : reading.pack()->pack->id_schemes) {
        if (scheme.pattern.empty()) continue;
        auto number = normalise_id_number(scheme, query, day_of(reading.now));
        if (number) add(people.with_id_number(reading.db, scheme.key, *number));
    }
    return ids;
}

}  // namespace

std::vector<PersonState> newest_people(const api::Reading& reading, std::int64_t before_id,
                                       std::int64_t limit) {
    std::vector<PersonState> found;
    auto everyone = [](PersonId, const store::Row&) { return true; };
    for (const auto& path : reading.caller.areas_of("person.read")) {
        gather(reading, path, before_id, limit, everyone, found);
    }
    settle(found, limit);
    return found;
}

std::vector<PersonState> search_people(const api::Reading& reading, const Register& people,
                                       std::string_view query, std::int64_t limit) {
    std::vector<PersonState> found;
    if (auto ids = find_by_index(reading, people, query); ids && !ids->empty()) {
        for (PersonId id : *ids) {
            auto person = reading.load<PersonFigure>(id);
            if (person && reading.caller.may("person.read", access_of(*person))) {
                found.push_back(std::move(*person));
            }
        }
        settle(found, limit);
        return found;
    }
    auto has_name = [&](PersonId id, const store::Row& row) {
        return people.open_name(id, row.bytes("sealed_name")).find(query) != std::string::npos;
    };
    for (const auto& path : reading.caller.areas_of("person.read")) {
        gather(reading, path, INT64_MAX, names_opened_max, has_name, found);
    }
    settle(found, limit);
    return found;
}

}  // namespace hezhi::people
