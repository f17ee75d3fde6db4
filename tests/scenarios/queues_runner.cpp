// Plays the scenario of deputies and hand-over, on both engines. README.md says what its rows mean;
// there is one need, one order and one deputy at a time, the last that was made.
#include <map>

#include "domain/queues/queues.h"
#include "journal/facts_about.h"
#include "scenarios/scenario.h"
#include "support/world.h"

namespace hezhi::scenarios {
namespace {

class QueueScenarios : public hezhi::testing::World {
  protected:
    void play(const std::filesystem::path& file) {
        Scenario scenario = read_scenario(file);
        for (const auto& part : scenario.people) take_part(part);
        // Whoever of the world has the same post would be a superior as well.
        leave(*street_staff);
        leave(*social_worker);
        for (const auto& row : scenario.rows) {
            if (row.at) wait_until(*row.at);
            EXPECT_EQ(outcome_of(row), row.expected)
                << file.filename().string() << ":" << row.line << " " << row.who << " " << row.what;
        }
        for (const auto& difference : differences()) {
            ADD_FAILURE() << difference.place << ": " << difference.found;
        }
    }

  private:
    void take_part(const Part& part) {
        auto found = tree->now()->search(part.area, {}, 1, pack());
        if (found.empty()) throw std::runtime_error("no area " + part.area);
        for (const auto& role : accounts::roles()) {
            if (role.zh == part.role) cast_[part.name] = staff(role.key, found.front()->id);
        }
        names_[cast_.at(part.name)->account.value] = part.name;
        if (part.role == "安全管理员") security_ = cast_.at(part.name);
    }
    void leave(const api::Caller& who) {
        static constexpr store::Query grants_of{
            "test.grants_of", "SELECT id FROM figure_grants WHERE account = :account"};
        GrantId grant;
        ledger->read()->each(grants_of, {{"account", who.account}},
                             [&](const store::Row& row) { grant = row.id<GrantId>("id"); });
        act([&](journal::Turn& turn) {
            return accounts::end_grant(turn, *security_, grant);
        }).value();
        scheduler.run_due();
    }

    std::string outcome_of(const Row& row) {
        static const std::map<std::string, std::string (QueueScenarios::*)(const Row&)> deeds{
            {"上报需求", &QueueScenarios::reports},
            {"联系求助人", &QueueScenarios::contacts},
            {"转为订单", &QueueScenarios::opens},
            {"指定代理人", &QueueScenarios::names_deputy},
            {"同意代理", &QueueScenarios::agrees},
            {"我的待办", &QueueScenarios::own_queue},
            {"代理的待办", &QueueScenarios::in_place},
            {"移交", &QueueScenarios::hands_on},
            {"整体移交", &QueueScenarios::hands_on_all},
            {"收回授权", &QueueScenarios::leaves},
            {"为什么", &QueueScenarios::why},
        };
        auto deed = deeds.find(row.what);
        if (deed == deeds.end()) throw std::runtime_error("cannot " + row.what);
        return (this->*deed->second)(row);
    }
    const api::Caller& caller(const Row& row) { return *cast_.at(row.who); }
    static std::string words_of(const api::StateRows& rows, std::string_view noun,
                                std::string_view state) {
        for (const auto& row : rows) {
            if (row.noun == noun && row.state == state) return std::string(row.zh);
        }
        throw std::runtime_error("no words for " + std::string(state));
    }
    template <class Words>
    static std::string after(const Result<std::int64_t>& done, Words words) {
        return done ? words(*done) : "拒绝：" + std::string(done.error().row->zh);
    }
    std::string need_words(std::int64_t) {
        return words_of(needs::states(), "need", label_of(need(need_).state));
    }
    std::string leader() {
        AccountId account = order(order_).leader;
        return account ? names_.at(account.value) : "无人";
    }
    std::string count(std::size_t items) { return std::to_string(items) + " 项"; }

