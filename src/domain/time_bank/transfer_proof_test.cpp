// The signed statement of a transfer over the API: given out when it is sealed, looked at, and
// taken in once.
#include "domain/time_bank/transfer_proof.h"

#include "domain/time_bank/test_bank.h"
#include "support/api_client.h"

namespace hezhi::time_bank {
namespace {

using hezhi::testing::Answer;

class TransferProofs : public TimeBankWorld {
  protected:
    TransferProofs()
        : router(
              routes(time_bank_desk), *ledger, [this](const http::Request&) { return caller; },
              metrics, log),
          client(router, clock),
          caller(officer) {
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            journal::introduce_key(turn, here.public_key(), nullptr);
            return 1;
        }).value();
        AdmitPeer input{Text<1, 60>("市南区"), Text<1, 2000>(there.public_key().pem())};
        act([&](journal::Turn& turn) { return admit_peer(turn, *officer, input); }).value();
    }
    ~TransferProofs() override { EXPECT_EQ(log_text.str(), ""); }

    // --- what the other district does

    Fact sent_there(std::string_view to, std::int64_t sent_minutes) {
        CreditSent sent;
        sent.to = to;
        sent.legs = {{LedgerAccount::person, PersonId(7), -sent_minutes},
                     {LedgerAccount::transferred, {}, sent_minutes}};
        Fact fact;
        fact.position = 41;
        fact.recorded_at = fact.occurred_at = clock.now();
        fact.kind = kind_name<CreditSent>;
        fact.version = CreditSent::version;
        fact.actor = {Via::account, AccountId(3), "credit.send"};
        fact.place = {AreaId(2), "/1/2/"};
        fact.subjects = {{"person", 7}, {"transfer", fact.position}};
        fact.payload = to_json(sent);
        return fact;
    }
    // The second of three facts of a block.
    std::string sealed_by(const crypto::SigningKey& key, const std::string& fact,
                          std::int64_t position, const std::string& key_id) {
        auto name = journal::seal_hash_name(key.public_key().suite());
        auto kind = *journal::seal_hash(name);
        std::vector<crypto::Hash> leaves;
        for (const auto& each : {std::string("before"), fact, std::string("after")}) {
            leaves.push_back(crypto::leaf_hash(kind, each));
        }
        journal::FactProof proof;
        proof.fact = fact;
        proof.index = 1;
        auto path = crypto::inclusion_path(kind, leaves, 1);
        for (const auto& node : path) proof.path.push_back(crypto::to_hex(node));
        journal::BlockHeader& header = proof.block.header;
        header.number = 1;
        header.first = position - 1;
        header.last = position + 1;
        header.sealed_at = clock.now();
        header.hash = name;
        header.root = crypto::to_hex(crypto::tree_root(kind, leaves));
        header.previous = std::string(64, '0');
        header.key = key_id;
        proof.block.signature = crypto::to_hex(key.sign(to_json(header)));
        return to_json(proof);
    }
    std::string sealed_by(const crypto::SigningKey& key, const Fact& fact) {
        return sealed_by(key, canonical_bytes(fact), fact.position, key.public_key().id());
    }
    // 40 minutes for us, as the other district's page gives them out.
    std::string statement() { return sealed_by(there, sent_there(here.public_key().id(), 40)); }

    // --- what is done here

    static std::string body_of(const std::string& proof, PersonId person = {}) {
        boost::json::object body;
        body["proof"] = proof;
        if (person) body["person_id"] = person.value;
        return boost::json::serialize(body);
    }
    Answer look_at(const std::string& proof) {
        return client.post("/time-bank/transfers/receipt-trial", body_of(proof));
    }
    Answer take_in(const std::string& proof, const hezhi::testing::Volunteer& who,
                   const std::string& key = {}) {
        client.idempotency_key = key;
        return client.post("/time-bank/transfers/receipts", body_of(proof, who.person));
    }
    void seal() {
        auto block = journal::next_block(*ledger->read(), here, clock.now());
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            EXPECT_TRUE(journal::store_block(turn, *block));
            return 1;
        }).value();
    }
    // The file is refused, looked at and taken in, and the answer says what it should have been.
    void expect_refused(const std::string& proof, std::string_view code,
                        const std::string& expected) {
        for (const Answer& answer : {look_at(proof), take_in(proof, liu)}) {
            EXPECT_EQ(answer.code(), code) << expected;
            std::string errors = answer.text("errors");
            EXPECT_NE(errors.find("\"/proof\""), std::string::npos) << errors;
            EXPECT_NE(errors.find(expected), std::string::npos) << errors;
        }
    }

    const crypto::SigningKey here = crypto::SigningKey::generate(crypto::SuiteName::gm);
    const crypto::SigningKey there = crypto::SigningKey::generate(crypto::SuiteName::intl);
    http::Metrics metrics;
    std::ostringstream log_text;
    http::Log log{clock, http::LogLevel::error, log_text};
    api::Router router;
    hezhi::testing::ApiClient client;
    api::CallerPtr caller;
};
HEZHI_ON_BOTH_ENGINES(TransferProofs);

