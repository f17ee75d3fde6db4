#include "domain/time_bank/transfer_proof.h"

#include <algorithm>

#include "base/json.h"
#include "domain/time_bank/queries.h"
#include "facts/fact_line.h"

namespace hezhi::time_bank {
namespace {

constexpr std::size_t key_id_digits = 16;
constexpr std::int64_t sent_minutes_max = 600'000;  // of one transfer, as send_credit takes it

FieldError expected_of_file(std::string zh, std::string en) {
    return {"/proof", std::move(zh), std::move(en)};
}

FieldError expected_file() {
    return expected_of_file("对方区在本系统的页面下载的转出证明文件，一字不改",
                            "the proof of a transfer, as it was downloaded from the other "
                            "district's page, unchanged");
}

// What the seals refuse, told of the one field that a page has.
Refusal of_file(Refusal refusal) {
    if (refusal.fields.empty()) refusal.fields.push_back(expected_file());
    for (auto& field : refusal.fields) field.field = "/proof";
    return refusal;
}

std::unexpected<Refusal> not_for_us(const IncomingTransfer& incoming, std::string_view found_zh,
                                    std::string_view found_en) {
    std::string own;
    for (const auto& ledger : incoming.own_ledgers) own += (own.empty() ? "" : ", ") + ledger;
    return refuse(refusals::transfer_not_for_us,
                  expected_of_file("转到本区账本 " + own + " 的转出证明；" + std::string(found_zh),
                                   "the proof of a transfer to our ledger " + own + "; " +
                                       std::string(found_en)));
}

std::unexpected<Refusal> unknown_peer(std::string_view found_zh, std::string_view found_en) {
    return refuse(refusals::peer_unknown,
                  expected_of_file("由已登记的区的公钥签名的转出证明；" + std::string(found_zh),
                                   "a proof that is signed by the key of a registered district; " +
                                       std::string(found_en)));
}

}  // namespace

bool is_key_id(std::string_view text) {
    return text.size() == key_id_digits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::vector<std::string> own_ledgers(store::Session& db) {
    std::vector<std::string> ids;
    auto keys = journal::seal_keys(db);
    for (const auto& own : keys) ids.push_back(own.key.id());
    return ids;
}

Result<IncomingTransfer> read_transfer_proof(std::string_view text,
                                             const std::vector<crypto::PublicKey>& trusted) {
    auto block = journal::check_proof(text, trusted);
    if (!block) return std::unexpected(block.error());
    auto proof = from_json<journal::FactProof>(text, hezhi::Reading::stored);
    if (!proof) return refuse(journal::refusals::proof_not_readable);
    // Signed, but by another program: nothing of it need be a fact that this one knows.
    auto sent = read_fact_line(proof->fact);
    if (!sent) {
        FieldError wrong = std::move(sent.error());
        wrong.field.insert(0, "/fact");
        return refuse(journal::refusals::proof_not_readable, std::move(wrong));
    }
    if (sent->position != block->first + proof->index) {
        return refuse(journal::refusals::proof_false,
                      {"/fact/position", "这一条在块中的位置", "its place in the block"});
    }
    IncomingTransfer incoming;
    incoming.ledger = block->key;
    incoming.sent = std::move(*sent);
    incoming.sealed_at = block->sealed_at;
    return incoming;
}

Result<std::int64_t> minutes_for_us(const IncomingTransfer& incoming) {
    const Fact& sent = incoming.sent;
    if (!sent.is<CreditSent>()) {
        std::string kind(sent.kind);
        return not_for_us(incoming, "这是 " + kind + " 的证明", "this is the proof of " + kind);
    }
    const std::string& to = sent.as<CreditSent>().to;
    if (std::ranges::find(incoming.own_ledgers, to) == incoming.own_ledgers.end()) {
        std::string shown = is_key_id(to) ? to : "?";
        return not_for_us(incoming, "这份转到 " + shown, "this one goes to " + shown);
    }
    std::int64_t minutes = 0;
    bool sound = true;
    for (const PostingLeg& leg : posting_legs(sent)) {
        if (leg.account != LedgerAccount::transferred) continue;
        bool one_sound = leg.minutes > 0 && leg.minutes <= sent_minutes_max;
        sound = sound && one_sound;
        minutes += one_sound ? leg.minutes : 0;
    }
    if (!sound || minutes < 1 || minutes > sent_minutes_max) {
        std::string range = "1–" + std::to_string(sent_minutes_max);
        return not_for_us(incoming, "分钟数应为 " + range, "of " + range + " minutes");
    }
    return minutes;
}

Result<IncomingTransfer> incoming_transfer(const api::Reading& reading, std::string_view text) {
    auto proof = from_json<journal::FactProof>(text, hezhi::Reading::stored);
    bool readable = proof && is_key_id(proof->block.header.key);
    if (!readable) return refuse(journal::refusals::proof_not_readable, expected_file());
    const std::string& key = proof->block.header.key;
    auto peer = reading.load<PeerFigure>(key);
    auto own = own_ledgers(reading.db);
    if (!peer && std::ranges::find(own, key) != own.end()) {
        return unknown_peer("这份由本区自己签名", "this one is signed by our own district");
    }
    if (!peer) return unknown_peer("这份由 " + key + " 签名", "this one is signed by " + key);
    auto incoming = read_transfer_proof(text, crypto::PublicKey::all_from_pem(peer->public_key));
    if (!incoming) return std::unexpected(of_file(std::move(incoming.error())));
    incoming->own_ledgers = std::move(own);
    return incoming;
}

Result<TransferProof> try_transfer(const api::Reading& reading, std::string_view text) {
    if (!reading.pack()->pack->time_bank.open) return refuse(refusals::time_bank_closed);
    auto incoming = incoming_transfer(reading, text);
    if (!incoming) return std::unexpected(incoming.error());
    auto minutes = minutes_for_us(*incoming);
    if (!minutes) return std::unexpected(minutes.error());
    auto peer = reading.load<PeerFigure>(incoming->ledger);
    if (!peer || peer->state != PeerStep::admitted) {
        return unknown_peer("这个区的登记已撤销", "the registration of this one is ended");
    }
    TransferProof shown;
    shown.ledger = incoming->ledger;
    shown.district = peer->name;
    shown.number = incoming->sent.position;
    shown.person_there = incoming->sent.subject("person");
    shown.minutes = *minutes;
    shown.sent_at = incoming->sent.occurred_at;
    shown.sealed_at = incoming->sealed_at;
    auto known = reading.rows<TransferFigure>(queries::transfer_received,
                                              {{"ledger", shown.ledger}, {"number", shown.number}});
    shown.received = !known.empty();
    if (!shown.received) {
        shown.actions.emplace_back("receive_credit");
    } else if (reading.caller.may("posting.read", {.area_path = known.front().area_path})) {
        shown.received_as = known.front().id;
    }
    return shown;
}

Result<journal::FactProof> prove_transfer(const api::Reading& reading, TransferId id) {
    auto transfer = id ? reading.load<TransferFigure>(id) : std::nullopt;
    if (!transfer || !reading.caller.may("credit.send", {.area_path = transfer->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (transfer->state != TransferStep::sent) return refuse(refusals::transfer_state_forbids);
    return journal::prove(reading.db, id.value);
}

api::Routes transfer_proof_routes(const TimeBankDesk& desk) {
    using http::Method;
    return {
        api::reads<api::Nothing, journal::FactProof>(
            {Method::get, "/time-bank/transfers/{id}/proof", "prove_transfer", "credit.send"},
            [](const api::Reading& r, const api::Nothing&) {
                return prove_transfer(r, TransferId(r.id()));
            }),
        api::checks<TryTransfer, TransferProof>(
            {Method::post, "/time-bank/transfers/receipt-trial", "try_transfer", "credit.send"},
            [](const api::Reading& r, const TryTransfer& input) {
                return try_transfer(r, input.proof);
            }),
        // Signatures are checked beside the writer; that it comes once is decided in its turn.
        api::prepared_writes<ReceiveCredit, IncomingTransfer, Transfer>(
            {Method::post, "/time-bank/transfers/receipts", "receive_credit", "credit.send"},
            [](const api::Reading& r, const ReceiveCredit& input) -> Result<IncomingTransfer> {
                auto incoming = incoming_transfer(r, input.proof);
                if (incoming) incoming->person = input.person_id;
                return incoming;
            },
            [](const api::Writing& w, const ReceiveCredit&, const IncomingTransfer& incoming) {
                return receive_credit(w.turn, w.caller, incoming);
            },
            [&desk](const api::Reading& r, std::int64_t id) {
                return transfer_page(r, desk, TransferId(id));
            }),
    };
}

}  // namespace hezhi::time_bank
