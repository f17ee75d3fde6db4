// Service certificates (志愿服务记录证明): issued free of charge by who holds the records, numbered
// without a gap, printed, checked by anybody who holds the paper, revoked with a reason.
#pragma once

#include "crypto/suite.h"
#include "domain/activities/activities.h"
#include "domain/certificates/certificate_content.h"
#include "http/rate_limit.h"
#include "journal/seals.h"

namespace hezhi::certificates {

namespace refusals {
inline constexpr RefusalRow issuer_missing{
    "issuer_missing", 409, "还没有登记可以出具证明的单位，请联系社区。",
    "Nobody who may issue the certificate has been entered yet; ask the community."};
inline constexpr RefusalRow issuer_holds_nothing{
    "issuer_holds_nothing", 422, "该单位没有此人的服务记录，请选择其他出具单位。",
    "This issuer holds no records of the volunteer; choose another."};
inline constexpr RefusalRow nothing_to_certify{
    "nothing_to_certify", 409, "这段时间没有可以载入证明的服务记录：待确认、有争议的记录不载入。",
    "There is no record to certify in this time; records that wait or are disputed are left out."};
inline constexpr RefusalRow records_under_objection{
    "records_under_objection", 409,
    "这些服务记录所在的证明有异议正在核实，决定前不再出具；请等待决定，或选择没有异议的时间段。",
    "Somebody objected to a certificate of these records; until that is decided no other is "
    "issued. Wait for the decision, or choose days without an objection."};
inline constexpr RefusalRow records_not_put_right{
    "records_not_put_right", 409,
    "这些服务记录所在的证明已因记录问题撤销，记录还没有更正或核对，不能再出具；请到社区申请更正。",
    "A certificate of these records was revoked because of them, and they were not put right "
    "since; ask the community to correct them first."};
inline constexpr RefusalRow certificate_too_long{
    "certificate_too_long", 422, "这段时间的记录太多，请缩短时间、分期出具。",
    "There are too many records in this time; choose a shorter one."};
inline constexpr RefusalRow document_missing{
    "document_missing", 409, "没有登记证件号码，不能出具证明，请带证件到社区登记。",
    "No document is registered, so no certificate is issued; show yours at the community."};
inline constexpr RefusalRow own_certificate_notes{
    "own_certificate_notes", 422, "需要说明的事项由出具单位填写，请到社区办理。",
    "The issuer writes the notes of a certificate; ask for it at the community."};
inline constexpr RefusalRow certificate_revoked{"certificate_revoked", 409, "该证明已撤销。",
                                                "This certificate was revoked."};
inline constexpr RefusalRow certificate_held{
    "certificate_held", 409, "该证明有异议待核实，决定前暂停使用。",
    "An objection to this certificate is looked into; it is held until then."};
inline constexpr RefusalRow certificate_records_wrong{
    "certificate_records_wrong", 409,
    "该证明载明的记录，在另一份证明上因记录问题被撤销；更正或核对前暂停使用。",
    "Another certificate was revoked because of records that stand on this one too; it is held "
    "until they are put right."};
inline constexpr RefusalRow certificate_unknown{
    "certificate_unknown", 404, "没有编号和核验码都相符的证明，请对照证明上印的编号和核验码再填。",
    "No certificate has this number and this code; compare both with what is printed on it."};
inline constexpr RefusalRow not_posted{"certificate_not_posted", 409,
                                       "公示期已过，如有问题请向出具单位反映。",
                                       "It is no longer posted; tell the issuer instead."};
inline constexpr RefusalRow own_certificate{
    "own_certificate", 409, "本人证明请申请更正服务记录，不提异议。",
    "Of one's own certificate, ask for a correction of the record instead."};
inline constexpr RefusalRow no_objection{"no_objection", 409, "没有待核实的异议。",
                                         "No objection waits for a decision."};
inline constexpr RefusalRow took_part_in_certificate{
    "took_part_in_certificate", 409, "异议由提出人、出具人、本人以外的人员决定。",
    "Decided by somebody who neither objected nor issued it, and whose it is not."};
inline constexpr RefusalRow certificate_erased{
    "certificate_erased", 409, "个人信息已清除，证明不能再打印，仍可按编号核验。",
    "The personal data was erased; the certificate is checked by its number but printed no more."};
inline constexpr RefusalRow printing_not_noted{"printing_not_noted", 409,
                                               "请先点“打印”：打印会留下记录。",
                                               "Use the print action first; it is put on record."};
inline constexpr RefusalRow font_missing{"font_missing", 503,
                                         "服务器没有安装中文字体（fonts-noto-cjk），请联系管理员。",
                                         "The server has no Chinese type (fonts-noto-cjk)."};
}  // namespace refusals

// Texts of the register under the issuer's id.
inline constexpr std::string_view text_issuer_name = "issuer_name";
inline constexpr std::string_view text_in_charge = "issuer_in_charge";
inline constexpr std::string_view text_handler = "issuer_handler";
inline constexpr std::string_view text_contact = "issuer_contact";

// Under the objection's id.
inline constexpr std::string_view text_objection = "objection";
inline constexpr std::string_view text_objection_decision = "objection_decision";

// Under the person, so that it goes when the person is erased.
std::string content_field(CertificateId);

// A code of the paper is 50 bits; a whole office may check from one address.
inline constexpr http::RateLimit check_attempts_limit{.burst = 30,
                                                      .refill_every = std::chrono::seconds(10)};

struct CertificateDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
    const crypto::Suite& suite;
    crypto::Random& random;      // in the writer's turn
    std::string public_address;  // where the QR code points to: "https://…", without a path
    http::RateLimiter* check_attempts = nullptr;  // null where nobody guesses
};

