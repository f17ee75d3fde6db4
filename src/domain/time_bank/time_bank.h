// The time bank (时间银行): confirmed service becomes time, which may be given, and used when one
// needs help oneself. Double entry in whole minutes; the sum of all accounts is always zero.
//
// What other folders tell it: a time was confirmed (earn_from_order, earn_from_record), or a record
// was corrected (correct_earning). It never asks them; what decides is carried by the facts.
#pragma once

#include <map>

#include "api/action.h"
#include "api/paging.h"
#include "api/route.h"
#include "domain/areas/areas.h"
#include "domain/people/people.h"
#include "domain/time_bank/earning_figure.h"
#include "domain/time_bank/entitlement_figure.h"
#include "domain/time_bank/hold_figure.h"
#include "domain/time_bank/listing_figure.h"
#include "domain/time_bank/peer_figure.h"
#include "domain/time_bank/posting_figure.h"
#include "domain/time_bank/statement_figure.h"
#include "domain/time_bank/transfer_figure.h"
#include "jobs/scheduler.h"

namespace hezhi::time_bank {

namespace refusals {
inline constexpr RefusalRow entitlement_ground_unknown{"entitlement_ground_unknown", 422,
                                                       "请选择申请使用资格的事由。",
                                                       "Choose a ground of the rule pack."};
inline constexpr RefusalRow entitlement_asked_already{
    "entitlement_asked_already", 409, "已有申请待批准，或使用资格仍然有效。",
    "It waits for a decision already, or still holds."};
inline constexpr RefusalRow entitlement_decided{"entitlement_decided", 409,
                                                "当前状态不能进行此操作，页面已更新。",
                                                "The state does not allow this any more."};
inline constexpr RefusalRow own_entitlement{
    "own_entitlement", 409, "使用资格由申请人、经办人以外的人员决定。",
    "Decided by somebody who did not ask for it and whose it is not."};
inline constexpr RefusalRow time_bank_closed{"time_bank_closed", 409, "本区没有开设时间银行。",
                                             "This district has no time bank."};
inline constexpr RefusalRow credit_too_low{
    "credit_too_low", 409, "{bank}余额不足，页面已更新。",
    "The {bank} balance is too low; the page is up to date."};
inline constexpr RefusalRow posting_reversed_already{
    "posting_reversed_already", 409, "这笔记账已经冲正。", "This posting was reversed already."};
inline constexpr RefusalRow posting_not_reversible{
    "posting_not_reversible", 409,
    "这笔记账不能冲正：预约的时间由订单结算或退回，约定的由互助确认或取消，异地转移由争议了结。",
    "This posting is not reversed: what an order holds is settled or released by the order, what "
    "members agreed is confirmed or cancelled, and a transfer has its dispute."};
inline constexpr RefusalRow grant_lapsed{
    "grant_lapsed", 409, "这笔发放已到期，未用的时间已退回互助池，没有可收回的。",
    "This grant is over: what was not used is back in the pool, and nothing is left to take back."};
inline constexpr RefusalRow not_redeemable{"not_redeemable", 422, "该服务事项不能用{bank}预约。",
                                           "This category is not booked by {bank}."};
inline constexpr RefusalRow need_is_free{
    "need_is_free", 409, "经研判的需求由公共服务保障，一律免费，不用{bank}。",
    "An assessed need is a public service and always free; it takes no {bank}."};
inline constexpr RefusalRow may_not_redeem{
    "may_not_redeem", 409, "服务对象未登记，或未到使用年龄。",
    "The recipient is not registered, or has not reached the age of using time."};
inline constexpr RefusalRow month_used_up{"month_used_up", 409, "本月可用{bank}预约的额度已用完。",
                                          "What may be booked by {bank} this month is used up."};
inline constexpr RefusalRow share_used_up{
    "share_used_up", 409, "用{bank}预约的订单已到本区份额，请稍后再约，或按公共服务办理。",
    "The share of orders that are booked by {bank} is used up; try later, or open it as a public "
    "service."};
inline constexpr RefusalRow relation_not_allowed{"relation_not_allowed", 422,
                                                 "按本区规则，不能转赠给这样的关系。",
                                                 "Time is not given in this relation here."};
inline constexpr RefusalRow gift_year_used_up{"gift_year_used_up", 409, "今年可转赠的时间已用完。",
                                              "What may be given in a year is used up."};
inline constexpr RefusalRow balance_full{
    "balance_full", 409, "超出受赠人的余额上限，请减少转赠的分钟数。",
    "More than fits below the recipient's largest balance; give less."};
inline constexpr RefusalRow group_unknown{"grant_group_unknown", 422, "没有这个发放类别。",
                                          "There is no such group."};
inline constexpr RefusalRow group_does_not_fit{"group_does_not_fit", 409,
                                               "年龄未到该类别的要求，或年龄未登记。",
                                               "Too young for this group, or no age is known."};
inline constexpr RefusalRow granted_already{"granted_already", 409, "本月已经发放。",
                                            "It was granted this month already."};
inline constexpr RefusalRow account_dormant{
    "account_dormant", 409, "账户长期没有变动，已休眠；请到社区出示证件恢复。",
    "The account rests after a long time without movement; show a document at the community to "
    "wake it."};
inline constexpr RefusalRow account_awake{"account_awake", 409, "账户没有休眠。",
                                          "The account does not rest."};
inline constexpr RefusalRow peer_unknown{
    "peer_unknown", 409, "对方区未登记，不能转出或接收；由区级干部先登记其公钥。",
    "This district is not registered; a district officer registers its public key first."};
inline constexpr RefusalRow peer_known{"peer_known", 409, "该公钥已经登记。",
                                       "This public key is registered already."};
inline constexpr RefusalRow transfer_not_for_us{"transfer_not_for_us", 422,
                                                "这不是转给本区的时间。",
                                                "This is no time that was sent to this district."};
inline constexpr RefusalRow transfer_received_already{"transfer_received_already", 409,
                                                      "这笔转移已经入账，不能重复接收。",
                                                      "This transfer was taken in already."};
inline constexpr RefusalRow transfer_state_forbids{
    "transfer_state_forbids", 409, "这笔转移当前不能进行此操作，页面已更新。",
    "The transfer's state does not allow this; the page shows it as it is."};
inline constexpr RefusalRow own_posting{"own_posting", 409, "不能办理本人的{bank}。",
                                        "Nobody handles {bank} of their own."};
}  // namespace refusals

// Why a posting was reversed: in the register of texts, under the position of that fact.
inline constexpr std::string_view text_reason = "reason";

struct TimeBankDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
};

