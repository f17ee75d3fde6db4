// The lock of those who write to PostgreSQL: an advisory one.
#include "store/postgresql_session.h"

namespace hezhi::store {

namespace {

// The lock's two numbers: "Hezh" in ASCII, and one for writing.
constexpr Query share_it{"store.share_writing",
                         "SELECT pg_advisory_xact_lock_shared(1214609000, 1)"};

constexpr Query take_it{
    "store.take_writing",
    "SELECT CASE WHEN pg_try_advisory_lock(1214609000, 1) THEN 1 ELSE 0 END AS taken"};

constexpr Query release_it{
    "store.release_writing",
    "SELECT CASE WHEN pg_advisory_unlock(1214609000, 1) THEN 1 ELSE 0 END AS released"};

// Who waits for the lock, and whether this connection still holds it: one that was lost and made
// again does not.
constexpr Query waiting_and_held{
    "store.waiting_and_held",
    "SELECT count(*) FILTER (WHERE NOT l.granted) AS waiting,"
    " count(*) FILTER (WHERE l.granted AND l.pid = pg_backend_pid()) AS held"
    " FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()"
    " WHERE l.locktype = 'advisory' AND l.classid = 1214609000 AND l.objid = 1"};

class PostgresqlWritersLock final : public WritersLock {
  public:
    explicit PostgresqlWritersLock(Database& database) : database_(database) {}

    // Until the end of the transaction. It travels with the first read.
    void share(Session& turn) override { turn.write(share_it); }
    bool take() override { return session().row(take_it)->integer("taken") != 0; }
    Found look() override {
        auto found = session().row(waiting_and_held);
        if (found->integer("held") == 0) return Found::lost;
        return found->integer("waiting") > 0 ? Found::wanted : Found::undisturbed;
    }
    void release() override { session().row(release_it); }

  private:
    // A connection that the watching thread keeps for this.
    Session& session() {
        if (!session_) session_ = database_.connect();
        return *session_;
    }

    Database& database_;
    std::unique_ptr<Session> session_;
};

}  // namespace

std::unique_ptr<WritersLock> postgresql_writers_lock(Database& database) {
    return std::make_unique<PostgresqlWritersLock>(database);
}

}  // namespace hezhi::store
