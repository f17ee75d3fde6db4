// People (人员): the register of who somebody is, sealed; and what may be done with it.
#pragma once

#include "api/action.h"
#include "api/route.h"
#include "crypto/suite.h"
#include "domain/areas/areas.h"
#include "domain/people/consent_figure.h"
#include "domain/people/person_figure.h"
#include "jobs/scheduler.h"

namespace hezhi::people {

namespace refusals {
inline constexpr RefusalRow id_already_used{
    "id_already_used", 409, "该证件号码已经登记过，请先查询，不要重复登记。",
    "This document number is registered already; search for the person instead."};
inline constexpr RefusalRow person_already_registered{
    "person_already_registered", 409, "同名同号的人员已经登记过，请先查询，不要重复登记。",
    "A person of this name and phone is registered already; search for them instead."};
inline constexpr RefusalRow birth_date_already_registered{
    "birth_date_already_registered", 409,
    "同名、同出生日期的人员已经登记过，请先查询，不要重复登记。",
    "A person of this name and birth date is registered already; search for them instead."};
// One answer to whoever has no account, whatever is known: document, phone or birth date.
inline constexpr RefusalRow registered_already{
    "registered_already", 409,
    "这些信息可能已经登记过，不再重复注册。是您本人的，请认领，或联系社区工作者。",
    "These details may be registered already, so they are not registered again. If they are yours "
    "claim the entry, or ask a community worker."};
inline constexpr RefusalRow id_scheme_unknown{"id_scheme_unknown", 422, "没有这种证件类型。",
                                              "There is no such kind of document."};
inline constexpr RefusalRow document_needed{"document_needed", 422, "注册须填写证件号码。",
                                            "Joining here needs the number of a document."};
inline constexpr RefusalRow agreement_missing{
    "agreement_missing", 422, "请先阅读风险告知和服务协议，并作出承诺。",
    "Please read the risks and the terms and make the pledge first."};
inline constexpr RefusalRow minor_needs_guardian{
    "minor_needs_guardian", 422, "未成年人须由监护人办理，请联系社区工作者发监护人确认单。",
    "A guardian must agree for a minor; ask a community worker for the guardian's slip."};
inline constexpr RefusalRow too_young_to_volunteer{"too_young_to_volunteer", 422,
                                                   "年龄太小，还不能参加志愿服务。",
                                                   "Whoever is so young cannot volunteer yet."};
inline constexpr RefusalRow not_a_minor{"not_a_minor", 409, "此人不是未成年人，无须监护人同意。",
                                        "This person is no minor; no guardian is asked."};
inline constexpr RefusalRow reading_needs_approval{
    "reading_needs_approval", 409, "查看未成年人明文须先经他人批准，请先提出申请。",
    "Reading a minor's entry in clear needs somebody else's approval; ask for it first."};
inline constexpr RefusalRow reading_request_open{
    "reading_request_open", 409, "已提出过申请，正待批准或仍然有效。",
    "You have asked already; it waits or still holds."};
inline constexpr RefusalRow reading_request_decided{
    "reading_request_decided", 409, "该申请已有结果。", "This request was decided before."};
inline constexpr RefusalRow own_reading_request{"own_reading_request", 409,
                                                "不能批准自己的申请，须由他人批准。",
                                                "Nobody approves their own request."};
inline constexpr RefusalRow claim_not_proven{
    "claim_not_proven", 409, "核对不上，或已有登录单。请向社区工作者出示证件领取登录单。",
    "It does not match, or there is a sign-in slip already. Show your document to a community "
    "worker and get a slip."};
inline constexpr RefusalRow nothing_to_dispute{
    "nothing_to_dispute", 409, "该证件号码没有登记过，可以直接注册。",
    "This number is not registered; you can register with it."};
inline constexpr RefusalRow dispute_settled{"dispute_settled", 409, "该异议已处理过。",
                                            "This dispute was settled before."};
inline constexpr RefusalRow not_serving{"not_serving", 409, "您目前不是志愿者。",
                                        "You are not a volunteer at present."};
inline constexpr RefusalRow serving_already{"serving_already", 409, "您已经是志愿者。",
                                            "You are a volunteer already."};
inline constexpr RefusalRow address_sealed{
    "address_sealed", 409, "地址保密：只有负责的社工可以查看。",
    "The address is secret: only the social worker who keeps it may see it."};
inline constexpr RefusalRow address_not_sealed{"address_not_sealed", 409, "此人地址未设为保密。",
                                               "This person's address is not secret."};
inline constexpr RefusalRow volunteer_number_malformed{
    "volunteer_number_malformed", 422, "志愿者编号的写法不对，请核对。",
    "This is not how such a number is written; please check it."};
inline constexpr RefusalRow number_for_volunteers{
    "number_for_volunteers", 409, "此人不是在册志愿者，不登记志愿者编号。",
    "The number is noted of registered volunteers only."};
inline constexpr RefusalRow birth_date_from_document{
    "birth_date_from_document", 409, "出生日期以证件号码为准，不能另行更正。",
    "The document tells the date of birth; it is not corrected apart."};
inline constexpr RefusalRow birth_date_by_staff{
    "birth_date_by_staff", 409, "涉及未成年人，或跨过规则所定年龄的，请由其他工作人员更正。",
    "Where a minor is concerned, or an age from which the rules allow something, other staff "
    "correct it; please ask them."};
inline constexpr RefusalRow person_erased{"person_erased", 409, "该人员档案已清除。",
                                          "This person's entry was erased."};
}  // namespace refusals

// The reason why clear text was read, in the register of texts under the reading's position.
inline constexpr std::string_view text_reason = "reason";

// What stands in a form's field; empty if it was left out.
std::string_view text_of(const auto& field) {
    return field ? std::string_view(field->value) : std::string_view();
}

// --- contacts ---

// What one field "name and/or phone" holds. Either may be empty.
struct Contact {
    std::string name;   // as written, without the phone
    std::string phone;  // normalised
};
Contact split_contact(std::string_view text, const rules::PhoneRules& phones);
// The same, masked: "王** 139****0000".
std::string mask_contact(std::string_view text, const rules::PhoneRules& phones);

// --- the register ---

// What the register knows of a person, in clear. Absent fields are empty.
struct Clear {
    std::string name;
    std::string phone;      // normalised
    std::string id_scheme;  // a key of the pack
    std::string id_number;  // normalised
};

// For a new master key (app/keys): a sealed column of the register by its name, and what the
// register is searched by.
inline constexpr std::string_view register_table = "people_register";
void set_field(Clear& entry, std::string_view column, std::string_view clear);
struct RegisterIndexes {
    std::optional<std::string> phone, id_number, birth_date;
};
// `birth_date` that was told, as it is kept; found together with the name.
RegisterIndexes indexes_of(const crypto::Suite& suite, const Clear& entry,
                           std::string_view birth_date);

// The register of people and of free text about records. Everything in it is sealed; phones,
// document numbers and names with birth dates are found by blind index. Reads from any thread;
// writes in the writer's turn (and `random` is used by writes only). The references must outlive
// it.
class Register {
  public:
    Register(const crypto::Suite& suite, crypto::Random& random);

