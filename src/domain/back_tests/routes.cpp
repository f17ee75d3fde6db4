#include "domain/back_tests/back_tests.h"
#include "domain/back_tests/queries.h"
#include "journal/published_packs.h"

namespace hezhi::back_tests {
namespace {

using api::Reading;
using api::Writing;
using http::Method;

struct BackTestQuery {
    std::optional<std::string> new_hash;  // of one rule pack only
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(BackTestQuery, (), (new_hash, cursor, limit))

// What is read before the writer's turn.
struct PreparedStart {
    StartedPacks packs;
    Day from;
    Day until;
};

Refusal not_a_day(const char* field) {
    return {hezhi::refusals::invalid_input,
            {{field, "日期，如 2026-03-05", "a day, such as 2026-03-05"}}};
}

Result<std::shared_ptr<const rules::Pack>> kept_pack(const Reading& reading, RulePackId id) {
    auto pack = id ? reading.load<rule_packs::RulePackFigure>(id) : std::nullopt;
    if (!pack) return refuse(hezhi::refusals::not_found);
    return journal::load_pack(reading.db, pack->hash);
}

Result<std::shared_ptr<const rules::Pack>> new_pack(const Reading& reading,
                                                    const BackTestDesk& desk,
                                                    const StartBackTest& input) {
    if (input.rule_pack) return kept_pack(reading, *input.rule_pack);
    if (input.files) return rule_packs::read_draft(desk.rule_packs, *input.files);
    return refuse(hezhi::refusals::invalid_input, {"/files", "规则包文件", "the files of a pack"});
}

Result<PreparedStart> prepare_start(const Reading& reading, const BackTestDesk& desk,
                                    const StartBackTest& input) {
    auto until = parse_day(input.until_on.value);
    auto from = input.from_on ? parse_day(input.from_on->value) : whole_history_from;
    if (!from) return std::unexpected(not_a_day("/from_on"));
    if (!until) return std::unexpected(not_a_day("/until_on"));
    auto drafted = new_pack(reading, desk, input);
    if (!drafted) return std::unexpected(drafted.error());
    std::shared_ptr<const rules::Pack> against = reading.pack()->pack;
    if (input.against) {
        auto kept = kept_pack(reading, *input.against);
        if (!kept) return std::unexpected(kept.error());
        against = std::move(*kept);
    }
    return PreparedStart{{std::move(against), std::move(*drafted)}, *from, *until};
}

Result<BackTestList> list_runs(const Reading& reading, const BackTestQuery& query) {
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    BackTestList list;
    reading.db.each(
        queries::listed,
        {{"before_id", *cursor ? (*cursor)->id : INT64_MAX},
         {"new_hash", query.new_hash},
         {"limit", limit + 1}},
        [&](const store::Row& row) {
            auto run = journal::read_state<BackTestFigure>(reading.tables, row);
            list.items.push_back({run.id, run.state, run.old_pack, run.new_pack, run.started_at,
                                  run.better, run.worse, run.some_hidden});
        });
    if (std::ssize(list.items) > limit) {
        list.items.pop_back();
        list.next_cursor = api::to_text({0, list.items.back().id.value});
    }
    return list;
}

Result<BackTest> one_run(const Reading& reading, const BackTestDesk& desk, BackTestId id) {
    auto run = id ? reading.load<BackTestFigure>(id) : std::nullopt;
    if (!run) return refuse(hezhi::refusals::not_found);
    return show(reading, desk, *run);
}

}  // namespace

api::Routes routes(const BackTestDesk& desk) {
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return one_run(r, desk, BackTestId(id));
    };
    return {
        api::prepared_writes<StartBackTest, PreparedStart, BackTest>(
            {Method::post, "/back-tests", "start_back_test", "back_test.start"},
            [&desk](const Reading& r, const StartBackTest& input) {
                return prepare_start(r, desk, input);
            },
            [](const Writing& w, const StartBackTest&, const PreparedStart& prepared) {
                return start_back_test(w.turn, w.caller.actor("back_test.start"), prepared.packs,
                                       prepared.from, prepared.until);
            },
            render),
        api::writes<api::Nothing, BackTest>(
            {Method::post, "/back-tests/{id}/cancellation", "cancel_back_test", "back_test.cancel"},
            [](const Writing& w, const api::Nothing&) {
                return cancel_back_test(w.turn, w.caller, BackTestId(w.id()));
            },
            render),
        api::reads<BackTestQuery, BackTestList>(
            {Method::get, "/back-tests", "list_back_tests", "back_test.read"},
            [](const Reading& r, const BackTestQuery& q) { return list_runs(r, q); }),
        api::reads<api::Nothing, BackTest>(
            {Method::get, "/back-tests/{id}", "show_back_test", "back_test.read"},
            [&desk](const Reading& r, const api::Nothing&) {
                return one_run(r, desk, BackTestId(r.id()));
            }),
    };
}

}  // namespace hezhi::back_tests
