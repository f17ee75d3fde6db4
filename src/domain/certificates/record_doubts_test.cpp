// Records to which somebody objected, or for which a certificate was revoked: no certificate is
// issued over them, and those that hold them are held or revoked together. What says the same is
// issued once. The check by number and code as people type them.
#include "domain/certificates/record_doubts.h"

#include <cctype>

#include "domain/records/records.h"
#include "support/world.h"

namespace hezhi::certificates {
namespace {

using std::chrono::hours;

class RecordsInDoubt : public hezhi::testing::World {
  protected:
    // An hour of 张's on the next day, whose evening it is then.
    RecordId serve() {
        clock.set(start_of(day_of(clock.now()) + 1) + hours(20));
        records::EnterRecord input;
        input.person_id = zhang.person;
        input.category.value = "environment_clean_up";
        input.starts_at = start_of(day_of(clock.now())) + hours(8);
        input.ends_at = input.starts_at + hours(1);
        input.unpaid = true;
        return RecordId(act([&](journal::Turn& turn) {
                            return records::enter_record(turn, *social_worker, record_desk, input);
                        }).value());
    }
    void name_issuer_of(AreaId area) {
        NameIssuer input;
        input.area_id = area;
        input.name.value = "顾家岛社区居民委员会";
        input.in_charge.value = "王主任";
        input.handler.value = "李干事";
        input.contact.value = "0532-00000000";
        act([&](journal::Turn& turn) {
            return name_issuer(turn, *officer, certificate_desk, input);
        }).value();
    }
    // Two records and an issuer.
    void serve_twice() {
        first_ = serve();
        second_ = serve();
        name_issuer_of(community);
    }
    Result<std::int64_t> issue(const IssueCertificate& input, const api::CallerPtr& by) {
        return act([&](journal::Turn& turn) {
            return issue_certificate(turn, *by, certificate_desk, input);
        });
    }
    Result<std::int64_t> issue() { return issue({}, zhang.caller); }
    CertificateId issued() { return CertificateId(issue().value()); }
    // By somebody else's hand, which is printed on it.
    CertificateId issued_at_the_desk(const IssueCertificate& days = {}) {
        IssueCertificate input = days;
        input.person_id = zhang.person;
        return CertificateId(issue(input, street_staff).value());
    }
    static IssueCertificate on(Day day) {
        IssueCertificate input;
        input.from = input.until = to_string(day);
        return input;
    }
    CertificateState certificate(CertificateId id) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<CertificateFigure>(id).value();
        });
    }
    Result<CertificateCheck> check(std::string_view number, std::string_view code) {
        auto db = ledger->read();
        return check_certificate(*db, ledger->tables(), certificate_desk, number, code);
    }
    CheckResult checked(CertificateId id) {
        return check(certificate(id).number, check_code(suite, id)).value().result;
    }
    Result<CertificatePaper> paper(CertificateId id, const api::CallerPtr& by) {
        return reading_as(*by, [&](const api::Reading& reading) {
            return paper_of(reading, certificate_desk, id, false);
        });
    }
    Result<std::int64_t> print(CertificateId id, const api::CallerPtr& by) {
        return act([&](journal::Turn& turn) {
            return print_certificate(turn, *by, certificate_desk, id);
        });
    }
    void object_to(CertificateId id) {
        act([&](journal::Turn& turn) {
            return raise_objection(turn, *liu.caller, certificate_desk, id,
                                   {Text<1, 500>("那天我没看到张晓梅"), std::nullopt});
        }).value();
    }
    void settle(CertificateId id, bool upheld, std::optional<RevocationReason> reason = {}) {
        clock.advance(hours(1));
        act([&](journal::Turn& turn) {
            return settle_objection(turn, *officer, certificate_desk, id,
                                    {upheld, Text<1, 500>("核对了签到表"), reason});
        }).value();
    }
    void revoke(CertificateId id, RevocationReason reason) {
        clock.advance(hours(1));
        act([&](journal::Turn& turn) {
            return revoke_certificate(turn, *street_staff, certificate_desk, id, reason);
        }).value();
    }
    // To these minutes from where it began; sixty say that it is as it was.
    void correct(RecordId id, int minutes) {
        clock.advance(hours(1));
        auto record = reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<records::RecordFigure>(id).value();
        });
        records::CorrectRecord input{record.starts_at,
                                     record.starts_at + std::chrono::minutes(minutes),
                                     Text<1, 200>("核对签到表")};
        act([&](journal::Turn& turn) {
            return records::correct_record(turn, *street_staff, record_desk, id, input);
        }).value();
    }
    std::size_t certificates_issued() { return facts(CertificateIssued::kind).size(); }

    RecordId first_, second_;
};
HEZHI_ON_BOTH_ENGINES(RecordsInDoubt);

