#include "journal/turn.h"

#include <algorithm>

#include "crypto/digest.h"
#include "facts/pack_facts.h"
#include "journal/queries.h"

namespace hezhi::journal {

std::string next_chain(std::string_view chain, std::string_view body) {
    crypto::Digest digest(crypto::DigestKind::sha256);
    return crypto::to_hex(digest.add(chain).add("\n").add(body).finish());
}

const rules::Pack& pack_for(const rules::PackHistory& packs, const Fact& fact) {
    static const rules::Pack none;
    const rules::PublishedPack* published = packs.in_force(fact.occurred_at);
    return published ? *published->pack : none;
}

Turn::Turn(store::Session& db, const FigureTables& tables, SharedPacks& packs, Head& head,
           std::vector<Fact>& written, Instant now)
    : db_(db),
      tables_(tables),
      packs_(packs),
      head_(head),
      written_(written),
      now_(std::max(now, head.recorded_at)),
      writes_before_(db.writes()) {}

Turn::Held& Turn::hold(const FigureTable& table, const Key& key) {
    auto [found, fresh] = held_.try_emplace({&table, key});
    if (fresh) {
        found->second.state = table.load(db_, key);
        found->second.stored = found->second.state != nullptr;
    }
    return found->second;
}

std::int64_t Turn::append(FactDraft draft) {
    Fact fact;
    fact.position = head_.position + 1;
    fact.recorded_at = now_;
    fact.occurred_at = draft.occurred_at;
    fact.kind = KindName(draft.kind);
    fact.version = draft.version;
    fact.actor = std::move(draft.actor);
    fact.place = std::move(draft.place);
    fact.subjects = std::move(draft.subjects);
    for (auto& [noun, id] : fact.subjects) {
        if (id == self) id = fact.position;
    }
    fact.payload = std::move(draft.payload);
    std::string body = canonical_bytes(fact);
    head_ = {fact.position, fact.recorded_at, next_chain(head_.chain, body)};
    db_.write(queries::insert_fact, {{"position", fact.position},
                                     {"kind", fact.kind.view()},
                                     {"recorded_at", fact.recorded_at},
                                     {"body", body},
                                     {"chain", head_.chain}});
    for (const auto& [noun, id] : fact.subjects) {
        db_.write(queries::insert_subject,
                  {{"noun", noun}, {"id", id}, {"position", fact.position}});
    }
    step_figures(fact);
    if (fact.is<PackPublished>()) publish(fact);
    ++appended_;
    written_.push_back(std::move(fact));
    return head_.position;
}

void Turn::step_figures(const Fact& fact) {
    const rules::Pack& pack = pack_for(*packs_, fact);
    for (const FigureTable* table : tables_.touched_by(fact.kind)) {
        const FigureDef& def = table->def();
        for (const Key& key : def.keys(fact)) {
            Held& held = hold(*table, key);
            if (!held.state) {
                held.state = def.make_alone();
                set_key(def, held.state.get(), key);
            }
            def.step(held.state.get(), fact, pack);
            held.changed = true;
            // At once, as in a fold: a later fact of this action begins with a fresh state.
            if (def.gone(held.state.get())) held.state = nullptr;
        }
    }
}

void Turn::publish(const Fact& fact) {
    const auto& published = fact.as<PackPublished>();
    auto packs = std::make_shared<rules::PackHistory>(*packs_);
    packs->add({published.effective_at, published.hash, load_pack(db_, published.hash)});
    packs_ = std::move(packs);
}

void Turn::store_rows() {
    for (auto& [place, held] : held_) {
        if (!held.changed) continue;
        const FigureTable& table = *place.first;
        if (!held.state) {
            if (held.stored) table.remove(db_, place.second);
            held.stored = false;
        } else if (held.stored) {
            table.update(db_, held.state.get());
        } else {
            table.insert(db_, held.state.get());
            held.stored = true;
        }
        held.changed = false;
    }
}

}  // namespace hezhi::journal
