#include "domain/back_tests/back_test_figure.h"

#include "domain/back_tests/hide_small.h"

namespace hezhi::back_tests {

std::vector<std::string_view> BackTestFigure::kinds() {
    return {BackTestStarted::kind, BackTestFinished::kind, BackTestCancelled::kind};
}

journal::Keys BackTestFigure::keys(const Fact& fact) {
    return {fact.subject("back_test")};
}

void BackTestFigure::step(State& run, const Fact& fact, const rules::Pack& pack) {
    if (fact.is<BackTestStarted>()) {
        const auto& started = fact.as<BackTestStarted>();
        run.old_pack = started.old_pack;
        run.old_hash = started.old_hash;
        run.new_pack = started.new_pack;
        run.new_hash = started.new_hash;
        run.from_at = started.from;
        run.until_at = started.until;
        run.position = started.position;
        run.started_at = fact.occurred_at;
        run.started_by = fact.actor.account;
        return;
    }
    run.ended_at = fact.occurred_at;
    if (fact.is<BackTestCancelled>()) {
        run.state = BackTestStep::cancelled;
        return;
    }
    run.state = BackTestStep::finished;
    auto found = fact.as<BackTestFinished>();
    for (BackTestPart& part : found.parts) {
        // A run of before all small numbers were hidden is listed as silently as it is shown.
        if (!found.small_group) hide_small(part, pack.back_test.small_group);
        run.better += part.better.value_or(0);
        run.worse += part.worse.value_or(0);
        run.some_hidden = run.some_hidden || !part.better || !part.worse;
    }
}

}  // namespace hezhi::back_tests
