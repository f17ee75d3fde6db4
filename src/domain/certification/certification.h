// Certification (专业认证, V0–V4) and stars (星级): what a volunteer has fulfilled, who saw it,
// what is granted, until when it holds.
//
// Platform recognition, not a national qualification. It decides what may be dispatched; what an
// hour is worth never depends on it. Gates are the pack's; granting is a person's decision.
#pragma once

#include "domain/areas/areas.h"
#include "domain/certification/certification_figure.h"
#include "domain/certification/gates.h"
#include "domain/people/people.h"
#include "jobs/scheduler.h"

namespace hezhi::certification {

namespace refusals {
inline constexpr RefusalRow not_a_volunteer{"not_a_volunteer", 409, "此人不是在册志愿者。",
                                            "This person is not registered as a volunteer."};
inline constexpr RefusalRow own_certification{
    "own_certification", 409, "本人的认证须由他人办理。",
    "Somebody else signs what concerns one's own certification."};
inline constexpr RefusalRow field_unknown{"certification_field_unknown", 422, "请选择专项。",
                                          "Choose a field of the rule pack."};
inline constexpr RefusalRow licence_unknown{"licence_unknown", 422, "请选择执业资格。",
                                            "Choose a licence of the rule pack."};
inline constexpr RefusalRow licence_day_invalid{
    "licence_day_invalid", 422, "执业资格须在有效期内。", "The licence must hold beyond today."};
inline constexpr RefusalRow course_day_invalid{
    "course_day_invalid", 422, "日期有误：须在注册为志愿者之日至今天之间；注册前的另行认定。",
    "The day lies between the registration as a volunteer and today; what was earned before is "
    "recognised from its papers."};
inline constexpr RefusalRow course_entered{
    "course_entered", 409, "该课程已签认过，同一课程只计一次。",
    "This course has been signed already; one and the same counts once."};
inline constexpr RefusalRow course_day_full{
    "course_day_full", 422, "当日课程合计超过 24 小时；多日的课程请按日签认。",
    "The courses of that day would exceed 24 hours; sign a course of several days day by day."};
inline constexpr RefusalRow gates_open{"certification_gates_open", 409,
                                       "授予条件尚未全部满足，请查看缺少的条件。",
                                       "Not all gates are met; the page says which are missing."};
inline constexpr RefusalRow level_out_of_turn{
    "certification_out_of_turn", 409, "此人已取得该等级，或尚未取得其前一等级。",
    "This level is held already, or the one before it is not."};
inline constexpr RefusalRow renewal_not_ready{
    "renewal_not_ready", 409, "续期条件尚未满足，或已超过续期期限。",
    "What a renewal asks for is missing, or it is too late to renew."};
inline constexpr RefusalRow recognition_closed{
    "recognition_closed", 409, "已过认定期限、等级超出可认定范围，或此人已有认证。",
    "It is too late to recognise it, the level is too high, or the person is certified already."};
inline constexpr RefusalRow lowering_ground_unknown{"lowering_ground_unknown", 422, "请选择事由。",
                                                    "Choose a ground of the rule pack."};
inline constexpr RefusalRow lowering_empty{
    "lowering_empty", 422, "请选择低于现有等级的等级，或不超过规定天数的暂停。",
    "Choose a level below the present one, or a suspension within the pack's days."};
inline constexpr RefusalRow lowering_cause_unknown{
    "lowering_cause_unknown", 422, "所填编号不是这类事项，不在您的区域，或与此人无关、未经认定。",
    "That number is no such matter, lies outside your area, or was not settled against the "
    "person."};
inline constexpr RefusalRow lowering_undecided{
    "lowering_undecided", 409, "已有一项降低或暂停尚未办结（含申诉期），请先办结。",
    "One is not finished yet, or may still be appealed; finish that first."};
inline constexpr RefusalRow lowering_state_forbids{
    "lowering_state_forbids", 409, "当前状态不能进行此操作，页面已更新。",
    "The state does not allow this; the page shows it as it is."};
inline constexpr RefusalRow lowering_unheard{
    "lowering_unheard", 409, "本人尚可陈述申辩：须待其答复，或等到答复期限届满后再认定。",
    "The person may still answer: it is confirmed once they have, or once the time for it is "
    "over."};
inline constexpr RefusalRow lowering_answer_unseen{
    "lowering_answer_unseen", 409, "本人已作陈述申辩，请先阅读再认定。",
    "The person has answered; read that before you confirm."};
inline constexpr RefusalRow own_lowering{"own_lowering", 409,
                                         "不能认定自己提出的事项，须由另一人认定。",
                                         "Somebody other than who proposed it must decide."};
inline constexpr RefusalRow took_part_in_lowering{
    "took_part_in_lowering", 409, "申诉须由未参与提出、认定和前次决定的人员决定。",
    "An appeal is decided by somebody who neither proposed nor confirmed nor decided it before."};
inline constexpr RefusalRow lowering_appeal_over{"lowering_appeal_over", 409, "申诉的期限已过。",
                                                 "The time for an appeal is over."};
inline constexpr RefusalRow not_due{"certification_not_due", 409, "认证未到期。",
                                    "The certification does not end yet."};
}  // namespace refusals

struct CertificationDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
};

