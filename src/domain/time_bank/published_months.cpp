// The months that were published, as everybody reads them: no number of a few only, nor what
// subtraction from a month before would tell.
#include <algorithm>
#include <cstdlib>
#include <span>

#include "domain/time_bank/month_totals.h"
#include "domain/time_bank/published_table.h"
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

const FlowTotal* earned_in(const StatementState& month) {
    auto found = std::ranges::find(month.flows, EarningJudged::kind, &FlowTotal::fact_kind);
    return found == month.flows.end() ? nullptr : &*found;
}

bool tells_what_was_earned(const StatementParts& opened) {
    return tells_part(opened, LedgerAccount::issued, EarningJudged::kind);
}

// Of months[place], where the sum up to it and that up to the month before are told as well: one
// less the other. With one of them alone it would tell the other.
Result<std::optional<std::int64_t>> earned_told(const api::Reading& reading, PublishedParts& parts,
                                                const std::vector<StatementState>& months,
                                                std::size_t place) {
    const FlowTotal* earned = earned_in(months[place]);
    if (!earned) return 0;
    if (earned->postings < small_group_at(reading, months[place])) return std::nullopt;
    auto opened = parts.open(reading, months[place].id);
    if (!opened) return std::unexpected(opened.error());
    if (!tells_what_was_earned(*opened)) return std::nullopt;
    auto before = std::span(months).first(place);
    if (std::ranges::any_of(before, earned_in)) {
        opened = parts.open(reading, months[place - 1].id);
        if (!opened) return std::unexpected(opened.error());
        if (!tells_what_was_earned(*opened)) return std::nullopt;
    }
    return earned->minutes;
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
        auto earned = earned_told(reading, parts, months, i);
        if (!earned) return std::unexpected(earned.error());
        shown.earned_minutes = *earned;
        // With what may be used it would tell what was delivered, and the other way round.
        if (opened->delivered_minutes && opened->redeemable_minutes) {
            shown.liability_percent = month.liability_percent;
        }
        shown.liability = month.liability;
        shown.age_unknown_people = opened->age_unknown_people;
        list.items.push_back(std::move(shown));
    }
    return list;
}

}  // namespace hezhi::time_bank
