// Activities (活动): dated events with shifts, beside orders; both make service records.
#pragma once

#include "crypto/suite.h"
#include "domain/activities/activity_figure.h"
#include "domain/grading/grading.h"
#include "domain/insurance/insurance.h"
#include "domain/organizations/organizations.h"
#include "domain/records/records.h"
#include "http/rate_limit.h"

namespace hezhi::activities {

namespace refusals {
inline constexpr RefusalRow activity_category_invalid{
    "activity_category_invalid", 422, "该服务事项不能作为志愿活动发布。",
    "This category cannot be published as an activity for volunteers."};
inline constexpr RefusalRow supervisor_missing{
    "supervisor_missing", 422, "该服务事项须由专业社工带领，请由社工发布。",
    "This category is led by a social worker; let one publish it."};
inline constexpr RefusalRow insurance_missing{
    "insurance_missing", 422, "该活动有一定风险，发布前须选择一份覆盖全部班次的志愿者保险。",
    "This activity has risks; choose an insurance that covers all its shifts before publishing "
    "it."};
inline constexpr RefusalRow shifts_invalid{
    "shifts_invalid", 422, "班次有误：结束应晚于开始、开始不早于现在，名额不超过上限。",
    "A shift must end after it starts, start in the future, and have no more places than allowed."};
inline constexpr RefusalRow activity_at_night{
    "activity_at_night", 422, "夜间不开展一般活动，请改到白天。",
    "Ordinary activities are not held at night; choose a time of the day."};
inline constexpr RefusalRow two_places_needed{
    "two_places_needed", 422, "此类活动须两人同行，每个班次至少两个名额。",
    "Two go together here: each shift takes two places at least."};
inline constexpr RefusalRow children_missing{
    "children_missing", 422, "面向未成年人的活动，请填写参加的儿童人数。",
    "Say how many children an activity for minors is for."};
inline constexpr RefusalRow adults_too_few{
    "adults_too_few", 422, "成年人不足：请按比例增加每个班次的名额，或减少儿童人数。",
    "Too few adults for so many children: more places in each shift, or fewer children."};
inline constexpr RefusalRow adults_missing{"adults_missing", 409,
                                           "在场成年人不足，请先为成年人签到。",
                                           "Too few adults are there; check the adults in first."};
inline constexpr RefusalRow activity_state_forbids{
    "activity_state_forbids", 409, "活动或班次当前不能进行此操作，页面已更新。",
    "The activity's or the shift's state does not allow this; the page shows it as it is."};
inline constexpr RefusalRow shift_full{"shift_full", 409, "名额和候补都已满，请选择其他班次。",
                                       "The shift and its waiting list are full; choose another."};
inline constexpr RefusalRow already_joined{"already_joined", 409, "您已报名该班次。",
                                           "You have signed up for this shift already."};
inline constexpr RefusalRow not_joined{"not_joined", 409, "没有该班次的有效报名。",
                                       "There is no place of this person in this shift."};
inline constexpr RefusalRow shift_conflict{
    "shift_conflict", 409, "与您已报名的班次或已接的订单时间冲突。",
    "This overlaps a shift or an order that you have taken."};
inline constexpr RefusalRow guardian_consent_missing{
    "guardian_consent_missing", 409, "未成年人参加须先有监护人同意；年龄未核实的请到社区登记证件。",
    "Minors need a guardian's consent first; if your age is not known, register a document at your "
    "community."};
inline constexpr RefusalRow age_below_minimum{"age_below_minimum", 409, "年龄未达到该活动的要求。",
                                              "This activity asks for a higher age."};
inline constexpr RefusalRow child_not_returned{
    "child_not_returned", 409, "还有未成年人没有返回，请先逐人标记“已返回”。",
    "A minor has not gone home yet; mark each of them as returned first."};
inline constexpr RefusalRow certification_too_low{
    "certification_too_low", 409, "该活动要求更高的专业认证，请联系社区参加培训。",
    "This activity needs a higher certification; ask your community about training."};
inline constexpr RefusalRow record_check_missing{
    "record_check_missing", 409, "参加该活动须先完成背景核查（如违法犯罪记录查询），请联系社区。",
    "Activities with minors need a record check first."};
inline constexpr RefusalRow place_code_wrong{
    "place_code_wrong", 422, "签到码不正确，请核对现场张贴的六位数字。",
    "The code is wrong; compare the six digits that are posted at the place."};
inline constexpr RefusalRow shift_not_over{"shift_not_over", 409, "班次结束后才能记录。",
                                           "A shift is recorded after it ended."};
inline constexpr RefusalRow record_time_over{
    "record_time_over", 409, "已超过 10 个工作日的记录期限，请逐人补录。",
    "The time for entering records is over; make a late entry for each person."};
}  // namespace refusals

// Texts of the register under the activity's id.
inline constexpr std::string_view text_title = "title";
inline constexpr std::string_view text_place = "place";
inline constexpr std::string_view text_risk = "risk";
// Written in words before there was a register of insurance.
inline constexpr std::string_view text_insurance = "insurance";
inline constexpr std::string_view text_cancel_reason = "cancel_reason";

struct NewShift {
    Instant starts_at;
    Instant ends_at;
    Bounded<1, 100000> capacity;
};
BOOST_DESCRIBE_STRUCT(NewShift, (), (starts_at, ends_at, capacity))

struct PublishActivity {
    AreaId area_id;
    std::optional<OrganizationId> organization_id;  // the team that holds it
    Text<1, 60> category;
    Text<1, 60> title;
    Text<1, 120> place;
    Text<1, 500> risk;
    std::optional<InsuranceId> insurance_id;
    std::vector<NewShift> shifts;
    std::optional<Bounded<1, 500>> children = {};  // of an activity for minors
};
BOOST_DESCRIBE_STRUCT(PublishActivity, (),
                      (area_id, organization_id, category, title, place, risk, insurance_id, shifts,
                       children))

// What actions and pages need besides the turn. Const from any thread.
struct ActivityDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
    const crypto::Suite& suite;
    std::string public_address;  // where the code at the place points to
    // How often a person may try a code; null where nobody guesses.
    http::RateLimiter* code_attempts = nullptr;
};

