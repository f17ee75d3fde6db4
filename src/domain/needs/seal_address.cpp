// 地址保密: who is hidden from somebody keeps a coarse place only, everywhere, and one keeper.
#include "domain/needs/needs.h"
#include "domain/needs/queries.h"

namespace hezhi::needs {
namespace {

// As far up as the pack says; where it is as high already, as it is.
Place coarse(journal::Turn& turn, const Place& place) {
    return areas::place_at_kind(turn, place, turn.pack()->pack->asking.sealed_kind);
}

void seal_one(journal::Turn& turn, const Actor& actor, const Place& place, NeedId id,
              AccountId keeper) {
    turn.append(draft(NeedSealed{keeper}, actor, place, {{"need", id.value}}, turn.now()));
    std::vector<OrderId> orders;
    turn.db().each(queries::orders_of_need, {{"need", id}},
                   [&](const store::Row& row) { orders.push_back(row.id<OrderId>("id")); });
    for (OrderId order : orders) {
        turn.append(draft(OrderSealed{keeper}, actor, place,
                          {{"need", id.value}, {"order", order.value}}, turn.now()));
    }
}

// The person and all that was ever asked by them or for them.
void seal_person(journal::Turn& turn, const Actor& actor, PersonId id, AccountId keeper) {
    const auto* person = turn.load<people::PersonFigure>(id);
    HEZHI_ASSERT(person != nullptr);
    Place place = coarse(turn, {person->area, person->area_path});
    if (place.area != person->area) {
        turn.append(draft(PersonMoved{}, actor, place, {{"person", id.value}}, turn.now()));
    }
    turn.append(draft(AddressSealed{keeper}, actor, place, {{"person", id.value}}, turn.now()));
    std::vector<NeedId> needs;
    turn.db().each(queries::needs_about, {{"person", id}},
                   [&](const store::Row& row) { needs.push_back(row.id<NeedId>("id")); });
    for (NeedId need : needs) {
        const NeedState* state = turn.load<NeedFigure>(need);
        seal_one(turn, actor, coarse(turn, place_of(*state)), need, keeper);
    }
}

}  // namespace

Result<std::int64_t> seal_address(journal::Turn& turn, const api::Caller& caller,
                                  const people::Register& people, PersonId id,
                                  std::string_view reason) {
    auto person = people::load_person(turn, caller, id, "address.seal");
    if (!person) return std::unexpected(person.error());
    if ((*person)->erased) return refuse(people::refusals::person_erased);
    if ((*person)->address_sealed && (*person)->keeper == caller.account) return id.value;
    std::int64_t position = turn.next_position();
    people.write_text(turn.db(), position, people::text_reason, reason);
    seal_person(turn, caller.actor("address.seal"), id, caller.account);
    return id.value;
}

Result<std::int64_t> unseal_address(journal::Turn& turn, const api::Caller& caller, PersonId id,
                                    AreaId area) {
    auto person = people::load_person(turn, caller, id, "address.seal");
    if (!person) return std::unexpected(person.error());
    if (!(*person)->address_sealed) return refuse(people::refusals::address_not_sealed);
    if ((*person)->keeper != caller.account) return refuse(people::refusals::address_sealed);
    auto place = areas::open_place(turn, area);
    if (!place) return std::unexpected(place.error());
    if (!caller.may("address.seal", {.area_path = place->path})) {
        return refuse(areas::refusals::area_unknown,
                      {"/area_id", "您所在区域内的社区", "an area that you serve"});
    }
    Actor actor = caller.actor("address.seal");
    turn.append(draft(PersonMoved{}, actor, *place, {{"person", id.value}}, turn.now()));
    turn.append(draft(AddressUnsealed{}, actor, *place, {{"person", id.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> seal_need(journal::Turn& turn, const api::Caller& caller,
                               const people::Register& people, NeedId id, std::string_view reason) {
    auto need = load_need(turn, caller, id, "address.seal");
    if (!need) return std::unexpected(need.error());
    if ((*need)->sealed && (*need)->keeper == caller.account) return id.value;
    std::int64_t position = turn.next_position();
    people.write_text(turn.db(), position, people::text_reason, reason);
    keep_secret(turn, caller.actor("address.seal"), id, caller.account);
    return id.value;
}

void keep_secret(journal::Turn& turn, const Actor& actor, NeedId id, AccountId keeper) {
    const NeedState need = *turn.load<NeedFigure>(id);
    if (need.recipient) return seal_person(turn, actor, need.recipient, keeper);
    seal_one(turn, actor, coarse(turn, place_of(need)), id, keeper);
}

std::vector<KeptSecret> kept_by(store::Session& db, AccountId keeper, std::int64_t limit) {
    std::vector<KeptSecret> kept;
    db.each(queries::kept_secret, {{"keeper", keeper}, {"limit", limit}},
            [&](const store::Row& row) {
                kept.push_back({row.id<PersonId>("person"), row.id<NeedId>("need"),
                                std::string(row.text("area_path"))});
            });
    return kept;
}

std::optional<KeptSecret> kept_of_need(journal::Turn& turn, NeedId id, AccountId keeper) {
    const NeedState* need = id && keeper ? turn.load<NeedFigure>(id) : nullptr;
    if (!need || !need->sealed || need->keeper != keeper) return std::nullopt;
    return KeptSecret{need->recipient, need->recipient ? NeedId() : id, need->area_path};
}

void hand_on_secret(journal::Turn& turn, const Actor& actor, const people::Register* people,
                    const KeptSecret& secret, AccountId to, std::string_view why) {
    if (people) people->write_text(turn.db(), turn.next_position(), people::text_reason, why);
    if (secret.person) return seal_person(turn, actor, secret.person, to);
    seal_one(turn, actor, coarse(turn, place_of(*turn.load<NeedFigure>(secret.need))), secret.need,
             to);
}

std::optional<people::PersonState> sealed_among(journal::Turn& turn,
                                                std::initializer_list<PersonId> people) {
    for (PersonId id : people) {
        const auto* person = id ? turn.load<people::PersonFigure>(id) : nullptr;
        if (person && person->address_sealed) return *person;
    }
    return std::nullopt;
}

void seal_entry(journal::Turn& turn, const Actor& actor, NeedId id, AccountId keeper) {
    seal_one(turn, actor, place_of(*turn.load<NeedFigure>(id)), id, keeper);
}

}  // namespace hezhi::needs
