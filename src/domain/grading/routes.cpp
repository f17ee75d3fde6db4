// The teams' colours, the "why" of a grade, proposals and appeals.
#include "domain/grading/grade_pages.h"

namespace hezhi::grading {
namespace {

using api::Reading;
using api::Writing;

struct GradeReason {
    Text<1, 500> reason;
};
BOOST_DESCRIBE_STRUCT(GradeReason, (), (reason))

struct ConfirmGrade {
    Text<1, 500> reason;
    std::optional<std::int64_t> answer_seen;
};
BOOST_DESCRIBE_STRUCT(ConfirmGrade, (), (reason, answer_seen))

struct GradeWords {
    Text<1, 1000> words;
};
BOOST_DESCRIBE_STRUCT(GradeWords, (), (words))

struct FileGradeAppeal {
    GradeProposalId proposal_id;
    Text<1, 1000> reason;
};
BOOST_DESCRIBE_STRUCT(FileGradeAppeal, (), (proposal_id, reason))

struct ServiceExcuse {
    std::int64_t id = 0;  // of the note
};
BOOST_DESCRIBE_STRUCT(ServiceExcuse, (), (id))

struct RemedialHours {
    std::int64_t id = 0;  // of the note
};
BOOST_DESCRIBE_STRUCT(RemedialHours, (), (id))

api::Routes appeal_routes(const GradeDesk& desk) {
    using http::Method;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return appeal_page(r, desk, GradeAppealId(id));
    };
    return {
        api::writes<FileGradeAppeal, GradeAppealPage>(
            {Method::post, "/grade-appeals", "file_grade_appeal", "grade_appeal.file",
             api::Audience::everyone},
            [&desk](const Writing& w, const FileGradeAppeal& input) {
                return file_grade_appeal(w.turn, w.caller, desk, input.proposal_id, input.reason);
            },
            render),
        api::reads<GradeQueueQuery, GradeAppealList>(
            {Method::get, "/grade-appeals", "list_grade_appeals", "grade_appeal.decide"},
            [&desk](const Reading& r, const GradeQueueQuery& q) {
                return list_appeals(r, desk, q);
            }),
        api::reads<api::Nothing, GradeAppealPage>(
            {Method::get, "/grade-appeals/{id}", "show_grade_appeal", "grade_appeal.decide"},
            [&desk](const Reading& r, const api::Nothing&) {
                return appeal_page(r, desk, GradeAppealId(r.id()));
            }),
        api::writes<api::Nothing, GradeAppealPage>(
            {Method::post, "/grade-appeals/{id}/acknowledgement", "acknowledge_grade_appeal",
             "grade_appeal.decide"},
            [](const Writing& w, const api::Nothing&) {
                return acknowledge_grade_appeal(w.turn, w.caller, GradeAppealId(w.id()));
            },
            render),
        api::writes<DecideGradeAppeal, GradeAppealPage>(
            {Method::post, "/grade-appeals/{id}/decision", "decide_grade_appeal",
             "grade_appeal.decide"},
            [&desk](const Writing& w, const DecideGradeAppeal& input) {
                return decide_grade_appeal(w.turn, w.caller, desk, GradeAppealId(w.id()), input);
            },
            render),
    };
}

}  // namespace

api::Routes routes(const GradeDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return proposal_page(r, desk, GradeProposalId(id));
    };
    api::Routes all = appeal_routes(desk);
    api::Routes grades{
        api::reads<GradeListQuery, TeamGradeList>(
            {Method::get, "/grades/teams", "list_team_grades", "grade.read"},
            [&desk](const Reading& r, const GradeListQuery& q) {
                return list_team_grades(r, desk, q);
            }),
        api::reads<api::Nothing, GradePage>(
            {Method::get, "/grades/teams/{id}", "show_team_grade", "grade.read", everyone},
            [&desk](const Reading& r, const api::Nothing&) {
                return grade_page(r, desk, GradeSubject::team, r.id());
            }),
        api::reads<api::Nothing, GradePage>(
            {Method::get, "/grades/people/{id}", "show_person_grade", "grade.read", everyone},
            [&desk](const Reading& r, const api::Nothing&) {
                return grade_page(r, desk, GradeSubject::person, r.id());
            }),
        api::reads<api::Nothing, OwnGradeList>(
            {Method::get, "/grades/mine", "list_own_grades", "grade.read", everyone},
            [&desk](const Reading& r, const api::Nothing&) { return own_grades(r, desk); }),
        api::reads<GradeQueueQuery, GradeProposalList>(
            {Method::get, "/grade-proposals", "list_grade_proposals", "grade.confirm"},
            [&desk](const Reading& r, const GradeQueueQuery& q) {
                return list_proposals(r, desk, q);
            }),
        api::reads<api::Nothing, GradeProposalPage>(
            {Method::get, "/grade-proposals/{id}", "show_grade_proposal", "grade.confirm"},
            [&desk](const Reading& r, const api::Nothing&) {
                return proposal_page(r, desk, GradeProposalId(r.id()));
            }),
        api::writes<ProposeGrade, GradeProposalPage>(
            {Method::post, "/grade-proposals", "propose_grade", "grade.propose"},
            [&desk](const Writing& w, const ProposeGrade& input) {
                return propose_grade(w.turn, w.caller, desk, input);
            },
            render),
        api::writes<GradeWords, GradeProposalPage>(
            {Method::post, "/grade-proposals/{id}/answers", "answer_grade", "grade.answer",
             everyone},
            [&desk](const Writing& w, const GradeWords& input) {
                return answer_grade(w.turn, w.caller, desk, GradeProposalId(w.id()), input.words);
            },
            render),
        api::writes<ConfirmGrade, GradeProposalPage>(
            {Method::post, "/grade-proposals/{id}/confirmation", "confirm_grade", "grade.confirm"},
            [&desk](const Writing& w, const ConfirmGrade& input) {
                return confirm_grade(w.turn, w.caller, desk, GradeProposalId(w.id()), input.reason,
                                     input.answer_seen);
            },
            render),
        api::writes<GradeReason, GradeProposalPage>(
            {Method::post, "/grade-proposals/{id}/rejection", "reject_grade", "grade.confirm"},
            [&desk](const Writing& w, const GradeReason& input) {
                return reject_grade(w.turn, w.caller, desk, GradeProposalId(w.id()), input.reason);
            },
            render),
        api::writes<ExcuseService, ServiceExcuse>(
            {Method::post, "/service-excuses", "excuse_service", "service.excuse"},
            [&desk](const Writing& w, const ExcuseService& input) {
                return excuse_service(w.turn, w.caller, desk, input);
            },
            [](const Reading&, std::int64_t id) -> Result<ServiceExcuse> {
                return ServiceExcuse{id};
            }),
        api::writes<NoteRemedial, RemedialHours>(
            {Method::post, "/remedial-hours", "note_remedial", "remedial.note"},
            [](const Writing& w, const NoteRemedial& input) {
                return note_remedial(w.turn, w.caller, input);
            },
            [](const Reading&, std::int64_t id) -> Result<RemedialHours> {
                return RemedialHours{id};
            }),
    };
    for (auto& route : grades) all.push_back(std::move(route));
    return all;
}

