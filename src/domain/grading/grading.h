// Colour grades (四色分级): computed each month from facts, lowered only by a person's decision,
// appealed. What other folders ask: whether a team is paused. What a grade means for a person in
// dispatch stands in `standing`, which folds the same facts.
#pragma once

#include "domain/grading/grade_figure.h"
#include "domain/grading/grade_rules.h"
#include "domain/organizations/organizations.h"
#include "domain/standing/standing_figure.h"
#include "jobs/scheduler.h"

namespace hezhi::grading {

namespace refusals {
inline constexpr RefusalRow grade_state_forbids{
    "grade_state_forbids", 409, "当前状态不能进行此操作，页面已更新。",
    "The state does not allow this; the page shows it as it is."};
inline constexpr RefusalRow grade_concerns_caller{
    "grade_concerns_caller", 409, "此事涉及您本人或您所在的队伍，须由其他人员处理。",
    "This concerns you or a team of yours; somebody else must deal with it."};
inline constexpr RefusalRow grade_answer_unseen{
    "grade_answer_unseen", 409, "对方已作陈述申辩，请先阅读再认定。",
    "Whom it concerns has answered; read that before you confirm."};
inline constexpr RefusalRow own_grade_proposal{"own_grade_proposal", 409,
                                               "不能认定自己提出的事项，须由另一人认定。",
                                               "Somebody other than who proposed it must decide."};
inline constexpr RefusalRow took_part_in_grade{
    "took_part_in_grade", 409, "申诉须由未参与提出、认定和前次决定的人员处理。",
    "An appeal is decided by somebody who neither proposed nor confirmed nor decided it before."};
inline constexpr RefusalRow grade_undecided{"grade_undecided", 409,
                                            "已有一项提议或申诉待处理，请先处理。",
                                            "A proposal or an appeal is open; decide that first."};
inline constexpr RefusalRow trigger_unknown{"trigger_unknown", 422, "请选择事由。",
                                            "Choose the reason."};
inline constexpr RefusalRow not_graded{"not_graded", 409, "只评定队伍和成年志愿者。",
                                       "Only teams and adult volunteers are graded."};
inline constexpr RefusalRow appeal_time_over{"appeal_time_over", 409, "申诉的期限已过。",
                                             "The time for an appeal is over."};
inline constexpr RefusalRow not_on_the_way_back{"not_on_the_way_back", 409,
                                                "只有黄色（结对）状态登记补训。",
                                                "Training is noted on the way back from yellow."};
inline constexpr RefusalRow service_not_excusable{
    "service_not_excusable", 409, "该次服务不是未到或临近开始退出，或已说明，或已过说明期限。",
    "This was no no-show nor given back late, is excused already, or the time for it is over."};
inline constexpr RefusalRow team_paused{"team_paused", 409, "该队伍处于暂停派单状态。",
                                        "The team is suspended."};
inline constexpr RefusalRow team_risk_limited{
    "team_risk_limited", 409, "该队伍目前只开展低风险活动，请选择其他事项。",
    "For now this team holds activities of a lower risk only; choose another category."};
inline constexpr RefusalRow team_unaccompanied{
    "team_unaccompanied", 409, "该队伍目前的活动须由专业社工发布，或由社工共同带队。",
    "For now a social worker publishes this team's activities, or leads the team with it."};
inline constexpr RefusalRow person_paused{
    "person_paused", 409, "您目前处于暂停派单状态，可在“我的评级”中查看原因和申诉。",
    "Dispatch to you is suspended for now; your grade's page says why and takes an appeal."};
inline constexpr RefusalRow person_risk_limited{
    "person_risk_limited", 409, "您目前只参加低风险活动，可在“我的评级”中查看原因和怎样恢复。",
    "For now you come to activities of a lower risk only; your grade's page says why, and the way "
    "back."};
}  // namespace refusals

// Texts of the register under the proposal's or the appeal's id.
inline constexpr std::string_view text_reason = "grade_reason";
inline constexpr std::string_view text_decision = "grade_decision";
inline constexpr std::string_view text_answer = "grade_answer";
// Under the position of the fact.
inline constexpr std::string_view text_excuse = "service_excuse";

struct GradeDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
};

// --- proposals; each returns the proposal's id ---

struct ProposeGrade {
    GradeSubject graded = GradeSubject::team;
    std::int64_t subject_id = 0;
    Text<1, 40> trigger;  // of the pack
    Text<1, 500> reason;
};
BOOST_DESCRIBE_STRUCT(ProposeGrade, (), (graded, subject_id, trigger, reason))

// 提议降级, for one of the pack's triggers: to red, suspended at once where the pack says so.
Result<std::int64_t> propose_grade(journal::Turn&, const api::Caller&, const GradeDesk&,
                                   const ProposeGrade& input);
// The same by the system, of an incident that was settled.
Result<std::int64_t> propose_after_incident(journal::Turn&, IncidentId);
// The same by what another folder has proven; the caller has decided it and may not confirm it.
Result<std::int64_t> propose_after_fraud(journal::Turn&, const Actor&, PersonId,
                                         std::string_view trigger);
// 陈述申辩, by the person or the team's lead, once, before it is confirmed.
Result<std::int64_t> answer_grade(journal::Turn&, const api::Caller&, const GradeDesk&,
                                  GradeProposalId, std::string_view words);
// 认定降级, by somebody other than who proposed it, whom it does not concern; who has seen their
// answer, if there is one: GradeProposalPage::answer_id, as it was shown.
Result<std::int64_t> confirm_grade(journal::Turn&, const api::Caller&, const GradeDesk&,
                                   GradeProposalId, std::string_view reason,
                                   std::optional<std::int64_t> answer_seen = {});
