#include "app/health.h"

#include "app/queries.h"
#include "app/version.h"
#include "rules/working_calendar.h"

namespace hezhi::app {

HealthPage health(Installation& installation, Instant started_at) {
    HealthPage page;
    journal::Ledger& ledger = installation.ledger();
    Instant now = ledger.clock().now();
    page.version = version;
    page.database = installation.engine_name();
    page.position = ledger.head().position;
    page.started_at = started_at;
    bool readable = true;
    try {
        readable = ledger.read()->row(queries::installation).has_value();
    } catch (const store::StoreError&) {
        readable = false;
    }
    page.checks.push_back({"database", readable, "数据库可读", "the database can be read"});
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

api::Route health_route(Installation& installation, Instant started_at) {
    return api::reads<api::Nothing, HealthPage>(
        {http::Method::get, "/health-page", "show_health", "health.read"},
        [&installation, started_at](const api::Reading&, const api::Nothing&)
            -> Result<HealthPage> { return health(installation, started_at); });
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
