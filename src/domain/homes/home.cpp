#include <algorithm>
#include <set>

#include "domain/activities/activities.h"
#include "domain/complaints/complaint_figure.h"
#include "domain/grading/grade_figure.h"
#include "domain/homes/homes.h"
#include "domain/homes/queries.h"
#include "domain/incidents/incident_figure.h"
#include "domain/people/person_figure.h"
#include "rules/working_calendar.h"
#include "store/sql_text.h"

namespace hezhi::homes {
namespace {

using api::Reading;

constexpr std::size_t first_few = 5;

struct Counted {
    std::string noun;
    std::int64_t id = 0;
    Instant due_at;
    std::int64_t counted = 0;
};

// Of the parameters that cards know, those that this statement names.
std::vector<store::Param> named_in(const store::Query& query, std::vector<store::Param> known) {
    auto names = store::rewrite(query.sql, store::Engine::sqlite).parameters;
    std::erase_if(known, [&](const store::Param& param) {
        return std::ranges::find(names, param.name) == names.end();
    });
    return known;
}

std::chrono::hours due_soon(const rules::Pack& pack) {
    return std::chrono::hours(pack.staff.due_soon_hours);
}

std::chrono::days readings_shown(const rules::Pack& pack) {
    return std::chrono::days(pack.staff.readings_shown_days);
}

// What ended before this is past the pack's reminder to record it.
Instant remind_before(const rules::Pack& pack, Instant now) {
    for (Day day = day_of(now);; day = day + -1) {
        Instant next = start_of(day + 1);
        auto remind = rules::deadline(next - Millis(1), pack.records.remind_after, pack.calendar);
        if (remind.at < now) return next;
    }
}

std::vector<Counted> rows_of(const Reading& reading, const areas::AreaTree& tree,
                             const HomeRow& row) {
    std::vector<std::string> paths{"/"};
    if (!row.permission.empty()) {
        auto held = areas::list_paths(reading, tree, std::nullopt, row.permission);
        if (!held) return {};
        paths = std::move(*held);
    }
    Day today = day_of(reading.now);
    std::string month = to_string(today).substr(0, 7) + "-01";
    std::string year = to_string(today).substr(0, 4) + "-01-01";
    const rules::Pack& pack = *reading.pack()->pack;
    const rules::AskingRules& asking = pack.asking;
    // A shift that nobody has recorded leaves the home; its time is over long before.
    std::chrono::days unrecorded(pack.records.unrecorded_shown_days);
    std::string heavy = ",";
    for (const auto& key : asking.heavy_classes) heavy += key + ",";
    std::vector<Counted> rows;
    for (const auto& path : paths) {
        std::string end = areas::path_end(path);
        Instant remind = row.role == team_lead ? remind_before(pack, reading.now) : Instant();
        auto params = named_in(row.query, {{"path", path},
                                           {"remind_before", remind},
                                           {"unrecorded_since", reading.now - unrecorded},
                                           {"path_end", end},
                                           {"account", reading.caller.account},
                                           {"heavy", heavy},
                                           {"heavy_weight", asking.heavy_weight},
                                           {"person", reading.caller.person},
                                           {"at", reading.now},
                                           {"soon", reading.now + due_soon(pack)},
                                           {"tomorrow", start_of(today + 1)},
                                           {"readings_since", reading.now - readings_shown(pack)},
                                           {"month", start_of(*parse_day(month))},
                                           {"year", start_of(*parse_day(year))},
                                           {"limit", counted_max + 1}});
        reading.db.each(row.query, params, [&](const store::Row& found) {
            rows.push_back({std::string(found.text("noun")), found.integer("id"),
                            found.instant("due_at"), found.integer("counted")});
        });
    }
    return rows;
}

void name_area(const areas::AreaTree& tree, AreaId id, HomeItem& item) {
    auto areas = tree.now();
    const areas::AreaState* area = id ? areas->find(id) : nullptr;
    if (area) item.area_name = area->name;
}

// What stands in a queue is described by its row there, whoever leads it.
bool describe_queued(const Reading& reading, const orders::OrderDesk& desk, const Counted& row,
                     HomeItem& item) {
    const queues::QueueRow* queue = queues::find_queue(row.noun);
    if (!queue) return false;
    queues::Item about;
    about.id = row.id;
    if (row.noun == "order") about.area = reading.load<orders::OrderFigure>(OrderId(row.id))->area;
    if (row.noun == "need") about.area = reading.load<needs::NeedFigure>(NeedId(row.id))->area;
    if (row.noun == "plan") about.area = reading.load<cases::PlanFigure>(PlanId(row.id))->area;
    queues::ItemShown shown = queues::show_item(reading, desk, *queue, about);
    item.title_zh = shown.title_zh;
    item.title_en = shown.title_en;
    item.state = shown.state;
    item.area_name = shown.area_name;
    return true;
}

// One's own record by what was served, another's by whose it is.
void name_record(const Reading& reading, const people::Register& people,
                 const records::RecordState& record, HomeItem& item) {
    if (record.person != reading.caller.person) {
        item.title_zh = item.title_en = people.masked_name(reading.db, record.person);
        return;
    }
    std::string key = record.category;
    if (record.order_id) key = reading.load<orders::OrderFigure>(record.order_id)->category;
    const rules::Category* category = reading.pack()->pack->category(key);
    item.title_zh = category ? category->name.zh : key;
    item.title_en = category ? category->name.en : key;
}

HomeItem show(const Reading& reading, const orders::OrderDesk& desk, const Counted& row) {
    HomeItem item{row.noun, row.id, {}, {}, {}, {}, row.due_at, row.counted > 0};
    if (describe_queued(reading, desk, row, item)) return item;
    auto named = [&](AccountId account) {
        item.title_zh = item.title_en = deputies::staff_name(reading, desk.people, account);
    };
    if (row.noun == "record") {
        auto record = reading.load<records::RecordFigure>(RecordId(row.id));
        name_record(reading, desk.people, *record, item);
        item.state = label_of(record->state);
        name_area(desk.tree, record->area, item);
    } else if (row.noun == "grant") {
        auto grant = reading.load<accounts::GrantFigure>(GrantId(row.id));
        named(grant->account);
        auto role = accounts::role_name(reading.pack()->pack.get(), grant->role);
        item.title_zh += " · " + role.zh;
        item.title_en += " · " + role.en;
        item.state = label_of(grant->state);
        name_area(desk.tree, grant->area, item);
    } else if (row.noun == "reading") {
        named(reading.load<people::ReadingFigure>(row.id)->account);
    } else if (row.noun == "protection") {
        auto protection = reading.load<cases::ProtectionFigure>(ProtectionId(row.id));
        item.state = label_of(protection->state);
        name_area(desk.tree, protection->area, item);
        item.title_zh = item.title_en = item.area_name;
    } else if (row.noun == "project_need") {
        auto project = reading.load<cases::ProjectNeedFigure>(ProjectNeedId(row.id));
        const rules::Category* category = reading.pack()->pack->category(project->category);
        item.title_zh = category ? category->name.zh : project->category;
        item.title_en = category ? category->name.en : project->category;
        item.state = label_of(project->state);
        name_area(desk.tree, project->area, item);
    } else if (row.noun == "incident") {
        auto incident = reading.load<incidents::IncidentFigure>(IncidentId(row.id));
        item.state = label_of(incident->state);
        name_area(desk.tree, incident->area, item);
        item.title_zh = item.title_en = item.area_name;
    } else if (row.noun == "grade_proposal") {
        auto proposal = reading.load<grading::GradeProposalFigure>(GradeProposalId(row.id));
        item.state = label_of(proposal->state);
        name_area(desk.tree, proposal->area, item);
        item.title_zh = item.title_en = item.area_name;
    } else if (row.noun == "complaint") {
        auto complaint = reading.load<complaints::ComplaintFigure>(ComplaintId(row.id));
        item.state = label_of(complaint->state);
        name_area(desk.tree, complaint->area, item);
        item.title_zh = item.title_en = item.area_name;
    } else if (row.noun == "backup") {
        item.title_zh = "经过恢复演练的备份";
        item.title_en = "a backup that was restored as a test";
    } else if (row.noun == "activity") {
        auto activity = reading.load<activities::ActivityFigure>(ActivityId(row.id));
        item.title_zh = item.title_en =
            desk.people.read_text(reading.db, row.id, activities::text_title).value_or("");
        name_area(desk.tree, activity->area, item);
    } else if (row.noun == "certification") {
        item.title_zh = item.title_en = desk.people.masked_name(reading.db, PersonId(row.id));
    } else if (row.noun == "person") {
        item.title_zh = item.title_en = desk.people.brief_name(reading.db, PersonId(row.id));
    }
    return item;
}

bool leads_team(const Reading& reading) {
    return !reading.db.rows(queries::teams_led, {{"person", reading.caller.person}, {"limit", 1}})
                .empty();
}

// The rows of the roles that the caller holds, each card once.
std::vector<const HomeRow*> rows_for(const Reading& reading) {
    std::set<std::string_view> roles;
    for (const auto& held : reading.caller.roles) roles.insert(held.role);
    if (roles.contains("volunteer") && leads_team(reading)) roles.insert(team_lead);
    std::set<std::string_view> shown;
    std::vector<const HomeRow*> rows;
    for (const HomeRow& row : home_rows()) {
        if (roles.contains(row.role) && shown.insert(row.card).second) rows.push_back(&row);
    }
    return rows;
}

HomeCard card_of(const Reading& reading, const areas::AreaTree& tree, const HomeRow& row,
                 std::vector<Counted>& rows) {
    rows = rows_of(reading, tree, row);
    HomeCard card;
    card.card = row.card;
    card.role = row.role;
    card.kind = row.kind;
    card.one_number = row.one_number;
    card.more = std::ssize(rows) > counted_max;
    for (const auto& one : rows) card.number += one.counted;
    if (row.kind == CardKind::rate) card.whole = std::ssize(rows);
    const rules::AskingRules& asking = reading.pack()->pack->asking;
    if (row.kind == CardKind::load && asking.case_load_max < INT32_MAX) {
        card.whole = asking.case_load_max;
        if (card.number >= asking.case_load_warn_from) card.near_limit = true;
    }
    const rules::StaffRules& staff = reading.pack()->pack->staff;
    if (row.card == "due_soon") card.within = staff.due_soon_hours;
    if (row.card == "recent_readings") card.within = staff.readings_shown_days;
    if (row.kind == CardKind::hours) {
        card.number = 0;
        if (!rows.empty()) {
            card.whole = std::ssize(rows);
            card.number =
                std::chrono::floor<std::chrono::hours>(reading.now - rows.front().due_at).count();
        }
    }
    if (row.kind == CardKind::days && !rows.empty()) {
        card.whole = card.number;  // how many are coming
        card.number = std::max<std::int64_t>(
            0, day_of(rows.front().due_at).number - day_of(reading.now).number);
    }
    return card;
}

struct ListQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListQuery, (), (cursor, limit))

struct CardList {
    HomeCard card;
    std::vector<HomeItem> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(CardList, (), (card, items, next_cursor))

Result<CardList> list_card(const Reading& reading, const orders::OrderDesk& desk,
                           const ListQuery& query) {
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    for (const HomeRow* row : rows_for(reading)) {
        if (row->card != reading.capture()) continue;
        std::vector<Counted> rows;
        CardList list;
        list.card = card_of(reading, desk.tree, *row, rows);
        auto from = static_cast<std::size_t>(cursor->value_or(api::Cursor{0, 0}).id);
        for (std::size_t i = from; i < rows.size(); ++i) {
            if (std::ssize(list.items) == limit) {
                list.next_cursor = api::to_text({0, static_cast<std::int64_t>(i)});
                break;
            }
            list.items.push_back(show(reading, desk, rows[i]));
        }
        return list;
    }
    return refuse(hezhi::refusals::not_found);
}

// The desk of whoever lives or serves there; of staff, that of their first role.
std::optional<std::string> desk_of(const Reading& reading, const areas::AreaTree& tree) {
    auto areas = tree.now();
    auto person = reading.caller.person ? reading.load<people::PersonFigure>(reading.caller.person)
                                        : std::nullopt;
    if (person && person->area) return areas->desk_phone(person->area);
    for (const auto& held : reading.caller.roles) {
        if (held.area) return areas->desk_phone(held.area);
    }
    return std::nullopt;
}

}  // namespace

Home home_of(const Reading& reading, const orders::OrderDesk& desk) {
    Home home;
    home.at = reading.now;
    home.desk_phone = desk_of(reading, desk.tree);
    for (const HomeRow* row : rows_for(reading)) {
        std::vector<Counted> rows;
        HomeCard card = card_of(reading, desk.tree, *row, rows);
        for (const auto& one : std::span(rows).first(std::min(first_few, rows.size()))) {
            card.items.push_back(show(reading, desk, one));
        }
        home.cards.push_back(std::move(card));
    }
    return home;
}

api::Routes routes(const orders::OrderDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    return {
        api::reads<api::Nothing, Home>(
            {Method::get, "/home", "show_home", api::anyone_signed_in, everyone},
            [&desk](const Reading& r, const api::Nothing&) -> Result<Home> {
                return home_of(r, desk);
            }),
        api::reads<ListQuery, CardList>(
            {Method::get, "/home/{card}", "list_card", api::anyone_signed_in, everyone},
            [&desk](const Reading& r, const ListQuery& q) { return list_card(r, desk, q); }),
    };
}

}  // namespace hezhi::homes
