// The queue of call-backs and what an officer settles.
#include <algorithm>

#include "domain/spot_checks/queries.h"
#include "domain/spot_checks/spot_checks.h"

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

struct SpotCheckReason {
    std::string key;
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(SpotCheckReason, (), (key, zh, en))

struct SpotCheck {
    SpotCheckId id;
    SpotCheckStep state = SpotCheckStep::open;
    std::vector<SpotCheckReason> reasons;
    bool sampled = false;
    bool held = false;
    std::optional<RecordId> record_id;  // none of duty
    std::optional<OrderId> order_id;
    std::optional<NeedId> need_id;  // whose contact is read with a reason
    std::string person_name;        // masked
    std::string area_name;
    std::string category_zh;
    std::string category_en;
    Instant starts_at;
    Instant ends_at;
    std::int32_t minutes = 0;
    Instant opened_at;
    std::int32_t attempts = 0;
    std::int32_t attempts_max = 0;
    std::optional<std::string> said;
    std::optional<std::string> settled;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(SpotCheck, (),
                      (id, state, reasons, sampled, held, record_id, order_id, need_id, person_name,
                       area_name, category_zh, category_en, starts_at, ends_at, minutes, opened_at,
                       attempts, attempts_max, said, settled, actions))

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

void show_actions(const Reading& reading, const SpotCheckState& check,
                  const records::RecordState& record, SpotCheck& shown) {
    api::Access there{.area_path = check.area_path};
    auto matter = matter_of_check(reading, check);
    if (!matter || !is_third_person(reading.db, reading.caller, *matter, record)) return;
    if (check.state == SpotCheckStep::open && reading.caller.may("spot_check.call", there)) {
        shown.actions.emplace_back("answer_spot_check");
    }
    bool waits = check.state == SpotCheckStep::differs || check.state == SpotCheckStep::not_reached;
    if (waits && !called(check, reading.caller.account) &&
        reading.caller.may("spot_check.settle", there)) {
        shown.actions.emplace_back("settle_spot_check");
    }
}

SpotCheck show(const Reading& reading, const SpotCheckDesk& desk, const SpotCheckState& check) {
    auto record = checked_record(reading, check);
    const rules::Pack& pack = *reading.pack()->pack;
    const auto& rules = reading.packs->in_force(check.opened_at)->pack->true_hours;
    SpotCheck shown;
    shown.id = check.id;
    shown.state = check.state;
    for (const auto& key : check.reasons) {
        const auto* clause = rules.clause_of(key);
        if (clause) shown.reasons.push_back({key, clause->says.zh, clause->says.en});
    }
    shown.sampled = check.sampled;
    if (check.sampled) {
        shown.reasons.push_back(
            {"sample", rules.sample_clause.says.zh, rules.sample_clause.says.en});
    }
    shown.held = check.held;
    if (check.record) shown.record_id = check.record;
    std::string category = record.category;
    if (check.order_id) {
        shown.order_id = check.order_id;
        auto order = reading.load<orders::OrderFigure>(check.order_id);
        if (order) shown.need_id = order->need;
        if (order) category = order->category;
    }
    if (const auto* known = pack.category(category)) {
        shown.category_zh = known->name.zh;
        shown.category_en = known->name.en;
    }
    shown.person_name = desk.people.masked_name(reading.db, check.person);
    auto areas = desk.tree.now();
    if (const auto* area = areas->find(check.area)) shown.area_name = area->name;
    shown.starts_at = record.starts_at;
    shown.ends_at = record.ends_at;
    shown.minutes = record.minutes;
    shown.opened_at = check.opened_at;
    shown.attempts = check.attempts;
    shown.attempts_max = rules.attempts_max;
    shown.said = desk.people.read_text(reading.db, check.id.value, text_said);
    shown.settled = desk.people.read_text(reading.db, check.id.value, text_settled);
    show_actions(reading, check, record, shown);
    return shown;
}

Result<SpotCheck> one(const Reading& reading, const SpotCheckDesk& desk, SpotCheckId id) {
    auto check = id ? reading.load<SpotCheckFigure>(id) : std::nullopt;
    if (!check || !reading.caller.may("spot_check.read", {.area_path = check->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return show(reading, desk, *check);
}

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
        rows, limit, [&](const SpotCheckState& check) { return show(reading, desk, check); });
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
        return one(r, desk, SpotCheckId(id));
    };
    return {
        api::reads<SpotCheckQuery, SpotCheckList>(
            {Method::get, "/spot-checks", "list_spot_checks", "spot_check.read"},
            [&desk](const Reading& r, const SpotCheckQuery& q) { return list_checks(r, desk, q); }),
        api::reads<api::Nothing, SpotCheck>(
            {Method::get, "/spot-checks/{id}", "show_spot_check", "spot_check.read"},
            [&desk](const Reading& r, const api::Nothing&) {
                return one(r, desk, SpotCheckId(r.id()));
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
