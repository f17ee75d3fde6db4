#include "domain/records/record_pages.h"
#include "domain/accounts/account_figure.h"
#include "domain/orders/order_figure.h"
#include "domain/records/queries.h"
#include "domain/records/record_states.h"

namespace hezhi::records {
namespace {

std::optional<std::string> masked_actor(const api::Reading& reading, const RecordDesk& desk,
                                        AccountId id) {
    auto account = id ? reading.load<accounts::AccountFigure>(id) : std::nullopt;
    if (!account) return std::nullopt;
    return desk.people.masked_name(reading.db, account->person);
}

// Staff act under their name.
std::optional<std::string> name_of(const api::Reading& reading, const RecordDesk& desk,
                                   AccountId id) {
    auto account = id ? reading.load<accounts::AccountFigure>(id) : std::nullopt;
    if (!account) return std::nullopt;
    return desk.people.name(reading.db, account->person);
}

// What the order says about its record: the category, who led it, whether the requester confirmed.
void add_order(const api::Reading& reading, const RecordDesk& desk, const RecordState& record,
               std::string& category, ServiceRecord& shown) {
    auto order = reading.load<orders::OrderFigure>(record.order_id);
    if (!order) return;
    category = order->category;
    shown.order_id = record.order_id;
    shown.confirmed = order->confirmed_at && !order->unconfirmed;
    shown.organiser_name = name_of(reading, desk, order->leader);
}

std::vector<std::string> allowed_actions(const api::Reading& reading, const RecordState& record) {
    const api::Caller& caller = reading.caller;
    bool own = caller.person && caller.person == record.person;
    std::vector<std::string> actions;
    for (const auto& row : record_transitions) {
        if (!allows(row.action, record.state)) continue;
        if (!caller.may(row.permission, access_of(record, caller))) continue;
        if (own != (row.action == "dispute_record")) continue;
        if (row.action == "confirm_record" && caller.account == record.entered_by) continue;
        actions.emplace_back(row.action);
    }
    return actions;
}

}  // namespace

ServiceRecord show_record(const api::Reading& reading, const RecordDesk& desk,
                          const RecordState& record) {
    ServiceRecord shown;
    shown.id = record.id;
    shown.person_id = record.person;
    bool own = reading.caller.person == record.person;
    shown.person_name = own ? desk.people.name(reading.db, record.person)
                            : desk.people.masked_name(reading.db, record.person);
    const rules::Pack& pack = *reading.pack()->pack;
    auto areas = desk.tree.now();
    shown.area_id = record.area;
    if (const auto* area = areas->find(record.area)) {
        shown.area_name = area->name;
        shown.area_parents = areas->parents(*area, pack);
    }
    shown.state = record.state;
    shown.locked = reading.now > record.lock_at;
    std::string category = record.category;
    if (record.order_id) {
        add_order(reading, desk, record, category, shown);
    } else {
        shown.confirmed = true;
        shown.organiser_name = name_of(reading, desk, record.entered_by);
    }
    shown.category_zh = shown.category_en = category;
    if (const auto* known = pack.category(category)) {
        shown.category_zh = known->name.zh;
        shown.category_en = known->name.en;
    }
    if (record.activity_id) shown.activity_id = record.activity_id;
    shown.starts_at = record.starts_at;
    shown.ends_at = record.ends_at;
    shown.minutes = record.minutes;
    shown.time_was = record.time_was;
    shown.late = record.late;
    shown.entered_at = record.entered_at;
    shown.lock_at = record.lock_at;
    if (record.proposed) {
        shown.proposed_minutes = record.proposed_minutes;
        shown.proposed_starts_at = record.proposed_starts_at;
        shown.proposed_ends_at = record.proposed_ends_at;
    }
    shown.corrections = record.corrections;
    if (own) shown.correction = show_correction(reading, desk, record);
    shown.content = desk.people.read_text(reading.db, record.id.value, text_content);
    shown.actions = allowed_actions(reading, record);
    return shown;
}

Result<ServiceRecord> record_page(const api::Reading& reading, const RecordDesk& desk,
                                  RecordId id) {
    auto record = id ? reading.load<RecordFigure>(id) : std::nullopt;
    if (!record || !reading.caller.may("record.read", access_of(*record, reading.caller))) {
        return refuse(hezhi::refusals::not_found);
    }
    ServiceRecord shown = show_record(reading, desk, *record);
    auto versions =
        reading.rows<RecordVersionFigure>(queries::versions_of_record, {{"record", id}});
    for (const auto& version : versions) {
        shown.versions.push_back(
            {version.id, version.at, masked_actor(reading, desk, version.by), version.starts_at,
             version.ends_at, version.minutes, version.waits,
             desk.people.read_text(reading.db, version.id.value, text_reason)});
    }
    return shown;
}

std::int64_t minutes_of(store::Session& db, PersonId person) {
    return db.row(queries::minutes_of_person, {{"person", person}})->integer("minutes");
}

ServiceMinutes service_minutes(store::Session& db, std::string_view area_path,
                               const api::DaySpan& days) {
    auto row = db.row(queries::service_minutes, {{"path", area_path},
                                                 {"path_end", areas::path_end(area_path)},
                                                 {"from", days.from},
                                                 {"until", days.until}});
    return {row->integer("confirmed"), row->integer("minutes"), row->integer("records"),
            row->integer("late"), row->integer("without_minutes")};
}

}  // namespace hezhi::records
