// Service records for staff and for the person whose they are.
#include <algorithm>

#include "domain/organizations/organizations.h"
#include "domain/records/queries.h"
#include "domain/records/record_pages.h"

namespace hezhi::records {
namespace {

using api::Reading;
using api::Writing;

enum class Part { numerator, denominator, not_counted };
BOOST_DESCRIBE_ENUM(Part, numerator, denominator, not_counted)

// Days are those of the district's calendar; the last one is included.
struct RecordQuery {
    std::optional<AreaId> area;
    std::optional<RecordStep> state;
    std::optional<std::string> category;
    std::optional<std::string> from;
    std::optional<std::string> until;
    std::optional<Part> part;
    std::optional<OrganizationId> organization;  // only of whoever belonged to it when they served
    std::optional<bool> late;                    // only what was entered after the limit
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(RecordQuery, (),
                      (area, state, category, from, until, part, organization, late, cursor, limit))

struct LateQuery {
    std::optional<AreaId> area;
    std::optional<std::string> from;
    std::optional<std::string> until;
};
BOOST_DESCRIBE_STRUCT(LateQuery, (), (area, from, until))

// How much of what a team's people did was entered too late; each number opens its list.
struct TeamLate {
    OrganizationId organization_id;
    std::string name;
    std::int64_t late = 0;
    std::int64_t records = 0;
};
BOOST_DESCRIBE_STRUCT(TeamLate, (), (organization_id, name, late, records))

struct TeamLateList {
    std::vector<TeamLate> items;
};
BOOST_DESCRIBE_STRUCT(TeamLateList, (), (items))

struct MyRecordQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(MyRecordQuery, (), (cursor, limit))

struct RejectRecord {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(RejectRecord, (), (reason))

struct DisputeRecord {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(DisputeRecord, (), (reason))

// `rows` may hold one more than `limit`, which tells that there is a next page.
void fill(RecordList& list, const Reading& reading, const RecordDesk& desk,
          const std::vector<RecordState>& rows, std::int64_t limit) {
    for (const auto& record : rows) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({0, list.items.back().id.value});
            break;
        }
        list.items.push_back(show_record(reading, desk, record));
    }
}

Result<RecordList> list_records(const Reading& reading, const RecordDesk& desk,
                                const RecordQuery& query) {
    auto path = areas::list_path(reading, desk.tree, query.area, "record.read");
    if (!path) return std::unexpected(path.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    auto days = api::days_of(query.from, query.until);
    if (!days) return std::unexpected(days.error());
    std::optional<std::string> state, part;
    if (query.state) state = label_of(*query.state);
    if (query.part) part = label_of(*query.part);
    std::optional<std::string> late;
    if (query.late.value_or(false)) late = "late";
    std::optional<std::int64_t> organization;
    if (query.organization) organization = query.organization->value;
    std::int64_t limit = api::limit_of(query.limit);
    std::vector<store::Param> params{
        {"path", *path},
        {"path_end", areas::path_end(*path)},
        {"from", days->from},
        {"until", days->until},
        {"state", state},
        {"category", query.category},
        {"part", part},
        {"late", late},
        {"organization", organization},
    };
    RecordList list;
    auto counted = reading.db.row(queries::counted, params);
    list.records_total = counted->integer("records");
    list.minutes_total = counted->integer("minutes");
    params.emplace_back("before_id", cursor->value_or(api::Cursor{0, INT64_MAX}).id);
    params.emplace_back("limit", limit + 1);
    fill(list, reading, desk, reading.rows<RecordFigure>(queries::newest_first, params), limit);
    return list;
}

// The worst of them first: by share, then by number.
Result<TeamLateList> list_late_by_team(const Reading& reading, const RecordDesk& desk,
                                       const LateQuery& query) {
    auto path = areas::list_path(reading, desk.tree, query.area, "record.read");
    if (!path) return std::unexpected(path.error());
    auto days = api::days_of(query.from, query.until);
    if (!days) return std::unexpected(days.error());
    TeamLateList list;
    reading.db.each(
        queries::late_by_team,
        {{"path", *path},
         {"path_end", areas::path_end(*path)},
         {"from", days->from},
         {"until", days->until}},
        [&](const store::Row& row) {
            TeamLate team{
                row.id<OrganizationId>("id"), {}, row.integer("late"), row.integer("records")};
            list.items.push_back(std::move(team));
        });
    for (TeamLate& team : list.items) {
        team.name =
            desk.people.read_text(reading.db, team.organization_id.value, organizations::text_name)
                .value_or("");
    }
    std::ranges::sort(list.items, [](const TeamLate& a, const TeamLate& b) {
        auto left = a.late * b.records, right = b.late * a.records;
        if (left != right) return left > right;
        return std::pair(b.late, a.organization_id) < std::pair(a.late, b.organization_id);
    });
    return list;
}

Result<RecordList> list_my_records(const Reading& reading, const RecordDesk& desk,
                                   const MyRecordQuery& query) {
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    RecordList list;
    auto counted = reading.db.row(queries::minutes_of_person, {{"person", reading.caller.person}});
    list.records_total = counted->integer("records");
    list.minutes_total = counted->integer("minutes");
    std::int64_t before = cursor->value_or(api::Cursor{0, INT64_MAX}).id;
    fill(list, reading, desk,
         reading.rows<RecordFigure>(
             queries::of_person,
             {{"person", reading.caller.person}, {"before_id", before}, {"limit", limit + 1}}),
         limit);
    return list;
}

}  // namespace

api::Routes routes(const RecordDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return record_page(r, desk, RecordId(id));
    };
    return {
        api::reads<RecordQuery, RecordList>(
            {Method::get, "/records", "list_records", "record.read"},
            [&desk](const Reading& r, const RecordQuery& q) { return list_records(r, desk, q); }),
        api::reads<MyRecordQuery, RecordList>(
            {Method::get, "/records/mine", "list_my_records", "record.read", everyone},
            [&desk](const Reading& r, const MyRecordQuery& q) {
                return list_my_records(r, desk, q);
            }),
        api::reads<LateQuery, TeamLateList>(
            {Method::get, "/records/late-by-team", "list_late_by_team", "record.read"},
            [&desk](const Reading& r, const LateQuery& q) {
                return list_late_by_team(r, desk, q);
            }),
        api::reads<api::Nothing, ServiceRecord>(
            {Method::get, "/records/{id}", "show_record", "record.read", everyone},
            [&desk](const Reading& r, const api::Nothing&) {
                return record_page(r, desk, RecordId(r.id()));
            }),
        api::writes<EnterRecord, ServiceRecord>(
            {Method::post, "/records", "enter_record", "record.enter"},
            [&desk](const Writing& w, const EnterRecord& input) {
                return enter_record(w.turn, w.caller, desk, input);
            },
            render),
        api::writes<CorrectRecord, ServiceRecord>(
            {Method::post, "/records/{id}/correction", "correct_record", "record.correct"},
            [&desk](const Writing& w, const CorrectRecord& input) {
                return correct_record(w.turn, w.caller, desk, RecordId(w.id()), input);
            },
            render),
        api::writes<api::Nothing, ServiceRecord>(
            {Method::post, "/records/{id}/confirmation", "confirm_record", "record.confirm"},
            [](const Writing& w, const api::Nothing&) {
                return confirm_record(w.turn, w.caller, RecordId(w.id()));
            },
            render),
        api::writes<RejectRecord, ServiceRecord>(
            {Method::post, "/records/{id}/rejection", "reject_record", "record.reject"},
            [&desk](const Writing& w, const RejectRecord& input) {
                return reject_record(w.turn, w.caller, desk, RecordId(w.id()), input.reason);
            },
            render),
        api::writes<DisputeRecord, ServiceRecord>(
            {Method::post, "/records/{id}/objection", "dispute_record", "record.dispute", everyone},
            [&desk](const Writing& w, const DisputeRecord& input) {
                return dispute_record(w.turn, w.caller, desk, RecordId(w.id()), input.reason);
            },
            render),
    };
}

api::ActionRows actions() {
    return {
        {"enter_record", "record.enter", "record.entered", "POST /records", "录入服务记录",
         "enter a service record", "录入服务记录", "a service record was entered"},
        {"correct_record", "record.correct", "record.corrected", "POST /records/{id}/correction",
         "更正记录", "correct the record", "更正记录", "the record was corrected"},
        {"confirm_record", "record.confirm", "record.confirmed", "POST /records/{id}/confirmation",
         "确认记录", "confirm the record", "第二人确认记录",
         "a second person confirmed the record"},
        {"reject_record", "record.reject", "record.rejected", "POST /records/{id}/rejection",
         "不予更改", "do not follow", "补录或更正未予采纳",
         "the entry, correction or objection was not followed"},
        {"dispute_record", "record.dispute", "record.disputed", "POST /records/{id}/objection",
         "申请更正", "ask for a correction", "本人申请更正",
         "the volunteer asked for a correction"},
    };
}

api::StateRows states() {
    return {
        {"record", "entered", "已记录", "recorded"},
        {"record", "waiting", "待第二人确认", "waits for a second person"},
        {"record", "disputed", "本人申请更正", "correction asked for"},
        {"record", "rejected", "未予补录", "late entry not accepted"},
    };
}

}  // namespace hezhi::records
