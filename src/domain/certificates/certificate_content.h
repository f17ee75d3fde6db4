// What a certificate says, as it was printed: kept sealed in the register, hashed into the fact.
#pragma once

#include "domain/certificates/certificate_figure.h"
#include "facts/activity_facts.h"

namespace hezhi::certificates {

// One service record as it was when the certificate was issued.
struct CertifiedRecord {
    RecordId record;
    Instant starts_at;
    Instant ends_at;
    std::int32_t minutes = 0;
    std::string category_zh;
    std::string category_en;
    std::string held_by;  // the team, or the community
};
BOOST_DESCRIBE_STRUCT(CertifiedRecord, (),
                      (record, starts_at, ends_at, minutes, category_zh, category_en, held_by))

struct CertificateContent {
    std::string salt;  // hex; without it nobody guesses a name from the hash
    std::string number;
    Instant issued_at;
    PersonId person;  // the volunteer's number on this platform
    std::string name;
    std::string document_zh;  // kind of document; empty if none is registered
    std::string document_en;
    std::string document_number;
    std::string star_zh;  // reached when it was issued, with the rule; empty if none is
    std::string star_en;
    Instant from;
    Instant until;  // not included
    std::int64_t minutes = 0;
    std::vector<CertifiedRecord> records;
    std::string issuer_name;
    std::string in_charge;
    std::string handler;
    std::string contact;
    // In a register of volunteers outside this platform; absent where none is noted.
    std::optional<std::string> volunteer_number;
    std::optional<std::string> volunteer_register_zh;
    std::optional<std::string> volunteer_register_en;
    std::optional<std::string> other_notes;  // by whoever issued it at the desk; absent: none
};
BOOST_DESCRIBE_STRUCT(CertificateContent, (),
                      (salt, number, issued_at, person, name, document_zh, document_en,
                       document_number, star_zh, star_en, from, until, minutes, records,
                       issuer_name, in_charge, handler, contact, volunteer_number,
                       volunteer_register_zh, volunteer_register_en, other_notes))

// The content and what stands on the paper beside it.
struct CertificatePaper {
    CertificateContent content;
    std::string title;
    std::string link;  // where it is checked; drawn as a QR code
    CertificateId id;  // the position of its fact
    std::string content_hash;
    bool english = false;
};

// The paper as PDF 1.5, A4, its type embedded and its text readable by programs. The same input
// gives the same bytes. Any thread; some tens of milliseconds. font_missing where the machine has
// no Chinese type.
Result<std::string> certificate_pdf(const CertificatePaper&);

}  // namespace hezhi::certificates
