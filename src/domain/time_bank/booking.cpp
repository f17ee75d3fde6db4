// 冻结, 结算, 退回: an order that is booked with time.
#include <algorithm>

#include "domain/time_bank/load_posting.h"
#include "domain/time_bank/queries.h"

namespace hezhi::time_bank {
namespace {

std::int64_t held_in_month(store::Session& db, Instant now, PersonId person) {
    auto row = db.row(
        queries::held_between,
        {{"person", person}, {"from", start_of_month(now)}, {"until", start_of_next_month(now)}});
    return row->integer("minutes");
}

// The share of the orders of the pack's days; the first one is always inside it, unless there is
// none.
bool share_left(store::Session& db, Instant now, const rules::TimeBankRules& bank) {
    auto row =
        db.row(queries::orders_since, {{"from", now - std::chrono::days(bank.reserved_days)}});
    if (bank.reserved_percent == 0) return false;
    std::int64_t most = (row->integer("orders") + 1) * bank.reserved_percent / 100;
    return row->integer("booked") + 1 <= std::max<std::int64_t>(1, most);
}

std::int64_t above_floor(const TimeAccountState* account, LedgerAccount kind,
                         const rules::TimeBankRules& bank) {
    std::int64_t balance = account ? account->balance : 0;
    return std::max<std::int64_t>(0, balance - floor_of(kind, bank));
}

// What a turn and a reading know alike.
BookingStanding standing_of(store::Session& db, const rules::Pack& pack, Instant now,
                            PersonId person, const TimeAccountState* own,
                            const TimeAccountState* grant) {
    BookingStanding standing;
    standing.dormant = own && own->dormant;
    standing.own = above_floor(own, LedgerAccount::person, pack.time_bank);
    if (grant) {
        standing.granted = granted_at(*grant, now);
        standing.grant_lapses_at = grant->lapses_at;
    }
    standing.held_in_month = held_in_month(db, now, person);
    standing.share_left = share_left(db, now, pack.time_bank);
    return standing;
}

template <class T>
const T* pointer_to(const std::optional<T>& value) {
    return value ? &*value : nullptr;
}

// The grant that was in force when the order was booked, in the turn that opened it.
std::optional<PostingId> grant_of(store::Session& db, PersonId person, OrderId order) {
    auto row = db.row(queries::grant_before, {{"person", person}, {"posting", order}});
    if (!row) return std::nullopt;
    return PostingId(row->integer("posting"));
}

bool grant_was_reversed(journal::Turn& turn, const HoldState& hold) {
    auto grant = grant_of(turn.db(), hold.person, hold.id);
    const auto* leg = grant ? turn.load<PostingFigure>(posting_key(*grant, 0)) : nullptr;
    return leg && leg->reversed;
}

// What comes back: first what was one's own, then what was granted, to the pool once it has lapsed.
// The grant of a later month is another one. Of a grant that was reversed the pool has all again:
// what was missing then stands in the account of what is lost.
PostingLegs returned(journal::Turn& turn, const HoldState& hold, LedgerAccount from,
                     std::int64_t minutes) {
    PostingLegs legs;
    if (minutes == 0) return legs;
    bool held = from == LedgerAccount::held;
    legs.push_back({from, held ? hold.person : PersonId(), -minutes});
    std::int64_t own = std::min(minutes, hold.from_own);
    if (own > 0) legs.push_back({LedgerAccount::person, hold.person, own});
    if (std::int64_t granted = minutes - own; granted > 0) {
        if (grant_was_reversed(turn, hold)) {
            legs.push_back({LedgerAccount::lost, {}, granted});
        } else if (hold.grant_lapses_at > turn.now()) {
            legs.push_back({LedgerAccount::grant, hold.person, granted});
        } else {
            legs.push_back({LedgerAccount::pool, {}, granted});
        }
    }
    return legs;
}

std::optional<HoldState> open_hold(journal::Turn& turn, OrderId order) {
    const auto* hold = turn.load<HoldFigure>(order);
    if (!hold || hold->state != HoldStep::held) return std::nullopt;
    return *hold;
}

// Of all who served, as their records say it by now; as it was checked out where there is none.
std::int64_t minutes_served(store::Session& db, OrderId order) {
    return db.row(queries::minutes_served, {{"order", order}})->integer("minutes");
}

Subjects about(const HoldState& hold) {
    return {{"order", hold.id.value}, {"person", hold.person.value}};
}

}  // namespace

bool entitled(journal::Turn& turn, PersonId person) {
    const auto* row = turn.load<EntitlementFigure>(person);
    return row && holds_at(*row, turn.now());
}

BookingStanding booking_standing(const api::Reading& reading, const people::Register& people,
                                 PersonId person) {
    auto own = reading.load<TimeAccountFigure>(account_key(LedgerAccount::person, person));
    auto grant = reading.load<TimeAccountFigure>(account_key(LedgerAccount::grant, person));
    auto standing = standing_of(reading.db, *reading.pack()->pack, reading.now, person,
                                pointer_to(own), pointer_to(grant));
    standing.age_years = people::age_today(reading, people, person);
    auto entitlement = reading.load<EntitlementFigure>(person);
    standing.entitled = entitlement && holds_at(*entitlement, reading.now);
    return standing;
}

bool old_enough_to_redeem(const rules::TimeBankRules& bank, std::optional<std::int32_t> age_years) {
    return bank.redeem_age_years_min == 0 || (age_years && *age_years >= bank.redeem_age_years_min);
}

Result<BookingPlan> decide_booking(const BookingStanding& standing, const rules::Pack& pack,
                                   const Booking& booking) {
    const rules::TimeBankRules& bank = pack.time_bank;
    if (!bank.open) return refuse(refusals::time_bank_closed);
    if (booking.assessed) return refuse(refusals::need_is_free);
    const rules::Category* category = pack.category(booking.category);
    if (!category || !category->redeemable) return refuse(refusals::not_redeemable);
    if (!booking.person) return refuse(refusals::may_not_redeem);
    bool old_enough = old_enough_to_redeem(bank, standing.age_years);
    // Who was granted time may use that, whatever the age; the grant had its own.
    bool granted = standing.granted >= booking.minutes;
    if (!old_enough && !standing.entitled && !granted) return refuse(refusals::may_not_redeem);
    if (standing.dormant) return refuse(refusals::account_dormant);
    if (standing.held_in_month + booking.minutes > bank.redeem_month_minutes_max) {
        return refuse(refusals::month_used_up);
    }
    if (!standing.share_left) return refuse(refusals::share_used_up);
    BookingPlan plan{booking.person, 0, 0, {}};
    plan.from_grant = std::min(booking.minutes, standing.granted);
    plan.from_own = booking.minutes - plan.from_grant;
    if (plan.from_grant > 0) plan.grant_lapses_at = standing.grant_lapses_at;
    if (standing.own < plan.from_own) return refuse(refusals::credit_too_low);
    return plan;
}

Result<BookingPlan> plan_booking(journal::Turn& turn, const people::Register& people,
                                 const Booking& booking) {
    const rules::Pack& pack = *turn.pack()->pack;
    if (!booking.person) return decide_booking({}, pack, booking);
    // Copies: a load may move what an earlier one returned.
    auto copy = [&](LedgerAccount account) {
        const auto* state = turn.load<TimeAccountFigure>(account_key(account, booking.person));
        return state ? std::optional(*state) : std::nullopt;
    };
    auto own = copy(LedgerAccount::person), grant = copy(LedgerAccount::grant);
    auto standing = standing_of(turn.db(), pack, turn.now(), booking.person, pointer_to(own),
                                pointer_to(grant));
    standing.age_years = people::age_today(turn, people, booking.person);
    standing.entitled = entitled(turn, booking.person);
    return decide_booking(standing, pack, booking);
}

std::string grant_group_of(const api::Reading& reading, OrderId order) {
    auto hold = reading.load<HoldFigure>(order);
    if (!hold || !hold->grant_lapses_at) return "";
    auto grant = grant_of(reading.db, hold->person, order);
    return grant ? fact_at(reading.db, *grant).as<CreditGranted>().group : "";
}

void hold_credit(journal::Turn& turn, const Actor& actor, const Place& place, OrderId order,
                 const BookingPlan& plan) {
    CreditHeld held;
    std::int64_t all = plan.from_grant + plan.from_own;
    if (plan.from_grant > 0) {
        held.legs.push_back({LedgerAccount::grant, plan.person, -plan.from_grant});
        held.lapses_at = plan.grant_lapses_at;
    }
    if (plan.from_own > 0) {
        held.legs.push_back({LedgerAccount::person, plan.person, -plan.from_own});
    }
    held.legs.push_back({LedgerAccount::held, plan.person, all});
    HEZHI_ASSERT(check_floors(turn, held.legs).has_value());
    turn.append(draft(held, actor, place, {{"order", order.value}, {"person", plan.person.value}},
                      turn.now()));
}

void settle_credit(journal::Turn& turn, const Place& place, OrderId order,
                   std::int64_t minutes_of_turn) {
    auto hold = open_hold(turn, order);
    if (!hold) return;
    CreditSettled settled;
    // Of what members paid each other directly nothing is left to be used up.
    bool mutual = turn.pack()->pack->time_bank.model == rules::TimeBankModel::mutual;
    std::int64_t served = minutes_served(turn.db(), order) + minutes_of_turn;
    std::int64_t used = mutual ? 0 : std::min(served, hold->still_held);
    settled.legs = returned(turn, *hold, LedgerAccount::held, hold->still_held - used);
    if (used > 0) {
        settled.legs.push_back({LedgerAccount::held, hold->person, -used});
        settled.legs.push_back({LedgerAccount::redeemed, {}, used});
    }
    turn.append(draft(settled, {}, place, about(*hold), turn.now()));
}

void refund_credit(journal::Turn& turn, const Place& place, OrderId order,
                   std::int64_t minutes_less) {
    const auto* found = turn.load<HoldFigure>(order);
    if (!found) return;
    const HoldState hold = *found;
    std::int64_t served = minutes_served(turn.db(), order) - minutes_less;
    std::int64_t back = std::min(hold.used, hold.used - served);
    if (back <= 0) return;
    CreditReleased refunded;
    refunded.legs = returned(turn, hold, LedgerAccount::redeemed, back);
    turn.append(draft(refunded, {}, place, about(hold), turn.now()));
}

void release_credit(journal::Turn& turn, const Place& place, OrderId order, bool absent) {
    auto hold = open_hold(turn, order);
    if (!hold) return;
    CreditReleased released;
    // What was granted is not charged.
    std::int64_t charge = turn.pack()->pack->time_bank.no_show_minutes;
    if (absent) released.charged = std::min(charge, hold->from_own);
    HoldState left = *hold;
    left.from_own -= released.charged;
    released.legs = returned(turn, left, LedgerAccount::held, hold->still_held - released.charged);
    if (released.charged > 0) {
        released.legs.push_back({LedgerAccount::held, hold->person, -released.charged});
        released.legs.push_back({LedgerAccount::pool, {}, released.charged});
    }
    turn.append(draft(released, {}, place, about(*hold), turn.now()));
}

}  // namespace hezhi::time_bank
