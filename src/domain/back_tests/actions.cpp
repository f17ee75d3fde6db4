#include "domain/back_tests/back_tests.h"
#include "domain/back_tests/queries.h"

namespace hezhi::back_tests {
namespace {

std::string title_of(const rules::Pack& pack) {
    return pack.name + " " + pack.version;
}

Result<BackTestState> load_running(journal::Turn& turn, BackTestId id) {
    const BackTestState* run = id ? turn.load<BackTestFigure>(id) : nullptr;
    if (!run) return refuse(hezhi::refusals::not_found);
    if (run->state != BackTestStep::running) return refuse(refusals::back_test_ended);
    return *run;
}

std::int64_t append_start(journal::Turn& turn, const Actor& actor, const StartedPacks& packs,
                          const ComputedRun& run) {
    std::string old_hash = journal::keep_pack_text(turn, *packs.old_pack);
    std::string new_hash = journal::keep_pack_text(turn, *packs.new_pack);
    BackTestStarted started{title_of(*packs.old_pack),
                            old_hash,
                            title_of(*packs.new_pack),
                            new_hash,
                            start_of(run.from),
                            start_of(run.until + 1),
                            run.position};
    return turn.append(draft(started, actor, {}, {{"back_test", self}}, run.started_at));
}

}  // namespace

std::optional<Refusal> cannot_compare(const StartedPacks& packs, Day from, Day until, Day today) {
    if (from > until || until > today) return Refusal{refusals::period_wrong};
    if (packs.old_pack->canonical_text == packs.new_pack->canonical_text) {
        return Refusal{refusals::packs_alike};
    }
    return std::nullopt;
}

Result<std::int64_t> start_back_test(journal::Turn& turn, const Actor& actor,
                                     const StartedPacks& packs, Day from, Day until) {
    if (auto why = cannot_compare(packs, from, until, day_of(turn.now()))) {
        return std::unexpected(std::move(*why));
    }
    std::int64_t waiting = 0;
    turn.db().each(queries::waiting, {}, [&](const store::Row&) { ++waiting; });
    if (waiting >= back_tests_waiting_max) return refuse(refusals::back_tests_waiting);
    return append_start(turn, actor, packs, {from, until, turn.now(), turn.next_position() - 1});
}

Result<std::int64_t> keep_back_test(journal::Turn& turn, const StartedPacks& packs,
                                    const ComputedRun& run,
                                    const std::optional<BackTestFinished>& found) {
    if (auto why = cannot_compare(packs, run.from, run.until, day_of(turn.now()))) {
        return std::unexpected(std::move(*why));
    }
    const Actor operator_there{.via = Via::command};
    std::int64_t id = append_start(turn, operator_there, packs, run);
    auto end = [&](const auto& payload) {
        turn.append(draft(payload, operator_there, {}, {{"back_test", id}}, turn.now()));
    };
    if (found) {
        end(*found);
    } else {
        end(BackTestCancelled{});
    }
    return id;
}

Result<std::int64_t> finish_back_test(journal::Turn& turn, BackTestId id,
                                      const BackTestFinished& found) {
    auto run = load_running(turn, id);
    if (!run) return std::unexpected(run.error());
    turn.append(draft(found, Actor{}, {}, {{"back_test", id.value}}, turn.now()));
    return id.value;
}

Result<std::int64_t> cancel_back_test(journal::Turn& turn, const api::Caller& caller,
                                      BackTestId id) {
    auto run = load_running(turn, id);
    if (!run) return std::unexpected(run.error());
    turn.append(draft(BackTestCancelled{}, caller.actor("back_test.cancel"), {},
                      {{"back_test", id.value}}, turn.now()));
    return id.value;
}

api::ActionRows actions() {
    return {
        {"start_back_test", "back_test.start", "back_test.started", "POST /back-tests", "开始回测",
         "start a back-test", "回测开始", "a back-test was started"},
        {"finish_back_test", "", "back_test.finished", "", "完成回测", "finish the back-test",
         "回测完成", "the back-test finished"},
        {"cancel_back_test", "back_test.cancel", "back_test.cancelled",
         "POST /back-tests/{id}/cancellation", "取消回测", "cancel the back-test", "回测取消",
         "the back-test was cancelled"},
    };
}

api::StateRows states() {
    return {
        {"back_test", "running", "测算中", "running"},
        {"back_test", "finished", "已完成", "finished"},
        {"back_test", "cancelled", "已取消", "cancelled"},
    };
}

}  // namespace hezhi::back_tests
