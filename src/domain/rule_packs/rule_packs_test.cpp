// Proposing, publishing and rejecting rule packs, on both engines.
#include "domain/rule_packs/rule_packs.h"

#include "domain/accounts/account_figure.h"
#include "domain/people/person_figure.h"
#include "support/ledger_fixture.h"

namespace hezhi::rule_packs {
namespace {

using hezhi::testing::code_of;
using std::chrono::hours;

constexpr std::string_view hour_visits =
    "[category.visit_alone_elder]\n"
    "says = { zh = \"探访每次 60 分钟。\", en = \"A visit takes 60 minutes.\" }\n"
    "minutes_planned = 60\n";

class RulePacks : public hezhi::testing::LedgerFixture {
  protected:
    RulePacks()
        : LedgerFixture(
              {&journal::figure<areas::AreaFigure>(), &journal::figure<people::PersonFigure>(),
               &journal::figure<accounts::AccountFigure>(), &journal::figure<RulePackFigure>()}),
          people(suite, random),
          desk{people, *ledger} {
        publish_base_pack();
        add_areas();
        for (std::int64_t account : {101, 102}) {
            auto caller = std::make_shared<api::Caller>();
            caller->account = AccountId(account);
            for (const char* permission :
                 {"rule_pack.propose", "rule_pack.publish", "rule_pack.reject", "rule_pack.read"}) {
                caller->held.push_back({permission, api::Scope::area, path_of(district)});
            }
            officers.push_back(caller);
        }
    }

    rules::Pack draft_pack(std::string_view version, std::string_view categories) {
        std::string head = "name = \"district\"\nversion = \"" + std::string(version) +
                           "\"\nextends = \"base\"\n"
                           "title = { zh = \"本区\", en = \"district\" }\n"
                           "says = { zh = \"本区规则。\", en = \"The district's rules.\" }\n";
        auto read = rules::read_pack_draft(
            {{"pack.toml", head}, {"categories.toml", std::string(categories)}}, in_force());
        EXPECT_TRUE(read.has_value()) << rules::to_string(read.error().front());
        return std::move(*read);
    }

    const rules::Pack& in_force() { return *ledger->packs()->in_force(clock.now())->pack; }

    Result<std::int64_t> propose(const rules::Pack& pack, Day on) {
        return act([&](journal::Turn& turn) {
            return propose_rule_pack(turn, officers[0]->actor("rule_pack.propose"), desk, pack, on,
                                     "探访时间太短");
        });
    }
    Result<std::int64_t> publish(std::size_t officer, std::int64_t id) {
        return act([&](journal::Turn& turn) {
            return publish_rule_pack(turn, *officers[officer], RulePackId(id));
        });
    }
    std::int32_t minutes_of_a_visit() {
        return in_force().category("visit_alone_elder")->minutes_planned;
    }
    Day today() { return day_of(clock.now()); }

