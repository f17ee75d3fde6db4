// 提议降低认证, 陈述申辩, 认定, 不予认定, 申诉, 决定申诉, and the end of a suspension.
#include <algorithm>

#include "domain/certification/certification.h"
#include "rules/working_calendar.h"

namespace hezhi::certification {
namespace {

Place place_of_lowering(const LoweringState& lowering) {
    return {lowering.area, lowering.area_path};
}

template <class P>
Result<std::int64_t> append_about(journal::Turn& turn, const LoweringState& lowering,
                                  const Actor& actor, const P& payload) {
    turn.append(draft(payload, actor, place_of_lowering(lowering),
                      {{"lowering", lowering.id.value}, {"person", lowering.person.value}},
                      turn.now()));
    return lowering.person.value;
}

// The lowering in the state `from`, if the caller may deal with it there and it is not about them.
Result<LoweringState> load_lowering(journal::Turn& turn, const api::Caller& caller, LoweringId id,
                                    std::string_view permission, LoweringStep from) {
    const auto* found = id ? turn.load<LoweringFigure>(id) : nullptr;
    if (!found || !caller.may(permission, {.area_path = found->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    LoweringState lowering = *found;
    if (caller.person && caller.person == lowering.person) {
        return refuse(refusals::own_certification);
    }
    if (lowering.state != from) return refuse(refusals::lowering_state_forbids);
    return lowering;
}

Result<LoweringState> load_to_confirm(journal::Turn& turn, const api::Caller& caller,
                                      LoweringId id) {
    auto lowering = load_lowering(turn, caller, id, "lowering.confirm", LoweringStep::proposed);
    if (lowering && lowering->proposed_by == caller.account) return refuse(refusals::own_lowering);
    return lowering;
}

Result<LoweringState> load_appealed(journal::Turn& turn, const api::Caller& caller, LoweringId id) {
    auto lowering = load_lowering(turn, caller, id, "lowering.settle", LoweringStep::appealed);
    if (lowering && took_part(*lowering, caller.account)) {
        return refuse(refusals::took_part_in_lowering);
    }
    return lowering;
}

// The fields that are left at `level`: none below the level that is granted by fields.
std::vector<std::string> fields_left(const rules::CertificationRules& rules,
                                     const CertificationState& state, std::int32_t level) {
    bool in_fields = std::ranges::any_of(rules.levels, [&](const rules::CertificationLevel& each) {
        return each.in_field && each.level <= level;
    });
    std::vector<std::string> fields;
    for (const HeldLevel& held : state.held) {
        if (in_fields && !held.professional && !held.field.empty()) fields.push_back(held.field);
    }
    return fields;
}

void add_fields(std::vector<std::string>& fields, const std::vector<HeldLevel>& held) {
    for (const HeldLevel& each : held) {
        bool there = std::ranges::find(fields, each.field) != fields.end();
        if (!each.professional && !each.field.empty() && !there) fields.push_back(each.field);
    }
}

// Only what the proposer could have looked at: a number that is refused tells nothing.
std::optional<CauseFound> named_cause(journal::Turn& turn, const api::Caller& caller, PersonId id,
                                      const ProposeLowering& input) {
    if (!input.cause || !input.cause_id) return std::nullopt;
    std::optional<CauseFound> found;
    if (*input.cause == LoweringCause::complaint) {
        found = upheld_complaint(turn.db(), input.cause_id->value, id);
    } else {
        for (auto& cause : causes_against(turn.db(), id)) {
            bool same = cause.cause == *input.cause && cause.id == input.cause_id->value;
            if (same) found = std::move(cause);
        }
    }
    bool within = found && caller.may("lowering.propose", {.area_path = found->area_path});
    return within ? found : std::nullopt;
}

}  // namespace

bool is_final(const LoweringState& lowering, Instant now) {
    switch (lowering.state) {
        case LoweringStep::proposed:
        case LoweringStep::appealed:
            return false;
        case LoweringStep::confirmed:
        case LoweringStep::upheld:
            return now > appeal_open_until(lowering);
        case LoweringStep::rejected:
        case LoweringStep::withdrawn:
            break;
    }
    return true;
}

bool is_unheard(const LoweringState& lowering, Instant now) {
    return !lowering.answered && now < lowering.answer_until;
}

bool took_part(const LoweringState& lowering, AccountId account) {
    return lowering.proposed_by == account || lowering.decided_by == account ||
           (lowering.settled_by && lowering.settled_by == account);
}

Instant appeal_open_until(const LoweringState& lowering) {
    if (lowering.state == LoweringStep::confirmed) return lowering.appeal_until;
    return lowering.state == LoweringStep::upheld ? lowering.review_until : Instant();
}

Result<std::int64_t> propose_lowering(journal::Turn& turn, const api::Caller& caller,
                                      const CertificationDesk& desk, PersonId id,
                                      const ProposeLowering& input) {
    auto state = load_volunteer(turn, caller, id, "lowering.propose");
    if (!state) return std::unexpected(state.error());
    const rules::CertificationRules& rules = turn.pack()->pack->certification;
    if (!rules.lowering_ground(input.ground.value)) {
        return refuse(refusals::lowering_ground_unknown,
                      {"/ground", "规则包中的事由", "a ground of the pack"});
    }
    const auto* last = state->lowering ? turn.load<LoweringFigure>(state->lowering) : nullptr;
    if (last && !is_final(*last, turn.now())) return refuse(refusals::lowering_undecided);
    auto cause = named_cause(turn, caller, id, input);
    if ((input.cause || input.cause_id) && !cause) {
        return refuse(refusals::lowering_cause_unknown,
                      {"/cause_id", "属实的投诉、突发情况或核查的编号",
                       "the number of an upheld complaint, an incident or a check"});
    }
    LoweringProposed proposed;
    if (cause) {
        proposed.cause = cause->cause;
        proposed.cause_id = cause->id;
    }
    proposed.measure = input.measure;
    proposed.ground = input.ground.value;
    proposed.from_level = state->level;
    proposed.professional = state->professional;
    proposed.pack = turn.pack()->hash;
    if (input.measure == LoweringMeasure::lower) {
        std::int32_t to = input.to_level ? static_cast<std::int32_t>(*input.to_level) : -1;
        // V4 stands beside the level: with it, staying at the level is a way down too.
        bool below = to < state->level || (to == state->level && state->professional);
        if (to < 0 || !below) {
            return refuse(refusals::lowering_empty,
                          {"/to_level", "低于现有等级的等级", "a level below the present one"});
        }
        proposed.to_level = to;
    } else {
        std::int64_t days = input.days ? input.days->value : 0;
        bool holds = state->level > 0 || state->professional;
        if (days < 1 || days > rules.suspend_days_max || !holds) {
            std::string most = std::to_string(rules.suspend_days_max);
            return refuse(refusals::lowering_empty, {"/days", "1 至 " + most + " 天，且已有认证",
                                                     "1 to " + most + " days of what is held"});
        }
        proposed.days = static_cast<std::int32_t>(days);
    }
    if (const auto& within = rules.lowering_answer_within) {
        proposed.answer_until =
            rules::deadline(turn.now(), *within, turn.pack()->pack->calendar).at;
    }
    desk.people.write_text(turn.db(), turn.next_position(), text_lowering_reason, input.reason);
    turn.append(draft(proposed, caller.actor("lowering.propose"), {state->area, state->area_path},
                      {{"lowering", self}, {"person", id.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> answer_lowering(journal::Turn& turn, const api::Caller& caller,
                                     const CertificationDesk& desk, LoweringId id,
                                     std::string_view words) {
    const auto* found = id ? turn.load<LoweringFigure>(id) : nullptr;
    if (!found || !caller.person || caller.person != found->person) {
        return refuse(hezhi::refusals::not_found);
    }
    LoweringState lowering = *found;
    if (lowering.state != LoweringStep::proposed || lowering.answered) {
        return refuse(refusals::lowering_state_forbids);
    }
    desk.people.write_text(turn.db(), id.value, text_lowering_answer, words);
    return append_about(turn, lowering, caller.actor("lowering.answer"), LoweringAnswered{});
}

Result<std::int64_t> confirm_lowering(journal::Turn& turn, const api::Caller& caller,
                                      const CertificationDesk& desk, LoweringId id,
                                      const ConfirmLowering& input) {
    auto lowering = load_to_confirm(turn, caller, id);
    if (!lowering) return std::unexpected(lowering.error());
    if (is_unheard(*lowering, turn.now())) return refuse(refusals::lowering_unheard);
    if (lowering->answered && input.answer_seen != lowering->answered) {
        return refuse(refusals::lowering_answer_unseen,
                      {"/answer_seen", "页面所示陈述申辩的编号", "the answer that the page shows"});
    }
    const rules::Pack& pack = *turn.pack()->pack;
    const auto* state = turn.load<CertificationFigure>(lowering->person);
    HEZHI_ASSERT(state != nullptr);
    LoweringConfirmed confirmed;
    confirmed.measure = lowering->measure;
    if (lowering->measure == LoweringMeasure::lower) {
        // What lapsed meanwhile is not given back by a lowering.
        confirmed.level = std::min(lowering->to_level, state->level);
        confirmed.fields = fields_left(pack.certification, *state, confirmed.level);
    } else {
        confirmed.suspended_until = turn.now() + std::chrono::days(lowering->days);
    }
    confirmed.appeal_until =
        rules::deadline(turn.now(), pack.certification.lowering_appeal_within, pack.calendar).at;
    desk.people.write_text(turn.db(), id.value, text_lowering_decision, input.reason);
    return append_about(turn, *lowering, caller.actor("lowering.confirm"), confirmed);
}

Result<std::int64_t> reject_lowering(journal::Turn& turn, const api::Caller& caller,
                                     const CertificationDesk& desk, LoweringId id,
                                     std::string_view reason) {
    auto lowering = load_to_confirm(turn, caller, id);
    if (!lowering) return std::unexpected(lowering.error());
    desk.people.write_text(turn.db(), id.value, text_lowering_decision, reason);
    return append_about(turn, *lowering, caller.actor("lowering.confirm"), LoweringRejected{});
}

Result<std::int64_t> appeal_lowering(journal::Turn& turn, const api::Caller& caller,
                                     const CertificationDesk& desk, LoweringId id,
                                     std::string_view reason) {
    const auto* found = id ? turn.load<LoweringFigure>(id) : nullptr;
    if (!found || !caller.person || caller.person != found->person) {
        return refuse(hezhi::refusals::not_found);
    }
    LoweringState lowering = *found;
    Instant until = appeal_open_until(lowering);
    if (!until) return refuse(refusals::lowering_state_forbids);
    if (turn.now() > until) return refuse(refusals::lowering_appeal_over);
    const rules::Pack& pack = *turn.pack()->pack;
    const rules::CertificationRules& rules = pack.certification;
    auto limit = [&](const rules::TimeLimit& within) {
        return rules::deadline(turn.now(), within, pack.calendar).at;
    };
    bool second = lowering.state == LoweringStep::upheld;
    LoweringAppealed appealed;
    if (second) appealed.second = true;
    const auto& review = rules.lowering_review_within;
    appealed.settle_until = limit(second && review ? *review : rules.lowering_settle_within);
    if (const auto& within = rules.lowering_acknowledge_within) {
        appealed.acknowledge_until = limit(*within);
    }
    desk.people.write_text(turn.db(), id.value,
                           second ? text_lowering_review : text_lowering_appeal, reason);
    return append_about(turn, lowering, caller.actor("lowering.appeal"), appealed);
}

Result<std::int64_t> acknowledge_lowering(journal::Turn& turn, const api::Caller& caller,
                                          LoweringId id) {
    auto lowering = load_appealed(turn, caller, id);
    if (!lowering) return std::unexpected(lowering.error());
    if (lowering->acknowledged_at) return refuse(refusals::lowering_state_forbids);
    return append_about(turn, *lowering, caller.actor("lowering.settle"), LoweringAcknowledged{});
}

Result<std::int64_t> settle_lowering(journal::Turn& turn, const api::Caller& caller,
                                     const CertificationDesk& desk, LoweringId id,
                                     const SettleLowering& input) {
    auto lowering = load_appealed(turn, caller, id);
    if (!lowering) return std::unexpected(lowering.error());
    Actor actor = caller.actor("lowering.settle");
    if (!lowering->acknowledged_at) {
        (void)append_about(turn, *lowering, actor, LoweringAcknowledged{});
    }
    const auto* state = turn.load<CertificationFigure>(lowering->person);
    HEZHI_ASSERT(state != nullptr);
    LoweringSettled settled;
    settled.upheld = input.upheld;
    settled.measure = lowering->measure;
    if (input.upheld && lowering->measure == LoweringMeasure::lower) {
        settled.level = std::max(state->level, state->lowered_level);
        settled.professional = state->professional || state->lowered_professional;
        add_fields(settled.fields, state->lowered_held);
        add_fields(settled.fields, state->held);
        settled.valid_until = std::max(state->valid_until, state->lowered_valid_until);
    }
    const rules::Pack& pack = *turn.pack()->pack;
    if (!input.upheld && !lowering->second && pack.certification.lowering_review_within) {
        settled.review_until =
            rules::deadline(turn.now(), pack.certification.lowering_appeal_within, pack.calendar)
                .at;
    }
    desk.people.write_text(turn.db(), id.value,
                           lowering->second ? text_lowering_outcome : text_lowering_settlement,
                           input.reason);
    return append_about(turn, *lowering, actor, settled);
}

Result<std::int64_t> escalate_lowering(journal::Turn& turn, LoweringId id, Instant due_at) {
    const auto* found = id ? turn.load<LoweringFigure>(id) : nullptr;
    bool due = found && found->escalate_at && found->escalate_at <= turn.now();
    if (!due) return refuse(refusals::not_due);
    return append_about(turn, LoweringState(*found), {}, LoweringEscalated{due_at});
}

Result<std::int64_t> end_suspension(journal::Turn& turn, PersonId id, Instant due_at) {
    const auto* state = turn.load<CertificationFigure>(id);
    bool due = state && state->suspended_until && state->suspended_until <= turn.now();
    if (!due) return refuse(refusals::not_due);
    turn.append(draft(SuspensionEnded{due_at}, {}, {state->area, state->area_path},
                      {{"person", id.value}}, turn.now()));
    return id.value;
}

api::StateRows states() {
    return {
        {"lowering", "proposed", "待认定", "waits for a decision"},
        {"lowering", "confirmed", "已认定", "confirmed"},
        {"lowering", "rejected", "不予认定", "rejected"},
        {"lowering", "appealed", "申诉中", "under appeal"},
        {"lowering", "withdrawn", "申诉成立，已恢复", "appeal upheld, restored"},
        {"lowering", "upheld", "申诉不成立，维持", "appeal not upheld, stands"},
    };
}

api::ActionRows lowering_actions() {
    return {
        {"propose_lowering", "lowering.propose", "lowering.proposed", "POST /people/{id}/lowerings",
         "提议降低认证", "propose a lower certification", "提议降低或暂停认证",
         "a lower certification was proposed"},
        {"answer_lowering", "lowering.answer", "lowering.answered", "POST /lowerings/{id}/answers",
         "陈述申辩", "answer the proposal", "本人作了陈述申辩", "the person answered the proposal"},
        {"confirm_lowering", "lowering.confirm", "lowering.confirmed",
         "POST /lowerings/{id}/confirmation", "认定降低认证", "confirm the lower certification",
         "降低或暂停认证经认定", "the lower certification was confirmed"},
        {"reject_lowering", "lowering.confirm", "lowering.rejected",
         "POST /lowerings/{id}/rejection", "不予降低认证", "reject the lower certification",
         "不予降低或暂停认证", "the lower certification was rejected"},
        {"appeal_lowering", "lowering.appeal", "lowering.appealed", "POST /lowerings/{id}/appeals",
         "认证申诉", "appeal against the lower certification", "提出认证申诉",
         "an appeal against the lower certification was filed"},
        {"acknowledge_lowering", "lowering.settle", "lowering.acknowledged",
         "POST /lowerings/{id}/acknowledgement", "受理认证申诉", "acknowledge the appeal",
         "认证申诉已受理", "the appeal against the lower certification was acknowledged"},
        {"escalate_lowering", "", "lowering.escalated", "", "认证申诉超期上报",
         "raise a late appeal", "认证申诉超期上报",
         "the late appeal against the lower certification was raised"},
        {"settle_lowering", "lowering.settle", "lowering.settled",
         "POST /lowerings/{id}/settlement", "决定认证申诉", "decide the appeal", "认证申诉已决定",
         "the appeal against the lower certification was decided"},
        {"end_suspension", "", "suspension.ended", "", "暂停认证到期", "end a suspension",
         "暂停认证已到期", "the suspension of the certification has ended"},
    };
}

}  // namespace hezhi::certification
