// Records that are held or drawn are called back by a third person; what differs, or is never
// reached, somebody in charge decides.
#include "app/demo/part.h"
#include "domain/spot_checks/spot_checks.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;

// Per outcome: 属实, 与记录不符, 未联系上.
constexpr std::int64_t call_outcomes[] = {88, 3, 9};
constexpr int false_percent = 20;  // of what differs

class CallingBack final : public Part {
  public:
    explicit CallingBack(Life& life) : Part(life), chance_(life.chance("calling_back")) {}

    void hear(const Fact& fact) override {
        const DemoStreet* street = life_.street_at(fact.place.path);
        if (!street) return;
        SpotCheckId id(fact.subject("spot_check"));
        if (fact.is<SpotCheckOpened>()) {
            call_soon(*street, id);
        } else if (fact.is<SpotCheckAnswered>()) {
            const auto& answered = fact.as<SpotCheckAnswered>();
            if (!answered.last) {
                call_soon(*street, id);
            } else if (answered.outcome != SpotCheckOutcome::confirmed) {
                bool differs = answered.outcome == SpotCheckOutcome::differs;
                life_.plan(at_desk_within(5 * 24), [this, id, differs] { settle(id, differs); });
            }
        }
    }

  private:
    spot_checks::SpotCheckDesk desk() {
        return {life_.people_register(), life_.installation().tree()};
    }

    Instant at_desk_within(std::int64_t within_hours) {
        return life_.at_desk(life_.now() + hours(chance_.between(2, within_hours)));
    }

    void call_soon(const DemoStreet& street, SpotCheckId id) {
        life_.plan(at_desk_within(3 * 24), [this, &street, id] { call(street, id); });
    }

    void call(const DemoStreet& street, SpotCheckId id) {
        spot_checks::AnswerSpotCheck input;
        input.outcome = static_cast<SpotCheckOutcome>(chance_.weighed(call_outcomes));
        if (input.outcome == SpotCheckOutcome::differs) {
            input.said = Text<0, 500>(life_.words("说来得晚，走得早，没有这么久"));
        }
        auto by = [&](AccountId account) {
            auto caller = life_.staff(account);
            return life_.act([&](journal::Turn& turn) {
                return spot_checks::answer_spot_check(turn, *caller, desk(), id, input);
            });
        };
        // Whoever entered it or led it does not call.
        if (!by(street.street_staff)) by(life_.people().district_officer);
    }

    void settle(SpotCheckId id, bool differs) {
        spot_checks::SettleSpotCheck input;
        input.proven_false = differs && chance_.in_hundred(false_percent);
        input.reason.value = life_.words(input.proven_false ? "核对了门口签到，当天没有去"
                                                            : "已向双方核实，时间大致相符");
        auto caller = life_.staff(life_.people().district_officer);
        life_.act([&](journal::Turn& turn) {
            return spot_checks::settle_spot_check(turn, *caller, desk(), id, input);
        });
    }

    Chance chance_;
};

}  // namespace

std::unique_ptr<Part> calling_back(Life& life) {
    return std::make_unique<CallingBack>(life);
}

}  // namespace hezhi::app