TEST_P(RecordsInDoubt, UnderObjectionStandOnNoNewCertificate) {
    serve_twice();
    CertificateId id = issued();
    object_to(id);
    EXPECT_REFUSED(issue(), refusals::records_under_objection);
    IssueCertificate input;
    input.person_id = zhang.person;
    EXPECT_REFUSED(issue(input, street_staff), refusals::records_under_objection) << "at the desk";
    EXPECT_REFUSED(issue(on(day_of(clock.now())), zhang.caller), refusals::records_under_objection)
        << "one of them alone";
    serve();
    auto other = certificate(issued());
    EXPECT_EQ(other.records, 1) << "what nobody objected to is certified";
    EXPECT_EQ(checked(other.id), CheckResult::valid);
    name_issuer_of(subdistrict);
    IssueCertificate elsewhere = on(day_of(clock.now() - hours(24)));
    elsewhere.issuer_area_id = subdistrict;
    EXPECT_REFUSED(issue(elsewhere, zhang.caller), refusals::records_under_objection);
    settle(id, false);
    EXPECT_EQ(certificate(issued()).records, 3);
    EXPECT_EQ(checked(id), CheckResult::valid);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(RecordsInDoubt, HoldEveryCertificateOnWhichTheyStand) {
    serve_twice();
    CertificateId apart = issued_at_the_desk(on(day_of(clock.now() - hours(24))));
    CertificateId all = issued();
    CertificateId copy = issued_at_the_desk();
    CertificateId second = issued_at_the_desk(on(day_of(clock.now())));
    object_to(apart);
    for (CertificateId id : {all, copy}) {
        EXPECT_EQ(checked(id), CheckResult::held);
        EXPECT_EQ(certificate(id).state, CertificateStep::valid) << "nobody objected to itself";
        EXPECT_REFUSED(paper(id, zhang.caller), refusals::certificate_held);
        EXPECT_REFUSED(print(id, social_worker), refusals::certificate_held);
    }
    EXPECT_EQ(checked(second), CheckResult::valid) << "of the other record";
    settle(apart, false);
    EXPECT_EQ(checked(all), CheckResult::valid);
    EXPECT_TRUE(paper(all, zhang.caller).has_value());
}

TEST_P(RecordsInDoubt, AfterAFraudStandOnNoneUntilEachIsPutRight) {
    serve_twice();
    CertificateId id = issued();
    revoke(id, RevocationReason::proven_fraud);
    EXPECT_REFUSED(issue(), refusals::records_not_put_right);
    correct(first_, 30);
    auto anew = certificate(issued());
    EXPECT_EQ(anew.minutes, 30) << "the other one was not looked at";
    correct(second_, 60);
    EXPECT_EQ(certificate(issued()).minutes, 90) << "also what was found to be as it was";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(RecordsInDoubt, AfterAnObjectionThatWasRightStandOnNoneUntilPutRight) {
    serve_twice();
    CertificateId id = issued();
    object_to(id);
    settle(id, true);
    EXPECT_EQ(certificate(id).state, CertificateStep::revoked);
    EXPECT_REFUSED(issue(), refusals::records_not_put_right);
    correct(first_, 30);
    correct(second_, 30);
    EXPECT_EQ(certificate(issued()).minutes, 60);
}

TEST_P(RecordsInDoubt, AreThoseThatWereCorrectedBeforeTheRevocationAndNoOthers) {
    serve_twice();
    CertificateId id = issued();
    correct(first_, 30);
    revoke(id, RevocationReason::records_wrong);
    auto anew = certificate(issued());
    EXPECT_EQ(anew.minutes, 90) << "what was wrong was put right first";
    object_to(anew.id);
    settle(anew.id, true);
    EXPECT_REFUSED(issue(), refusals::records_not_put_right)
        << "a correction before the objection does not answer it";
}

TEST_P(RecordsInDoubt, RevokeEveryCopyAndHoldWhatHoldsMore) {
    serve_twice();
    CertificateId all = issued();
    CertificateId first = issued_at_the_desk(on(day_of(clock.now() - hours(24))));
    CertificateId copy = issued_at_the_desk();
    CertificateId second = issued_at_the_desk(on(day_of(clock.now())));
    revoke(first, RevocationReason::proven_fraud);
    EXPECT_EQ(checked(all), CheckResult::held) << "it holds more than this record";
    EXPECT_REFUSED(paper(all, zhang.caller), refusals::certificate_records_wrong);
    EXPECT_EQ(checked(second), CheckResult::valid);
    revoke(all, RevocationReason::proven_fraud);
    for (CertificateId id : {copy, second}) {
        EXPECT_EQ(certificate(id).state, CertificateStep::revoked);
        EXPECT_EQ(certificate(id).reason, RevocationReason::proven_fraud);
    }
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(RecordsInDoubt, AreNoneWhereARevocationIsNotAboutThem) {
    serve_twice();
    CertificateId desk_copy = issued_at_the_desk();
    for (RevocationReason reason :
         {RevocationReason::identity_wrong, RevocationReason::issued_by_mistake,
          RevocationReason::own_wish}) {
        revoke(issued(), reason);
    }
    CertificateId id = issued();
    EXPECT_EQ(certificate(id).records, 2);
    object_to(id);
    settle(id, true, RevocationReason::identity_wrong);
    EXPECT_EQ(checked(issued()), CheckResult::valid);
    EXPECT_EQ(checked(desk_copy), CheckResult::valid);
}

TEST_P(RecordsInDoubt, StayInDoubtIfTheCertificateIsRevokedBeforeTheObjectionIsDecided) {
    serve_twice();
    CertificateId id = issued();
    object_to(id);
    revoke(id, RevocationReason::own_wish);
    EXPECT_REFUSED(issue(), refusals::records_not_put_right);
    correct(first_, 60);
    EXPECT_EQ(certificate(issued()).records, 1);
}

TEST_P(RecordsInDoubt, AreOfOneCertificateIfTheSameIsIssuedAgain) {
    serve_twice();
    CertificateId id = issued();
    EXPECT_EQ(issued(), id);
    EXPECT_EQ(certificates_issued(), 1U) << "one number";
    CertificateId at_desk = issued_at_the_desk();
    EXPECT_NE(at_desk, id) << "another handler is printed on it";
    EXPECT_EQ(issued_at_the_desk(), at_desk);
    EXPECT_TRUE(facts(CertificatePrinted::kind).empty());
    clock.advance(hours(1));
    EXPECT_REFUSED(paper(at_desk, street_staff), refusals::printing_not_noted);
    EXPECT_EQ(issued_at_the_desk(), at_desk);
    EXPECT_TRUE(paper(at_desk, street_staff).has_value()) << "who issues takes the paper";
    EXPECT_EQ(facts(CertificatePrinted::kind).size(), 1U) << "which is on record";
    correct(first_, 30);
    EXPECT_NE(issued(), id) << "it says something else now";
    revoke(at_desk, RevocationReason::identity_wrong);
    EXPECT_NE(issued_at_the_desk(), at_desk);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(RecordsInDoubt, CheckCertificateTakesNumberAndCodeAsPeopleTypeThemAndNothingElse) {
    serve_twice();
    CertificateId id = issued();
    std::string number = certificate(id).number, code = check_code(suite, id);
    auto found = check(number, code).value();
    EXPECT_EQ(found.name, "张**");
    EXPECT_EQ(found.minutes, 120);
    EXPECT_EQ(found.issuer_name, "顾家岛社区居民委员会");
    EXPECT_EQ(found.result, CheckResult::valid);
    std::string low = number, low_code = code;
    for (char& c : low) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (char& c : low_code) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    ASSERT_NE(low, number);
    EXPECT_EQ(check(low, low_code).value().number, number) << "as it is printed";
    EXPECT_TRUE(check(" " + low + "　", " " + code + "\t").has_value());
    EXPECT_TRUE(check("ｚｆ" + number.substr(2), code).has_value());
    EXPECT_TRUE(check(number, code.substr(0, 5) + " " + code.substr(5)).has_value());
    EXPECT_REFUSED(check(number, "0000000000"), refusals::certificate_unknown);
    EXPECT_REFUSED(check(number, ""), refusals::certificate_unknown);
    EXPECT_REFUSED(check("ZFQ0-2026-00001", code), refusals::certificate_unknown);
    EXPECT_REFUSED(check(" ", code), refusals::certificate_unknown);
    CertificateId other = issued_at_the_desk();
    EXPECT_REFUSED(check(number, check_code(suite, other)), refusals::certificate_unknown);
}

}  // namespace
}  // namespace hezhi::certificates
