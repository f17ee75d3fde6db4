// What became of each lowering and suspension of a certification, and who may do what next.
#include "domain/certification/certification_pages.h"
#include "domain/certification/queries.h"

namespace hezhi::certification {
namespace {

constexpr std::int64_t lowerings_shown_max = 20;

std::optional<Instant> known_at(Instant at) {
    return at ? std::optional(at) : std::nullopt;
}

void allow_next(LoweringShown& shown, const api::Reading& reading, const LoweringState& lowering) {
    const api::Caller& caller = reading.caller;
    auto may = [&](std::string_view permission) {
        return caller.may(permission, {.area_path = lowering.area_path});
    };
    if (caller.person && caller.person == lowering.person) {
        bool unanswered = lowering.state == LoweringStep::proposed && !lowering.answered;
        if (unanswered) shown.actions.emplace_back("answer_lowering");
        Instant until = appeal_open_until(lowering);
        if (until && reading.now <= until) shown.actions.emplace_back("appeal_lowering");
        return;
    }
    bool proposed = lowering.proposed_by == caller.account;
    if (lowering.state == LoweringStep::proposed && !proposed && may("lowering.confirm")) {
        if (!is_unheard(lowering, reading.now)) shown.actions.emplace_back("confirm_lowering");
        shown.actions.emplace_back("reject_lowering");
    }
    bool part = took_part(lowering, caller.account);
    if (lowering.state == LoweringStep::appealed && !part && may("lowering.settle")) {
        if (!lowering.acknowledged_at) shown.actions.emplace_back("acknowledge_lowering");
        shown.actions.emplace_back("settle_lowering");
    }
}

// The person, and whoever proposes or decides there.
bool reads_reasons(const api::Reading& reading, const LoweringState& lowering) {
    const api::Caller& caller = reading.caller;
    if (caller.person && caller.person == lowering.person) return true;
    for (std::string_view permission :
         {"lowering.propose", "lowering.confirm", "lowering.settle"}) {
        if (caller.may(permission, {.area_path = lowering.area_path})) return true;
    }
    return false;
}

LoweringShown show_lowering(const api::Reading& reading, const CertificationDesk& desk,
                            const LoweringState& lowering) {
    LoweringShown shown;
    shown.id = lowering.id;
    shown.state = lowering.state;
    shown.measure = lowering.measure;
    shown.ground = {lowering.ground, lowering.ground};
    const auto* published = reading.packs->in_force(lowering.proposed_at);
    const auto* ground =
        published ? published->pack->certification.lowering_ground(lowering.ground) : nullptr;
    if (ground) {
        shown.ground = said(ground->name);
        shown.ground_says = said(ground->clause.says);
    }
    shown.from_level = static_cast<rules::LevelKey>(lowering.professional ? rules::certification_max
                                                                          : lowering.from_level);
    if (lowering.measure == LoweringMeasure::lower) {
        shown.to_level = static_cast<rules::LevelKey>(lowering.to_level);
    } else {
        shown.days = lowering.days;
        shown.suspended_until = known_at(lowering.suspended_until);
    }
    shown.proposed_at = lowering.proposed_at;
    shown.answer_until = known_at(lowering.answer_until);
    shown.answered_at = known_at(lowering.answered_at);
    shown.appeal_until = known_at(lowering.appeal_until);
    shown.acknowledge_until = known_at(lowering.acknowledge_until);
    shown.acknowledged_at = known_at(lowering.acknowledged_at);
    shown.settle_until = known_at(lowering.settle_until);
    shown.late = lowering.late || (lowering.escalate_at && lowering.escalate_at < reading.now);
    shown.review_until = known_at(lowering.review_until);
    if (reads_reasons(reading, lowering)) {
        auto text = [&](std::string_view field) {
            return desk.people.read_text(reading.db, lowering.id.value, field);
        };
        shown.reason = text(text_lowering_reason);
        shown.answer = text(text_lowering_answer);
        if (lowering.answered) shown.answer_id = lowering.answered;
        shown.decision = text(text_lowering_decision);
        shown.appeal = text(text_lowering_appeal);
        shown.settlement = text(text_lowering_settlement);
        shown.review = text(text_lowering_review);
        shown.outcome = text(text_lowering_outcome);
        shown.cause = lowering.cause;
        // Who filed a complaint might be guessed from its number.
        bool own = reading.caller.person && reading.caller.person == lowering.person;
        bool numbered = lowering.cause && (!own || *lowering.cause != LoweringCause::complaint);
        if (numbered) shown.cause_id = lowering.cause_id;
    }
    allow_next(shown, reading, lowering);
    return shown;
}

}  // namespace

std::vector<LoweringShown> show_lowerings(const api::Reading& reading,
                                          const CertificationDesk& desk,
                                          const CertificationState& state) {
    if (!state.lowering) return {};
    std::vector<LoweringState> rows;
    reading.db.each(queries::lowerings_of, {{"person", state.id}, {"limit", lowerings_shown_max}},
                    [&](const store::Row& row) {
                        rows.push_back(journal::read_state<LoweringFigure>(reading.tables, row));
                    });
    std::vector<LoweringShown> all;
    for (const auto& row : rows) all.push_back(show_lowering(reading, desk, row));
    return all;
}

}  // namespace hezhi::certification