    // Keeps a text about the record `owner` in place of an earlier one. Nothing for an empty text.
    void write_text(store::Session&, std::int64_t owner, std::string_view field,
                    std::string_view clear) const;
    std::optional<std::string> read_text(store::Session&, std::int64_t owner,
                                         std::string_view field) const;

    // Writes the entry of a new person. `entry` is normalised; its name is not empty.
    void write_person(store::Session&, PersonId, const Clear& entry) const;
    // Keeps the birth date that was told in place of an earlier one.
    void write_birth_date(store::Session&, PersonId, Day born) const;
    // Empties the entry and the texts about this person, and the reasons of facts that tell more;
    // the id stays and points to nobody.
    void erase_person(store::Session&, PersonId) const;
    // The document number stood with the wrong person.
    void release_id_number(store::Session&, PersonId) const;
    // Throws BrokenInvariant if there is no such person.
    Clear clear(store::Session&, PersonId) const;
    // In clear; for those who act under their name (staff), and for one's own page.
    std::string name(store::Session&, PersonId) const;
    std::string masked_name(store::Session&, PersonId) const;
    // What a requester sees of the volunteer at the door: the family name, the rest hidden.
    std::string brief_name(store::Session&, PersonId) const;

    // The one person with this phone; none if nobody has it or if several share it.
    PersonId find_by_phone(store::Session&, std::string_view normalised) const;
    std::vector<PersonId> with_phone(store::Session&, std::string_view normalised) const;
    std::vector<PersonId> with_id_number(store::Session&, std::string_view id_scheme,
                                         std::string_view normalised) const;
    // Who has no document, this name in any spelling and this birth date: within the area, and
    // whom this action has registered.
    std::vector<PersonId> with_birth_date(store::Session&, std::string_view name, Day born,
                                          std::string_view area_path) const;

