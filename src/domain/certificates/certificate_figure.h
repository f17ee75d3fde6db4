// Service certificates as figures: one row a certificate, one an issuer, one a row of numbers.
#pragma once

#include "facts/certificate_facts.h"
#include "journal/figure.h"

namespace hezhi::certificates {

enum class CertificateStep {
    valid,    // 有效
    revoked,  // 已撤销
    held,     // 有异议待核实
};
BOOST_DESCRIBE_ENUM(CertificateStep, valid, revoked, held)

struct CertificateState {
    CertificateId id;
    std::string number;
    PersonId person;
    AreaId area;  // the issuer's
    std::string area_path;
    OrganizationId organization;  // none: the area's own office issued it
    IssuerId issuer;
    Instant from_at;
    Instant until_at;  // not included
    std::int64_t minutes = 0;
    std::int64_t records = 0;
    std::string content;  // hash
    CertificateStep state = CertificateStep::valid;
    Instant issued_at;
    AccountId issued_by;
    AccountId printed_by;  // of the staff, the last one
    Instant printed_at;
    Instant revoked_at;
    std::optional<RevocationReason> reason;
    Instant posted_until;  // shown inside the unit until then; never, if it is not
    // The last objection.
    ObjectionId objection;
    Instant objected_at;
    AccountId objected_by;  // none of a hidden one
    Instant settle_until;
    Instant settled_at;
    bool upheld = false;
};
BOOST_DESCRIBE_STRUCT(CertificateState, (),
                      (id, number, person, area, area_path, organization, issuer, from_at, until_at,
                       minutes, records, content, state, issued_at, issued_by, printed_by,
                       printed_at, revoked_at, reason, posted_until, objection, objected_at,
                       objected_by, settle_until, settled_at, upheld))

struct CertificateFigure {
    using State = CertificateState;
    static constexpr std::string_view name = "certificates";
    static constexpr int revision = 3;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"number", "person, id", "area_path, id", "posted_until"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// How far the numbers of an area and year have come, by "area/year".
struct NumberState {
    std::string id;
    std::int64_t serial = 0;
};
BOOST_DESCRIBE_STRUCT(NumberState, (), (id, serial))

std::string number_key(AreaId area, std::int32_t year);

struct NumberFigure {
    using State = NumberState;
    static constexpr std::string_view name = "certificate_numbers";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

// Who issues, by "area/id" or "organization/id"; as named last.
struct IssuerState {
    std::string id;
    IssuerId issuer;  // under which the texts stand
    AreaId area;
    std::string area_path;
    OrganizationId organization;
    Instant named_at;
};
BOOST_DESCRIBE_STRUCT(IssuerState, (), (id, issuer, area, area_path, organization, named_at))

std::string issuer_key(AreaId area, OrganizationId organization);

struct IssuerFigure {
    using State = IssuerState;
    static constexpr std::string_view name = "certificate_issuers";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"area_path, issuer"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::certificates
