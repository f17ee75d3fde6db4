// What the page of a check asks about: entries that count nothing yet, and what counts no more.
#include "domain/spot_checks/spot_check_pages.h"

#include <algorithm>

#include "support/world.h"

namespace hezhi::spot_checks {
namespace {

class CheckPages : public hezhi::testing::World {
  protected:
    CheckPages()
        : worker(staff("community_worker", community)),
          second_officer(staff("district_officer", district)),
          look(*ledger, spot_checks::timers(people, random)) {
        clock.set(tomorrow_at(15));
    }

    // Half an hour of 刘 that long ago, entered now.
    RecordId enter_late(const api::Caller& who, std::chrono::hours ago) {
        records::EnterRecord input;
        input.person_id = liu.person;
        input.category.value = "errands";
        input.starts_at = clock.now() - std::chrono::days(40) - ago;
        input.ends_at = input.starts_at + std::chrono::minutes(30);
        input.unpaid = true;
        input.late_reason.emplace("台账遗漏");
        return RecordId(act([&](journal::Turn& turn) {
                            return records::enter_record(turn, who, record_desk, input);
                        }).value());
    }
    void next_morning() {
        clock.set(start_of(day_of(clock.now()) + 1) + std::chrono::minutes(10));
        while (look.run_due() > 0) {
        }
    }
    SpotCheck page_of_record(RecordId record) {
        for (const Fact& fact : facts("spot_check.opened")) {
            if (fact.subject("record") != record.value) continue;
            return reading_as(*officer, [&](const api::Reading& reading) {
                return check_page(reading, spot_check_desk, SpotCheckId(fact.position)).value();
            });
        }
        throw std::runtime_error("nobody checks the record");
    }
    void prove_false(SpotCheckId id) {
        AnswerSpotCheck answer;
        answer.outcome = SpotCheckOutcome::differs;
        answer.said = Text<0, 500>("没有人来");
        act([&](journal::Turn& turn) {
            return answer_spot_check(turn, *worker, spot_check_desk, id, answer);
        }).value();
        act([&](journal::Turn& turn) {
            return settle_spot_check(turn, *officer, spot_check_desk, id,
                                     {true, Text<1, 500>("当天不在家")});
        }).value();
    }
    // As 刘 reads it on the phone.
    records::ServiceRecord own(RecordId id) {
        return reading_as(*liu.caller, [&](const api::Reading& reading) {
            return records::record_page(reading, record_desk, id).value();
        });
    }
    void TearDown() override { EXPECT_EQ(differences(), std::vector<journal::Difference>{}); }

