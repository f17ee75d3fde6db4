#include "domain/accounts/security_log.h"

#include "domain/accounts/queries.h"

namespace hezhi::accounts {
namespace {

crypto::FieldPlace place_of(std::int64_t id) {
    return {"security_log", "username", id};
}

// Invariant 9: the first character only, by which a mistyped name is still recognised.
std::string masked(std::string_view typed) {
    if (typed.empty()) return {};
    std::size_t length = 1;  // of the first character in bytes
    while (length < typed.size() && (static_cast<unsigned char>(typed[length]) & 0xC0) == 0x80) {
        ++length;
    }
    return std::string(typed.substr(0, length)) + "***";
}

struct LogQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(LogQuery, (), (cursor, limit))

struct LogShown {
    Instant at;
    std::string event;
    std::optional<std::string> username;
    std::optional<AccountId> account_id;
    std::string address;
    std::string outcome;
};
BOOST_DESCRIBE_STRUCT(LogShown, (), (at, event, username, account_id, address, outcome))

struct LogList {
    std::vector<LogShown> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(LogList, (), (items, next_cursor))

Result<LogList> list_log(const api::Reading& reading, const AccountDesk& desk,
                         const LogQuery& query) {
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit), last = 0;
    LogList list;
    auto add = [&](const store::Row& row) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({0, last});
            return;
        }
        last = row.integer("id");
        LogShown shown{row.instant("logged_at"), std::string(row.text("event"))};
        if (auto sealed = row.bytes_or_null("username")) {
            // One damaged row must not hide the others.
            shown.username = desk.suite.open(place_of(last), *sealed).value_or("?");
        }
        if (!row.is_null("account")) shown.account_id = row.id<AccountId>("account");
        shown.address = row.text_or_empty("address");
        shown.outcome = row.text("outcome");
        list.items.push_back(std::move(shown));
    };
    auto from = cursor->value_or(api::Cursor{0, INT64_MAX});
    reading.db.each(queries::newest_log, {{"before_id", from.id}, {"limit", limit + 1}}, add);
    return list;
}

}  // namespace

void write_log(journal::Turn& turn, const AccountDesk& desk, const LogEntry& entry) {
    std::int64_t id = turn.db().row(queries::last_log_id)->integer("id") + 1;
    std::string username = entry.account ? entry.username : masked(entry.username);
    std::optional<crypto::Bytes> sealed;
    if (!username.empty()) sealed = desk.suite.seal(place_of(id), username, desk.random);
    std::optional<AccountId> account;
    if (entry.account) account = entry.account;
    turn.db().write(queries::insert_log, {{"id", id},
                                          {"logged_at", turn.now()},
                                          {"event", label_of(entry.event)},
                                          {"account", account},
                                          {"username", sealed},
                                          {"address", store::text_or_null(entry.address)},
                                          {"outcome", label_of(entry.outcome)}});
}

Millis security_log_kept(const rules::Pack& pack) {
    return std::chrono::days(std::max(pack.security_log_days(), rules::security_log_days_min));
}

Result<std::int64_t> purge_security_log(journal::Turn& turn) {
    Instant before = turn.now() - security_log_kept(*turn.pack()->pack);
    std::int64_t rows = turn.db().write_counted(queries::delete_old_log, {{"before", before}});
    return rows + turn.db().write_counted(queries::delete_ended_sessions, {{"now", turn.now()}});
}

api::Routes security_log_routes(const AccountDesk& desk) {
    return {api::reads<LogQuery, LogList>(
        {http::Method::get, "/security-log", "list_security_log", "security_log.read"},
        [&desk](const api::Reading& r, const LogQuery& q) { return list_log(r, desk, q); })};
}

}  // namespace hezhi::accounts
