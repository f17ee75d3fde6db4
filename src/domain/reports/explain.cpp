#include "domain/reports/explain.h"

#include <boost/json.hpp>

#include "domain/accounts/account_figure.h"
#include "domain/deputies/deputy_figure.h"
#include "journal/facts_about.h"

namespace hezhi::reports {
namespace {

void name_fact(FactShown& shown, const api::ActionRows& labels) {
    shown.zh = shown.en = shown.kind;
    for (const auto& row : following_facts()) {
        if (row.kind == shown.kind) shown.zh = row.zh, shown.en = row.en;
    }
    for (const auto& row : labels) {
        if (row.fact == shown.kind) shown.zh = row.fact_zh, shown.en = row.fact_en;
    }
}

std::string plain(const boost::json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
}

}  // namespace

std::span<const FollowingFact> following_facts() {
    static constexpr FollowingFact rows[] = {
        {"grant.proposed", "提出授权", "a role was proposed"},
        {"person.moved", "随区域停用转入", "moved when the area was closed"},
        {"need.planned", "需求已转订单", "the need has an order"},
        {"need.returned", "需求退回待研判", "the need waits for an answer again"},
        {"need.reviewed", "求助人答复", "the requester answered"},
        {"offer.withdrawn", "派单撤回", "the offer was withdrawn"},
        {"member.agreed", "本人同意加入，待监护人确认", "agreed to join; the guardian is asked"},
        {"order.sealed", "订单地址保密", "the order's address was made secret"},
        {"shift.added", "增设班次", "a shift was added"},
        {"shift.moved_up", "候补递补", "moved up from the waiting list"},
        {"shift.recorded", "生成服务记录", "a service record was made"},
        {"shift.record_refused", "未予记录", "no record was made"},
    };
    return rows;
}

FactList facts_about(const api::Reading& reading, const people::Register& people,
                     const api::ActionRows& labels, std::string_view noun, std::int64_t id) {
    FactList list;
    for (const Fact& fact : journal::facts_about(reading.db, noun, id)) {
        FactShown shown;
        shown.position = fact.position;
        shown.kind = fact.kind;
        name_fact(shown, labels);
        shown.recorded_at = fact.recorded_at;
        shown.occurred_at = fact.occurred_at;
        shown.via = fact.actor.via;
        if (!fact.actor.permission.empty()) shown.permission = fact.actor.permission;
        if (fact.actor.account) {
            auto account = reading.load<accounts::AccountFigure>(fact.actor.account);
            if (account) shown.actor = people.masked_name(reading.db, account->person);
        }
        if (auto deputy = reading.load<deputies::DeputyFigure>(fact.subject("deputy"))) {
            auto away = reading.load<accounts::AccountFigure>(deputy->account);
            if (away) shown.in_place_of = people.masked_name(reading.db, away->person);
        }
        if (auto person = fact.subject("person")) shown.person = PersonId(person);
        const boost::json::value payload = boost::json::parse(fact.payload);
        for (const auto& entry : payload.as_object()) {
            // What has parts of its own is told by the page of its noun.
            if (entry.value().is_object() || entry.value().is_array()) continue;
            shown.values.push_back({std::string(entry.key()), plain(entry.value())});
        }
        list.items.push_back(std::move(shown));
    }
    return list;
}

}  // namespace hezhi::reports
