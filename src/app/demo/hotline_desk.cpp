// Work orders of the hotline, where the pack has one: a file every week, some of them given back,
// and weeks later the same file again with the official revisit.
#include "app/demo/part.h"
#include "domain/hotline/hotline.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::int64_t rows_a_week = 90;   // in hundredths, of each subdistrict
constexpr std::int64_t history_rows = 12;  // of each subdistrict, closed before the first day
constexpr int history_late_percent = 14;
constexpr int given_back_percent = 6;
constexpr int revisited_percent = 70;

class HotlineDesk final : public Part {
  public:
    explicit HotlineDesk(Life& life) : Part(life), chance_(life.chance("hotline")) {
        auto map = hotline::read_map(hotline::standard_map(life.settings().area_code), "demo");
        if (map) map_ = std::move(*map);
    }

    void begin() override {
        if (!kept()) return;
        std::vector<hotline::HotlineRow> rows;
        for (const DemoStreet& street : life_.people().streets) {
            for (std::int64_t i = 0; i < history_rows; ++i) rows.push_back(history_row(street));
        }
        import(std::move(rows));
    }

    void morning(Day day) override {
        if (day.weekday() != 2 || !kept()) return;
        life_.plan(start_of(day) + hours(10), [this] {
            std::vector<hotline::HotlineRow> rows;
            for (const DemoStreet& street : life_.people().streets) {
                auto count = chance_.about(rows_a_week);
                for (std::int64_t i = 0; i < count; ++i) rows.push_back(open_row(street));
            }
            import(std::move(rows));
        });
    }

    void hear(const Fact& fact) override {
        if (!fact.is<HotlineOrderImported>() || fact.subject("need") == 0) return;
        const DemoStreet* street = life_.street_at(fact.place.path);
        if (!street) return;
        HotlineOrderId order(fact.position);
        if (chance_.in_hundred(given_back_percent)) {
            life_.plan(life_.now() + minutes(5),
                       [this, street, order] { give_back(*street, order); });
        } else if (chance_.in_hundred(revisited_percent)) {
            life_.plan(life_.at_desk(life_.now() + hours(24 * chance_.between(12, 35))),
                       [this, number = fact.as<HotlineOrderImported>().external_number,
                        received = fact.occurred_at] { revisit(number, received); });
        }
    }

  private:
    bool kept() { return life_.pack().hotline.exists(); }

    hotline::HotlineRow row_of(const DemoStreet& street, Instant received) {
        hotline::HotlineRow row;
        row.line = ++line_;
        row.number =
            "RX" + to_string(day_of(received)).substr(0, 4) + std::to_string(100000 + line_);
        row.received_at = received;
        row.due_at = received + hours(24 * 7);
        AreaId community = chance_.one_of(street.communities);
        row.area_name = life_.installation().tree().now()->find(community)->name;
        const Story& told = chance_.one_of(stories());
        row.what = life_.words(told.what);
        row.contact = made_up_name(chance_) + " " + made_up_phone(chance_);
        return row;
    }

    hotline::HotlineRow history_row(const DemoStreet& street) {
        auto row = row_of(street, life_.now() - hours(chance_.between(24 * 20, 24 * 90)));
        bool late = chance_.in_hundred(history_late_percent);
        row.outcome = HotlineOutcome::closed;
        row.closed_at = late ? row.due_at + hours(chance_.between(2, 90))
                             : row.due_at - hours(chance_.between(1, 150));
        return row;
    }

    hotline::HotlineRow open_row(const DemoStreet& street) {
        return row_of(street, life_.now() - hours(chance_.between(3, 60)));
    }

    void import(std::vector<hotline::HotlineRow> rows) {
        if (rows.empty()) return;
        auto names =
            hotline::AreaNames::make(*life_.installation().tree().now(), map_, life_.pack());
        if (!names) return;
        auto caller = life_.staff(life_.people().district_officer);
        life_.act([&](journal::Turn& turn) -> Result<std::int64_t> {
            auto report = hotline::import_rows(turn, caller->actor("hotline_order.import"), desk(),
                                               rows, map_, *names);
            if (report.counts.imported + report.counts.revisits == 0) {
                return refuse(hezhi::refusals::invalid_input);
            }
            return report.counts.imported;
        });
    }

    hotline::HotlineDesk desk() { return {life_.people_register(), life_.installation().tree()}; }

    void give_back(const DemoStreet& street, HotlineOrderId order) {
        auto caller = life_.staff(street.social_worker);
        life_.act([&](journal::Turn& turn) {
            return hotline::return_hotline_order(turn, *caller, desk(), order,
                                                 life_.words("不属社会工作服务范围"));
        });
    }

    // The hotline sends its own row once more, closed and asked about.
    void revisit(const std::string& number, Instant received) {
        hotline::HotlineRow row;
        row.line = 1;
        row.number = number;
        row.received_at = received;
        row.outcome = HotlineOutcome::open;
        static constexpr Resolution said[] = {Resolution::resolved, Resolution::not_resolved,
                                              Resolution::not_answered};
        static constexpr std::int64_t shares[] = {76, 9, 15};
        hotline::OfficialRevisit heard;
        heard.resolution = said[chance_.weighed(shares)];
        if (heard.resolution == Resolution::resolved) {
            heard.satisfaction = static_cast<std::int32_t>(chance_.between(3, 5));
        } else if (heard.resolution == Resolution::not_resolved) {
            heard.satisfaction = static_cast<std::int32_t>(chance_.between(1, 3));
        }
        heard.at = life_.now() - hours(20);
        row.revisit = heard;
        import({row});
    }

    Chance chance_;
    hotline::HotlineMap map_;
    std::int32_t line_ = 0;
};

}  // namespace

std::unique_ptr<Part> hotline_desk(Life& life) {
    return std::make_unique<HotlineDesk>(life);
}

}  // namespace hezhi::app
