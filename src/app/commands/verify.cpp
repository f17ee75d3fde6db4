// verify, and what leaves the house to be verified elsewhere: heads, keys, proofs.
#include <fstream>
#include <iostream>
#include <sstream>

#include "app/commands/commands.h"
#include "app/sealing.h"
#include "base/json.h"
#include "domain/time_bank/time_bank.h"
#include "facts/fact.h"
#include "journal/verify.h"

namespace hezhi::app {
namespace {

struct OpenedToVerify {
    SystemClock clock;
    crypto::SystemRandom random;
    Installation installation;

    explicit OpenedToVerify(const Location& location)
        : installation(location, clock, random, {.inline_actions_per_turn = 1}) {}
};

std::string file_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw CannotOpen("无法读取 cannot read " + file.string());
    std::ostringstream text;
    text << in.rdbuf();
    std::string out = std::move(text).str();
    while (out.ends_with('\n') || out.ends_with('\r')) out.pop_back();
    return out;
}

std::vector<crypto::PublicKey> public_keys_in(const std::filesystem::path& file) {
    auto keys = crypto::PublicKey::all_from_pem(file_text(file) + "\n");
    if (keys.empty()) throw CannotOpen("没有公钥 there is no public key in " + file.string());
    return keys;
}

journal::SealTrust trust_of(Installation& installation, const VerifyCommand& wanted) {
    journal::SealTrust trust;
    for (const auto& file : wanted.public_keys) {
        for (auto& key : public_keys_in(file)) trust.keys.push_back(std::move(key));
    }
    if (trust.keys.empty()) {
        auto db = installation.ledger().read();
        auto key = crypto::SigningKey::load(installation.place().seal_key_file(), suite_of(*db));
        if (key) trust.keys.push_back(key->public_key());
    }
    for (const auto& file : wanted.heads) {
        auto head = from_json<journal::SignedHead>(file_text(file), Reading::stored);
        if (!head)
            throw CannotOpen("不是导出的流水末端 this is no exported head: " + file.string());
        trust.heads.push_back(std::move(*head));
    }
    return trust;
}

void print_seals(const journal::Verified& result, const journal::SealTrust& trust) {
    std::cout << "封印 sealed blocks " << result.blocks << ", 已封印至 sealed up to "
              << result.sealed_to << ", 未封印 not sealed " << result.facts - result.sealed_to
              << "\n";
    if (trust.keys.empty() && result.blocks > 0) {
        std::cout << "注意：没有库外的公钥，签名只按库内的公钥核对。 Note: without a public key "
                     "from outside, "
                     "signatures were held against the database's own keys only.\n";
    }
    for (const auto& id : result.unvouched_keys) {
        std::cout << "注意：封印密钥 " << id
                  << " 因前一把丢失而启用，未经担保。 Note: this seal key replaced a lost one; "
                     "nothing vouches for it.\n";
    }
}

int refused(const Refusal& refusal) {
    std::cerr << refusal.row->zh << " " << refusal.row->en << "\n";
    return 1;
}

}  // namespace

int run_verify(const Location& location, const VerifyCommand& wanted) {
    OpenedToVerify opened(location);
    Installation& installation = opened.installation;
    auto trust = trust_of(installation, wanted);
    auto db = installation.ledger().read();
    auto result = journal::verify(
        *db, installation.ledger().tables(), *installation.ledger().packs(),
        [](std::int64_t done, std::int64_t all) {
            std::cerr << "\r" << done << " / " << all << std::flush;
        },
        {}, trust);
    for (const auto& difference : result.differences) {
        std::cout << difference.place << ": 应为 expected " << difference.expected
                  << ", 实为 found " << difference.found << "\n";
    }
    if (result.more) std::cout << "…\n";
    print_seals(result, trust);
    std::cout << "流水 facts " << result.facts << ", 账目 rows " << result.rows
              << ", 差异 differences " << result.differences.size() << (result.more ? "+" : "")
              << "\n";
    return result.differences.empty() ? 0 : 1;
}

int run_export_head(const Location& location) {
    OpenedToVerify opened(location);
    Sealer sealer(opened.installation.ledger(), location);
    if (!sealer.able()) throw CannotOpen(sealer.why());
    sealer.seal_all();
    auto db = opened.installation.ledger().read();
    auto block = journal::last_block(*db);
    if (!block) throw CannotOpen("流水为空 the journal is empty");
    auto keys = journal::seal_keys(*db);
    std::cout << to_json(journal::SignedHead{*block, keys.back().key.pem()}) << "\n";
    return std::cout.flush().good() ? 0 : 1;
}

int run_export_seal_keys(const Location& location) {
    OpenedToVerify opened(location);
    auto db = opened.installation.ledger().read();
    for (const auto& key : journal::seal_keys(*db)) {
        std::cout << "# " << key.key.id() << " " << to_string(key.introduced_at) << "\n"
                  << key.key.pem();
    }
    return std::cout.flush().good() ? 0 : 1;
}

int run_prove(const Location& location, std::int64_t position) {
    OpenedToVerify opened(location);
    auto proof = journal::prove(*opened.installation.ledger().read(), position);
    if (!proof) return refused(proof.error());
    std::cout << to_json(*proof) << "\n";
    return std::cout.flush().good() ? 0 : 1;
}

int run_check_proof(const std::filesystem::path& proof, const std::filesystem::path& public_key) {
    std::string text = file_text(proof);
    auto block = journal::check_proof(text, public_keys_in(public_key));
    if (!block) return refused(block.error());
    auto read = from_json<journal::FactProof>(text, Reading::stored);
    Fact fact = read_fact(read->fact);
    std::cout << "成立 the proof holds: 流水 fact " << fact.position << " " << fact.kind << ", "
              << to_string(fact.recorded_at) << "\n第 " << block->number << " 块，封印于 in block "
              << block->number << ", sealed " << to_string(block->sealed_at) << "\n"
              << read->fact << "\n";
    return std::cout.flush().good() ? 0 : 1;
}

int run_import_transfer(const Location& location, const std::filesystem::path& proof,
                        const std::filesystem::path& public_key, std::int64_t person) {
    std::string text = file_text(proof);
    auto block = journal::check_proof(text, public_keys_in(public_key));
    if (!block) return refused(block.error());
    auto read = from_json<journal::FactProof>(text, Reading::stored);
    OpenedToVerify opened(location);
    journal::Ledger& ledger = opened.installation.ledger();
    time_bank::IncomingTransfer incoming{block->key, read_fact(read->fact), {}, PersonId(person)};
    for (const auto& key : journal::seal_keys(*ledger.read())) {
        incoming.own_ledgers.push_back(key.key.id());
    }
    auto done = ledger.act<std::int64_t>([&](journal::Turn& turn) {
        return time_bank::receive_credit(turn, Actor{.via = Via::command}, incoming);
    });
    if (!done) return refused(done.error());
    std::cout << "转入时间，第 " << *done << " 号 taken in as number " << *done << "\n";
    return 0;
}

int run_change_seal_key(const Location& location, bool lost) {
    OpenedToVerify opened(location);
    auto key = change_seal_key(opened.installation, lost);
    std::cout << "新的封印密钥 new seal key " << key.id() << ": "
              << location.seal_key_file().string()
              << "\n请备份该文件，把公钥交给核对的人，并重启服务。 Back the file up, give the "
                 "public key to "
                 "whoever verifies, and restart the service:\n"
              << key.pem();
    return 0;
}

}  // namespace hezhi::app