// --- actions; each returns the activity's id ---

// 发布活动
Result<std::int64_t> publish_activity(journal::Turn&, const api::Caller&, const ActivityDesk&,
                                      const PublishActivity& input);
// 取消活动: nobody is bound any more.
Result<std::int64_t> cancel_activity(journal::Turn&, const api::Caller&, const ActivityDesk&,
                                     ActivityId, std::string_view reason);
// 报名: a place, or one on the waiting list when the shift is full.
Result<std::int64_t> join_shift(journal::Turn&, const api::Caller&, ShiftId);
// 退出报名: no reason is asked; the first who waits and is free moves up in the same turn.
Result<std::int64_t> leave_shift(journal::Turn&, const api::Caller&, ShiftId);
// 名单签到: the leader's tick, or that it is taken back; on the shift's day or later.
Result<std::int64_t> check_in_shift(journal::Turn&, const api::Caller&, ShiftId, PersonId,
                                    bool present);
// 到场签到: by the volunteer, with the code posted at the place; on the shift's day until its end.
Result<std::int64_t> arrive_at_shift(journal::Turn&, const api::Caller&, const ActivityDesk&,
                                     ShiftId, std::string_view code);
// 已返回: the leader saw somebody who was there go home.
Result<std::int64_t> note_return(journal::Turn&, const api::Caller&, ShiftId, PersonId);
// Ends the places that somebody has and has not begun to use, all of them or one shift's: a
// guardian's word. Who waits moves up. Returns how many ended.
std::int64_t end_seats(journal::Turn&, const Actor&, PersonId, std::optional<ShiftId> only = {});
// 一键记录: everybody who was present gets their record in this turn, once a shift.
Result<std::int64_t> record_shift(journal::Turn&, const api::Caller&, ShiftId);

// --- pages ---

// A person on the leader's list.
struct Seat {
    PersonId person_id;
    std::string name;  // masked
    std::optional<std::string> phone_masked;
    SeatStep state = SeatStep::joined;
    bool moved_up = false;
    bool minor = false;
    std::optional<bool> photos;  // of a minor: what the guardian decided
    std::optional<Instant> returned_at;
    std::optional<std::string> refused_zh;
    std::optional<std::string> refused_en;
};
BOOST_DESCRIBE_STRUCT(Seat, (),
                      (person_id, name, phone_masked, state, moved_up, minor, photos, returned_at,
                       refused_zh, refused_en))

