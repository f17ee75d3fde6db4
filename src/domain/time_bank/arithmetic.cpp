// The reckoning of an earning in words: every number that was used, in the order of its use.
#include <algorithm>

#include "domain/time_bank/earning_rules.h"

namespace hezhi::time_bank {
namespace {

using Lines = std::vector<rules::Words>;

std::string number(std::int64_t n) {
    return std::to_string(n);
}

void say_minutes(Lines& lines, const ServedTime& served, const rules::TimeBankRules& bank) {
    std::string minutes = number(served.minutes);
    lines.push_back({"服务 " + minutes + " 分钟", "served " + minutes + " minutes"});
    if (served.minutes_planned == 0) return;
    std::int32_t most = served.minutes_planned * (100 + bank.planned_over_percent) / 100;
    if (served.minutes <= most) return;
    std::string planned = number(served.minutes_planned),
                percent = number(bank.planned_over_percent);
    lines.push_back(
        {"计划 " + planned + " 分钟，至多加 " + percent + "%：" + number(most) + " 分钟",
         "planned " + planned + " minutes and " + percent + "% more at most: " + number(most) +
             " minutes"});
}

void say_cap(Lines& lines, const char* zh, const char* en, std::int64_t cap, std::int64_t before) {
    std::string left = number(std::max<std::int64_t>(0, cap - before));
    lines.push_back(
        {std::string(zh) + "至多 " + number(cap) + "，已有 " + number(before) + "，还可计 " + left,
         std::string(en) + " cap " + number(cap) + ", " + number(before) + " already, leaves " +
             left});
}

}  // namespace

std::vector<rules::Words> arithmetic(const ServedTime& served, const Earning& earning,
                                     const rules::Pack& pack) {
    const rules::TimeBankRules& bank = pack.time_bank;
    Lines lines;
    say_minutes(lines, served, bank);
    std::string step = number(bank.round_down_minutes);
    if (earning.why == EarningWhy::too_short) {
        std::string least = number(bank.order_minutes_min);
        lines.push_back({"单次不足 " + least + " 分钟", "less than " + least + " minutes"});
    }
    if (earning.why == EarningWhy::gathered) {
        lines.push_back({"当日累计不足 " + step + " 分钟，留待累计",
                         "the day's sum has not reached the next " + step + " minutes"});
    }
    if (earning.counted > 0) {
        lines.push_back({"按 " + step + " 分钟向下取整：" + number(earning.counted),
                         "rounded down to " + step + " minutes: " + number(earning.counted)});
    }
    if (earning.why == EarningWhy::over_day) {
        say_cap(lines, "当日", "day's", bank.day_minutes_max, earning.day_before);
    } else if (earning.why == EarningWhy::over_month) {
        say_cap(lines, "当月", "month's", bank.month_minutes_max, earning.month_before);
    } else if (earning.why == EarningWhy::over_balance) {
        say_cap(lines, "余额", "balance", bank.balance_minutes_max, earning.balance_before);
    }
    if (std::int32_t repaid = earning.repaid_of_credited + earning.repaid_of_pooled) {
        lines.push_back({"其中先补回此前冲正时已用去的 " + number(repaid),
                         number(repaid) + " of it pays back what was spent when it was reversed"});
    }
    lines.push_back(
        {"计入本人 " + number(earning.credited) + "，计入互助池 " + number(earning.pooled),
         number(earning.credited) + " to the person, " + number(earning.pooled) + " to the pool"});
    return lines;
}

}  // namespace hezhi::time_bank
