// 捐赠时间, and the floors that no posting goes below.
#include <algorithm>
#include <map>

#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"
#include "facts/stored_fact.h"

namespace hezhi::time_bank {
namespace {

Place place_of(journal::Turn& turn, PersonId person) {
    const auto* state = person ? turn.load<people::PersonFigure>(person) : nullptr;
    if (!state) return {};
    return {state->area, state->area_path};
}

std::int64_t balance_of(journal::Turn& turn, LedgerAccount account, PersonId person) {
    const auto* state = turn.load<TimeAccountFigure>(account_key(account, person));
    return state ? state->balance : 0;
}

}  // namespace

std::int64_t owned(journal::Turn& turn, PersonId person) {
    return std::max<std::int64_t>(0, balance_of(turn, LedgerAccount::person, person));
}

std::int64_t room_of(journal::Turn& turn, PersonId person) {
    std::int64_t balance = balance_of(turn, LedgerAccount::person, person);
    return std::max<std::int64_t>(0, turn.pack()->pack->time_bank.balance_minutes_max - balance);
}

PostingLegs up_to_the_cap(journal::Turn& turn, PersonId person, std::int64_t minutes) {
    std::int64_t fits = std::min(minutes, room_of(turn, person));
    PostingLegs legs;
    if (fits > 0) legs.push_back({LedgerAccount::person, person, fits});
    if (minutes > fits) legs.push_back({LedgerAccount::pool, {}, minutes - fits});
    return legs;
}

Fact fact_at(store::Session& db, PostingId posting) {
    auto row = db.row(queries::fact_of_posting, {{"position", posting}});
    HEZHI_ASSERT(row.has_value());
    return read_stored_fact(row->text("body"));
}

std::int64_t floor_of(LedgerAccount account, const rules::TimeBankRules& bank) {
    switch (account) {
        case LedgerAccount::person:
            return -bank.overdraft_minutes_max;
        case LedgerAccount::held:
        case LedgerAccount::grant:
        case LedgerAccount::pool:
        case LedgerAccount::redeemed:
        case LedgerAccount::disputed:
            return 0;
        case LedgerAccount::issued:
        case LedgerAccount::lost:
        case LedgerAccount::transferred:
            break;
    }
    return INT64_MIN;
}

std::int64_t available(journal::Turn& turn, LedgerAccount account, PersonId person) {
    return std::max<std::int64_t>(
        0, balance_of(turn, account, person) - floor_of(account, turn.pack()->pack->time_bank));
}

std::int64_t granted_at(const TimeAccountState& grant, Instant now) {
    return grant.lapses_at > now ? std::max<std::int64_t>(0, grant.balance) : 0;
}

Result<void> check_floors(journal::Turn& turn, const PostingLegs& legs) {
    std::map<std::pair<LedgerAccount, PersonId>, std::int64_t> moved;
    std::int64_t sum = 0;
    for (const PostingLeg& leg : legs) {
        moved[{leg.account, leg.person}] += leg.minutes;
        sum += leg.minutes;
    }
    HEZHI_ASSERT(sum == 0);
    const rules::TimeBankRules& bank = turn.pack()->pack->time_bank;
    for (const auto& [which, minutes] : moved) {
        std::int64_t floor = floor_of(which.first, bank);
        if (minutes >= 0 || floor == INT64_MIN) continue;
        if (balance_of(turn, which.first, which.second) + minutes < floor) {
            return refuse(refusals::credit_too_low);
        }
    }
    return {};
}

Result<std::int64_t> donate_credit(journal::Turn& turn, const api::Caller& caller,
                                   const DonateCredit& input) {
    if (!caller.person || !caller.may("credit.donate", {.owner = caller.account})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    if (!turn.pack()->pack->time_bank.open) return refuse(refusals::time_bank_closed);
    if (dormant(turn, caller.person)) return refuse(refusals::account_dormant);
    CreditDonated donated;
    donated.legs = {{LedgerAccount::person, caller.person, -input.minutes.value},
                    {LedgerAccount::pool, {}, input.minutes.value}};
    // What one does not have cannot be given, whatever a member may overdraw.
    if (balance_of(turn, LedgerAccount::person, caller.person) < input.minutes.value) {
        return refuse(refusals::credit_too_low,
                      {"/minutes", "不超过余额", "no more than the balance"});
    }
    return turn.append(draft(donated, caller.actor("credit.donate"), place_of(turn, caller.person),
                             {{"person", caller.person.value}}, turn.now()));
}

api::ActionRows actions() {
    api::ActionRows all{
        {"judge_earning", "", "earning.judged", "", "计入时间", "judge what a service earned",
         "服务已判定计入", "what a service earned was judged"},
        {"donate_credit", "credit.donate", "credit.donated", "POST /time-bank/mine/donations",
         "捐入互助池", "donate time to the pool", "捐赠了时间", "time was donated to the pool"},
        {"reverse_posting", "posting.reverse", "posting.reversed",
         "POST /time-bank/postings/{id}/reversal", "冲正记账", "reverse a posting", "记账已冲正",
         "a posting was reversed"},
        {"reverse_grant", "credit.grant", "posting.reversed",
         "POST /time-bank/grants/{id}/reversal", "冲正发放", "reverse a grant", "记账已冲正",
         "a posting was reversed"},
        {"gift_credit", "credit.gift", "credit.gifted", "POST /time-bank/gifts", "转赠时间",
         "give time to a relative", "转赠了时间", "time was given to a relative"},
        {"grant_credit", "credit.grant", "credit.granted", "POST /time-bank/grants", "发放时间",
         "grant time from the pool", "互助池发放了时间", "time was granted from the pool"},
        {"lapse_credit", "", "credit.lapsed", "", "发放到期", "let granted time lapse",
         "未用的发放已退回互助池", "what was granted and not used went back to the pool"},
        {"name_beneficiary", "beneficiary.name", "beneficiary.named",
         "POST /time-bank/beneficiaries", "指定受益人", "name who takes over after death",
         "指定了受益人", "a beneficiary was named"},
        {"take_over_credit", "credit.take_over", "credit.taken_over", "POST /time-bank/estates",
         "身故接收时间", "pass on the time of somebody who died", "余额已由受益人或互助池接收",
         "the balance passed to the beneficiary or the pool"},
        {"wake_credit", "credit.wake", "credit.woken", "POST /time-bank/people/{id}/activity",
         "恢复账户", "wake a dormant account", "账户已恢复", "the account was woken"},
        {"rest_credit", "", "credit.rested", "", "账户休眠", "let an unused account rest",
         "账户已休眠", "the account rests"},
        {"send_credit", "credit.send", "credit.sent", "POST /time-bank/transfers", "转出时间",
         "send time to another district", "时间转出到外区", "time was sent to another district"},
        {"receive_credit", "credit.send", "credit.received", "POST /time-bank/transfers/receipts",
         "转入时间", "take in time from another district", "外区时间已转入",
         "time came from another district"},
        {"dispute_transfer", "transfer.dispute", "transfer.disputed",
         "POST /time-bank/transfers/{id}/objection", "提出转入争议", "dispute a transfer",
         "转入有争议，已冻结该笔", "the transfer is disputed and its amount frozen"},
        {"settle_transfer", "transfer.settle", "transfer.settled",
         "POST /time-bank/transfers/{id}/outcome", "了结转入争议", "settle a disputed transfer",
         "转入争议已了结", "the dispute of the transfer was settled"},
        {"admit_peer", "peer.admit", "peer.admitted", "POST /time-bank/peers", "登记对方区",
         "register another district", "登记了对方区", "another district was registered"},
        {"dismiss_peer", "peer.dismiss", "peer.dismissed", "POST /time-bank/peers/dismissals",
         "撤销对方区", "end the registration of a district", "对方区已撤销",
         "the registration of a district was ended"},
        {"publish_statement", "", "statement.published", "", "公布月报",
         "publish the monthly statement", "月报已公布", "the monthly statement was published"},
        {"post_listing", "listing.post", "listing.posted", "POST /time-bank/listings", "登记供需",
         "list an offer or a want", "登记了供需", "an offer or a want was listed"},
        {"withdraw_listing", "listing.withdraw", "listing.withdrawn",
         "POST /time-bank/listings/{id}/withdrawal", "撤下供需", "take an entry off the list",
         "供需已撤下", "the entry was taken off the list"},
        {"lapse_listing", "", "listing.lapsed", "", "供需到期", "let an entry lapse", "供需已到期",
         "the entry lapsed"},
        {"agree_exchange", "exchange.agree", "exchange.agreed",
         "POST /time-bank/listings/{id}/exchanges", "约定互助", "agree to help", "约定了互助",
         "two members agreed to help"},
        {"confirm_exchange", "exchange.settle", "exchange.confirmed",
         "POST /time-bank/exchanges/{id}/confirmation", "确认互助", "confirm the help",
         "互助已确认", "the help was confirmed"},
        {"cancel_exchange", "exchange.settle", "exchange.cancelled",
         "POST /time-bank/exchanges/{id}/cancellation", "取消互助", "cancel the help", "互助已取消",
         "the help was cancelled"},
        {"hold_credit", "", "credit.held", "", "冻结时间", "hold time for an order", "时间已冻结",
         "time was held for the order"},
        {"settle_credit", "", "credit.settled", "", "结算时间", "settle the time of an order",
         "时间已结算", "the order's time was settled"},
        {"release_credit", "", "credit.released", "", "退回时间", "release the time of an order",
         "时间已退回", "the order's time was released"},
    };
    for (auto& row : entitlement_actions()) all.push_back(row);
    return all;
}

api::StateRows states() {
    return {
        {"transfer", "sent", "已转出", "sent"},
        {"transfer", "received", "已转入", "received"},
        {"transfer", "disputed", "争议中", "disputed"},
        {"transfer", "kept", "争议不成立", "dispute rejected"},
        {"transfer", "returned", "争议成立，已退回", "dispute upheld, returned"},
        {"entitlement", "asked", "待批准", "waits for a decision"},
        {"entitlement", "approved", "已批准", "approved"},
        {"entitlement", "rejected", "不予批准", "not approved"},
        {"entitlement", "ended", "已终止", "ended"},
        {"peer", "admitted", "已登记", "registered"},
        {"peer", "dismissed", "已撤销", "ended"},
        {"listing", "open", "有效", "open"},
        {"listing", "taken", "已约定", "taken"},
        {"listing", "withdrawn", "已撤下", "withdrawn"},
        {"listing", "lapsed", "已到期", "lapsed"},
        {"exchange", "agreed", "已约定", "agreed"},
        {"exchange", "confirmed", "已确认", "confirmed"},
        {"exchange", "cancelled", "已取消", "cancelled"},
        {"exchange", "reversed", "已冲正", "reversed"},
        {"credit_hold", "held", "已冻结", "held"},
        {"credit_hold", "settled", "已结算", "settled"},
        {"credit_hold", "released", "已退回", "released"},
    };
}

}  // namespace hezhi::time_bank
