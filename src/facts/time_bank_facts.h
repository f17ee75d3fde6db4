// Facts about the time bank (时间银行): what service earned, and every posting of the ledger.
//
// A posting is one fact with balanced legs: whole minutes that add up to zero. The ledger knows
// only new postings; a wrong one is reversed by another.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "facts/order_facts.h"
#include "facts/record_facts.h"

namespace hezhi {

// Whose account, or which of the bank's own.
enum class LedgerAccount {
    person,       // 本人账户
    held,         // 冻结: booked for an order that is not confirmed yet
    grant,        // 发放: granted by the pool, lapses
    pool,         // 互助池
    issued,       // 已计入: what service earned, as a debt of the bank; never above zero
    redeemed,     // 已使用
    lost,         // 冲正差额: reversed when it was spent already
    disputed,     // 争议冻结: received from another district and in dispute
    transferred,  // 异地转移: what went to other districts, less what came from them
};
BOOST_DESCRIBE_ENUM(LedgerAccount, person, held, grant, pool, issued, redeemed, lost, disputed,
                    transferred)

// Who bears an order: the public for whatever was assessed as a need, time for what is a comfort.
enum class Funding {
    public_service,  // 公共服务: always free
    grant,           // 发放的时间
    credit,          // 服务时间
};
BOOST_DESCRIBE_ENUM(Funding, public_service, grant, credit)

struct PostingLeg {
    LedgerAccount account = LedgerAccount::person;
    PersonId person;  // of person, held, grant and disputed
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(PostingLeg, (), (account, person, minutes))
using PostingLegs = std::vector<PostingLeg>;

// How a time was served.
enum class ServedAs {
    order,     // 服务订单
    activity,  // 活动, held by an office
    team,      // 队伍集体服务
    entered,   // 录入的记录
};
BOOST_DESCRIBE_ENUM(ServedAs, order, activity, team, entered)

// Why a served time earned what it did.
enum class EarningWhy {
    credited,         // all that counted, to the person
    gathered,         // a short service: kept until the day's sum reaches a whole step
    over_day,         // above the day's cap: the rest to the pool
    over_month,       // above the month's
    over_balance,     // above the largest balance
    team_service,     // to the pool
    released_pooled,  // released time, to the pool
    not_eligible,     // the category earns no time
    too_short,
    released_time,
    noted_late,
    age_unknown,
    too_young,
    consent_missing,
};
BOOST_DESCRIBE_ENUM(EarningWhy, credited, gathered, over_day, over_month, over_balance,
                    team_service, released_pooled, not_eligible, too_short, released_time,
                    noted_late, age_unknown, too_young, consent_missing)

// Of what a record earned before: what was taken back and was not there any more.
struct EarningOwed {
    std::int32_t by_person = 0;
    std::int32_t by_pool = 0;
};
BOOST_DESCRIBE_STRUCT(EarningOwed, (), (by_person, by_pool))

// What is known of a served time when it is judged: nothing else decides what it earns.
struct ServedTime {
    std::string category;
    ServedAs served_as = ServedAs::order;
    TimeWas time_was = TimeWas::free_time;
    Instant ends_at;  // of the service: whose day and month it counts in
    std::int32_t minutes = 0;
    std::int32_t minutes_planned = 0;  // 0: nothing was planned, so nothing is above it
    std::optional<std::int32_t> age_years;
    bool guardian_consent = false;
    std::optional<Instant> noted_at;  // of what is judged anew: when it was judged first
    std::optional<EarningOwed> owed;  // … and what is paid back to `lost` first
};
BOOST_DESCRIBE_STRUCT(ServedTime, (),
                      (category, served_as, time_was, ends_at, minutes, minutes_planned, age_years,
                       guardian_consent, noted_at, owed))

// Subjects "record", "person", and "order" if one was served. Without legs nothing was posted.
struct EarningJudged {
    static constexpr std::string_view kind = "earning.judged";
    static constexpr int version = 1;
    ServedTime served;
    std::int32_t counted = 0;  // after rounding, before the caps
    std::int32_t credited = 0;
    std::int32_t pooled = 0;
    EarningWhy why = EarningWhy::credited;
    // What the caps were compared with: minutes of the same day and month, and the balance.
    std::int64_t day_before = 0;
    std::int64_t month_before = 0;
    std::int64_t balance_before = 0;
    PostingLegs legs;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(EarningJudged, (),
                      (served, counted, credited, pooled, why, day_before, month_before,
                       balance_before, legs, pack))

// What a judged time had added to the person's counters beside what was credited.
struct EarningUndone {
    std::int32_t counted = 0;
    std::int32_t pooled = 0;
    std::int32_t gathered = 0;  // of a short service: minutes of the day's sum
};
BOOST_DESCRIBE_STRUCT(EarningUndone, (), (counted, pooled, gathered))

// 冲正. Subject "posting" is the one that is undone, and "person" whose it was; the reason stands
// in the register of texts under this fact's position.
struct PostingReversed {
    static constexpr std::string_view kind = "posting.reversed";
    static constexpr int version = 1;
    std::int32_t legs_undone = 0;  // how many the posting had
    Instant served_at;             // of an earning: whose day's count it leaves
    std::int32_t credited = 0;
    std::optional<EarningUndone> undone;  // of an earning
    PostingLegs legs;                     // none, if nothing was earned
};
BOOST_DESCRIBE_STRUCT(PostingReversed, (), (legs_undone, served_at, credited, undone, legs))

// 捐入互助池. Subject "person" gave.
struct CreditDonated {
    static constexpr std::string_view kind = "credit.donated";
    static constexpr int version = 1;
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(CreditDonated, (), (legs))

// 转赠. Subject "person" gave, "recipient" got; `relation` is a key of the pack.
struct CreditGifted {
    static constexpr std::string_view kind = "credit.gifted";
    static constexpr int version = 1;
    std::string relation;
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(CreditGifted, (), (relation, legs))

// 发放. Subject "person" got it from the pool, until `lapses_at`; `group` is a key of the pack.
struct CreditGranted {
    static constexpr std::string_view kind = "credit.granted";
    static constexpr int version = 1;
    std::string group;
    Instant lapses_at;
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(CreditGranted, (), (group, lapses_at, legs))

// What was granted and not used returns to the pool.
struct CreditLapsed {
    static constexpr std::string_view kind = "credit.lapsed";
    static constexpr int version = 1;
    Instant due_at;
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(CreditLapsed, (), (due_at, legs))

// 冻结, 结算, 退回: what books an order, which is funded by it from then on. Subjects "order" and
// "person".
struct CreditHeld {
    static constexpr std::string_view kind = "credit.held";
    static constexpr int version = 1;
    PostingLegs legs;
    std::optional<Instant> lapses_at;  // of what was granted, if some of it is held
};
BOOST_DESCRIBE_STRUCT(CreditHeld, (), (legs, lapses_at))

struct CreditSettled {
    static constexpr std::string_view kind = "credit.settled";
    static constexpr int version = 1;
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(CreditSettled, (), (legs))

struct CreditReleased {
    static constexpr std::string_view kind = "credit.released";
    static constexpr int version = 1;
    std::int64_t charged = 0;  // whoever booked was not there
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(CreditReleased, (), (charged, legs))

// 使用资格: whoever may use time below the pack's age, by a ground that somebody saw proven
// (disability, illness, care). Subjects "entitlement", which is self in the first, and "person".
// The ground is sensitive: it stands in the register of texts only, and goes with the person.
using EntitlementId = Id<struct EntitlementTag>;

struct EntitlementAsked {
    static constexpr std::string_view kind = "entitlement.asked";
    static constexpr int version = 1;
    Instant decide_until;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(EntitlementAsked, (), (decide_until, pack))

struct EntitlementApproved {
    static constexpr std::string_view kind = "entitlement.approved";
    static constexpr int version = 1;
    std::optional<Instant> until;  // absent: without an end
};
BOOST_DESCRIBE_STRUCT(EntitlementApproved, (), (until))

struct EntitlementRejected {
    static constexpr std::string_view kind = "entitlement.rejected";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(EntitlementRejected, (), ())

// Taken back: the ground is gone, or was none.
struct EntitlementEnded {
    static constexpr std::string_view kind = "entitlement.ended";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(EntitlementEnded, (), ())

// 指定受益人. Subjects "person" and "beneficiary"; `relation` is a key of the pack.
struct BeneficiaryNamed {
    static constexpr std::string_view kind = "beneficiary.named";
    static constexpr int version = 1;
    std::string relation;
};
BOOST_DESCRIBE_STRUCT(BeneficiaryNamed, (), (relation))

// 身故接收. Subjects "person" and, if somebody takes over, "beneficiary"; else it is the pool's.
struct CreditTakenOver {
    static constexpr std::string_view kind = "credit.taken_over";
    static constexpr int version = 1;
    Instant died_at;
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(CreditTakenOver, (), (died_at, legs))

// 休眠 and 恢复: nothing is posted. Subject "person".
struct CreditRested {
    static constexpr std::string_view kind = "credit.rested";
    static constexpr int version = 1;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(CreditRested, (), (due_at))

struct CreditWoken {
    static constexpr std::string_view kind = "credit.woken";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(CreditWoken, (), ())

// 转出 and 转入. Districts know each other by the id of their seal's public key. Subjects
// "transfer", which is self, and "person". The proof that credit.sent is sealed is the signed
// statement which the other district takes in once.
using TransferId = Id<struct TransferTag>;

struct CreditSent {
    static constexpr std::string_view kind = "credit.sent";
    static constexpr int version = 1;
    std::string to;
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(CreditSent, (), (to, legs))

struct CreditReceived {
    static constexpr std::string_view kind = "credit.received";
    static constexpr int version = 1;
    std::string from;
    std::int64_t number = 0;  // the position of credit.sent in the other district's journal
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(CreditReceived, (), (from, number, legs))

// 登记对方区 and 撤销对方区: whose statements are accepted. A district is known by the id of its
// seal's public key; after a change of keys it is admitted anew. Subject "peer", which is self.
struct PeerAdmitted {
    static constexpr std::string_view kind = "peer.admitted";
    static constexpr int version = 1;
    std::string ledger;
    std::string name;        // of the district
    std::string public_key;  // PEM
};
BOOST_DESCRIBE_STRUCT(PeerAdmitted, (), (ledger, name, public_key))

struct PeerDismissed {
    static constexpr std::string_view kind = "peer.dismissed";
    static constexpr int version = 1;
    std::string ledger;
};
BOOST_DESCRIBE_STRUCT(PeerDismissed, (), (ledger))

// 争议: freezes what was received, as far as it is still there, and nothing else.
struct TransferDisputed {
    static constexpr std::string_view kind = "transfer.disputed";
    static constexpr int version = 1;
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(TransferDisputed, (), (legs))

// The dispute is over: what was frozen goes back to the other district, or to the person. Subject
// "posting" is the credit.sent by which it went back, if some of it was still there.
struct TransferSettled {
    static constexpr std::string_view kind = "transfer.settled";
    static constexpr int version = 1;
    bool upheld = false;
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(TransferSettled, (), (upheld, legs))

// --- a month that is closed ---

// What stood in one kind of account at the end of the month.
struct AccountTotal {
    LedgerAccount account = LedgerAccount::person;
    std::int64_t accounts = 0;
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(AccountTotal, (), (account, accounts, minutes))

// What moved in the month, by the kind of fact that moved it.
struct FlowTotal {
    std::string fact_kind;
    std::int64_t postings = 0;
    std::int64_t minutes = 0;  // that changed accounts
};
BOOST_DESCRIBE_STRUCT(FlowTotal, (), (fact_kind, postings, minutes))

enum class Liability {
    unknown,  // nothing was credited in the pack's months
    covered,
    warn,
    report,
};
BOOST_DESCRIBE_ENUM(Liability, unknown, covered, warn, report)

// 公布月报: the month in totals, as they stood at its end; nobody can be told from it. What is
// corrected later, or learnt of somebody's age, changes no month that was published.
struct StatementPublished {
    static constexpr std::string_view kind = "statement.published";
    static constexpr int version = 1;
    std::string month;  // "2026-03"
    Instant due_at;
    std::int64_t position = 0;           // of the last posting that is counted
    std::vector<AccountTotal> accounts;  // together zero
    std::vector<FlowTotal> flows;
    std::int64_t redeemable_minutes = 0;  // of who may use it now or within the pack's years
    std::int64_t delivered_minutes = 0;   // credited in the pack's months
    std::optional<std::int64_t> liability_percent;
    Liability liability = Liability::unknown;
    // What is not among the redeemable minutes: of those who will not be old enough, and of people
    // with a balance of whom no age is known. Absent in months that were published before it was
    // counted.
    std::optional<std::int64_t> too_young_minutes;
    std::optional<std::int64_t> age_unknown_people;
    std::optional<std::int64_t> age_unknown_minutes;
    // Services of the month whose records waited for a call-back, so that nothing was earned by
    // them; absent as well in months that were published before it was counted.
    std::optional<std::int64_t> waiting_times;
    std::optional<std::int64_t> waiting_minutes;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(StatementPublished, (),
                      (month, due_at, position, accounts, flows, redeemable_minutes,
                       delivered_minutes, liability_percent, liability, too_young_minutes,
                       age_unknown_people, age_unknown_minutes, waiting_times, waiting_minutes,
                       pack))

// --- members help each other ---

enum class ListingSide {
    offer,  // 提供
    want,   // 想要
};
BOOST_DESCRIBE_ENUM(ListingSide, offer, want)

// 登记供需. Subjects "listing", which is self, and "person"; the words stand in the register of
// texts under the listing.
using ListingId = Id<struct ListingTag>;

struct ListingPosted {
    static constexpr std::string_view kind = "listing.posted";
    static constexpr int version = 1;
    ListingSide side = ListingSide::offer;
    std::string category;
    std::int32_t minutes = 0;  // of one time
    Instant until;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(ListingPosted, (), (side, category, minutes, until, pack))

// Subjects "listing" and "person", as of the next.
struct ListingWithdrawn {
    static constexpr std::string_view kind = "listing.withdrawn";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ListingWithdrawn, (), ())

struct ListingLapsed {
    static constexpr std::string_view kind = "listing.lapsed";
    static constexpr int version = 1;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(ListingLapsed, (), (due_at))

// 约定互助: the time of whoever will be helped is held. Subjects "exchange", which is self,
// "listing", "giver" and "receiver", as of the next two; "person" is whoever posted the listing.
using ExchangeId = Id<struct ExchangeTag>;

struct ExchangeAgreed {
    static constexpr std::string_view kind = "exchange.agreed";
    static constexpr int version = 1;
    std::int32_t minutes = 0;
    Instant confirm_until;
    PostingLegs legs;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(ExchangeAgreed, (), (minutes, confirm_until, legs, pack))

// 确认互助: what was served passes to whoever helped, the rest comes back.
struct ExchangeConfirmed {
    static constexpr std::string_view kind = "exchange.confirmed";
    static constexpr int version = 1;
    std::int32_t minutes = 0;
    std::int64_t pooled = 0;  // above the largest balance
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(ExchangeConfirmed, (), (minutes, pooled, legs))

// 取消互助: all of it comes back.
struct ExchangeCancelled {
    static constexpr std::string_view kind = "exchange.cancelled";
    static constexpr int version = 1;
    PostingLegs legs;
};
BOOST_DESCRIBE_STRUCT(ExchangeCancelled, (), (legs))

// Every kind that has legs.
std::vector<std::string_view> posting_kinds();
// The legs of a fact of one of these kinds.
const PostingLegs& posting_legs(const Fact&);

}  // namespace hezhi
