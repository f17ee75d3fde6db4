#include "crypto/digest.h"
#include "journal/ledger.h"
#include "journal/queries.h"

namespace hezhi::journal {

std::string keep_pack_text(Turn& turn, const rules::Pack& pack) {
    std::string hash = crypto::to_hex(crypto::sha256(pack.canonical_text));
    bool known = turn.db().row(queries::pack_text, {{"hash", hash}}).has_value();
    if (!known) {
        turn.db().write(queries::insert_pack_text, {{"hash", hash}, {"body", pack.canonical_text}});
    }
    return hash;
}

std::int64_t publish_kept_pack(Turn& turn, const Actor& actor, PackPublished published,
                               std::int64_t rule_pack) {
    return turn.append(draft(published, actor, {}, {{"rule_pack", rule_pack}}, turn.now()));
}

Result<std::int64_t> publish_pack(Turn& turn, const Actor& actor, const rules::Pack& pack,
                                  Instant effective_at) {
    std::string hash = keep_pack_text(turn, pack);
    return publish_kept_pack(turn, actor, {pack.name, pack.version, hash, effective_at});
}

}  // namespace hezhi::journal
