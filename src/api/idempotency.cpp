#include "api/idempotency.h"

#include "api/queries.h"

namespace hezhi::api {

Result<std::optional<std::int64_t>> find_key(journal::Turn& turn, const IdempotencyKey& key) {
    auto row =
        turn.db().row(queries::idempotency_key, {{"holder", key.holder}, {"request_key", key.key}});
    if (!row) return std::optional<std::int64_t>();
    if (row->text("body_hash") != key.body_hash) return refuse(refusals::idempotency_key_reused);
    return std::optional(row->integer("subject"));
}

void note_key(journal::Turn& turn, const IdempotencyKey& key, std::int64_t subject) {
    turn.db().write(queries::note_idempotency_key, {{"holder", key.holder},
                                                    {"request_key", key.key},
                                                    {"body_hash", key.body_hash},
                                                    {"subject", subject},
                                                    {"noted_at", turn.now()}});
}

Result<std::int64_t> forget_keys(journal::Turn& turn) {
    return turn.db().write_counted(queries::forget_idempotency_keys,
                                   {{"before", turn.now() - idempotency_keys_kept}});
}

}  // namespace hezhi::api