TEST_P(TransferProofs, AreGivenOutOnceSealedAndAreWhatTheCommandWrites) {
    serve(zhang, 45);
    SendCredit sent{zhang.person, Text<1, 40>(there.public_key().id()), Bounded<1, 600'000>(40)};
    std::int64_t id =
        act([&](journal::Turn& turn) { return send_credit(turn, *officer, sent); }).value();
    std::string path = "/time-bank/transfers/" + std::to_string(id) + "/proof";
    auto listed = [&] {
        auto list = client.get("/time-bank/transfers").json();
        return list.at("items").at(0).as_object();
    };
    EXPECT_EQ(client.get(path).code(), "fact_not_sealed");
    EXPECT_FALSE(listed().at("sealed").as_bool());
    seal();
    EXPECT_TRUE(listed().at("sealed").as_bool());
    std::string file = client.get(path).response.body;
    EXPECT_EQ(file, to_json(journal::prove(*ledger->read(), id).value()));
    // The other district reads it with our key alone.
    auto read = read_transfer_proof(file, {here.public_key()});
    ASSERT_TRUE(read.has_value()) << read.error().row->code;
    EXPECT_EQ(read->ledger, here.public_key().id());
    read->own_ledgers = {there.public_key().id()};
    EXPECT_EQ(minutes_for_us(*read).value(), 40);

    caller = street_staff;
    EXPECT_EQ(client.get(path).code(), "not_permitted");
    EXPECT_FALSE(listed().contains("sealed")) << "for nobody else";
    caller = staff("district_officer", other_district);
    EXPECT_EQ(client.get(path).code(), "not_found");
}

TEST_P(TransferProofs, OfWhatCameAreNotGivenOut) {
    std::int64_t id = take_in(statement(), liu).json().at("id").as_int64();
    seal();
    std::string path = "/time-bank/transfers/" + std::to_string(id) + "/proof";
    EXPECT_EQ(client.get(path).code(), "transfer_state_forbids");
}

TEST_P(TransferProofs, AreLookedAtBeforeAnythingIsWritten) {
    auto before = ledger->head().position;
    Answer shown = look_at(statement() + "\n");
    ASSERT_EQ(shown.status(), 200) << shown.response.body;
    EXPECT_EQ(shown.text("district"), "市南区");
    EXPECT_EQ(shown.text("ledger"), there.public_key().id());
    EXPECT_EQ(shown.text("number"), "41");
    EXPECT_EQ(shown.text("person_there"), "7");
    EXPECT_EQ(shown.text("minutes"), "40");
    EXPECT_EQ(shown.text("sent_at"), std::to_string(clock.now().ms));
    EXPECT_EQ(shown.text("received"), "false");
    EXPECT_EQ(shown.text("actions"), R"(["receive_credit"])");
    EXPECT_EQ(ledger->head().position, before);
}

TEST_P(TransferProofs, ReceiveCreditTakesOneInOnceHoweverOftenItIsSent) {
    std::string proof = statement();
    Answer first = take_in(proof, liu, "a");
    ASSERT_EQ(first.status(), 200) << first.response.body;
    EXPECT_EQ(first.text("state"), "received");
    EXPECT_EQ(take_in(proof, liu, "a").response.body, first.response.body) << "a double click";
    Answer again = take_in(proof, liu, "b");
    EXPECT_EQ(again.code(), "transfer_received_already");
    EXPECT_EQ(again.status(), 409);
    EXPECT_EQ(take_in(proof, zhang, "c").code(), "transfer_received_already");
    EXPECT_EQ(balance(liu), 40);
    ASSERT_EQ(facts("credit.received").size(), 1U);
    EXPECT_EQ(facts("credit.received").front().actor.permission, "credit.send");
    Answer shown = look_at(proof);
    EXPECT_EQ(shown.text("received"), "true");
    EXPECT_EQ(shown.text("received_as"), first.text("id"));
    EXPECT_EQ(shown.text("actions"), "[]");
    // The command line knows of it as well.
    auto incoming = read_transfer_proof(proof, {there.public_key()}).value();
    incoming.own_ledgers = own_ledgers(*ledger->read());
    incoming.person = liu.person;
    EXPECT_REFUSED(
        act([&](journal::Turn& turn) { return receive_credit(turn, command, incoming); }),
        refusals::transfer_received_already);
    EXPECT_EQ(faults(), "sum 0");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

// Both were checked beside the writer before either was taken in.
TEST_P(TransferProofs, ARaceOfTwoIsBookedOnce) {
    std::string proof = statement();
    auto checked = [&] {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return incoming_transfer(reading, proof).value();
        });
    };
    auto one = checked(), other = checked();
    one.person = liu.person;
    other.person = zhang.person;
    act([&](journal::Turn& turn) { return receive_credit(turn, *officer, one); }).value();
    EXPECT_REFUSED(act([&](journal::Turn& turn) { return receive_credit(turn, *officer, other); }),
                   refusals::transfer_received_already);
    EXPECT_EQ(balance(liu), 40);
    EXPECT_EQ(balance(zhang), 0);
}