struct Shift {
    ShiftId id;
    Instant starts_at;
    Instant ends_at;
    std::int32_t capacity = 0;
    std::int32_t joined = 0;
    std::int32_t waiting = 0;
    std::int32_t present = 0;
    std::int32_t recorded = 0;
    bool closed = false;
    std::optional<SeatStep> mine;
    std::optional<std::int32_t> queue_place;  // of one who waits, from 1
    bool moved_up = false;
    std::vector<Seat> seats;  // for who runs it
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Shift, (),
                      (id, starts_at, ends_at, capacity, joined, waiting, present, recorded, closed,
                       mine, queue_place, moved_up, seats, actions))

struct Activity {
    ActivityId id;
    AreaId area_id;
    std::string area_name;
    std::string area_parents;
    ActivityStep state = ActivityStep::published;
    bool over = false;
    std::string category_zh;
    std::string category_en;
    std::optional<std::string> risk_level;
    std::string title;
    std::string place;
    std::string risk;
    std::string safety_zh;
    std::string safety_en;
    std::optional<std::string> insurance;
    std::optional<std::string> leader_name;
    std::optional<std::string> team_name;
    std::optional<std::string> cancel_reason;
    std::int32_t age_years_min = 0;
    std::int32_t certification_min = 0;
    std::optional<std::int32_t> children;
    std::optional<std::int32_t> adults_needed;  // for these children, in each shift
    std::vector<Shift> shifts;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Activity, (),
                      (id, area_id, area_name, area_parents, state, over, category_zh, category_en,
                       risk_level, title, place, risk, safety_zh, safety_en, insurance, leader_name,
                       team_name, cancel_reason, age_years_min, certification_min, children,
                       adults_needed, shifts, actions))

// A policy of the team that still holds.
struct LedInsurance {
    InsuranceId id;
    std::string words;
    Instant until;
};
BOOST_DESCRIBE_STRUCT(LedInsurance, (), (id, words, until))

// What whoever leads teams has to see to.
struct LedTeam {
    OrganizationId id;
    std::string name;
    AreaId area_id;
    std::string area_name;
    std::int64_t members = 0;
    std::int64_t places_unfilled = 0;        // of shifts to come
    std::int64_t records_due = 0;            // shifts that are over and not recorded
    std::int64_t records_past_reminder = 0;  // of these, past the pack's remind_after
    std::vector<LedInsurance> insurances;
};
BOOST_DESCRIBE_STRUCT(LedTeam, (),
                      (id, name, area_id, area_name, members, places_unfilled, records_due,
                       records_past_reminder, insurances))

struct LedShift {
    ActivityId activity_id;
    ShiftId shift_id;
    OrganizationId organization_id;
    std::string title;
    std::string place;
    Instant starts_at;
    Instant ends_at;
    std::int32_t capacity = 0;
    std::int32_t joined = 0;
    std::int32_t waiting = 0;
    std::int32_t present = 0;
    bool over = false;
    Instant record_until;
    bool past_reminder = false;
};
BOOST_DESCRIBE_STRUCT(LedShift, (),
                      (activity_id, shift_id, organization_id, title, place, starts_at, ends_at,
                       capacity, joined, waiting, present, over, record_until, past_reminder))

struct LedTeams {
    std::vector<LedTeam> teams;
    std::vector<LedShift> shifts;  // to come or to be recorded, by their beginning
};
BOOST_DESCRIBE_STRUCT(LedTeams, (), (teams, shifts))

LedTeams led_teams_page(const api::Reading&, const ActivityDesk&);

// What hangs at the place of an activity.
struct PlaceCode {
    std::string title;
    std::string place;
    std::string link;  // at the public address: "https://…/m/#/activities/…"
    std::string code;
    std::string qr_svg;
};
BOOST_DESCRIBE_STRUCT(PlaceCode, (), (title, place, link, code, qr_svg))

Result<PlaceCode> place_code_page(const api::Reading&, const ActivityDesk&, ActivityId);
// The six digits at the place (签到码), typed by whoever arrives.
std::string place_code(const crypto::Suite&, ActivityId);

struct ActivityList {
    std::vector<Activity> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ActivityList, (), (items, next_cursor))

// The activity, if the caller may read it; with the list of people for who runs it.
Result<Activity> activity_page(const api::Reading&, const ActivityDesk&, ActivityId);

api::Routes routes(const ActivityDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::activities
