#include "bench/recording.h"

namespace hezhi::bench {

std::string_view Recording::keep(std::string_view text) {
    auto found = texts_.find(text);
    if (found == texts_.end()) found = texts_.emplace(text).first;
    return *found;
}

void Recording::add(const store::Query& query, store::Params params) {
    Statement statement{{keep(query.name), keep(query.sql)}, {}};
    for (const store::Param& param : params) {
        statement.params.push_back(param);
        statement.params.back().name = keep(param.name);
    }
    statements_.push_back(std::move(statement));
}

std::unique_ptr<store::Session> RecordedDatabase::connect(store::Access access) {
    auto session = inner_.connect(access);
    if (access == store::Access::read_write) {
        session->record([this](const store::Query& query, store::Params params) {
            recording_.add(query, params);
        });
    }
    return session;
}

void replay(const Recording& recording, store::Session& session) {
    for (const Statement& statement : recording.statements()) {
        if (statement.begins_turn()) {
            if (session.in_transaction()) session.rollback();  // nothing was written in that turn
            session.begin();
        }
        if (statement.reads()) {
            session.each(statement.query, statement.params, [](const store::Row&) {});
        } else {
            session.write(statement.query, statement.params);
        }
        if (statement.ends_turn()) session.commit();
    }
    if (session.in_transaction()) session.rollback();
}

}  // namespace hezhi::bench
