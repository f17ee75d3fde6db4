// What the real writer asks of the database, recorded and replayed bare: no actions, no figures, no
// JSON, no queue, no waiting clients; the same statements in the same batches.
#pragma once

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "store/database.h"

namespace hezhi::bench {

struct Statement {
    store::Query query;
    std::vector<store::Param> params;

    bool reads() const {
        auto word = query.sql.find_first_not_of(" \n");
        return query.sql.substr(word).starts_with("SELECT");
    }
    bool begins_turn() const { return query.name == "journal.head"; }
    bool ends_turn() const { return query.name == "journal.move_head"; }
};

// Holds the texts that its statements point into.
class Recording {
  public:
    void add(const store::Query& query, store::Params params);
    const std::vector<Statement>& statements() const { return statements_; }

  private:
    std::string_view keep(std::string_view text);

    std::set<std::string, std::less<>> texts_;
    std::vector<Statement> statements_;
};

// A database whose read-write sessions are recorded. For one writer.
class RecordedDatabase final : public store::Database {
  public:
    RecordedDatabase(store::Database& inner, Recording& recording)
        : inner_(inner), recording_(recording) {}

    std::unique_ptr<store::Session> connect(store::Access access) override;
    store::Engine engine() const override { return inner_.engine(); }
    std::unique_ptr<store::SoleWriter> sole_writer(
        std::optional<store::AloneTimes> times) override {
        return inner_.sole_writer(times);
    }

  private:
    store::Database& inner_;
    Recording& recording_;
};

// Runs all of it, a commit where the writer had one.
void replay(const Recording& recording, store::Session& session);

}  // namespace hezhi::bench
