// 对证明提异议 and 决定证明异议 about a certificate that is posted: until then it is held.
#include "domain/certificates/load_certificate.h"
#include "domain/certificates/queries.h"
#include "domain/certificates/record_doubts.h"
#include "rules/working_calendar.h"

namespace hezhi::certificates {
namespace {

bool of_staff(const api::Caller& caller, const CertificateState& certificate,
              std::string_view permission) {
    return caller.may(permission, {.area_path = certificate.area_path});
}

bool took_part(const api::Caller& caller, const CertificateState& certificate) {
    bool own = caller.person && caller.person == certificate.person;
    return own || caller.account == certificate.objected_by ||
           caller.account == certificate.issued_by;
}

Subjects subjects_of(const CertificateState& certificate, std::int64_t objection) {
    return {{"objection", objection},
            {"certificate", certificate.id.value},
            {"person", certificate.person.value}};
}

// The certificate to which somebody objected rightly, and with it the copies of it.
std::vector<CertificateState> revoked_by(journal::Turn& turn, const api::Caller& caller,
                                         const CertificateDesk& desk, CertificateState certificate,
                                         RevocationReason reason) {
    certificate.state = CertificateStep::revoked;
    certificate.reason = reason;
    certificate.revoked_at = certificate.settled_at = turn.now();
    certificate.upheld = true;
    auto revoked = copies_of(turn.db(), turn.tables(), desk.people, certificate);
    std::erase_if(revoked, [&](const CertificateState& copy) {
        return !of_staff(caller, copy, "objection.settle");
    });
    revoked.insert(revoked.begin(), std::move(certificate));
    return revoked;
}

}  // namespace

bool posted_to(store::Session& db, CertificateId id, PersonId person, Instant now) {
    if (!person) return false;
    auto row = db.row(queries::posted_to, {{"id", id}, {"person", person}, {"now", now}});
    return row && row->integer("posted") > 0;
}

bool may_settle(const api::Caller& caller, const CertificateState& certificate) {
    return certificate.state == CertificateStep::held &&
           of_staff(caller, certificate, "objection.settle") && !took_part(caller, certificate);
}

Result<std::int64_t> raise_objection(journal::Turn& turn, const api::Caller& caller,
                                     const CertificateDesk& desk, CertificateId id,
                                     const RaiseObjection& input) {
    const auto* found = id ? turn.load<CertificateFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    const CertificateState certificate = *found;
    bool own = caller.person && caller.person == certificate.person;
    bool member = caller.may("objection.raise", {.owner = caller.account}) &&
                  (own || posted_to(turn.db(), id, caller.person, turn.now()));
    if (!member && !of_staff(caller, certificate, "objection.raise")) {
        return refuse(hezhi::refusals::not_found);
    }
    if (own) return refuse(refusals::own_certificate);
    if (certificate.state == CertificateStep::revoked) {
        return refuse(refusals::certificate_revoked);
    }
    if (certificate.state == CertificateStep::held) return refuse(refusals::certificate_held);
    if (certificate.posted_until <= turn.now()) return refuse(refusals::not_posted);
    const rules::PublishedPack* pack = turn.pack();
    ObjectionRaised raised;
    raised.hidden = input.hidden.value_or(false);
    raised.settle_until =
        rules::deadline(turn.now(), pack->pack->certificates.objection_within, pack->pack->calendar)
            .at;
    raised.pack = pack->hash;
    desk.people.write_text(turn.db(), turn.next_position(), text_objection, input.what);
    Actor actor = raised.hidden ? Actor{Via::link, {}, ""} : caller.actor("objection.raise");
    turn.append(draft(raised, actor, {certificate.area, certificate.area_path},
                      subjects_of(certificate, self), turn.now()));
    return id.value;
}

Result<std::int64_t> settle_objection(journal::Turn& turn, const api::Caller& caller,
                                      const CertificateDesk& desk, CertificateId id,
                                      const SettleObjection& input) {
    auto certificate = load_certificate(turn, caller, id, "objection.settle");
    if (!certificate) return std::unexpected(certificate.error());
    if (certificate->state != CertificateStep::held) return refuse(refusals::no_objection);
    if (took_part(caller, *certificate)) return refuse(refusals::took_part_in_certificate);
    RevocationReason reason = input.revocation.value_or(RevocationReason::records_wrong);
    auto revoked = input.upheld ? revoked_by(turn, caller, desk, *certificate, reason)
                                : std::vector<CertificateState>();
    Actor actor = caller.actor("objection.settle");
    std::int64_t objection = certificate->objection.value;
    desk.people.write_text(turn.db(), objection, text_objection_decision, input.reason);
    turn.append(draft(ObjectionSettled{input.upheld}, actor,
                      {certificate->area, certificate->area_path},
                      subjects_of(*certificate, objection), turn.now()));
    for (const auto& one : revoked) append_revocation(turn, actor, one, reason);
    return id.value;
}

std::optional<ObjectionShown> objection_of(const api::Reading& reading, const CertificateDesk& desk,
                                           const CertificateState& certificate) {
    if (!certificate.objection) return std::nullopt;
    auto text = [&](std::string_view field) {
        return desk.people.read_text(reading.db, certificate.objection.value, field);
    };
    ObjectionShown shown{certificate.objected_at, certificate.settle_until};
    bool waits = certificate.state == CertificateStep::held;
    Instant decided = waits ? reading.now : certificate.settled_at;
    shown.late = certificate.settle_until < decided;
    if (of_staff(reading.caller, certificate, "objection.settle")) {
        shown.what = text(text_objection);
    }
    if (certificate.settled_at) {
        shown.upheld = certificate.upheld;
        shown.decision = text(text_objection_decision);
    }
    return shown;
}

api::ActionRows objection_actions() {
    return {
        {"raise_objection", "objection.raise", "objection.raised",
         "POST /certificates/{id}/objections", "对证明提异议", "object to the certificate",
         "对公示的证明提出了异议", "an objection to the certificate was raised"},
        {"settle_objection", "objection.settle", "objection.settled",
         "POST /certificates/{id}/objection-settlement", "决定证明异议", "decide the objection",
         "证明的异议已决定", "the objection to the certificate was decided"},
    };
}

}  // namespace hezhi::certificates
