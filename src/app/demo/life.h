// The days of the demonstration: needs are found, answered, served and reviewed, each step by the
// action that a person would use, at the time at which they would.
#pragma once

#include <functional>
#include <queue>
#include <vector>

#include "app/demo/people_of_demo.h"
#include "domain/needs/needs.h"
#include "domain/orders/orders.h"
#include "jobs/scheduler.h"

namespace hezhi::app {

class Life {
  public:
    // The references must outlive it.
    Life(Installation& installation, ManualClock& clock, const DemoPeople& people, Chance& chance);

    // Until `end`, not included. Days that have passed are told to `progress`.
    void run(Instant end, int days, const std::function<void(int, int)>& progress);

  private:
    using Deed = std::function<void()>;
    struct Planned {
        Instant at;
        std::int64_t sequence;  // of two at the same instant, the one planned first
        Deed deed;
        bool operator>(const Planned& o) const {
            return std::pair(at, sequence) > std::pair(o.at, o.sequence);
        }
    };

    void plan(Instant at, Deed deed);
    void plan_day(Day day);
    bool working_day(Day day) const;
    void find_need(const DemoStreet& street);
    void answer_need(const DemoStreet& street, NeedId need, std::string_view category);
    void offer(const DemoStreet& street, OrderId order);
    void answer_offers(const DemoStreet& street, OrderId order);
    void serve(OrderId order);
    void ask_requester(OrderId order);
    // True if the action was done; a refusal is part of life.
    bool act(const std::function<Result<std::int64_t>(journal::Turn&)>& action,
             std::int64_t* id = nullptr);
    api::CallerPtr caller_of(AccountId account);
    api::CallerPtr caller_of(PersonId volunteer);
    // Working hours of staff: an action that would fall outside waits for the next morning.
    Instant in_hours(Instant at) const;

    Installation& installation_;
    ManualClock& clock_;
    const DemoPeople& people_;
    Chance& chance_;
    orders::OrderDesk desk_;
    jobs::Scheduler scheduler_;
    std::priority_queue<Planned, std::vector<Planned>, std::greater<>> planned_;
    std::int64_t sequence_ = 0;
};

}  // namespace hezhi::app
