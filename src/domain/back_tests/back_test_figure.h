// Back-tests as a figure: one row a run. What it found stands in its fact.
#pragma once

#include "facts/back_test_facts.h"
#include "journal/figure.h"

namespace hezhi::back_tests {

enum class BackTestStep {
    running,    // 测算中
    finished,   // 已完成
    cancelled,  // 已取消
};
BOOST_DESCRIBE_ENUM(BackTestStep, running, finished, cancelled)

struct BackTestState {
    BackTestId id;
    BackTestStep state = BackTestStep::running;
    std::string old_pack;
    std::string old_hash;
    std::string new_pack;
    std::string new_hash;
    Instant from_at;
    Instant until_at;
    std::int64_t position = 0;
    Instant started_at;
    AccountId started_by;     // none at the command line
    Instant ended_at;         // never, while it runs
    std::int64_t better = 0;  // over all mechanisms, of those that tell it
    std::int64_t worse = 0;
    bool some_hidden = false;  // one of them does not
};
BOOST_DESCRIBE_STRUCT(BackTestState, (),
                      (id, state, old_pack, old_hash, new_pack, new_hash, from_at, until_at,
                       position, started_at, started_by, ended_at, better, worse, some_hidden))

struct BackTestFigure {
    using State = BackTestState;
    static constexpr std::string_view name = "back_tests";
    static constexpr int revision = 3;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"state, id", "new_hash, id"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::back_tests
