#include "crypto/digest.h"
#include "facts/pack_facts.h"
#include "journal/ledger.h"
#include "journal/queries.h"

namespace hezhi::journal {

Result<std::int64_t> publish_pack(Turn& turn, const Actor& actor, const rules::Pack& pack,
                                  Instant effective_at) {
    std::string hash = crypto::to_hex(crypto::sha256(pack.canonical_text));
    bool known = turn.db().row(queries::pack_text, {{"hash", hash}}).has_value();
    if (!known) {
        turn.db().write(queries::insert_pack_text, {{"hash", hash}, {"body", pack.canonical_text}});
    }
    return turn.append(draft(PackPublished{pack.name, pack.version, hash, effective_at}, actor, {},
                             {{"rule_pack", self}}, turn.now()));
}

}  // namespace hezhi::journal
