// Hours that are true (真实时长): records are held by rules over facts or drawn at random, called
// back by a third person, and settled. What was proven false is corrected and proposes red.
//
// A held record earns nothing in the time bank until its outcome is known.
#pragma once

#include "domain/grading/grading.h"
#include "domain/incidents/incidents.h"
#include "domain/spot_checks/spot_check_figure.h"
#include "domain/spot_checks/spot_check_rules.h"
#include "domain/time_bank/time_bank.h"

namespace hezhi::spot_checks {

namespace refusals {
inline constexpr RefusalRow check_state_forbids{
    "check_state_forbids", 409, "该抽查当前状态不能进行此操作，页面已更新。",
    "The check's state does not allow this; the page shows it as it is."};
inline constexpr RefusalRow not_a_third_person{
    "not_a_third_person", 409, "须由未参与、未带队、未录入、未回访过的人员处理。",
    "This is for a third person, who neither served, leads, entered it nor called."};
inline constexpr RefusalRow words_missing{"words_missing", 422, "请写明与记录哪里不符。",
                                          "Say what differs from the record."};
inline constexpr RefusalRow not_looked_at{"not_looked_at", 409, "该记录无须回访。",
                                          "This record needs no call."};
}  // namespace refusals

// Texts of the register, under the position of the fact for a call, and under the check's id for
// the settlement.
inline constexpr std::string_view text_said = "spot_check_said";
inline constexpr std::string_view text_settled = "spot_check_settled";

struct SpotCheckDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
};

// --- by the timer, each morning ---

// The month, by its first instant, whose seed draws on this morning: that of the day before.
Instant month_of_look(Instant morning);
// The month's seed, once: promised in the fact, kept sealed. Again only if that one is lost.
Result<std::int64_t> seed_sample(journal::Turn&, const people::Register&, crypto::Random&,
                                 Instant month);
// Tells the seed of a month after its last look; if it is lost, says that.
Result<std::int64_t> reveal_sample(journal::Turn&, const people::Register&, Instant month);
std::int64_t lose_sample(journal::Turn&, Instant month);
// 待核: looks at one record; opens a check if it is held or drawn, not_looked_at otherwise.
Result<std::int64_t> open_spot_check(journal::Turn&, const people::Register&, RecordId);
// The same of somebody's duty at an order, of which there is no record: only drawn, never held.
Result<std::int64_t> draw_duty(journal::Turn&, const people::Register&, OrderId, PersonId);
// Every record up to `position` was looked at.
Result<std::int64_t> close_spot_day(journal::Turn&, Instant day, std::int64_t position);

// --- by people; each returns the check's id ---

struct AnswerSpotCheck {
    SpotCheckOutcome outcome = SpotCheckOutcome::confirmed;
    std::optional<Text<0, 500>> said;
};
BOOST_DESCRIBE_STRUCT(AnswerSpotCheck, (), (outcome, said))

// 登记回访, by a third person.
Result<std::int64_t> answer_spot_check(journal::Turn&, const api::Caller&, const SpotCheckDesk&,
                                       SpotCheckId, const AnswerSpotCheck& input);

struct SettleSpotCheck {
    bool proven_false = false;
    Text<1, 500> reason;
};
BOOST_DESCRIBE_STRUCT(SettleSpotCheck, (), (proven_false, reason))

// 决定抽查: what differs or was never reached stands, or the record is corrected to nothing.
Result<std::int64_t> settle_spot_check(journal::Turn&, const api::Caller&, const SpotCheckDesk&,
                                       SpotCheckId, const SettleSpotCheck& input);

// What is called back about; for duty as it would stand in a record, without its id.
records::RecordState as_record(const DutyServiceState&);
records::RecordState checked_record(journal::Turn&, const SpotCheckState&);
records::RecordState checked_record(const api::Reading&, const SpotCheckState&);

// The record or, of duty, the order.
template <class Source>
std::optional<incidents::Matter> matter_of_check(Source& source, const SpotCheckState& check) {
    if (check.record) return incidents::matter_of(source, AboutKind::record, check.record.value);
    return incidents::matter_of(source, AboutKind::order, check.order_id.value);
}

// Whether the caller neither served, leads nor entered the record.
bool is_third_person(store::Session&, const api::Caller&, const incidents::Matter&,
                     const records::RecordState&);

// `random` makes the seeds, in the writer's turn. Both must outlive them.
std::vector<jobs::Timer> timers(const people::Register& people, crypto::Random& random);
api::Routes routes(const SpotCheckDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::spot_checks
