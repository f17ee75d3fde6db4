// 志愿服务记录证明: what may stand on one, numbers without a gap, printing, revoking, corrections
// after the issue, erasing.
#include "domain/certificates/certificates.h"

#include "crypto/digest.h"
#include "domain/records/records.h"
#include "facts/spot_check_facts.h"
#include "support/changed_pack.h"
#include "support/world.h"

namespace hezhi::certificates {
namespace {

using std::chrono::hours;

class Certificates : public hezhi::testing::World {
  protected:
    RecordId enter(const testing::Volunteer& who, int hour, const api::CallerPtr& by,
                   int hours_long = 1) {
        records::EnterRecord input;
        input.person_id = who.person;
        input.category.value = "environment_clean_up";
        input.starts_at = start_of(day_of(clock.now())) + hours(hour);
        input.ends_at = input.starts_at + hours(hours_long);
        input.unpaid = true;
        return RecordId(act([&](journal::Turn& turn) {
                            return records::enter_record(turn, *by, record_desk, input);
                        }).value());
    }
    Result<std::int64_t> name(AreaId area, const char* title, const api::CallerPtr& by) {
        NameIssuer input;
        input.area_id = area;
        input.name.value = title;
        input.in_charge.value = "王主任";
        input.handler.value = "李干事";
        input.contact.value = "0532-00000000";
        return act(
            [&](journal::Turn& turn) { return name_issuer(turn, *by, certificate_desk, input); });
    }
    Result<std::int64_t> issue(const IssueCertificate& input, const api::CallerPtr& by) {
        return act([&](journal::Turn& turn) {
            return issue_certificate(turn, *by, certificate_desk, input);
        });
    }
    // 张's own, of two hours of yesterday.
    CertificateId issued() {
        serve_two_hours();
        name(community, "顾家岛社区居民委员会", street_staff).value();
        return CertificateId(issue({}, zhang.caller).value());
    }
    void serve_two_hours() {
        clock.set(start_of(day_of(clock.now())) + hours(20));
        records_ = {enter(zhang, 8, social_worker), enter(zhang, 9, social_worker)};
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
    Result<CertificateCheck> check(CertificateId id) {
        return check(certificate(id).number, check_code(suite, id));
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
    Result<std::int64_t> revoke(CertificateId id, const api::CallerPtr& by) {
        return act([&](journal::Turn& turn) {
            return revoke_certificate(turn, *by, certificate_desk, id,
                                      RevocationReason::records_wrong);
        });
    }
    Result<std::int64_t> correct(RecordId id) {
        auto day = start_of(day_of(clock.now()));
        records::CorrectRecord input{day + hours(8), day + hours(8) + std::chrono::minutes(30),
                                     Text<1, 200>("核对签到表")};
        return act([&](journal::Turn& turn) {
            return records::correct_record(turn, *street_staff, record_desk, id, input);
        });
    }

    std::vector<RecordId> records_;
};
HEZHI_ON_BOTH_ENGINES(Certificates);

TEST_P(Certificates, AreIssuedToTheVolunteerWithWhatWasServed) {
    CertificateId id = issued();
    auto found = certificate(id);
    EXPECT_EQ(found.minutes, 120);
    EXPECT_EQ(found.records, 2);
    EXPECT_EQ(found.area, community);
    EXPECT_EQ(found.number, "ZFQ" + std::to_string(community.value) + "-2026-00001");
    auto printed = paper(id, zhang.caller).value();
    EXPECT_EQ(printed.content.name, "张晓梅");
    EXPECT_FALSE(printed.content.document_number.empty());
    EXPECT_EQ(printed.content.issuer_name, "顾家岛社区居民委员会");
    EXPECT_EQ(printed.content.in_charge, "王主任");
    EXPECT_EQ(printed.content.handler, "李干事");
    EXPECT_EQ(printed.content.records.size(), 2U);
    EXPECT_EQ(printed.content.records.front().category_zh, "环境整治");
    EXPECT_EQ(printed.content.until - printed.content.from, hours(24)) << "whole days";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Certificates, ArePostedInsideTheUnitForThePacksDays) {
    CertificateId id = issued();
    testing::Volunteer far = volunteer("何青", other_district);
    auto posted_for = [&](const testing::Volunteer& who) {
        return reading_as(*who.caller, [&](const api::Reading& reading) {
            return notices_of_caller(reading, certificate_desk).value().items;
        });
    };
    // Issued on 5 March: seven whole days after it, the 6th to the 12th.
    Instant until = start_of(parse_day("2026-03-13").value());
    EXPECT_EQ(certificate(id).posted_until, until);
    auto posted = posted_for(liu);
    ASSERT_EQ(posted.size(), 1U);
    EXPECT_EQ(posted.front().number, certificate(id).number);
    EXPECT_NE(posted.front().person_name, "张晓梅") << "masked";
    EXPECT_EQ(posted.front().minutes, 120);
    EXPECT_TRUE(posted_for(far).empty()) << "not of this unit";
    clock.set(until - std::chrono::milliseconds(1));
    EXPECT_EQ(posted_for(liu).size(), 1U);
    clock.set(until);
    EXPECT_TRUE(posted_for(liu).empty());
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Certificates, ShowTheVolunteersNumberInTheNationalSystemOnceNoteVolunteerNumberKnowsIt) {
    auto note = [&](const api::CallerPtr& by, std::string_view number) {
        return act([&](journal::Turn& turn) {
            return people::note_volunteer_number(turn, *by, people, zhang.person,
                                                 {Text<1, 40>(std::string(number))});
        });
    };
    CertificateId before = issued();
    EXPECT_FALSE(paper(before, zhang.caller).value().content.volunteer_number);
    EXPECT_REFUSED(note(zhang.caller, "12345"), people::refusals::volunteer_number_malformed);
    EXPECT_REFUSED(note(liu.caller, "3301060000001"), hezhi::refusals::not_found) << "not hers";
    EXPECT_REFUSED(note(officer, "3301060000001"), hezhi::refusals::not_permitted);
    note(zhang.caller, " 3301 0600 0000 1 ").value();
    CertificateId id(issue({}, zhang.caller).value());
    auto content = paper(id, zhang.caller).value().content;
    EXPECT_EQ(content.volunteer_number, "3301060000001");
    EXPECT_EQ(content.volunteer_register_zh, "全国志愿服务信息系统");
    note(street_staff, "3301060000002").value();
    CertificateId later(issue({}, zhang.caller).value());
    EXPECT_EQ(paper(later, zhang.caller).value().content.volunteer_number, "3301060000002");
    EXPECT_EQ(paper(id, zhang.caller).value().content.volunteer_number, "3301060000001")
        << "what was printed stays";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

class Objections : public Certificates {
  protected:
    Result<std::int64_t> raise(const api::CallerPtr& by, CertificateId id, bool hidden = false) {
        return act([&](journal::Turn& turn) {
            return raise_objection(turn, *by, certificate_desk, id,
                                   {Text<1, 500>("那天我没看到张晓梅"), hidden});
        });
    }
    Result<std::int64_t> settle(const api::CallerPtr& by, CertificateId id, bool upheld) {
        return act([&](journal::Turn& turn) {
            return settle_objection(turn, *by, certificate_desk, id,
                                    {upheld, Text<1, 500>("核对了签到表"), std::nullopt});
        });
    }
    std::optional<ObjectionShown> shown_to(const api::CallerPtr& who, CertificateId id) {
        return reading_as(*who, [&](const api::Reading& reading) {
            return objection_of(reading, certificate_desk, certificate(id));
        });
    }
};
HEZHI_ON_BOTH_ENGINES(Objections);

TEST_P(Objections, RaiseObjectionHoldsAPostedCertificateUntilSettleObjectionByAnother) {
    CertificateId id = issued();
    testing::Volunteer far = volunteer("何青", other_district);
    EXPECT_REFUSED(raise(far.caller, id), hezhi::refusals::not_found) << "not posted to her";
    EXPECT_REFUSED(raise(zhang.caller, id), refusals::own_certificate);
    EXPECT_REFUSED(settle(street_staff, id, true), refusals::no_objection);
    raise(liu.caller, id).value();
    EXPECT_EQ(check(id).value().result, CheckResult::held);
    EXPECT_REFUSED(print(id, social_worker), refusals::certificate_held);
    EXPECT_REFUSED(paper(id, zhang.caller), refusals::certificate_held);
    EXPECT_REFUSED(raise(zhao.caller, id), refusals::certificate_held) << "one at a time";
    EXPECT_EQ(shown_to(street_staff, id)->what, "那天我没看到张晓梅");
    EXPECT_FALSE(shown_to(zhang.caller, id)->what) << "for those who decide";
    EXPECT_FALSE(shown_to(street_staff, id)->late);
    // Ten working days from Thursday 5 March 2026.
    EXPECT_EQ(day_of(certificate(id).settle_until), parse_day("2026-03-19").value());
    EXPECT_REFUSED(settle(liu.caller, id, true), hezhi::refusals::not_found);
    clock.set(certificate(id).settle_until + hours(1));
    EXPECT_TRUE(shown_to(street_staff, id)->late);
    EXPECT_EQ(check(id).value().result, CheckResult::held) << "also after the posting";
    settle(street_staff, id, false).value();
    EXPECT_EQ(check(id).value().result, CheckResult::valid);
    EXPECT_EQ(shown_to(zhang.caller, id)->upheld, false);
    EXPECT_EQ(shown_to(zhang.caller, id)->decision, "核对了签到表");
    EXPECT_REFUSED(raise(liu.caller, id), hezhi::refusals::not_found) << "no longer posted";
    EXPECT_REFUSED(raise(social_worker, id), refusals::not_posted);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Objections, SettleObjectionThatIsRightRevokesTheCertificate) {
    CertificateId id = issued();
    raise(street_staff, id).value();
    EXPECT_REFUSED(settle(street_staff, id, true), refusals::took_part_in_certificate);
    settle(officer, id, true).value();
    EXPECT_EQ(certificate(id).state, CertificateStep::revoked);
    EXPECT_EQ(certificate(id).reason, RevocationReason::records_wrong);
    EXPECT_EQ(check(id).value().result, CheckResult::revoked);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Objections, SettleObjectionIsNotForWhoIssuedTheCertificate) {
    serve_two_hours();
    name(community, "顾家岛社区居民委员会", street_staff).value();
    IssueCertificate input;
    input.person_id = zhang.person;
    CertificateId id(issue(input, street_staff).value());
    raise(liu.caller, id).value();
    EXPECT_REFUSED(settle(street_staff, id, false), refusals::took_part_in_certificate);
    settle(officer, id, false).value();
    EXPECT_EQ(certificate(id).state, CertificateStep::valid);
}

TEST_P(Objections, RaiseObjectionThatIsHiddenKeepsNoAccount) {
    CertificateId id = issued();
    raise(liu.caller, id, true).value();
    EXPECT_FALSE(facts("objection.raised").front().actor.account);
    EXPECT_FALSE(certificate(id).objected_by);
    settle(street_staff, id, false).value();
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Certificates, OfATeamArePostedToItsMembersAndNoLongerOnceRevoked) {
    OrganizationId team = team_of({zhang, liu});
    serve_two_hours();
    auto posted_for = [&](const testing::Volunteer& who) {
        return reading_as(*who.caller, [&](const api::Reading& reading) {
            return notices_of_caller(reading, certificate_desk).value().items.size();
        });
    };
    // As if the team had issued it.
    CertificateIssued made;
    made.number = "ZFQ9-2026-00001";
    made.year = 2026;
    made.serial = 1;
    made.posted_until = clock.now() + hours(24);
    CertificateId id(act([&](journal::Turn& turn) -> Result<std::int64_t> {
                         return turn.append(draft(made, {}, {community, path_of(community)},
                                                  {{"certificate", self},
                                                   {"person", zhang.person.value},
                                                   {"organization", team.value}},
                                                  turn.now()));
                     }).value());
    EXPECT_EQ(posted_for(liu), 1U);
    EXPECT_EQ(posted_for(zhao), 0U) << "no member";
    revoke(id, street_staff).value();
    EXPECT_EQ(posted_for(liu), 0U);
}

TEST_P(Certificates, HoldNoPersonalDataInTheirFacts) {
    CertificateId id = issued();
    auto fact = facts(CertificateIssued::kind).front();
    auto printed = paper(id, zhang.caller).value().content;
    std::string bytes = canonical_bytes(fact);
    EXPECT_EQ(bytes.find(printed.name), std::string::npos);
    EXPECT_EQ(bytes.find(printed.document_number), std::string::npos);
    EXPECT_EQ(bytes.find(printed.salt), std::string::npos) << "the hash would be guessed by it";
    auto text = to_json(printed);
    EXPECT_EQ(fact.as<CertificateIssued>().content, crypto::to_hex(crypto::sm3(text)))
        << "what is printed is what was hashed";
}

TEST_P(Certificates, LeaveOutWhatIsDisputedOrNotConfirmedYet) {
    OrderId order_id = delivered_order();  // nobody has confirmed it yet
    name(community, "顾家岛社区居民委员会", street_staff).value();
    EXPECT_REFUSED(issue({}, zhang.caller), refusals::nothing_to_certify);
    confirm(order_id).value();
    auto first = certificate(CertificateId(issue({}, zhang.caller).value()));
    EXPECT_EQ(first.records, 1);
    clock.advance(hours(24));
    serve_two_hours();
    act([&](journal::Turn& turn) {
        return records::dispute_record(turn, *zhang.caller, record_desk, records_[0], "少记了");
    }).value();
    auto second = certificate(CertificateId(issue({}, zhang.caller).value()));
    EXPECT_EQ(second.records, 2);
    EXPECT_EQ(second.minutes, first.minutes + 60);
}

TEST_P(Certificates, LeaveOutWhatIsHeldForACallBack) {
    serve_two_hours();
    name(community, "顾家岛社区居民委员会", street_staff).value();
    SpotCheckOpened opened;
    opened.reasons = {"late_entry"};
    opened.held = true;
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        return turn.append(draft(
            opened, {}, {community, path_of(community)},
            {{"spot_check", self}, {"record", records_[0].value}, {"person", zhang.person.value}},
            turn.now()));
    }).value();
    EXPECT_EQ(certificate(CertificateId(issue({}, zhang.caller).value())).records, 1);
}

TEST_P(Certificates, CountWhatWasNotConfirmedOnceItIsLocked) {
    delivered_order();
    name(community, "顾家岛社区居民委员会", street_staff).value();
    clock.advance(hours(24 * 30));
    EXPECT_EQ(certificate(CertificateId(issue({}, zhang.caller).value())).records, 1);
}

TEST_P(Certificates, AreOfASpanOfDaysIfThatIsAsked) {
    serve_two_hours();
    clock.advance(hours(24));
    enter(zhang, 8, social_worker);
    name(community, "顾家岛社区居民委员会", street_staff).value();
    IssueCertificate input;
    input.from = "2026-03-06";
    input.until = "2026-03-31";
    auto found = certificate(CertificateId(issue(input, zhang.caller).value()));
    EXPECT_EQ(found.minutes, 60);
    EXPECT_EQ(found.from_at, start_of(parse_day("2026-03-06").value()));
    EXPECT_EQ(found.until_at, start_of(parse_day("2026-04-01").value()));
    input.from = "2026-04-01";
    input.until = "2026-04-30";
    EXPECT_REFUSED(issue(input, zhang.caller), refusals::nothing_to_certify);
}

TEST_P(Certificates, AreNumberedWithoutAGapInEachAreaAndYear) {
    CertificateId first = issued();
    name(subdistrict, "薛家岛街道办事处", officer).value();
    IssueCertificate of_subdistrict;
    of_subdistrict.issuer_area_id = subdistrict;
    auto serial = [&](CertificateId id) {
        return certificate(id).number.substr(certificate(id).number.rfind('-') + 1);
    };
    EXPECT_EQ(serial(first), "00001");
    enter(zhang, 10, social_worker);
    EXPECT_EQ(serial(CertificateId(issue({}, zhang.caller).value())), "00002");
    EXPECT_EQ(serial(CertificateId(issue(of_subdistrict, zhang.caller).value())), "00001");
    revoke(first, street_staff).value();
    EXPECT_EQ(serial(CertificateId(issue({}, zhang.caller).value())), "00003");
    clock.set(start_of(parse_day("2027-01-01").value()) + hours(9));
    enter(zhang, 8, social_worker);
    EXPECT_EQ(serial(CertificateId(issue({}, zhang.caller).value())), "00001");
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Certificates, ComeFromWhoHoldsTheRecords) {
    serve_two_hours();
    EXPECT_REFUSED(issue({}, zhang.caller), refusals::issuer_missing);
    name(subdistrict, "薛家岛街道办事处", officer).value();
    EXPECT_EQ(certificate(CertificateId(issue({}, zhang.caller).value())).area, subdistrict);
    name(community, "顾家岛社区居民委员会", street_staff).value();
    EXPECT_EQ(certificate(CertificateId(issue({}, zhang.caller).value())).area, community)
        << "of those that hold the same the nearest";
    name(other_community, "南屯社区居民委员会", street_staff).value();
    IssueCertificate elsewhere;
    elsewhere.issuer_area_id = other_community;
    EXPECT_REFUSED(issue(elsewhere, zhang.caller), refusals::issuer_holds_nothing);
    EXPECT_REFUSED(name(other_district, "大兴区", street_staff), areas::refusals::area_unknown);
}

TEST_P(Certificates, AreIssuedAtTheDeskForSomebodyWithoutAPhone) {
    serve_two_hours();
    name(community, "顾家岛社区居民委员会", street_staff).value();
    IssueCertificate input;
    input.person_id = zhang.person;
    EXPECT_REFUSED(issue(input, liu.caller), hezhi::refusals::not_found);
    EXPECT_REFUSED(issue(input, grid_worker), hezhi::refusals::not_found);
    CertificateId id(issue(input, street_staff).value());
    auto printed = paper(id, street_staff).value();
    EXPECT_EQ(printed.content.handler.substr(0, 6), "员工") << "who stands at the desk";
    EXPECT_TRUE(paper(id, zhang.caller).has_value());
    clock.advance(hours(1));
    EXPECT_REFUSED(paper(id, street_staff), refusals::printing_not_noted);
    EXPECT_REFUSED(paper(id, liu.caller), hezhi::refusals::not_found);
    print(id, street_staff).value();
    EXPECT_TRUE(paper(id, street_staff).has_value());
    EXPECT_REFUSED(paper(id, social_worker), refusals::printing_not_noted);
}

TEST_P(Certificates, SayWhatElseTheIssuerNotesOnThePaperAndInNoFact) {
    serve_two_hours();
    name(community, "顾家岛社区居民委员会", street_staff).value();
    IssueCertificate input;
    input.other_notes = Text<0, 300>("用于助学金申请");
    EXPECT_REFUSED(issue(input, zhang.caller), refusals::own_certificate_notes);
    input.person_id = zhang.person;
    CertificateId id(issue(input, street_staff).value());
    EXPECT_EQ(paper(id, zhang.caller).value().content.other_notes, "用于助学金申请");
    EXPECT_EQ(facts("certificate.issued").back().payload.find("助学金"), std::string::npos);
}

TEST_P(Certificates, AreOpenToWhoPrintsThemForTheMinutesOfThePack) {
    CertificateId id = issued();
    print(id, street_staff).value();
    clock.advance(std::chrono::minutes(9));
    EXPECT_TRUE(paper(id, street_staff).has_value()) << "ten by the base pack";
    auto shorter = testing::changed_pack(pack(), "certificates.toml", R"([certificate]
says = { zh = "打印后 2 分钟内可以取得。", en = "The paper is there for 2 minutes after printing." }
printing_open_minutes = 2
)");
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, shorter, clock.now());
    }).value();
    EXPECT_REFUSED(paper(id, street_staff), refusals::printing_not_noted);
}

