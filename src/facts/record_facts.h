// Facts about service records (服务记录): what was entered, corrected, confirmed.
//
// Most records are made by facts of other nouns (order.checked_out, shift.recorded); these are the
// ones that a person enters, and what happens to any record afterwards. A record's id is the
// position of the fact that made it. Subject "person" is whose service it was.
#pragma once

#include "facts/fact.h"

namespace hezhi {

// What the time was to the person who served (民政部令第67号: duty work is not recorded).
enum class TimeWas {
    free_time,          // 业余时间
    employer_released,  // 单位准假
    duty,               // 值班、本职工作
};
BOOST_DESCRIBE_ENUM(TimeWas, free_time, employer_released, duty)

struct RecordEntered {
    static constexpr std::string_view kind = "record.entered";
    static constexpr int version = 1;
    std::string category;
    Instant starts_at;
    Instant ends_at;
    std::int32_t minutes = 0;
    TimeWas time_was = TimeWas::free_time;
    bool late = false;  // 补录: counts only once a second person has confirmed it
};
BOOST_DESCRIBE_STRUCT(RecordEntered, (), (category, starts_at, ends_at, minutes, time_was, late))

// What the record should say instead. `waits`: the record was locked, so a second person decides.
struct RecordCorrected {
    static constexpr std::string_view kind = "record.corrected";
    static constexpr int version = 2;
    Instant starts_at;
    Instant ends_at;
    std::int32_t minutes = 0;
    bool waits = false;
    // What it changes in the minutes that counted before; absent while it waits.
    std::optional<std::int32_t> minutes_added;
};
BOOST_DESCRIBE_STRUCT(RecordCorrected, (), (starts_at, ends_at, minutes, waits, minutes_added))

// The second person agrees to the late entry or to the correction.
struct RecordConfirmed {
    static constexpr std::string_view kind = "record.confirmed";
    static constexpr int version = 2;
    std::optional<std::int32_t>
        minutes_added;               // what it changes in the minutes that counted before
    std::optional<Instant> ends_at;  // of the service
};
BOOST_DESCRIBE_STRUCT(RecordConfirmed, (), (minutes_added, ends_at))

// The late entry, the correction or the objection was not followed; why stands in the register.
struct RecordRejected {
    static constexpr std::string_view kind = "record.rejected";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(RecordRejected, (), ())

// The person says that the record is wrong.
struct RecordDisputed {
    static constexpr std::string_view kind = "record.disputed";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(RecordDisputed, (), ())

}  // namespace hezhi
