#include "support/test_database.h"

#include <cstdlib>
#include <stdexcept>

#include "support/postgres_cluster.h"

#ifdef __SANITIZE_ADDRESS__
// cairo 1.16 loses the table of a font's dictionary with each subset, and Fontconfig keeps its
// configuration; nothing of ours holds them. The name is the sanitizer's.
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libcairo\nleak:libfontconfig\n";
}
#endif

namespace hezhi::testing {

namespace fs = std::filesystem;

TempFolder::TempFolder() {
    std::string name = (fs::temp_directory_path() / "hezhi-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("cannot make " + name);
    path_ = name;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

TestDatabase::TestDatabase(store::Engine engine) : engine_(engine) {
    url_ = engine == store::Engine::sqlite ? "sqlite:" + (folder_.path() / "test.sqlite").string()
                                           : PostgresCluster::instance().lend_database();
}

TestDatabase::~TestDatabase() {
    if (engine_ == store::Engine::sqlite) return;
    try {
        PostgresCluster::instance().give_back_database(url_);
    } catch (const std::exception&) {
        // The cluster goes away with the process, and the database with it.
    }
}

void TestDatabase::cut_connections() const {
    PostgresCluster::instance().end_connections(url_);
}

}  // namespace hezhi::testing
