// What the pages show of the time bank.
#pragma once

#include "domain/time_bank/time_bank.h"

namespace hezhi::time_bank {

// One step of a reckoning.
struct TimeLine {
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(TimeLine, (), (zh, en))

// A served time and what became of it: the clause first, then the arithmetic.
struct EarnedTime {
    PostingId id;
    RecordId record_id;
    std::optional<OrderId> order_id;
    std::string category_zh;
    std::string category_en;
    ServedAs served_as = ServedAs::order;
    Instant ends_at;
    std::int32_t minutes = 0;
    std::int32_t credited = 0;
    std::int32_t pooled = 0;
    EarningWhy why = EarningWhy::credited;
    std::string says_zh;
    std::string says_en;
    std::vector<TimeLine> arithmetic;
    bool reversed = false;
};
BOOST_DESCRIBE_STRUCT(EarnedTime, (),
                      (id, record_id, order_id, category_zh, category_en, served_as, ends_at,
                       minutes, credited, pooled, why, says_zh, says_en, arithmetic, reversed))

struct EarnedTimeList {
    std::vector<EarnedTime> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(EarnedTimeList, (), (items, next_cursor))

// A leg as lists show it: what came to an account or left it.
struct PostingLine {
    PostingId id;
    std::string fact_kind;  // its words stand in the catalogue
    LedgerAccount account = LedgerAccount::person;
    std::optional<PersonId> person_id;
    std::optional<std::string> person_name;  // masked
    std::int64_t minutes = 0;
    Instant posted_at;
    bool reversed = false;
    std::optional<std::string> reason;  // of a reversal, among one's own
};
BOOST_DESCRIBE_STRUCT(PostingLine, (),
                      (id, fact_kind, account, person_id, person_name, minutes, posted_at, reversed,
                       reason))

struct PostingList {
    std::vector<PostingLine> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(PostingList, (), (items, next_cursor))

// A posting opened: its legs, which add up to zero, and what it came from.
struct Posting {
    PostingId id;
    std::string fact_kind;
    Instant posted_at;
    std::vector<PostingLine> legs;
    std::optional<EarnedTime> earned;
    std::optional<PostingId> undoes;
    std::optional<std::string> reason;  // of a reversal
    bool reversed = false;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Posting, (),
                      (id, fact_kind, posted_at, legs, earned, undoes, reason, reversed, actions))

// One's own account.
struct MyTime {
    bool open = false;
    bool mutual = false;  // members help each other
    std::string name_zh;  // what the district calls it
    std::string name_en;
    std::string says_zh;
    std::string says_en;
    std::string caps_zh;
    std::string caps_en;
    std::int64_t balance = 0;
    std::int64_t held = 0;
    std::int64_t disputed = 0;
    std::int64_t granted = 0;
    std::optional<Instant> grant_lapses_at;
    std::int64_t credited = 0;  // in all
    std::int64_t pooled = 0;    // in one's name
    std::int64_t month_credited = 0;
    std::int64_t month_minutes_max = 0;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(MyTime, (),
                      (open, mutual, name_zh, name_en, says_zh, says_en, caps_zh, caps_en, balance,
                       held, disputed, granted, grant_lapses_at, credited, pooled, month_credited,
                       month_minutes_max, actions))

// Somebody's account, for staff.
struct AccountOfPerson {
    PersonId person_id;
    std::string name;   // masked
    bool open = false;  // there is a time bank
    std::int64_t balance = 0;
    std::int64_t held = 0;
    std::int64_t disputed = 0;
    std::int64_t granted = 0;
    bool dormant = false;
    std::optional<PersonId> beneficiary_id;
    std::optional<std::string> beneficiary_name;
    std::optional<std::string> beneficiary_relation;
    std::vector<std::string> relations;  // to choose from
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(AccountOfPerson, (),
                      (person_id, name, open, balance, held, disputed, granted, dormant,
                       beneficiary_id, beneficiary_name, beneficiary_relation, relations, actions))

Result<AccountOfPerson> account_page(const api::Reading&, const TimeBankDesk&, PersonId);

// A transfer, for staff.
struct Transfer {
    TransferId id;
    PersonId person_id;
    std::string person_name;  // masked
    TransferStep state = TransferStep::sent;
    std::string ledger;  // the other district's
    std::int64_t minutes = 0;
    std::int64_t frozen = 0;
    Instant moved_at;
    std::optional<TransferId> returned_as;  // the transfer by which it went back
    // Of what was sent, for who may hand its proof on: whether there is one by now.
    std::optional<bool> sealed;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Transfer, (),
                      (id, person_id, person_name, state, ledger, minutes, frozen, moved_at,
                       returned_as, sealed, actions))

struct TransferList {
    std::vector<Transfer> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(TransferList, (), (items, next_cursor))

// A district whose statements are accepted, or were.
struct Peer {
    std::string ledger;
    std::string name;
    PeerStep state = PeerStep::admitted;
    Instant changed_at;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Peer, (), (ledger, name, state, changed_at, actions))

struct PeerList {
    std::vector<Peer> items;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(PeerList, (), (items, actions))

Result<PeerList> list_peers(const api::Reading&);

Transfer show_transfer(const api::Reading&, const TimeBankDesk&, const TransferState&);
Result<Transfer> transfer_page(const api::Reading&, const TimeBankDesk&, TransferId);

struct StatementQuery {
    std::optional<std::string> month;  // "2026-03"; this one, if not told
};
BOOST_DESCRIBE_STRUCT(StatementQuery, (), (month))

struct GrantChoice {
    std::string key;
    std::string zh;
    std::string en;
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(GrantChoice, (), (key, zh, en, minutes))

// A month in totals; nobody can be told from it.
struct TimeStatement {
    bool open = false;
    std::string name_zh;
    std::string name_en;
    std::string month;
    std::optional<PostingId> published_id;  // the fact, once the month is closed; else provisional
    std::optional<Instant> published_at;
    std::vector<AccountTotal> accounts;  // together zero
    std::vector<FlowTotal> flows;
    std::int64_t redeemable_minutes = 0;  // of who may use it now or soon
    std::int64_t delivered_minutes = 0;   // credited in the pack's months
    std::optional<std::int64_t> liability_percent;
    Liability liability = Liability::unknown;
    // With a balance and no age that is known: not among the redeemable. Absent in older months.
    std::optional<std::int64_t> age_unknown_people;
    std::optional<std::int64_t> age_unknown_minutes;
    std::string liability_says_zh;
    std::string liability_says_en;
    std::vector<GrantChoice> groups;
    std::vector<std::string> relations;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(TimeStatement, (),
                      (open, name_zh, name_en, month, published_id, published_at, accounts, flows,
                       redeemable_minutes, delivered_minutes, liability_percent, liability,
                       age_unknown_people, age_unknown_minutes, liability_says_zh,
                       liability_says_en, groups, relations, actions))

Result<TimeStatement> statement_page(const api::Reading&, const StatementQuery&);

// A month as it was published, for everybody.
struct PublishedMonth {
    std::string month;
    PostingId published_id;
    Instant published_at;
    // Absent where it is of a few only, or tells of a few beside a month before.
    std::optional<std::int64_t> members;         // with an account of their own
    std::optional<std::int64_t> member_minutes;  // in their accounts
    std::optional<std::int64_t> pool_minutes;
    std::optional<std::int64_t> earned_minutes;  // in the month
    std::optional<std::int64_t> used_minutes;    // in all
    std::optional<std::int64_t> liability_percent;
    Liability liability = Liability::unknown;
    // Whose time is not among the redeemable; absent in older months, and of a few only.
    std::optional<std::int64_t> age_unknown_people;
};
BOOST_DESCRIBE_STRUCT(PublishedMonth, (),
                      (month, published_id, published_at, members, member_minutes, pool_minutes,
                       earned_minutes, used_minutes, liability_percent, liability,
                       age_unknown_people))

struct PublishedMonthList {
    std::vector<PublishedMonth> items;
};
BOOST_DESCRIBE_STRUCT(PublishedMonthList, (), (items))

EarnedTime show_earned(const api::Reading&, const EarnedTimeState&);
PostingLine show_leg(const api::Reading&, const TimeBankDesk&, const PostingState&);
MyTime my_time(const api::Reading&);
// The posting, if the caller may read it: staff of its area, or whoever has a leg of it.
Result<Posting> posting_page(const api::Reading&, const TimeBankDesk&, PostingId);

}  // namespace hezhi::time_bank