// 不予降级
Result<std::int64_t> reject_grade(journal::Turn&, const api::Caller&, const GradeDesk&,
                                  GradeProposalId, std::string_view reason);

// Timer: one that suspends was not decided in time.
Result<std::int64_t> escalate_grade_proposal(journal::Turn&, GradeProposalId, Instant due_at);

struct NoteRemedial {
    GradeSubject graded = GradeSubject::person;
    std::int64_t subject_id = 0;
    Bounded<1, 1440> minutes;
};
BOOST_DESCRIBE_STRUCT(NoteRemedial, (), (graded, subject_id, minutes))

// 登记补训, on the way back from yellow. Returns the fact's position.
Result<std::int64_t> note_remedial(journal::Turn&, const api::Caller&, const NoteRemedial& input);

struct ExcuseService {
    OrderId order_id;
    PersonId person_id;
    Text<1, 500> reason;
};
BOOST_DESCRIBE_STRUCT(ExcuseService, (), (order_id, person_id, reason))

// 登记免责: who did not come, or gave back late, was ill or the like, and months to come leave it
// out. Returns the fact's position.
Result<std::int64_t> excuse_service(journal::Turn&, const api::Caller&, const GradeDesk&,
                                    const ExcuseService& input);

// --- appeals; each returns the appeal's id ---

// 申诉, by the person or the team's lead; once more against its decision, for a second review.
Result<std::int64_t> file_grade_appeal(journal::Turn&, const api::Caller&, const GradeDesk&,
                                       GradeProposalId, std::string_view reason);
// 受理申诉
Result<std::int64_t> acknowledge_grade_appeal(journal::Turn&, const api::Caller&, GradeAppealId);

struct DecideGradeAppeal {
    bool upheld = false;
    Text<1, 1000> reason;
};
BOOST_DESCRIBE_STRUCT(DecideGradeAppeal, (), (upheld, reason))

// 申诉决定, by somebody who took no part.
Result<std::int64_t> decide_grade_appeal(journal::Turn&, const api::Caller&, const GradeDesk&,
                                         GradeAppealId, const DecideGradeAppeal& input);
// Timer: a limit passed.
Result<std::int64_t> escalate_grade_appeal(journal::Turn&, GradeAppealId, Instant due_at);

// --- the monthly run ---

// What the run reads of one subject, beside the writer.
struct SubjectRows {
    std::int64_t position = 0;  // of the journal
    std::vector<GradedService> services;
    std::vector<GradedIncidentState> incidents;
};
SubjectRows subject_rows(store::Session&, GradeSubject, std::int64_t subject, Instant from,
                         Instant until);

// 月度评级 of one subject, for the window that ends with `until`. Returns the fact's position;
// not_graded for a minor, and where the pack does not grade such subjects.
Result<std::int64_t> compute_grade(journal::Turn&, GradeSubject, std::int64_t subject,
                                   Instant until, const SubjectRows&);
// All subjects were computed.
Result<std::int64_t> close_grading_month(journal::Turn&, Instant until);

// --- what other folders ask ---

bool is_paused(const rules::Pack&, GradeColor effective);
// Whether an officer has suspended this team.
bool team_is_paused(journal::Turn&, OrganizationId);
// What the team's colour keeps from an activity of this risk: all of it while paused, what lies
// above the pack's risk while 结对. Nullopt without a team.
std::optional<Refusal> team_forbids(journal::Turn&, OrganizationId, rules::RiskLevel);
// 结对: somebody from social work goes with the team.
bool team_is_paired(journal::Turn&, OrganizationId);
// The same of a person who wants to come.
std::optional<Refusal> person_forbids(journal::Turn&, PersonId, rules::RiskLevel);
// The percentage by which a person's service is drawn: the strictest of the colours of the person,
// of the teams that the person belonged to `at` its beginning, and of the team that held it, if one
// did. Nullopt if none of them is graded.
std::optional<std::int32_t> spot_check_percent(journal::Turn&, PersonId, OrganizationId holder,
                                               Instant at);

// Whether the caller may excuse what the person missed of this order: of what excuse_service takes.
bool may_excuse(const api::Reading&, OrderId, PersonId);

// --- shared by the folder ---

// Where a subject is, and whether it is graded at all.
struct Graded {
    GradeSubject graded = GradeSubject::team;
    std::int64_t subject = 0;
    Place place;
    GradeState grade;  // as it stands
};
Result<Graded> load_graded(journal::Turn&, GradeSubject, std::int64_t subject);
Subjects subjects_of(GradeSubject, std::int64_t subject);
// Whether this account proposed it, or put the incident down to the person from which it follows.
bool brought_about(journal::Turn&, const GradeProposalState&, AccountId);
// Whether this account confirmed it, or decided the first appeal against it.
bool decided_before(const GradeProposalState&, AccountId);
// Until when it may be appealed now: for the first time, or once more; never, if it may not.
Instant appeal_open_until(const GradeProposalState&);
// What holds while an appeal against it is open.
GradeColor effective_during_appeal(const GradeProposalState& appealed);
// What has effect of this colour: all of it, unless one of the appeals that wait, `except` aside,
// is against it.
GradeColor effective_with_appeals(journal::Turn&, const GradeState&, GradeColor,
                                  GradeAppealId except = {});
// Whether it is the caller's own grade, or that of a team that the caller belongs to or leads.
bool concerns(store::Session&, const api::Caller&, GradeSubject, std::int64_t subject);
// Whether the caller speaks for the subject: oneself, or the lead of the team.
bool speaks_for(const api::Caller&, GradeSubject, std::int64_t subject,
                const organizations::OrganizationState* team);

// `ledger` must outlive them.
std::vector<jobs::Timer> timers(const journal::Ledger& ledger);
api::Routes routes(const GradeDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::grading
