// Seals hold against whoever may write the database but has no key.
#include "journal/seals.h"

#include <gmock/gmock.h>

#include "base/json.h"
#include "journal/chain.h"
#include "journal/test_figures.h"

namespace hezhi::journal {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class Seals : public Boxes {
  protected:
    Seals() {
        introduce(key, nullptr);
        for (int block = 0; block < 3; ++block) {
            for (int i = 0; i < 4; ++i) open_box("箱 " + std::to_string(4 * block + i));
            EXPECT_TRUE(seal());
        }
        open_box("not sealed");
    }

    void introduce(const crypto::SigningKey& fresh, const crypto::SigningKey* before) {
        act([&](Turn& turn) -> Result<std::int64_t> {
            introduce_key(turn, fresh.public_key(), before);
            return 1;
        });
    }
    bool seal() { return seal_with(key); }
    bool seal_with(const crypto::SigningKey& by, bool also_empty = false) {
        clock.advance(std::chrono::minutes(1));
        auto block = next_block(*ledger->read(), by, clock.now(), also_empty);
        return block && store(*block);
    }
    bool store(const SealedBlock& block) {
        return act([&](Turn& turn) -> Result<std::int64_t> {
                   if (!store_block(turn, block)) return refuse(hezhi::refusals::not_found);
                   return 1;
               })
            .has_value();
    }

    Verified checked(const SealTrust& trust = {}) {
        auto db = database->connect(store::Access::read_only);
        return verify(*db, tables, *published_packs(*db), {}, {}, trust);
    }
    std::vector<std::string> places(const SealTrust& trust = {}) {
        std::vector<std::string> found;
        for (const auto& difference : checked(trust).differences) found.push_back(difference.place);
        return found;
    }
    SealTrust outside() const { return {.keys = {key.public_key()}, .heads = {}}; }
    SignedHead head() { return {*last_block(*ledger->read()), key.public_key().pem()}; }

    // As somebody would who wants it to go unnoticed: the chain values follow.
    void rewrite(std::int64_t position, const std::string& from, const std::string& to) {
        damage("UPDATE journal SET body = replace(body, '" + from + "', '" + to +
               "') WHERE position = " + std::to_string(position));
        auto db = database->connect();
        std::vector<std::string> bodies;
        db->each({"test.bodies", "SELECT body FROM journal ORDER BY position"}, {},
                 [&](const store::Row& row) { bodies.emplace_back(row.text(0)); });
        std::string chain(first_chain);
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            chain = next_chain(chain, bodies[i]);
            db->write({"test.chain", "UPDATE journal SET chain = :chain WHERE position = :p"},
                      {{"chain", std::string_view(chain)}, {"p", std::int64_t(i) + 1}});
        }
        db->write({"test.head", "UPDATE journal_head SET chain = :chain"},
                  {{"chain", std::string_view(chain)}});
    }

    const crypto::SigningKey key = crypto::SigningKey::generate(crypto::SuiteName::gm);
};
HEZHI_ON_BOTH_ENGINES(Seals);

TEST_P(Seals, VerifyFindsNothingWhenAllIsSound) {
    auto result = checked(outside());
    EXPECT_THAT(result.differences, IsEmpty());
    EXPECT_EQ(result.blocks, 3);
    EXPECT_EQ(result.sealed_to, 12);
    EXPECT_EQ(result.facts, 13);
    auto waiting = unsealed(*ledger->read());
    EXPECT_EQ(waiting.facts, 1);
    EXPECT_EQ(waiting.oldest, clock.now());
    EXPECT_TRUE(seal());
    EXPECT_EQ(unsealed(*ledger->read()).facts, 0);
    EXPECT_FALSE(seal()) << "nothing is left";
}

