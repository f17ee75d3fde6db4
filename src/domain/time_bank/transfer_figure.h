// Time that moved between districts, as a figure: one row a transfer.
#pragma once

#include "facts/time_bank_facts.h"
#include "journal/figure.h"

namespace hezhi::time_bank {

enum class TransferStep {
    sent,      // 已转出
    received,  // 已转入
    disputed,  // 争议中
    kept,      // 争议不成立
    returned,  // 争议成立，已退回
};
BOOST_DESCRIBE_ENUM(TransferStep, sent, received, disputed, kept, returned)

struct TransferState {
    TransferId id;
    PersonId person;
    AreaId area;
    std::string area_path;
    TransferStep state = TransferStep::sent;
    std::string ledger;       // the other district: the id of its public key
    std::int64_t number = 0;  // of what was received: its position there
    std::int64_t minutes = 0;
    std::int64_t frozen = 0;
    Instant moved_at;
    TransferId returned_as;  // the transfer by which what was upheld went back, if any did
};
BOOST_DESCRIBE_STRUCT(TransferState, (),
                      (id, person, area, area_path, state, ledger, number, minutes, frozen,
                       moved_at, returned_as))

struct TransferFigure {
    using State = TransferState;
    static constexpr std::string_view name = "transfers";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"ledger, number", "area_path, id"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::time_bank
