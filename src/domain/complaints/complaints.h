// Complaints (投诉) about an order, an activity, a record, a person or a team: filed by anybody,
// decided outside the leader's line, with a reason that the complainant is told.
#pragma once

#include "api/paging.h"
#include "crypto/suite.h"
#include "domain/complaints/complaint_figure.h"
#include "domain/incidents/incidents.h"

namespace hezhi::complaints {

namespace refusals {
inline constexpr RefusalRow complaint_state_forbids{
    "complaint_state_forbids", 409, "该投诉当前状态不能进行此操作，页面已更新。",
    "The complaint's state does not allow this; the page shows it as it is."};
inline constexpr RefusalRow concerns_caller{
    "concerns_caller", 409, "您参与、带队或督导了被投诉的服务，不能查看或处理，须由其他人员处理。",
    "You served in, lead or supervise what is complained of; somebody else must read and decide "
    "it."};
inline constexpr RefusalRow decided_before{
    "decided_before", 409, "复核须由作出原决定以外的人员进行。",
    "A review is made by somebody other than who decided first."};
inline constexpr RefusalRow review_time_over{"review_time_over", 409, "申请复核的期限已过。",
                                             "The time for asking for a review is over."};
inline constexpr RefusalRow complaint_open{
    "complaint_open", 409, "此服务单已有一件投诉正在处理，请凭查询链接查看进展。",
    "A complaint through this slip is being looked at; follow it by its link."};
inline constexpr RefusalRow hidden_takes_no_contact{
    "hidden_takes_no_contact", 422, "匿名投诉不登记联系方式，请凭查询链接查看结果。",
    "A hidden complaint takes no contact; its result is read through its link."};
inline constexpr RefusalRow no_contact_left{"no_contact_left", 409, "投诉人没有留下联系方式。",
                                            "The complainant left no contact."};
}  // namespace refusals

// Texts of the register under the complaint's id.
inline constexpr std::string_view text_what = "complaint_what";
inline constexpr std::string_view text_contact = "complaint_contact";
inline constexpr std::string_view text_reason = "complaint_reason";
inline constexpr std::string_view text_review_why = "complaint_review_why";
inline constexpr std::string_view text_review_reason = "complaint_review_reason";

struct ComplaintDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
    const crypto::Suite& suite;
    std::string public_address;  // where the link points to: "https://…", without a path
};

// --- filing; each returns the complaint's id ---

struct FileComplaint {
    AboutKind about = AboutKind::order;
    std::int64_t about_id = 0;
    Text<1, 1000> what;
    bool hidden = false;
    std::optional<Text<0, 60>> contact;  // a name or a phone, as the complainant likes
};
BOOST_DESCRIBE_STRUCT(FileComplaint, (), (about, about_id, what, hidden, contact))

// 投诉, by one's own account: of what one took part in, received, leads or belongs to.
Result<std::int64_t> file_complaint(journal::Turn&, const api::Caller&, const ComplaintDesk&,
                                    const FileComplaint& input);
// 登记投诉, at a desk, for somebody who is there or on the line. Not by whoever is involved.
Result<std::int64_t> take_complaint(journal::Turn&, const api::Caller&, const ComplaintDesk&,
                                    const FileComplaint& input);

struct FileBySlip {
    Text<1, 1000> what;
    bool hidden = false;
    std::optional<Text<0, 60>> contact;
};
BOOST_DESCRIBE_STRUCT(FileBySlip, (), (what, hidden, contact))

// By the link on an order's slip; one at a time.
Result<std::int64_t> file_by_slip(journal::Turn&, const ComplaintDesk&, OrderId,
                                  const FileBySlip& input);

// --- deciding; each returns the complaint's id. concerns_caller for whoever is involved ---

struct DecideComplaint {
    ComplaintOutcome outcome = ComplaintOutcome::not_upheld;
    Text<1, 1000> reason;
};
BOOST_DESCRIBE_STRUCT(DecideComplaint, (), (outcome, reason))

// 受理
Result<std::int64_t> acknowledge_complaint(journal::Turn&, const api::Caller&, ComplaintId);
// 作出决定; what was not acknowledged before is with it.
Result<std::int64_t> decide_complaint(journal::Turn&, const api::Caller&, const ComplaintDesk&,
                                      ComplaintId, const DecideComplaint& input);
// 复核, by somebody else than who decided.
Result<std::int64_t> review_complaint(journal::Turn&, const api::Caller&, const ComplaintDesk&,
                                      ComplaintId, const DecideComplaint& input);
// 查看投诉人联系方式: that it was shown, as a fact with its reason. Returns that fact's position.
Result<std::int64_t> read_complainant(journal::Turn&, const api::Caller&, const ComplaintDesk&,
                                      ComplaintId, std::string_view reason);

// --- by the holder of the complaint's link ---

// 申请复核, once, within the pack's days.
Result<std::int64_t> ask_complaint_review(journal::Turn&, const ComplaintDesk&, ComplaintId,
                                          std::string_view why);
// 撤回投诉
Result<std::int64_t> withdraw_complaint(journal::Turn&, ComplaintId);

// Timer: a limit passed.
Result<std::int64_t> escalate_complaint(journal::Turn&, ComplaintId, Instant due_at);

// Whoever holds it may follow the complaint, whoever they are.
std::string complaint_token(const crypto::Suite&, ComplaintId);
ComplaintId complaint_of_token(const crypto::Suite&, std::string_view token);

// --- figures ---

// Counted by the conditions that list them (queries.sql): open ÷ all that stand, late ÷ those whose
// limit was met or has passed. What was withdrawn counts in neither and stands beside them.
struct ComplaintCounts {
    std::int64_t open = 0;
    std::int64_t all = 0;
    std::int64_t late = 0;
    std::int64_t due = 0;
    std::int64_t withdrawn = 0;  // not counted
};
BOOST_DESCRIBE_STRUCT(ComplaintCounts, (), (open, all, late, due, withdrawn))

// Of those filed within `days`, as they stand at `at`.
ComplaintCounts complaint_counts(store::Session&, std::string_view path, Instant at,
                                 const api::DaySpan& days = {});

std::vector<jobs::Timer> timers();
api::Routes routes(const ComplaintDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::complaints
