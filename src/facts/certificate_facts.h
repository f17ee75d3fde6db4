// Facts about service certificates (志愿服务记录证明): who may issue them, what was issued, printed
// and revoked.
//
// What a certificate says of somebody's identity stands in the register under the person, so that
// erasing the person takes it away; the fact keeps the values that the world was told.
#pragma once

#include "facts/organization_facts.h"

namespace hezhi {

using CertificateId = Id<struct CertificateTag>;
using IssuerId = Id<struct IssuerTag>;
using ObjectionId = Id<struct ObjectionTag>;

// Who issues for the place of the fact, or for subject "organization" if it is there. Its official
// name, the person in charge, the handler and the contact are texts of the register under subject
// "issuer", which is self.
struct IssuerNamed {
    static constexpr std::string_view kind = "issuer.named";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(IssuerNamed, (), ())

// Subject "certificate" is self; "person", "issuer" and, for an organisation's, "organization"
// stand beside it. The place is the issuer's.
struct CertificateIssued {
    static constexpr std::string_view kind = "certificate.issued";
    static constexpr int version = 1;
    std::string number;
    std::int32_t year = 0;    // with the issuer's area: whose row of numbers
    std::int64_t serial = 0;  // 1, 2, 3 … in it, none left out
    Instant from;             // the first day …
    Instant until;            // … and the end of the last one
    std::int64_t minutes = 0;
    std::int64_t records = 0;
    std::string content;  // hash of the printed content, which holds random bytes; hex
    std::string pack;
    // Shown inside the unit that issued it until then (公示); absent where the pack asks for none.
    std::optional<Instant> posted_until;
};
BOOST_DESCRIBE_STRUCT(CertificateIssued, (),
                      (number, year, serial, from, until, minutes, records, content, pack,
                       posted_until))

// Somebody of the staff took the paper into their hands, which shows a name and a document number.
struct CertificatePrinted {
    static constexpr std::string_view kind = "certificate.printed";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(CertificatePrinted, (), ())

enum class RevocationReason {
    records_wrong,      // 服务记录有误
    identity_wrong,     // 身份信息有误
    issued_by_mistake,  // 误出具
    proven_fraud,       // 查实弄虚作假
    own_wish,           // 本人申请
};
BOOST_DESCRIBE_ENUM(RevocationReason, records_wrong, identity_wrong, issued_by_mistake,
                    proven_fraud, own_wish)

struct CertificateRevoked {
    static constexpr std::string_view kind = "certificate.revoked";
    static constexpr int version = 1;
    RevocationReason reason = RevocationReason::records_wrong;
};
BOOST_DESCRIBE_STRUCT(CertificateRevoked, (), (reason))

// 异议 against a certificate while it is posted: it holds no longer until somebody else decides.
// Subject "objection" is self, with "certificate" and "person"; what is said stands in the register
// of texts under it. Of a hidden one no account is kept.
struct ObjectionRaised {
    static constexpr std::string_view kind = "objection.raised";
    static constexpr int version = 1;
    bool hidden = false;
    Instant settle_until;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(ObjectionRaised, (), (hidden, settle_until, pack))

// `upheld`: a revocation follows in the same turn; otherwise the certificate holds again.
struct ObjectionSettled {
    static constexpr std::string_view kind = "objection.settled";
    static constexpr int version = 1;
    bool upheld = false;
};
BOOST_DESCRIBE_STRUCT(ObjectionSettled, (), (upheld))

}  // namespace hezhi
