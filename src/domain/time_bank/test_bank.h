// A district whose volunteers serve, give and book: every step of the time bank as one call.
#pragma once

#include <string>

#include "domain/people/id_schemes.h"
#include "domain/time_bank/time_pages.h"
#include "journal/ledger.h"
#include "support/changed_pack.h"
#include "support/world.h"

namespace hezhi::time_bank {

class TimeBankWorld : public hezhi::testing::World {
  protected:
    // An errand, served and confirmed.
    OrderId serve(const hezhi::testing::Volunteer& who, int served_minutes = 45,
                  std::string_view category = "errands") {
        Instant starts_at = tomorrow_at(9);
        OrderId id =
            open_order(report_need(), category, starts_at, starts_at + std::chrono::hours(2));
        offer(id, {who}).value();
        accept(id, who).value();
        clock.set(starts_at);
        check_in(id, who).value();
        clock.advance(std::chrono::minutes(served_minutes));
        check_out(id, who).value();
        confirm(id).value();
        return id;
    }
    std::int64_t balance(LedgerAccount account, PersonId person = {}) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            auto state = reading.load<TimeAccountFigure>(account_key(account, person));
            return state ? state->balance : 0;
        });
    }
    std::int64_t balance(const hezhi::testing::Volunteer& who) {
        return balance(LedgerAccount::person, who.person);
    }
    MyTime mine(const hezhi::testing::Volunteer& who) {
        return reading_as(*who.caller,
                          [&](const api::Reading& reading) { return my_time(reading); });
    }
    Posting page(std::int64_t id, const api::Caller& who) {
        return reading_as(who, [&](const api::Reading& reading) {
            return posting_page(reading, time_bank_desk, PostingId(id)).value();
        });
    }
    Result<std::int64_t> donate(const hezhi::testing::Volunteer& who, long long given) {
        return act([&](journal::Turn& turn) {
            return donate_credit(turn, *who.caller, {Bounded<1, 600'000>(given)});
        });
    }
    Result<std::int64_t> reverse(std::int64_t id, const api::CallerPtr& by) {
        return act([&](journal::Turn& turn) {
            return reverse_posting(turn, *by, time_bank_desk, PostingId(id), "记录不实");
        });
    }
    Result<std::int64_t> take_back(std::int64_t grant, const api::CallerPtr& by) {
        return act([&](journal::Turn& turn) {
            return reverse_grant(turn, *by, time_bank_desk, PostingId(grant), "发放对象有误");
        });
    }
    // Born in 1950: 76 years in 2026.
    hezhi::testing::Volunteer elder(std::string_view name, AreaId area = {}) {
        hezhi::testing::Volunteer made;
        if (!area) area = community;
        people::RegisterPerson input;
        input.name.value = name;
        input.area_id = area;
        input.id_scheme = Text<0, 40>("resident_id");
        std::string digits = "99999919500101" + std::to_string(700 + ++elders_);
        input.id_number = Text<0, 60>(digits + people::mod11_2_check_character(digits));
        made.person = PersonId(act([&](journal::Turn& turn) {
                                   return people::register_person(
                                       turn, command, Place{area, path_of(area)}, people, input);
                               }).value());
        return made;
    }
    // Minutes that somebody else earned come to the account as a gift at the desk.
    Result<std::int64_t> gift(const hezhi::testing::Volunteer& from,
                              const hezhi::testing::Volunteer& to, long long given,
                              std::string_view relation = "parent") {
        GiftCredit input{from.person, to.person, Text<1, 40>(std::string(relation)),
                         Bounded<1, 600'000>(given)};
        return act([&](journal::Turn& turn) {
            return gift_credit(turn, *street_staff, time_bank_desk, input);
        });
    }
    Result<std::int64_t> grant(const hezhi::testing::Volunteer& to,
                               std::string_view group = "hardship_60") {
        GrantCredit input{to.person, Text<1, 40>(std::string(group))};
        return act([&](journal::Turn& turn) {
            return grant_credit(turn, *street_staff, time_bank_desk, input);
        });
    }
    // A need of this person, that nobody has assessed.
    NeedId need_of(const hezhi::testing::Volunteer& who) {
        needs::TakeCall call;
        call.who.value = "王秀英";
        call.person_id = who.person;
        call.what.value = "想请人代购";
        call.consent = true;
        return NeedId(act([&](journal::Turn& turn) {
                          return needs::take_call(turn, *street_staff, people, call);
                      }).value());
    }
    Result<std::int64_t> book(NeedId need, std::string_view category = "errands") {
        orders::OpenOrder input;
        input.category.value = category;
        input.starts_at = tomorrow_at(9);
        input.ends_at = tomorrow_at(11);
        input.contacted = true;
        input.with_time = true;
        return act([&](journal::Turn& turn) {
            return orders::open_order(turn, *social_worker, desk, need, input);
        });
    }
    // From now on by the pack in force with these sections of time_bank.toml instead.
    void judge_by(const char* time_bank) {
        auto changed = hezhi::testing::changed_pack(pack(), "time_bank.toml", time_bank);
        act([&](journal::Turn& turn) {
            return journal::publish_pack(turn, command, changed, clock.now());
        }).value();
    }
    // A district whose key nobody needs to hold.
    void know_peer(std::string_view peer) {
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            return turn.append(draft(PeerAdmitted{std::string(peer), "邻区", "no key"}, command, {},
                                     {{"peer", self}}, turn.now()));
        }).value();
    }
    std::int64_t last(std::string_view kind) { return facts(kind).back().position; }

    // The sum of all accounts, and every account that is below its floor.
    std::string faults() {
        static constexpr store::Query accounts{
            "test.time_accounts", "SELECT account, id, balance FROM figure_time_accounts"};
        std::int64_t sum = 0;
        std::string out;
        auto db = ledger->read();
        db->each(accounts, {}, [&](const store::Row& row) {
            std::int64_t has = row.integer("balance");
            sum += has;
            auto account = from_label<LedgerAccount>(row.text("account"));
            if (has < floor_of(*account, pack().time_bank)) {
                out += std::string(row.text("id")) + " " + std::to_string(has) + "; ";
            }
        });
        return out + "sum " + std::to_string(sum);
    }
    int elders_ = 0;
};

}  // namespace hezhi::time_bank
