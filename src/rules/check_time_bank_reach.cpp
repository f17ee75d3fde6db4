// Time that nobody could earn, and uses that no balance would ever pay.
#include <algorithm>

#include "rules/check_reach.h"

namespace hezhi::rules {

namespace {

constexpr const char* bank_file = "time_bank.toml";

std::int64_t owed_at_most(const TimeBankRules& bank) {
    return bank.model == TimeBankModel::mutual ? bank.overdraft_minutes_max : 0;
}

// Of one booking: one's own time down to the floor, and the greatest grant.
std::int64_t spent_at_most(const TimeBankRules& bank) {
    std::int64_t most = bank.balance_minutes_max + owed_at_most(bank);
    std::int64_t granted = 0;
    for (const GrantGroup& group : bank.grants) {
        granted = std::max<std::int64_t>(granted, group.month_minutes);
    }
    return most + granted;
}

// What is planned shorter than the least is gathered by the day, and its sum goes on rising.
void check_earned(const Pack& pack, Reach& reach) {
    const TimeBankRules& bank = pack.time_bank;
    bool any = false;
    for (const Category& category : pack.categories) {
        if (!category.credit_eligible) continue;
        any = true;
        if (category.minutes_planned < bank.order_minutes_min) continue;
        std::int64_t counted = category.minutes_planned * (100 + bank.planned_over_percent) / 100;
        if (counted >= bank.round_down_minutes) continue;
        reach.wrong("categories.toml", "category." + category.key + ".credit_eligible",
                    "计划时长加上浮部分应不少于取整的单位 " +
                        std::to_string(bank.round_down_minutes) + "，否则永远计不到时间",
                    "minutes_planned, with what may be added, of one step at least (" +
                        std::to_string(bank.round_down_minutes) +
                        "); otherwise nothing is ever earned");
    }
    if (!any) {
        reach.wrong(bank_file, "earn",
                    "categories.toml 中须有 credit_eligible 的事项，否则无从计入",
                    "a category with credit_eligible; otherwise nothing is ever earned");
    }
}

void check_spent(const Pack& pack, Reach& reach) {
    const TimeBankRules& bank = pack.time_bank;
    std::int64_t most = std::min(spent_at_most(bank), bank.redeem_month_minutes_max);
    bool any = false;
    for (const Category& category : pack.categories) {
        if (!category.redeemable) continue;
        any = true;
        std::int64_t costs = std::int64_t{category.minutes_planned} *
                             std::min(category.people_first, category.people_after);
        if (costs <= most) continue;
        reach.wrong("categories.toml", "category." + category.key + ".redeemable",
                    "所需 " + std::to_string(costs) + " 分钟不超过每月和余额可用的 " +
                        std::to_string(most) + " 分钟，否则永远约不到",
                    "a cost of " + std::to_string(costs) +
                        " minutes within what a month and a balance allow, " +
                        std::to_string(most) + "; otherwise it is never booked");
    }
    if (!any && bank.model == TimeBankModel::deposit_redeem) {
        reach.wrong(bank_file, "redeem", "categories.toml 中须有 redeemable 的事项，否则永远用不到",
                    "a category that is redeemable; otherwise no time is ever used");
    }
}

}  // namespace

void check_time_bank_reach(const Pack& pack, Reach& reach) {
    const TimeBankRules& bank = pack.time_bank;
    check_earned(pack, reach);
    check_spent(pack, reach);
    for (const GrantGroup& group : bank.grants) {
        if (group.month_minutes <= bank.redeem_month_minutes_max) continue;
        reach.wrong(bank_file, "grant." + group.key + ".month_minutes",
                    "不超过每月可使用的 " + std::to_string(bank.redeem_month_minutes_max) +
                        " 分钟，否则当月永远用不完",
                    "no more than a month may be used, " +
                        std::to_string(bank.redeem_month_minutes_max) +
                        "; otherwise the rest always lapses");
    }
    std::int64_t payable = bank.balance_minutes_max + owed_at_most(bank);
    if (bank.model == TimeBankModel::mutual && bank.listing_minutes_max > payable) {
        reach.wrong(bank_file, "listing.minutes_max",
                    "不超过余额上限与可欠之和 " + std::to_string(payable) + "，否则永远付不出",
                    "no more than the balance's cap and the overdraft together, " +
                        std::to_string(payable) + "; otherwise nobody ever pays it");
    }
    if (bank.gift_year_minutes_max > 0 && bank.gift_relations.empty()) {
        reach.wrong(bank_file, "gift.relations",
                    "至少一种亲属，否则无人可以转赠，也无人可以指定为受益人",
                    "at least one relation; otherwise nobody is ever given time or named as a "
                    "beneficiary");
    }
}

}  // namespace hezhi::rules
