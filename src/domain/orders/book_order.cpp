// 预约服务: a member books a service of volunteers with her own time, on her own phone.
#include <algorithm>

#include "domain/orders/load_order.h"
#include "domain/orders/order_pages.h"
#include "domain/orders/order_states.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {
namespace {

// Kept with the need as its reason, in the language of the district.
const rules::Words cancelled_by_member{"本人取消预约", "the member cancelled the booking"};

bool volunteers_alone(const rules::Category& category, bool first_visit) {
    return category.boundary(first_visit) == DutyBoundary::volunteer;
}

// What it takes of her time: the planned minutes of all who go.
time_bank::Booking booking_of(const rules::Pack& pack, const rules::Category& category,
                              PersonId person, bool first_visit, Instant starts_at,
                              Instant ends_at) {
    std::int32_t people = people_for(pack, category, first_visit, starts_at, ends_at);
    return {person, category.key, std::int64_t{category.minutes_planned} * people};
}

needs::NeedEntry entry_of(journal::Turn& turn, const OrderDesk& desk, PersonId person,
                          const rules::Category& category, const BookOrder& input) {
    needs::NeedEntry entry;
    entry.channel = Channel::phone_page;
    entry.priority_class = *from_label<PriorityClass>(category.default_class);
    bool told = input.what && !input.what->value.empty();
    entry.what = told ? input.what->value : turn.pack()->pack->written(category.name);
    people::Clear who = desk.people.clear(turn.db(), person);
    entry.contact = who.phone.empty() ? who.name : who.name + " " + who.phone;
    entry.consent = true;
    entry.recipient = person;
    entry.asked_by = person;
    entry.wished_at = input.starts_at;
    entry.category = category.key;
    return entry;
}

// When a service may begin that a member books herself: what the page offers and the action takes.
struct BookableStarts {
    Day first;
    Day last;
    Millis step{};
};

BookableStarts bookable_starts(const rules::TimeBankRules& bank, Instant now) {
    Day today = day_of(now);
    return {today + 1, today + bank.book_days_max, std::chrono::minutes(bank.book_step_minutes)};
}

// "09:30".
std::string clock_time(Millis since_midnight) {
    return to_string(Instant(since_midnight.count()), Millis(0)).substr(11, 5);
}

void offer_starts(BookingPage& page, const BookableStarts& starts) {
    for (Day day = starts.first; day <= starts.last; day = day + 1) {
        page.days.push_back(to_string(day));
    }
    for (Millis at{}; at < std::chrono::days(1); at += starts.step) {
        page.times.push_back(clock_time(at));
    }
}

Result<void> check_start(const BookableStarts& starts, Instant at) {
    Day day = day_of(at);
    if (day < starts.first || day > starts.last) {
        std::string first = to_string(starts.first), last = to_string(starts.last);
        return refuse(refusals::start_not_offered,
                      {"/starts_at", first + " 至 " + last + " 之间的一天",
                       "a day from " + first + " to " + last});
    }
    if (wall_time(at) % starts.step != Millis(0)) {
        std::string next = clock_time(starts.step);
        std::string step = std::to_string(starts.step / std::chrono::minutes(1));
        return refuse(refusals::start_not_offered,
                      {"/starts_at", "从零点起每 " + step + " 分钟一个时刻：00:00、" + next + " 等",
                       "a time of every " + step + " minutes from midnight on: 00:00, " + next +
                           " and so on"});
    }
    return {};
}

// Asked in the turn, so that of two at the same time one is booked.
Result<void> check_overlap(journal::Turn& turn, PersonId person, const OpenOrder& order) {
    auto booked =
        turn.db().row(queries::overlapping_booking,
                      {{"recipient", person}, {"from", order.starts_at}, {"to", order.ends_at}});
    if (!booked) return {};
    std::string from = to_string(booked->instant("starts_at")).substr(0, 16);
    std::string until = to_string(booked->instant("ends_at")).substr(11, 5);
    from[10] = ' ';
    return refuse(refusals::booking_overlaps,
                  {"/starts_at", "避开已预约的 " + from + " 至 " + until,
                   "a time apart from what is booked from " + from + " to " + until});
}

// Without a day: what a category takes by day is what the page promises.
BookingChoice choice_of(const api::Reading& reading, const time_bank::BookingStanding& standing,
                        const rules::Category& category) {
    const rules::Pack& pack = *reading.pack()->pack;
    PersonId person = reading.caller.person;
    bool first_visit = !visited_before(reading.db, person, category);
    Instant by_day = at_wall(day_of(reading.now), std::chrono::hours(12));
    auto booking = booking_of(pack, category, person, first_visit, by_day,
                              by_day + std::chrono::minutes(category.minutes_planned));
    BookingChoice choice;
    choice.category = category.key;
    choice.zh = category.name.zh;
    choice.en = category.name.en;
    choice.minutes_planned = category.minutes_planned;
    choice.minutes = booking.minutes;
    auto plan = time_bank::decide_booking(standing, pack, booking);
    choice.possible = plan.has_value();
    if (plan) {
        choice.from_grant = plan->from_grant;
        choice.from_own = plan->from_own;
    } else {
        const RefusalRow& row = *plan.error().row;
        rules::Words why_not = rules::with_bank_name(pack.time_bank, row.zh, row.en);
        choice.why_not_zh = why_not.zh;
        choice.why_not_en = why_not.en;
    }
    return choice;
}

}  // namespace

