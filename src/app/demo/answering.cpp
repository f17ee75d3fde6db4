// The social worker answers: first contact, a look where one is needed, then an order, another
// office, or a reason. What comes back (cancelled, not resolved, from another office) is taken up
// again.
#include "app/demo/part.h"
#include "facts/review_facts.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int late_percent = 6;       // contacted after the limit
constexpr int no_longer_percent = 5;  // do not need it any more when called
constexpr int refer_percent = 5;
constexpr int tries_max = 3;  // orders for one need, before another office is asked

class Answering final : public Part {
  public:
    explicit Answering(Life& life) : Part(life), chance_(life.chance("answering")) {}

    void hear(const Fact& fact) override {
        NeedId need(fact.subject("need"));
        const DemoStreet* street = need ? life_.street_at(fact.place.path) : nullptr;
        if (!street) return;
        if (fact.is<NeedReported>()) {
            const auto& reported = fact.as<NeedReported>();
            if (reported.channel == Channel::plan) return;
            life_.plan(first_contact(reported.priority_class),
                       [this, street, need] { look(*street, need); });
        } else if (fact.kind == "need.assessed" || fact.kind == "need.returned") {
            again(*street, need, minutes(chance_.between(20, 240)));
        } else if (fact.is<NeedReopened>() && fact.as<NeedReopened>().joint_meeting) {
            life_.plan(life_.at_desk(life_.now() + hours(24 * chance_.between(3, 8))),
                       [this, street, need] { meet(*street, need); });
        } else if (fact.is<NeedReopened>() || fact.is<MeetingNoted>()) {
            again(*street, need, minutes(chance_.between(60, 1500)));
        } else if (fact.kind == "need.referred") {
            life_.plan(life_.at_desk(life_.now() + hours(chance_.between(20, 150))),
                       [this, street, need] { receipt(*street, need); });
        } else if (fact.kind == "need.receipted") {
            again(*street, need, minutes(chance_.between(20, 240)));
        }
    }

  private:
    // Urgent needs are answered at any hour, others by whoever is on duty that day.
    Instant first_contact(PriorityClass priority) {
        bool late = chance_.in_hundred(late_percent);
        switch (priority) {
            case PriorityClass::P1:
                return life_.now() + minutes(late ? 50 : chance_.between(3, 20));
            case PriorityClass::P2:
                return life_.now() + minutes(late ? 200 : chance_.between(10, 90));
            default:
                break;
        }
        auto delay = minutes(chance_.between(10, 300)) + (late ? hours(24) : hours(0));
        return Life::on_duty(life_.now() + delay);
    }

    void again(const DemoStreet& street, NeedId need, Millis after) {
        life_.plan(Life::on_duty(life_.now() + after),
                   [this, &street, need] { look(street, need); });
    }

    void look(const DemoStreet& street, NeedId id) {
        auto need = life_.see<needs::NeedFigure>(id);
        auto caller = life_.staff(street.social_worker);
        if (!need.first_contacted_at) {
            life_.act([&](journal::Turn& turn) { return needs::contact_need(turn, *caller, id); });
            need = life_.see<needs::NeedFigure>(id);
        }
        if (need.state == needs::NeedStep::reported && wants_assessment(need)) {
            triage(street, need);
        } else if (need.state == needs::NeedStep::assessing) {
            assess(street, id);
        } else if (needs::allows("open_order", need.state)) {
            answer(street, need);
        }
    }

    bool wants_assessment(const needs::NeedState& need) {
        if (need.triaged_at) return false;
        return need.priority_class == PriorityClass::P4 || chance_.in_hundred(15);
    }

    void triage(const DemoStreet& street, const needs::NeedState& need) {
        needs::TriageNeed input{need.priority_class, true};
        auto caller = life_.staff(street.social_worker);
        bool done = life_.act(
            [&](journal::Turn& turn) { return needs::triage_need(turn, *caller, need.id, input); });
        if (!done) return;
        bool urgent = need.priority_class <= PriorityClass::P2;
        Instant at = urgent ? life_.now() + minutes(chance_.between(30, 120))
                            : life_.at_desk(life_.now() + hours(chance_.between(2, 50)));
        life_.plan(at, [this, &street, id = need.id] { look(street, id); });
    }