inline constexpr std::int64_t minutes_of_a_day = 24 * 60;
using CourseMinutes = Bounded<1, minutes_of_a_day>;  // of one day

struct PassCourse {
    CourseKind course = CourseKind::general;
    std::optional<Text<1, 40>> field;  // of a special course
    CourseMinutes minutes{60};
    std::optional<Bounded<0, 100>> test_percent;
    Instant held_at;
};
BOOST_DESCRIBE_STRUCT(PassCourse, (), (course, field, minutes, test_percent, held_at))

struct ObserveCheck {
    Text<1, 40> field;
    bool passed = false;
    Instant observed_at;
};
BOOST_DESCRIBE_STRUCT(ObserveCheck, (), (field, passed, observed_at))

struct VerifyLicence {
    Text<1, 40> licence;
    Instant valid_until;
};
BOOST_DESCRIBE_STRUCT(VerifyLicence, (), (licence, valid_until))

struct GrantCertification {
    rules::LevelKey level = rules::LevelKey::V1;
    std::optional<Text<1, 40>> field;  // or the licence
};
BOOST_DESCRIBE_STRUCT(GrantCertification, (), (level, field))

struct RecogniseCertification {
    rules::LevelKey level = rules::LevelKey::V1;
    std::vector<Text<1, 40>> fields;  // from V2 on
};
BOOST_DESCRIBE_STRUCT(RecogniseCertification, (), (level, fields))

using CauseId = Bounded<1, 9'000'000'000'000'000>;

struct ProposeLowering {
    LoweringMeasure measure = LoweringMeasure::suspend;
    Text<1, 40> ground;                       // of the pack
    std::optional<rules::LevelKey> to_level;  // of lower
    std::optional<Bounded<1, 3660>> days;     // of suspend
    Text<1, 500> reason;
    std::optional<LoweringCause> cause = {};  // both or none
    std::optional<CauseId> cause_id = {};
};
BOOST_DESCRIBE_STRUCT(ProposeLowering, (),
                      (measure, ground, to_level, days, reason, cause, cause_id))

struct ConfirmLowering {
    Text<1, 500> reason;
    std::optional<std::int64_t> answer_seen = {};  // LoweringShown::answer_id, as it was shown
};
BOOST_DESCRIBE_STRUCT(ConfirmLowering, (), (reason, answer_seen))

struct SettleLowering {
    bool upheld = false;
    Text<1, 1000> reason;
};
BOOST_DESCRIBE_STRUCT(SettleLowering, (), (upheld, reason))

// Texts of the register under the lowering's id; of a second review its own.
inline constexpr std::string_view text_lowering_reason = "lowering_reason";
inline constexpr std::string_view text_lowering_answer = "lowering_answer";
inline constexpr std::string_view text_lowering_decision = "lowering_decision";
inline constexpr std::string_view text_lowering_appeal = "lowering_appeal";
inline constexpr std::string_view text_lowering_settlement = "lowering_settlement";
inline constexpr std::string_view text_lowering_review = "lowering_review";
inline constexpr std::string_view text_lowering_outcome = "lowering_outcome";

// --- actions; each returns the person's id ---

// 课程签认, by whoever taught it.
Result<std::int64_t> pass_course(journal::Turn&, const api::Caller&, PersonId,
                                 const PassCourse& input);
// 现场考核, by the supervisor who was there.
Result<std::int64_t> observe_check(journal::Turn&, const api::Caller&, PersonId,
                                   const ObserveCheck& input);
