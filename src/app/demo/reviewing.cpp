// What the requester says: through the link on the slip, on the phone when the desk calls, or
// nothing at all. A few ask once more although it was closed.
#include "app/demo/part.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int confirms_percent = 55;       // by the link, before the timer does
constexpr int reviews_percent = 75;        // of those who confirmed
constexpr int called_percent = 40;         // of the others, by the desk
constexpr int called_of_plan_percent = 8;  // one of a series of visits is called now and then
constexpr int reached_percent = 72;        // of those who are called
constexpr int not_resolved_percent = 7;
constexpr int again_not_resolved_percent = 30;  // of what was not resolved before
constexpr int reply_percent = 12;
constexpr int ask_again_percent = 1;

class Reviewing final : public Part {
  public:
    explicit Reviewing(Life& life) : Part(life), chance_(life.chance("reviewing")) {}

    void hear(const Fact& fact) override {
        const DemoStreet* street = life_.street_at(fact.place.path);
        if (!street) return;
        OrderId order(fact.subject("order"));
        bool delivered = (fact.is<OrderCheckedOut>() && fact.as<OrderCheckedOut>().last_out) ||
                         (fact.is<NoShowNoted>() && fact.as<NoShowNoted>().last_out);
        if (delivered && chance_.in_hundred(confirms_percent)) {
            life_.plan(life_.now() + minutes(chance_.between(20, 20 * 60)),
                       [this, order] { confirm(order); });
        } else if (fact.is<OrderConfirmed>() && fact.actor.via != Via::link) {
            life_.plan(life_.at_desk(life_.now() + hours(chance_.between(20, 60))),
                       [this, street, order] { call(*street, order); });
        } else if (fact.is<OrderReviewed>() && chance_.in_hundred(reply_percent)) {
            life_.plan(life_.now() + hours(chance_.between(3, 40)),
                       [this, order] { reply(order); });
        } else if (fact.is<NeedClosed>() && chance_.in_hundred(ask_again_percent)) {
            NeedId need(fact.subject("need"));
            life_.plan(life_.at_desk(life_.now() + hours(24 * chance_.between(2, 25))),
                       [this, street, need] { reopen(*street, need); });
        }
    }

  private:
    void confirm(OrderId id) {
        const api::Caller& requester = *api::link_caller();
        bool confirmed = life_.act(
            [&](journal::Turn& turn) { return orders::confirm_order(turn, requester, id); });
        if (!confirmed || !chance_.in_hundred(reviews_percent)) return;
        orders::ReviewOrder input;
        bool well = resolved(id);
        input.resolution = well ? Resolution::resolved : Resolution::not_resolved;
        input.satisfaction.value = mark(well);
        if (chance_.in_hundred(40)) input.words = words(well);
        life_.act([&](journal::Turn& turn) {
            return orders::review_order(turn, requester, life_.orders(), id, input);
        });
    }

    void call(const DemoStreet& street, OrderId id) {
        auto order = life_.see<orders::OrderFigure>(id);
        auto need = life_.see<needs::NeedFigure>(order.need);
        bool urgent = need.priority_class <= PriorityClass::P2;
        bool of_plan = need.channel == Channel::plan;
        int percent = of_plan ? called_of_plan_percent : urgent ? 100 : called_percent;
        if (!chance_.in_hundred(percent)) return;
        orders::NoteReview input;
        if (chance_.in_hundred(reached_percent)) {
            bool well = resolved(id);
            input.resolution = well ? Resolution::resolved : Resolution::not_resolved;
            input.satisfaction.emplace().value = mark(well);
            if (chance_.in_hundred(20)) input.words = words(well);
        }
        auto caller = life_.staff(street.street_staff);
        life_.act([&](journal::Turn& turn) {
            return orders::note_review(turn, *caller, life_.orders(), id, input);
        });
    }

    bool resolved(OrderId id) {
        auto need = life_.see<needs::NeedFigure>(life_.see<orders::OrderFigure>(id).need);
        return !chance_.in_hundred(need.reopenings > 0 ? again_not_resolved_percent
                                                       : not_resolved_percent);
    }

    std::int64_t mark(bool well) {
        static constexpr std::int64_t good[] = {0, 1, 6, 33, 60}, bad[] = {20, 40, 30, 10, 0};
        return static_cast<std::int64_t>(chance_.weighed(well ? good : bad)) + 1;
    }

    Text<0, 300> words(bool well) {
        static const std::vector<std::string> good{"服务很细心，谢谢。", "来得准时，人也和气。",
                                                   "老人很高兴，盼着下次。"};
        static const std::vector<std::string> bad{"希望下次能准时。", "问题还没有解决。",
                                                  "来的人不太清楚要做什么。"};
        return Text<0, 300>(life_.words(chance_.one_of(well ? good : bad)));
    }

    void reply(OrderId id) {
        std::vector<PersonId> served;
        {
            auto db = life_.ledger().read();
            for (const auto& offer : orders::offers_of(*db, life_.ledger().tables(), id)) {
                if (offer.state == orders::OfferStep::delivered) served.push_back(offer.person);
            }
        }
        if (served.empty()) return;
        auto caller = life_.server(served.front());
        life_.act([&](journal::Turn& turn) {
            return orders::reply_to_review(turn, *caller, life_.orders(), id,
                                           life_.words("谢谢您的评价，下次继续努力。"));
        });
    }

    void reopen(const DemoStreet& street, NeedId id) {
        auto caller = life_.staff(street.social_worker);
        life_.act([&](journal::Turn& turn) {
            return needs::reopen_need(turn, *caller, life_.people_register(), id,
                                      life_.words("当事人来电，情况又有反复"));
        });
    }

    Chance chance_;
};

}  // namespace

std::unique_ptr<Part> reviewing(Life& life) {
    return std::make_unique<Reviewing>(life);
}

}  // namespace hezhi::app
