#include "app/demo/life.h"

#include "app/demo/stories.h"
#include "domain/orders/candidates.h"
#include "rules/working_calendar.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Also when it is back with the social worker, who then asks by hand and further away.
bool waits_for_people(const orders::OrderState& order) {
    return order.state == OrderStep::open || order.state == OrderStep::offered ||
           order.state == OrderStep::escalated;
}

}  // namespace

Life::Life(Installation& installation, ManualClock& clock, const DemoPeople& people, Chance& chance)
    : installation_(installation),
      clock_(clock),
      people_(people),
      chance_(chance),
      desk_{installation.people(), installation.tree(), installation.suite(), ""},
      scheduler_(installation.ledger(), orders::timers()) {}

void Life::plan(Instant at, Deed deed) {
    planned_.push({at, ++sequence_, std::move(deed)});
}

void Life::run(Instant end, int days, const std::function<void(int, int)>& progress) {
    Day first = day_of(clock_.now());
    for (int i = 0; i < days; ++i) {
        Day day = first + i;
        plan(start_of(day) + hours(7), [this, day] { plan_day(day); });
        if (progress) {
            plan(start_of(day) + hours(23), [&progress, i, days] { progress(i + 1, days); });
        }
        // Timers run as the hours pass, as they would in a running server.
        for (int hour = 0; hour < 24; ++hour) {
            plan(start_of(day) + hours(hour), [this] { scheduler_.run_due(); });
        }
    }
    while (!planned_.empty() && planned_.top().at < end) {
        Planned next = planned_.top();
        planned_.pop();
        if (next.at > clock_.now()) clock_.set(next.at);
        next.deed();
    }
    clock_.set(end);
    installation_.ledger().finish_turn();
}

// The first subdistrict, whose staff can be signed in as, is the busiest. Days off are quieter.
void Life::plan_day(Day day) {
    bool works = working_day(day);
    for (const DemoStreet& street : people_.streets) {
        auto needs = &street == &people_.streets.front() ? chance_.between(3, 6) : chance_.below(4);
        if (!works) needs = (needs + 1) / 2;
        for (std::int64_t i = 0; i < needs; ++i) {
            plan(start_of(day) + hours(8) + minutes(chance_.below(12 * 60)),
                 [this, &street] { find_need(street); });
        }
    }
}

bool Life::working_day(Day day) const {
    auto packs = installation_.ledger().packs();
    return rules::is_working_day(day, packs->in_force(clock_.now())->pack->calendar);
}

bool Life::act(const std::function<Result<std::int64_t>(journal::Turn&)>& action,
               std::int64_t* id) {
    auto done = installation_.ledger().act<std::int64_t>(action);
    if (done && id) *id = *done;
    return done.has_value();
}

api::CallerPtr Life::caller_of(AccountId account) {
    auto db = installation_.ledger().read();
    return accounts::load_caller(*db, installation_.ledger().tables(), account);
}

// A volunteer without a phone answers through whoever calls them; here each acts with the rights
// that every volunteer has.
api::CallerPtr Life::caller_of(PersonId volunteer) {
    auto caller = std::make_shared<api::Caller>();
    caller->via = Via::command;
    caller->person = volunteer;
    caller->roles = {{"volunteer", {}, "/"}};
    caller->held = accounts::held_by(caller->roles);
    return caller;
}

Instant Life::in_hours(Instant at) const {
    Day day = day_of(at);
    Instant opens = start_of(day) + hours(8), closes = start_of(day) + hours(18);
    if (at < opens) return opens;
    return at < closes ? at : start_of(day + 1) + hours(8) + minutes(30);
}

void Life::find_need(const DemoStreet& street) {
    const Story& story = chance_.one_of(stories());
    needs::ReportNeed report;
    report.area_id = street.communities.front();
    report.what.value = story.what;
    report.priority_class = story.priority_class;
    report.contact = Text<0, 60>(made_up_name(chance_) + " " + made_up_phone(chance_));
    report.consent = true;
    // The grid worker serves one community; the others report through the subdistrict's social
    // worker.
    bool own = chance_.in_hundred(50);
    if (!own) report.area_id = chance_.one_of(street.communities);
    auto caller = caller_of(own ? street.grid_worker : street.social_worker);
    std::int64_t need = 0;
    bool done = act(
        [&](journal::Turn& turn) {
            return needs::report_need(turn, *caller, installation_.people(), report, Channel::grid);
        },
        &need);
    if (!done) return;
    // One in twelve waits too long for the first contact.
    auto delay = minutes(chance_.between(5, 100)) + (chance_.in_hundred(8) ? hours(26) : hours(0));
    plan(in_hours(clock_.now() + delay),
         [this, &street, need, &story] { answer_need(street, NeedId(need), story.category); });
}

