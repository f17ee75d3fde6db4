// Activities (活动): dated events with shifts, beside orders; both make service records.
#pragma once

#include "domain/activities/activity_figure.h"
#include "domain/records/records.h"

namespace hezhi::activities {

namespace refusals {
inline constexpr RefusalRow activity_category_invalid{
    "activity_category_invalid", 422, "该服务事项不能作为志愿活动发布。",
    "This category cannot be published as an activity for volunteers."};
inline constexpr RefusalRow supervisor_missing{
    "supervisor_missing", 422, "该服务事项须由专业社工带领，请由社工发布。",
    "This category is led by a social worker; let one publish it."};
inline constexpr RefusalRow insurance_missing{"insurance_missing", 422,
                                              "该活动有一定风险，发布前须填写志愿者保险。",
                                              "This activity has risks; name the volunteers' "
                                              "insurance before publishing it."};
inline constexpr RefusalRow shifts_invalid{
    "shifts_invalid", 422, "班次有误：结束应晚于开始、开始不早于现在，名额不超过上限。",
    "A shift must end after it starts, start in the future, and have no more places than allowed."};
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
inline constexpr RefusalRow certification_too_low{
    "certification_too_low", 409, "该活动要求更高的专业认证，请联系社区参加培训。",
    "This activity needs a higher certification; ask your community about training."};
inline constexpr RefusalRow record_check_missing{
    "record_check_missing", 409, "密切接触未成年人的活动须先完成违法犯罪记录查询。",
    "Activities with minors need a record check first."};
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
    Text<1, 60> category;
    Text<1, 60> title;
    Text<1, 120> place;
    Text<1, 500> risk;
    std::optional<Text<0, 200>> insurance;
    std::vector<NewShift> shifts;
};
BOOST_DESCRIBE_STRUCT(PublishActivity, (),
                      (area_id, category, title, place, risk, insurance, shifts))

// What actions and pages need besides the turn. Const from any thread.
struct ActivityDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
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
    std::optional<std::string> refused_zh;
    std::optional<std::string> refused_en;
};
BOOST_DESCRIBE_STRUCT(Seat, (),
                      (person_id, name, phone_masked, state, moved_up, refused_zh, refused_en))

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
    std::optional<std::string> cancel_reason;
    std::int32_t age_years_min = 0;
    std::int32_t certification_min = 0;
    std::vector<Shift> shifts;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Activity, (),
                      (id, area_id, area_name, area_parents, state, over, category_zh, category_en,
                       risk_level, title, place, risk, safety_zh, safety_en, insurance, leader_name,
                       cancel_reason, age_years_min, certification_min, shifts, actions))

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
