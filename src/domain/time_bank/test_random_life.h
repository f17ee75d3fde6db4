// Everything that moves time, in whatever order a seed gives, through the real writer and by the
// actions of the pages. What is refused is refused; after each step all accounts add up to zero and
// none is below its floor.
#pragma once

#include <algorithm>
#include <random>

#include "domain/time_bank/listings.h"
#include "domain/time_bank/test_bank.h"
#include "facts/record_facts.h"
#include "journal/ledger.h"
#include "support/changed_pack.h"

namespace hezhi::time_bank {

// Whoever is old enough books, with no share kept for others.
inline constexpr const char* time_is_saved = R"([redeem]
says = { zh = "满 60 周岁可以预约，不限份额。", en = "From 60 on, any share of the orders." }
reserved_percent = 100
)";
// Members help each other and may owe an hour.
inline constexpr const char* members_help = R"([bank]
says = { zh = "会员之间互助，可以先用后还。", en = "Members help each other and may use first." }
model = "mutual"
overdraft_minutes_max = 60
[redeem]
says = { zh = "会员都可以预约，不限份额。", en = "Every member may book, any share of the orders." }
age_years_min = 0
reserved_percent = 100
[caps]
says = { zh = "上限低一些。", en = "Lower caps." }
day_minutes_max = 120
month_minutes_max = 600
balance_minutes_max = 700
)";

class RandomLife : public TimeBankWorld {
  protected:
    // Three elders, two districts that are known, a pool, and these sections of time_bank.toml.
    void settle_in(const char* time_bank) {
        auto changed = hezhi::testing::changed_pack(pack(), "time_bank.toml", time_bank);
        act([&](journal::Turn& turn) {
            return journal::publish_pack(turn, command, changed, clock.now());
        }).value();
        members_ = {zhang, liu, zhao};
        for (const char* name : {"王秀英", "李桂兰", "赵玉珍"})
            elders_there_.push_back(elder(name));
        know_peer(here);
        know_peer(there);
        receive_from_there(zhang, 3000).value();
        donate(zhang, balance(zhang) * 2 / 3).value();
    }

    // Each step as often as its row says, in an order of the seed's.
    void live_at_random(std::uint64_t seed) {
        chance_.seed(seed);
        std::vector<const StepRow*> bag;
        for (const StepRow& row : step_rows()) bag.insert(bag.end(), row.times, &row);
        for (std::size_t i = bag.size(); i > 1; --i) std::swap(bag[i - 1], bag[below(i)]);
        for (std::size_t i = 0; i < bag.size(); ++i) {
            (this->*bag[i]->take)();
            ASSERT_EQ(faults(), "sum 0")
                << "after step " << i << " (" << bag[i]->name << ") of seed " << seed;
            between_steps();
        }
    }
    virtual void between_steps() {}

    std::size_t below(std::size_t n) { return static_cast<std::size_t>(chance_() % n); }
    bool coin() { return below(2) == 0; }
    long long from_to(long long least, long long most) {
        return least + static_cast<long long>(below(static_cast<std::size_t>(most - least + 1)));
    }
    template <class T>
    const T& one_of(const std::vector<T>& all) {
        return all[below(all.size())];
    }

    std::vector<hezhi::testing::Volunteer> members_, elders_there_;
    std::mt19937_64 chance_;

  private:
    static constexpr std::string_view here = "0123456789abcdef", there = "fedcba9876543277";

    struct StepRow {
        const char* name;
        void (RandomLife::*take)();
        std::size_t times;
    };
    static const std::vector<StepRow>& step_rows() {
        static const std::vector<StepRow> rows{
            {"enter a record", &RandomLife::enter, 14},
            {"serve for nothing", &RandomLife::serve_free, 3},
            {"donate", &RandomLife::give_to_pool, 5},
            {"give", &RandomLife::give_to_elder, 6},
            {"grant", &RandomLife::grant_something, 4},
            {"book", &RandomLife::book_something, 4},
            {"serve who booked", &RandomLife::serve_booking, 4},
            {"cancel", &RandomLife::cancel_booking, 3},
            {"somebody is missing", &RandomLife::somebody_is_missing, 5},
            {"correct", &RandomLife::correct_something, 4},
            {"reverse", &RandomLife::reverse_something, 6},
            {"reverse a grant", &RandomLife::reverse_grant_of_somebody, 3},
            {"reverse an estate", &RandomLife::reverse_estate, 2},
            {"reverse an exchange", &RandomLife::reverse_exchange, 3},
            {"send", &RandomLife::send_something, 4},
            {"receive", &RandomLife::receive_something, 5},
            {"dispute", &RandomLife::dispute_something, 2},
            {"settle a dispute", &RandomLife::settle_something, 3},
            {"take over", &RandomLife::take_over_something, 3},
            {"time passes", &RandomLife::let_time_pass, 4},
            {"list", &RandomLife::list_something, 4},
            {"agree", &RandomLife::agree_something, 4},
            {"end an exchange", &RandomLife::end_exchange, 5},
        };
        return rows;
    }

