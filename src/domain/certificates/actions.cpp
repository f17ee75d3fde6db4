// 登记出具单位, 打印证明, 撤销证明, and what the paper's code opens.
#include "crypto/typed_code.h"
#include "domain/certificates/load_certificate.h"
#include "domain/certificates/queries.h"
#include "domain/certificates/record_doubts.h"
#include "domain/organizations/organizations.h"

namespace hezhi::certificates {
namespace {

constexpr int code_characters = 10;

Subjects subjects_of(const CertificateState& certificate) {
    return {{"certificate", certificate.id.value}, {"person", certificate.person.value}};
}

Place place_of(const CertificateState& certificate) {
    return {certificate.area, certificate.area_path};
}

Result<std::int64_t> note_printing(journal::Turn& turn, const api::Caller& caller,
                                   const people::Register& people, const Actor& actor,
                                   const CertificateState& certificate) {
    if (certificate.state == CertificateStep::revoked) {
        return refuse(refusals::certificate_revoked);
    }
    if (certificate.state == CertificateStep::held) return refuse(refusals::certificate_held);
    if (auto doubt = held_with(turn.db(), turn.tables(), people, certificate)) {
        return refuse(use_refused(doubt->why));
    }
    const auto* person = turn.load<people::PersonFigure>(certificate.person);
    HEZHI_ASSERT(person != nullptr);
    if (person->erased) return refuse(refusals::certificate_erased);
    if (auto refused = may_see_clear(turn, caller, *person)) return std::unexpected(*refused);
    turn.append(draft(CertificatePrinted{}, actor, place_of(certificate), subjects_of(certificate),
                      turn.now()));
    return certificate.id.value;
}

// Where the issuer stands: at its organisation, or in an area of the caller's.
Result<Place> place_of_issuer(journal::Turn& turn, const api::Caller& caller,
                              const NameIssuer& input) {
    if (input.organization_id) {
        const auto* team = turn.load<organizations::OrganizationFigure>(*input.organization_id);
        if (!team || !caller.may("issuer.name", {.area_path = team->area_path})) {
            return refuse(hezhi::refusals::not_found);
        }
        return Place{team->area, team->area_path};
    }
    FieldError where{"/area_id", "您所在区域内的区域", "an area that you serve"};
    if (!input.area_id) return refuse(areas::refusals::area_unknown, where);
    auto place = areas::open_place(turn, *input.area_id);
    if (!place) return place;
    if (!caller.may("issuer.name", {.area_path = place->path})) {
        return refuse(areas::refusals::area_unknown, where);
    }
    return place;
}

}  // namespace

std::string content_field(CertificateId id) {
    return "certificate " + std::to_string(id.value);
}

api::Access access_of(const CertificateState& certificate, const api::Caller& caller) {
    bool own = caller.person && caller.person == certificate.person;
    return {.area_path = certificate.area_path, .owner = own ? caller.account : AccountId()};
}

Result<CertificateState> load_certificate(journal::Turn& turn, const api::Caller& caller,
                                          CertificateId id, std::string_view permission) {
    const auto* found = id ? turn.load<CertificateFigure>(id) : nullptr;
    if (!found || !caller.may("certificate.read", access_of(*found, caller))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may(permission, access_of(*found, caller))) {
        return refuse(hezhi::refusals::not_permitted);
    }
    return *found;
}

std::optional<Refusal> may_see_clear(journal::Turn& turn, const api::Caller& caller,
                                     const people::PersonState& person) {
    if (person.address_sealed && !people::sees_sealed(caller, person.keeper)) {
        return Refusal(people::refusals::address_sealed);
    }
    if (!people::is_minor(*turn.pack()->pack, person)) return std::nullopt;
    auto request = people::reading_request_of(turn.db(), turn.tables(), person.id, caller.account);
    bool approved = request && request->state == people::ReadingRequestStep::approved &&
                    turn.now() < request->valid_until;
    if (approved) return std::nullopt;
    return Refusal(people::refusals::reading_needs_approval);
}

Result<std::int64_t> name_issuer(journal::Turn& turn, const api::Caller& caller,
                                 const CertificateDesk& desk, const NameIssuer& input) {
    auto place = place_of_issuer(turn, caller, input);
    if (!place) return std::unexpected(place.error());
    std::int64_t id = turn.next_position();
    desk.people.write_text(turn.db(), id, text_issuer_name, input.name);
    desk.people.write_text(turn.db(), id, text_in_charge, input.in_charge);
    desk.people.write_text(turn.db(), id, text_handler, input.handler);
    desk.people.write_text(turn.db(), id, text_contact, input.contact);
    Subjects subjects{{"issuer", self}};
    if (input.organization_id) subjects["organization"] = input.organization_id->value;
    return turn.append(draft(IssuerNamed{}, caller.actor("issuer.name"), std::move(*place),
                             std::move(subjects), turn.now()));
}

Result<std::int64_t> print_certificate(journal::Turn& turn, const api::Caller& caller,
                                       const CertificateDesk& desk, CertificateId id) {
    auto certificate = load_certificate(turn, caller, id, "certificate.print");
    if (!certificate) return std::unexpected(certificate.error());
    return note_printing(turn, caller, desk.people, caller.actor("certificate.print"),
                         *certificate);
}

Result<std::int64_t> print_certificate_by_command(journal::Turn& turn,
                                                  const people::Register& people,
                                                  CertificateId id) {
    const auto* found = id ? turn.load<CertificateFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    CertificateState certificate = *found;
    return note_printing(turn, {}, people, Actor{.via = Via::command}, certificate);
}

bool took_it_lately(const CertificateState& certificate, AccountId account,
                    const rules::CertificateRules& rules, Instant now) {
    Millis open = std::chrono::minutes(rules.printing_open_minutes);
    bool issued = certificate.issued_by == account && now < certificate.issued_at + open;
    bool printed = certificate.printed_by == account && now < certificate.printed_at + open;
    return issued || printed;
}

void append_revocation(journal::Turn& turn, const Actor& actor, const CertificateState& certificate,
                       RevocationReason reason) {
    turn.append(draft(CertificateRevoked{reason}, actor, place_of(certificate),
                      subjects_of(certificate), turn.now()));
}

Result<std::int64_t> revoke_certificate(journal::Turn& turn, const api::Caller& caller,
                                        const CertificateDesk& desk, CertificateId id,
                                        RevocationReason reason) {
    auto certificate = load_certificate(turn, caller, id, "certificate.revoke");
    if (!certificate) return std::unexpected(certificate.error());
    if (certificate->state == CertificateStep::revoked) {
        return refuse(refusals::certificate_revoked);
    }
    certificate->state = CertificateStep::revoked;
    certificate->reason = reason;
    certificate->revoked_at = turn.now();
    auto revoked = copies_of(turn.db(), turn.tables(), desk.people, *certificate);
    std::erase_if(revoked, [&](const CertificateState& copy) {
        return !caller.may("certificate.revoke", {.area_path = copy.area_path});
    });
    revoked.insert(revoked.begin(), *certificate);
    Actor actor = caller.actor("certificate.revoke");
    for (const auto& one : revoked) append_revocation(turn, actor, one, reason);
    return id.value;
}

std::optional<std::string> content_text(store::Session& db, const people::Register& people,
                                        const CertificateState& certificate) {
    return people.read_text(db, certificate.person.value, content_field(certificate.id));
}

std::optional<CertificateContent> content_of(store::Session& db, const people::Register& people,
                                             const CertificateState& certificate) {
    auto text = content_text(db, people, certificate);
    if (!text) return std::nullopt;
    auto content = from_json<CertificateContent>(*text, Reading::stored);
    HEZHI_ASSERT(content.has_value());
    return std::move(*content);
}

std::string check_code(const crypto::Suite& suite, CertificateId id) {
    return suite.link_code("certificate", id.value, code_characters);
}

std::string check_link(const CertificateDesk& desk, const CertificateState& certificate) {
    return desk.public_address + "/m/#/certificates/" + certificate.number +
           "?code=" + check_code(desk.suite, certificate.id);
}

std::string number_as_printed(std::string_view typed) {
    std::string number;
    for (char c : crypto::half_width(typed)) {
        if (c == ' ' || c == '\t') continue;
        number.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return number;
}

Result<CertificateCheck> check_certificate(store::Session& db, const journal::FigureTables& tables,
                                           const CertificateDesk& desk, std::string_view number,
                                           std::string_view code) {
    std::optional<CertificateState> found;
    std::string printed = number_as_printed(number);
    if (printed.empty()) printed = number;  // of blanks alone: nobody's
    db.each(queries::of_number, {{"number", number}, {"printed", printed}},
            [&](const store::Row& row) {
                found = journal::read_state<CertificateFigure>(tables, row);
            });
    // Compared even where there is nothing to compare with: both answers take their time.
    std::string expected = check_code(desk.suite, found ? found->id : CertificateId(1));
    bool matches = crypto::code_matches(code, expected);
    if (!found || !matches) return refuse(refusals::certificate_unknown);
    CertificateCheck check;
    check.number = found->number;
    check.minutes = found->minutes;
    check.issued_at = found->issued_at;
    check.issuer_name =
        desk.people.read_text(db, found->issuer.value, text_issuer_name).value_or("");
    auto content = content_of(db, desk.people, *found);
    if (content) check.name = desk.people.masked_name(db, found->person);
    if (found->state == CertificateStep::revoked) {
        check.result = CheckResult::revoked;
    } else if (found->state == CertificateStep::held ||
               held_with(db, tables, desk.people, *found)) {
        check.result = CheckResult::held;
    } else if (content && !changed_records(db, tables, *content).empty()) {
        check.result = CheckResult::records_changed;
    }
    return check;
}

}  // namespace hezhi::certificates
