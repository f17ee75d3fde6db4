// What is particular to SQLite.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "store/database.h"
#include "support/test_database.h"

namespace hezhi::store {
namespace {

constexpr std::string_view schema =
    "CREATE TABLE notes (id INTEGER NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT";
constexpr Query add_note{"test.add_note", "INSERT INTO notes (id, body) VALUES (:id, :body)"};
constexpr Query notes{"test.notes", "SELECT id, body FROM notes ORDER BY id"};
constexpr Query count_notes{"test.count_notes", "SELECT count(*) FROM notes"};

class SqliteSessions : public ::testing::Test {
  protected:
    testing::TestDatabase home{Engine::sqlite};
    std::string path = home.url().substr(7);
};

// What wal_checkpoint(TRUNCATE) leaves in the WAL; nullopt if a reader held it up.
std::optional<std::uintmax_t> wal_bytes_after_checkpoint(const std::string& path) {
    sqlite3* db = nullptr;
    sqlite3_open(path.c_str(), &db);
    // A connection that has not read yet does not know of the WAL.
    sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
    int rc = sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    auto bytes = std::filesystem::file_size(path + "-wal");
    sqlite3_close(db);
    if (rc != SQLITE_OK) return std::nullopt;
    return bytes;
}

TEST_F(SqliteSessions, AReadLeavesNoTransactionOpenAndTheWalCanBeEmptied) {
    auto database = home.open();
    auto writer = database->connect();
    auto reader = database->connect(Access::read_only);
    writer->script(schema);
    for (int id = 1; id <= 10; ++id) writer->write(add_note, {{"id", id}, {"body", "x"}});
    EXPECT_EQ(reader->rows(notes).size(), 10u);
    struct Enough {};
    EXPECT_THROW(reader->each(notes, {}, [](const Row&) { throw Enough(); }), Enough);
    EXPECT_EQ(wal_bytes_after_checkpoint(path), 0u);
    writer->write(add_note, {{"id", 11}, {"body", "x"}});
    EXPECT_EQ(reader->row(count_notes)->integer(0), 11);
}

TEST_F(SqliteSessions, AnOpenSnapshotHoldsTheCheckpointUpSoTheTestAboveCanFail) {
    auto database = home.open();
    auto writer = database->connect();
    auto reader = database->connect(Access::read_only);
    writer->script(schema);
    reader->begin_snapshot();
    writer->write(add_note, {{"id", 1}, {"body", "x"}});
    EXPECT_EQ(wal_bytes_after_checkpoint(path), std::nullopt);
    reader->rollback();
    EXPECT_EQ(wal_bytes_after_checkpoint(path), 0u);
}

TEST_F(SqliteSessions, ASecondWriterWaitsAndIsToldThatTheFileIsBusy) {
    Options impatient;
    impatient.busy_timeout = std::chrono::milliseconds(1);
    auto database = home.open(impatient);
    auto first = database->connect();
    auto second = database->connect();
    first->script(schema);
    first->begin();
    try {
        second->begin();
        FAIL() << "two writers at once";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::busy);
    }
    first->commit();
    second->begin();
    second->commit();
}

TEST_F(SqliteSessions, AFullDiskRollsBackTheWholeTransactionAndTheFileSurvives) {
    Options small;
    small.page_count_max = 20;
    auto database = home.open(small);
    auto session = database->connect();
    session->script(schema);
    session->write(add_note, {{"id", 1}, {"body", "kept"}});
    session->begin();
    session->write(add_note, {{"id", 2}, {"body", "lost"}});
    try {
        session->write(add_note, {{"id", 3}, {"body", std::string(200000, 'x')}});
        FAIL() << "it fitted";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::full);
    }
    // SQLite may have rolled back by itself: nothing may be committed from here on.
    EXPECT_THROW(session->write(add_note, {{"id", 4}, {"body", "lost"}}), StoreError);
    session->rollback();
    EXPECT_EQ(session->row(count_notes)->integer(0), 1);
    session->write(add_note, {{"id", 5}, {"body", "kept"}});
    EXPECT_EQ(session->row({"test.check", "SELECT * FROM pragma_integrity_check"})->text(0), "ok");
}

TEST_F(SqliteSessions, MemoryIsSharedByTheSessionsOfOneDatabase) {
    auto database = Database::open("sqlite::memory:");
    auto stranger = Database::open("sqlite::memory:");
    database->connect()->script(schema);
    database->connect()->write(add_note, {{"id", 1}, {"body", "x"}});
    EXPECT_EQ(database->connect()->row(count_notes)->integer(0), 1);
    EXPECT_FALSE(stranger->connect()->has_table("notes"));
}

TEST_F(SqliteSessions, AFolderThatIsNotThereIsReported) {
    EXPECT_THROW(Database::open("sqlite:/nowhere/at/all.sqlite"), StoreError);
    EXPECT_THROW(Database::open("sqlite:"), StoreError);
    EXPECT_THROW(Database::open("mysql://x"), StoreError);
}

TEST(DatabaseUrl, PasswordsAreNotShown) {
    EXPECT_EQ(url_without_password("postgresql://me:secret@host/db"),
              "postgresql://me:***@host/db");
    EXPECT_EQ(url_without_password("postgresql:///db?password=secret&user=me"),
              "postgresql:///db?password=***&user=me");
    EXPECT_EQ(url_without_password("postgresql://host:5432/db"), "postgresql://host:5432/db");
    EXPECT_EQ(url_without_password("sqlite:data/a.sqlite"), "sqlite:data/a.sqlite");
}

}  // namespace
}  // namespace hezhi::store
