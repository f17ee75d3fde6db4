// What goes wrong: incidents that are reported and settled, complaints that are filed, decided and
// now and then reviewed; some too late.
#include "app/demo/part.h"
#include "domain/complaints/complaints.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int incidents_in_thousand = 4;      // of the people who served
constexpr int complains_percent = 25;         // of those who were not content
constexpr int content_complains_percent = 1;  // of the others
constexpr int hidden_percent = 20;
constexpr int answers_late_percent = 10;
constexpr int asks_review_percent = 25;  // of what was not upheld

struct Mishap {
    std::string_view severity;
    std::string_view what;
    std::string_view found;
    bool attributable;
};
constexpr Mishap mishaps[] = {
    {"minor", "送餐时汤洒在门口，已擦干净", "属实，已道歉", true},
    {"minor", "老人起身时踉跄了一下，扶住了，没有受伤", "属实，与服务人员无关", false},
    {"minor", "擦窗时碰倒一只花盆", "属实，已赔一只新的", true},
    {"minor", "邻居误以为推销，在楼道里吵了几句", "属实，已向邻居说明", false},
    {"major", "陪诊途中老人头晕，已送急诊，家属到场", "属实，突发疾病，处置得当", false},
};
constexpr std::string_view grievances[] = {
    "说好九点到，等到十点多也没有电话",
    "来的人一直看手机，没怎么说话",
    "约了两次都临时换人，老人不认识",
    "东西没有放回原处，找了半天",
};

class Objections final : public Part {
  public:
    explicit Objections(Life& life) : Part(life), chance_(life.chance("objections")) {}

    void hear(const Fact& fact) override {
        const DemoStreet* street = life_.street_at(fact.place.path);
        if (!street) return;
        if (fact.is<OrderCheckedOut>() && chance_.below(1000) < incidents_in_thousand) {
            OrderId order(fact.subject("order"));
            PersonId person(fact.subject("person"));
            life_.plan(life_.now() + minutes(chance_.between(1, 40)),
                       [this, order, person] { report(order, person); });
        } else if (fact.is<IncidentReported>()) {
            IncidentId id(fact.subject("incident"));
            life_.plan(answer_at(30), [this, street, id] { settle(*street, id); });
        } else if (fact.is<OrderReviewed>()) {
            bool content = fact.as<OrderReviewed>().satisfaction >= 3;
            if (!chance_.in_hundred(content ? content_complains_percent : complains_percent))
                return;
            OrderId order(fact.subject("order"));
            life_.plan(life_.now() + hours(chance_.between(1, 60)), [this, order] { file(order); });
        } else if (fact.is<ComplaintFiled>()) {
            ComplaintId id(fact.subject("complaint"));
            life_.plan(answer_at(30), [this, street, id] { acknowledge(*street, id); });
            life_.plan(answer_at(14 * 24), [this, street, id] { decide(*street, id); });
        } else if (fact.is<ComplaintDecided>()) {
            bool upheld = fact.as<ComplaintDecided>().outcome == ComplaintOutcome::upheld;
            if (upheld || !chance_.in_hundred(asks_review_percent)) return;
            ComplaintId id(fact.subject("complaint"));
            life_.plan(life_.now() + hours(24 * chance_.between(1, 8)), [this, id] {
                life_.act([&](journal::Turn& turn) {
                    return complaints::ask_complaint_review(turn, desk(), id,
                                                            life_.words("请再问问我本人"));
                });
            });
        } else if (fact.is<ComplaintReviewAsked>()) {
            ComplaintId id(fact.subject("complaint"));
            life_.plan(answer_at(14 * 24), [this, id] { review(id); });
        }
    }

  private:
    complaints::ComplaintDesk desk() {
        return {life_.people_register(), life_.installation().tree(), life_.installation().suite(),
                ""};
    }
    incidents::IncidentDesk incident_desk() {
        return {life_.people_register(), life_.installation().tree()};
    }

    // Within so many hours, a few a good deal later.
    Instant answer_at(std::int64_t within_hours) {
        auto wait = chance_.between(2, within_hours);
        if (chance_.in_hundred(answers_late_percent)) wait += 24 * 12;
        return life_.at_desk(life_.now() + hours(wait));
    }

    void report(OrderId order, PersonId person) {
        const Mishap& mishap = mishaps[chance_.below(std::size(mishaps))];
        incidents::ReportIncident input;
        input.about_id = order.value;
        input.severity.value = mishap.severity;
        input.what.value = life_.words(mishap.what);
        auto caller = life_.server(person);
        std::int64_t id = 0;
        bool done = life_.act(
            [&](journal::Turn& turn) {
                return incidents::report_incident(turn, *caller, incident_desk(), input);
            },
            &id);
        if (done) mishaps_[IncidentId(id)] = {&mishap, person};
    }

    void settle(const DemoStreet& street, IncidentId id) {
        auto told = mishaps_.find(id);
        if (told == mishaps_.end()) return;
        const auto& [mishap, person] = told->second;
        incidents::SettleIncident input;
        input.severity.value = mishap->severity;
        input.confirmed = true;
        if (mishap->attributable) input.attributed_to = person;
        input.reason.value = life_.words(mishap->found);
        auto caller = life_.staff(street.street_staff);
        life_.act([&](journal::Turn& turn) {
            return incidents::settle_incident(turn, *caller, incident_desk(), id, input);
        });
    }

    void file(OrderId order) {
        complaints::FileBySlip input;
        input.what.value = life_.words(grievances[chance_.below(std::size(grievances))]);
        input.hidden = chance_.in_hundred(hidden_percent);
        if (!input.hidden) {
            input.contact = Text<0, 60>(made_up_name(chance_) + " " + made_up_phone(chance_));
        }
        life_.act([&](journal::Turn& turn) {
            return complaints::file_by_slip(turn, desk(), order, input);
        });
    }

    void acknowledge(const DemoStreet& street, ComplaintId id) {
        auto caller = life_.staff(street.street_staff);
        life_.act([&](journal::Turn& turn) {
            return complaints::acknowledge_complaint(turn, *caller, id);
        });
    }

    complaints::DecideComplaint decision() {
        static constexpr std::int64_t shares[] = {35, 40, 25};
        auto outcome = static_cast<ComplaintOutcome>(chance_.weighed(shares));
        std::string_view reason = outcome == ComplaintOutcome::not_upheld
                                      ? "已向双方核实，时间和过程与记录相符"
                                      : "已向双方核实，属实部分已请队伍改进并致歉";
        return {outcome, Text<1, 1000>(life_.words(reason))};
    }

    void decide(const DemoStreet& street, ComplaintId id) {
        auto caller = life_.staff(street.street_staff);
        auto input = decision();
        life_.act([&](journal::Turn& turn) {
            return complaints::decide_complaint(turn, *caller, desk(), id, input);
        });
    }

    void review(ComplaintId id) {
        auto caller = life_.staff(life_.people().district_officer);
        auto input = decision();
        life_.act([&](journal::Turn& turn) {
            return complaints::review_complaint(turn, *caller, desk(), id, input);
        });
    }

    Chance chance_;
    std::map<IncidentId, std::pair<const Mishap*, PersonId>> mishaps_;
};

}  // namespace

std::unique_ptr<Part> objections(Life& life) {
    return std::make_unique<Objections>(life);
}

}  // namespace hezhi::app
