// 发布活动, 取消活动
#include <algorithm>

#include "domain/activities/load_activity.h"

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

bool is_social_worker(const api::Caller& caller) {
    return std::ranges::any_of(caller.roles,
                               [](const auto& role) { return role.role == "social_worker"; });
}

}  // namespace

Result<std::int64_t> publish_activity(journal::Turn& turn, const api::Caller& caller,
                                      const ActivityDesk& desk, const PublishActivity& input) {
    auto place = areas::open_place(turn, input.area_id);
    if (!place) return std::unexpected(place.error());
    if (!caller.may("activity.publish", {.area_path = place->path})) {
        return refuse(hezhi::refusals::not_found);
    }
    const rules::PublishedPack* published = turn.pack();
    const rules::Pack& pack = *published->pack;
    const rules::Category* category = pack.category(input.category);
    FieldError of_catalogue{"/category", "目录中由志愿者承接的事项", "a category for volunteers"};
    if (!category || category->duty_boundary == DutyBoundary::professional_only) {
        return refuse(refusals::activity_category_invalid, of_catalogue);
    }
    bool supervised = category->duty_boundary == DutyBoundary::volunteer_supervised;
    if (supervised && !is_social_worker(caller)) return refuse(refusals::supervisor_missing);
    bool insured = input.insurance && !input.insurance->value.empty();
    bool needs_insurance =
        category->insurance || category->risk_level >= pack.activities.insurance_from;
    if (needs_insurance && !insured) {
        return refuse(refusals::insurance_missing,
                      {"/insurance", "承保单位和保单号", "the insurer and the policy"});
    }
    auto ends_at = last_end(input.shifts, pack.activities, turn.now(), pack.records.minutes_max);
    if (!ends_at) return std::unexpected(ends_at.error());

    ActivityPublished fact;
    fact.category = category->key;
    fact.leader = caller.account;
    fact.age_years_min = std::max(category->age_years_min, pack.dispatch.adult_from_years);
    fact.certification_min = category->certification_min;
    fact.ends_at = *ends_at;
    fact.pack = published->hash;
    Actor actor = caller.actor("activity.publish");
    ActivityId id(turn.append(draft(fact, actor, *place, {{"activity", self}}, turn.now())));
    desk.people.write_text(turn.db(), id.value, text_title, input.title);
    desk.people.write_text(turn.db(), id.value, text_place, input.place);
    desk.people.write_text(turn.db(), id.value, text_risk, input.risk);
    if (insured) desk.people.write_text(turn.db(), id.value, text_insurance, *input.insurance);
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
