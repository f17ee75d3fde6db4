// The queue of call-backs and what an officer settles.
#include <algorithm>

#include "domain/spot_checks/queries.h"
#include "domain/spot_checks/spot_check_pages.h"

namespace hezhi::spot_checks {
namespace {

using api::Reading;
using api::Writing;

struct SpotCheckQuery {
    std::optional<AreaId> area;
    std::optional<SpotCheckStep> state;  // open ones, if none is asked for
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(SpotCheckQuery, (), (area, state, cursor, limit))

struct SpotCheckCount {
    SpotCheckStep state = SpotCheckStep::open;
    std::int64_t checks = 0;
};
BOOST_DESCRIBE_STRUCT(SpotCheckCount, (), (state, checks))

struct SpotCheckList {
    std::vector<SpotCheck> items;
    std::vector<SpotCheckCount> counts;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(SpotCheckList, (), (items, counts, next_cursor))

Result<SpotCheckList> list_checks(const Reading& reading, const SpotCheckDesk& desk,
                                  const SpotCheckQuery& query) {
    auto path = areas::list_path(reading, desk.tree, query.area, "spot_check.read");
    if (!path) return std::unexpected(path.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    std::optional<std::string> state(label_of(query.state.value_or(SpotCheckStep::open)));
    std::vector<store::Param> params{{"path", *path},
                                     {"path_end", areas::path_end(*path)},
                                     {"state", state},
                                     {"after_id", cursor->value_or(api::Cursor{0, 0}).id},
                                     {"limit", limit + 1}};
    auto rows = reading.rows<SpotCheckFigure>(queries::checks_of_area, params);
    auto list = api::page_of<SpotCheckList>(
        rows, limit, [&](const SpotCheckState& check) { return show_check(reading, desk, check); });
    reading.db.each(queries::counts_of_area,
                    {{"path", *path}, {"path_end", areas::path_end(*path)}},
                    [&](const store::Row& row) {
                        list.counts.push_back({from_label<SpotCheckStep>(row.text("state")).value(),
                                               row.integer("checks")});
                    });
    std::ranges::sort(list.counts, {}, &SpotCheckCount::state);
    return list;
}

}  // namespace

api::Routes routes(const SpotCheckDesk& desk) {
    using http::Method;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return check_page(r, desk, SpotCheckId(id));
    };
    return {
        api::reads<SpotCheckQuery, SpotCheckList>(
            {Method::get, "/spot-checks", "list_spot_checks", "spot_check.read"},
            [&desk](const Reading& r, const SpotCheckQuery& q) { return list_checks(r, desk, q); }),
        api::reads<api::Nothing, SpotCheck>(
            {Method::get, "/spot-checks/{id}", "show_spot_check", "spot_check.read"},
            [&desk](const Reading& r, const api::Nothing&) {
                return check_page(r, desk, SpotCheckId(r.id()));
            }),
        api::writes<AnswerSpotCheck, SpotCheck>(
            {Method::post, "/spot-checks/{id}/calls", "answer_spot_check", "spot_check.call"},
            [&desk](const Writing& w, const AnswerSpotCheck& input) {
                return answer_spot_check(w.turn, w.caller, desk, SpotCheckId(w.id()), input);
            },
            render),
        api::writes<SettleSpotCheck, SpotCheck>(
            {Method::post, "/spot-checks/{id}/settlement", "settle_spot_check",
             "spot_check.settle"},
            [&desk](const Writing& w, const SettleSpotCheck& input) {
                return settle_spot_check(w.turn, w.caller, desk, SpotCheckId(w.id()), input);
            },
            render),
    };
}

api::ActionRows actions() {
    return {
        {"seed_sample", "", "sample.seeded", "", "生成抽查种子", "draw the month's seed",
         "生成了抽查种子", "the month's seed was drawn"},
        {"reveal_sample", "", "sample.revealed", "", "公开抽查种子", "tell the month's seed",
         "公开了抽查种子", "the month's seed was told"},
        {"lose_sample", "", "sample.lost", "", "登记种子遗失", "note that the seed is lost",
         "抽查种子遗失", "the month's seed was lost"},
        {"open_spot_check", "", "spot_check.opened", "", "列入抽查", "open a spot check",
         "列入抽查", "a record was held or drawn"},
        {"close_spot_day", "", "spot_day.closed", "", "完成当日核对", "close the day's check",
         "当日核对完成", "the day's records were looked at"},
        {"answer_spot_check", "spot_check.call", "spot_check.answered",
         "POST /spot-checks/{id}/calls", "登记抽查回访", "note the call-back", "登记了抽查回访",
         "a call-back was noted"},
        {"settle_spot_check", "spot_check.settle", "spot_check.settled",
         "POST /spot-checks/{id}/settlement", "决定抽查", "settle the spot check", "抽查已决定",
         "the spot check was settled"},
    };
}

api::StateRows states() {
    return {
        {"spot_check", "open", "待回访", "to be called back"},
        {"spot_check", "confirmed", "属实", "confirmed"},
        {"spot_check", "differs", "与记录不符，待决定", "differs, to be settled"},
        {"spot_check", "not_reached", "未联系上，待决定", "not reached, to be settled"},
        {"spot_check", "stands", "维持记录", "the record stands"},
        {"spot_check", "reversed", "不实，已更正", "false, corrected"},
    };
}

}  // namespace hezhi::spot_checks
