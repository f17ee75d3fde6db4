// What the proof of a certificate attests to whoever has the public key, and who is given its
// content.
#include "domain/certificates/certificate_proof.h"

#include <gmock/gmock.h>

#include "domain/certificates/certificates.h"
#include "domain/records/records.h"
#include "support/world.h"

namespace hezhi::certificates {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;

class CertificateProofs : public hezhi::testing::World {
  protected:
    // 张's own, of two hours of today, sealed.
    CertificateProofs() {
        clock.set(start_of(day_of(clock.now())) + hours(20));
        for (int hour : {8, 9}) {
            records::EnterRecord input;
            input.person_id = zhang.person;
            input.category.value = "environment_clean_up";
            input.starts_at = start_of(day_of(clock.now())) + hours(hour);
            input.ends_at = input.starts_at + hours(1);
            input.unpaid = true;
            act([&](journal::Turn& turn) {
                return records::enter_record(turn, *social_worker, record_desk, input);
            }).value();
        }
        NameIssuer issuer;
        issuer.area_id = community;
        issuer.name.value = "顾家岛社区居民委员会";
        issuer.in_charge.value = "王主任";
        issuer.handler.value = "李干事";
        issuer.contact.value = "0532-00000000";
        act([&](journal::Turn& turn) {
            return name_issuer(turn, *street_staff, certificate_desk, issuer);
        }).value();
        id = CertificateId(act([&](journal::Turn& turn) {
                               return issue_certificate(turn, *zhang.caller, certificate_desk, {});
                           }).value());
        auto block = journal::next_block(*ledger->read(), key, clock.now());
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            journal::introduce_key(turn, key.public_key(), nullptr);
            EXPECT_TRUE(journal::store_block(turn, *block));
            return 1;
        }).value();
    }
    // The file as this caller downloads it.
    std::string file_of(const api::Caller& who) {
        for (const auto& route : routes(certificate_desk)) {
            if (route.action != "prove_certificate") continue;
            return reading_as(who,
                              [&](const api::Reading& reading) {
                                  return route.read(reading, http::Request{}).value();
                              },
                              {std::to_string(id.value)});
        }
        throw std::runtime_error("no such route");
    }
    journal::FactProof proof_of(const api::Caller& who) {
        return from_json<journal::FactProof>(file_of(who), Reading::stored).value();
    }
    bool has_content(const api::CallerPtr& who) { return proof_of(*who).content.has_value(); }
    // The fields that are told to differ with this content instead.
    std::vector<std::string> differing(const std::string& content) {
        auto proof = proof_of(*zhang.caller);
        std::vector<std::string> fields;
        for (const auto& difference : content_differences(
                 read_fact(proof.fact), *journal::seal_hash(proof.block.header.hash), content)) {
            EXPECT_NE(difference.sealed, difference.found);
            fields.push_back(difference.field);
        }
        return fields;
    }
    std::vector<std::string> differing_with(std::string_view text, std::string_view instead) {
        std::string content = proof_of(*zhang.caller).content.value();
        auto at = content.find(text);
        EXPECT_NE(at, std::string::npos) << text;
        return differing(content.replace(at, text.size(), instead));
    }

    const crypto::SigningKey key = crypto::SigningKey::generate(crypto::SuiteName::gm);
    CertificateId id;
};
HEZHI_ON_BOTH_ENGINES(CertificateProofs);

TEST_P(CertificateProofs, HoldTheNameAndTheRecordsThatWereSealed) {
    std::string file = file_of(*zhang.caller);
    auto block = journal::check_proof(file, {key.public_key()});
    ASSERT_TRUE(block.has_value()) << block.error().row->code;
    auto proof = proof_of(*zhang.caller);
    ASSERT_TRUE(proof.content);
    EXPECT_THAT(differing(*proof.content), ElementsAre());
    auto content = from_json<CertificateContent>(*proof.content, Reading::stored).value();
    EXPECT_EQ(content.name, "张晓梅");
    EXPECT_EQ(content.records.size(), 2U);
    EXPECT_FALSE(content.salt.empty()) << "without it nobody could hash it again";
}