Result<std::int64_t> book_order(journal::Turn& turn, const api::Caller& caller,
                                const OrderDesk& desk, const BookOrder& input) {
    const auto* known = caller.person ? turn.load<people::PersonFigure>(caller.person) : nullptr;
    if (!known || !caller.may("order.book", {.owner = caller.account})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    auto place = areas::open_place(turn, known->area);
    if (!place) return std::unexpected(place.error());
    OpenOrder order;
    order.category = input.category;
    order.starts_at = input.starts_at;
    order.ends_at = input.starts_at;
    order.contacted = true;  // nobody has to call her to hear what she wants
    const rules::Pack& pack = *turn.pack()->pack;
    const rules::Category* found = pack.category(input.category.value);
    if (found) order.ends_at = input.starts_at + std::chrono::minutes(found->minutes_planned);
    auto priority_class =
        found ? *from_label<PriorityClass>(found->default_class) : PriorityClass::P3;
    auto category = check_window(turn, order, priority_class);
    if (!category) return std::unexpected(category.error());
    if (input.starts_at <= turn.now()) {
        return refuse(refusals::window_invalid, {"/starts_at", "晚于现在", "later than now"});
    }
    auto offered = check_start(bookable_starts(pack.time_bank, turn.now()), input.starts_at);
    if (!offered) return std::unexpected(offered.error());
    bool first_visit = !visited_before(turn.db(), caller.person, **category);
    if (!(*category)->redeemable || !volunteers_alone(**category, first_visit)) {
        return refuse(time_bank::refusals::not_redeemable);
    }
    auto apart = check_overlap(turn, caller.person, order);
    if (!apart) return std::unexpected(apart.error());
    auto plan = time_bank::plan_booking(
        turn, desk.people,
        booking_of(pack, **category, caller.person, first_visit, order.starts_at, order.ends_at));
    if (!plan) return std::unexpected(plan.error());
    Actor actor = caller.actor("order.book");
    auto entry = entry_of(turn, desk, caller.person, **category, input);
    NeedId need = needs::enter_need(turn, actor, desk.people, *place, entry);
    order.brief = input.what;
    OrderId id = append_order(turn, actor, AccountId(), desk.people, need, order);
    const OrderState opened = *turn.load<OrderFigure>(id);
    time_bank::hold_credit(turn, actor, place_of(opened), id, *plan);
    return id.value;
}

bool may_cancel_booking(const OrderState& order, const api::Caller& caller, const rules::Pack& pack,
                        Instant now) {
    bool hers = caller.person && order.recipient == caller.person &&
                order.funding != Funding::public_service;
    auto before = std::chrono::hours(pack.time_bank.cancel_hours_min);
    return hers && caller.may("order.book", {.owner = caller.account}) &&
           allows("cancel_order", order.state) && now + before <= order.starts_at;
}

Result<std::int64_t> cancel_booking(journal::Turn& turn, const api::Caller& caller,
                                    const OrderDesk& desk, OrderId id) {
    const OrderState* found = id ? turn.load<OrderFigure>(id) : nullptr;
    bool hers = found && caller.person && found->recipient == caller.person &&
                found->funding != Funding::public_service &&
                caller.may("order.book", {.owner = caller.account});
    if (!hers) return refuse(hezhi::refusals::not_found);
    const OrderState order = *found;
    if (!allows("cancel_order", order.state)) return refuse(refusals::order_state_forbids);
    if (!may_cancel_booking(order, caller, *turn.pack()->pack, turn.now())) {
        return refuse(refusals::too_late_to_cancel);
    }
    Actor actor = caller.actor("order.book");
    const std::string& reason = turn.pack()->pack->written(cancelled_by_member);
    append_cancellation(turn, desk, actor, order, reason, false);
    auto closed = needs::hand_back_need(turn, actor, desk.people, order.need, reason);
    if (!closed) return std::unexpected(closed.error());
    return id.value;
}

Result<BookingPage> booking_page(const api::Reading& reading, const OrderDesk& desk) {
    const rules::Pack& pack = *reading.pack()->pack;
    const rules::TimeBankRules& bank = pack.time_bank;
    BookingPage page;
    page.open = bank.open;
    page.name_zh = bank.name.zh;
    page.name_en = bank.name.en;
    page.says_zh = bank.redeem_clause.says.zh;
    page.says_en = bank.redeem_clause.says.en;
    page.month_minutes_max = bank.redeem_month_minutes_max;
    PersonId person = reading.caller.person;
    if (!bank.open || !person) return page;
    offer_starts(page, bookable_starts(bank, reading.now));
    auto standing = time_bank::booking_standing(reading, desk.people, person);
    page.own_minutes = standing.own;
    page.granted_minutes = standing.granted;
    page.month_minutes = standing.held_in_month;
    for (const auto& category : pack.categories) {
        bool first_visit = !visited_before(reading.db, person, category);
        if (!category.redeemable || !volunteers_alone(category, first_visit)) continue;
        page.items.push_back(choice_of(reading, standing, category));
    }
    bool may = reading.caller.may("order.book", {.owner = reading.caller.account});
    bool any = std::ranges::any_of(page.items, &BookingChoice::possible);
    if (may && any) page.actions.emplace_back("book_order");
    return page;
}

api::Routes booking_routes(const OrderDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&desk](const api::Reading& r, std::int64_t id) {
        return slip_page(r, desk, OrderId(id));
    };
    return {
        api::reads<api::Nothing, BookingPage>(
            {Method::get, "/bookings", "show_bookings", "order.book", everyone},
            [&desk](const api::Reading& r, const api::Nothing&) { return booking_page(r, desk); }),
        api::writes<BookOrder, Slip>(
            {Method::post, "/bookings", "book_order", "order.book", everyone},
            [&desk](const api::Writing& w, const BookOrder& input) {
                return book_order(w.turn, w.caller, desk, input);
            },
            render),
        // Her needs with who comes and when, and her word afterwards: as a resident's own.
        api::reads<api::Nothing, OwnNeedList>(
            {Method::get, "/bookings/mine", "list_bookings", "order.book", everyone},
            [&desk](const api::Reading& r, const api::Nothing&) {
                return list_own_needs(r, desk);
            }),
        api::writes<api::Nothing, Slip>(
            {Method::post, "/bookings/{id}/confirmation", "confirm_booked_order", "order.book",
             everyone},
            [](const api::Writing& w, const api::Nothing&) {
                return confirm_order(w.turn, w.caller, OrderId(w.id()));
            },
            render),
        api::writes<ReviewOrder, Slip>(
            {Method::post, "/bookings/{id}/review", "review_booked_order", "order.book", everyone},
            [&desk](const api::Writing& w, const ReviewOrder& input) {
                return review_order(w.turn, w.caller, desk, OrderId(w.id()), input);
            },
            render),
        api::writes<api::Nothing, Slip>(
            {Method::post, "/bookings/{id}/cancellation", "cancel_booking", "order.book", everyone},
            [&desk](const api::Writing& w, const api::Nothing&) {
                return cancel_booking(w.turn, w.caller, desk, OrderId(w.id()));
            },
            render),
    };
}

}  // namespace hezhi::orders
