// verify, and what leaves the house to be verified elsewhere: heads, keys, proofs.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include "app/checks.h"
#include "app/commands/commands.h"
#include "app/seal_head.h"
#include "app/sealing.h"
#include "base/json.h"
#include "domain/certificates/certificate_proof.h"
#include "domain/certificates/certificates.h"
#include "domain/spot_checks/check_draws.h"
#include "domain/time_bank/books.h"
#include "domain/time_bank/transfer_proof.h"
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
    auto kept = kept_head(installation.place());
    if (!kept) {
        throw CannotOpen(std::string(kept.error().row->zh) + " " +
                         std::string(kept.error().row->en));
    }
    if (*kept) trust.heads.push_back(std::move(**kept));
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

// The content of the certificate that this fact issued, for an operator; put on record.
Result<std::string> certificate_content(Installation& installation, std::int64_t position) {
    journal::Ledger& ledger = installation.ledger();
    CertificateId id(position);
    auto noted = ledger.act<std::int64_t>([&](journal::Turn& turn) {
        return certificates::print_certificate_by_command(turn, installation.people(), id);
    });
    if (!noted) return std::unexpected(noted.error());
    auto db = ledger.read();
    const auto& table = ledger.tables().of(journal::figure<certificates::CertificateFigure>());
    auto state = table.load(*db, id);
    const auto& certificate = *static_cast<certificates::CertificateState*>(state.get());
    auto content = certificates::content_text(*db, installation.people(), certificate);
    if (!content) return refuse(certificates::refusals::certificate_erased);
    return *content;
}

void print_served(const certificates::CertificateContent& content) {
    std::cout << "  服务 served: " << content.minutes << " 分钟 minutes, " << content.records.size()
              << " 条 records, " << to_string(day_of(content.from)) << " – "
              << to_string(day_of(content.until - Millis(1))) << "\n";
    for (const auto& record : content.records) {
        std::cout << "    " << to_string(record.starts_at) << " – " << to_string(record.ends_at)
                  << ", " << record.minutes << " min, " << record.category_zh << " "
                  << record.category_en << ", " << record.held_by << ", 第 " << record.record.value
                  << " 号\n";
    }
}

void print_attested(const certificates::CertificateContent& content) {
    std::cout << "证明内容与封印一致 the content is what was sealed:\n  编号 number: "
              << content.number << "\n  姓名 name: " << content.name << "\n";
    if (!content.document_number.empty()) {
        std::cout << "  证件 document: " << content.document_zh << " " << content.document_en << " "
                  << content.document_number << "\n";
    }
    if (content.volunteer_number) {
        std::cout << "  志愿者编号 volunteer number: " << *content.volunteer_number << ", "
                  << content.volunteer_register_zh.value_or("") << "\n";
    }
    if (!content.star_zh.empty()) {
        std::cout << "  星级 star: " << content.star_zh << " " << content.star_en << "\n";
    }
    print_served(content);
    std::cout << "  出具 issued: " << to_string(content.issued_at) << ", " << content.issuer_name
              << ", 负责人 in charge " << content.in_charge << ", 经办 handler " << content.handler
              << ", " << content.contact
              << "\n  其他需要说明的事项 other notes: " << content.other_notes.value_or("无 none")
              << "\n是否已撤销或有异议，以核验页为准。 Whether it was revoked or is held since is "
                 "told by the check page.\n";
}

// Whether the content in the file is what this fact has sealed; if not, tells what differs.
bool content_holds(const Fact& fact, const journal::BlockHeader& block,
                   const std::string& content) {
    if (!fact.is<CertificateIssued>()) {
        std::cerr << "content: 这条流水没有封印内容 this fact seals no content\n";
        return false;
    }
    auto differences =
        certificates::content_differences(fact, *journal::seal_hash(block.hash), content);
    if (differences.empty()) return true;
    std::cerr
        << "流水已封印，但证明内容与封印不符。 The fact is sealed, but the content is not what "
           "was sealed:\n";
    for (const auto& difference : differences) {
        std::cerr << "  " << difference.field << ": 封印为 sealed " << difference.sealed
                  << ", 文件为 found " << difference.found << "\n";
    }
    if (differences.size() > 1) return false;
    bool readable =
        from_json<certificates::CertificateContent>(content, Reading::stored).has_value();
    std::cerr << (readable
                      ? "编号、人员、日期、分钟数、记录数与封印一致，改动在其余内容：姓名、证件、"
                        "星级、各条记录、出具单位或随机数。 Number, person, days, minutes and "
                        "records agree with the seal; what was changed is among the rest: "
                        "name, document, star, a record, the issuer or the salt.\n"
                      : "证明内容已无法读取。 The content can no longer be read.\n");
    return false;
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
        {}, trust, all_checks());
    auto& ledger = installation.ledger();
    auto add = [&](std::vector<journal::Difference> more) {
        std::ranges::move(more, std::back_inserter(result.differences));
    };
    add(time_bank::check_books(*db, *ledger.packs()));
    add(spot_checks::check_draws(*db, ledger.tables(), *ledger.packs()));
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
    if (!sealer.able()) throw CannotOpen(sealer.why());
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

int run_prove(const Location& location, std::int64_t position, bool with_content) {
    OpenedToVerify opened(location);
    auto proof = journal::prove(*opened.installation.ledger().read(), position);
    if (!proof) return print_refusal(proof.error());
    if (with_content) {
        auto content = certificate_content(opened.installation, position);
        if (!content) return print_refusal(content.error());
        proof->content = std::move(*content);
    }
    std::cout << to_json(*proof) << "\n";
    return std::cout.flush().good() ? 0 : 1;
}

int run_check_proof(const std::filesystem::path& proof, const std::filesystem::path& public_key) {
    std::string text = file_text(proof);
    auto block = journal::check_proof(text, public_keys_in(public_key));
    if (!block) return print_refusal(block.error());
    auto read = from_json<journal::FactProof>(text, Reading::stored);
    Fact fact = read_fact(read->fact);
    if (read->content && !content_holds(fact, *block, *read->content)) return 1;
    std::cout << "成立 the proof holds: 流水 fact " << fact.position << " " << fact.kind << ", "
              << to_string(fact.recorded_at) << "\n第 " << block->number << " 块，封印于 in block "
              << block->number << ", sealed " << to_string(block->sealed_at) << "\n"
              << read->fact << "\n";
    if (read->content) {
        auto content = from_json<certificates::CertificateContent>(*read->content, Reading::stored);
        // One of a later release may have more than this program knows.
        if (content) print_attested(*content);
        if (!content) std::cout << *read->content << "\n";
    } else if (fact.is<CertificateIssued>()) {
        std::cout << "文件不含证明内容，姓名和各条记录未核对。 The file holds no content: name and "
                     "records were not checked.\n";
    }
    return std::cout.flush().good() ? 0 : 1;
}

int run_import_transfer(const Location& location, const std::filesystem::path& proof,
                        const std::filesystem::path& public_key, std::int64_t person) {
    auto incoming = time_bank::read_transfer_proof(file_text(proof), public_keys_in(public_key));
    if (!incoming) return print_refusal(incoming.error());
    OpenedToVerify opened(location);
    journal::Ledger& ledger = opened.installation.ledger();
    incoming->own_ledgers = time_bank::own_ledgers(*ledger.read());
    incoming->person = PersonId(person);
    auto done = ledger.act<std::int64_t>([&](journal::Turn& turn) {
        return time_bank::receive_credit(turn, Actor{.via = Via::command}, *incoming);
    });
    if (!done) return print_refusal(done.error());
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