    // For a search that opens many names from one query.
    std::string open_name(PersonId, const crypto::Bytes& sealed) const;

  private:
    std::string open(std::string_view table, std::string_view column, std::int64_t row,
                     const crypto::Bytes& sealed) const;

    const crypto::Suite& suite_;
    crypto::Random& random_;
};

// --- actions ---

struct RegisterPerson {
    Text<1, 50> name;
    std::optional<Text<0, 40>> phone;
    std::optional<Text<0, 40>> id_scheme;
    std::optional<Text<0, 60>> id_number;
    AreaId area_id;
    bool volunteer = false;
    bool social_worker = false;  // the national qualification was seen
    bool agreed = false;         // of a volunteer, in person: to pledge, risks and terms
    std::optional<Text<0, 10>> birth_date = {};  // 1980-02-29, where the document does not tell it
};
BOOST_DESCRIBE_STRUCT(RegisterPerson, (),
                      (name, phone, id_scheme, id_number, area_id, volunteer, social_worker, agreed,
                       birth_date))

// The text of the register, under the person's id, where the document does not tell it.
inline constexpr std::string_view text_birth_date = "birth_date";

// A day that exists, neither after today nor before anybody who lives was born.
Result<Day> read_birth_date(std::string_view text, Day today);
// By the birth date that was told; nothing without one.
std::optional<std::int32_t> told_age(store::Session&, Day today, const Register&, PersonId);

struct CorrectBirthDate {
    Text<1, 10> birth_date;
    std::optional<Text<0, 200>> reason = {};  // needed of the staff
};
BOOST_DESCRIBE_STRUCT(CorrectBirthDate, (), (birth_date, reason))

// 更正出生日期, one's own or by the staff, where no document tells it. Returns the person's id.
Result<std::int64_t> correct_birth_date(journal::Turn&, const api::Caller&, const Register&,
                                        PersonId, const CorrectBirthDate& input);

// 登记人员. Returns the person's id.
Result<std::int64_t> register_person(journal::Turn&, const api::Caller&, const Register&,
                                     const RegisterPerson& input);
// The same for whoever may do it by another right (the command line, the opening of an account).
Result<std::int64_t> register_person(journal::Turn&, const Actor&, const Place&, const Register&,
                                     const RegisterPerson& input);

// An entry as it would be written.
struct JudgedEntry {
    Clear entry;
    std::optional<std::int32_t> age_years;
    std::optional<Day> birth_date;  // that was told
};
// Everything of the input that can be wrong, without writing anything. `area_path`: where the
// person will belong, and where whoever has no document is looked for by name and birth date.
Result<JudgedEntry> judge_entry(store::Session& db, const rules::Pack&, Day today, const Register&,
                                const RegisterPerson& input, std::string_view area_path);

// --- minors ---

// Whether somebody is known to be a minor by the pack in force.
bool is_minor(const rules::Pack& pack, const PersonState& person);
// A minor serves while a guardian's consent stands, everybody else by their own word.
bool may_serve(journal::Turn&, PersonId);
// Appends guardian.asked: an earlier link ends. Returns its position.
std::int64_t append_guardian_asked(journal::Turn&, const Actor&, PersonId);
// The age that the document or the birth date tells today; as last noted if there is neither.
std::optional<std::int32_t> age_today(journal::Turn&, const Register&, PersonId);
std::optional<std::int32_t> age_today(const api::Reading&, const Register&, PersonId);

// 申请查看 a minor's entry in clear, with a reason. Returns the position of the fact.
Result<std::int64_t> request_reading(journal::Turn&, const api::Caller&, const Register&, PersonId,
                                     std::string_view reason);
// 批准查看 and 不予批准, by somebody else. Return the request's id.
Result<std::int64_t> approve_reading(journal::Turn&, const api::Caller&, std::int64_t request);
Result<std::int64_t> reject_reading(journal::Turn&, const api::Caller&, std::int64_t request);
// The latest request of this account about this person; none if there is none.
std::optional<ReadingRequestState> reading_request_of(store::Session&, const journal::FigureTables&,
                                                      PersonId, AccountId);
// Whether somebody else has approved that `account` reads this minor's data now.
bool reading_approved(store::Session&, const journal::FigureTables&, PersonId, AccountId,
                      Instant now);
// The reader's own request, as far as it still says something.
std::optional<ReadingRequestStep> reading_asked(const api::Reading&, PersonId);
// Timer: minors' ages as they grow.
std::vector<jobs::Timer> timers(const Register& people);

// --- joining and leaving ---

// Two spellings of one name: letters in another case, other blanks. Folded they are the same.
std::string folded_name(std::string_view name);
bool same_name(std::string_view one, std::string_view other);
// In whole years.
std::int32_t age_on_day(Day born, Day today);

// A document as it is stored, and the age that its number tells today.
struct Document {
    std::string scheme;
    std::string number;
    std::optional<std::int32_t> age_years;
};
// Without a kind of document the first of the pack is meant.
Result<Document> read_document(const rules::Pack&, Day today, std::string_view scheme,
                               std::string_view number);

struct RegisterVolunteer {
    Text<1, 50> name;
    std::optional<Text<0, 40>> id_scheme;
    Text<0, 60> id_number;  // empty where the kind of document has none
    Text<1, 40> phone;
    AreaId area_id;
    bool agreed = false;                         // to pledge, risks and terms
    std::optional<Text<0, 10>> birth_date = {};  // as at RegisterPerson
};
BOOST_DESCRIBE_STRUCT(RegisterVolunteer, (),
                      (name, id_scheme, id_number, phone, area_id, agreed, birth_date))

// 注册志愿者: one's own registration, without an account. A minor's waits for a guardian. Returns
// the person's id; registered_already whatever somebody else's entry has in common with it.
Result<std::int64_t> register_volunteer(journal::Turn&, const Register&,
                                        const RegisterVolunteer& input);

// Who says that a registered document number is theirs; without a document, that the entry of this
// name, phone and birth date is.
struct ClaimRegistration {
    Text<1, 50> name;
    std::optional<Text<0, 40>> id_scheme;
    Text<0, 60> id_number;
    Text<1, 40> phone;
    std::optional<Text<0, 10>> birth_date = {};
};
BOOST_DESCRIBE_STRUCT(ClaimRegistration, (), (name, id_scheme, id_number, phone, birth_date))

// The person whose document (or birth date), name and phone all agree; claim_not_proven whatever
// differs.
Result<PersonId> find_claimed(journal::Turn&, const Register&, const ClaimRegistration& input);

// 提出异议, about a document number. One that is disputed already keeps its first dispute. Returns
// the dispute's id.
Result<std::int64_t> dispute_registration(journal::Turn&, const Register&,
                                          const ClaimRegistration& input);
// 处理异议. Returns the dispute's id.
Result<std::int64_t> settle_dispute(journal::Turn&, const api::Caller&, const Register&, DisputeId,
                                    DisputeOutcome outcome);

// 退出志愿服务 and 重新加入, each by the volunteer. Return the person's id.
Result<std::int64_t> leave_service(journal::Turn&, const api::Caller&);
Result<std::int64_t> rejoin_service(journal::Turn&, const api::Caller&, bool agreed);

struct NoteVolunteerNumber {
    Text<1, 40> number;
};
BOOST_DESCRIBE_STRUCT(NoteVolunteerNumber, (), (number))

// Under the person: the number in a register of volunteers outside this platform.
inline constexpr std::string_view text_volunteer_number = "volunteer_number";
// 登记志愿者编号, one's own or by the staff. Returns the person's id.
Result<std::int64_t> note_volunteer_number(journal::Turn&, const api::Caller&, const Register&,
                                           PersonId, const NoteVolunteerNumber& input);

// 清除档案: empties the register entry for ever. Returns the position of the fact.
Result<std::int64_t> erase_person(journal::Turn&, const api::Caller&, const Register&, PersonId,
                                  std::string_view reason);
// The same for a restored backup, which brings back who was erased after it.
Result<std::int64_t> erase_person_again(journal::Turn&, const Register&, PersonId);

// 查看明文: that clear text is shown, as a fact with its reason. Returns the position of that fact.
Result<std::int64_t> read_person(journal::Turn&, const api::Caller&, const Register&, PersonId,
                                 std::string_view reason);

// The person, if `caller` holds `permission` on them; not_found or not_permitted otherwise. Valid
// until the next append.
Result<const PersonState*> load_person(journal::Turn&, const api::Caller&, PersonId,
                                       std::string_view permission);
api::Access access_of(const PersonState& person);
// Whether what hides a sealed address is shown to this caller.
bool sees_sealed(const api::Caller& caller, AccountId keeper);
// The name of the area where somebody is, as it may be told.
std::string area_name_of(const api::Reading&, const areas::AreaTree&, PersonId);

// The people of an area, who move to its successor when it is closed.
areas::AreaUse area_use();

// --- pages ---

// A person as pages show them: masked. Clear text only through read_person.
struct Person {
    PersonId id;
    std::string name;
    std::optional<std::string> phone_masked;
    std::optional<std::string> id_masked;
    AreaId area_id;
    std::string area_name;
    std::vector<std::string> roles;  // volunteer, social_worker
    std::optional<std::string> certification;
    std::optional<std::int32_t> age_years;              // of a minor
    std::optional<ConsentStep> consent;                 // of a minor's guardian
    std::optional<ReadingRequestStep> reading_request;  // the reader's own, about a minor
    bool address_sealed = false;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Person, (),
                      (id, name, phone_masked, id_masked, area_id, area_name, roles, certification,
                       age_years, consent, reading_request, address_sealed, actions))

// What it takes to show people. Const from any thread; the references must outlive it.
struct PersonPages {
    const Register& people;
    const areas::AreaTree& tree;

    Person show(const api::Reading&, const PersonState&) const;
    Result<Person> one(const api::Reading&, PersonId) const;
};

// Staff act under their name. An account's id is the position of the fact that opened it.
std::optional<std::string> name_of_account(const api::Reading&, const Register&, AccountId);

api::Routes routes(const PersonPages& pages);
// Requests to read minors' entries, for who decides.
api::Routes reading_request_routes(const PersonPages& pages);
// What the registration page shows, disputes, leaving and coming back.
api::Routes joining_routes(const PersonPages& pages);
api::Routes volunteer_number_routes(const PersonPages& pages);  // routes() holds them
api::Routes birth_date_routes(const PersonPages& pages);        // and these
api::StateRows states();
api::ActionRows actions();

// A QR code without its quiet zone of four modules: dark or not, row by row.
struct QrCode {
    int width = 0;
    std::vector<bool> dark;
};
QrCode qr_code(std::string_view text);

// A QR code as an SVG drawing of one path, black on white with its quiet zone; scales to any size.
std::string qr_svg(std::string_view text);

}  // namespace hezhi::people