TEST_P(Certificates, ThatWereRevokedAreToldAsSuchAndPrintedNoMore) {
    CertificateId id = issued();
    EXPECT_REFUSED(revoke(id, zhang.caller), hezhi::refusals::not_permitted);
    revoke(id, street_staff).value();
    EXPECT_EQ(check(id).value().result, CheckResult::revoked);
    EXPECT_REFUSED(paper(id, zhang.caller), refusals::certificate_revoked);
    EXPECT_REFUSED(print(id, street_staff), refusals::certificate_revoked);
    EXPECT_REFUSED(revoke(id, street_staff), refusals::certificate_revoked);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Certificates, SayThatARecordWasCorrectedSinceTheyWereIssued) {
    CertificateId id = issued();
    enter(zhang, 15, social_worker);
    EXPECT_EQ(check(id).value().result, CheckResult::valid) << "another record changes nothing";
    correct(records_[0]).value();
    EXPECT_EQ(check(id).value().result, CheckResult::records_changed);
    EXPECT_EQ(check(id).value().minutes, 120) << "what was certified";
    EXPECT_EQ(certificate(id).state, CertificateStep::valid);
    auto anew = check(CertificateId(issue({}, zhang.caller).value())).value();
    EXPECT_EQ(anew.result, CheckResult::valid);
    EXPECT_EQ(anew.minutes, 150);
}