    void assess(const DemoStreet& street, NeedId id) {
        static const std::vector<NeedDomain> domains{
            NeedDomain::daily_living, NeedDomain::daily_living, NeedDomain::health,
            NeedDomain::mind,         NeedDomain::family,       NeedDomain::livelihood,
            NeedDomain::safety};
        needs::AssessNeed input;
        input.domain = chance_.one_of(domains);
        input.risk = static_cast<RiskSeen>(chance_.below(3));
        input.consent = true;
        input.note = Text<0, 1000>(life_.words("已入户了解情况，本人愿意接受服务。"));
        auto caller = life_.staff(street.social_worker);
        life_.act([&](journal::Turn& turn) {
            return needs::assess_need(turn, *caller, life_.people_register(), id, input);
        });
    }

    void answer(const DemoStreet& street, const needs::NeedState& need) {
        const rules::Category& category = category_of(need);
        bool tried = ++tries_[need.id] > tries_max;
        bool first = tries_[need.id] == 1 && need.priority_class > PriorityClass::P2;
        if (tried || (first && chance_.in_hundred(refer_percent))) {
            refer(street, need.id);
        } else if (first && chance_.in_hundred(no_longer_percent)) {
            close(street, need.id);
        } else {
            open(street, need, category);
        }
    }

    const rules::Category& category_of(const needs::NeedState& need) const {
        const rules::Pack& pack = life_.pack();
        const Story* told = life_.story_of(need.id);
        const auto* category = pack.category(told                    ? std::string(told->category)
                                             : need.category.empty() ? "errands"
                                                                     : need.category);
        return *category;
    }

    void refer(const DemoStreet& street, NeedId id) {
        static const std::vector<std::string> offices{"街道综合养老服务中心", "区残疾人联合会",
                                                      "司法所", "社区卫生服务中心", "民政所"};
        std::string office = life_.words(chance_.one_of(offices));
        auto caller = life_.staff(street.social_worker);
        life_.act([&](journal::Turn& turn) {
            return needs::refer_need(turn, *caller, life_.people_register(), id, office);
        });
    }

    void meet(const DemoStreet& street, NeedId id) {
        auto caller = life_.staff(street.street_staff);
        life_.act([&](journal::Turn& turn) {
            return needs::note_meeting(
                turn, *caller, life_.people_register(), id,
                life_.words("社区、社工站和家属一同商定：换一种方式，每周跟进"));
        });
    }

    void receipt(const DemoStreet& street, NeedId id) {
        bool accepted = chance_.in_hundred(88);
        std::string words = life_.words(accepted ? "已受理，由本单位办理" : "不属本单位职责，退回");
        auto caller = life_.staff(street.social_worker);
        life_.act([&](journal::Turn& turn) {
            return needs::note_receipt(turn, *caller, life_.people_register(), id, words, accepted);
        });
    }

    void close(const DemoStreet& street, NeedId id) {
        auto caller = life_.staff(street.social_worker);
        life_.act([&](journal::Turn& turn) {
            return needs::close_need(turn, *caller, life_.people_register(), id,
                                     life_.words("已电话核实，当事人表示不再需要"));
        });
    }

    void open(const DemoStreet& street, const needs::NeedState& need,
              const rules::Category& category) {
        orders::OpenOrder input;
        input.category.value = category.key;
        input.contacted = true;
        input.starts_at = start_of_service(need.priority_class);
        input.ends_at = input.starts_at + minutes(std::max(30, category.minutes_planned + 15));
        auto caller = life_.staff(street.social_worker);
        auto open_it = [&] {
            return life_.act([&](journal::Turn& turn) {
                return orders::open_order(turn, *caller, life_.orders(), need.id, input);
            });
        };
        // Comfort is booked with time by whoever has some; otherwise it is a public service.
        input.with_time = category.redeemable && need.recipient && !need.assessed_at;
        if (open_it() || !*input.with_time) return;
        input.with_time = false;
        open_it();
    }

    Instant start_of_service(PriorityClass priority) {
        if (priority == PriorityClass::P1) return life_.now() + minutes(chance_.between(60, 80));
        if (priority == PriorityClass::P2) {
            Instant at = life_.now() + hours(chance_.between(7, 12));
            Instant evening = start_of(day_of(at)) + hours(19), morning = evening - hours(12);
            return at > evening ? morning + hours(24) : std::max(at, morning);
        }
        auto days = static_cast<int>(chance_.between(3, priority == PriorityClass::P3 ? 6 : 11));
        return start_of(day_of(life_.now()) + days) + hours(chance_.between(8, 16));
    }

    Chance chance_;
    std::map<NeedId, int> tries_;
};

}  // namespace

std::unique_ptr<Part> answering(Life& life) {
    return std::make_unique<Answering>(life);
}

}  // namespace hezhi::app