    people::Register people;
    RulePackDesk desk;
    std::vector<api::CallerPtr> officers;
};
HEZHI_ON_BOTH_ENGINES(RulePacks);

TEST_P(RulePacks, HoldFromTheirDayAndNotAMomentEarlier) {
    std::int64_t id = propose(draft_pack("1", hour_visits), today() + 2).value();
    ASSERT_EQ(code_of(publish(1, id)), "");
    EXPECT_EQ(minutes_of_a_visit(), 45);
    clock.set(start_of(today() + 2) - Millis(1));
    EXPECT_EQ(minutes_of_a_visit(), 45);
    clock.set(clock.now() + Millis(1));
    EXPECT_EQ(minutes_of_a_visit(), 60);
    EXPECT_TRUE(differences().empty());
}

TEST_P(RulePacks, ArePublishedByAnotherOfficerThanWhoProposedThem) {
    std::int64_t id = propose(draft_pack("1", hour_visits), today() + 1).value();
    EXPECT_EQ(code_of(publish(0, id)), "own_pack_proposal");
    EXPECT_EQ(facts(PackPublished::kind).size(), 1u);  // the base pack
    EXPECT_EQ(code_of(publish(1, id)), "");
    EXPECT_EQ(code_of(publish(1, id)), "pack_decided");
}

TEST_P(RulePacks, NeverChangeThePast) {
    EXPECT_EQ(code_of(propose(draft_pack("1", hour_visits), today())), "effective_day_passed");
    std::int64_t id = propose(draft_pack("1", hour_visits), today() + 1).value();
    clock.advance(hours(24));
    EXPECT_EQ(code_of(publish(1, id)), "effective_day_passed");
}

TEST_P(RulePacks, HaveAVersionOfTheirOwnAndSaySomethingNew) {
    std::int64_t id = propose(draft_pack("1", hour_visits), today() + 1).value();
    ASSERT_EQ(code_of(publish(1, id)), "");
    EXPECT_EQ(code_of(propose(draft_pack("1", ""), today() + 2)), "pack_version_used");
    clock.advance(hours(24));
    EXPECT_EQ(code_of(propose(draft_pack("1", hour_visits), today() + 2)), "pack_unchanged");
    EXPECT_EQ(code_of(propose(draft_pack("2", ""), today() + 2)), "");
}

TEST_P(RulePacks, ThatAreRejectedNeverHold) {
    std::int64_t id = propose(draft_pack("1", hour_visits), today() + 1).value();
    auto rejected = act([&](journal::Turn& turn) {
        return reject_rule_pack(turn, *officers[1], desk, RulePackId(id), "再议");
    });
    ASSERT_EQ(code_of(rejected), "");
    EXPECT_EQ(code_of(publish(1, id)), "pack_decided");
    clock.advance(hours(72));
    EXPECT_EQ(minutes_of_a_visit(), 45);
    EXPECT_TRUE(differences().empty());
}

TEST_P(RulePacks, ShowWhatTheyChangeAndWhoMayDecide) {
    std::int64_t id = propose(draft_pack("1", hour_visits), today() + 1).value();
    for (std::size_t officer : {0u, 1u}) {
        auto db = ledger->read();
        api::Reading reading{
            *db, *officers[officer], ledger->tables(), ledger->packs(), clock.now(), {}};
        auto shown = show(reading, desk, *reading.load<RulePackFigure>(id));
        std::erase_if(shown.changes, [](auto& change) { return change.file == "pack.toml"; });
        ASSERT_EQ(shown.changes.size(), 1u);
        EXPECT_EQ(shown.changes[0].before + " → " + shown.changes[0].after, "45 → 60");
        EXPECT_EQ(shown.changes[0].says_zh, "探访每次 60 分钟。");
        EXPECT_EQ(shown.why, "探访时间太短");
        bool may_publish =
            std::ranges::find(shown.actions, "publish_rule_pack") != shown.actions.end();
        EXPECT_EQ(may_publish, officer == 1);
    }
}

// As packs/daxing is: every clause can be read, also those that the pack does not write itself.
TEST_P(RulePacks, ShowTheFilesOfEveryPackThatTheyExtend) {
    std::int64_t id = propose(draft_pack("1", hour_visits), today() + 1).value();
    auto db = ledger->read();
    api::Reading reading{*db, *officers[1], ledger->tables(), ledger->packs(), clock.now(), {}};
    auto shown = show(reading, desk, *reading.load<RulePackFigure>(id));
    EXPECT_EQ(shown.files.size(), 2u);
    ASSERT_EQ(shown.inherited.size(), 1u);
    EXPECT_EQ(shown.inherited[0].name, "base");
    auto base = rules::pack_layers(in_force()).back().files;
    ASSERT_EQ(shown.inherited[0].files.size(), base.size());
    for (std::size_t i = 0; i < base.size(); ++i) {
        EXPECT_EQ(shown.inherited[0].files[i].name.value, base[i].name);
        EXPECT_EQ(shown.inherited[0].files[i].text, base[i].text);
    }
}

}  // namespace
}  // namespace hezhi::rule_packs
