// What the proof of a certificate attests, for whoever has the seal's public key and nothing else:
// the content handed on with it is the text whose hash stands in the sealed certificate.issued.
#pragma once

#include "crypto/digest.h"
#include "domain/certificates/certificate_content.h"
#include "facts/fact.h"

namespace hezhi::certificates {

// As it stands in certificate.issued: hex. `kind` is that of the installation's seals.
std::string content_hash(crypto::DigestKind kind, std::string_view content);

struct ContentDifference {
    std::string field;   // of CertificateContent; "content" is the whole text
    std::string sealed;  // what the fact holds
    std::string found;   // texts in quotation marks, as JSON has them
};

// Where `content` is not what was sealed with this certificate.issued; nothing if it is, byte for
// byte. The hash of the whole comes first, then each value that the fact holds beside it: number,
// issued_at, person, from, until, minutes and records (how many, and the sum of their minutes). If
// none of these differs, what was changed is something the fact has by the hash alone: name,
// document, star, a record's time, category or place, issuer, salt.
std::vector<ContentDifference> content_differences(const Fact& fact, crypto::DigestKind kind,
                                                   std::string_view content);

}  // namespace hezhi::certificates