TEST_P(Seals, OneChangedByteOfAnySealedFactIsFoundAndNamed) {
    for (std::int64_t position = 1; position <= 12; ++position) {
        std::string at = std::to_string(position);
        damage("UPDATE journal SET body = replace(body, '箱', '柜') WHERE position = " + at);
        EXPECT_THAT(places(), Contains("journal " + at));
        EXPECT_THAT(places(),
                    Contains(StartsWith("seal block " + std::to_string((position + 3) / 4))));
        damage("UPDATE journal SET body = replace(body, '柜', '箱') WHERE position = " + at);
    }
    EXPECT_THAT(places(), IsEmpty());
}

TEST_P(Seals, AChangedFactIsFoundAlsoWhenChainAndFiguresWereMadeToFit) {
    rewrite(6, "箱 5", "柜 5");
    damage("UPDATE figure_boxes SET label = '柜 5' WHERE id = 6");
    EXPECT_THAT(places(), ::testing::ElementsAre("seal block 2 (facts 5–8) root"));
}

TEST_P(Seals, AnythingChangedInABlockIsFound) {
    for (const char* change :
         {"root = previous", "previous = root", "sealed_at = sealed_at + 1", "hash = 'sha256'",
          "hash = 'md5'", "last_position = 7", "first_position = 6", "key_id = 'nobody'",
          "number = 7", "signature = replace(signature, substr(signature, 9, 1), '0')",
          "signature = 'no hex'"}) {
        SCOPED_TRACE(change);
        auto db = database->connect();
        auto kept = all_blocks(*db)[1];
        db->script("UPDATE seal_blocks SET " + std::string(change) + " WHERE number = 2");
        bool same = all_blocks(*db).size() == 3 &&
                    to_json(all_blocks(*db)[1]) == to_json(kept);  // the digit was a 0 already
        EXPECT_TRUE(same || !places().empty());
        db->script("DELETE FROM seal_blocks WHERE number = 2 OR number = 7");
        EXPECT_FALSE(places().empty()) << "a block that is missing";
        EXPECT_FALSE(store(kept)) << "only the next block is taken";
        db->write({"test.block",
                   "INSERT INTO seal_blocks (number, first_position, last_position, sealed_at, "
                   "hash, root, previous, key_id, signature) VALUES (:n, :f, :l, :at, :h, :r, :p, "
                   ":k, :s)"},
                  {{"n", kept.header.number},
                   {"f", kept.header.first},
                   {"l", kept.header.last},
                   {"at", kept.header.sealed_at},
                   {"h", kept.header.hash},
                   {"r", kept.header.root},
                   {"p", kept.header.previous},
                   {"k", kept.header.key},
                   {"s", kept.signature}});
    }
    EXPECT_THAT(places(), IsEmpty());
}

TEST_P(Seals, ATailThatWasCutOffWithItsSealsShowsByAnExportedHead) {
    auto exported = head();
    damage(
        "DELETE FROM journal WHERE position > 8; DELETE FROM fact_subjects WHERE position > 8;"
        "DELETE FROM figure_boxes WHERE id > 8; DELETE FROM seal_blocks WHERE number > 2;"
        "UPDATE journal_head SET position = 8, chain = (SELECT chain FROM journal WHERE position = "
        "8), recorded_at = (SELECT recorded_at FROM journal WHERE position = 8)");
    EXPECT_THAT(places(outside()), IsEmpty()) << "nothing inside shows it";
    auto trust = outside();
    trust.heads = {exported};
    EXPECT_THAT(places(trust), ::testing::ElementsAre("signed head 3"));
}

TEST_P(Seals, ABlockIsHeldByItsHeaderAndNotByItsNumber) {
    auto db = database->connect();
    for (const auto& block : all_blocks(*db)) {
        EXPECT_TRUE(holds_block(*db, block));
        auto other = block;
        other.header.sealed_at = other.header.sealed_at + Millis(1);
        EXPECT_FALSE(holds_block(*db, other));
        other = block;
        other.header.number += 3;
        EXPECT_FALSE(holds_block(*db, other));
    }
}

