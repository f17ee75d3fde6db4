// An empty database of one's own: an SQLite file in a fresh folder, or a database of the run's
// PostgreSQL cluster.
#pragma once

#include <filesystem>
#include <string>

#include "store/database.h"

namespace hezhi::testing {

// A folder that is removed with its content.
class TempFolder {
  public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

// Must outlive what is connected to it.
class TestDatabase {
  public:
    explicit TestDatabase(store::Engine engine);
    ~TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    const std::string& url() const { return url_; }
    store::Engine engine() const { return engine_; }
    std::unique_ptr<store::Database> open(store::Options options = {}) const {
        return store::Database::open(url_, std::move(options));
    }
    // PostgreSQL only: the server ends all connections to this database, and they have ended when
    // it returns.
    void cut_connections() const;

  private:
    store::Engine engine_;
    TempFolder folder_;
    std::string url_;
};

}  // namespace hezhi::testing
