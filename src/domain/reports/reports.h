// Reports: the officer's figures for any area, each opening its list, and "why" for any record.
#pragma once

#include <span>

#include "api/action.h"
#include "api/route.h"
#include "domain/complaints/complaints.h"
#include "domain/orders/orders.h"
#include "domain/records/records.h"

namespace hezhi::reports {

// A clause of the pack that a figure is counted by.
struct FigureClause {
    std::string zh;
    std::string en;
    std::string source;  // the published rule that it follows; empty if it is the district's own
    std::string place;   // "base/reports.toml:3"
};
BOOST_DESCRIBE_STRUCT(FigureClause, (), (zh, en, source, place))

// Why a need of the area is in neither number of a figure (queries.sql).
enum class WhyNotCounted {
    merged,        // 已并案: counted with the need that stays
    outside_days,  // reported before or after the days
    not_due,       // not contacted, and the limit has not passed
    not_reached,   // served and closed, and the requester has not answered
    not_served,    // closed without a service
    unfinished,    // not closed, so nobody was asked yet
    no_mark,       // answered without a mark
};
BOOST_DESCRIBE_ENUM(WhyNotCounted, merged, outside_days, not_due, not_reached, not_served,
                    unfinished, no_mark)

// How many needs a figure leaves out for one reason. Counted by the condition that lists them.
struct NotCountedNeeds {
    WhyNotCounted why = WhyNotCounted::merged;
    std::int64_t needs = 0;
    std::vector<FigureClause> clauses;  // of today's pack, that the reason rests on
};
BOOST_DESCRIBE_STRUCT(NotCountedNeeds, (), (why, needs, clauses))

// One cockpit figure. Numerator and denominator are counted by the same condition that lists them
// (queries.sql), so a number and its list cannot differ.
struct CockpitFigure {
    std::string key;  // found, in_time, resolved, satisfied, unmet
    std::string zh;
    std::string en;
    std::string says_zh;
    std::string says_en;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    std::optional<std::string> apart_zh;  // what is shown beside and counted in neither
    std::optional<std::string> apart_en;
    std::optional<std::int64_t> apart;
    std::vector<FigureClause> clauses;         // of today's pack; none where no number of it counts
    std::vector<NotCountedNeeds> not_counted;  // with the denominator every need of the area
};
BOOST_DESCRIBE_STRUCT(CockpitFigure, (),
                      (key, zh, en, says_zh, says_en, numerator, denominator, apart_zh, apart_en,
                       apart, clauses, not_counted))

struct AreaUnmet {
    areas::Area area;
    std::int64_t found = 0;
    std::int64_t unmet = 0;  // past the handling limit and not closed
};
BOOST_DESCRIBE_STRUCT(AreaUnmet, (), (area, found, unmet))

struct Cockpit {
    areas::Area area;
    Instant at;
    std::vector<CockpitFigure> items;
    std::int64_t unmet = 0;
    CockpitFigure unmet_figure;       // the same with its list and what it leaves out
    records::ServiceMinutes service;  // opens the list of records
    std::vector<FigureClause> service_clauses;
    complaints::ComplaintCounts complaints;  // each opens the list of complaints
    std::vector<FigureClause> complaint_clauses;
    std::vector<AreaUnmet> children;
};
BOOST_DESCRIBE_STRUCT(Cockpit, (),
                      (area, at, items, unmet, unmet_figure, service, service_clauses, complaints,
                       complaint_clauses, children))

// The figures of an area and all below it, as they stand at `at`: of what was reported, served and
// complained of within `days`.
Cockpit cockpit(store::Session& db, const areas::Areas& areas, const areas::AreaState& area,
                const rules::Pack& pack, Instant at, const api::DaySpan& days = {});

// The words of facts that an action appends beside its own.
struct FollowingFact {
    std::string_view kind;
    std::string_view zh;
    std::string_view en;
};
std::span<const FollowingFact> following_facts();

// `labels`: the actions of all folders, for the words of their facts. Must outlive the routes.
api::Routes routes(const orders::OrderDesk& desk, const needs::NeedPages& needs,
                   const api::ActionRows& labels);

}  // namespace hezhi::reports
