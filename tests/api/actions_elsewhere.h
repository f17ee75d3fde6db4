// The actions that have no row in the tables of scope, by why they have none.
#pragma once

#include <string_view>

namespace hezhi::testing {

// One's own, by who one is; the route asks for the permission.
inline constexpr std::string_view own_actions[] = {"ask_need",         "cancel_booking",
                                                   "disclose_contact", "leave_organization",
                                                   "leave_service",    "rejoin_service"};
// By the holder of a link or on the open page.
inline constexpr std::string_view link_actions[] = {
    "accept_invitation",    "ask_again",    "claim_registration", "decline_invitation",
    "dispute_registration", "recall_child", "register_volunteer",
};
// For oneself, signed in.
inline constexpr std::string_view signed_in_actions[] = {"set_second_factor"};
// By the clock, or in the turn of another action.
inline constexpr std::string_view timer_actions[] = {
    "ask_phone_check",     "note_absence",      "propose_project_need",
    "end_licence",         "end_suspension",    "escalate_complaint",
    "escalate_incident",   "escalate_lowering", "finish_back_test",
    "hold_credit",         "judge_earning",     "lapse_certification",
    "lapse_credit",        "lapse_listing",     "note_age",
    "pass_on_item",        "publish_statement", "reassign_order",
    "recheck_acceptances", "release_credit",    "remind_referral",
    "rest_credit",         "run_plan",          "settle_credit",
    "warn_certification",  "warn_insurance",
};
// Of the whole installation: the route asks for the permission, of each role in routes_test.
inline constexpr std::string_view installation_actions[] = {"propose_rule_pack",
                                                            "publish_rule_pack", "reject_rule_pack",
                                                            "start_back_test", "cancel_back_test"};
// Read from a file, a piece at a time; the area of its map is asked for (hotline_test,
// routes_test).
inline constexpr std::string_view file_actions[] = {"close_hotline_order", "import_hotline_order",
                                                    "revisit_hotline_order"};

}  // namespace hezhi::testing
