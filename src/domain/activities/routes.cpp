// Activities: near a volunteer, and for who publishes and runs them.
#include "domain/activities/activity_pages.h"
#include "domain/activities/queries.h"

namespace hezhi::activities {
namespace {

using api::Reading;
using api::Writing;

// Days are those of the district's calendar; the last one is included.
struct ActivityQuery {
    std::optional<AreaId> area;
    std::optional<ActivityStep> state;
    std::optional<std::string> from;
    std::optional<std::string> until;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ActivityQuery, (), (area, state, from, until, cursor, limit))

struct NearQuery {
    std::optional<std::string> from;
    std::optional<std::string> until;
};
BOOST_DESCRIBE_STRUCT(NearQuery, (), (from, until))

struct CancelActivity {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(CancelActivity, (), (reason))

struct ArriveAtShift {
    Text<1, 20> code;
};
BOOST_DESCRIBE_STRUCT(ArriveAtShift, (), (code))

struct CheckInShift {
    PersonId person_id;
    bool present = true;
};
BOOST_DESCRIBE_STRUCT(CheckInShift, (), (person_id, present))

struct NoteReturn {
    PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(NoteReturn, (), (person_id))

Result<ActivityList> list_activities(const Reading& reading, const ActivityDesk& desk,
                                     const ActivityQuery& query) {
    auto path = areas::list_path(reading, desk.tree, query.area, "activity.read");
    if (!path) return std::unexpected(path.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    auto days = api::days_of(query.from, query.until);
    if (!days) return std::unexpected(days.error());
    std::optional<std::string> state;
    if (query.state) state = label_of(*query.state);
    std::int64_t limit = api::limit_of(query.limit);
    std::vector<store::Param> params{{"path", *path},
                                     {"path_end", areas::path_end(*path)},
                                     {"before_id", cursor->value_or(api::Cursor{0, INT64_MAX}).id},
                                     {"state", state},
                                     {"from", days->from},
                                     {"until", days->until},
                                     {"limit", limit + 1}};
    ActivityList list;
    for (const auto& activity : reading.rows<ActivityFigure>(queries::newest_first, params)) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({0, list.items.back().id.value});
            break;
        }
        list.items.push_back(show_activity(reading, desk, activity, false));
    }
    return list;
}

Result<ActivityList> list_near_activities(const Reading& reading, const ActivityDesk& desk,
                                          const NearQuery& query) {
    constexpr std::int64_t shown_max = 100;
    // One's own stay for some days after.
    std::chrono::days recent(reading.pack()->pack->activities.past_shown_days);
    auto days = api::days_of(query.from, query.until);
    if (!days) return std::unexpected(days.error());
    std::string home = home_path(reading);
    // Nobody's area begins with this, so that whoever is no volunteer sees nothing near.
    std::vector<store::Param> params{{"home", home.empty() ? std::string("-") : home},
                                     {"person", reading.caller.person},
                                     {"now", reading.now},
                                     {"recent", reading.now - recent},
                                     {"from", days->from},
                                     {"until", days->until},
                                     {"limit", shown_max}};
    ActivityList list;
    for (const auto& activity : reading.rows<ActivityFigure>(queries::near, params)) {
        list.items.push_back(show_activity(reading, desk, activity, false));
    }
    return list;
}

}  // namespace

api::Routes routes(const ActivityDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return activity_page(r, desk, ActivityId(id));
    };
    return {
        api::reads<ActivityQuery, ActivityList>(
            {Method::get, "/activities", "list_activities", "activity.read"},
            [&desk](const Reading& r, const ActivityQuery& q) {
                return list_activities(r, desk, q);
            }),
        api::reads<NearQuery, ActivityList>(
            {Method::get, "/activities/near", "list_near_activities", "shift.join", everyone},
            [&desk](const Reading& r, const NearQuery& q) {
                return list_near_activities(r, desk, q);
            }),
        api::reads<api::Nothing, LedTeams>(
            {Method::get, "/activities/led", "list_led_teams", "shift.check_in", everyone},
            [&desk](const Reading& r, const api::Nothing&) -> Result<LedTeams> {
                return led_teams_page(r, desk);
            }),
        api::reads<api::Nothing, PlaceCode>({Method::get, "/activities/{id}/place-code",
                                             "show_place_code", "shift.check_in", everyone},
                                            [&desk](const Reading& r, const api::Nothing&) {
                                                return place_code_page(r, desk, ActivityId(r.id()));
                                            }),
        api::writes<ArriveAtShift, Activity>(
            {Method::post, "/shifts/{id}/arrival", "arrive_at_shift", "shift.arrive", everyone},
            [&desk](const Writing& w, const ArriveAtShift& input) {
                return arrive_at_shift(w.turn, w.caller, desk, ShiftId(w.id()), input.code);
            },
            render),
        api::reads<api::Nothing, Activity>(
            {Method::get, "/activities/{id}", "show_activity", "activity.read", everyone},
            [&desk](const Reading& r, const api::Nothing&) {
                return activity_page(r, desk, ActivityId(r.id()));
            }),
        api::writes<PublishActivity, Activity>(
            {Method::post, "/activities", "publish_activity", "activity.publish", everyone},
            [&desk](const Writing& w, const PublishActivity& input) {
                return publish_activity(w.turn, w.caller, desk, input);
            },
            render),
        api::writes<CancelActivity, Activity>(
            {Method::post, "/activities/{id}/cancellation", "cancel_activity", "activity.cancel",
             everyone},
            [&desk](const Writing& w, const CancelActivity& input) {
                return cancel_activity(w.turn, w.caller, desk, ActivityId(w.id()), input.reason);
            },
            render),
        api::writes<api::Nothing, Activity>(
            {Method::post, "/shifts/{id}/place", "join_shift", "shift.join", everyone},
            [](const Writing& w, const api::Nothing&) {
                return join_shift(w.turn, w.caller, ShiftId(w.id()));
            },
            render),
        api::writes<api::Nothing, Activity>(
            {Method::post, "/shifts/{id}/withdrawal", "leave_shift", "shift.leave", everyone},
            [](const Writing& w, const api::Nothing&) {
                return leave_shift(w.turn, w.caller, ShiftId(w.id()));
            },
            render),
        api::writes<CheckInShift, Activity>(
            {Method::post, "/shifts/{id}/check-in", "check_in_shift", "shift.check_in", everyone},
            [](const Writing& w, const CheckInShift& input) {
                return check_in_shift(w.turn, w.caller, ShiftId(w.id()), input.person_id,
                                      input.present);
            },
            render),
        api::writes<NoteReturn, Activity>(
            {Method::post, "/shifts/{id}/returns", "note_return", "shift.check_in", everyone},
            [](const Writing& w, const NoteReturn& input) {
                return note_return(w.turn, w.caller, ShiftId(w.id()), input.person_id);
            },
            render),
        api::writes<api::Nothing, Activity>(
            {Method::post, "/shifts/{id}/records", "record_shift", "shift.record", everyone},
            [](const Writing& w, const api::Nothing&) {
                return record_shift(w.turn, w.caller, ShiftId(w.id()));
            },
            render),
    };
}

api::ActionRows actions() {
    return {
        {"publish_activity", "activity.publish", "activity.published", "POST /activities",
         "发布活动", "publish an activity", "发布活动", "an activity was published"},
        {"cancel_activity", "activity.cancel", "activity.cancelled",
         "POST /activities/{id}/cancellation", "取消活动", "cancel the activity", "活动取消",
         "the activity was cancelled"},
        {"join_shift", "shift.join", "shift.joined", "POST /shifts/{id}/place", "报名", "sign up",
         "报名", "signed up"},
        {"leave_shift", "shift.leave", "shift.left", "POST /shifts/{id}/withdrawal", "退出报名",
         "give up the place", "退出报名", "gave up the place"},
        {"check_in_shift", "shift.check_in", "shift.checked_in", "POST /shifts/{id}/check-in",
         "名单签到", "tick the list", "名单签到", "ticked on the list"},
        {"arrive_at_shift", "shift.arrive", "shift.checked_in", "POST /shifts/{id}/arrival",
         "到场签到", "check in at the place", "签到", "checked in at the place"},
        {"note_return", "shift.check_in", "shift.returned", "POST /shifts/{id}/returns", "已返回",
         "has gone home", "已返回", "went home"},
        {"record_shift", "shift.record", "shift.closed", "POST /shifts/{id}/records", "一键记录",
         "record all present", "班次记录完成", "the shift was recorded"},
    };
}

api::StateRows states() {
    return {
        {"activity", "published", "已发布", "published"},
        {"activity", "cancelled", "已取消", "cancelled"},
        {"seat", "joined", "已报名", "signed up"},
        {"seat", "waiting", "候补", "waiting"},
        {"seat", "left", "已退出", "left"},
        {"seat", "present", "已签到", "present"},
        {"seat", "recorded", "已记录", "recorded"},
        {"seat", "not_recorded", "未予记录", "not recorded"},
    };
}

}  // namespace hezhi::activities