    std::string reports(const Row& row) {
        needs::ReportNeed input;
        input.area_id = community;
        input.what.value = row.arguments.at(0);
        auto done = act([&](journal::Turn& turn) {
            return needs::report_need(turn, caller(row), people, input, Channel::grid);
        });
        if (done) need_ = NeedId(*done);
        return after(done, [&](std::int64_t id) { return need_words(id); });
    }
    std::string contacts(const Row& row) {
        auto done =
            act([&](journal::Turn& turn) { return needs::contact_need(turn, caller(row), need_); });
        return after(done, [&](std::int64_t id) { return need_words(id); });
    }
    std::string opens(const Row& row) {
        orders::OpenOrder input;
        for (const auto& category : pack().categories) {
            if (category.name.zh == row.arguments.at(0)) input.category.value = category.key;
        }
        input.starts_at = clock.now() + std::chrono::days(30);
        input.ends_at = input.starts_at + std::chrono::hours(2);
        auto done = act([&](journal::Turn& turn) {
            return orders::open_order(turn, caller(row), desk, need_, input);
        });
        if (done) order_ = OrderId(*done);
        return after(done, [&](std::int64_t) {
            return words_of(orders::states(), "order", label_of(order(order_).state));
        });
    }
    std::string names_deputy(const Row& row) {
        deputies::NameDeputy input;
        input.deputy_id = cast_.at(row.arguments.at(0))->account;
        input.from = clock.now();
        input.until = clock.now() + std::chrono::days(std::stoi(row.arguments.at(1)));
        auto done = act(
            [&](journal::Turn& turn) { return deputies::name_deputy(turn, caller(row), input); });
        if (done) deputy_ = DeputyId(*done);
        return after(done, [&](std::int64_t) { return deputy_words(); });
    }
    std::string agrees(const Row& row) {
        auto done = act([&](journal::Turn& turn) {
            return deputies::confirm_deputy(turn, caller(row), deputy_);
        });
        return after(done, [&](std::int64_t) { return deputy_words(); });
    }
    std::string deputy_words() {
        auto state = reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<deputies::DeputyFigure>(deputy_)->state;
        });
        return words_of(deputies::states(), "deputy", label_of(state));
    }
    std::size_t led_by(const api::Caller& who, AccountId account) {
        return reading_as(who, [&](const api::Reading& reading) {
            return queues::items_of(reading, desk, account, "/").size();
        });
    }
    std::string own_queue(const Row& row) {
        return count(led_by(caller(row), caller(row).account));
    }
    std::string in_place(const Row& row) {
        std::size_t items = 0;
        auto away =
            deputies::away_now(*ledger->read(), ledger->tables(), caller(row).account, clock.now());
        for (const auto& one : away) items += led_by(caller(row), one.account);
        return count(items);
    }
    std::string hands_on(const Row& row) {
        queues::HandOn input{cast_.at(row.arguments.at(0))->account,
                             Text<1, 200>(row.arguments.at(1))};
        auto done = act([&](journal::Turn& turn) {
            return queues::hand_on_item(turn, caller(row), people, *queues::find_queue("order"),
                                        order_.value, input);
        });
        return after(done, [&](std::int64_t) { return leader(); });
    }
    std::string hands_on_all(const Row& row) {
        queues::HandOnQueue input;
        input.to = cast_.at(row.arguments.at(0))->account;
        input.why.value = row.arguments.at(1);
        auto done = act([&](journal::Turn& turn) {
            return queues::hand_on_queue(turn, caller(row), people, input);
        });
        return after(done, [&](std::int64_t) { return leader(); });
    }
    std::string leaves(const Row& row) {
        leave(*cast_.at(row.arguments.at(0)));
        return leader();
    }
    // Who leads the order, and who made it in whose place.
    std::string why(const Row&) {
        for (const Fact& fact : journal::facts_about(*ledger->read(), "order", order_.value)) {
            if (!fact.is<OrderOpened>()) continue;
            std::string told = names_.at(fact.as<OrderOpened>().leader.value) + " 主责";
            if (fact.subject("deputy") == deputy_.value) {
                told += "，" + names_.at(fact.actor.account.value) + " 代办";
            }
            return told;
        }
        return "";
    }

    std::map<std::string, api::CallerPtr> cast_;
    std::map<std::int64_t, std::string> names_;
    api::CallerPtr security_;
    NeedId need_;
    OrderId order_;
    DeputyId deputy_;
};
HEZHI_ON_BOTH_ENGINES(QueueScenarios);

TEST_P(QueueScenarios, AwayAndGone) {
    play("tests/scenarios/away_and_gone.txt");
}

}  // namespace
}  // namespace hezhi::scenarios
