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

// One cockpit figure. Numerator and denominator are counted by the same condition that lists them
// (queries.sql), so a number and its list cannot differ.
struct CockpitFigure {
    std::string key;  // found, in_time, resolved, satisfied
    std::string zh;
    std::string en;
    std::string says_zh;
    std::string says_en;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    std::optional<std::string> apart_zh;  // what is shown beside and counted in neither
    std::optional<std::string> apart_en;
    std::optional<std::int64_t> apart;
    std::vector<FigureClause> clauses;  // of today's pack; none where no number of it counts
};
BOOST_DESCRIBE_STRUCT(CockpitFigure, (),
                      (key, zh, en, says_zh, says_en, numerator, denominator, apart_zh, apart_en,
                       apart, clauses))

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
    records::ServiceMinutes service;         // opens the list of records
    complaints::ComplaintCounts complaints;  // each opens the list of complaints
    std::vector<AreaUnmet> children;
};
BOOST_DESCRIBE_STRUCT(Cockpit, (), (area, at, items, unmet, service, complaints, children))

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
