#include "domain/back_tests/back_test_figure.h"

namespace hezhi::back_tests {

std::vector<std::string_view> BackTestFigure::kinds() {
    return {BackTestStarted::kind, BackTestFinished::kind, BackTestCancelled::kind};
}

journal::Keys BackTestFigure::keys(const Fact& fact) {
    return {fact.subject("back_test")};
}

void BackTestFigure::step(State& run, const Fact& fact, const rules::Pack&) {
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
    for (const auto& part : fact.as<BackTestFinished>().parts) {
        run.better += part.better;
        run.worse += part.worse;
    }
}

}  // namespace hezhi::back_tests