// 推荐带队
Result<std::int64_t> recommend_lead(journal::Turn&, const api::Caller&, PersonId);
// 核验执业资格
Result<std::int64_t> verify_licence(journal::Turn&, const api::Caller&, PersonId,
                                    const VerifyLicence& input);
// 授予认证: only what the gates allow.
Result<std::int64_t> grant_certification(journal::Turn&, const api::Caller&, PersonId,
                                         const GrantCertification& input);
// 认证续期
Result<std::int64_t> renew_certification(journal::Turn&, const api::Caller&, PersonId);
// 认定认证: what was earned before the registration, from its papers.
Result<std::int64_t> recognise_certification(journal::Turn&, const api::Caller&, PersonId,
                                             const RecogniseCertification& input);
// 提议降低认证 or its suspension, with a ground of the pack.
Result<std::int64_t> propose_lowering(journal::Turn&, const api::Caller&, const CertificationDesk&,
                                      PersonId, const ProposeLowering& input);
// 陈述申辩, by the person, once, before it is confirmed.
Result<std::int64_t> answer_lowering(journal::Turn&, const api::Caller&, const CertificationDesk&,
                                     LoweringId, std::string_view words);
// 认定降低认证, by somebody else who has seen the person's word: from now on.
Result<std::int64_t> confirm_lowering(journal::Turn&, const api::Caller&, const CertificationDesk&,
                                      LoweringId, const ConfirmLowering& input);
// 不予降低认证
Result<std::int64_t> reject_lowering(journal::Turn&, const api::Caller&, const CertificationDesk&,
                                     LoweringId, std::string_view reason);
// 认证申诉, by the person, within the pack's time; once more against its decision.
Result<std::int64_t> appeal_lowering(journal::Turn&, const api::Caller&, const CertificationDesk&,
                                     LoweringId, std::string_view reason);
// 受理认证申诉, by somebody who may decide it.
Result<std::int64_t> acknowledge_lowering(journal::Turn&, const api::Caller&, LoweringId);
// 决定认证申诉, by somebody who neither proposed nor confirmed, nor decided the first appeal.
Result<std::int64_t> settle_lowering(journal::Turn&, const api::Caller&, const CertificationDesk&,
                                     LoweringId, const SettleLowering& input);
// Timer: a limit of an appeal passed.
Result<std::int64_t> escalate_lowering(journal::Turn&, LoweringId, Instant due_at);
// Timer: the days of a suspension are over.
Result<std::int64_t> end_suspension(journal::Turn&, PersonId, Instant due_at);
// Timer: the last licence ended, and V4 with it.
Result<std::int64_t> end_licence(journal::Turn&, PersonId, Instant due_at);
// Timer: it ends within the pack's days.
Result<std::int64_t> warn_certification(journal::Turn&, PersonId, Instant due_at);
// Timer: its time is over.
Result<std::int64_t> lapse_certification(journal::Turn&, PersonId, Instant due_at);

std::vector<jobs::Timer> timers();
api::Routes routes(const CertificationDesk& desk);
api::ActionRows actions();
api::StateRows states();

// --- shared by the folder ---

// The person, if the caller may see them and holds the permission there, they are registered as
// volunteers and are not the caller.
Result<CertificationState> load_volunteer(journal::Turn&, const api::Caller&, PersonId,
                                          std::string_view permission);
// Whether nothing about it can change any more.
bool is_final(const LoweringState&, Instant now);
// Whether the person may still say something that was not heard: nobody confirms it meanwhile.
bool is_unheard(const LoweringState&, Instant now);
// Whether this account proposed or confirmed it, or decided the first appeal.
bool took_part(const LoweringState&, AccountId);
// Until when it may be appealed now: for the first time, or once more; never, if it may not.
Instant appeal_open_until(const LoweringState&);

// Something that may have caused a lowering, found among the facts alone.
struct CauseFound {
    LoweringCause cause = LoweringCause::incident;
    std::int64_t id = 0;
    Instant at;
    std::string area_path;
};
// What was settled against the person or drawn of their records, the newest first. Complaints name
// nobody in their subjects and are not among them.
std::vector<CauseFound> causes_against(store::Session&, PersonId);
// The complaint, if it was upheld, in part or whole, and if it is of a person then of this one.
std::optional<CauseFound> upheld_complaint(store::Session&, std::int64_t id, PersonId);
api::ActionRows lowering_actions();

}  // namespace hezhi::certification
