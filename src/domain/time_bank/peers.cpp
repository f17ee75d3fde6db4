// 登记对方区, 撤销对方区: whose statements are accepted, with their public keys.
#include "crypto/signing.h"
#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"
#include "domain/time_bank/time_pages.h"

namespace hezhi::time_bank {

journal::Keys PeerFigure::keys(const Fact& fact) {
    if (fact.is<PeerAdmitted>()) return {fact.as<PeerAdmitted>().ledger};
    return {fact.as<PeerDismissed>().ledger};
}

void PeerFigure::step(State& peer, const Fact& fact, const rules::Pack&) {
    peer.changed_at = fact.occurred_at;
    peer.account = fact.actor.account;
    if (fact.is<PeerDismissed>()) {
        peer.state = PeerStep::dismissed;
        return;
    }
    const auto& admitted = fact.as<PeerAdmitted>();
    peer.state = PeerStep::admitted;
    peer.name = admitted.name;
    peer.public_key = admitted.public_key;
}

bool is_peer(journal::Turn& turn, const std::string& ledger) {
    const auto* peer = turn.load<PeerFigure>(ledger);
    return peer && peer->state == PeerStep::admitted;
}

Result<std::int64_t> admit_peer(journal::Turn& turn, const api::Caller& caller,
                                const AdmitPeer& input) {
    if (!caller.may_somewhere("peer.admit")) return refuse(hezhi::refusals::not_permitted);
    if (!turn.pack()->pack->time_bank.open) return refuse(refusals::time_bank_closed);
    auto keys = crypto::PublicKey::all_from_pem(input.public_key.value);
    if (keys.size() != 1) {
        return refuse(hezhi::refusals::invalid_input, {"/public_key", "对方区的一个封印公钥（PEM）",
                                                       "one public key of seals, in PEM"});
    }
    const crypto::PublicKey& key = keys.front();
    if (is_peer(turn, key.id())) return refuse(refusals::peer_known);
    return turn.append(draft(PeerAdmitted{key.id(), input.name.value, key.pem()},
                             caller.actor("peer.admit"), {}, {{"peer", self}}, turn.now()));
}

Result<std::int64_t> dismiss_peer(journal::Turn& turn, const api::Caller& caller,
                                  std::string_view ledger) {
    if (!caller.may_somewhere("peer.dismiss")) return refuse(hezhi::refusals::not_permitted);
    if (!is_peer(turn, std::string(ledger))) return refuse(refusals::peer_unknown);
    return turn.append(draft(PeerDismissed{std::string(ledger)}, caller.actor("peer.dismiss"), {},
                             {{"peer", self}}, turn.now()));
}

Result<PeerList> list_peers(const api::Reading& reading) {
    PeerList list;
    reading.db.each(queries::peers, {}, [&](const store::Row& row) {
        auto peer = journal::read_state<PeerFigure>(reading.tables, row);
        bool admitted = peer.state == PeerStep::admitted;
        Peer shown{peer.id, peer.name, peer.state, peer.changed_at, {}};
        if (admitted && reading.caller.may_somewhere("peer.dismiss")) {
            shown.actions.emplace_back("dismiss_peer");
        }
        list.items.push_back(std::move(shown));
    });
    bool open = reading.pack()->pack->time_bank.open;
    if (open && reading.caller.may_somewhere("peer.admit")) list.actions.emplace_back("admit_peer");
    return list;
}

api::Routes peer_routes() {
    using http::Method;
    auto listed = [](const api::Reading& r, std::int64_t) { return list_peers(r); };
    return {
        api::reads<api::Nothing, PeerList>(
            {Method::get, "/time-bank/peers", "list_peers", "posting.read"},
            [](const api::Reading& r, const api::Nothing&) { return list_peers(r); }),
        api::writes<AdmitPeer, PeerList>(
            {Method::post, "/time-bank/peers", "admit_peer", "peer.admit"},
            [](const api::Writing& w, const AdmitPeer& input) {
                return admit_peer(w.turn, w.caller, input);
            },
            listed),
        api::writes<DismissPeer, PeerList>(
            {Method::post, "/time-bank/peers/dismissals", "dismiss_peer", "peer.dismiss"},
            [](const api::Writing& w, const DismissPeer& input) {
                return dismiss_peer(w.turn, w.caller, input.ledger);
            },
            listed),
    };
}

}  // namespace hezhi::time_bank
