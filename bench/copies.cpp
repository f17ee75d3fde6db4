#include "bench/copies.h"

#include "bench/measure.h"
#include "support/postgres_cluster.h"

namespace hezhi::bench {

SqliteCopies::SqliteCopies(std::filesystem::path folder, const Prepare& prepare)
    : folder_(std::move(folder)) {
    prepare("sqlite:" + prepared().string());
}

std::string SqliteCopies::next() {
    auto copy = folder_ / ("copy" + std::to_string(++copies_) + ".sqlite");
    // The log beside it is empty: the last connection has closed in order.
    std::filesystem::copy_file(prepared(), copy);
    return "sqlite:" + copy.string();
}

PostgresCopies::PostgresCopies(const Prepare& prepare)
    : prepared_(testing::PostgresCluster::on_disk().lend_database()) {
    prepare(prepared_);
}

std::string PostgresCopies::next() {
    auto& cluster = testing::PostgresCluster::on_disk();
    std::string name = "copy_" + std::to_string(++copies_);
    cluster.end_connections(prepared_);
    cluster.administer("CREATE DATABASE " + name + " TEMPLATE " + testing::database_of(prepared_));
    return cluster.url_of(name);
}

double replay_seconds(const std::string& url, const Recording& recording) {
    auto database = store::Database::open(url);
    auto session = database->connect();
    Stopwatch watch;
    replay(recording, *session);
    return watch.seconds();
}

}  // namespace hezhi::bench
