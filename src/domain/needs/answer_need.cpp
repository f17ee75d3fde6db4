// From triage to the answer: 分流, 评估, 转介 with its receipt, 并案.
#include "domain/needs/need_states.h"
#include "domain/needs/needs.h"
#include "rules/working_calendar.h"

namespace hezhi::needs {
namespace {

// The need if `action` may happen to it now, by the transition table; a copy, so that appends do
// not move it.
Result<NeedState> need_for(journal::Turn& turn, const api::Caller& caller, NeedId id,
                           std::string_view action) {
    auto need = load_need(turn, caller, id, need_transition(action)->permission);
    if (!need) return std::unexpected(need.error());
    if (!allows(action, (*need)->state)) return refuse(refusals::need_not_open);
    return **need;
}

template <class P>
std::int64_t append_about(journal::Turn& turn, const Actor& actor, const NeedState& need,
                          const P& payload) {
    turn.append(draft(payload, actor, place_of(need), acting_on(turn, actor, need.id), turn.now()));
    return need.id.value;
}

Instant due(const rules::Pack& pack, Instant from, const rules::TimeLimit& limit) {
    return rules::deadline(from, limit, pack.calendar).at;
}

}  // namespace

Result<std::int64_t> triage_need(journal::Turn& turn, const api::Caller& caller, NeedId id,
                                 const TriageNeed& input) {
    auto need = need_for(turn, caller, id, "triage_need");
    if (!need) return std::unexpected(need.error());
    const rules::PublishedPack* pack = turn.pack();
    std::string_view key = label_of(input.priority_class);
    const auto* limits = pack->pack->limit_class(key);
    HEZHI_ASSERT(limits != nullptr);
    NeedTriaged triaged;
    triaged.priority_class = input.priority_class;
    triaged.first_contact_until = need->first_contact_until;
    triaged.handle_until = need->handle_until;
    // The same class keeps the deadlines of its report, whatever a later pack says.
    if (input.priority_class != need->priority_class) {
        triaged.first_contact_until = due(*pack->pack, need->reported_at, limits->first_contact);
        triaged.handle_until = due(*pack->pack, need->reported_at, limits->handling);
    }
    if (input.assess) {
        triaged.assess_until = due(*pack->pack, turn.now(), pack->pack->asking.assess(key));
    }
    triaged.pack = pack->hash;
    return append_about(turn, caller.actor("need.triage"), *need, triaged);
}

Result<std::int64_t> assess_need(journal::Turn& turn, const api::Caller& caller,
                                 const people::Register& people, NeedId id,
                                 const AssessNeed& input) {
    auto need = need_for(turn, caller, id, "assess_need");
    if (!need) return std::unexpected(need.error());
    if (auto full = too_many_cases(turn, caller, *need)) return std::unexpected(*full);
    if (input.note) people.write_text(turn.db(), id.value, text_assessment, *input.note);
    return append_about(turn, caller.actor("need.assess"), *need,
                        NeedAssessed{input.domain, input.risk, input.consent});
}

Result<std::int64_t> refer_need(journal::Turn& turn, const api::Caller& caller,
                                const people::Register& people, NeedId id,
                                std::string_view office) {
    auto need = need_for(turn, caller, id, "refer_need");
    if (!need) return std::unexpected(need.error());
    const rules::PublishedPack* pack = turn.pack();
    Instant until = due(*pack->pack, turn.now(), pack->pack->asking.receipt_within);
    people.write_text(turn.db(), id.value, text_referred_to, office);
    return append_about(turn, caller.actor("need.refer"), *need, NeedReferred{until, pack->hash});
}

Result<std::int64_t> note_receipt(journal::Turn& turn, const api::Caller& caller,
                                  const people::Register& people, NeedId id,
                                  std::string_view receipt, bool accepted) {
    auto need = need_for(turn, caller, id, "note_receipt");
    if (!need) return std::unexpected(need.error());
    people.write_text(turn.db(), id.value, text_receipt, receipt);
    return append_about(turn, caller.actor("need.refer"), *need, ReferralReceipted{accepted});
}

Result<std::int64_t> remind_referral(journal::Turn& turn, NeedId id, Instant due_at) {
    const NeedState* need = turn.load<NeedFigure>(id);
    if (!need || need->state != NeedStep::referred || need->receipt_until > turn.now()) {
        return refuse(refusals::need_not_open);  // answered since
    }
    const rules::Pack& pack = *turn.pack()->pack;
    ReferralReminded reminded{due_at, due(pack, turn.now(), pack.asking.remind_every)};
    return append_about(turn, Actor{}, NeedState(*need), reminded);
}

Result<std::int64_t> merge_need(journal::Turn& turn, const api::Caller& caller, NeedId id,
                                NeedId into) {
    auto need = need_for(turn, caller, id, "merge_need");
    if (!need) return std::unexpected(need.error());
    auto kept = load_need(turn, caller, into, "need.merge");
    if (!kept) return std::unexpected(kept.error());
    bool done = (*kept)->state == NeedStep::closed || (*kept)->state == NeedStep::merged;
    bool planned = need->channel == Channel::plan || (*kept)->channel == Channel::plan;
    if (id == into || done || planned) return refuse(refusals::merge_impossible);
    const rules::Pack& pack = *turn.pack()->pack;
    return append_about(turn, caller.actor("need.merge"), *need,
                        NeedMerged{into, due(pack, turn.now(), pack.asking.undo_within)});
}

Result<std::int64_t> unmerge_need(journal::Turn& turn, const api::Caller& caller, NeedId id) {
    auto need = need_for(turn, caller, id, "unmerge_need");
    if (!need) return std::unexpected(need.error());
    if (need->undo_until <= turn.now()) return refuse(refusals::undo_over);
    return append_about(turn, caller.actor("need.merge"), *need, NeedUnmerged{});
}

}  // namespace hezhi::needs
