#include "domain/certificates/record_doubts.h"

#include <algorithm>

#include "domain/certificates/queries.h"

namespace hezhi::certificates {
namespace {

// The records of somebody as they stand, and every correction of them that holds or held.
struct RecordsNow {
    std::map<RecordId, records::RecordState> records;
    std::vector<records::RecordVersionState> corrections;
};

RecordsNow records_now(store::Session& db, const journal::FigureTables& tables, PersonId person) {
    RecordsNow now;
    db.each(queries::records_of_person, {{"person", person}}, [&](const store::Row& row) {
        auto state = journal::read_state<records::RecordFigure>(tables, row);
        now.records.emplace(state.id, std::move(state));
    });
    db.each(queries::corrections_of_person, {{"person", person}}, [&](const store::Row& row) {
        now.corrections.push_back(journal::read_state<records::RecordVersionFigure>(tables, row));
    });
    return now;
}

bool for_records(RevocationReason reason) {
    return reason == RevocationReason::records_wrong || reason == RevocationReason::proven_fraud;
}

// An objection that nobody has decided, or that was right.
bool objection_weighs(const CertificateState& certificate) {
    return certificate.objection && (certificate.upheld || !certificate.settled_at);
}

bool says_the_same(const CertifiedRecord& a, const CertifiedRecord& b) {
    return a.record == b.record && a.minutes == b.minutes && a.starts_at == b.starts_at &&
           a.ends_at == b.ends_at;
}

// Whether something else counts now than was printed, or it was looked at since and stands as it
// is.
bool put_right(const CertificateState& revoked, const CertifiedRecord& printed,
               const RecordsNow& now) {
    auto found = now.records.find(printed.record);
    if (found == now.records.end() || !as_printed(printed, found->second)) return true;
    return std::ranges::any_of(now.corrections, [&](const records::RecordVersionState& version) {
        if (version.record != printed.record) return false;
        return objection_weighs(revoked) ? version.id.value > revoked.objection.value
                                         : version.at > revoked.revoked_at;
    });
}

// Whether it was revoked because of a correction that came before: then what was wrong is known and
// put right, and the other records on it stand. Of a fraud each record is looked at.
bool follows_a_correction(const CertificateState& revoked, const CertificateContent& content,
                          const RecordsNow& now) {
    if (revoked.reason != RevocationReason::records_wrong) return false;
    std::int64_t since = objection_weighs(revoked) ? revoked.objection.value : revoked.id.value;
    return std::ranges::any_of(now.corrections, [&](const records::RecordVersionState& version) {
        if (version.id.value < since || version.at > revoked.revoked_at) return false;
        auto printed = std::ranges::find(content.records, version.record, &CertifiedRecord::record);
        return printed != content.records.end() &&
               (version.starts_at != printed->starts_at || version.ends_at != printed->ends_at);
    });
}

// Of the records on a certificate that is held, or was revoked for its records.
std::vector<RecordId> doubted_on(const CertificateState& certificate,
                                 const CertificateContent& content, const RecordsNow& now) {
    std::vector<RecordId> doubted;
    bool revoked = certificate.state == CertificateStep::revoked;
    if (revoked && follows_a_correction(certificate, content, now)) return doubted;
    for (const auto& printed : content.records) {
        if (!revoked || !put_right(certificate, printed, now)) doubted.push_back(printed.record);
    }
    return doubted;
}

std::vector<CertificateState> certificates_of(store::Session& db,
                                              const journal::FigureTables& tables,
                                              const store::Query& query, PersonId person) {
    std::vector<CertificateState> found;
    db.each(query, {{"person", person}}, [&](const store::Row& row) {
        found.push_back(journal::read_state<CertificateFigure>(tables, row));
    });
    return found;
}

}  // namespace

RecordDoubts doubts_of(store::Session& db, const journal::FigureTables& tables,
                       const people::Register& people, PersonId person) {
    RecordDoubts doubts;
    auto doubtful = certificates_of(db, tables, queries::doubtful_of_person, person);
    if (doubtful.empty()) return doubts;
    RecordsNow now = records_now(db, tables, person);
    for (const auto& certificate : doubtful) {
        auto content = content_of(db, people, certificate);
        if (!content) continue;
        bool revoked = certificate.state == CertificateStep::revoked;
        RecordDoubt doubt{revoked ? Doubt::not_put_right : Doubt::objection, certificate.number};
        for (RecordId record : doubted_on(certificate, *content, now)) {
            // What is yet to be decided is said first.
            if (revoked) {
                doubts.try_emplace(record, doubt);
            } else {
                doubts.insert_or_assign(record, doubt);
            }
        }
    }
    return doubts;
}

std::optional<RecordDoubt> held_with(store::Session& db, const journal::FigureTables& tables,
                                     const people::Register& people,
                                     const CertificateState& certificate) {
    if (certificate.state != CertificateStep::valid) return std::nullopt;
    auto doubts = doubts_of(db, tables, people, certificate.person);
    if (doubts.empty()) return std::nullopt;
    auto content = content_of(db, people, certificate);
    if (!content) return std::nullopt;
    std::optional<RecordDoubt> found;
    for (const auto& printed : content->records) {
        auto doubt = doubts.find(printed.record);
        if (doubt == doubts.end()) continue;
        if (!found || doubt->second.why == Doubt::objection) found = doubt->second;
    }
    return found;
}

const RefusalRow& issue_refused(Doubt why) {
    return why == Doubt::objection ? refusals::records_under_objection
                                   : refusals::records_not_put_right;
}

const RefusalRow& use_refused(Doubt why) {
    return why == Doubt::objection ? refusals::certificate_held
                                   : refusals::certificate_records_wrong;
}

std::vector<CertificateState> copies_of(store::Session& db, const journal::FigureTables& tables,
                                        const people::Register& people,
                                        const CertificateState& revoked) {
    std::vector<CertificateState> copies;
    if (!revoked.reason || !for_records(*revoked.reason)) return copies;
    auto content = content_of(db, people, revoked);
    if (!content) return copies;
    auto wrong = doubted_on(revoked, *content, records_now(db, tables, revoked.person));
    if (wrong.empty()) wrong = changed_records(db, tables, *content);
    auto said = [&](const CertifiedRecord& one) {
        return std::ranges::any_of(content->records, [&](const CertifiedRecord& printed) {
            return says_the_same(printed, one);
        });
    };
    auto is_wrong = [&](const CertifiedRecord& one) {
        return std::ranges::find(wrong, one.record) != wrong.end();
    };
    for (const auto& other : valid_of(db, tables, revoked.person)) {
        if (other.id == revoked.id) continue;
        auto copy = content_of(db, people, other);
        if (copy && std::ranges::all_of(copy->records, said) &&
            std::ranges::any_of(copy->records, is_wrong)) {
            copies.push_back(other);
        }
    }
    return copies;
}

std::vector<CertificateState> valid_of(store::Session& db, const journal::FigureTables& tables,
                                       PersonId person) {
    return certificates_of(db, tables, queries::valid_of_person, person);
}

}  // namespace hezhi::certificates
