// Whether the installation is well: for the system administrator's page, /health and /metrics.
#pragma once

#include "api/route.h"
#include "app/backup/erasures.h"
#include "app/installation.h"
#include "app/sealing.h"
#include "http/metrics.h"

namespace hezhi::app {

struct HealthCheck {
    std::string key;
    bool ok = false;
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(HealthCheck, (), (key, ok, zh, en))

struct HealthPage {
    std::string version;
    std::string database;
    std::int64_t position = 0;
    Instant started_at;
    bool key_backup_warning = true;  // nobody has said yet that the keys are backed up
    std::optional<std::int64_t> backup_tested_hours;  // since the newest backup that was tested
    std::int64_t unsealed_facts = 0;
    std::vector<HealthCheck> checks;
};
BOOST_DESCRIBE_STRUCT(HealthPage, (),
                      (version, database, position, started_at, key_backup_warning,
                       backup_tested_hours, unsealed_facts, checks))

// A check that people have to mend, while the service goes on: no reason to send nobody here.
bool is_for_people(const HealthCheck& check);

// What only the running service has.
struct RunningParts {
    Instant started_at;
    const ErasuresKept& erasures;
    const Sealer& sealer;
};

// Reads the database; what cannot be read is a check that failed.
HealthPage health(Installation& installation, const RunningParts& parts);

api::Route health_route(Installation& installation, RunningParts parts);
// The journal's and the writer's numbers, read when the metrics page is asked for.
void add_metrics(Installation& installation, http::Metrics& metrics);

}  // namespace hezhi::app
