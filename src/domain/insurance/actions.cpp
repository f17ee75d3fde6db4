// 登记保险, 增加被保险人, 终止保险, and the warning before it runs out.
#include <algorithm>

#include "domain/insurance/insurance.h"
#include "domain/insurance/queries.h"

namespace hezhi::insurance {
namespace {

// Where a policy is kept: at its organisation, or in an area of the caller's.
struct Keeping {
    Place place;
    Subjects subjects{{"insurance", self}};
};

Result<Keeping> keeping_of(journal::Turn& turn, const api::Caller& caller,
                           const AddInsurance& input) {
    Keeping keeping;
    if (input.covers == InsuranceCovers::members) {
        FieldError which{"/organization_id", "志愿服务组织或队伍", "an organisation or a team"};
        if (!input.organization_id) return refuse(refusals::covers_whom, which);
        const auto* team = turn.load<organizations::OrganizationFigure>(*input.organization_id);
        if (!team || !caller.may("insurance.add", {.area_path = team->area_path})) {
            return refuse(hezhi::refusals::not_found);
        }
        keeping.place = {team->area, team->area_path};
        keeping.subjects["organization"] = team->id.value;
        return keeping;
    }
    FieldError where{"/area_id", "您所在区域内的社区或街镇", "an area that you serve"};
    if (!input.area_id) return refuse(refusals::covers_whom, where);
    auto place = areas::open_place(turn, *input.area_id);
    if (!place) return std::unexpected(place.error());
    if (!caller.may("insurance.add", {.area_path = place->path})) {
        return refuse(areas::refusals::area_unknown, where);
    }
    keeping.place = std::move(*place);
    return keeping;
}

Result<InsuranceState> load_running(journal::Turn& turn, const api::Caller& caller,
                                    InsuranceId id) {
    const auto* insurance = id ? turn.load<InsuranceFigure>(id) : nullptr;
    if (!insurance || !may_read(caller, *insurance)) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may("insurance.add", {.area_path = insurance->area_path})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    if (insurance->ended_at || insurance->until_at <= turn.now()) {
        return refuse(refusals::insurance_over);
    }
    return *insurance;
}

Place place_of(const InsuranceState& insurance) {
    return {insurance.area, insurance.area_path};
}

}  // namespace

Result<std::int64_t> add_insurance(journal::Turn& turn, const api::Caller& caller,
                                   const InsuranceDesk& desk, const AddInsurance& input) {
    auto keeping = keeping_of(turn, caller, input);
    if (!keeping) return std::unexpected(keeping.error());
    const rules::PublishedPack* pack = turn.pack();
    const rules::InsuranceRules& rules = pack->pack->insurance;
    Day first = day_of(input.from), last = day_of(input.until);
    InsuranceAdded added;
    added.covers = input.covers;
    added.from = start_of(first);
    added.until = start_of(last + 1);
    if (last < first || added.until <= turn.now() || last - first >= rules.lasts_days_max) {
        std::string n = std::to_string(rules.lasts_days_max);
        return refuse(refusals::insurance_days_invalid,
                      {"/until", "不早于起期和今天，最长 " + n + " 天",
                       "not before the first day or today, " + n + " days at most"});
    }
    added.warn_at = std::max(turn.now(), added.until - std::chrono::days(rules.warn_days_before));
    added.pack = pack->hash;
    std::int64_t id = turn.next_position();
    desk.people.write_text(turn.db(), id, text_insurer, input.insurer);
    desk.people.write_text(turn.db(), id, text_policy, input.policy);
    return turn.append(
        draft(added, caller.actor("insurance.add"), keeping->place, keeping->subjects, turn.now()));
}

Result<std::int64_t> add_cover(journal::Turn& turn, const api::Caller& caller, InsuranceId id,
                               PersonId person) {
    auto insurance = load_running(turn, caller, id);
    if (!insurance) return std::unexpected(insurance.error());
    if (insurance->covers != InsuranceCovers::named_people) return refuse(refusals::names_nobody);
    auto known = people::load_person(turn, caller, person, "person.read");
    if (!known) return std::unexpected(known.error());
    if ((*known)->erased) return refuse(people::refusals::person_erased);
    if (turn.load<CoverFigure>(cover_key(id, person))) return refuse(refusals::covered_already);
    turn.append(draft(CoverAdded{}, caller.actor("insurance.add"), place_of(*insurance),
                      {{"insurance", id.value}, {"person", person.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> end_insurance(journal::Turn& turn, const api::Caller& caller,
                                   const InsuranceDesk& desk, InsuranceId id,
                                   std::string_view reason) {
    auto insurance = load_running(turn, caller, id);
    if (!insurance) return std::unexpected(insurance.error());
    desk.people.write_text(turn.db(), id.value, text_end_reason, reason);
    turn.append(draft(InsuranceEnded{}, caller.actor("insurance.add"), place_of(*insurance),
                      {{"insurance", id.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> warn_insurance(journal::Turn& turn, InsuranceId id, Instant due_at) {
    const auto* insurance = turn.load<InsuranceFigure>(id);
    bool due = insurance && !insurance->ended_at && !insurance->warned_at &&
               insurance->warn_at <= turn.now();
    if (!due) return refuse(refusals::insurance_over);
    Subjects subjects{{"insurance", id.value}};
    if (insurance->organization) subjects["organization"] = insurance->organization.value;
    turn.append(draft(InsuranceWarned{due_at}, {}, place_of(*insurance), subjects, turn.now()));
    return id.value;
}

std::vector<jobs::Timer> timers() {
    return {
        {"warn_insurance",
         [](store::Session& db, Instant now, std::int64_t limit) {
             std::vector<jobs::Due> due;
             db.each(queries::due_warnings, {{"now", now}, {"limit", limit}},
                     [&](const store::Row& row) {
                         due.push_back({row.integer("id"), 0, row.instant("warn_at")});
                     });
             return due;
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return warn_insurance(turn, InsuranceId(due.id), due.due_at);
         }},
    };
}

api::ActionRows actions() {
    return {
        {"add_insurance", "insurance.add", "insurance.added", "POST /insurances", "登记保险",
         "enter an insurance", "登记了保险", "an insurance was entered"},
        {"add_cover", "insurance.add", "cover.added", "POST /insurances/{id}/people",
         "增加被保险人", "add a person to the policy", "增加了被保险人",
         "a person was added to the policy"},
        {"end_insurance", "insurance.add", "insurance.ended", "POST /insurances/{id}/termination",
         "终止保险", "end the insurance", "保险终止", "the insurance was ended"},
        {"warn_insurance", "", "insurance.warned", "", "保险到期提醒",
         "warn that an insurance runs out", "保险即将到期", "the insurance runs out soon"},
    };
}

api::StateRows states() {
    return {
        {"insurance", "coming", "未生效", "not yet begun"},
        {"insurance", "running", "有效", "in force"},
        {"insurance", "expiring", "即将到期", "runs out soon"},
        {"insurance", "over", "已到期", "run out"},
        {"insurance", "ended", "已终止", "ended"},
    };
}

}  // namespace hezhi::insurance
