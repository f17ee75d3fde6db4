// What every part of the made-up life has in hand: the clock, what is planned, whom it acts for,
// and the actions of the product, which it calls as the routes do.
#pragma once

#include <functional>
#include <map>
#include <queue>
#include <vector>

#include "app/demo/chance.h"
#include "app/demo/settle.h"
#include "app/demo/stories.h"
#include "app/demo/words.h"
#include "domain/orders/orders.h"

namespace hezhi::app {

class Life {
  public:
    using Deed = std::function<void()>;
    using Action = std::function<Result<std::int64_t>(journal::Turn&)>;

    // The references must outlive it.
    Life(Installation& installation, ManualClock& clock, const DemoSettings& settings,
         const accounts::AccountDesk& desk, DemoPeople& people);

    // --- time

    Instant now() const { return clock_.now(); }
    // Of two deeds at one instant the one planned first comes first.
    void plan(Instant at, Deed deed);
    // Does what is planned before `end`, moving the clock along.
    void run_until(Instant end);
    bool working_day(Day day) const;
    // The first time not before `at` at which staff are at work: 8 to 18, on days off a roster.
    static Instant on_duty(Instant at);
    // The same at a desk: from 9 on working days only.
    Instant at_desk(Instant at) const;

    // --- people

    DemoPeople& people() { return people_; }
    // Where this path lies; null outside the subdistricts that live.
    const DemoStreet* street_at(std::string_view path) const;
    api::CallerPtr staff(AccountId account);
    // With the rights that every volunteer has, by a phone or by whoever calls them.
    static api::CallerPtr volunteer(PersonId person);
    // Somebody who may be asked to serve: a colleague by her account, everybody else as a
    // volunteer.
    api::CallerPtr server(PersonId person);

    // Whose account was opened since the first morning; none if nobody's.
    AccountId account_of(PersonId person) const {
        auto opened = account_of_.find(person);
        return opened == account_of_.end() ? AccountId() : opened->second;
    }
    // Gives the person a slip whose PIN is set, and so an account.
    void hand_out_slip(PersonId person);

    // --- doing and seeing

    // True if it was done; a refusal is part of life. `id` is what the action returned.
    bool act(const Action& action, std::int64_t* id = nullptr);
    // What a figure says of this record now, if there is one.
    template <class Figure>
    std::optional<typename Figure::State> find(const journal::Key& key) {
        auto db = ledger().read();
        auto row = ledger().tables().of(journal::figure<Figure>()).load(*db, key);
        if (!row) return std::nullopt;
        return *static_cast<typename Figure::State*>(row.get());
    }
    // The same of one that exists.
    template <class Figure>
    typename Figure::State see(const journal::Key& key) {
        auto found = find<Figure>(key);
        HEZHI_ASSERT(found.has_value());
        return std::move(*found);
    }

    journal::Ledger& ledger() { return installation_.ledger(); }
    Installation& installation() { return installation_; }
    const people::Register& people_register() { return installation_.people(); }
    const rules::Pack& pack() const { return *packs_->in_force(now())->pack; }
    const orders::OrderDesk& orders() const { return orders_; }
    const accounts::AccountDesk& accounts() const { return accounts_; }
    const DemoSettings& settings() const { return settings_; }

    // --- what is remembered between parts: what a need was about, beyond what its facts say

    void tell(NeedId need, const Story& story) { stories_[need] = &story; }
    // Null if nobody told.
    const Story* story_of(NeedId need) const {
        auto told = stories_.find(need);
        return told == stories_.end() ? nullptr : told->second;
    }

    // Told of every fact before the parts are.
    void hear(const Fact& fact);

    // A text of the demonstration, in Chinese or as it is told abroad.
    std::string words(std::string_view chinese) const {
        return app::words(chinese, is_abroad(pack()));
    }

    // A stream of chance that belongs to the part of this name.
    Chance chance(std::string_view part) const {
        Chance made{settings_.seed, part};
        made.abroad = is_abroad(pack());
        made.given_out = people_.given_out;
        made.first_year = people_.first_year;
        return made;
    }

  private:
    struct Planned {
        Instant at;
        std::int64_t sequence;
        Deed deed;
        bool operator>(const Planned& o) const {
            return std::pair(at, sequence) > std::pair(o.at, o.sequence);
        }
    };

    Installation& installation_;
    ManualClock& clock_;
    const DemoSettings& settings_;
    const accounts::AccountDesk& accounts_;
    DemoPeople& people_;
    journal::SharedPacks packs_;
    orders::OrderDesk orders_;
    std::map<std::string, std::size_t, std::less<>> street_of_segment_;
    std::map<AccountId, api::CallerPtr> callers_;
    std::map<PersonId, AccountId> account_of_;
    std::map<NeedId, const Story*> stories_;
    std::priority_queue<Planned, std::vector<Planned>, std::greater<>> planned_;
    std::int64_t sequence_ = 0;
};

}  // namespace hezhi::app
