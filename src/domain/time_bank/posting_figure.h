// The ledger of the time bank as figures: one row an account, one row a leg of a posting.
#pragma once

#include "facts/time_bank_facts.h"
#include "journal/figure.h"

namespace hezhi::time_bank {

using PostingId = Id<struct PostingTag>;  // the position of the fact

// "person/12", "held/12", "grant/12"; of the bank's own accounts the name alone.
std::string account_key(LedgerAccount account, PersonId person);

struct TimeAccountState {
    std::string id;
    LedgerAccount account = LedgerAccount::person;
    PersonId person;
    std::int64_t balance = 0;
    std::int64_t received = 0;
    std::int64_t given = 0;
    std::int64_t postings = 0;
    Instant moved_at;
    Instant lapses_at;  // of what was granted
    Instant rests_at;   // of one's own with a balance: dormant from then on, unless it moves
    bool dormant = false;
};
BOOST_DESCRIBE_STRUCT(TimeAccountState, (),
                      (id, account, person, balance, received, given, postings, moved_at, lapses_at,
                       rests_at, dormant))

struct TimeAccountFigure {
    using State = TimeAccountState;
    static constexpr std::string_view name = "time_accounts";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"account, person", "lapses_at", "dormant, rests_at"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// Who may take over after death; a row for whoever named somebody.
struct BeneficiaryState {
    PersonId id;  // whose account
    PersonId beneficiary;
    std::string relation;
    Instant named_at;
};
BOOST_DESCRIBE_STRUCT(BeneficiaryState, (), (id, beneficiary, relation, named_at))

struct BeneficiaryFigure {
    using State = BeneficiaryState;
    static constexpr std::string_view name = "beneficiaries";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds() { return {BeneficiaryNamed::kind}; }
    static std::vector<std::string> indexes() { return {}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

struct PostingState {
    std::string id;  // "posting-leg"
    PostingId posting;
    std::int32_t leg = 0;
    std::string fact_kind;  // what it was for: "credit.donated"
    LedgerAccount account = LedgerAccount::person;
    PersonId person;
    std::int64_t minutes = 0;
    Instant posted_at;
    OrderId order_id;
    RecordId record;
    PostingId undoes;  // of a reversal
    bool reversed = false;
};
BOOST_DESCRIBE_STRUCT(PostingState, (),
                      (id, posting, leg, fact_kind, account, person, minutes, posted_at, order_id,
                       record, undoes, reversed))

std::string posting_key(PostingId posting, std::int64_t leg);

struct PostingFigure {
    using State = PostingState;
    static constexpr std::string_view name = "postings";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds() { return posting_kinds(); }
    static std::vector<std::string> indexes() {
        // By account as well, so that no query of one person goes by the account alone.
        return {"person, account, posting", "posting", "posted_at", "account, posting"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::time_bank
