// The districts whose statements are accepted, as a figure: one row a ledger.
#pragma once

#include "facts/time_bank_facts.h"
#include "journal/figure.h"

namespace hezhi::time_bank {

enum class PeerStep {
    admitted,   // 已登记
    dismissed,  // 已撤销
};
BOOST_DESCRIBE_ENUM(PeerStep, admitted, dismissed)

struct PeerState {
    std::string id;          // the ledger: the id of its seal's public key
    std::string name;        // of the district
    std::string public_key;  // PEM
    PeerStep state = PeerStep::admitted;
    Instant changed_at;
    AccountId account;  // who admitted or dismissed it
};
BOOST_DESCRIBE_STRUCT(PeerState, (), (id, name, public_key, state, changed_at, account))

struct PeerFigure {
    using State = PeerState;
    static constexpr std::string_view name = "time_peers";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds() {
        return {PeerAdmitted::kind, PeerDismissed::kind};
    }
    static std::vector<std::string> indexes() { return {"state"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::time_bank