struct NameIssuer {
    std::optional<AreaId> area_id;                  // the office of an area …
    std::optional<OrganizationId> organization_id;  // … or an organisation or team
    Text<1, 80> name;                               // official, as its seal has it
    Text<1, 40> in_charge;
    Text<1, 40> handler;
    Text<1, 60> contact;
};
BOOST_DESCRIBE_STRUCT(NameIssuer, (), (area_id, organization_id, name, in_charge, handler, contact))

// Without a person: one's own. Without an issuer: the one that holds most of the records, and of
// several the nearest. Days are those of the district's calendar, both included.
struct IssueCertificate {
    std::optional<PersonId> person_id;
    std::optional<AreaId> issuer_area_id;
    std::optional<OrganizationId> issuer_organization_id;
    std::optional<std::string> from;
    std::optional<std::string> until;
    std::optional<Text<0, 300>> other_notes;  // 其他需要说明的事项; not of one's own certificate
};
BOOST_DESCRIBE_STRUCT(IssueCertificate, (),
                      (person_id, issuer_area_id, issuer_organization_id, from, until, other_notes))

struct RaiseObjection {
    Text<1, 500> what;
    std::optional<bool> hidden;  // nobody, audit included, can tell who objected
};
BOOST_DESCRIBE_STRUCT(RaiseObjection, (), (what, hidden))

struct SettleObjection {
    bool upheld = false;
    Text<1, 500> reason;
    std::optional<RevocationReason> revocation;  // of what is upheld; the records, if none
};
BOOST_DESCRIBE_STRUCT(SettleObjection, (), (upheld, reason, revocation))

// --- actions ---

// 登记出具单位, or in place of an earlier entry. Returns the issuer's id.
Result<std::int64_t> name_issuer(journal::Turn&, const api::Caller&, const CertificateDesk&,
                                 const NameIssuer& input);
// 出具证明, at the desk or by the volunteer. Returns the certificate's id, as do the next two; of
// one that would say the same as a valid one, that one's.
Result<std::int64_t> issue_certificate(journal::Turn&, const api::Caller&, const CertificateDesk&,
                                       const IssueCertificate& input);
// 打印证明 by the staff, who see a name and a document number by it.
Result<std::int64_t> print_certificate(journal::Turn&, const api::Caller&, const CertificateDesk&,
                                       CertificateId);
// The same by an operator, who hands on what is printed with its proof; never of minors or of
// people with a sealed address, who take it themselves.
Result<std::int64_t> print_certificate_by_command(journal::Turn&, const people::Register&,
                                                  CertificateId);
// 撤销证明, for good; because of its records, with every copy of it.
Result<std::int64_t> revoke_certificate(journal::Turn&, const api::Caller&, const CertificateDesk&,
                                        CertificateId, RevocationReason);

// 对证明提异议 while it is posted, by a member to whom it is shown or by the staff.
Result<std::int64_t> raise_objection(journal::Turn&, const api::Caller&, const CertificateDesk&,
                                     CertificateId, const RaiseObjection& input);
// 决定证明异议 by somebody who took no part: it is revoked as above, or holds again.
Result<std::int64_t> settle_objection(journal::Turn&, const api::Caller&, const CertificateDesk&,
                                      CertificateId, const SettleObjection& input);

// --- what may be certified ---

// Why a record that is confirmed or locked stands on no certificate for now.
enum class Doubt {
    none,
    objection,      // somebody objects to a certificate that holds it, and nobody has decided
    not_put_right,  // such a certificate was revoked for its records, and this one is as it was
};

// A record of the person in the asked time, and whether it may stand on a certificate: recorded,
// confirmed or locked, and in no doubt.
struct HeldRecord {
    records::RecordState record;
    std::string category;
    OrganizationId organization;  // whose activity it was; none otherwise
    bool certifiable = false;
    Doubt doubt = Doubt::none;  // of what might stand on one otherwise
};
std::vector<HeldRecord> held_records(store::Session&, const journal::FigureTables&,
                                     const people::Register&, PersonId, Instant from, Instant until,
                                     Instant now);

