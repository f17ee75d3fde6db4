// The smaller actions on needs, and what the folders above do with one.
#include "domain/deputies/deputies.h"
#include "domain/needs/need_lead_figure.h"
#include "domain/needs/need_states.h"
#include "domain/needs/needs.h"

namespace hezhi::needs {
namespace {

// The need's place, for a fact that follows from another.
template <class P>
void append_about(journal::Turn& turn, const Actor& actor, NeedId id, const P& payload,
                  Subjects more = {}) {
    const NeedState* need = turn.load<NeedFigure>(id);
    HEZHI_ASSERT(need != nullptr);
    Place place = place_of(*need);
    more.merge(acting_on(turn, actor, id));
    turn.append(draft(payload, actor, std::move(place), std::move(more), turn.now()));
}

}  // namespace

Subjects acting_on(journal::Turn& turn, const Actor& actor, NeedId id) {
    const auto* lead = turn.load<NeedLeadFigure>(id);
    return deputies::in_place(turn, actor, lead ? lead->leader : AccountId(), {{"need", id.value}});
}

api::Access access_of(const NeedState& need) {
    return {.area_path = need.area_path, .owner = need.reporter};
}

PersonId minor_of(const NeedState& need, const rules::Pack& pack,
                  const std::function<std::optional<people::PersonState>(PersonId)>& load) {
    for (PersonId about : {need.recipient, need.asked_by}) {
        auto person = about ? load(about) : std::nullopt;
        if (person && people::is_minor(pack, *person)) return about;
    }
    return {};
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
    if (auto full = too_many_cases(turn, caller, **need)) return std::unexpected(*full);
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
    if ((*need)->sealed && !people::sees_sealed(caller, (*need)->keeper)) {
        return refuse(people::refusals::address_sealed);
    }
    PersonId minor = minor_of(**need, *turn.pack()->pack, [&](PersonId about) {
        const auto* known = turn.load<people::PersonFigure>(about);
        return known ? std::optional(*known) : std::nullopt;
    });
    if (minor &&
        !people::reading_approved(turn.db(), turn.tables(), minor, caller.account, turn.now())) {
        return refuse(people::refusals::reading_needs_approval);
    }
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
