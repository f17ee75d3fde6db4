#include <algorithm>

#include "domain/reports/explain.h"
#include "domain/reports/queries.h"
#include "domain/reports/reports.h"

namespace hezhi::reports {
namespace {

using api::Reading;

enum class Part { numerator, denominator, not_counted };
BOOST_DESCRIBE_ENUM(Part, numerator, denominator, not_counted)

struct FigureQuery {
    std::optional<AreaId> area;
    std::optional<std::string> from;   // the first day …
    std::optional<std::string> until;  // … and the last; without them all time
};
BOOST_DESCRIBE_STRUCT(FigureQuery, (), (area, from, until))

struct FigureListQuery {
    std::optional<AreaId> area;
    std::optional<std::string> from;
    std::optional<std::string> until;
    Part part = Part::numerator;
    std::optional<WhyNotCounted> why;  // which of those that are not counted
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(FigureListQuery, (), (area, from, until, part, why, cursor, limit))

struct ListOfFigure {
    std::string_view key;
    const store::Query* numerator;
    const store::Query* denominator;
    bool asks = false;  // what the requester answers
};
constexpr ListOfFigure lists_of_figures[] = {
    {"found", &queries::found_numerator, &queries::found_denominator},
    {"in_time", &queries::in_time_numerator, &queries::in_time_denominator},
    {"resolved", &queries::resolved_numerator, &queries::resolved_denominator, true},
    {"satisfied", &queries::satisfied_numerator, &queries::satisfied_denominator, true},
    {"unmet", &queries::unmet_numerator, &queries::found_denominator},
};

// Null if the figure leaves nothing out for that reason.
const store::Query* list_not_counted(const ListOfFigure& figure, WhyNotCounted why) {
    switch (why) {
        case WhyNotCounted::merged:
            return &queries::list_merged;
        case WhyNotCounted::outside_days:
            return &queries::list_outside_days;
        case WhyNotCounted::not_due:
            return figure.key == "in_time" ? &queries::list_not_due : nullptr;
        case WhyNotCounted::not_reached:
            return figure.asks ? &queries::list_not_reached : nullptr;
        case WhyNotCounted::not_served:
            return figure.asks ? &queries::list_not_served : nullptr;
        case WhyNotCounted::unfinished:
            return figure.asks ? &queries::list_unfinished : nullptr;
        case WhyNotCounted::no_mark:
            return figure.key == "satisfied" ? &queries::list_no_mark : nullptr;
    }
    return nullptr;
}

Result<const store::Query*> list_query(std::string_view key, const FigureListQuery& query) {
    const auto* figure = std::ranges::find(lists_of_figures, key, &ListOfFigure::key);
    if (figure == std::end(lists_of_figures)) return refuse(hezhi::refusals::not_found);
    if (query.part == Part::numerator) return figure->numerator;
    if (query.part == Part::denominator) return figure->denominator;
    const auto* listed = query.why ? list_not_counted(*figure, *query.why) : nullptr;
    if (listed) return listed;
    return refuse(hezhi::refusals::invalid_input,
                  {"/why", "这项指标未计入的原因，如 merged",
                   "a reason for which this figure leaves needs out, like merged"});
}

bool reads_the_clock(const store::Query* sql) {
    return sql == &queries::in_time_denominator || sql == &queries::list_not_due ||
           sql == &queries::unmet_numerator;
}

Result<Cockpit> show_cockpit(const Reading& reading, const areas::AreaTree& tree,
                             const FigureQuery& query) {
    auto areas = tree.now();
    AreaId id;
    if (query.area) {
        id = *query.area;
    } else {
        for (const auto& role : reading.caller.roles) id = id ? id : role.area;
    }
    const areas::AreaState* area = areas->find(id);
    if (!area || !reading.caller.may("figure.read", {.area_path = area->path})) {
        return refuse(hezhi::refusals::not_found);
    }
    auto days = api::days_of(query.from, query.until);
    if (!days) return std::unexpected(days.error());
    return cockpit(reading.db, *areas, *area, *reading.pack()->pack, reading.now, *days);
}

Result<needs::NeedList> list_figure(const Reading& reading, const needs::NeedPages& pages,
                                    const FigureListQuery& query) {
    auto sql = list_query(reading.capture(), query);
    if (!sql) return std::unexpected(sql.error());
    auto path = areas::list_path(reading, pages.tree, query.area, "figure.read");
    if (!path) return std::unexpected(path.error());
    auto days = api::days_of(query.from, query.until);
    if (!days) return std::unexpected(days.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    std::vector<store::Param> params{{"path", *path},
                                     {"path_end", areas::path_end(*path)},
                                     {"from", days->from},
                                     {"until", days->until},
                                     {"before_id", cursor->value_or(api::Cursor{0, INT64_MAX}).id},
                                     {"limit", limit + 1}};
    if (reads_the_clock(*sql)) params.emplace_back("at", reading.now);
    return needs::list_page(reading, pages, **sql, params, limit);
}

Result<FactList> why_order(const Reading& reading, const people::Register& people,
                           const api::ActionRows& labels) {
    OrderId id(reading.id());
    auto order = id ? reading.load<orders::OrderFigure>(id) : std::nullopt;
    if (!order || !reading.caller.may("order.read", orders::access_of(*order, false))) {
        return refuse(hezhi::refusals::not_found);
    }
    return facts_about(reading, people, labels, "order", id.value);
}

Result<FactList> why_area(const Reading& reading, const areas::AreaTree& tree,
                          const people::Register& people, const api::ActionRows& labels) {
    AreaId id(reading.id());
    auto areas = tree.now();
    const areas::AreaState* area = areas->find(id);
    if (!area || !reading.caller.may("area.read", {.area_path = area->path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return facts_about(reading, people, labels, "area", id.value);
}

Result<FactList> why_need(const Reading& reading, const people::Register& people,
                          const api::ActionRows& labels) {
    NeedId id(reading.id());
    auto need = id ? reading.load<needs::NeedFigure>(id) : std::nullopt;
    if (!need || !reading.caller.may("need.read", needs::access_of(*need))) {
        return refuse(hezhi::refusals::not_found);
    }
    return facts_about(reading, people, labels, "need", id.value);
}

// What made the record stands among the facts about the order or the shift.
Result<FactList> why_record(const Reading& reading, const people::Register& people,
                            const api::ActionRows& labels) {
    RecordId id(reading.id());
    auto record = id ? reading.load<records::RecordFigure>(id) : std::nullopt;
    if (!record ||
        !reading.caller.may("record.read", records::access_of(*record, reading.caller))) {
        return refuse(hezhi::refusals::not_found);
    }
    FactList list;
    if (record->order_id) {
        list = facts_about(reading, people, labels, "order", record->order_id.value);
    } else if (record->shift_id) {
        list = facts_about(reading, people, labels, "shift", record->shift_id.value);
    }
    // Of the others who served beside nothing is told.
    std::erase_if(list.items, [&](const FactShown& fact) {
        return fact.person && *fact.person != record->person;
    });
    for (auto& fact : facts_about(reading, people, labels, "record", id.value).items) {
        list.items.push_back(std::move(fact));
    }
    return list;
}

}  // namespace

api::Routes routes(const orders::OrderDesk& desk, const needs::NeedPages& pages,
                   const api::ActionRows& labels) {
    using http::Method;
    return {
        api::reads<FigureQuery, Cockpit>({Method::get, "/figures", "show_cockpit", "figure.read"},
                                         [&pages](const Reading& r, const FigureQuery& q) {
                                             return show_cockpit(r, pages.tree, q);
                                         }),
        api::reads<FigureListQuery, needs::NeedList>(
            {Method::get, "/figures/{key}/needs", "list_figure", "figure.read"},
            [&pages](const Reading& r, const FigureListQuery& q) {
                return list_figure(r, pages, q);
            }),
        api::reads<api::Nothing, FactList>(
            {Method::get, "/orders/{id}/facts", "why_order", "order.read"},
            [&desk, &labels](const Reading& r, const api::Nothing&) {
                return why_order(r, desk.people, labels);
            }),
        api::reads<api::Nothing, FactList>(
            {Method::get, "/areas/{id}/facts", "why_area", "area.read"},
            [&desk, &labels](const Reading& r, const api::Nothing&) {
                return why_area(r, desk.tree, desk.people, labels);
            }),
        api::reads<api::Nothing, FactList>(
            {Method::get, "/needs/{id}/facts", "why_need", "need.read"},
            [&desk, &labels](const Reading& r, const api::Nothing&) {
                return why_need(r, desk.people, labels);
            }),
        api::reads<api::Nothing, FactList>(
            {Method::get, "/records/{id}/facts", "why_record", "record.read"},
            [&desk, &labels](const Reading& r, const api::Nothing&) {
                return why_record(r, desk.people, labels);
            }),
    };
}

}  // namespace hezhi::reports