// Whether the record is one that the issuer holds: its own activities', or of its area and below.
bool holds_record(const IssuerState&, const HeldRecord&);
// The issuers that hold any of the records, the nearest first.
std::vector<IssuerState> issuers_of(store::Session&, const journal::FigureTables&,
                                    const std::vector<HeldRecord>&);
// Of `issuers`, which are not empty, the one that holds the most minutes that may be certified; of
// several the first.
const IssuerState& best_issuer(const std::vector<IssuerState>& issuers,
                               const std::vector<HeldRecord>& records);

// --- what others ask ---

// What stands on the paper, byte for byte as it was hashed; none once the person was erased.
std::optional<std::string> content_text(store::Session&, const people::Register&,
                                        const CertificateState&);
std::optional<CertificateContent> content_of(store::Session&, const people::Register&,
                                             const CertificateState&);
bool as_printed(const CertifiedRecord&, const records::RecordState&);
// The records on it that are no longer as they were printed.
std::vector<RecordId> changed_records(store::Session&, const journal::FigureTables&,
                                      const CertificateContent&);
// The code on the paper, without which nobody checks it.
std::string check_code(const crypto::Suite&, CertificateId);
// The address behind the QR code.
std::string check_link(const CertificateDesk&, const CertificateState&);
// How a certificate stands to a caller, whose own it may be.
api::Access access_of(const CertificateState&, const api::Caller&);

// 有效, 有效但记录有更正, 已撤销, 有异议待核实: as told to whoever checks.
enum class CheckResult { valid, records_changed, revoked, held };
BOOST_DESCRIBE_ENUM(CheckResult, valid, records_changed, revoked, held)

// All that the open page shows.
struct CertificateCheck {
    std::string number;
    std::optional<std::string> name;  // masked; none once the person was erased
    std::int64_t minutes = 0;
    std::string issuer_name;
    Instant issued_at;
    CheckResult result = CheckResult::valid;
};
BOOST_DESCRIBE_STRUCT(CertificateCheck, (), (number, name, minutes, issuer_name, issued_at, result))

// The form in which numbers are printed: capitals, half width, no blanks.
std::string number_as_printed(std::string_view typed);
// The certificate of that number, if the code is its own; certificate_unknown otherwise.
Result<CertificateCheck> check_certificate(store::Session&, const journal::FigureTables&,
                                           const CertificateDesk&, std::string_view number,
                                           std::string_view code);

// 公示: what a unit has issued lately, for its members.
struct CertificateNotice {
    CertificateId id;
    std::string number;
    std::optional<std::string> person_name;  // masked; none once erased
    std::string issuer_name;
    std::string issuer_contact;  // whom to tell that something is wrong
    Instant from;
    Instant until;  // the last instant at which it holds
    std::int64_t minutes = 0;
    std::int64_t records = 0;
    Instant issued_at;
    Instant posted_until;
    bool held = false;  // an objection is looked into
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(CertificateNotice, (),
                      (id, number, person_name, issuer_name, issuer_contact, from, until, minutes,
                       records, issued_at, posted_until, held, actions))

struct CertificateNotices {
    std::string says_zh;  // the clause
    std::string says_en;
    std::vector<CertificateNotice> items;
};
BOOST_DESCRIBE_STRUCT(CertificateNotices, (), (says_zh, says_en, items))
// Of the teams that the caller belongs to and of the offices above where they serve.
Result<CertificateNotices> notices_of_caller(const api::Reading&, const CertificateDesk&);

// Why the caller may not hold the paper now, and so not its content either: only its volunteer may,
// or who of the staff has just issued or printed it, and nobody once it is revoked or held.
std::optional<Refusal> paper_refused(const api::Reading&, const CertificateDesk&,
                                     const CertificateState&);
// The paper for who may hold it. not_found, the refusals of paper_refused, certificate_erased.
Result<CertificatePaper> paper_of(const api::Reading&, const CertificateDesk&, CertificateId,
                                  bool english);

api::Routes routes(const CertificateDesk& desk);
// Whether it is posted to this person now, as a member of the team or somebody below the office.
bool posted_to(store::Session&, CertificateId, PersonId, Instant now);
// An objection as its certificate's page shows it; what was said is for those who decide.
struct ObjectionShown {
    Instant raised_at;
    Instant settle_until;
    bool late = false;
    std::optional<std::string> what;
    std::optional<bool> upheld;  // none: not decided
    std::optional<std::string> decision;
};
BOOST_DESCRIBE_STRUCT(ObjectionShown, (), (raised_at, settle_until, late, what, upheld, decision))
std::optional<ObjectionShown> objection_of(const api::Reading&, const CertificateDesk&,
                                           const CertificateState&);
bool may_settle(const api::Caller&, const CertificateState&);
// 公示, for the members of the unit, and objections.
api::Routes notice_routes(const CertificateDesk& desk);
api::ActionRows objection_actions();
// The check page and the paper, which are no JSON or know the asking address.
api::Routes open_routes(const CertificateDesk& desk, journal::Ledger& ledger);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::certificates
