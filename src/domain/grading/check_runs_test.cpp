// A month that says other than its own counts is found, though the tables say what the fact says.
#include "domain/grading/check_runs.h"

#include "domain/grading/test_grading.h"

namespace hezhi::grading {
namespace {

using journal::Difference;

class GradeRuns : public Grades {
  protected:
    std::vector<Difference> found() {
        return check_runs(*ledger->read(), ledger->tables(), *packs());
    }
};
HEZHI_ON_BOTH_ENGINES(GradeRuns);

TEST_P(GradeRuns, SayWhatTheirCountsMake) {
    made_yellow();
    EXPECT_FALSE(facts(GradeComputed::kind).empty());
    EXPECT_EQ(found(), std::vector<Difference>{});
}

TEST_P(GradeRuns, ThatSayOtherwiseAreNamed) {
    made_yellow();
    GradeComputed computed = facts(GradeComputed::kind).back().as<GradeComputed>();
    std::string right = to_json(computed.parts);
    computed.until = computed.until + std::chrono::days(31);
    computed.parts.score += 1;
    std::int64_t id =
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            return turn.append(draft(computed, {}, Place{community, path_of(community)},
                                     {{"person", zhang.person.value}}, turn.now()));
        }).value();
    EXPECT_EQ(differences(), std::vector<Difference>{});
    std::vector<Difference> expected{
        {"grade run " + std::to_string(id) + " parts", right, to_json(computed.parts)}};
    EXPECT_EQ(found(), expected);
}

}  // namespace
}  // namespace hezhi::grading
