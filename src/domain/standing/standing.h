// What may be noted of a person's standing, and the page that shows it.
#pragma once

#include "api/action.h"
#include "api/route.h"
#include "domain/standing/standing_figure.h"

namespace hezhi::standing {

namespace refusals {
inline constexpr RefusalRow check_day_invalid{
    "check_day_invalid", 422, "查询日期有误：不得晚于今天，且查询结果仍在有效期内。",
    "The day of the query lies in the future, or the query no longer holds."};
inline constexpr RefusalRow check_unknown{"check_unknown", 422, "请选择背景核查的种类。",
                                          "Choose a kind of check of the rule pack."};
inline constexpr RefusalRow check_noted_by_others{
    "check_noted_by_others", 409, "此项核查由规则包指定的其他岗位登记。",
    "The rule pack has this check noted by another role."};
inline constexpr RefusalRow own_record_check{"own_record_check", 409,
                                             "本人的背景核查须由他人登记。",
                                             "Somebody else notes one's own background check."};
}  // namespace refusals

// 登记背景核查. Only that it was answered, never what it said.
struct NoteRecordCheck {
    Instant checked_at;
    std::optional<Text<1, 40>> check;  // a BackgroundCheck of the pack; the crime-record query
};
BOOST_DESCRIBE_STRUCT(NoteRecordCheck, (), (checked_at, check))

// Holds for the pack's days from `checked_at`, or without an end. Returns the person's id.
Result<std::int64_t> note_record_check(journal::Turn&, const api::Caller&, PersonId,
                                       const NoteRecordCheck& input);

api::Routes routes();
api::ActionRows actions();

}  // namespace hezhi::standing
