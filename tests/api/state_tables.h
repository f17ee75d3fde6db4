// The tables of states by which the matrices expect an answer, written by hand. actions_matrix_test
// asks that every action of the program stands in one of them, or in its own.
#pragma once

#include <string_view>

namespace hezhi::testing {

// "+": the table of states must allow it.
inline constexpr std::string_view order_table = R"(
action           open offered accepted in_service delivered confirmed reviewed escalated cancelled
offer_order       +     +        -         -          -         -        -         +         -
accept_order      -     +        -         -          -         -        -         +         -
decline_offer     -     +        -         -          -         -        -         +         -
leave_order       +     +        +         +          -         -        -         +         -
lapse_offer       -     +        -         -          -         -        -         +         -
widen_order       +     +        -         -          -         -        -         -         -
escalate_order    +     +        -         -          -         -        -         -         -
note_no_show      -     -        +         +          -         -        -         -         -
check_in_members  -     -        +         +          -         -        -         -         -
check_out_members -     -        -         +          -         -        -         -         -
note_attendance   -     -        +         +          -         -        -         -         -
finish_order      -     -        +         +          -         -        -         -         -
raise_alarm       -     -        +         +          -         -        -         -         -
check_in_order    -     -        +         +          -         -        -         -         -
check_out_order   -     -        -         +          -         -        -         -         -
confirm_order     -     -        -         -          +         -        -         -         -
review_order      -     -        -         -          -         +        -         -         -
note_review       -     -        -         -          -         +        -         -         -
reply_to_review   -     -        -         -          -         -        +         -         -
cancel_order      +     +        +         +          -         -        -         +         -
)";

inline constexpr std::string_view need_table = R"(
action        reported planned closed assessing assessed referred merged meeting
contact_need     +        +      -        +         +        +      -       +
triage_need      +        -      -        +         -        -      -       -
assess_need      -        -      -        +         -        -      -       -
open_order       +        -      -        -         +        -      -       -
refer_need       +        -      -        -         +        -      -       -
note_receipt     -        -      -        -         -        +      -       -
merge_need       +        -      -        +         +        -      -       -
unmerge_need     -        -      -        -         -        -      +       -
close_need       +        -      -        -         +        -      -       -
read_contact     +        +      +        +         +        +      +       +
reopen_need      -        -      +        -         -        -      -       -
note_meeting     -        -      -        -         -        -      -       +
)";

inline constexpr std::string_view record_table = R"(
action          entered waiting disputed rejected
correct_record    +       -        +        -
confirm_record    -       +        -        -
reject_record     -       +        +        -
dispute_record    +       -        -        -
)";

// Tried in records_matrix_test on one published activity.
inline constexpr std::string_view shift_actions[] = {
    "arrive_at_shift", "cancel_activity", "check_in_shift", "join_shift",
    "leave_shift",     "note_return",     "record_shift"};

}  // namespace hezhi::testing