TEST_P(Seals, ATailThatWasCutOffAloneShowsByItsSeals) {
    damage(
        "DELETE FROM journal WHERE position > 10; DELETE FROM fact_subjects WHERE position > 10;"
        "DELETE FROM figure_boxes WHERE id > 10;"
        "UPDATE journal_head SET position = 10, chain = (SELECT chain FROM journal WHERE position "
        "= 10), recorded_at = (SELECT recorded_at FROM journal WHERE position = 10)");
    EXPECT_THAT(places(), Contains("seal blocks"));
}

// With the whole history signed anew by a key of one's own, the database agrees with itself.
TEST_P(Seals, AJournalSignedAnewByAnotherKeyShowsByTheKeyOutside) {
    auto exported = head();
    auto mine = crypto::SigningKey::generate(crypto::SuiteName::gm);
    damage("DELETE FROM seal_blocks; DELETE FROM seal_keys");
    rewrite(6, "箱 5", "柜 5");
    damage("UPDATE figure_boxes SET label = '柜 5' WHERE id = 6");
    ledger = open_ledger();
    introduce(mine, nullptr);
    EXPECT_TRUE(seal_with(mine));
    EXPECT_THAT(places(), IsEmpty());
    EXPECT_THAT(places(outside()), Contains(HasSubstr(" key")));
    SealTrust heads{.keys = {}, .heads = {exported}};
    EXPECT_THAT(places(heads), Contains("signed head 3"));
}

TEST_P(Seals, ANewKeyIsVouchedForByTheOldAndOneAfterALossIsNot) {
    auto second = crypto::SigningKey::generate(crypto::SuiteName::gm);
    introduce(second, &key);
    EXPECT_TRUE(seal_with(second, true));
    EXPECT_TRUE(seal_with(second, true)) << "a block without facts is a block";
    EXPECT_FALSE(seal_with(key, true)) << "a service that was not started anew seals no more";
    SealTrust now{.keys = {second.public_key()}, .heads = {}};
    EXPECT_THAT(places(now), IsEmpty());
    EXPECT_THAT(places(outside()), Contains(HasSubstr(" key"))) << "the old key is not the last";
    EXPECT_THAT(checked(now).unvouched_keys, IsEmpty());

    auto third = crypto::SigningKey::generate(crypto::SuiteName::gm);
    introduce(third, nullptr);
    EXPECT_TRUE(seal_with(third, true));
    now.keys = {third.public_key()};
    EXPECT_THAT(places(now), IsEmpty());
    EXPECT_THAT(checked(now).unvouched_keys, ::testing::ElementsAre(third.public_key().id()));

    damage("UPDATE seal_keys SET vouching = replace(vouching, '3', '4') WHERE number = 2");
    EXPECT_THAT(places(now), Contains("seal keys"));
}

TEST_P(Seals, TwoSealersMakeOneChain) {
    auto a = next_block(*ledger->read(), key, clock.now());
    auto b = next_block(*ledger->read(), key, clock.now() + Millis(1));
    ASSERT_TRUE(a && b);
    EXPECT_TRUE(store(*a));
    EXPECT_FALSE(store(*b));
    EXPECT_THAT(places(), IsEmpty());
}

TEST_P(Seals, BlocksHoldNoMoreThanTheirLimit) {
    act([&](Turn& turn) -> Result<std::int64_t> {
        for (int i = 0; i < seal_facts_max + 5; ++i) turn.append(opened("many"));
        return 1;
    });
    EXPECT_TRUE(seal());
    EXPECT_EQ(last_block(*ledger->read())->header.last, 12 + seal_facts_max);
    EXPECT_TRUE(seal());
    EXPECT_EQ(unsealed(*ledger->read()).facts, 0);
    EXPECT_THAT(places(outside()), IsEmpty());
}