TEST_P(CertificateProofs, FindOneChangedByteAnywhereInTheContent) {
    auto proof = proof_of(*zhang.caller);
    Fact fact = read_fact(proof.fact);
    auto kind = *journal::seal_hash(proof.block.header.hash);
    std::string content = proof.content.value();
    for (char& byte : content) {
        byte ^= 1;
        auto differences = content_differences(fact, kind, content);
        ASSERT_FALSE(differences.empty());
        EXPECT_EQ(differences.front().field, "content");
        byte ^= 1;
    }
    EXPECT_TRUE(content_differences(fact, kind, content).empty());
}

TEST_P(CertificateProofs, NameWhatDiffersAsFarAsTheFactHoldsIt) {
    EXPECT_THAT(differing_with("张晓梅", "张晓海"), ElementsAre("content")) << "by the hash alone";
    EXPECT_THAT(differing_with("\"category_zh\":\"环境整治\"", "\"category_zh\":\"环境整理\""),
                ElementsAre("content"));
    EXPECT_THAT(differing_with("\"minutes\":60", "\"minutes\":61"),
                ElementsAre("content", "records"))
        << "the minutes of the records add up to another number";
    EXPECT_THAT(differing_with("\"minutes\":120", "\"minutes\":121"),
                ElementsAre("content", "minutes"));
    EXPECT_THAT(differing_with("\"number\":\"ZFQ", "\"number\":\"ZFX"),
                ElementsAre("content", "number"));
    EXPECT_THAT(differing_with("\"person\":", "\"person\":1"), ElementsAre("content", "person"));
    EXPECT_THAT(differing("no content"), ElementsAre("content"));
}

TEST_P(CertificateProofs, GiveTheContentToWhoMayHoldThePaperAndToNobodyElse) {
    EXPECT_TRUE(has_content(zhang.caller));
    EXPECT_FALSE(has_content(officer));
    EXPECT_FALSE(has_content(street_staff));
    EXPECT_TRUE(journal::check_proof(file_of(*officer), {key.public_key()}).has_value());
    act([&](journal::Turn& turn) {
        return print_certificate(turn, *street_staff, certificate_desk, id);
    }).value();
    EXPECT_TRUE(has_content(street_staff));
    clock.advance(hours(1));
    EXPECT_FALSE(has_content(street_staff));
    act([&](journal::Turn& turn) {
        return revoke_certificate(turn, *street_staff, certificate_desk, id,
                                  RevocationReason::own_wish);
    }).value();
    EXPECT_FALSE(has_content(zhang.caller)) << "no paper of it is given out either";
}

TEST_P(CertificateProofs, OfSomebodyWhoWasErasedHoldNoContent) {
    act([&](journal::Turn& turn) {
        return accounts::erase_person(turn, *street_staff, accounts_desk, zhang.person, "本人申请");
    }).value();
    EXPECT_FALSE(has_content(zhang.caller));
    EXPECT_REFUSED(
        act([&](journal::Turn& turn) { return print_certificate_by_command(turn, people, id); }),
        refusals::certificate_erased);
}

TEST_P(CertificateProofs, AreTakenByAnOperatorOnRecord) {
    auto print = [&](CertificateId which) {
        return act(
            [&](journal::Turn& turn) { return print_certificate_by_command(turn, people, which); });
    };
    print(id).value();
    ASSERT_EQ(facts(CertificatePrinted::kind).size(), 1U);
    EXPECT_EQ(facts(CertificatePrinted::kind).front().actor.via, Via::command);
    EXPECT_REFUSED(print(CertificateId(1)), hezhi::refusals::not_found);
    act([&](journal::Turn& turn) {
        return revoke_certificate(turn, *street_staff, certificate_desk, id,
                                  RevocationReason::own_wish);
    }).value();
    EXPECT_REFUSED(print(id), refusals::certificate_revoked);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

}  // namespace
}  // namespace hezhi::certificates