void Life::answer_need(const DemoStreet& street, NeedId need, std::string_view category) {
    auto caller = caller_of(street.social_worker);
    if (chance_.in_hundred(8)) {
        act([&](journal::Turn& turn) {
            return needs::close_need(turn, *caller, installation_.people(), need,
                                     "已电话核实，当事人表示不再需要");
        });
        return;
    }
    orders::OpenOrder input;
    input.category.value = category;
    input.contacted = true;
    Instant tomorrow = start_of(day_of(clock_.now()) + static_cast<int>(chance_.between(1, 3)));
    input.starts_at = tomorrow + hours(chance_.between(8, 16));
    input.ends_at = input.starts_at + hours(2);
    std::int64_t order = 0;
    if (act(
            [&](journal::Turn& turn) {
                return orders::open_order(turn, *caller, desk_, need, input);
            },
            &order)) {
        plan(in_hours(clock_.now() + minutes(chance_.between(10, 90))),
             [this, &street, order] { offer(street, OrderId(order)); });
    }
}

void Life::offer(const DemoStreet& street, OrderId id) {
    auto caller = caller_of(street.street_staff);
    orders::OfferOrder input;
    bool found = false;
    {
        auto db = installation_.ledger().read();
        auto state = installation_.ledger()
                         .tables()
                         .of(journal::figure<orders::OrderFigure>())
                         .load(*db, id);
        const auto& order = *static_cast<orders::OrderState*>(state.get());
        found = waits_for_people(order);
        if (!found) return;
        auto packs = installation_.ledger().packs();
        const auto* published = packs->in_force(clock_.now());
        auto areas = installation_.tree().now();
        auto ranking = orders::rank_candidates(*db, installation_.ledger().tables(), order, *areas,
                                               *published->pack, clock_.now());
        for (const auto& candidate : ranking.candidates) {
            if (input.person_ids.size() == 4) break;
            input.person_ids.push_back(PersonId(candidate.person));
        }
    }
    if (input.person_ids.empty() || !act([&](journal::Turn& turn) {
            return orders::offer_order(turn, *caller, desk_, id, input);
        })) {
        // Nobody within today's reach: it widens with time, so ask again later.
        plan(in_hours(clock_.now() + hours(20)), [this, &street, id] { offer(street, id); });
        return;
    }
    for (PersonId person : input.person_ids) {
        if (chance_.in_hundred(25)) continue;  // does not look at the phone
        bool accepts = chance_.in_hundred(70);
        plan(clock_.now() + minutes(chance_.between(3, 400)), [this, id, person, accepts] {
            auto volunteer = caller_of(person);
            act([&](journal::Turn& turn) {
                return accepts ? orders::accept_order(turn, *volunteer, id)
                               : orders::decline_offer(turn, *volunteer, id);
            });
        });
    }
    plan(clock_.now() + hours(13), [this, &street, id] { answer_offers(street, id); });
}

// Half a day later: if the places are taken it will be served, else others are asked.
void Life::answer_offers(const DemoStreet& street, OrderId id) {
    auto db = installation_.ledger().read();
    auto state =
        installation_.ledger().tables().of(journal::figure<orders::OrderFigure>()).load(*db, id);
    const auto& order = *static_cast<orders::OrderState*>(state.get());
    if (order.state == OrderStep::accepted) {
        plan(std::max(order.starts_at, clock_.now()), [this, id] { serve(id); });
    } else if (waits_for_people(order)) {
        plan(in_hours(clock_.now()), [this, &street, id] { offer(street, id); });
    }
}

void Life::serve(OrderId id) {
    std::string code = orders::service_code(installation_.suite(), id);
    std::vector<PersonId> team;
    {
        auto db = installation_.ledger().read();
        for (const auto& offer : orders::offers_of(*db, installation_.ledger().tables(), id)) {
            if (offer.state == orders::OfferStep::accepted) team.push_back(offer.person);
        }
    }
    auto served = minutes(chance_.between(35, 95));
    Instant last = clock_.now();
    for (PersonId person : team) {
        auto arrival = minutes(chance_.below(10));
        last = std::max(last, clock_.now() + arrival + served);
        plan(clock_.now() + arrival, [this, id, person, code] {
            auto volunteer = caller_of(person);
            act([&](journal::Turn& turn) {
                return orders::check_in_order(turn, *volunteer, desk_, id, code);
            });
        });
        plan(clock_.now() + arrival + served, [this, id, person, code] {
            auto volunteer = caller_of(person);
            act([&](journal::Turn& turn) {
                return orders::check_out_order(turn, *volunteer, desk_, id, code);
            });
        });
    }
    plan(last + hours(chance_.between(1, 20)), [this, id] { ask_requester(id); });
}

void Life::ask_requester(OrderId id) {
    if (chance_.in_hundred(15)) return;  // says nothing: the timer confirms
    const api::Caller& requester = *api::link_caller();
    bool confirmed =
        act([&](journal::Turn& turn) { return orders::confirm_order(turn, requester, id); });
    if (!confirmed || chance_.in_hundred(20)) return;
    orders::ReviewOrder review;
    bool well = chance_.in_hundred(92);
    review.resolution = well ? Resolution::resolved : Resolution::not_resolved;
    review.satisfaction.value = well ? chance_.between(4, 5) : chance_.between(1, 3);
    if (chance_.in_hundred(40)) {
        review.words = Text<0, 300>(well ? "服务很细心，谢谢。" : "希望下次能准时。");
    }
    act([&](journal::Turn& turn) {
        return orders::review_order(turn, requester, desk_, id, review);
    });
}

}  // namespace hezhi::app
