// Service records (服务记录): whose time served whom, in minutes, as 民政部令第67号 wants it kept.
#pragma once

#include "api/action.h"
#include "api/paging.h"
#include "api/route.h"
#include "domain/areas/areas.h"
#include "domain/grading/grade_figure.h"
#include "domain/people/people.h"
#include "domain/records/record_figure.h"

namespace hezhi::records {

namespace refusals {
inline constexpr RefusalRow category_not_there{"record_category_unknown", 422, "没有这个服务事项。",
                                               "There is no such service category."};
inline constexpr RefusalRow not_a_volunteer{"record_not_a_volunteer", 422,
                                            "此人没有登记为志愿者，请先登记。",
                                            "This person is not registered as a volunteer; "
                                            "register them first."};
inline constexpr RefusalRow record_time_invalid{
    "record_time_invalid", 422, "服务时间有误：结束应晚于开始、不晚于现在，且不超过单次上限。",
    "The service must end after it starts, not lie in the future, and be no longer than one record "
    "may be."};
inline constexpr RefusalRow record_overlaps{
    "record_overlaps", 409, "与该志愿者已有的服务记录时间重叠，同一时间不能重复记录。",
    "This overlaps another record of the same volunteer; no time is recorded twice."};
inline constexpr RefusalRow duty_time{"duty_time", 422, "值班、本职工作时间不记为志愿服务。",
                                      "Duty time is not volunteer service."};
inline constexpr RefusalRow paid_service{"paid_service", 422, "领取报酬的服务不记为志愿服务。",
                                         "Paid service is not volunteer service."};
inline constexpr RefusalRow released_time{"released_time", 422,
                                          "按本区规则，单位准假的时间不记为志愿服务。",
                                          "By this district's rules released time is not "
                                          "recorded."};
inline constexpr RefusalRow late_reason_missing{
    "late_reason_missing", 422, "已超过 10 个工作日的记录期限，补录须说明理由，并由第二人确认。",
    "The time for entering records is over; a late entry needs a reason and a second person."};
inline constexpr RefusalRow record_state_forbids{
    "record_state_forbids", 409, "该记录当前不能进行此操作，页面已更新。",
    "The record's state does not allow this; the page shows it as it is."};
inline constexpr RefusalRow second_person_needed{
    "second_person_needed", 409, "须由另一人确认：不能确认自己录入的，也不能确认自己的服务记录。",
    "Another person must decide: neither who entered it nor whose service it is."};
inline constexpr RefusalRow own_record{"own_record", 409, "不能录入或更正自己的服务记录。",
                                       "Nobody enters or corrects their own record."};
}  // namespace refusals

// Texts of the register: what was done (under the record's id); why it was entered late, corrected,
// rejected or objected to (under the position of that fact).
inline constexpr std::string_view text_content = "content";
inline constexpr std::string_view text_reason = "reason";

// What actions and pages on records need besides the turn. Const from any thread.
struct RecordDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
};

struct EnterRecord {
    PersonId person_id;
    Text<1, 60> category;
    Instant starts_at;
    Instant ends_at;
    TimeWas time_was = TimeWas::free_time;
    bool unpaid = false;  // declared: nothing was paid for it beyond necessary costs
    std::optional<Text<0, 300>> content;
    std::optional<Text<0, 200>> late_reason;
};
BOOST_DESCRIBE_STRUCT(EnterRecord, (),
                      (person_id, category, starts_at, ends_at, time_was, unpaid, content,
                       late_reason))

