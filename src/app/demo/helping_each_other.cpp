// Where the time bank is mutual: members list what they offer and want, agree with each other, and
// whoever was helped confirms it.
#include "app/demo/part.h"
#include "domain/time_bank/listings.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::int64_t first_entries = 3;     // of each subdistrict, on the first morning
constexpr std::int64_t entries_a_day = 40;    // in hundredths, of each subdistrict
constexpr std::int64_t members_of_each = 12;  // of a subdistrict, who use the list
constexpr int answered_percent = 70;
constexpr int called_off_percent = 8;  // of what was agreed
constexpr int confirmed_percent = 96;  // of the rest, by whoever was helped
constexpr int taken_off_percent = 20;  // of what nobody answered

// A category is taken only where the pack lets time be used for it.
struct Entry {
    ListingSide side;
    const char* category;
    std::int64_t minutes;
    const char* what;
};
constexpr Entry entries[] = {
    {ListingSide::offer, "errands", 60, "顺路代买日用品，周二、周四去超市"},
    {ListingSide::offer, "errands", 45, "可以代取药、代寄包裹"},
    {ListingSide::offer, "smartphone_lessons", 60, "教用手机：视频通话、网上预约"},
    {ListingSide::offer, "pets_and_laundry", 60, "可以遛狗、照看猫"},
    {ListingSide::offer, "home_cleaning", 120, "可以擦窗、打扫庭院"},
    {ListingSide::offer, "life_story_recording", 90, "愿意听老人讲往事并写下来"},
    {ListingSide::offer, "phone_befriending", 30, "晚饭后可以通电话聊聊天"},
    {ListingSide::want, "smartphone_lessons", 60, "想学用手机看孙辈的照片"},
    {ListingSide::want, "home_cleaning", 120, "搬家后想请人帮着收拾一次"},
    {ListingSide::want, "pets_and_laundry", 45, "出门三天，请人喂猫"},
    {ListingSide::want, "errands", 60, "腿伤未好，请人代买东西"},
};

class HelpingEachOther final : public Part {
  public:
    explicit HelpingEachOther(Life& life)
        : Part(life), chance_(life.chance("helping_each_other")) {}

    void begin() override {
        if (!mutual()) return;
        for (const DemoStreet& street : life_.people().streets) {
            for (std::int64_t i = 0; i < first_entries; ++i) plan_entry(street);
        }
    }

    void morning(Day) override {
        if (!mutual()) return;
        for (const DemoStreet& street : life_.people().streets) {
            auto count = chance_.about(entries_a_day);
            for (std::int64_t i = 0; i < count; ++i) plan_entry(street);
        }
    }

    void hear(const Fact& fact) override {
        if (fact.is<ListingPosted>()) {
            answer(fact);
        } else if (fact.is<ExchangeAgreed>()) {
            see_it_through(fact);
        }
    }

  private:
    bool mutual() { return life_.pack().time_bank.model == rules::TimeBankModel::mutual; }

    // Null if she is nobody any more.
    api::CallerPtr member(PersonId person) {
        if (!life_.account_of(person)) life_.hand_out_slip(person);
        if (!life_.account_of(person)) return nullptr;
        return life_.staff(life_.account_of(person));
    }

    // The listed accounts keep the slips that they have.
    PersonId any_member(const DemoStreet& street) {
        std::int64_t from = &street == &life_.people().streets.front() ? 2 : 0;
        auto of = std::min<std::int64_t>(members_of_each, std::ssize(street.volunteers) - from);
        return of <= 0 ? PersonId()
                       : street.volunteers[static_cast<std::size_t>(from + chance_.below(of))];
    }

    void plan_entry(const DemoStreet& street) {
        PersonId person = any_member(street);
        const Entry& entry = entries[chance_.below(std::ssize(entries))];
        const rules::Category* category = life_.pack().category(entry.category);
        if (!person || !category || !category->redeemable) return;
        life_.plan(life_.now() + minutes(chance_.between(20, 780)), [this, person, &entry] {
            auto caller = member(person);
            if (!caller) return;
            time_bank::PostListing input{entry.side,
                                         Text<1, 60>(entry.category),
                                         Text<1, 200>(life_.words(entry.what)),
                                         Bounded<5, 1440>(entry.minutes),
                                         {}};
            life_.act([&](journal::Turn& turn) {
                return time_bank::post_listing(turn, *caller, desk(), input);
            });
        });
    }

    void answer(const Fact& posted) {
        const DemoStreet* street = life_.street_at(posted.place.path);
        ListingId listing(posted.position);
        PersonId owner(posted.subject("person"));
        if (!street) return;
        if (!chance_.in_hundred(answered_percent)) {
            if (chance_.in_hundred(taken_off_percent)) {
                life_.plan(life_.now() + hours(24 * chance_.between(5, 40)),
                           [this, owner, listing] { take_off(owner, listing); });
            }
            return;
        }
        PersonId other = any_member(*street);
        if (!other || other == owner) return;
        auto most = posted.as<ListingPosted>().minutes;
        std::int64_t wanted = most > 45 && chance_.in_hundred(40) ? most - 15 : most;
        life_.plan(life_.now() + hours(chance_.between(3, 24 * 6)), [this, other, listing, wanted] {
            auto caller = member(other);
            if (!caller) return;
            time_bank::AgreeExchange input{Bounded<5, 1440>(wanted), {}};
            life_.act([&](journal::Turn& turn) {
                return time_bank::agree_exchange(turn, *caller, desk(), listing, input);
            });
        });
    }

    void take_off(PersonId owner, ListingId listing) {
        auto caller = member(owner);
        if (!caller) return;
        life_.act([&](journal::Turn& turn) {
            return time_bank::withdraw_listing(turn, *caller, listing);
        });
    }

    void see_it_through(const Fact& agreed) {
        ExchangeId exchange(agreed.position);
        PersonId receiver(agreed.subject("receiver"));
        std::int64_t served = agreed.as<ExchangeAgreed>().minutes;
        if (served > 30 && chance_.in_hundred(20)) served -= 10;
        bool called_off = chance_.in_hundred(called_off_percent);
        if (!called_off && !chance_.in_hundred(confirmed_percent)) return;
        life_.plan(life_.now() + hours(chance_.between(20, 24 * 7)), [this, exchange, receiver,
                                                                      served, called_off] {
            auto caller = member(receiver);
            if (!caller) return;
            time_bank::ConfirmExchange input{Bounded<1, 1440>(served)};
            life_.act([&](journal::Turn& turn) {
                return called_off ? time_bank::cancel_exchange(turn, *caller, exchange)
                                  : time_bank::confirm_exchange(turn, *caller, exchange, input);
            });
        });
    }

    time_bank::TimeBankDesk desk() {
        return {life_.people_register(), life_.installation().tree()};
    }

    Chance chance_;
};

}  // namespace

std::unique_ptr<Part> helping_each_other(Life& life) {
    return std::make_unique<HelpingEachOther>(life);
}

}  // namespace hezhi::app
