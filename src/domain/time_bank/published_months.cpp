// The months that were published, as everybody reads them: no number of a few only, nor what
// subtraction from a month before would tell.
#include <algorithm>
#include <cstdlib>

#include "domain/time_bank/few_postings.h"
#include "domain/time_bank/month_totals.h"
#include "domain/time_bank/queries.h"
#include "domain/time_bank/why.h"

namespace hezhi::time_bank {
namespace {

constexpr std::size_t months_shown = 12;
constexpr std::int64_t months_read = 1200;  // a hundred years

std::int64_t small_group_at(const api::Reading& reading, const StatementState& month) {
    return reading.packs->in_force(month.published_at)->pack->time_bank.statement_small_group;
}

std::int64_t members_of(const StatementState& month) {
    for (const AccountTotal& total : month.accounts) {
        if (total.account == LedgerAccount::person) return total.accounts;
    }
    return 0;
}

// What a total says to everybody; 0 where nothing was ever posted to it.
std::optional<std::int64_t> minutes_in(const StatementParts& opened, LedgerAccount account) {
    auto found = std::ranges::find(opened.totals, account, &TotalWhy::account);
    return found == opened.totals.end() ? 0 : found->minutes;
}

std::optional<std::int64_t> earned_in(const StatementState& month, std::int64_t small_group) {
    for (const FlowTotal& flow : month.flows) {
        if (flow.fact_kind != EarningJudged::kind) continue;
        if (flow.postings < small_group) return std::nullopt;
        return flow.minutes;
    }
    return 0;
}

// Of each month, oldest first. A number is held to the last one that was told: from one month to
// the next few join, and all together would tell them.
std::vector<std::optional<std::int64_t>> members_told(const api::Reading& reading,
                                                      const std::vector<StatementState>& months) {
    std::vector<std::optional<std::int64_t>> told;
    std::int64_t last = 0;
    for (const StatementState& month : months) {
        std::int64_t members = members_of(month), small_group = small_group_at(reading, month);
        bool same = members == last;
        bool enough = members >= small_group && std::abs(members - last) >= small_group;
        told.push_back(same || enough ? std::optional(members) : std::nullopt);
        if (told.back()) last = members;
    }
    return told;
}

}  // namespace

Result<PublishedMonthList> published_months(const api::Reading& reading, PublishedParts& parts) {
    auto months = reading.rows<StatementFigure>(queries::last_statements, {{"limit", months_read}});
    std::ranges::reverse(months);
    auto members = members_told(reading, months);
    PublishedMonthList list;
    for (std::size_t i = months.size(); i-- > 0 && list.items.size() < months_shown;) {
        const StatementState& month = months[i];
        auto opened = parts.open(reading, month.id);
        if (!opened) return std::unexpected(opened.error());
        PublishedMonth shown;
        shown.month = month.id;
        shown.published_id = PostingId(month.fact);
        shown.published_at = month.published_at;
        shown.members = members[i];
        shown.member_minutes = minutes_in(*opened, LedgerAccount::person);
        shown.pool_minutes = minutes_in(*opened, LedgerAccount::pool);
        shown.used_minutes = minutes_in(*opened, LedgerAccount::redeemed);
        shown.earned_minutes = earned_in(month, small_group_at(reading, month));
        // With what may be used it would tell what was delivered.
        if (opened->delivered_minutes) shown.liability_percent = month.liability_percent;
        shown.liability = month.liability;
        shown.age_unknown_people = opened->age_unknown_people;
        list.items.push_back(std::move(shown));
    }
    return list;
}

}  // namespace hezhi::time_bank
