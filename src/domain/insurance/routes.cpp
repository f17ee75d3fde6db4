// The register for staff, a team's policies for its lead, and everybody's own cover.
#include "domain/insurance/insurance.h"
#include "domain/insurance/queries.h"

namespace hezhi::insurance {
namespace {

using api::Reading;
using api::Writing;

constexpr std::int64_t people_shown_max = 200;
constexpr std::int64_t team_policies_max = 20;

enum class InsuranceStep { coming, running, expiring, over, ended };
BOOST_DESCRIBE_ENUM(InsuranceStep, coming, running, expiring, over, ended)

struct InsuranceQuery {
    std::optional<AreaId> area;
    std::optional<OrganizationId> organization;
    std::optional<bool> past;  // those that are over as well
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(InsuranceQuery, (), (area, organization, past, cursor, limit))

struct AddCover {
    PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(AddCover, (), (person_id))

struct EndInsurance {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(EndInsurance, (), (reason))

struct InsuredPerson {
    PersonId person_id;
    std::string name;  // masked
};
BOOST_DESCRIBE_STRUCT(InsuredPerson, (), (person_id, name))

struct Insurance {
    InsuranceId id;
    InsuranceStep state = InsuranceStep::running;
    std::string insurer;
    std::string policy;
    InsuranceCovers covers = InsuranceCovers::members;
    std::optional<OrganizationId> organization_id;
    std::optional<std::string> organization_name;
    std::string area_name;
    Instant from;
    Instant until;  // the last instant at which it holds
    std::int64_t people = 0;
    std::optional<std::string> end_reason;
    std::vector<InsuredPerson> named;  // on the policy's own page
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Insurance, (),
                      (id, state, insurer, policy, covers, organization_id, organization_name,
                       area_name, from, until, people, end_reason, named, actions))

struct InsuranceList {
    std::vector<Insurance> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(InsuranceList, (), (items, next_cursor))

// A team that the reader leads.
struct TeamCover {
    OrganizationId organization_id;
    std::string name;
    std::optional<Instant> until;  // of the policies on its members
};
BOOST_DESCRIBE_STRUCT(TeamCover, (), (organization_id, name, until))

struct OwnCover {
    std::optional<Instant> until;  // none: not covered now
    std::optional<Instant> ran_out;
    std::vector<TeamCover> teams;
};
BOOST_DESCRIBE_STRUCT(OwnCover, (), (until, ran_out, teams))

// Days are named by their last instant, so that a page shows the last day and not the one after.
Instant last_instant(Instant until) {
    return until - Millis(1);
}

InsuranceStep step_of(const InsuranceState& insurance, Instant now) {
    if (insurance.ended_at) return InsuranceStep::ended;
    if (insurance.until_at <= now) return InsuranceStep::over;
    if (insurance.from_at > now) return InsuranceStep::coming;
    return insurance.warn_at <= now ? InsuranceStep::expiring : InsuranceStep::running;
}

Insurance show(const Reading& reading, const InsuranceDesk& desk, const InsuranceState& insurance) {
    auto text = [&](std::string_view field) {
        return desk.people.read_text(reading.db, insurance.id.value, field);
    };
    auto areas = desk.tree.now();
    const areas::AreaState* area = areas->find(insurance.area);
    Insurance shown;
    shown.id = insurance.id;
    shown.state = step_of(insurance, reading.now);
    shown.insurer = text(text_insurer).value_or("");
    shown.policy = text(text_policy).value_or("");
    shown.covers = insurance.covers;
    if (insurance.organization) {
        shown.organization_id = insurance.organization;
        shown.organization_name = desk.people.read_text(reading.db, insurance.organization.value,
                                                        organizations::text_name);
    }
    if (area) shown.area_name = area->name;
    shown.from = insurance.from_at;
    shown.until = last_instant(insurance.until_at);
    shown.people = insurance.people;
    shown.end_reason = text(text_end_reason);
    bool runs = !insurance.ended_at && insurance.until_at > reading.now;
    if (runs && reading.caller.may("insurance.add", {.area_path = insurance.area_path})) {
        if (insurance.covers == InsuranceCovers::named_people) {
            shown.actions.emplace_back("add_cover");
        }
        shown.actions.emplace_back("end_insurance");
    }
    return shown;
}

Result<Insurance> one(const Reading& reading, const InsuranceDesk& desk, InsuranceId id) {
    auto insurance = id ? reading.load<InsuranceFigure>(id) : std::nullopt;
    if (!insurance || !may_read(reading.caller, *insurance)) {
        return refuse(hezhi::refusals::not_found);
    }
    Insurance shown = show(reading, desk, *insurance);
    std::vector<PersonId> people;
    reading.db.each(queries::people_of, {{"insurance", id}, {"limit", people_shown_max}},
                    [&](const store::Row& row) { people.push_back(row.id<PersonId>("person")); });
    for (PersonId person : people) {
        shown.named.push_back({person, desk.people.masked_name(reading.db, person)});
    }
    return shown;
}

std::vector<InsuranceState> rows_of(const Reading& reading, const store::Query& query,
                                    store::Params params) {
    auto rows = reading.rows<InsuranceFigure>(query, params);
    return rows;
}

Result<InsuranceList> list_insurances(const Reading& reading, const InsuranceDesk& desk,
                                      const InsuranceQuery& query) {
    auto path = areas::list_path(reading, desk.tree, query.area, "insurance.read");
    if (!path) return std::unexpected(path.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    auto from = cursor->value_or(api::Cursor{0, 0});
    std::vector<store::Param> params{
        {"path", *path},
        {"path_end", areas::path_end(*path)},
        {"organization", query.organization ? query.organization->value : 0},
        {"over", query.past.value_or(false) ? Instant{} : reading.now},
        {"after_sort", from.sort},
        {"after_id", from.id},
        {"limit", limit + 1}};
    InsuranceList list;
    std::int64_t last_sort = 0;
    for (const auto& row : rows_of(reading, queries::running_out_first, params)) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({last_sort, list.items.back().id.value});
            break;
        }
        last_sort = row.until_at.ms;
        list.items.push_back(show(reading, desk, row));
    }
    return list;
}

// The end of the cover that every member of the team has now; none if there is none.
std::optional<Instant> team_until(const Reading& reading,
                                  const organizations::OrganizationState& team) {
    std::vector<Span> spans;
    // Without an organisation above it: nothing has the id 0.
    std::int64_t parent = team.parent ? team.parent.value : -1;
    for (const auto& row : rows_of(reading, queries::of_organization,
                                   std::vector<store::Param>{{"organization", team.id},
                                                             {"parent", parent},
                                                             {"now", reading.now},
                                                             {"limit", team_policies_max}})) {
        spans.push_back({row.from_at, row.until_at});
    }
    Instant until = covered_until(std::move(spans), reading.now);
    return until > reading.now ? std::optional(last_instant(until)) : std::nullopt;
}

Result<OwnCover> own_cover(const Reading& reading, const InsuranceDesk& desk) {
    PersonId person = reading.caller.person;
    OwnCover shown;
    Instant until = insured_until(reading.db, person, reading.now);
    if (until > reading.now) {
        shown.until = last_instant(until);
    } else if (until) {
        shown.ran_out = last_instant(until);
    }
    auto led =
        reading.rows<organizations::OrganizationFigure>(queries::teams_led, {{"person", person}});
    for (const auto& team : led) {
        shown.teams.push_back(
            {team.id,
             desk.people.read_text(reading.db, team.id.value, organizations::text_name)
                 .value_or(""),
             team_until(reading, team)});
    }
    return shown;
}

}  // namespace

api::Routes routes(const InsuranceDesk& desk) {
    using http::Method;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return one(r, desk, InsuranceId(id));
    };
    return {
        api::reads<InsuranceQuery, InsuranceList>(
            {Method::get, "/insurances", "list_insurances", "insurance.read"},
            [&desk](const Reading& r, const InsuranceQuery& q) {
                return list_insurances(r, desk, q);
            }),
        api::writes<AddInsurance, Insurance>(
            {Method::post, "/insurances", "add_insurance", "insurance.add"},
            [&desk](const Writing& w, const AddInsurance& input) {
                return add_insurance(w.turn, w.caller, desk, input);
            },
            render),
        api::reads<api::Nothing, OwnCover>(
            {Method::get, "/insurances/mine", "show_own_cover", "cover.read",
             api::Audience::everyone},
            [&desk](const Reading& r, const api::Nothing&) { return own_cover(r, desk); }),
        api::reads<api::Nothing, Insurance>(
            {Method::get, "/insurances/{id}", "show_insurance", "insurance.read"},
            [&desk](const Reading& r, const api::Nothing&) {
                return one(r, desk, InsuranceId(r.id()));
            }),
        api::writes<AddCover, Insurance>(
            {Method::post, "/insurances/{id}/people", "add_cover", "insurance.add"},
            [](const Writing& w, const AddCover& input) {
                return add_cover(w.turn, w.caller, InsuranceId(w.id()), input.person_id);
            },
            render),
        api::writes<EndInsurance, Insurance>(
            {Method::post, "/insurances/{id}/termination", "end_insurance", "insurance.add"},
            [&desk](const Writing& w, const EndInsurance& input) {
                return end_insurance(w.turn, w.caller, desk, InsuranceId(w.id()), input.reason);
            },
            render),
    };
}

}  // namespace hezhi::insurance
