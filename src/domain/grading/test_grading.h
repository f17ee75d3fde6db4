// 张 and 刘 serve together, months end, and officers decide: what the tests of grading share.
#pragma once

#include "domain/grading/grade_pages.h"
#include "support/world.h"

namespace hezhi::grading {

class Grades : public hezhi::testing::World {
  protected:
    Grades() : second_officer(staff("district_officer", district)) {}

    // Served and reviewed by both, a day each.
    void served(int orders, int satisfaction = 5) {
        for (int i = 0; i < orders; ++i) reviewed_order(Resolution::resolved, satisfaction);
    }
    // Both had accepted; 张 did not come.
    void zhang_did_not_come() {
        OrderId id = accepted_order();
        clock.set(order(id).starts_at);
        act([&](journal::Turn& turn) {
            return orders::note_no_show(turn, *social_worker, id, zhang.person);
        }).value();
        cancel(id).value();
    }
    // 张 is yellow: two months of three no-shows, and an officer who confirms it.
    GradeProposalId made_yellow() {
        served(3);
        for (int i = 0; i < 3; ++i) zhang_did_not_come();
        month_ends("2026-04-01");
        month_ends("2026-05-01");
        GradeProposalId id = grade_of(GradeSubject::person, zhang.person.value).proposal;
        confirm_down(*officer, id).value();
        return id;
    }
    void month_ends(const char* first_of_next) {
        wait_until(start_of(*parse_day(first_of_next)) + std::chrono::minutes(5));
        while (scheduler.run_due() > 0) {
        }
    }
    void settle_timers() {
        while (scheduler.run_due() > 0) {
        }
    }
    Result<std::int64_t> propose(const api::Caller& who, GradeSubject graded, std::int64_t subject,
                                 const char* trigger = "money_taken") {
        ProposeGrade input{graded, subject, Text<1, 40>(trigger), Text<1, 500>("家属反映")};
        return act(
            [&](journal::Turn& turn) { return propose_grade(turn, who, grade_desk, input); });
    }
    Result<std::int64_t> confirm_down(const api::Caller& who, GradeProposalId id) {
        return act([&](journal::Turn& turn) {
            return confirm_grade(turn, who, grade_desk, id, "已核实");
        });
    }
    Result<std::int64_t> reject_down(const api::Caller& who, GradeProposalId id) {
        return act(
            [&](journal::Turn& turn) { return reject_grade(turn, who, grade_desk, id, "不属实"); });
    }
    Result<std::int64_t> appeal(const api::Caller& who, GradeProposalId id) {
        return act([&](journal::Turn& turn) {
            return file_grade_appeal(turn, who, grade_desk, id, "那三天住院");
        });
    }
    Result<std::int64_t> acknowledge(const api::Caller& who, GradeAppealId id) {
        return act([&](journal::Turn& turn) { return acknowledge_grade_appeal(turn, who, id); });
    }
    Result<std::int64_t> decide(const api::Caller& who, GradeAppealId id, bool upheld) {
        DecideGradeAppeal input{upheld, Text<1, 1000>("查阅了住院证明")};
        return act([&](journal::Turn& turn) {
            return decide_grade_appeal(turn, who, grade_desk, id, input);
        });
    }
    GradeState grade_of(GradeSubject graded, std::int64_t subject) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<GradeFigure>(grade_key(graded, subject)).value_or(GradeState{});
        });
    }
    GradeState zhangs() { return grade_of(GradeSubject::person, zhang.person.value); }
    Result<GradePage> page(const api::Caller& who, GradeSubject graded, std::int64_t subject) {
        return reading_as(who, [&](const api::Reading& reading) {
            return grade_page(reading, grade_desk, graded, subject);
        });
    }
    // The code of the rule by which 张 may not take the order; empty if he may.
    std::string forbidden(OrderId id) {
        return reading_as(*street_staff, [&](const api::Reading& reading) -> std::string {
            auto verdict = orders::consider_person(reading.db, reading.tables, order(id),
                                                   zhang.person, *tree->now(), pack(), clock.now());
            auto* found = std::get_if<dispatch::Forbidden>(&*verdict);
            return found ? std::string(found->rule->code) : "";
        });
    }
    IncidentId major_incident(OrderId id) {
        incidents::ReportIncident report{AboutKind::order, id.value, Text<1, 40>("major"),
                                         Text<1, 500>("老人摔倒送医")};
        IncidentId incident(act([&](journal::Turn& turn) {
                                return incidents::report_incident(turn, *social_worker,
                                                                  incident_desk, report);
                            }).value());
        incidents::SettleIncident settlement;
        settlement.severity.value = "major";
        settlement.confirmed = true;
        settlement.attributed_to = zhang.person;
        settlement.reason.value = "未搀扶";
        act([&](journal::Turn& turn) {
            return incidents::settle_incident(turn, *street_staff, incident_desk, incident,
                                              settlement);
        }).value();
        return incident;
    }

    api::CallerPtr second_officer;
};

}  // namespace hezhi::grading
