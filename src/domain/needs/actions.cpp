// The smaller actions on needs, and what the folders above do with one.
#include "domain/needs/need_states.h"
#include "domain/needs/needs.h"

namespace hezhi::needs {
namespace {

Place place_of(const NeedState& need) {
    return {need.area, need.area_path};
}

// The need's place, for a fact that follows from another.
template <class P>
void append_about(journal::Turn& turn, const Actor& actor, NeedId id, const P& payload,
                  Subjects more = {}) {
    const NeedState* need = turn.load<NeedFigure>(id);
    HEZHI_ASSERT(need != nullptr);
    more["need"] = id.value;
    turn.append(draft(payload, actor, place_of(*need), std::move(more), turn.now()));
}

}  // namespace

api::Access access_of(const NeedState& need) {
    return {.area_path = need.area_path, .owner = need.reporter};
}

Result<const NeedState*> load_need(journal::Turn& turn, const api::Caller& caller, NeedId id,
                                   std::string_view permission) {
    const NeedState* need = id ? turn.load<NeedFigure>(id) : nullptr;
    if (!need || !caller.may("need.read", access_of(*need))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may(permission, access_of(*need))) return refuse(hezhi::refusals::not_permitted);
    return need;
}

Result<std::int64_t> contact_need(journal::Turn& turn, const api::Caller& caller, NeedId id) {
    auto need = load_need(turn, caller, id, "need.contact");
    if (!need) return std::unexpected(need.error());
    if (!allows("contact_need", (*need)->state)) return refuse(refusals::need_not_open);
    if ((*need)->first_contacted_at) return refuse(refusals::need_already_contacted);
    append_about(turn, caller.actor("need.contact"), id, NeedContacted{});
    return id.value;
}

Result<std::int64_t> close_need(journal::Turn& turn, const api::Caller& caller,
                                const people::Register& people, NeedId id,
                                std::string_view reason) {
    auto need = load_need(turn, caller, id, "need.close");
    if (!need) return std::unexpected(need.error());
    if (!allows("close_need", (*need)->state)) return refuse(refusals::need_not_open);
    people.write_text(turn.db(), id.value, text_close_reason, reason);
    append_about(turn, caller.actor("need.close"), id, NeedClosed{.served = false});
    return id.value;
}

Result<std::int64_t> read_contact(journal::Turn& turn, const api::Caller& caller,
                                  const people::Register& people, NeedId id,
                                  std::string_view reason) {
    auto need = load_need(turn, caller, id, "contact.read");
    if (!need) return std::unexpected(need.error());
    if (!people.read_text(turn.db(), id.value, text_contact)) {
        return refuse(refusals::contact_missing);
    }
    std::int64_t position = turn.next_position();
    people.write_text(turn.db(), position, people::text_reason, reason);
    append_about(turn, caller.actor("contact.read"), id, ContactRead{});
    return position;
}

void note_contact(journal::Turn& turn, const Actor& actor, NeedId id) {
    const NeedState* need = turn.load<NeedFigure>(id);
    if (!need->first_contacted_at) append_about(turn, actor, id, NeedContacted{});
}

void plan_need(journal::Turn& turn, const Actor& actor, NeedId id, OrderId order) {
    append_about(turn, actor, id, NeedPlanned{}, {{"order", order.value}});
}

void return_need(journal::Turn& turn, const Actor& actor, NeedId id) {
    append_about(turn, actor, id, NeedReturned{});
}

void close_served_need(journal::Turn& turn, const Actor& actor, NeedId id) {
    append_about(turn, actor, id, NeedClosed{.served = true});
}

void review_need(journal::Turn& turn, const Actor& actor, NeedId id, Resolution resolution,
                 std::int32_t satisfaction) {
    append_about(turn, actor, id, NeedReviewed{resolution, satisfaction});
}

}  // namespace hezhi::needs
