// A volunteer on the way through the levels, for the tests of certification.
#pragma once

#include "domain/certification/certification_pages.h"
#include "facts/activity_facts.h"
#include "support/world.h"

namespace hezhi::certification {

using hezhi::testing::Volunteer;
using rules::LevelKey;
using std::chrono::days;
using std::chrono::hours;

class CertificationLife : public hezhi::testing::World {
  protected:
    CertificationLife() : wei(volunteer("魏明", community, LevelKey::V0)) {}

    Result<std::int64_t> course(CourseKind kind, int minutes, int percent,
                                std::string_view field = {}) {
        PassCourse input;
        input.course = kind;
        input.minutes.value = minutes;
        if (percent > 0) input.test_percent.emplace(percent);
        if (!field.empty()) input.field.emplace(std::string(field));
        input.held_at = clock.now();
        return act([&](journal::Turn& turn) {
            return pass_course(turn, *social_worker, wei.person, input);
        });
    }
    Result<std::int64_t> check(std::string_view field, bool passed) {
        return act([&](journal::Turn& turn) {
            return observe_check(turn, *social_worker, wei.person,
                                 {Text<1, 40>(std::string(field)), passed, clock.now()});
        });
    }
    Result<std::int64_t> grant(LevelKey level, std::string_view field = {}) {
        GrantCertification input{level, std::nullopt};
        if (!field.empty()) input.field.emplace(std::string(field));
        return act([&](journal::Turn& turn) {
            return grant_certification(turn, *street_staff, wei.person, input);
        });
    }
    Result<std::int64_t> renew() {
        return act([&](journal::Turn& turn) {
            return renew_certification(turn, *street_staff, wei.person);
        });
    }
    // Hours that stand in the service record, as a shift leaves them.
    void serve(const Volunteer& who, int served_hours) {
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            ShiftRecorded shift{"community_patrol", turn.now(), turn.now() + hours(served_hours),
                                served_hours * 60};
            return turn.append(draft(shift, command, Place{community, path_of(community)},
                                     {{"person", who.person.value}}, turn.now()));
        }).value();
    }
    void reach_v1() {
        course(CourseKind::general, 240, 85).value();
        grant(LevelKey::V1).value();
    }
    void reach_v2(std::string_view field) {
        reach_v1();
        course(CourseKind::special, 960, 0, field).value();
        check(field, true).value();
        serve(wei, 20);
        grant(LevelKey::V2, field).value();
    }
    CertificationState row(PersonId person) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<CertificationFigure>(person).value();
        });
    }
    StarState star(PersonId person) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<StarFigure>(person).value();
        });
    }
    Certification page() {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            return certification_page(reading, certification_desk, row(wei.person));
        });
    }
    LoweringState lowering_of_wei() {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<LoweringFigure>(row(wei.person).lowering).value();
        });
    }
    // 魏's own word on what was proposed, and its confirmation by whoever has read that.
    Result<std::int64_t> answer_it(const char* words = "那天我不在场") {
        LoweringId id = lowering_of_wei().id;
        return act([&](journal::Turn& turn) {
            return answer_lowering(turn, *wei.caller, certification_desk, id, words);
        });
    }
    Result<std::int64_t> confirm_as_shown(const api::Caller& who,
                                          std::optional<std::int64_t> answer_seen) {
        LoweringId id = lowering_of_wei().id;
        ConfirmLowering input{Text<1, 500>("已核实"), answer_seen};
        return act([&](journal::Turn& turn) {
            return confirm_lowering(turn, who, certification_desk, id, input);
        });
    }
    Result<std::int64_t> confirm_heard(const api::Caller& who) {
        (void)answer_it();
        return confirm_as_shown(who, lowering_of_wei().answered);
    }

    Volunteer wei;
};

}  // namespace hezhi::certification
