#include "app/demo/life.h"

#include "app/queries.h"
#include "rules/working_calendar.h"

namespace hezhi::app {

using std::chrono::hours;
using std::chrono::minutes;

Life::Life(Installation& installation, ManualClock& clock, const DemoSettings& settings,
           const accounts::AccountDesk& desk, DemoPeople& people)
    : installation_(installation),
      clock_(clock),
      settings_(settings),
      accounts_(desk),
      people_(people),
      packs_(installation.ledger().packs()),
      orders_{installation.people(), installation.tree(), installation.suite(), ""} {
    for (std::size_t i = 0; i < people_.streets.size(); ++i) {
        street_of_segment_[std::to_string(people_.streets[i].subdistrict.value)] = i;
    }
    // A second slip would take the first one's place, and somebody wants to sign in with it.
    ledger().read()->each(queries::person_accounts, {}, [&](const store::Row& row) {
        account_of_[PersonId(row.integer("person"))] = AccountId(row.integer("id"));
    });
}

void Life::plan(Instant at, Deed deed) {
    planned_.push({at, ++sequence_, std::move(deed)});
}

void Life::run_until(Instant end) {
    while (!planned_.empty() && planned_.top().at < end) {
        Planned next = planned_.top();
        planned_.pop();
        if (next.at > clock_.now()) clock_.set(next.at);
        next.deed();
    }
    clock_.set(end);
}

bool Life::working_day(Day day) const {
    return rules::is_working_day(day, pack().calendar);
}

Instant Life::on_duty(Instant at) {
    Day day = day_of(at);
    Instant opens = start_of(day) + hours(8), closes = start_of(day) + hours(18);
    if (at < opens) return opens;
    return at < closes ? at : start_of(day + 1) + hours(8) + minutes(30);
}

Instant Life::at_desk(Instant at) const {
    Day day = day_of(at);
    Instant opens = start_of(day) + hours(9), closes = start_of(day) + hours(17);
    if (at < closes && working_day(day)) return std::max(at, opens);
    do day = day + 1;
    while (!working_day(day));
    return start_of(day) + hours(9) + (at - start_of(day_of(at))) % hours(3);
}

const DemoStreet* Life::street_at(std::string_view path) const {
    for (std::size_t at = 0; at + 1 < path.size();) {
        std::size_t end = path.find('/', at + 1);
        if (end == std::string_view::npos) break;
        auto found = street_of_segment_.find(path.substr(at + 1, end - at - 1));
        if (found != street_of_segment_.end()) return &people_.streets[found->second];
        at = end;
    }
    return nullptr;
}

api::CallerPtr Life::staff(AccountId account) {
    api::CallerPtr& known = callers_[account];
    if (!known) {
        auto db = ledger().read();
        known = accounts::load_caller(*db, ledger().tables(), account);
    }
    return known;
}

api::CallerPtr Life::volunteer(PersonId person) {
    auto caller = std::make_shared<api::Caller>();
    caller->via = Via::command;
    caller->person = person;
    caller->roles = {{"volunteer", {}, "/"}};
    caller->held = accounts::held_by(caller->roles);
    return caller;
}

api::CallerPtr Life::server(PersonId person) {
    auto colleague = people_.colleagues.find(person);
    return colleague == people_.colleagues.end() ? volunteer(person) : staff(colleague->second);
}

void Life::hand_out_slip(PersonId person) {
    act([&](journal::Turn& turn) {
        return accounts::issue_slip_by_command(turn, accounts_, person, people_.pin_hash);
    });
}

void Life::hear(const Fact& fact) {
    if (fact.kind == "account.opened" || fact.kind == "sign_in_slip.issued") {
        account_of_[PersonId(fact.subject("person"))] = AccountId(fact.subject("account"));
    }
}

bool Life::act(const Action& action, std::int64_t* id) {
    auto done = ledger().act<std::int64_t>(action);
    if (done && id) *id = *done;
    return done.has_value();
}

}  // namespace hezhi::app
