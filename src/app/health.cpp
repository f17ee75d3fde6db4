#include "app/health.h"

#include "app/queries.h"
#include "app/version.h"
#include "rules/working_calendar.h"

namespace hezhi::app {

namespace {

// A daily backup, and a day to notice that one failed.
constexpr Millis tested_backup_age_max = std::chrono::hours(48);

void check_backups(HealthPage& page, store::Session& db, Instant now) {
    auto row = db.row(queries::newest_tested);
    bool fresh = false;
    if (auto made_at = row->integer_or_null("made_at")) {
        Millis age = now - Instant{*made_at};
        page.backup_tested_hours = std::chrono::duration_cast<std::chrono::hours>(age).count();
        fresh = age <= tested_backup_age_max;
    }
    page.checks.push_back({"backup", fresh, "48小时内有经过恢复演练的备份",
                           "a backup of the last 48 hours was restored as a test"});
}

// Some rounds of the sealer may fail before it is worth a word.
constexpr Millis unsealed_age_max = std::chrono::minutes(5);

void check_seals(HealthPage& page, store::Session& db, const Sealer& sealer, Instant now) {
    auto waiting = journal::unsealed(db);
    page.unsealed_facts = waiting.facts;
    bool fresh = waiting.facts == 0 || now - waiting.oldest <= unsealed_age_max;
    auto trouble = sealer.trouble();
    page.checks.push_back({"seals", !trouble && fresh, trouble ? trouble->zh : "流水按时封印",
                           trouble ? trouble->en : "the journal is sealed in time"});
}

// A restore whose list of erasures was lost may have brought back who had asked to be forgotten.
bool erasures_known(store::Session& db) {
    auto row = db.row(queries::newest_restore);
    return !row || row->integer_or_null("erasures_known_at").has_value();
}

}  // namespace

bool is_for_people(const HealthCheck& check) {
    return check.key == "calendar" || check.key == "backup" || check.key == "erasures" ||
           check.key == "seals";
}

HealthPage health(Installation& installation, const RunningParts& parts) {
    HealthPage page;
    journal::Ledger& ledger = installation.ledger();
    Instant now = ledger.clock().now();
    page.version = version;
    page.database = installation.engine_name();
    page.position = ledger.head().position;
    page.started_at = parts.started_at;
    bool readable = true, known = false;
    try {
        auto db = ledger.read();
        readable = db->row(queries::installation).has_value();
        check_backups(page, *db, now);
        known = erasures_known(*db);
        check_seals(page, *db, parts.sealer, now);
    } catch (const store::StoreError&) {
        readable = false;
    }
    page.checks.insert(page.checks.begin(),
                       HealthCheck{"database", readable, "数据库可读", "the database can be read"});
    page.checks.push_back({"erasures", known && parts.erasures.whole(), "已清除人员的名单完整",
                           "the list of erased persons is whole"});
    bool takes = ledger.writer_metrics().waiting < store::WriterLimits{}.waiting_max;
    page.checks.push_back({"writer", takes, "写入队列正常", "the writer takes actions"});
    auto packs = ledger.packs();
    const auto* published = packs->in_force(now);
    page.checks.push_back(
        {"rule_pack", published != nullptr, "有生效的规则包", "a rule pack is in force"});
    if (published) {
        auto missing = rules::year_missing_soon(day_of(now), published->pack->calendar);
        page.checks.push_back(
            {"calendar", !missing, "工作日历已备下一年", "the working calendar has its next year"});
    }
    return page;
}

api::Route health_route(Installation& installation, RunningParts parts) {
    return api::reads<api::Nothing, HealthPage>(
        {http::Method::get, "/health-page", "show_health", "health.read"},
        [&installation, parts](const api::Reading&, const api::Nothing&) -> Result<HealthPage> {
            return health(installation, parts);
        });
}

void add_metrics(Installation& installation, http::Metrics& metrics) {
    journal::Ledger& ledger = installation.ledger();
    const store::WriterMetrics& writer = ledger.writer_metrics();
    metrics.gauge_from("hezhi_journal_position", "Facts in the journal.",
                       [&ledger] { return ledger.head().position; });
    auto add = [&](const char* name, const char* help, const std::atomic<std::uint64_t>& value) {
        metrics.gauge_from(name, help,
                           [&value] { return static_cast<std::int64_t>(value.load()); });
    };
    add("hezhi_writer_turns", "Commits of the writer.", writer.turns);
    add("hezhi_writer_turns_rolled_back", "Turns that were rolled back.", writer.turns_rolled_back);
    add("hezhi_writer_committed", "Actions committed.", writer.committed);
    add("hezhi_writer_refused", "Actions refused.", writer.refused);
    add("hezhi_writer_failed", "Actions failed.", writer.failed);
    add("hezhi_writer_unknown", "Actions with unknown outcome.", writer.unknown);
    add("hezhi_writer_turned_away", "Actions turned away.", writer.turned_away);
    add("hezhi_writer_overlong_actions", "Actions over their time.", writer.overlong_actions);
    add("hezhi_writer_waiting", "Actions waiting now.", writer.waiting);
}

}  // namespace hezhi::app
