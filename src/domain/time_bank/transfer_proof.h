// The signed statement by which time leaves for another district and comes from there: the proof
// that the credit.sent stands in a sealed block. The command line and the pages read it alike.
#pragma once

#include "domain/time_bank/time_pages.h"
#include "journal/seals.h"

namespace hezhi::time_bank {

// Characters of one; a fact and a path of ten hashes are some three thousand.
inline constexpr std::size_t transfer_proof_max = 32 * 1024;

struct TryTransfer {
    Text<1, transfer_proof_max> proof;  // the file, as the other district wrote it
};
BOOST_DESCRIBE_STRUCT(TryTransfer, (), (proof))

struct ReceiveCredit {
    Text<1, transfer_proof_max> proof;
    PersonId person_id;  // whose it is here; the desk has seen who it is
};
BOOST_DESCRIBE_STRUCT(ReceiveCredit, (), (proof, person_id))

// What a proof says, whose signature and place in the block hold.
struct TransferProof {
    std::string ledger;             // of the other district …
    std::string district;           // … and its name in our register
    std::int64_t number = 0;        // of the transfer there
    std::int64_t person_there = 0;  // whose it was: their number there, and nothing else is told
    std::int64_t minutes = 0;
    Instant sent_at;
    Instant sealed_at;
    bool received = false;                  // it was taken in already …
    std::optional<TransferId> received_as;  // … as this, for who may read it
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(TransferProof, (),
                      (ledger, district, number, person_there, minutes, sent_at, sealed_at,
                       received, received_as, actions))

// Whether the text has the form of a ledger's number: the id of a public key.
bool is_key_id(std::string_view text);
// The ids of all keys that our seals ever had.
std::vector<std::string> own_ledgers(store::Session&);

// What the proof says, once it was held against these keys; our ledgers and the person are left
// open. proof_not_readable, proof_of_unknown_key, proof_false.
Result<IncomingTransfer> read_transfer_proof(std::string_view text,
                                             const std::vector<crypto::PublicKey>& trusted);
// The minutes that come to us by it; transfer_not_for_us.
Result<std::int64_t> minutes_for_us(const IncomingTransfer&);

// The same against the registered keys, with our ledgers; every refusal says what the file should
// have been. The registration of the district may be over by now.
Result<IncomingTransfer> incoming_transfer(const api::Reading&, std::string_view proof);
// What would be taken in, and whether it may be. Writes nothing.
Result<TransferProof> try_transfer(const api::Reading&, std::string_view proof);
// The proof of what was sent, for whoever may send. fact_not_sealed until its block is.
Result<journal::FactProof> prove_transfer(const api::Reading&, TransferId);

}  // namespace hezhi::time_bank
