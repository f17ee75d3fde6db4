#include "domain/certificates/certificate_figure.h"

namespace hezhi::certificates {

std::vector<std::string_view> CertificateFigure::kinds() {
    return {CertificateIssued::kind, CertificatePrinted::kind, CertificateRevoked::kind,
            ObjectionRaised::kind, ObjectionSettled::kind};
}

journal::Keys CertificateFigure::keys(const Fact& fact) {
    return {fact.subject("certificate")};
}

void CertificateFigure::step(State& certificate, const Fact& fact, const rules::Pack&) {
    if (fact.is<CertificateIssued>()) {
        const auto& issued = fact.as<CertificateIssued>();
        certificate.number = issued.number;
        certificate.person = PersonId(fact.subject("person"));
        certificate.area = fact.place.area;
        certificate.area_path = fact.place.path;
        certificate.organization = OrganizationId(fact.subject("organization"));
        certificate.issuer = IssuerId(fact.subject("issuer"));
        certificate.from_at = issued.from;
        certificate.until_at = issued.until;
        certificate.minutes = issued.minutes;
        certificate.records = issued.records;
        certificate.content = issued.content;
        certificate.issued_at = fact.occurred_at;
        certificate.issued_by = fact.actor.account;
        certificate.posted_until = issued.posted_until.value_or(Instant());
    } else if (fact.is<CertificatePrinted>()) {
        certificate.printed_by = fact.actor.account;
        certificate.printed_at = fact.occurred_at;
    } else if (fact.is<ObjectionRaised>()) {
        certificate.state = CertificateStep::held;
        certificate.objection = ObjectionId(fact.subject("objection"));
        certificate.objected_at = fact.occurred_at;
        certificate.objected_by = fact.actor.account;
        certificate.settle_until = fact.as<ObjectionRaised>().settle_until;
        certificate.settled_at = {};
        certificate.upheld = false;
    } else if (fact.is<ObjectionSettled>()) {
        certificate.upheld = fact.as<ObjectionSettled>().upheld;
        certificate.settled_at = fact.occurred_at;
        if (!certificate.upheld) certificate.state = CertificateStep::valid;
    } else {
        certificate.state = CertificateStep::revoked;
        certificate.revoked_at = fact.occurred_at;
        certificate.reason = fact.as<CertificateRevoked>().reason;
    }
}

std::string number_key(AreaId area, std::int32_t year) {
    return std::to_string(area.value) + "/" + std::to_string(year);
}

std::vector<std::string_view> NumberFigure::kinds() {
    return {CertificateIssued::kind};
}

journal::Keys NumberFigure::keys(const Fact& fact) {
    return {number_key(fact.place.area, fact.as<CertificateIssued>().year)};
}

void NumberFigure::step(State& numbers, const Fact& fact, const rules::Pack&) {
    numbers.serial = fact.as<CertificateIssued>().serial;
}

std::string issuer_key(AreaId area, OrganizationId organization) {
    if (organization) return "organization/" + std::to_string(organization.value);
    return "area/" + std::to_string(area.value);
}

std::vector<std::string_view> IssuerFigure::kinds() {
    return {IssuerNamed::kind};
}

journal::Keys IssuerFigure::keys(const Fact& fact) {
    return {issuer_key(fact.place.area, OrganizationId(fact.subject("organization")))};
}

void IssuerFigure::step(State& issuer, const Fact& fact, const rules::Pack&) {
    issuer.issuer = IssuerId(fact.subject("issuer"));
    issuer.area = fact.place.area;
    issuer.area_path = fact.place.path;
    issuer.organization = OrganizationId(fact.subject("organization"));
    issuer.named_at = fact.occurred_at;
}

}  // namespace hezhi::certificates