// --- earning, told by others in the turn in which a time is confirmed ---

struct TimeOfPerson {
    RecordId record;
    PersonId person;
    Instant ends_at;
    std::int32_t minutes = 0;
    TimeWas time_was = TimeWas::free_time;
};

// A service as far as all who served it share it.
struct ServiceDone {
    Place place;
    std::string category;
    std::int32_t minutes_planned = 0;  // 0 if nothing was planned
    ServedAs served_as = ServedAs::order;
    OrderId order;  // none, unless one was served
};

// 计入时间: judges the time under the pack in force and posts what it earned. Nothing if the
// district has no time bank.
void judge_earning(journal::Turn&, const ServiceDone&, const TimeOfPerson&);
// The same for all whose times stand in the records of an order, as they are corrected by now.
void earn_from_order(journal::Turn&, const ServiceDone&);
// A record was corrected: what it earned is reversed, and the new time judged.
void correct_earning(journal::Turn&, RecordId, Instant ends_at, std::int32_t minutes);
// What a record had earned before it was held is judged again. False if it was never judged.
bool earn_again(journal::Turn&, RecordId, Instant ends_at, std::int32_t minutes);
// Whether the record earns nothing until somebody has called back about it.
bool waits_for_call(store::Session&, RecordId);

// --- actions; each returns the posting's id ---

struct DonateCredit {
    Bounded<1, 600'000> minutes;
};
BOOST_DESCRIBE_STRUCT(DonateCredit, (), (minutes))

// 捐赠时间 to the pool; it does not come back.
Result<std::int64_t> donate_credit(journal::Turn&, const api::Caller&, const DonateCredit& input);
// 冲正 by an officer. What was spent already stands in the account of what is lost. An account of
// somebody dead, to which an estate comes back, rests.
Result<std::int64_t> reverse_posting(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                     PostingId, std::string_view reason);
// 冲正发放, the same of a grant that has not lapsed, by whoever may grant.
Result<std::int64_t> reverse_grant(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                   PostingId, std::string_view reason);

struct GiftCredit {
    PersonId person_id;  // who gives …
    PersonId recipient_id;
    Text<1, 40> relation;  // … and what the recipient is to them
    Bounded<1, 600'000> minutes;
};
BOOST_DESCRIBE_STRUCT(GiftCredit, (), (person_id, recipient_id, relation, minutes))

struct GrantCredit {
    PersonId person_id;
    Text<1, 40> group;
};
BOOST_DESCRIBE_STRUCT(GrantCredit, (), (person_id, group))

