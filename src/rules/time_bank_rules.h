// What a pack says about the time bank (时间银行): what confirmed service earns, up to which caps,
// what it may be used for and given to. All amounts are whole minutes.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/clause.h"
#include "rules/time_limit.h"

namespace hezhi::rules {

enum class TimeBankModel {
    deposit_redeem,  // 存入后到龄使用
    mutual,          // 会员互助: whoever is served pays whoever serves, down to the overdraft
};
BOOST_DESCRIBE_ENUM(TimeBankModel, deposit_redeem, mutual)

// Whom a kind of service earns for.
enum class CreditTo { person, pool, none };
BOOST_DESCRIBE_ENUM(CreditTo, person, pool, none)

// Whom time may be given to.
enum class Relation { spouse, parent, grandparent, parent_in_law, disabled_child };
BOOST_DESCRIBE_ENUM(Relation, spouse, parent, grandparent, parent_in_law, disabled_child)

// A month's statement looks back no further.
inline constexpr std::int32_t served_months_max = 24;

// A key group that the pool grants time to.
struct GrantGroup {
    std::string key;  // "alone_80"
    Words name;
    Clause clause;
    std::int32_t month_minutes = 0;
    std::int32_t age_years_min = 0;
};

// Why somebody may use time at any age, once it is approved.
struct EntitlementGround {
    std::string key;  // "disability"
    Words name;
    Clause clause;
    std::int32_t rank = 0;
    std::int32_t holds_months = 0;  // 0: without an end
};

struct TimeBankRules {
    bool open = false;  // the pack has a time bank
    Clause clause;
    TimeBankModel model = TimeBankModel::deposit_redeem;
    Words name;                              // what pages call it
    std::int64_t overdraft_minutes_max = 0;  // of a member, where the model is mutual

    Clause earn_clause;
    std::int32_t round_down_minutes = 1;
    std::int32_t order_minutes_min = 0;  // categories that are planned shorter gather by the day
    std::int32_t planned_over_percent = 0;
    std::int32_t noted_within_days = 0;  // of the service

    Clause who_clause;
    std::int32_t age_years_min = 0;
    std::int32_t with_consent_from_years = 0;
    CreditTo team_service = CreditTo::none;
    CreditTo released_time = CreditTo::none;

    Clause caps_clause;
    std::int64_t day_minutes_max = 0;
    std::int64_t month_minutes_max = 0;
    std::int64_t balance_minutes_max = 0;

    Clause redeem_clause;
    std::int32_t redeem_age_years_min = 0;
    std::int64_t redeem_month_minutes_max = 0;
    std::int32_t reserved_percent = 0;  // of the orders of `reserved_days`, paid with time
    std::int32_t reserved_days = 30;
    std::int32_t no_show_minutes = 0;     // charged to whoever booked and was not there
    std::int32_t cancel_hours_min = 0;    // before the service; later only the desk cancels
    std::int32_t book_days_max = 30;      // oneself, from tomorrow on
    std::int32_t book_step_minutes = 30;  // of the day: at which times such a service begins

    Clause entitlement_clause;
    TimeLimit entitlement_within;                 // to decide what was asked for
    std::vector<EntitlementGround> entitlements;  // by rank; none: only age opens

    // Offers and wants between members, where the model is mutual.
    Clause listing_clause;
    std::int32_t listing_open_days = 0;
    std::int32_t listings_max = 0;           // open at once, of one member
    std::int32_t listing_minutes_max = 0;    // of one time
    std::int32_t exchange_confirm_days = 0;  // after the agreement; then the desk decides

    Clause gift_clause;
    std::int64_t gift_year_minutes_max = 0;
    std::vector<Relation> gift_relations;

    std::vector<GrantGroup> grants;  // by key

    Clause death_clause;
    std::int32_t take_over_months = 0;

    Clause dormancy_clause;
    std::int32_t dormant_after_months = 0;

    Clause liability_clause;
    std::int32_t liability_within_years = 0;
    std::int32_t liability_served_months = 12;  // against what was credited in as many months
    std::int32_t liability_warn_percent = 0;
    std::int32_t liability_report_percent = 0;

    Clause statement_clause;                 // none in packs of older releases
    std::int32_t statement_small_group = 5;  // of fewer nothing is told apart to everybody

    // Null if there is none of that key.
    const GrantGroup* grant(std::string_view key) const;
    const EntitlementGround* entitlement(std::string_view key) const;
};

// The two sentences with {bank} in them replaced by what the pack calls its time bank; by the
// common word where it has none. A name goes before everything that is said of the bank itself.
Words with_bank_name(const TimeBankRules&, std::string_view zh, std::string_view en);

}  // namespace hezhi::rules