api::ActionRows actions() {
    return {
        {"compute_grade", "", "grade.computed", "", "月度评级", "compute the grade", "月度评级",
         "the month's grade was computed"},
        {"close_grading_month", "", "grading_month.closed", "", "完成月度评级",
         "close the month's grading", "本月评级完成", "the month's grades were computed"},
        {"propose_grade", "grade.propose", "grade.proposed", "POST /grade-proposals", "提议降级",
         "propose a lower grade", "提议降级", "a lower grade was proposed"},
        {"answer_grade", "grade.answer", "grade.answered", "POST /grade-proposals/{id}/answers",
         "陈述申辩", "answer the proposal", "对方作了陈述申辩",
         "whom the lower grade concerns has answered"},
        {"confirm_grade", "grade.confirm", "grade.confirmed",
         "POST /grade-proposals/{id}/confirmation", "认定降级", "confirm the lower grade",
         "降级经认定", "the lower grade was confirmed"},
        {"reject_grade", "grade.confirm", "grade.rejected", "POST /grade-proposals/{id}/rejection",
         "不予降级", "reject the lower grade", "不予降级", "the lower grade was rejected"},
        {"note_remedial", "remedial.note", "remedial.noted", "POST /remedial-hours", "登记补训",
         "note remedial training", "登记了补训", "remedial training was noted"},
        {"excuse_service", "service.excuse", "service.excused", "POST /service-excuses", "登记免责",
         "excuse a no-show", "未到或临时退出经说明不计", "a no-show or late leaving was excused"},
        {"file_grade_appeal", "grade_appeal.file", "grade_appeal.filed", "POST /grade-appeals",
         "评级申诉", "appeal against the grade", "提出评级申诉", "an appeal was filed"},
        {"acknowledge_grade_appeal", "grade_appeal.decide", "grade_appeal.acknowledged",
         "POST /grade-appeals/{id}/acknowledgement", "受理评级申诉", "acknowledge the appeal",
         "评级申诉已受理", "the appeal was acknowledged"},
        {"decide_grade_appeal", "grade_appeal.decide", "grade_appeal.decided",
         "POST /grade-appeals/{id}/decision", "决定评级申诉", "decide the appeal", "评级申诉已决定",
         "the appeal was decided"},
        {"escalate_grade_appeal", "", "grade_appeal.escalated", "", "评级申诉或认定超期上报",
         "raise a late appeal or suspension", "评级申诉或认定超期上报",
         "the late appeal or suspension was raised"},
    };
}

api::StateRows states() {
    return {
        {"grade", "ungraded", "未评", "not yet graded"},
        {"grade", "green", "绿", "green"},
        {"grade", "blue", "蓝", "blue"},
        {"grade", "yellow", "黄", "yellow"},
        {"grade", "red", "红", "red"},
        {"grade_proposal", "proposed", "待认定", "waits for a decision"},
        {"grade_proposal", "confirmed", "已认定", "confirmed"},
        {"grade_proposal", "rejected", "不予降级", "rejected"},
        {"grade_proposal", "appealed", "申诉中", "under appeal"},
        {"grade_proposal", "withdrawn", "申诉成立，已恢复", "appeal upheld, restored"},
        {"grade_proposal", "upheld", "申诉不成立，维持", "appeal not upheld, stands"},
        {"grade_appeal", "filed", "待受理", "waits to be acknowledged"},
        {"grade_appeal", "acknowledged", "已受理", "acknowledged"},
        {"grade_appeal", "decided", "已决定", "decided"},
    };
}

}  // namespace hezhi::grading
