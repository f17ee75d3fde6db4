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
}  // namespace refusals

// 已查询违法犯罪记录. Only that it was answered, never what it said.
struct NoteRecordCheck {
    Instant checked_at;
};
BOOST_DESCRIBE_STRUCT(NoteRecordCheck, (), (checked_at))

// Holds for the pack's days from `checked_at` (未成年人保护法 62). Returns the person's id.
Result<std::int64_t> note_record_check(journal::Turn&, const api::Caller&, PersonId,
                                       const NoteRecordCheck& input);

api::Routes routes();
api::ActionRows actions();

}  // namespace hezhi::standing
