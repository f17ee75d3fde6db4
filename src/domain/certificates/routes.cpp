// Certificates for their volunteers and for the staff: what may be issued, the register, the proof.
#include "domain/certificates/queries.h"
#include "domain/certificates/record_doubts.h"

namespace hezhi::certificates {
namespace {

using api::Reading;
using api::Writing;

constexpr std::int64_t own_certificates_max = 200;
constexpr std::int64_t issuers_shown_max = 500;

struct RevokeCertificate {
    RevocationReason reason = RevocationReason::records_wrong;
};
BOOST_DESCRIBE_STRUCT(RevokeCertificate, (), (reason))

// Without a person: one's own.
struct DraftQuery {
    std::optional<PersonId> person;
    std::optional<std::string> from;
    std::optional<std::string> until;
};
BOOST_DESCRIBE_STRUCT(DraftQuery, (), (person, from, until))

struct DraftIssuer {
    std::string name;
    std::optional<AreaId> area_id;
    std::optional<OrganizationId> organization_id;
    std::int64_t minutes = 0;
    std::int64_t records = 0;
    bool proposed = false;  // whoever names no issuer gets this one
};
BOOST_DESCRIBE_STRUCT(DraftIssuer, (), (name, area_id, organization_id, minutes, records, proposed))

// What a certificate of these days would hold, and what it would leave out.
struct CertificateDraft {
    std::vector<DraftIssuer> issuers;
    std::int64_t minutes = 0;
    std::int64_t records = 0;
    std::int64_t waiting = 0;        // not confirmed and not locked yet, or for a second person
    std::int64_t disputed = 0;       // a correction was asked for
    std::int64_t objected = 0;       // on a certificate to which somebody objects
    std::int64_t not_put_right = 0;  // on one that was revoked for its records
    bool document_known = true;      // false: the paper says that none is registered
};
BOOST_DESCRIBE_STRUCT(CertificateDraft, (),
                      (issuers, minutes, records, waiting, disputed, objected, not_put_right,
                       document_known))

struct CertificateQuery {
    std::optional<AreaId> area;
    std::optional<PersonId> person;
    std::optional<CertificateStep> state;
    std::optional<std::string> number;
    std::optional<bool> posted;  // only what is posted now
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(CertificateQuery, (), (area, person, state, number, posted, cursor, limit))

struct Certificate {
    CertificateId id;
    std::string number;
    PersonId person_id;
    std::optional<std::string> person_name;  // masked, but for one's own; none once erased
    std::string issuer_name;
    Instant from;
    Instant until;  // the last instant at which it holds
    std::int64_t minutes = 0;
    std::int64_t records = 0;
    CertificateStep state = CertificateStep::valid;
    std::optional<RevocationReason> reason;
    std::optional<Instant> revoked_at;
    Instant issued_at;
    std::optional<Instant> posted_until;  // 公示
    std::int64_t records_changed = 0;     // since the issue
    std::string content;                  // hash of what is printed
    std::optional<std::string> link;      // to the check page, for who may hand it on
    bool sealed = false;                  // its proof can be had
    std::optional<ObjectionShown> objection;
    // The number of the certificate together with which it is held: the same records stand on it.
    std::optional<std::string> held_with;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Certificate, (),
                      (id, number, person_id, person_name, issuer_name, from, until, minutes,
                       records, state, reason, revoked_at, issued_at, posted_until, records_changed,
                       content, link, sealed, objection, held_with, actions))

struct CertificateList {
    std::vector<Certificate> items;
    std::int64_t certificates_total = 0;
    std::int64_t minutes_total = 0;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(CertificateList, (), (items, certificates_total, minutes_total, next_cursor))

struct Issuer {
    IssuerId id;
    std::optional<AreaId> area_id;
    std::optional<OrganizationId> organization_id;
    std::string area_name;
    std::string name;
    std::string in_charge;
    std::string handler;
    std::string contact;
    Instant named_at;
};
BOOST_DESCRIBE_STRUCT(Issuer, (),
                      (id, area_id, organization_id, area_name, name, in_charge, handler, contact,
                       named_at))

struct IssuerList {
    std::vector<Issuer> items;
};
BOOST_DESCRIBE_STRUCT(IssuerList, (), (items))

// Whose certificates the caller may have issued or see.
Result<PersonId> person_asked(const Reading& reading, std::optional<PersonId> asked) {
    PersonId id = asked.value_or(reading.caller.person);
    bool own = id == reading.caller.person;
    auto person = id ? reading.load<people::PersonFigure>(id) : std::nullopt;
    if (!person || (!own && !reading.caller.may("person.read", people::access_of(*person)))) {
        return refuse(hezhi::refusals::not_found);
    }
    return id;
}

std::vector<std::string> allowed_actions(const Reading& reading,
                                         const CertificateState& certificate, bool readable,
                                         bool held_too) {
    std::vector<std::string> actions;
    if (certificate.state == CertificateStep::revoked) return actions;
    auto access = access_of(certificate, reading.caller);
    bool own = reading.caller.person == certificate.person;
    bool held = certificate.state == CertificateStep::held;
    if (readable && !own && !held && !held_too && reading.caller.may("certificate.print", access)) {
        actions.emplace_back("print_certificate");
    }
    bool posted = certificate.posted_until > reading.now;
    if (posted && !own && !held && reading.caller.may("objection.raise", access)) {
        actions.emplace_back("raise_objection");
    }
    if (may_settle(reading.caller, certificate)) actions.emplace_back("settle_objection");
    if (reading.caller.may("certificate.revoke", access)) {
        actions.emplace_back("revoke_certificate");
    }
    return actions;
}

Certificate show_certificate(const Reading& reading, const CertificateDesk& desk,
                             const CertificateState& certificate) {
    auto content = content_of(reading.db, desk.people, certificate);
    bool own = reading.caller.person == certificate.person;
    Certificate shown;
    shown.id = certificate.id;
    shown.number = certificate.number;
    shown.person_id = certificate.person;
    if (content) {
        shown.person_name = own ? desk.people.name(reading.db, certificate.person)
                                : desk.people.masked_name(reading.db, certificate.person);
        shown.records_changed = std::ssize(changed_records(reading.db, reading.tables, *content));
    }
    shown.issuer_name =
        desk.people.read_text(reading.db, certificate.issuer.value, text_issuer_name).value_or("");
    shown.from = certificate.from_at;
    shown.until = certificate.until_at - Millis(1);
    shown.minutes = certificate.minutes;
    shown.records = certificate.records;
    shown.state = certificate.state;
    shown.reason = certificate.reason;
    if (certificate.revoked_at) shown.revoked_at = certificate.revoked_at;
    shown.issued_at = certificate.issued_at;
    if (certificate.posted_until) shown.posted_until = certificate.posted_until;
    shown.content = certificate.content;
    shown.link = check_link(desk, certificate);
    auto block = journal::last_block(reading.db);
    shown.sealed = block && block->header.last >= certificate.id.value;
    shown.objection = objection_of(reading, desk, certificate);
    auto held_too = held_with(reading.db, reading.tables, desk.people, certificate);
    if (held_too) {
        shown.state = CertificateStep::held;
        shown.held_with = held_too->number;
    }
    shown.actions =
        allowed_actions(reading, certificate, content.has_value(), held_too.has_value());
    return shown;
}

Result<CertificateState> readable(const Reading& reading, CertificateId id) {
    auto found = id ? reading.load<CertificateFigure>(id) : std::nullopt;
    bool may = found && reading.caller.may("certificate.read", access_of(*found, reading.caller));
    if (!may) return refuse(hezhi::refusals::not_found);
    return *found;
}

Result<Certificate> one_certificate(const Reading& reading, const CertificateDesk& desk,
                                    CertificateId id) {
    auto found = readable(reading, id);
    if (!found) return std::unexpected(found.error());
    return show_certificate(reading, desk, *found);
}

// With the content for who may hold the paper; to others only that the certificate is sealed.
Result<journal::FactProof> proof_of(const Reading& reading, const CertificateDesk& desk,
                                    CertificateId id) {
    auto found = readable(reading, id);
    if (!found) return std::unexpected(found.error());
    auto proof = journal::prove(reading.db, found->id.value);
    if (proof && !paper_refused(reading, desk, *found)) {
        proof->content = content_text(reading.db, desk.people, *found);
    }
    return proof;
}

Result<CertificateList> list_certificates(const Reading& reading, const CertificateDesk& desk,
                                          const CertificateQuery& query) {
    auto page = areas::newest_page(reading, desk.tree, query.area, "certificate.read", query.cursor,
                                   query.limit);
    if (!page) return std::unexpected(page.error());
    std::optional<std::string> state;
    if (query.state) state = label_of(*query.state);
    Instant posted_after = query.posted.value_or(false) ? reading.now : Instant{-1};
    std::optional<std::string> printed;
    if (query.number) printed = number_as_printed(*query.number);
    const store::Param filters[] = {{"state", state},
                                    {"number", query.number},
                                    {"printed", printed},
                                    {"person", query.person ? query.person->value : 0},
                                    {"posted_after", posted_after}};
    page->params.insert(page->params.end(), std::begin(filters), std::end(filters));
    auto rows = reading.rows<CertificateFigure>(queries::newest_first, page->params);
    auto list =
        api::page_of<CertificateList>(rows, page->limit, [&](const CertificateState& certificate) {
            return show_certificate(reading, desk, certificate);
        });
    std::vector<store::Param> all{{"path", page->path}, {"path_end", areas::path_end(page->path)}};
    all.insert(all.end(), std::begin(filters), std::end(filters));
    auto counted = reading.db.row(queries::counted, all);
    list.certificates_total = counted->integer("certificates");
    list.minutes_total = counted->integer("minutes");
    return list;
}

Result<CertificateList> list_my_certificates(const Reading& reading, const CertificateDesk& desk) {
    CertificateList list;
    auto rows = reading.rows<CertificateFigure>(
        queries::of_person, {{"person", reading.caller.person}, {"limit", own_certificates_max}});
    for (const auto& row : rows) {
        list.items.push_back(show_certificate(reading, desk, row));
        list.minutes_total += row.minutes;
    }
    list.certificates_total = std::ssize(rows);
    return list;
}

Result<CertificateDraft> draft_of(const Reading& reading, const CertificateDesk& desk,
                                  const DraftQuery& query) {
    auto person = person_asked(reading, query.person);
    if (!person) return std::unexpected(person.error());
    auto days = api::days_of(query.from, query.until);
    if (!days) return std::unexpected(days.error());
    bool own = *person == reading.caller.person;
    auto held = held_records(reading.db, reading.tables, desk.people, *person, days->from,
                             days->until, reading.now);
    CertificateDraft shown;
    for (const auto& one : held) {
        if (one.certifiable) {
            ++shown.records;
            shown.minutes += one.record.minutes;
        } else if (one.doubt == Doubt::objection) {
            ++shown.objected;
        } else if (one.doubt == Doubt::not_put_right) {
            ++shown.not_put_right;
        } else if (one.record.state == records::RecordStep::disputed) {
            ++shown.disputed;
        } else if (one.record.state != records::RecordStep::rejected) {
            ++shown.waiting;
        }
    }
    std::erase_if(held, [](const HeldRecord& one) { return !one.certifiable; });
    shown.document_known = !desk.people.clear(reading.db, *person).id_number.empty();
    auto issuers = issuers_of(reading.db, reading.tables, held);
    std::erase_if(issuers, [&](const IssuerState& issuer) {
        return !own && !reading.caller.may("certificate.issue", {.area_path = issuer.area_path});
    });
    for (const auto& issuer : issuers) {
        DraftIssuer row;
        row.name =
            desk.people.read_text(reading.db, issuer.issuer.value, text_issuer_name).value_or("");
        if (issuer.organization) {
            row.organization_id = issuer.organization;
        } else {
            row.area_id = issuer.area;
        }
        for (const auto& one : held) {
            if (!holds_record(issuer, one)) continue;
            ++row.records;
            row.minutes += one.record.minutes;
        }
        row.proposed = best_issuer(issuers, held).id == issuer.id;
        shown.issuers.push_back(std::move(row));
    }
    return shown;
}

Issuer show_issuer(const Reading& reading, const CertificateDesk& desk, const IssuerState& issuer) {
    auto text = [&](std::string_view field) {
        return desk.people.read_text(reading.db, issuer.issuer.value, field).value_or("");
    };
    const auto areas = desk.tree.now();
    const auto* area = areas->find(issuer.area);
    Issuer shown{issuer.issuer,
                 {},
                 {},
                 area ? area->name : "",
                 text(text_issuer_name),
                 text(text_in_charge),
                 text(text_handler),
                 text(text_contact),
                 issuer.named_at};
    if (issuer.organization) {
        shown.organization_id = issuer.organization;
    } else {
        shown.area_id = issuer.area;
    }
    return shown;
}

Result<IssuerList> list_issuers(const Reading& reading, const CertificateDesk& desk) {
    auto path = areas::list_path(reading, desk.tree, std::nullopt, "issuer.name");
    if (!path) return std::unexpected(path.error());
    auto rows = reading.rows<IssuerFigure>(
        queries::issuers_in,
        {{"path", *path}, {"path_end", areas::path_end(*path)}, {"limit", issuers_shown_max}});
    IssuerList list;
    for (const auto& row : rows) list.items.push_back(show_issuer(reading, desk, row));
    return list;
}

}  // namespace

api::Routes routes(const CertificateDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return one_certificate(r, desk, CertificateId(id));
    };
    api::Routes all{
        api::reads<CertificateQuery, CertificateList>(
            {Method::get, "/certificates", "list_certificates", "certificate.read"},
            [&desk](const Reading& r, const CertificateQuery& q) {
                return list_certificates(r, desk, q);
            }),
        api::reads<api::Nothing, CertificateList>(
            {Method::get, "/certificates/mine", "list_my_certificates", "certificate.read",
             everyone},
            [&desk](const Reading& r, const api::Nothing&) {
                return list_my_certificates(r, desk);
            }),
        api::reads<DraftQuery, CertificateDraft>(
            {Method::get, "/certificate-draft", "show_certificate_draft", "certificate.issue",
             everyone},
            [&desk](const Reading& r, const DraftQuery& q) { return draft_of(r, desk, q); }),
        api::writes<IssueCertificate, Certificate>(
            {Method::post, "/certificates", "issue_certificate", "certificate.issue", everyone},
            [&desk](const Writing& w, const IssueCertificate& input) {
                return issue_certificate(w.turn, w.caller, desk, input);
            },
            render),
        api::reads<api::Nothing, Certificate>(
            {Method::get, "/certificates/{id}", "show_certificate", "certificate.read", everyone},
            [render](const Reading& r, const api::Nothing&) { return render(r, r.id()); }),
        api::reads<api::Nothing, journal::FactProof>(
            {Method::get, "/certificates/{id}/proof", "prove_certificate", "certificate.read",
             everyone},
            [&desk](const Reading& r, const api::Nothing&) {
                return proof_of(r, desk, CertificateId(r.id()));
            }),
        api::writes<api::Nothing, Certificate>(
            {Method::post, "/certificates/{id}/printing", "print_certificate", "certificate.print"},
            [&desk](const Writing& w, const api::Nothing&) {
                return print_certificate(w.turn, w.caller, desk, CertificateId(w.id()));
            },
            render),
        api::writes<RevokeCertificate, Certificate>(
            {Method::post, "/certificates/{id}/revocation", "revoke_certificate",
             "certificate.revoke"},
            [&desk](const Writing& w, const RevokeCertificate& input) {
                return revoke_certificate(w.turn, w.caller, desk, CertificateId(w.id()),
                                          input.reason);
            },
            render),
        api::writes<SettleObjection, Certificate>(
            {Method::post, "/certificates/{id}/objection-settlement", "settle_objection",
             "objection.settle"},
            [&desk](const Writing& w, const SettleObjection& input) {
                return settle_objection(w.turn, w.caller, desk, CertificateId(w.id()), input);
            },
            render),
        api::reads<api::Nothing, IssuerList>(
            {Method::get, "/certificate-issuers", "list_issuers", "issuer.name"},
            [&desk](const Reading& r, const api::Nothing&) { return list_issuers(r, desk); }),
        api::writes<NameIssuer, IssuerList>(
            {Method::post, "/certificate-issuers", "name_issuer", "issuer.name"},
            [&desk](const Writing& w, const NameIssuer& input) {
                return name_issuer(w.turn, w.caller, desk, input);
            },
            [&desk](const Reading& r, std::int64_t) { return list_issuers(r, desk); }),
    };
    for (auto& route : notice_routes(desk)) all.push_back(std::move(route));
    return all;
}

api::ActionRows actions() {
    api::ActionRows all{
        {"name_issuer", "issuer.name", "issuer.named", "POST /certificate-issuers", "登记出具单位",
         "enter an issuer", "登记了证明出具单位", "an issuer of certificates was entered"},
        {"issue_certificate", "certificate.issue", "certificate.issued", "POST /certificates",
         "出具证明", "issue a certificate", "出具了志愿服务记录证明",
         "a service certificate was issued"},
        {"print_certificate", "certificate.print", "certificate.printed",
         "POST /certificates/{id}/printing", "打印证明", "print the certificate",
         "工作人员打印了证明", "the staff printed the certificate"},
        {"revoke_certificate", "certificate.revoke", "certificate.revoked",
         "POST /certificates/{id}/revocation", "撤销证明", "revoke the certificate", "证明已撤销",
         "the certificate was revoked"},
    };
    for (auto& row : objection_actions()) all.push_back(row);
    return all;
}

api::StateRows states() {
    return {
        {"certificate", "valid", "有效", "valid"},
        {"certificate", "revoked", "已撤销", "revoked"},
        {"certificate", "held", "有异议，待核实", "held: an objection is looked into"},
    };
}

}  // namespace hezhi::certificates