TEST_P(TransferProofs, ThatAreNoneOrOfAnotherDistrictAreRefusedWithWhatWasExpected) {
    std::string us = here.public_key().id();
    Fact sent = sent_there(us, 40);
    expect_refused("hello", "proof_not_readable", "downloaded from the other district's page");
    expect_refused("{}", "proof_not_readable", "转出证明文件");
    expect_refused(std::string(transfer_proof_max + 1, 'x'), "invalid_input", "32768");
    auto stranger = crypto::SigningKey::generate(crypto::SuiteName::gm);
    expect_refused(sealed_by(stranger, sent), "peer_unknown", stranger.public_key().id());
    expect_refused(sealed_by(here, sent), "peer_unknown", "本区自己签名");
    expect_refused(
        sealed_by(stranger, canonical_bytes(sent), sent.position, there.public_key().id()),
        "proof_false", "the header that the key signed");
    expect_refused(sealed_by(there, sent_there("aaaaaaaaaaaaaaaa", 40)), "transfer_not_for_us",
                   "our ledger " + us + "; this one goes to aaaaaaaaaaaaaaaa");
    serve(zhang, 45);
    expect_refused(sealed_by(there, facts("earning.judged").back()), "transfer_not_for_us",
                   "earning.judged");
    act([&](journal::Turn& turn) {
        return dismiss_peer(turn, *officer, there.public_key().id());
    }).value();
    EXPECT_EQ(look_at(statement()).code(), "peer_unknown");
    EXPECT_EQ(take_in(statement(), liu).code(), "peer_unknown");
    EXPECT_TRUE(facts("credit.received").empty());
}

// A registered district signs what it likes; none of it is an error of this program.
TEST_P(TransferProofs, ThatSignNonsenseAreRefused) {
    std::string us = here.public_key().id();
    std::string id = there.public_key().id();
    expect_refused(sealed_by(there, "no fact", 41, id), "proof_not_readable", "JSON");
    Fact unknown = sent_there(us, 40);
    unknown.version = CreditSent::version + 1;
    expect_refused(sealed_by(there, unknown), "proof_not_readable", "1…");
    Fact elsewhere = sent_there(us, 40);
    expect_refused(sealed_by(there, canonical_bytes(elsewhere), 99, id), "proof_false",
                   "its place in the block");
    for (std::int64_t amount : {std::int64_t{0}, std::int64_t{-5}, INT64_MAX}) {
        expect_refused(sealed_by(there, sent_there(us, amount)), "transfer_not_for_us", "600000");
    }
    EXPECT_TRUE(facts("credit.received").empty());
}

TEST_P(TransferProofs, WithOneByteChangedAreRefused) {
    std::string proof = statement();
    ASSERT_EQ(look_at(proof).status(), 200);
    for (char& byte : proof) {
        byte ^= 1;
        Answer answer = look_at(proof);
        ASSERT_GE(answer.status(), 400) << proof;
        ASSERT_LT(answer.status(), 500) << proof;
        byte ^= 1;
    }
    EXPECT_EQ(look_at(proof).status(), 200);
}

TEST_P(TransferProofs, AreTakenInForPeopleOfOnesAreaAndNeverForOneself) {
    std::string proof = statement();
    EXPECT_EQ(take_in(proof, {PersonId(999'999), {}}).code(), "not_found");
    auto own = std::make_shared<api::Caller>(*officer);
    own->person = liu.person;
    caller = own;
    EXPECT_EQ(take_in(proof, liu).code(), "own_posting");
    caller = staff("district_officer", other_district);
    EXPECT_EQ(take_in(proof, liu).code(), "not_found");
    for (const auto& without : {street_staff, social_worker, zhang.caller}) {
        caller = without;
        EXPECT_EQ(take_in(proof, liu).code(), "not_permitted");
        EXPECT_EQ(look_at(proof).code(), "not_permitted");
    }
    EXPECT_TRUE(facts("credit.received").empty());
}

}  // namespace
}  // namespace hezhi::time_bank