    api::CallerPtr worker, second_officer;
    jobs::Scheduler look;
};
HEZHI_ON_BOTH_ENGINES(CheckPages);

TEST_P(CheckPages, LateEntriesInBulkSayHowManyWhenAndWhichMinutes) {
    Instant first = clock.now();
    RecordId asked;
    for (int i = 1; i <= 10; ++i) {
        if (i > 1) clock.advance(std::chrono::minutes(3));
        asked = enter_late(*social_worker, std::chrono::hours(2 * i));
    }
    Instant last = clock.now();
    RecordId by_another = enter_late(*street_staff, std::chrono::hours(48));
    next_morning();
    SpotCheck shown = page_of_record(asked);
    EXPECT_EQ(shown.record_id, asked);
    EXPECT_EQ(shown.minutes, 30) << "what is asked about";
    EXPECT_EQ(shown.ends_at, shown.starts_at + std::chrono::minutes(30));
    EXPECT_EQ(shown.minutes_counted, 0) << "until a second person confirms it";
    EXPECT_TRUE(shown.waits);
    EXPECT_EQ(shown.entered_at, last);
    ASSERT_TRUE(shown.bulk);
    EXPECT_EQ(shown.bulk->records, 10) << "by one hand";
    EXPECT_EQ(shown.bulk->first_at, first);
    EXPECT_EQ(shown.bulk->last_at, last);
    EXPECT_FALSE(page_of_record(by_another).bulk) << "late, and alone";
    act([&](journal::Turn& turn) {
        return records::confirm_record(turn, *street_staff, asked);
    }).value();
    EXPECT_EQ(page_of_record(asked).minutes_counted, 30);
    EXPECT_FALSE(page_of_record(asked).waits);
}

TEST_P(CheckPages, WhatWasProvenFalseStillSaysWhatWasAskedAbout) {
    RecordId id = enter_late(*social_worker, std::chrono::hours(2));
    next_morning();
    SpotCheck asked = page_of_record(id);
    prove_false(asked.id);
    SpotCheck shown = page_of_record(id);
    EXPECT_EQ(shown.state, SpotCheckStep::reversed);
    EXPECT_EQ(shown.minutes, 30);
    EXPECT_EQ(shown.starts_at, asked.starts_at);
    EXPECT_EQ(shown.ends_at, asked.ends_at);
    EXPECT_EQ(shown.minutes_counted, 0);
    EXPECT_FALSE(shown.waits);
    auto record = reading_as(*officer, [&](const api::Reading& reading) {
        return reading.load<records::RecordFigure>(id).value();
    });
    EXPECT_FALSE(record.proposed) << "nobody confirms it any more, and its time is free";
    EXPECT_EQ(record.proposed_minutes, 0);
}

TEST_P(CheckPages, WhoeverServedReadsWhyTheRecordCountsNothingAndWhatMayBeDone) {
    RecordId id = enter_late(*social_worker, std::chrono::hours(2));
    EXPECT_FALSE(own(id).correction);
    records::ServiceRecord before = own(id);
    next_morning();
    Instant settled = clock.now();
    prove_false(page_of_record(id).id);
    auto shown = own(id);
    EXPECT_EQ(shown.minutes, 0);
    ASSERT_TRUE(shown.correction);
    EXPECT_TRUE(shown.correction->proven_false);
    EXPECT_EQ(shown.correction->at, settled);
    EXPECT_EQ(shown.correction->reason, "当天不在家");
    EXPECT_EQ(shown.correction->minutes, 30) << "what it said before";
    EXPECT_EQ(shown.correction->starts_at, before.starts_at);
    EXPECT_EQ(std::ranges::count(shown.actions, "dispute_record"), 1);
    ASSERT_TRUE(shown.correction->proposal_id);
    EXPECT_EQ(shown.correction->proposal_state, grading::GradeProposalStep::proposed);
    EXPECT_FALSE(shown.correction->appeal_until) << "nothing is confirmed yet";

    GradeProposalId proposal = *shown.correction->proposal_id;
    act([&](journal::Turn& turn) {
        return grading::confirm_grade(turn, *second_officer, grade_desk, proposal, "编造记录");
    }).value();
    auto until = own(id).correction->appeal_until;
    ASSERT_TRUE(until);
    EXPECT_GT(*until, clock.now());
    clock.set(*until + std::chrono::minutes(1));
    EXPECT_FALSE(own(id).correction->appeal_until) << "the time for it is over";
    auto of_staff = reading_as(*officer, [&](const api::Reading& reading) {
        return records::record_page(reading, record_desk, id).value();
    });
    EXPECT_FALSE(of_staff.correction) << "who reads the versions needs none";
}

TEST_P(CheckPages, ACorrectionThatWaitedSaysItsOwnReasonAndWhatCountedBefore) {
    RecordId id = enter_late(*social_worker, std::chrono::hours(2));
    act([&](journal::Turn& turn) {
        return records::confirm_record(turn, *street_staff, id);
    }).value();
    EXPECT_FALSE(own(id).correction) << "confirmed as it was entered";
    auto correct = [&](std::chrono::minutes served, const char* reason) {
        records::CorrectRecord input{own(id).starts_at, own(id).starts_at + served,
                                     Text<1, 200>(reason)};
        act([&](journal::Turn& turn) {
            return records::correct_record(turn, *social_worker, record_desk, id, input);
        }).value();
    };
    correct(std::chrono::minutes(50), "没有采纳的");
    EXPECT_FALSE(own(id).correction) << "it is locked, and waits";
    act([&](journal::Turn& turn) {
        return records::reject_record(turn, *street_staff, record_desk, id, "核对后原记录无误");
    }).value();
    EXPECT_FALSE(own(id).correction);
    correct(std::chrono::minutes(20), "核对签到表");
    clock.advance(std::chrono::minutes(5));
    act([&](journal::Turn& turn) {
        return records::confirm_record(turn, *street_staff, id);
    }).value();
    auto shown = own(id);
    EXPECT_EQ(shown.minutes, 20);
    ASSERT_TRUE(shown.correction);
    EXPECT_FALSE(shown.correction->proven_false);
    EXPECT_EQ(shown.correction->reason, "核对签到表");
    EXPECT_EQ(shown.correction->at, clock.now());
    EXPECT_EQ(shown.correction->minutes, 30);
    EXPECT_FALSE(shown.correction->proposal_id);
}

}  // namespace
}  // namespace hezhi::spot_checks
