#include "bench/later_lives.h"

#include <boost/json.hpp>

#include "facts/all_facts.h"

namespace hezhi::bench {
namespace {

struct Move {
    std::int64_t settled, positions;
    Millis time;

    std::int64_t id(std::int64_t of) const { return of > settled ? of + positions : of; }
    Instant instant(Instant at) const { return at ? at + time : at; }

    void payload(const Shape& shape, boost::json::value& value) const {
        switch (shape.form) {
            case Form::id:
                value = id(value.as_int64());
                return;
            case Form::instant:
                value = instant({value.as_int64()}).ms;
                return;
            case Form::optional:
                payload(*shape.element, value);
                return;
            case Form::list:
                for (auto& one : value.as_array()) payload(*shape.element, one);
                return;
            case Form::record:
                for (const Field& field : shape.fields) {
                    auto* its = value.as_object().if_contains(field.name);
                    if (its) payload(*field.shape, *its);
                }
                return;
            default:
                return;
        }
    }
};

}  // namespace

Fact LaterLives::later(Fact fact, int number) const {
    Move move{settled, count * number, length * number};
    fact.position = move.id(fact.position);
    fact.recorded_at = move.instant(fact.recorded_at);
    fact.occurred_at = move.instant(fact.occurred_at);
    for (auto& [noun, id] : fact.subjects) id = move.id(id);
    if (const FactKind* kind = fact_kind(fact.kind)) {
        auto payload = boost::json::parse(fact.payload);
        move.payload(*kind->payload, payload);
        fact.payload = boost::json::serialize(payload);
    }
    return fact;
}

}  // namespace hezhi::bench
