// Who is asked, and who says yes. Nobody who declines, or does not look at the phone, hears more of
// it.
#include <deque>
#include <set>

#include "app/demo/part.h"
#include "domain/orders/candidates.h"
#include "domain/orders/describe.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int spare_offers = 2;
constexpr int preferred_accepts_percent = 90;  // the person whom a plan asks first

// Also when it is back with the social worker, who then asks by hand and further away.
bool waits_for_people(const orders::OrderState& order) {
    return order.state == OrderStep::open || order.state == OrderStep::offered ||
           order.state == OrderStep::escalated;
}

class Dispatching final : public Part {
  public:
    explicit Dispatching(Life& life) : Part(life), chance_(life.chance("dispatching")) {}

    void hear(const Fact& fact) override {
        OrderId order(fact.subject("order"));
        const DemoStreet* street = order ? life_.street_at(fact.place.path) : nullptr;
        if (!street) return;
        PersonId person(fact.subject("person"));
        if (fact.is<OrderOpened>()) {
            bool urgent = fact.as<OrderOpened>().priority_class <= PriorityClass::P2;
            auto delay = minutes(urgent ? chance_.between(3, 15) : chance_.between(10, 90));
            plan_offer(*street, order, delay, urgent);
        } else if (fact.is<OrderOffered>()) {
            plan_answer(fact, order, person);
        } else if (fact.is<OrderDeclined>() || fact.is<OfferLapsed>()) {
            asked_[order].insert(person);
        } else if (fact.is<NoShowNoted>() && fact.as<NoShowNoted>().reopened) {
            asked_[order].insert(person);
            plan_offer(*street, order, minutes(5), true);
        }
    }

  private:
    void plan_offer(const DemoStreet& street, OrderId order, Millis after, bool urgent) {
        Instant at = life_.now() + after;
        life_.plan(urgent ? at : Life::on_duty(at),
                   [this, &street, order] { offer(street, order); });
    }

    void offer(const DemoStreet& street, OrderId id) {
        auto order = life_.see<orders::OrderFigure>(id);
        if (!waits_for_people(order)) {
            lists_.erase(id);
            return;
        }
        bool urgent =
            order.priority_class <= PriorityClass::P2 && order.starts_at < life_.now() + hours(12);
        if (life_.now() >= order.starts_at + minutes(30)) {
            cancel(street, id);
            return;
        }
        // Whoever was asked may still answer.
        bool asked = order.offers_open > 0 || ask(street, order);
        // Nobody within today's reach: it widens with time, so ask again later.
        Millis wait = urgent ? Millis(minutes(31)) : asked ? Millis(hours(5)) : Millis(hours(6));
        // Not past the time at which it would have to be called off.
        Instant next = std::min(life_.now() + wait,
                                std::max(life_.now() + minutes(20), order.starts_at + minutes(31)));
        life_.plan(urgent ? next : std::min(Life::on_duty(next), next + hours(12)),
                   [this, &street, id] { offer(street, id); });
    }

    bool ask(const DemoStreet& street, const orders::OrderState& order) {
        auto caller = life_.staff(street.street_staff);
        // Whoever was free when the list was made may be bound by now: then it is made anew, once.
        for (int looks = 0; looks < 2; ++looks) {
            orders::OfferOrder input{next_on_list(order)};
            if (input.person_ids.empty()) return false;
            if (life_.act([&](journal::Turn& turn) {
                    return orders::offer_order(turn, *caller, life_.orders(), order.id, input);
                })) {
                return true;
            }
            lists_.erase(order.id);
        }
        return false;
    }

    // The dispatcher looks at the candidates once and asks down the list; again when the reach has
    // widened.
    std::vector<PersonId> next_on_list(const orders::OrderState& order) {
        auto areas = life_.installation().tree().now();
        auto reach = orders::reach_at(order, *areas, life_.pack(), life_.now());
        List& list = lists_[order.id];
        if (list.reach != reach) list = {reach, candidates(order, *areas)};
        // Two more than there are places: as many say no or nothing. Fewer phones ring for naught.
        auto most =
            static_cast<std::size_t>(std::min(life_.pack().dispatch.offers_at_a_time,
                                              order.people_needed - order.accepted + spare_offers));
        const auto& before = asked_[order.id];
        std::vector<PersonId> found;
        while (found.size() < most && !list.people.empty()) {
            if (!before.contains(list.people.front())) found.push_back(list.people.front());
            list.people.pop_front();
        }
        if (list.people.empty()) lists_.erase(order.id);  // looked for again the next time
        return found;
    }

    std::deque<PersonId> candidates(const orders::OrderState& order, const areas::Areas& areas) {
        auto db = life_.ledger().read();
        auto ranking = orders::rank_candidates(*db, life_.ledger().tables(), order, areas,
                                               life_.pack(), life_.now(), orders::Looked::reach);
        std::deque<PersonId> found;
        for (const auto& candidate : ranking.candidates) {
            found.push_back(PersonId(candidate.person));
        }
        return found;
    }

    // Some help every week, some now and then: it is in the person, not in the day.
    int accepts_percent(PersonId person) const {
        static constexpr int percents[] = {85, 70, 70, 55, 55, 40, 40, 25};
        return percents[person.value * 7919 % 8];
    }

    void plan_answer(const Fact& fact, OrderId order, PersonId person) {
        bool preferred = fact.actor.via == Via::system;
        bool colleague = life_.people().colleagues.contains(person);
        int yes = preferred ? preferred_accepts_percent : colleague ? 95 : accepts_percent(person);
        if (!colleague && chance_.in_hundred(20)) return;  // does not look at the phone
        bool accepts = chance_.in_hundred(yes);
        auto window = (fact.as<OrderOffered>().until - life_.now()) / minutes(1);
        auto after = minutes(chance_.between(2, std::max<std::int64_t>(3, window * 8 / 10)));
        life_.plan(life_.now() + after, [this, order, person, accepts] {
            auto caller = life_.server(person);
            life_.act([&](journal::Turn& turn) {
                return accepts ? orders::accept_order(turn, *caller, order)
                               : orders::decline_offer(turn, *caller, order);
            });
        });
    }

    void cancel(const DemoStreet& street, OrderId id) {
        lists_.erase(id);
        auto caller = life_.staff(street.street_staff);
        life_.act([&](journal::Turn& turn) {
            return orders::cancel_order(turn, *caller, life_.orders(), id,
                                        life_.words("约定时间前未找到合适人员，另行安排"));
        });
    }

    // Candidates whom nobody has asked yet, best first, and the area in which they were looked for.
    struct List {
        std::string reach;
        std::deque<PersonId> people;
    };

    Chance chance_;
    std::map<OrderId, List> lists_;
    std::map<OrderId, std::set<PersonId>> asked_;  // and said no, or nothing
};

}  // namespace

std::unique_ptr<Part> dispatching(Life& life) {
    return std::make_unique<Dispatching>(life);
}

}  // namespace hezhi::app
