// 发布活动, 取消活动
#include <algorithm>

#include "domain/activities/load_activity.h"
#include "rules/working_calendar.h"

namespace hezhi::activities {
namespace {

std::unexpected<Refusal> wrong_shift(std::size_t index, std::string_view field, std::string zh,
                                     std::string en) {
    return refuse(refusals::shifts_invalid,
                  {"/shifts/" + std::to_string(index) + "/" + std::string(field), std::move(zh),
                   std::move(en)});
}

// Shifts of one activity may run beside each other (two rooms); one person joins only one of them.
Result<Instant> last_end(const std::vector<NewShift>& shifts, const rules::ActivityRules& rules,
                         Instant now, std::int32_t minutes_max) {
    if (shifts.empty() || std::ssize(shifts) > rules.shifts_max) {
        std::string n = std::to_string(rules.shifts_max);
        return refuse(refusals::shifts_invalid,
                      {"/shifts", "1–" + n + " 个班次", "1–" + n + " shifts"});
    }
    Instant last;
    for (std::size_t i = 0; i < shifts.size(); ++i) {
        const NewShift& shift = shifts[i];
        if (shift.starts_at <= now) return wrong_shift(i, "starts_at", "晚于现在", "in the future");
        auto minutes = records::whole_minutes(shift.starts_at, shift.ends_at);
        if (minutes < 1 || minutes > minutes_max) {
            std::string n = std::to_string(minutes_max);
            return wrong_shift(i, "ends_at", "晚于开始，不超过 " + n + " 分钟",
                               "after the start, no more than " + n + " minutes");
        }
        if (shift.capacity.value > rules.capacity_max) {
            std::string n = std::to_string(rules.capacity_max);
            return wrong_shift(i, "capacity", "1–" + n + " 人", "1–" + n + " people");
        }
        last = std::max(last, shift.ends_at);
    }
    return last;
}

// What the hours of the night and the company at work ask of every shift.
std::optional<Refusal> wrong_company(const PublishActivity& input, const rules::Category& category,
                                     const rules::Pack& pack) {
    const rules::NightRules& night = pack.dispatch.night;
    const rules::TwoPeopleRules& two = pack.dispatch.two_people;
    bool urgent =
        std::ranges::find(night.only_classes, category.default_class) != night.only_classes.end();
    bool together = category.at_home || category.personal_care ||
                    (category.risk_level >= two.risk_from && !category.alone_because);
    std::int32_t children = input.children ? static_cast<std::int32_t>(input.children->value) : 0;
    if (category.minor_contact && children == 0) {
        return Refusal(refusals::children_missing,
                       {{"/children", "参加的儿童人数", "how many children"}});
    }
    for (std::size_t i = 0; i < input.shifts.size(); ++i) {
        const NewShift& shift = input.shifts[i];
        std::string at = "/shifts/" + std::to_string(i);
        if (!urgent && rules::touches(night.hours, shift.starts_at, shift.ends_at)) {
            return Refusal(refusals::activity_at_night,
                           {{at + "/starts_at", "白天的时间", "a time of the day"}});
        }
        bool late = rules::touches(two.night, shift.starts_at, shift.ends_at);
        if ((together || late) && shift.capacity.value < 2) {
            return Refusal(refusals::two_places_needed,
                           {{at + "/capacity", "至少 2 人", "two at least"}});
        }
        std::int32_t adults = adults_for(pack, children);
        if (shift.capacity.value < adults) {
            std::string n = std::to_string(adults);
            return Refusal(refusals::adults_too_few,
                           {{at + "/capacity", "至少 " + n + " 人", n + " at least"}});
        }
    }
    return std::nullopt;
}

bool is_social_worker(const api::Caller& caller) {
    return std::ranges::any_of(caller.roles,
                               [](const auto& role) { return role.role == "social_worker"; });
}

// The team, if the caller may see it and it serves where the activity is.
Result<organizations::OrganizationState> team_for(journal::Turn& turn, const api::Caller& caller,
                                                  OrganizationId id, const Place& place) {
    const auto* team = turn.load<organizations::OrganizationFigure>(id);
    if (!team || !caller.may("organization.read", organizations::access_of(*team, caller))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!place.path.starts_with(team->area_path)) {
        return refuse(areas::refusals::area_unknown,
                      {"/area_id", "队伍所在区域", "an area where the team serves"});
    }
    return *team;
}

// Proof before the start: the policy that is named must hold from the first shift to the last.
std::optional<Refusal> not_covered(journal::Turn& turn, const api::Caller& caller,
                                   const Place& place, const PublishActivity& input,
                                   Instant ends_at, bool needed) {
    FieldError which{"/insurance_id", "覆盖全部班次的保单", "a policy that covers all shifts"};
    if (!input.insurance_id) {
        return needed ? std::optional(Refusal(refusals::insurance_missing, {which})) : std::nullopt;
    }
    const auto* policy = turn.load<insurance::InsuranceFigure>(*input.insurance_id);
    // One that is kept for the place or for an area above it.
    bool known = policy && (place.path.starts_with(policy->area_path) ||
                            insurance::may_read(caller, *policy));
    if (!known) {
        return Refusal(refusals::insurance_missing, {which});
    }
    Instant first = ends_at;
    for (const NewShift& shift : input.shifts) first = std::min(first, shift.starts_at);
    bool holds = policy->from_at <= first && policy->until_at >= ends_at;
    return holds ? std::nullopt : std::optional(Refusal(refusals::insurance_missing, {which}));
}

}  // namespace

bool needs_insurance(const rules::Category& category, const rules::Pack& pack) {
    return category.insurance || category.risk_level >= pack.activities.insurance_from;
}

Result<std::int64_t> publish_activity(journal::Turn& turn, const api::Caller& caller,
                                      const ActivityDesk& desk, const PublishActivity& input) {
    auto place = areas::open_place(turn, input.area_id);
    if (!place) return std::unexpected(place.error());
    api::Access access{.area_path = place->path};
    bool professional = is_social_worker(caller);
    OrganizationId team_id = input.organization_id.value_or(OrganizationId());
    if (team_id) {
        auto team = team_for(turn, caller, team_id, *place);
        if (!team) return std::unexpected(team.error());
        if (organizations::leads(*team, caller.person)) access.leader = caller.account;
        // A joint team's lead from social work is a registered social worker.
        professional = professional || team->social_work_lead == caller.person;
    }
    if (!caller.may("activity.publish", access)) return refuse(hezhi::refusals::not_found);
    if (team_id && grading::team_is_paused(turn, team_id)) {
        return refuse(grading::refusals::team_paused);
    }
    const rules::PublishedPack* published = turn.pack();
    const rules::Pack& pack = *published->pack;
    const rules::Category* category = pack.category(input.category);
    FieldError of_catalogue{"/category", "目录中由志愿者承接的事项", "a category for volunteers"};
    if (!category || category->duty_boundary == DutyBoundary::professional_only) {
        return refuse(refusals::activity_category_invalid, of_catalogue);
    }
    if (auto refused = grading::team_forbids(turn, team_id, category->risk_level)) {
        return std::unexpected(*refused);
    }
    bool supervised = category->duty_boundary == DutyBoundary::volunteer_supervised;
    if (supervised && !professional) return refuse(refusals::supervisor_missing);
    if (!professional && grading::team_is_paired(turn, team_id)) {
        return refuse(grading::refusals::team_unaccompanied);
    }
    auto ends_at = last_end(input.shifts, pack.activities, turn.now(), pack.records.minutes_max);
    if (!ends_at) return std::unexpected(ends_at.error());
    if (auto refused = wrong_company(input, *category, pack)) return std::unexpected(*refused);
    if (auto refused =
            not_covered(turn, caller, *place, input, *ends_at, needs_insurance(*category, pack))) {
        return std::unexpected(std::move(*refused));
    }

    ActivityPublished fact;
    fact.category = category->key;
    fact.leader = caller.account;
    // Minors come where the category lets them come with an adult: whoever leads is one.
    fact.age_years_min = category->minors_with_adult
                             ? category->age_years_min
                             : std::max(category->age_years_min, pack.dispatch.adult_from_years);
    fact.certification_min = category->certification_min;
    fact.ends_at = *ends_at;
    fact.pack = published->hash;
    if (category->minor_contact) {
        fact.children = static_cast<std::int32_t>(input.children->value);
    }
    Actor actor = caller.actor("activity.publish");
    Subjects about{{"activity", self}};
    if (team_id) about["organization"] = team_id.value;
    if (input.insurance_id) about["insurance"] = input.insurance_id->value;
    ActivityId id(turn.append(draft(fact, actor, *place, std::move(about), turn.now())));
    desk.people.write_text(turn.db(), id.value, text_title, input.title);
    desk.people.write_text(turn.db(), id.value, text_place, input.place);
    desk.people.write_text(turn.db(), id.value, text_risk, input.risk);
    for (const NewShift& shift : input.shifts) {
        turn.append(draft(ShiftAdded{shift.starts_at, shift.ends_at,
                                     static_cast<std::int32_t>(shift.capacity.value)},
                          actor, *place, {{"activity", id.value}, {"shift", self}}, turn.now()));
    }
    return id.value;
}

Result<std::int64_t> cancel_activity(journal::Turn& turn, const api::Caller& caller,
                                     const ActivityDesk& desk, ActivityId id,
                                     std::string_view reason) {
    auto activity = load_activity(turn, caller, id, "activity.cancel");
    if (!activity) return std::unexpected(activity.error());
    if (activity->state != ActivityStep::published || activity->ends_at <= turn.now()) {
        return refuse(refusals::activity_state_forbids);
    }
    desk.people.write_text(turn.db(), id.value, text_cancel_reason, reason);
    turn.append(draft(ActivityCancelled{}, caller.actor("activity.cancel"), place_of(*activity),
                      {{"activity", id.value}}, turn.now()));
    return id.value;
}

}  // namespace hezhi::activities
