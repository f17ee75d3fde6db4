// The dispatcher's page: who may take the order, each with a score in parts, and for one who may
// not the first rule that forbids it.
#include "domain/orders/candidates.h"
#include "domain/orders/load_order.h"
#include "domain/orders/order_pages.h"

namespace hezhi::orders {
namespace {

struct ScorePartShown {
    std::string key;
    std::string zh;
    std::string en;
    std::int32_t points = 0;
    std::int32_t max = 0;
};
BOOST_DESCRIBE_STRUCT(ScorePartShown, (), (key, zh, en, points, max))

struct CandidateShown {
    PersonId person_id;
    std::string name;  // masked
    std::int32_t total = 0;
    std::vector<ScorePartShown> parts;
};
BOOST_DESCRIBE_STRUCT(CandidateShown, (), (person_id, name, total, parts))

struct ForbiddenShown {
    PersonId person_id;
    std::string name;
    std::string rule;
    std::string zh;
    std::string en;
    std::optional<std::string> needed;
    std::optional<std::string> found;
};
BOOST_DESCRIBE_STRUCT(ForbiddenShown, (), (person_id, name, rule, zh, en, needed, found))

struct FunnelShown {
    std::string rule;
    std::string zh;
    std::string en;
    std::int64_t remaining = 0;
};
BOOST_DESCRIBE_STRUCT(FunnelShown, (), (rule, zh, en, remaining))

struct Candidates {
    std::int64_t considered = 0;
    std::vector<CandidateShown> candidates;
    std::vector<ForbiddenShown> forbidden;
    std::vector<FunnelShown> funnel;
};
BOOST_DESCRIBE_STRUCT(Candidates, (), (considered, candidates, forbidden, funnel))

// A page shows the best and, of those forbidden, enough to see why; the funnel counts everybody.
constexpr std::size_t candidates_shown_max = 16;
constexpr std::size_t forbidden_shown_max = 30;

rules::Words part_name(std::string_view key) {
    if (key == "distance") return {"距离", "distance"};
    if (key == "continuity") return {"连续性", "continuity"};
    if (key == "skill_fit") return {"技能匹配", "skill fit"};
    if (key == "fairness") return {"均衡", "fairness"};
    return {"意愿", "preference"};
}

std::optional<std::string> given(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

Candidates show(const api::Reading& reading, const OrderDesk& desk,
                const dispatch::Ranking& ranking) {
    Candidates shown;
    shown.considered = ranking.considered;
    for (const auto& candidate : ranking.candidates) {
        if (shown.candidates.size() == candidates_shown_max) break;
        PersonId person(candidate.person);
        CandidateShown one{
            person, desk.people.masked_name(reading.db, person), candidate.score.total, {}};
        for (const auto& part : candidate.score.parts) {
            rules::Words name = part_name(part.key);
            one.parts.push_back({std::string(part.key), name.zh, name.en, part.points, part.max});
        }
        shown.candidates.push_back(std::move(one));
    }
    for (const auto& excluded : ranking.excluded) {
        if (shown.forbidden.size() == forbidden_shown_max) break;
        PersonId person(excluded.person);
        const auto& forbidden = excluded.forbidden;
        shown.forbidden.push_back({person, desk.people.masked_name(reading.db, person),
                                   std::string(forbidden.rule->code),
                                   std::string(forbidden.rule->zh), std::string(forbidden.rule->en),
                                   given(forbidden.needed), given(forbidden.found)});
    }
    for (const auto& step : ranking.funnel) {
        shown.funnel.push_back({std::string(step.rule->code), std::string(step.rule->zh),
                                std::string(step.rule->en), step.remaining});
    }
    return shown;
}

}  // namespace

api::Routes candidate_routes(const OrderDesk& desk) {
    return {api::reads<api::Nothing, Candidates>(
        {http::Method::get, "/orders/{id}/candidates", "list_candidates", "order.offer"},
        [&desk](const api::Reading& reading, const api::Nothing&) -> Result<Candidates> {
            OrderId id(reading.id());
            auto order = id ? reading.load<OrderFigure>(id) : std::nullopt;
            if (!order || !reading.caller.may("order.offer", access_of(*order, false))) {
                return refuse(hezhi::refusals::not_found);
            }
            auto areas = desk.tree.now();
            return show(reading, desk,
                        rank_candidates(reading.db, reading.tables, *order, *areas,
                                        *reading.pack()->pack, reading.now));
        })};
}

}  // namespace hezhi::orders
