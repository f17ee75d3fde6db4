// Which records of somebody are in doubt: those on a certificate under objection, and those on one
// that was revoked because its records were wrong, until they are put right. No certificate is
// issued over them, and one that holds them is held together with the other.
#pragma once

#include <map>

#include "domain/certificates/certificates.h"

namespace hezhi::certificates {

struct RecordDoubt {
    Doubt why = Doubt::none;
    std::string number;  // of the certificate that it comes from
};
using RecordDoubts = std::map<RecordId, RecordDoubt>;

RecordDoubts doubts_of(store::Session&, const journal::FigureTables&, const people::Register&,
                       PersonId);

// The doubt by which a certificate is held although nobody objected to itself; none of one that is
// held or revoked itself, or whose person was erased.
std::optional<RecordDoubt> held_with(store::Session&, const journal::FigureTables&,
                                     const people::Register&, const CertificateState&);

// Why nothing new is issued over such a record, and why a certificate that holds it is held.
const RefusalRow& issue_refused(Doubt);
const RefusalRow& use_refused(Doubt);

// What else is valid and says nothing but what `revoked` says of the records for which it was
// revoked; nothing if it was for another reason. `revoked` is as it will stand.
std::vector<CertificateState> copies_of(store::Session&, const journal::FigureTables&,
                                        const people::Register&, const CertificateState& revoked);

// The valid certificates of a person, the newest first.
std::vector<CertificateState> valid_of(store::Session&, const journal::FigureTables&, PersonId);

}  // namespace hezhi::certificates
