// What the actions of this folder ask before they decide.
#pragma once

#include "domain/certificates/certificates.h"

namespace hezhi::certificates {

// The certificate, if `caller` holds `permission` on it; not_found or not_permitted otherwise. A
// copy, so that appends do not move it.
Result<CertificateState> load_certificate(journal::Turn&, const api::Caller&, CertificateId,
                                          std::string_view permission);

// Why the caller may not be shown this person's name and document number now: a sealed address, or
// a minor without somebody else's approval, as for a reading in clear.
std::optional<Refusal> may_see_clear(journal::Turn&, const api::Caller&,
                                     const people::PersonState&);

// Whether this account of the staff has issued or printed it so lately that it may hold the paper.
bool took_it_lately(const CertificateState&, AccountId, const rules::CertificateRules&,
                    Instant now);

void append_revocation(journal::Turn&, const Actor&, const CertificateState&, RevocationReason);

}  // namespace hezhi::certificates