    const hezhi::testing::Volunteer& member() { return one_of(members_); }
    const hezhi::testing::Volunteer& some_elder() { return one_of(elders_there_); }
    const hezhi::testing::Volunteer& anybody() { return coin() ? member() : some_elder(); }

    // --- earning

    void enter() {
        records::EnterRecord input;
        input.person_id = member().person;
        input.category.value = below(3) > 0 ? "errands" : "phone_befriending";
        input.starts_at = clock.now();
        clock.advance(std::chrono::minutes(from_to(3, 200)));
        input.ends_at = clock.now();
        input.unpaid = true;
        (void)act([&](journal::Turn& turn) {
            return records::enter_record(turn, *social_worker, record_desk, input);
        });
    }
    // From the offer to the confirmation. False where something was refused.
    bool serve_order(OrderId id, const hezhi::testing::Volunteer& who) {
        answer_call(id);
        if (!offer(id, {who}) || !accept(id, who)) return false;
        wait_until(order(id).starts_at);
        if (!check_in(id, who)) return false;
        clock.advance(std::chrono::minutes(from_to(20, 90)));
        return check_out(id, who) && confirm(id);
    }
    // Whoever was not there twice is called before the next order is offered.
    void answer_call(OrderId id) {
        (void)act([&](journal::Turn& turn) {
            return orders::answer_phone_check(turn, *street_staff, desk, id,
                                              {PhoneCheckOutcome::wanted});
        });
    }
    void serve_free() { (void)serve_order(open_order(report_need(), "errands"), member()); }
    void correct_something() {
        auto entered = facts(RecordEntered::kind);
        if (entered.empty()) return;
        const Fact& record = one_of(entered);
        const auto& was = record.as<RecordEntered>();
        records::CorrectRecord input;
        input.starts_at = was.starts_at;
        input.ends_at = was.starts_at + std::chrono::minutes(std::max(5, was.minutes / 2));
        input.reason.value = "多计";
        (void)act([&](journal::Turn& turn) {
            return records::correct_record(turn, *street_staff, record_desk,
                                           RecordId(record.position), input);
        });
    }
    void reverse_something() {
        constexpr std::string_view kinds[] = {EarningJudged::kind, EarningJudged::kind,
                                              CreditDonated::kind, CreditGifted::kind};
        auto posted = facts(kinds[below(std::size(kinds))]);
        if (!posted.empty()) (void)reverse(one_of(posted).position, officer);
    }

    // The last of its kind, a new one if there can be.
    void reverse_last(std::string_view kind) {
        auto posted = facts(kind);
        if (!posted.empty()) (void)reverse(posted.back().position, officer);
    }
    void reverse_grant_of_somebody() {
        grant_something();
        auto granted = facts(CreditGranted::kind);
        if (coin() && !granted.empty()) (void)take_back(granted.back().position, street_staff);
        reverse_last(CreditGranted::kind);
    }
    void reverse_estate() {
        take_over_something();
        reverse_last(CreditTakenOver::kind);
    }
    void reverse_exchange() {
        end_exchange();
        reverse_last(ExchangeConfirmed::kind);
    }

    // --- giving and granting

    void give_to_pool() { (void)donate(member(), from_to(1, 150)); }
    void give_to_elder() { (void)gift(member(), some_elder(), from_to(1, 90)); }
    void grant_something() { (void)grant(some_elder()); }
    // Whoever has something; sometimes with a beneficiary.
    void take_over_something() {
        std::vector<PersonId> with_time;
        for (const auto& all : {members_, elders_there_}) {
            for (const auto& who : all) {
                if (balance(who) > 0) with_time.push_back(who.person);
            }
        }
        if (with_time.empty()) return;
        PersonId person = one_of(with_time);
        if (coin()) {
            NameBeneficiary named{person, some_elder().person, Text<1, 40>("parent")};
            (void)act(
                [&](journal::Turn& turn) { return name_beneficiary(turn, *street_staff, named); });
        }
        TakeOverCredit input{person, clock.now(), Text<1, 200>("死亡医学证明")};
        (void)act([&](journal::Turn& turn) {
            return take_over_credit(turn, *officer, time_bank_desk, input);
        });
    }

    // --- orders that are booked with time

