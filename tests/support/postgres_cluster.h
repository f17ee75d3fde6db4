// A private PostgreSQL cluster for one run of a test program: C collation, UTF8, a unix socket and
// nothing else. It starts when first asked for and goes away with the process, however that ends.
#pragma once

#include <string>
#include <vector>

namespace hezhi::testing {

// The database a URL of the cluster names.
std::string database_of(const std::string& url);

class PostgresCluster {
  public:
    // Starts it if it does not run yet. Throws std::runtime_error with what is missing.
    static PostgresCluster& instance();
    // The same, on the disk and synced as in production, for what is measured; to be the first that
    // asks. Otherwise it is in memory where there is room, and never syncs: no test cuts the power,
    // and what a server that dies had handed to the system is there when it starts again.
    static PostgresCluster& on_disk();

    // The URL of an empty database that nobody else uses.
    std::string lend_database();
    // Ends the connections to it and empties it for the next test, which is ten times as fast as
    // making a new one.
    void give_back_database(const std::string& url);
    std::string url_of(const std::string& database) const;
    // They have ended when it returns.
    void end_connections(const std::string& url) const;
    // The server dies as if its power was cut (what it had handed to the system is kept) and is
    // started again; it has recovered when this returns.
    void crash() const;
    // Runs SQL as the superuser, on the maintenance database.
    void administer(const std::string& sql) const;

  private:
    PostgresCluster();
    void start_cleaner();
    void run_sql(const std::string& url, const std::string& sql) const;

    std::string folder_;
    int databases_made_ = 0;
    std::vector<std::string> free_databases_;
};

}  // namespace hezhi::testing
