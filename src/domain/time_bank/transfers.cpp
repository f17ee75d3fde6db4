// 通存通兑: time goes to another district and comes from it, as a signed statement.
#include <algorithm>

#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"
#include "domain/time_bank/transfer_proof.h"

namespace hezhi::time_bank {
namespace {

// A transfer that the caller may see; a copy, so that appends do not move it.
Result<TransferState> load_transfer(journal::Turn& turn, const api::Caller& caller, TransferId id,
                                    std::string_view permission, TransferStep state) {
    const auto* transfer = id ? turn.load<TransferFigure>(id) : nullptr;
    if (!transfer || !caller.may(permission, {.area_path = transfer->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (transfer->state != state) return refuse(refusals::transfer_state_forbids);
    if (caller.person == transfer->person) return refuse(refusals::own_posting);
    return *transfer;
}

std::int64_t came_to_the_person(journal::Turn& turn, TransferId id) {
    std::int64_t minutes = 0;
    const Fact received = fact_at(turn.db(), PostingId(id.value));
    for (const PostingLeg& leg : posting_legs(received)) {
        if (leg.account == LedgerAccount::person) minutes += leg.minutes;
    }
    return minutes;
}

Subjects transfer_subjects(const TransferState& transfer) {
    return {{"transfer", transfer.id.value}, {"person", transfer.person.value}};
}

}  // namespace

Result<std::int64_t> send_credit(journal::Turn& turn, const api::Caller& caller,
                                 const SendCredit& input) {
    auto person = served_person(turn, caller, input.person_id, "credit.send");
    if (!person) return std::unexpected(person.error());
    if (caller.person == person->id) return refuse(refusals::own_posting);
    if (!turn.pack()->pack->time_bank.open) return refuse(refusals::time_bank_closed);
    if (!is_key_id(input.to.value)) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/to", "对方区的账本编号，16 位", "the other district's ledger number"});
    }
    if (!is_peer(turn, input.to.value)) return refuse(refusals::peer_unknown);
    if (dormant(turn, person->id)) return refuse(refusals::account_dormant);
    CreditSent sent;
    sent.to = input.to.value;
    sent.legs = {{LedgerAccount::person, person->id, -input.minutes.value},
                 {LedgerAccount::transferred, {}, input.minutes.value}};
    const auto* account =
        turn.load<TimeAccountFigure>(account_key(LedgerAccount::person, person->id));
    if (!account || account->balance < input.minutes.value) {
        return refuse(refusals::credit_too_low);
    }
    return turn.append(draft(sent, caller.actor("credit.send"),
                             Place{person->area, person->area_path},
                             {{"transfer", self}, {"person", person->id.value}}, turn.now()));
}

Result<std::int64_t> receive_credit(journal::Turn& turn, const Actor& actor,
                                    const IncomingTransfer& incoming) {
    const Fact& sent = incoming.sent;
    if (!turn.pack()->pack->time_bank.open) return refuse(refusals::time_bank_closed);
    auto minutes = minutes_for_us(incoming);
    if (!minutes) return std::unexpected(minutes.error());
    if (!is_peer(turn, incoming.ledger)) return refuse(refusals::peer_unknown);
    bool known = turn.db()
                     .row(queries::transfer_received,
                          {{"ledger", incoming.ledger}, {"number", sent.position}})
                     .has_value();
    if (known) return refuse(refusals::transfer_received_already);
    const auto* person = turn.load<people::PersonFigure>(incoming.person);
    if (!person || person->erased) return refuse(hezhi::refusals::not_found);
    CreditReceived received;
    received.from = incoming.ledger;
    received.number = sent.position;
    Place place{person->area, person->area_path};
    received.legs = up_to_the_cap(turn, incoming.person, *minutes);
    received.legs.insert(received.legs.begin(), {LedgerAccount::transferred, {}, -*minutes});
    return turn.append(draft(received, actor, std::move(place),
                             {{"transfer", self}, {"person", incoming.person.value}}, turn.now()));
}

Result<std::int64_t> receive_credit(journal::Turn& turn, const api::Caller& caller,
                                    const IncomingTransfer& incoming) {
    auto person = served_person(turn, caller, incoming.person, "credit.send");
    if (!person) return std::unexpected(person.error());
    if (caller.person == person->id) return refuse(refusals::own_posting);
    return receive_credit(turn, caller.actor("credit.send"), incoming);
}

Result<std::int64_t> dispute_transfer(journal::Turn& turn, const api::Caller& caller,
                                      const TimeBankDesk& desk, TransferId id,
                                      std::string_view reason) {
    auto transfer = load_transfer(turn, caller, id, "transfer.dispute", TransferStep::received);
    if (!transfer) return std::unexpected(transfer.error());
    // Of what was used since nothing is taken, nor of what went to the pool: only this amount is
    // frozen, and only while it is there.
    std::int64_t frozen = std::min(came_to_the_person(turn, id), owned(turn, transfer->person));
    TransferDisputed disputed;
    if (frozen > 0) {
        disputed.legs = {{LedgerAccount::person, transfer->person, -frozen},
                         {LedgerAccount::disputed, transfer->person, frozen}};
    }
    desk.people.write_text(turn.db(), turn.next_position(), text_reason, reason);
    turn.append(draft(disputed, caller.actor("transfer.dispute"),
                      Place{transfer->area, transfer->area_path}, transfer_subjects(*transfer),
                      turn.now()));
    return id.value;
}

Result<std::int64_t> settle_transfer(journal::Turn& turn, const api::Caller& caller,
                                     const TimeBankDesk& desk, TransferId id,
                                     const SettleTransfer& input) {
    auto transfer = load_transfer(turn, caller, id, "transfer.settle", TransferStep::disputed);
    if (!transfer) return std::unexpected(transfer.error());
    Actor actor = caller.actor("transfer.settle");
    Place place{transfer->area, transfer->area_path};
    TransferSettled settled;
    settled.upheld = input.upheld;
    PostingLeg thawed{LedgerAccount::disputed, transfer->person, -transfer->frozen};
    Subjects subjects = transfer_subjects(*transfer);
    if (transfer->frozen > 0 && input.upheld) {
        // A transfer of its own, which the other district takes in like any other.
        CreditSent back;
        back.to = transfer->ledger;
        back.legs = {thawed, {LedgerAccount::transferred, {}, transfer->frozen}};
        subjects["posting"] = turn.append(
            draft(back, actor, place, {{"transfer", self}, {"person", transfer->person.value}},
                  turn.now()));
    } else if (transfer->frozen > 0) {
        settled.legs = {thawed, {LedgerAccount::person, transfer->person, transfer->frozen}};
    }
    desk.people.write_text(turn.db(), turn.next_position(), text_reason, input.reason);
    turn.append(draft(settled, actor, place, std::move(subjects), turn.now()));
    return id.value;
}

}  // namespace hezhi::time_bank
