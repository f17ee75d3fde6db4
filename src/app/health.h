// Whether the installation is well: for the system administrator's page, /health and /metrics.
#pragma once

#include "api/route.h"
#include "app/installation.h"
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
    std::vector<HealthCheck> checks;
};
BOOST_DESCRIBE_STRUCT(HealthPage, (),
                      (version, database, position, started_at, key_backup_warning, checks))

// Reads the database; what cannot be read is a check that failed.
HealthPage health(Installation& installation, Instant started_at);

api::Route health_route(Installation& installation, Instant started_at);
// The journal's and the writer's numbers, read when the metrics page is asked for.
void add_metrics(Installation& installation, http::Metrics& metrics);

}  // namespace hezhi::app
