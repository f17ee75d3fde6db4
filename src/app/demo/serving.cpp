// Who comes, for how long: checked in by the code on the slip, by the leader's list, or told to the
// desk afterwards; and those who do not come.
#include <set>

#include "app/demo/part.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int no_show_percent = 3;
// Kept only where the time lies apart from the planned one.
constexpr std::string_view time_reason = "服务内容有调整，已与服务对象说好";

// How a service is noted.
enum class Noted { code, list, call };

class Serving final : public Part {
  public:
    explicit Serving(Life& life) : Part(life), chance_(life.chance("serving")) {}

    void hear(const Fact& fact) override {
        if (!fact.is<OrderAccepted>() || !fact.as<OrderAccepted>().last_place) return;
        OrderId order(fact.subject("order"));
        const DemoStreet* street = life_.street_at(fact.place.path);
        if (!street) return;
        Instant begins = std::max(fact.as<OrderAccepted>().starts_at, life_.now() + minutes(5));
        life_.plan(begins, [this, street, order] { serve(*street, order); });
    }

  private:
    std::vector<PersonId> expected(OrderId id) {
        auto db = life_.ledger().read();
        std::vector<PersonId> team;
        for (const auto& offer : orders::offers_of(*db, life_.ledger().tables(), id)) {
            if (offer.state == orders::OfferStep::accepted) team.push_back(offer.person);
        }
        return team;
    }

    void serve(const DemoStreet& street, OrderId id) {
        auto order = life_.see<orders::OrderFigure>(id);
        if (order.state != OrderStep::accepted || !begun_.insert(id).second) return;
        std::vector<PersonId> come;
        for (PersonId person : expected(id)) {
            if (!chance_.in_hundred(no_show_percent)) {
                come.push_back(person);
                continue;
            }
            life_.plan(life_.now() + minutes(15), [this, &street, id, person] {
                auto caller = life_.staff(street.social_worker);
                life_.act([&](journal::Turn& turn) {
                    return orders::note_no_show(turn, *caller, id, person);
                });
            });
        }
        // Two go together: where one does not come, the other waits for whoever comes instead.
        if (come.empty() || come.size() < static_cast<std::size_t>(order.accepted)) {
            begun_.erase(id);
            return;
        }
        auto served = minutes(
            std::max<std::int64_t>(5, order.minutes_planned * chance_.between(75, 125) / 100));
        // A meal or a morning signal is told by a call; nobody types codes for it.
        static constexpr std::int64_t shares[] = {60, 25, 15}, short_shares[] = {5, 5, 90};
        bool quick = order.minutes_planned <= 30;
        switch (static_cast<Noted>(chance_.weighed(quick ? short_shares : shares))) {
            case Noted::code:
                by_code(id, come, served);
                break;
            case Noted::list:
                by_list(street, id, come, served);
                break;
            case Noted::call:
                by_call(street, id, come, served);
                break;
        }
    }

    void by_code(OrderId id, const std::vector<PersonId>& come, Millis served) {
        for (PersonId person : come) {
            auto arrival = life_.now() + minutes(chance_.below(10));
            life_.plan(arrival, [this, id, person] {
                auto caller = life_.server(person);
                life_.act([&](journal::Turn& turn) {
                    return orders::check_in_order(turn, *caller, life_.orders(), id, code(id),
                                                  life_.words(time_reason));
                });
            });
            leave(id, person, arrival + served);
        }
    }

    void by_list(const DemoStreet& street, OrderId id, const std::vector<PersonId>& come,
                 Millis served) {
        auto caller = life_.staff(street.social_worker);
        life_.act([&](journal::Turn& turn) {
            return orders::note_attendance(turn, *caller, life_.orders(), id,
                                           {come, Text<0, 200>(life_.words(time_reason))});
        });
        for (PersonId person : come) leave(id, person, life_.now() + served);
    }

    void leave(OrderId id, PersonId person, Instant at) {
        life_.plan(at, [this, id, person] {
            auto caller = life_.server(person);
            life_.act([&](journal::Turn& turn) {
                return orders::check_out_order(turn, *caller, life_.orders(), id, code(id),
                                               life_.words(time_reason));
            });
        });
    }

    void by_call(const DemoStreet& street, OrderId id, const std::vector<PersonId>& come,
                 Millis served) {
        Instant at = Life::on_duty(life_.now() + served + minutes(chance_.between(10, 180)));
        life_.plan(at, [this, &street, id, come, served] {
            orders::FinishOrder input;
            input.came = come;
            input.minutes.value = std::chrono::floor<minutes>(served).count();
            input.reason = Text<0, 200>(life_.words(time_reason));
            auto caller = life_.staff(street.social_worker);
            life_.act([&](journal::Turn& turn) {
                return orders::finish_order(turn, *caller, life_.orders(), id, input);
            });
        });
    }

    std::string code(OrderId id) { return orders::service_code(life_.installation().suite(), id); }

    Chance chance_;
    std::set<OrderId> begun_;
};

}  // namespace

std::unique_ptr<Part> serving(Life& life) {
    return std::make_unique<Serving>(life);
}

}  // namespace hezhi::app