TEST_P(Certificates, OfSomebodyWhoWasErasedAreStillCheckedWithoutAName) {
    CertificateId id = issued();
    act([&](journal::Turn& turn) {
        return accounts::erase_person(turn, *street_staff, accounts_desk, zhang.person, "本人申请");
    }).value();
    auto found = check(id).value();
    EXPECT_FALSE(found.name.has_value());
    EXPECT_EQ(found.minutes, 120);
    EXPECT_EQ(found.result, CheckResult::valid);
    EXPECT_REFUSED(print(id, street_staff), refusals::certificate_erased);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(Certificates, NameTheStarWithItsRule) {
    name(community, "顾家岛社区居民委员会", street_staff).value();
    for (int day = 0; day < 9; ++day) {
        clock.set(start_of(day_of(clock.now()) + 1) + hours(21));
        enter(zhang, 8, social_worker, 12);
        if (day == 7) {
            CertificateId before(issue({}, zhang.caller).value());
            EXPECT_EQ(paper(before, zhang.caller).value().content.star_zh, "") << "96 hours";
        }
    }
    CertificateId id(issue({}, zhang.caller).value());
    EXPECT_EQ(paper(id, zhang.caller).value().content.star_zh,
              "一星级志愿者（服务满 100 小时为一星级志愿者。）");
}

TEST_P(Certificates, ArePrintedAsTheSamePdfEachTime) {
    auto printed = paper(issued(), zhang.caller).value();
    printed.content.name = "𬱖㐂·买买提";
    auto pdf = certificate_pdf(printed).value();
    EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
    EXPECT_EQ(certificate_pdf(printed).value(), pdf);
    printed.content.other_notes = "用于助学金申请";
    EXPECT_NE(certificate_pdf(printed).value(), pdf);
    printed.english = true;
    EXPECT_NE(certificate_pdf(printed).value(), pdf);
}

}  // namespace
}  // namespace hezhi::certificates
