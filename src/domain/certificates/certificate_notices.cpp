// 公示: what was issued is shown inside the unit that issued it, for the days of the pack.
#include "domain/certificates/queries.h"
#include "domain/certificates/record_doubts.h"

namespace hezhi::certificates {
namespace {

using api::Reading;

constexpr std::int64_t notices_shown_max = 200;

CertificateNotice show_notice(const Reading& reading, const CertificateDesk& desk,
                              const CertificateState& certificate) {
    auto text = [&](std::string_view field) {
        return desk.people.read_text(reading.db, certificate.issuer.value, field).value_or("");
    };
    CertificateNotice shown;
    shown.id = certificate.id;
    shown.number = certificate.number;
    if (content_of(reading.db, desk.people, certificate)) {
        shown.person_name = desk.people.masked_name(reading.db, certificate.person);
    }
    shown.issuer_name = text(text_issuer_name);
    shown.issuer_contact = text(text_contact);
    shown.from = certificate.from_at;
    shown.until = certificate.until_at - Millis(1);
    shown.minutes = certificate.minutes;
    shown.records = certificate.records;
    shown.issued_at = certificate.issued_at;
    shown.posted_until = certificate.posted_until;
    bool held = certificate.state == CertificateStep::held;
    shown.held =
        held || held_with(reading.db, reading.tables, desk.people, certificate).has_value();
    bool own = reading.caller.person == certificate.person;
    bool may = reading.caller.may("objection.raise", {.owner = reading.caller.account});
    if (!own && !held && may) shown.actions.emplace_back("raise_objection");
    return shown;
}

}  // namespace

Result<CertificateNotices> notices_of_caller(const Reading& reading, const CertificateDesk& desk) {
    CertificateNotices notices;
    const rules::Clause& clause = reading.pack()->pack->certificates.clause;
    notices.says_zh = clause.says.zh;
    notices.says_en = clause.says.en;
    auto rows = reading.rows<CertificateFigure>(
        queries::posted_for,
        {{"person", reading.caller.person}, {"now", reading.now}, {"limit", notices_shown_max}});
    for (const auto& row : rows) notices.items.push_back(show_notice(reading, desk, row));
    return notices;
}

api::Routes notice_routes(const CertificateDesk& desk) {
    return {
        api::reads<api::Nothing, CertificateNotices>(
            {http::Method::get, "/certificate-notices", "list_certificate_notices",
             "certificate_notice.read", api::Audience::everyone},
            [&desk](const Reading& r, const api::Nothing&) { return notices_of_caller(r, desk); }),
        api::writes<RaiseObjection, CertificateNotices>(
            {http::Method::post, "/certificates/{id}/objections", "raise_objection",
             "objection.raise", api::Audience::everyone},
            [&desk](const api::Writing& w, const RaiseObjection& input) {
                return raise_objection(w.turn, w.caller, desk, CertificateId(w.id()), input);
            },
            [&desk](const Reading& r, std::int64_t) { return notices_of_caller(r, desk); }),
    };
}

}  // namespace hezhi::certificates