TEST_P(Seals, EveryFactIsProvenWithThePublicKeyAlone) {
    const std::vector<crypto::PublicKey> known{key.public_key()};
    auto lines = facts();
    for (std::int64_t position = 1; position <= 12; ++position) {
        auto proof = prove(*ledger->read(), position);
        ASSERT_TRUE(proof.has_value());
        EXPECT_EQ(read_fact(proof->fact).position, position);
        auto block = check_proof(to_json(*proof), known);
        ASSERT_TRUE(block.has_value()) << block.error().row->code;
        EXPECT_EQ(block->number, (position + 3) / 4);
    }
    EXPECT_EQ(prove(*ledger->read(), 13).error().row->code, "fact_not_sealed");
    EXPECT_EQ(prove(*ledger->read(), 14).error().row->code, "not_found");
    EXPECT_EQ(prove(*ledger->read(), 0).error().row->code, "not_found");
}

TEST_P(Seals, AProofThatWasChangedAnywhereDoesNotHold) {
    const std::vector<crypto::PublicKey> known{key.public_key()};
    auto proof = *prove(*ledger->read(), 6);
    auto refused = [&](auto change) {
        FactProof changed = proof;
        change(changed);
        auto block = check_proof(to_json(changed), known);
        return block ? "holds" : std::string(block.error().row->code);
    };
    EXPECT_EQ(refused([](auto&) {}), "holds");
    EXPECT_EQ(refused([](auto& p) { p.fact.replace(p.fact.find("箱"), 3, "柜"); }), "proof_false");
    EXPECT_EQ(refused([](auto& p) { ++p.index; }), "proof_false");
    EXPECT_EQ(refused([](auto& p) { p.path[0][0] = p.path[0][0] == 'a' ? 'b' : 'a'; }),
              "proof_false");
    EXPECT_EQ(refused([](auto& p) { p.path.pop_back(); }), "proof_false");
    EXPECT_EQ(refused([](auto& p) { p.block.header.sealed_at = Instant{1}; }), "proof_false");
    EXPECT_EQ(refused([](auto& p) { p.block.header.root = p.block.header.previous; }),
              "proof_false");
    auto named = [&](auto change) {
        FactProof changed = proof;
        change(changed);
        return check_proof(to_json(changed), known).error().fields.front().field;
    };
    EXPECT_EQ(named([](auto& p) { p.fact.back() = ' '; }), "/fact");
    EXPECT_EQ(named([](auto& p) { ++p.block.header.number; }), "/block");
    EXPECT_EQ(refused([](auto& p) { p.content = "left to the fact's folder"; }), "holds");
    EXPECT_EQ(refused([](auto& p) { p.block.signature.pop_back(); }), "proof_not_readable");
    EXPECT_EQ(refused([](auto& p) { p.block.header.key = "nobody"; }), "proof_of_unknown_key");
    EXPECT_EQ(check_proof("{}", known).error().row->code, "proof_not_readable");
    auto other = crypto::SigningKey::generate(crypto::SuiteName::intl);
    EXPECT_EQ(check_proof(to_json(proof), {other.public_key()}).error().row->code,
              "proof_of_unknown_key");
}

TEST_P(Seals, HoldUnderTheOtherSuiteToo) {
    damage("DELETE FROM seal_blocks; DELETE FROM seal_keys");
    auto ed25519 = crypto::SigningKey::generate(crypto::SuiteName::intl);
    introduce(ed25519, nullptr);
    EXPECT_TRUE(seal_with(ed25519));
    EXPECT_EQ(last_block(*ledger->read())->header.hash, "sha256");
    EXPECT_THAT(places({.keys = {ed25519.public_key()}, .heads = {}}), IsEmpty());
    auto proof = prove(*ledger->read(), 13);
    ASSERT_TRUE(proof.has_value());
    EXPECT_TRUE(check_proof(to_json(*proof), {ed25519.public_key()}).has_value());
    rewrite(6, "箱 5", "柜 5");
    EXPECT_THAT(places(), Contains("seal block 1 (facts 1–13) root"));
}

}  // namespace
}  // namespace hezhi::journal