// An end that is the start says that nothing was served.
struct CorrectRecord {
    Instant starts_at;
    Instant ends_at;
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(CorrectRecord, (), (starts_at, ends_at, reason))

// --- actions; each returns the record's id ---

// 录入服务记录; after the limit it is a late entry (补录), which needs a reason and then waits.
Result<std::int64_t> enter_record(journal::Turn&, const api::Caller&, const RecordDesk&,
                                  const EnterRecord& input);
// 更正服务记录: at once until the record is locked, with a second person's word after that.
Result<std::int64_t> correct_record(journal::Turn&, const api::Caller&, const RecordDesk&, RecordId,
                                    const CorrectRecord& input);
// 确认补录 or a correction that waits.
Result<std::int64_t> confirm_record(journal::Turn&, const api::Caller&, RecordId);
// 不予补录, or the correction or objection is not followed; with a reason.
Result<std::int64_t> reject_record(journal::Turn&, const api::Caller&, const RecordDesk&, RecordId,
                                   std::string_view reason);
// 申请更正 by the person whose record it is.
Result<std::int64_t> dispute_record(journal::Turn&, const api::Caller&, const RecordDesk&, RecordId,
                                    std::string_view reason);

// --- for the folders above ---

// Corrects a record to no minutes, because it was proven false. Whoever calls it has asked for the
// permission and for a second person. Returns the record's id.
Result<std::int64_t> reverse_record(journal::Turn&, const Actor&, const RecordDesk&, RecordId,
                                    std::string_view reason);

// Whether a record of this time would overlap another of the same person; `except` is not asked.
bool overlaps_record(store::Session&, PersonId, Instant from, Instant to, RecordId except = {});
// Whole minutes that were served; a minute that was begun is not counted.
std::int32_t whole_minutes(Instant from, Instant to);
// How long a service of this category is planned to be; 0 if the pack has no such category.
std::int32_t planned_minutes(const rules::Pack& pack, std::string_view category);
// How a record stands to a caller, who may be the one that served.
api::Access access_of(const RecordState& record, const api::Caller& caller);

// --- pages ---

struct RecordVersion {
    RecordVersionId id;
    Instant at;
    std::optional<std::string> by;  // masked name
    Instant starts_at;
    Instant ends_at;
    std::int32_t minutes = 0;
    bool waits = false;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(RecordVersion, (), (id, at, by, starts_at, ends_at, minutes, waits, reason))

// The correction by which a record says what it says now; for whoever served.
struct RecordCorrection {
    Instant at;                 // since when it holds
    bool proven_false = false;  // by a call-back; otherwise somebody corrected it
    std::optional<std::string> reason;
    Instant starts_at;  // as it was before
    Instant ends_at;
    std::int32_t minutes = 0;
    // What was proposed because it was false, and until when that may be appealed now.
    std::optional<GradeProposalId> proposal_id;
    std::optional<grading::GradeProposalStep> proposal_state;
    std::optional<Instant> appeal_until;
};
BOOST_DESCRIBE_STRUCT(RecordCorrection, (),
                      (at, proven_false, reason, starts_at, ends_at, minutes, proposal_id,
                       proposal_state, appeal_until))

struct ServiceRecord {
    RecordId id;
    PersonId person_id;
    std::string person_name;  // masked, but for one's own
    AreaId area_id;
    std::string area_name;
    std::string area_parents;
    RecordStep state = RecordStep::entered;
    bool locked = false;  // as of now
    std::string category_zh;
    std::string category_en;
    Instant starts_at;
    Instant ends_at;
    std::int32_t minutes = 0;
    std::optional<OrderId> order_id;
    std::optional<ActivityId> activity_id;
    std::optional<std::string> organiser_name;  // who is in charge
    TimeWas time_was = TimeWas::free_time;
    bool late = false;
    bool confirmed = false;  // by whom it was done for, or by who organised it
    Instant entered_at;
    Instant lock_at;
    std::optional<std::int32_t> proposed_minutes;
    std::optional<Instant> proposed_starts_at;
    std::optional<Instant> proposed_ends_at;
    std::int32_t corrections = 0;
    std::optional<RecordCorrection> correction;  // of one's own
    std::optional<std::string> content;
    std::vector<RecordVersion> versions;  // on the record's own page only
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(ServiceRecord, (),
                      (id, person_id, person_name, area_id, area_name, area_parents, state, locked,
                       category_zh, category_en, starts_at, ends_at, minutes, order_id, activity_id,
                       organiser_name, time_was, late, confirmed, entered_at, lock_at,
                       proposed_minutes, proposed_starts_at, proposed_ends_at, corrections,
                       correction, content, versions, actions))

// `minutes_total` and `records_total` are of the whole list, not of the page.
struct RecordList {
    std::vector<ServiceRecord> items;
    std::int64_t minutes_total = 0;
    std::int64_t records_total = 0;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(RecordList, (), (items, minutes_total, records_total, next_cursor))

// The minutes that count for a person: the one number shown to her anywhere.
std::int64_t minutes_of(store::Session&, PersonId);
// The record, if `caller` may read it.
Result<ServiceRecord> record_page(const api::Reading&, const RecordDesk&, RecordId);

// The minutes recorded in an area and below, and of these those that somebody else confirmed: the
// requester, or who organised it. Counted by the same conditions as the list (queries.sql).
struct ServiceMinutes {
    std::int64_t minutes_confirmed = 0;
    std::int64_t minutes_all = 0;
    std::int64_t records_all = 0;
    std::int64_t records_late = 0;         // entered after the limit
    std::int64_t records_not_counted = 0;  // among all, and without minutes: their state says why
};
BOOST_DESCRIBE_STRUCT(ServiceMinutes, (),
                      (minutes_confirmed, minutes_all, records_all, records_late,
                       records_not_counted))
ServiceMinutes service_minutes(store::Session&, std::string_view area_path,
                               const api::DaySpan& days);

api::Routes routes(const RecordDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::records
