// What is particular to PostgreSQL.
#include <gtest/gtest.h>

#include "store/database.h"
#include "store/reader_pool.h"
#include "support/postgres_cluster.h"
#include "support/test_database.h"

namespace hezhi::store {
namespace {

using Kind = StoreError::Kind;

constexpr Query add_note{"test.add_note", "INSERT INTO notes (id, body) VALUES (:id, :body)"};
constexpr Query other_add{"test.other_add", "INSERT INTO notes (body, id) VALUES (:body, :id)"};
constexpr Query count_notes{"test.count_notes", "SELECT count(*) FROM notes"};

class PostgresqlSessions : public ::testing::Test {
  protected:
    PostgresqlSessions() : database(home.open()), session(database->connect()) {
        session->script("CREATE TABLE notes (id BIGINT NOT NULL PRIMARY KEY, body TEXT)");
    }

    std::int64_t count() { return session->row(count_notes)->integer(0); }

    testing::TestDatabase home{Engine::postgresql};
    std::unique_ptr<Database> database;
    std::unique_ptr<Session> session;
};

template <class Act>
Kind kind_of(Act act) {
    try {
        act();
    } catch (const StoreError& error) {
        return error.kind;
    }
    throw std::runtime_error("no StoreError was thrown");
}

TEST_F(PostgresqlSessions, AnIdleSessionWhoseConnectionDiedConnectsAgain) {
    session->write(add_note, {{"id", 1}, {"body", "x"}});
    home.cut_connections();
    EXPECT_EQ(count(), 1);
    home.cut_connections();
    session->begin();
    session->write(add_note, {{"id", 2}, {"body", "x"}});
    session->commit();
    EXPECT_EQ(count(), 2);
}

TEST_F(PostgresqlSessions, AConnectionThatDiesInATransactionIsLostUntilTheRollback) {
    session->begin();
    session->write(add_note, {{"id", 1}, {"body", "x"}});
    EXPECT_EQ(count(), 1);
    home.cut_connections();
    EXPECT_EQ(kind_of([&] { count(); }), Kind::lost);
    EXPECT_TRUE(session->broken());
    EXPECT_EQ(kind_of([&] { session->write(add_note, {{"id", 2}, {"body", "x"}}); }), Kind::lost);
    session->rollback();
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresqlSessions, AConnectionThatDiesBeforeTheCommitMakesItsOutcomeUnknown) {
    session->begin();
    session->write(add_note, {{"id", 1}, {"body", "x"}});
    session->flush();
    home.cut_connections();
    EXPECT_EQ(kind_of([&] { session->commit(); }), Kind::lost);
    session->rollback();
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresqlSessions, APipelinesErrorNamesTheQueryThatFailedNotTheOneThatMetIt) {
    session->begin();
    session->write(add_note, {{"id", 1}, {"body", "x"}});
    session->write(other_add, {{"id", 1}, {"body", "x"}});
    session->write(add_note, {{"id", 2}, {"body", "x"}});
    try {
        count();
        FAIL() << "no error";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, Kind::unique);
        EXPECT_TRUE(std::string(error.what()).starts_with("test.other_add: ")) << error.what();
    }
    session->rollback();
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresqlSessions, AStatementWhosePreparationWasSkippedIsPreparedAgain) {
    session->begin();
    session->write(add_note, {{"id", 1}, {"body", "x"}});
    session->write(add_note, {{"id", 1}, {"body", "x"}});
    session->write(other_add, {{"id", 2}, {"body", "x"}});  // never reaches the server
    EXPECT_THROW(session->flush(), StoreError);
    session->rollback();
    session->write(other_add, {{"id", 2}, {"body", "x"}});
    EXPECT_EQ(count(), 1);
}

TEST_F(PostgresqlSessions, ADatabaseInAnotherEncodingOrOrderIsRefused) {
    auto& cluster = testing::PostgresCluster::instance();
    cluster.administer("CREATE DATABASE other_encoding ENCODING 'SQL_ASCII' TEMPLATE template0");
    cluster.administer(
        "CREATE DATABASE other_order TEMPLATE template0"
        " LOCALE_PROVIDER icu ICU_LOCALE 'zh'");
    for (const char* name : {"other_encoding", "other_order"}) {
        try {
            Database::open(cluster.url_of(name));
            ADD_FAILURE() << name << " was accepted";
        } catch (const StoreError& error) {
            EXPECT_NE(std::string(error.what()).find("CREATE DATABASE"), std::string::npos);
        }
        cluster.administer(std::string("DROP DATABASE ") + name + " WITH (FORCE)");
    }
}

TEST_F(PostgresqlSessions, AServerThatIsNotThereIsReportedWithoutThePassword) {
    try {
        Database::open("postgresql://me:secret@/none?host=/nowhere");
        FAIL() << "connected";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, Kind::lost);
        EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos) << error.what();
    }
}

TEST_F(PostgresqlSessions, ThePoolReplacesSessionsWhoseConnectionDied) {
    ReaderPool pool(*database, 1);
    {
        auto lease = pool.lease();
        EXPECT_EQ(lease->row(count_notes)->integer(0), 0);
        lease->begin_snapshot();
        home.cut_connections();
        EXPECT_THROW(lease->row(count_notes), StoreError);
    }
    EXPECT_EQ(pool.lease()->row(count_notes)->integer(0), 0);
}

}  // namespace
}  // namespace hezhi::store