    std::optional<OrderId> book_now() {
        needs::TakeCall call;
        call.who.value = "王秀英";
        call.person_id = some_elder().person;
        call.what.value = "想请人代购";
        call.consent = true;
        auto need = act([&](journal::Turn& turn) {
            return needs::take_call(turn, *street_staff, people, call);
        });
        auto booked = need ? book(NeedId(*need)) : need;
        if (!booked) return std::nullopt;
        return OrderId(*booked);
    }
    void book_something() {
        if (auto id = book_now()) bookings_.push_back(*id);
    }
    void serve_booking() {
        auto id = book_now();
        if (id && !serve_order(*id, member())) bookings_.push_back(*id);
    }
    void cancel_by_desk(OrderId id, bool absent) {
        (void)act([&](journal::Turn& turn) {
            return orders::cancel_order(turn, *street_staff, desk, id, "改期", absent);
        });
    }
    void cancel_booking() {
        if (bookings_.empty()) return;
        cancel_by_desk(bookings_.back(), coin());
        bookings_.pop_back();
    }
    // The volunteer does not come, or comes to a closed door.
    void somebody_is_missing() {
        auto id = book_now();
        if (!id) return;
        const auto& who = member();
        answer_call(*id);
        bool accepted = offer(*id, {who}) && accept(*id, who);
        wait_until(order(*id).starts_at);
        bool volunteer_missing = accepted && coin();
        if (volunteer_missing) {
            (void)act([&](journal::Turn& turn) {
                return orders::note_no_show(turn, *street_staff, *id, who.person);
            });
        }
        cancel_by_desk(*id, !volunteer_missing);
    }

    // --- other districts

    Result<std::int64_t> receive_from_there(const hezhi::testing::Volunteer& who,
                                            long long minutes) {
        CreditSent sent;
        sent.to = here;
        sent.legs = {{LedgerAccount::person, PersonId(1), -minutes},
                     {LedgerAccount::transferred, {}, minutes}};
        Fact fact;
        fact.position = ++statements_;
        fact.kind = kind_name<CreditSent>;
        fact.payload = to_json(sent);
        IncomingTransfer incoming{std::string(there), fact, {std::string(here)}, who.person};
        return act([&](journal::Turn& turn) { return receive_credit(turn, command, incoming); });
    }
    void receive_something() { (void)receive_from_there(anybody(), from_to(20, 200)); }
    void send_something() {
        SendCredit input{anybody().person, Text<1, 40>(std::string(there)),
                         Bounded<1, 600'000>(from_to(1, 80))};
        (void)act([&](journal::Turn& turn) { return send_credit(turn, *officer, input); });
    }
    bool dispute(TransferId id) {
        return act([&](journal::Turn& turn) {
                   return dispute_transfer(turn, *officer, time_bank_desk, id, "对方区来函");
               })
            .has_value();
    }
    void dispute_something() {
        TransferId id(one_of(facts(CreditReceived::kind)).position);
        if (dispute(id)) disputed_.push_back(id);
    }
    void settle_something() {
        if (disputed_.empty()) dispute_something();
        if (disputed_.empty()) return;
        SettleTransfer input{coin(), Text<1, 200>("已核实")};
        (void)act([&](journal::Turn& turn) {
            return settle_transfer(turn, *officer, time_bank_desk, disputed_.back(), input);
        });
        disputed_.pop_back();
    }

    // --- members among themselves

    void list_something() {
        PostListing input{coin() ? ListingSide::offer : ListingSide::want,
                          Text<1, 60>("errands"),
                          Text<1, 200>("代买菜"),
                          Bounded<5, 1440>(from_to(10, 60)),
                          {}};
        const auto& who = member();
        (void)act([&](journal::Turn& turn) {
            return post_listing(turn, *who.caller, time_bank_desk, input);
        });
    }
    void agree_something() {
        list_something();
        auto listed = facts(ListingPosted::kind);
        if (listed.empty()) return;
        const Fact& listing = one_of(listed);
        AgreeExchange input{Bounded<5, 1440>(listing.as<ListingPosted>().minutes), {}};
        const auto& who = member();
        auto agreed = act([&](journal::Turn& turn) {
            return agree_exchange(turn, *who.caller, time_bank_desk, ListingId(listing.position),
                                  input);
        });
        if (agreed) running_.emplace_back(*agreed);
    }
    // Confirmed by whoever was helped, or cancelled by anybody.
    void end_exchange() {
        if (running_.empty()) agree_something();
        if (running_.empty()) return;
        ExchangeId id = running_.back();
        running_.pop_back();
        bool cancels = below(3) == 0;
        for (const auto& who : members_) {
            auto done = act([&](journal::Turn& turn) {
                if (cancels) return cancel_exchange(turn, *who.caller, id);
                return confirm_exchange(turn, *who.caller, id, {Bounded<1, 1440>(from_to(1, 10))});
            });
            if (done) return;
        }
    }

    void let_time_pass() { wait_until(clock.now() + std::chrono::hours(24 * from_to(2, 10))); }

    std::vector<OrderId> bookings_;
    std::vector<TransferId> disputed_;
    std::vector<ExchangeId> running_;
    std::int64_t statements_ = 0;
};

}  // namespace hezhi::time_bank
