// Needs (需求): what somebody noticed that a person or a place lacks.
#pragma once

#include <functional>

#include "api/action.h"
#include "api/paging.h"
#include "api/route.h"
#include "domain/areas/areas.h"
#include "domain/needs/need_figure.h"
#include "domain/people/people.h"
#include "jobs/scheduler.h"

namespace hezhi::needs {

namespace refusals {
inline constexpr RefusalRow case_load_full{
    "case_load_full", 409, "您在办的个案已达上限，请由同事承接，或请街镇移交部分事项。",
    "You have as many open cases as one may have; let a colleague take it, or have some handed "
    "on."};
inline constexpr RefusalRow need_not_open{
    "need_not_open", 409, "该需求已转订单或已办结，不能再次处理。",
    "This need already has an order or is closed; it cannot be answered twice."};
inline constexpr RefusalRow need_already_contacted{"need_already_contacted", 409,
                                                   "该需求已经联系过求助人。",
                                                   "The requester was contacted before."};
inline constexpr RefusalRow caller_unknown{
    "caller_unknown", 422, "没有找到这位来访人，请同时填写姓名和电话，以便登记。",
    "Nobody of this phone or name is known; give both name and phone to register them."};
inline constexpr RefusalRow caller_ambiguous{
    "caller_ambiguous", 409, "这个号码登记了多人，请选择是哪一位。",
    "Several people share this phone; choose which one is calling."};
inline constexpr RefusalRow merge_impossible{
    "merge_impossible", 409, "不能并入该需求：它已办结、已并案，或属于服务对象计划。",
    "It cannot be merged into this need: that one is closed, merged itself, or of a recipient's "
    "plan."};
inline constexpr RefusalRow undo_over{"undo_over", 409, "已超过可以撤销并案的期限。",
                                      "The time in which a merge can be undone is over."};
inline constexpr RefusalRow contact_missing{"contact_missing", 404, "上报时没有留下联系方式。",
                                            "No contact was left with this need."};
inline constexpr RefusalRow area_has_needs{"area_has_needs", 409,
                                           "该区域还有未办结的需求，请先办结。",
                                           "Needs of this area are open; close them first."};
inline constexpr RefusalRow need_not_closed{"need_not_closed", 409,
                                            "该需求尚未办结，正在办理中，不必重新办理。",
                                            "This need is not closed; it is being worked on."};
inline constexpr RefusalRow reopening_too_late{
    "reopening_too_late", 409, "已超过可以重新办理的期限，请重新提出需求。",
    "The time in which it could be reopened is over; please report it as a new need."};
inline constexpr RefusalRow meeting_not_due{"meeting_not_due", 409, "该需求没有待召开的联席会议。",
                                            "No joint meeting is due for this need."};
}  // namespace refusals

// Text about a need, in the register of texts under the need's id.
inline constexpr std::string_view text_what = "what";
inline constexpr std::string_view text_contact = "contact";
inline constexpr std::string_view text_close_reason = "close_reason";
inline constexpr std::string_view text_when = "when";  // when it suits whoever asked
// These two under the position of their fact, so that every round keeps its own.
inline constexpr std::string_view text_reopen_reason = "reopen_reason";
inline constexpr std::string_view text_meeting_outcome = "meeting_outcome";
inline constexpr std::string_view text_assessment = "assessment";    // shown to case.read only
inline constexpr std::string_view text_referred_to = "referred_to";  // which office
inline constexpr std::string_view text_receipt = "receipt";  // its receipt's number or words

struct ReportNeed {
    AreaId area_id;
    Text<1, 500> what;
    PriorityClass priority_class = PriorityClass::P3;
    std::optional<Text<0, 60>> contact;  // name, phone or both, in one field
    bool consent = false;                // the person agrees that somebody calls
};
BOOST_DESCRIBE_STRUCT(ReportNeed, (), (area_id, what, priority_class, contact, consent))

// 上报需求. Fixes both deadlines by the pack in force. Returns the need's id.
Result<std::int64_t> report_need(journal::Turn& turn, const api::Caller& caller,
                                 const people::Register& people, const ReportNeed& input,
                                 Channel channel);

// Fixes both deadlines by the pack in force.
void set_limits(NeedReported& need, const rules::PublishedPack& pack, Instant now);

// What every entry comes to, whatever its channel. `place` is open, `contact` may be empty.
struct NeedEntry {
    Channel channel = Channel::grid;
    PriorityClass priority_class = PriorityClass::P3;
    std::string what;
    std::string contact;
    bool consent = false;
    PersonId recipient = {};
    PersonId asked_by = {};  // none: nobody known asked, somebody saw it
    std::optional<Instant> wished_at = {};
    std::optional<std::string> category = {};
    Instant limits_from = {};  // what both clocks count from; never: from now
    std::string when = {};     // when it suits, in the words of whoever asked
};
// Fixes both deadlines by the pack in force and appends the report. Returns the need's id.
NeedId enter_need(journal::Turn& turn, const Actor& actor, const people::Register& people,
                  const Place& place, const NeedEntry& entry);

// 地址保密 of a person or of a need: their places become coarse, and whoever seals keeps what is
// hidden; another may take it over in the same way. With a reason, which the auditor sees. Return
// the person's or the need's id.
Result<std::int64_t> seal_address(journal::Turn& turn, const api::Caller& caller,
                                  const people::Register& people, PersonId id,
                                  std::string_view reason);
Result<std::int64_t> seal_need(journal::Turn& turn, const api::Caller& caller,
                               const people::Register& people, NeedId id, std::string_view reason);
// --- case load (个案量) ---

// What a social worker has open, weighted by the pack: the needs that they lead and that wait for
// an answer, and those that were assessed until they are closed.
std::int64_t case_load(store::Session&, const rules::Pack&, AccountId);
// What this need counts of it; 0 if it is no open case.
std::int64_t case_weight(const NeedState&, const rules::Pack&);
// Whether the limit holds for this account: for social workers.
bool takes_cases(store::Session&, AccountId);
// case_load_full, if the caller may not take this need up as another case. What is urgent by the
// pack is never refused.
std::optional<Refusal> too_many_cases(journal::Turn&, const api::Caller&, const NeedState&);

// A secret that somebody keeps: of a person and all about them, or of a need of nobody registered.
struct KeptSecret {
    PersonId person;
    NeedId need;
    std::string area_path;
};
// At most `limit` of those that `keeper` keeps.
std::vector<KeptSecret> kept_by(store::Session&, AccountId keeper, std::int64_t limit);
// The one that the need belongs to, if `keeper` keeps it.
std::optional<KeptSecret> kept_of_need(journal::Turn&, NeedId, AccountId keeper);
// Somebody else keeps it from now on. `why` is kept for the auditor.
void hand_on_secret(journal::Turn&, const Actor&, const people::Register*, const KeptSecret&,
                    AccountId to, std::string_view why);

// 解除地址保密 by the keeper, with the area where the person lives from now on.
Result<std::int64_t> unseal_address(journal::Turn& turn, const api::Caller& caller, PersonId id,
                                    AreaId area);
// The same for whoever answers a need by a category of secret addresses.
void keep_secret(journal::Turn& turn, const Actor& actor, NeedId id, AccountId keeper);
// The first of these people whose address is sealed.
std::optional<people::PersonState> sealed_among(journal::Turn& turn,
                                                std::initializer_list<PersonId> people);
// A need that was just entered for such a person.
void seal_entry(journal::Turn& turn, const Actor& actor, NeedId id, AccountId keeper);

// 来访登记 at the desk: who is calling or standing there, in one field; what; when; consent.
struct TakeCall {
    Text<1, 60> who;                    // name, phone or landline, or both
    std::optional<PersonId> person_id;  // whom the desk chose of those who share a phone
    Text<1, 500> what;
    std::optional<Instant> wished_at;
    bool urgent = false;                  // harm is likely soon: P2
    bool consent = false;                 // the person helped agrees that somebody calls
    std::optional<Text<0, 60>> for_whom;  // a relative asks for this person (代办)
    std::optional<Text<0, 60>> category;
    std::optional<AreaId> area_id;  // only where the desk serves several communities
};
BOOST_DESCRIBE_STRUCT(TakeCall, (),
                      (who, person_id, what, wished_at, urgent, consent, for_whom, category,
                       area_id))

// What a call comes to; made before anything is written, so that a caller may still refuse.
struct CallPlan {
    Place place;
    NeedEntry entry;
    std::string caller_name, caller_phone;        // of whoever must be registered first
    std::string recipient_name, recipient_phone;  // the same for the relative
};
Result<CallPlan> plan_call(journal::Turn& turn, const api::Caller& caller,
                           const people::Register& people, const TakeCall& input,
                           std::string_view permission);
NeedId write_call(journal::Turn& turn, const Actor& actor, const people::Register& people,
                  CallPlan plan);
// 来访登记. Registers the caller if nobody of that phone is known. Returns the need's id.
Result<std::int64_t> take_call(journal::Turn& turn, const api::Caller& caller,
                               const people::Register& people, const TakeCall& input);

// 我要求助 on one's own phone page: who asks, where she lives and whom to call is known. For a
// relative as well (代办), who must agree that somebody calls.
struct AskNeed {
    Text<1, 500> what;
    std::optional<Text<0, 60>> when;      // in one's own words
    std::optional<Text<0, 60>> for_whom;  // a relative: name and phone
    bool consent = false;                 // of the relative; whoever asks for herself agrees by it
};
BOOST_DESCRIBE_STRUCT(AskNeed, (), (what, when, for_whom, consent))
Result<std::int64_t> ask_need(journal::Turn& turn, const api::Caller& caller,
                              const people::Register& people, const AskNeed& input);

// 分流: the class, and whether somebody must look before it is answered.
struct TriageNeed {
    PriorityClass priority_class = PriorityClass::P3;
    bool assess = false;
};
BOOST_DESCRIBE_STRUCT(TriageNeed, (), (priority_class, assess))
Result<std::int64_t> triage_need(journal::Turn& turn, const api::Caller& caller, NeedId id,
                                 const TriageNeed& input);

// 评估: few choices and one sealed note.
struct AssessNeed {
    NeedDomain domain = NeedDomain::daily_living;
    RiskSeen risk = RiskSeen::none;
    bool consent = false;
    std::optional<Text<0, 1000>> note;
};
BOOST_DESCRIBE_STRUCT(AssessNeed, (), (domain, risk, consent, note))
Result<std::int64_t> assess_need(journal::Turn& turn, const api::Caller& caller,
                                 const people::Register& people, NeedId id,
                                 const AssessNeed& input);

// 转介 to another office; its receipt is due by the pack.
Result<std::int64_t> refer_need(journal::Turn& turn, const api::Caller& caller,
                                const people::Register& people, NeedId id, std::string_view office);
// 登记回执: taken over (the need is closed) or sent back (it waits for another answer).
Result<std::int64_t> note_receipt(journal::Turn& turn, const api::Caller& caller,
                                  const people::Register& people, NeedId id,
                                  std::string_view receipt, bool accepted);
// Timer: no receipt came.
Result<std::int64_t> remind_referral(journal::Turn& turn, NeedId id, Instant due_at);

// 并案: `id` says the same as `into`, which stays.
Result<std::int64_t> merge_need(journal::Turn& turn, const api::Caller& caller, NeedId id,
                                NeedId into);
// 撤销并案, within the pack's time.
Result<std::int64_t> unmerge_need(journal::Turn& turn, const api::Caller& caller, NeedId id);

// How many of the shorter text's pairs of letters the other has as well, in percent; blanks and
// punctuation do not count.
int similar_percent(std::string_view one, std::string_view other);

// 联系求助人: the first contact was made. Returns the need's id.
Result<std::int64_t> contact_need(journal::Turn& turn, const api::Caller& caller, NeedId id);

// 办结 without an order, with a reason.
Result<std::int64_t> close_need(journal::Turn& turn, const api::Caller& caller,
                                const people::Register& people, NeedId id, std::string_view reason);

// 重新办理 by staff, with a reason, within the pack's time after the closing.
Result<std::int64_t> reopen_need(journal::Turn& turn, const api::Caller& caller,
                                 const people::Register& people, NeedId id,
                                 std::string_view reason);

// 要求重新办理 by the holder of the slip of `order`, as long as it is the order that answered last.
Result<std::int64_t> ask_again(journal::Turn& turn, const people::Register& people, NeedId id,
                               OrderId order, std::string_view reason);

// 联席会议结果: what the joint meeting decided; the need is assessed again.
Result<std::int64_t> note_meeting(journal::Turn& turn, const api::Caller& caller,
                                  const people::Register& people, NeedId id,
                                  std::string_view outcome);

// 查看联系方式: clear text, as a fact with its reason. Of a need for a minor, or asked for by one,
// with somebody else's approval first (未成年人网络保护条例 36). Returns the position of that fact.
Result<std::int64_t> read_contact(journal::Turn& turn, const api::Caller& caller,
                                  const people::Register& people, NeedId id,
                                  std::string_view reason);

// --- for the folders above ---

// The need, if `caller` holds `permission` on it; not_found otherwise. Valid until the next append.
Result<const NeedState*> load_need(journal::Turn& turn, const api::Caller& caller, NeedId id,
                                   std::string_view permission);
api::Access access_of(const NeedState& need);
// The minor whom the need is about, be it for them or asked for by them; none if it is about none.
PersonId minor_of(const NeedState& need, const rules::Pack& pack,
                  const std::function<std::optional<people::PersonState>(PersonId)>& load);
// The subjects of what `actor` does with the need: also the deputy's record, if it is done in the
// place of whoever leads it.
Subjects acting_on(journal::Turn& turn, const Actor& actor, NeedId id);
// Whether the transition table (need_states.h) lets `action` happen in `state`.
bool allows(std::string_view action, NeedStep state);
// Appends need.contacted unless it was contacted before.
void note_contact(journal::Turn& turn, const Actor& actor, NeedId id);
// Appends the fact that an order answers the need, or no longer does, or that it is closed.
void plan_need(journal::Turn& turn, const Actor& actor, NeedId id, OrderId order);
void return_need(journal::Turn& turn, const Actor& actor, NeedId id);
void close_served_need(journal::Turn& turn, const Actor& actor, NeedId id);
void review_need(journal::Turn& turn, const Actor& actor, NeedId id, Resolution resolution,
                 std::int32_t satisfaction);
// The review of `order` said "not resolved": the need goes back to the social worker. Nothing if
// another round has begun since.
void reopen_unresolved(journal::Turn& turn, const Actor& actor, NeedId id, OrderId order);

// An area with open needs is not closed.
areas::AreaUse area_use();

// A need that another office hands over. Its limit is the office's; without one, the pack's.
struct ReceivedNeed {
    Place place;
    Channel channel = Channel::hotline;
    std::string what, contact;  // contact may be empty
    Instant received_at;        // both clocks count from here
    Instant handle_until;       // never: by the pack
};
// Returns the need's id.
std::int64_t receive_need(journal::Turn& turn, const Actor& actor, const people::Register& people,
                          const ReceivedNeed& input);
// Closes it without an order because it went back to where it came from.
Result<std::int64_t> hand_back_need(journal::Turn& turn, const Actor& actor,
                                    const people::Register& people, NeedId id,
                                    std::string_view reason);

// A need as pages show it. Contact masked; clear text only through read_contact.
struct Need {
    NeedId id;
    AreaId area_id;
    std::string area_name;
    std::string area_parents;
    NeedStep state = NeedStep::reported;
    PriorityClass priority_class = PriorityClass::P3;
    Channel channel = Channel::grid;
    std::string what;
    std::optional<std::string> when;  // it suits whoever asked
    std::optional<std::string> contact_masked;
    bool consent = false;
    Instant reported_at;
    bool reported_by_me = false;
    Instant first_contact_until;
    std::optional<Instant> first_contacted_at;
    Instant handle_until;
    std::optional<Instant> planned_at;
    std::optional<Instant> closed_at;
    std::optional<OrderId> order_id;
    std::optional<OrderStep> order_state;
    bool served = false;
    std::optional<Resolution> resolution;
    std::optional<std::int32_t> satisfaction;
    std::optional<std::string> close_reason;
    std::optional<Instant> reopen_until;
    std::int32_t reopenings = 0;
    std::optional<std::string> reopen_reason;
    std::optional<std::string> meeting_outcome;
    std::vector<std::string> actions;
    std::optional<std::string> asked_by;  // masked name
    std::optional<std::string> recipient;
    std::optional<PersonId> recipient_id;
    std::optional<PersonId> minor_id;  // whose contact takes an approval to read
    std::optional<people::ReadingRequestStep> reading_request;  // the reader's own, about the minor
    std::optional<Instant> wished_at;
    std::optional<std::string> category;
    std::optional<Instant> triage_until;  // while nobody has looked at it
    std::optional<Instant> triaged_at;
    std::optional<Instant> assess_until;
    std::optional<Instant> assessed_at;
    std::optional<NeedDomain> domain;
    std::optional<RiskSeen> risk;
    bool sealed = false;  // the address is secret; without the words to whoever does not keep it
    std::optional<std::string> assessment;  // the sealed note, to whoever may read cases
    std::optional<std::string> referred_to;
    std::optional<Instant> receipt_until;
    std::optional<std::int32_t> reminders;
    std::optional<std::string> receipt;
    std::optional<NeedId> merged_into;  // the result above is that need's
    std::optional<Instant> undo_until;
};
BOOST_DESCRIBE_STRUCT(Need, (),
                      (id, area_id, area_name, area_parents, state, priority_class, channel, what,
                       when, contact_masked, consent, reported_at, reported_by_me,
                       first_contact_until, first_contacted_at, handle_until, planned_at, closed_at,
                       order_id, order_state, served, resolution, satisfaction, close_reason,
                       reopen_until, reopenings, reopen_reason, meeting_outcome, actions, asked_by,
                       recipient, recipient_id, minor_id, reading_request, wished_at, category,
                       triage_until, triaged_at, assess_until, assessed_at, domain, risk, sealed,
                       assessment, referred_to, receipt_until, reminders, receipt, merged_into,
                       undo_until))

struct NeedList {
    std::vector<Need> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(NeedList, (), (items, next_cursor))

// What it takes to show needs. Const from any thread; the references must outlive it.
struct NeedPages {
    const people::Register& people;
    const areas::AreaTree& tree;

    Need show(const api::Reading& reading, const NeedState& need) const;
    Result<Need> one(const api::Reading& reading, NeedId id) const;
};

// The needs that `query` finds.
std::vector<NeedState> rows_of(const api::Reading& reading, const store::Query& query,
                               store::Params params);
// A page of needs by newest first: runs `query` (its params hold before_id and limit + 1).
NeedList list_page(const api::Reading& reading, const NeedPages& pages, const store::Query& query,
                   store::Params params, std::int64_t limit);

api::Routes routes(const NeedPages& pages);
// The rows of calls, triage, assessment, referral and merging; routes() holds them.
api::Routes asking_routes(const NeedPages& pages);
// Secret addresses; routes() holds them.
api::Routes secrecy_routes(const NeedPages& pages);
std::vector<jobs::Timer> timers();
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::needs
