// What becomes of the people of an area that is closed: they belong to its successor.
#include "domain/people/people.h"
#include "domain/people/queries.h"

namespace hezhi::people {
namespace {

void move_people(journal::Turn& turn, const Actor& actor, std::string_view path, const Place& to) {
    std::vector<PersonId> all;
    turn.db().each(queries::people_of, {{"path", path}, {"path_end", areas::path_end(path)}},
                   [&](const store::Row& row) { all.push_back(row.id<PersonId>("id")); });
    for (PersonId id : all) {
        turn.append(draft(PersonMoved{}, actor, to, {{"person", id.value}}, turn.now()));
    }
}

}  // namespace

areas::AreaUse area_use() {
    return {.count_movers =
                [](journal::Turn& turn, std::string_view path) {
                    return turn.db()
                        .row(queries::count_people,
                             {{"path", path}, {"path_end", areas::path_end(path)}})
                        ->integer("people");
                },
            .move = move_people};
}

}  // namespace hezhi::people