// 转赠时间 to a relative, with both at the desk.
Result<std::int64_t> gift_credit(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                 const GiftCredit& input);
// 发放时间 from the pool to somebody of a key group, for this month.
Result<std::int64_t> grant_credit(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                  const GrantCredit& input);
struct NameBeneficiary {
    PersonId person_id;
    PersonId beneficiary_id;
    Text<1, 40> relation;
};
BOOST_DESCRIBE_STRUCT(NameBeneficiary, (), (person_id, beneficiary_id, relation))

struct TakeOverCredit {
    PersonId person_id;
    Instant died_at;
    Text<1, 200> reason;  // which paper was shown
};
BOOST_DESCRIBE_STRUCT(TakeOverCredit, (), (person_id, died_at, reason))

struct SendCredit {
    PersonId person_id;
    Text<1, 40> to;  // the other district's ledger: the id of its seal's public key
    Bounded<1, 600'000> minutes;
};
BOOST_DESCRIBE_STRUCT(SendCredit, (), (person_id, to, minutes))

struct SettleTransfer {
    bool upheld = false;  // the objection: what is frozen goes back
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(SettleTransfer, (), (upheld, reason))

struct AdmitPeer {
    Text<1, 60> name;
    Text<1, 2000> public_key;  // PEM, as `hezhi export seal-keys` shows it there
};
BOOST_DESCRIBE_STRUCT(AdmitPeer, (), (name, public_key))

struct DismissPeer {
    Text<1, 40> ledger;
};
BOOST_DESCRIBE_STRUCT(DismissPeer, (), (ledger))

// 登记对方区 and 撤销对方区. Return the position of the fact.
Result<std::int64_t> admit_peer(journal::Turn&, const api::Caller&, const AdmitPeer& input);
Result<std::int64_t> dismiss_peer(journal::Turn&, const api::Caller&, std::string_view ledger);
// Whether time may go to this ledger and come from it.
bool is_peer(journal::Turn&, const std::string& ledger);

// What the proof of another district says, once it was checked against that district's key.
struct IncomingTransfer {
    std::string ledger;  // the id of the key that the proof was checked with
    Fact sent;
    std::vector<std::string> own_ledgers;  // the ids of our own keys
    PersonId person;                       // whose it is here
    Instant sealed_at{};
};

// 转出时间 to another district. Returns the transfer's id, which is what is proved.
Result<std::int64_t> send_credit(journal::Turn&, const api::Caller&, const SendCredit& input);
// 转入时间, once, at the command line or by an officer at the desk. Returns the transfer's id.
Result<std::int64_t> receive_credit(journal::Turn&, const Actor&, const IncomingTransfer&);
Result<std::int64_t> receive_credit(journal::Turn&, const api::Caller&, const IncomingTransfer&);
// 提出转入争议: freezes this amount only. Returns the transfer's id, as does 了结转入争议.
Result<std::int64_t> dispute_transfer(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                      TransferId, std::string_view reason);
Result<std::int64_t> settle_transfer(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                     TransferId, const SettleTransfer& input);

// 指定受益人, with both at the desk; a later one replaces it. Returns the person's id.
Result<std::int64_t> name_beneficiary(journal::Turn&, const api::Caller&,
                                      const NameBeneficiary& input);
// 身故接收: to the beneficiary within the pack's months, else to the pool. Returns the posting's
// id.
Result<std::int64_t> take_over_credit(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                      const TakeOverCredit& input);
// 恢复账户, when a document was shown. Returns the person's id.
Result<std::int64_t> wake_credit(journal::Turn&, const api::Caller&, PersonId);
// Timer: an account that has not moved for long rests; its balance stays.
Result<std::int64_t> rest_credit(journal::Turn&, PersonId, Instant due_at);

// Timer: what was granted lapses with the month.
Result<std::int64_t> lapse_credit(journal::Turn&, PersonId, Instant due_at);

// --- the monthly statement ---

// A month of the ledger as it is read beside the writer; what a pack makes of it comes later.
struct MonthTotals {
    Instant from, until;
    std::int64_t position = 0;  // of the last posting
    std::vector<AccountTotal> accounts;
    std::vector<FlowTotal> flows;
    std::map<std::int64_t, std::int64_t> minutes_by_age;  // balances of people, at the end
    std::int64_t age_unknown_people = 0;  // with a balance, and no age that is known …
    std::int64_t age_unknown_minutes = 0;
    // Credited, month by month back from this one, as many as were asked for.
    std::vector<std::int64_t> delivered_minutes;
    std::int64_t waiting_times = 0;  // services of the month that wait for a call-back
    std::int64_t waiting_minutes = 0;
};
// Timer, 公布月报: a month that is over is closed with its values. Returns the fact's position.
Result<std::int64_t> publish_statement(journal::Turn&, MonthTotals);
jobs::Timer statement_timer();

// --- who may use time below the pack's age ---

struct AskEntitlement {
    Text<1, 40> ground;  // of the pack
    Text<1, 500> proof;  // what was shown: which paper, from whom
};
BOOST_DESCRIBE_STRUCT(AskEntitlement, (), (ground, proof))

// 申请使用资格, one's own or at the desk. All four return the person's id.
Result<std::int64_t> ask_entitlement(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                     PersonId, const AskEntitlement& input);
// 批准使用资格 and 不予批准, by somebody who did not ask for it.
Result<std::int64_t> approve_entitlement(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                         PersonId, std::string_view reason);
Result<std::int64_t> reject_entitlement(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                        PersonId, std::string_view reason);
// 终止使用资格: the ground is gone.
Result<std::int64_t> end_entitlement(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                     PersonId, std::string_view reason);
// Whether this person may use time by now, whatever the age.
bool entitled(journal::Turn&, PersonId);

// --- booking an order with time, told by the order in its own turns ---

struct Booking {
    PersonId person;  // who is served and pays
    std::string category;
    std::int64_t minutes = 0;  // planned, of all who go
    bool assessed = false;     // the need was
};
struct BookingPlan {
    PersonId person;
    std::int64_t from_grant = 0;  // used first
    std::int64_t from_own = 0;
    Instant grant_lapses_at;
};
// What decides whether somebody may book, as it stands now.
struct BookingStanding {
    std::optional<std::int32_t> age_years;
    bool entitled = false;  // at any age
    bool dormant = false;
    bool share_left = true;    // of the orders that are kept for those paid with time
    std::int64_t own = 0;      // down to the floor
    std::int64_t granted = 0;  // and not lapsed
    Instant grant_lapses_at;
    std::int64_t held_in_month = 0;  // booked already, less what came back
};
BookingStanding booking_standing(const api::Reading&, const people::Register&, PersonId);
// The one rule of booking, and pure: what a page promises and what an action does.
Result<BookingPlan> decide_booking(const BookingStanding&, const rules::Pack&, const Booking&);
// The same in a turn. Decides and writes nothing.
Result<BookingPlan> plan_booking(journal::Turn&, const people::Register&, const Booking&);
// Where the pack sets no age nobody's is asked.
bool old_enough_to_redeem(const rules::TimeBankRules&, std::optional<std::int32_t> age_years);
// The key of the group for which the time was granted that the order was booked with; empty if none
// was.
std::string grant_group_of(const api::Reading&, OrderId);
// 冻结时间 for the order, which stands in this turn's journal.
void hold_credit(journal::Turn&, const Actor&, const Place&, OrderId, const BookingPlan&);
// 结算时间 that was served, as it is recorded and corrected by now, and the rest goes back. Nothing
// if the order was not booked with time. `minutes_of_turn`: checked out in this very turn.
void settle_credit(journal::Turn&, const Place&, OrderId, std::int64_t minutes_of_turn = 0);
// 退回时间 that was settled and proves not to be served: the turn takes `minutes_less` off a record
// of the order. Nothing if no less was served than is settled.
void refund_credit(journal::Turn&, const Place&, OrderId, std::int64_t minutes_less);
// 退回时间: all of it, less the pack's charge to the pool if whoever booked was not there.
void release_credit(journal::Turn&, const Place&, OrderId, bool absent = false);

// --- the ledger ---

// No posting takes an account below this.
std::int64_t floor_of(LedgerAccount, const rules::TimeBankRules&);
// What the account has above its floor; 0 for one that nothing was ever posted to.
std::int64_t available(journal::Turn&, LedgerAccount, PersonId);
// What stands in an account of granted time and has not lapsed, also before the timer has said so.
std::int64_t granted_at(const TimeAccountState& grant, Instant now);

// The whole ledger as a plain-text accounting journal, for hledger: minutes, oldest first.
void write_hledger(store::Session&, const journal::FigureTables&,
                   const std::function<void(std::string_view)>& on_line);

jobs::Timer listing_timer();
std::vector<jobs::Timer> timers();
api::Routes listing_routes(const TimeBankDesk& desk);  // routes() holds them
api::Routes entitlement_routes(const TimeBankDesk& desk);
api::ActionRows entitlement_actions();
api::Routes peer_routes();  // as these
api::Routes transfer_proof_routes(const TimeBankDesk& desk);
api::Routes routes(const TimeBankDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::time_bank
