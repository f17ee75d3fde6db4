// Plays the scenario of activities and service records, on both engines. README.md says what its
// rows mean; there is one shift and one record at a time, the last that was made.
#include <map>

#include "domain/guardians/guardians.h"
#include "domain/people/id_schemes.h"
#include "scenarios/scenario.h"
#include "support/world.h"

namespace hezhi::scenarios {
namespace {

using std::to_string;

class RecordScenarios : public hezhi::testing::World {
  protected:
    void play(const std::filesystem::path& file) {
        Scenario scenario = read_scenario(file);
        for (const auto& part : scenario.people) take_part(part);
        for (const auto& row : scenario.rows) {
            if (row.at) clock.set(*row.at);
            EXPECT_EQ(outcome_of(row), row.expected)
                << file.filename().string() << ":" << row.line << " " << row.who << " " << row.what;
        }
        for (const auto& difference : differences()) {
            ADD_FAILURE() << difference.place << ": " << difference.found;
        }
    }

  private:
    void take_part(const Part& part) {
        AreaId area = area_called(part.area);
        if (part.role == "志愿者") {
            cast_[part.name] = volunteer(part.name, area);
            return;
        }
        if (part.role == "未成年人") return registers_as_minor(part.name, area);
        for (const auto& role : accounts::roles()) {
            if (role.zh == part.role) cast_[part.name].caller = staff(role.key, area);
        }
    }
    // Thirteen years old, by the open page. There is one child at a time.
    void registers_as_minor(const std::string& name, AreaId area) {
        std::string digits = "99999920120601101";
        people::RegisterVolunteer input;
        input.name.value = name;
        input.id_number.value = digits + people::mod11_2_check_character(digits);
        input.phone.value = "13900000077";
        input.area_id = area;
        input.agreed = true;
        child_ = PersonId(act([&](journal::Turn& turn) {
                              return people::register_volunteer(turn, people, input);
                          }).value());
        cast_[name].person = child_;
        takes_slip(name);
    }
    void takes_slip(const std::string& name) {
        act([&](journal::Turn& turn) {
            return accounts::issue_slip_by_command(turn, accounts_desk, child_, "no hash");
        }).value();
        auto account = facts(SignInSlipIssued::kind).back().as<SignInSlipIssued>().account;
        auto db = ledger->read();
        cast_[name].caller = accounts::load_caller(*db, ledger->tables(), account);
    }
    AreaId area_called(const std::string& name) {
        auto found = tree->now()->search(name, {}, 1, pack());
        if (found.empty()) throw std::runtime_error("no area " + name);
        return found.front()->id;
    }

    std::string outcome_of(const Row& row) {
        static const std::map<std::string, std::string (RecordScenarios::*)(const Row&)> deeds{
            {"发布活动", &RecordScenarios::publishes},
            {"报名", &RecordScenarios::joins},
            {"退出报名", &RecordScenarios::joins},
            {"我的报名", &RecordScenarios::place_of},
            {"名单签到", &RecordScenarios::ticks},
            {"一键记录", &RecordScenarios::records_all},
            {"组队", &RecordScenarios::founds_team},
            {"本队发布", &RecordScenarios::publishes},
            {"到场签到", &RecordScenarios::arrives},
            {"待办", &RecordScenarios::due},
            {"录入", &RecordScenarios::enters},
            {"补录", &RecordScenarios::enters},
            {"更正", &RecordScenarios::corrects},
            {"确认记录", &RecordScenarios::confirms},
            {"申请更正", &RecordScenarios::disputes},
            {"服务时长", &RecordScenarios::minutes},
            {"记录版本", &RecordScenarios::versions},
            {"服务分钟", &RecordScenarios::area_minutes},
            {"同意参加", &RecordScenarios::guardian},
            {"撤回同意", &RecordScenarios::guardian},
            {"孩子在哪", &RecordScenarios::where_now},
            {"已返回", &RecordScenarios::returns},
            {"领取登录单", &RecordScenarios::slip},
            {"登记出具单位", &RecordScenarios::names_issuer},
            {"出具证明", &RecordScenarios::certifies},
            {"核验证明", &RecordScenarios::checks},
            {"打印证明", &RecordScenarios::prints},
            {"撤销证明", &RecordScenarios::revokes},
            {"清除档案", &RecordScenarios::erases},
        };
        auto deed = deeds.find(row.what);
        if (deed == deeds.end()) throw std::runtime_error("cannot " + row.what);
        return (this->*deed->second)(row);
    }

    const api::Caller& caller(const Row& row) { return *cast_.at(row.who).caller; }
    static std::string refusal(const Refusal& refused) {
        return "拒绝：" + std::string(refused.row->zh);
    }
    static std::string words_of(const api::StateRows& rows, std::string_view noun,
                                std::string_view state) {
        for (const auto& row : rows) {
            if (row.noun == noun && row.state == state) return std::string(row.zh);
        }
        throw std::runtime_error("no words for " + std::string(state));
    }

    // --- activities

    std::string publishes(const Row& row) {
        activities::PublishActivity input;
        input.area_id = row.what == "本队发布" ? community : subdistrict;
        if (row.what == "本队发布") input.organization_id = team_;
        input.category.value = "environment_clean_up";
        input.title.value = row.arguments.at(0);
        input.place.value = "金沙滩东入口";
        input.risk.value = "礁石湿滑";
        auto window = split(row.arguments.at(2), "–");
        input.shifts.push_back({instant_of(row.arguments.at(1), window.at(0)),
                                instant_of(row.arguments.at(1), window.at(1)),
                                Bounded<1, 100000>(std::stoi(row.arguments.at(3)))});
        auto done = act([&](journal::Turn& turn) {
            return activities::publish_activity(turn, caller(row), activity_desk, input);
        });
        if (!done) return refusal(done.error());
        activity_ = ActivityId(*done);
        auto shown = seen(caller(row));
        shift_ = shown.shifts.front().id;
        return words_of(activities::states(), "activity", label_of(shown.state));
    }
    activities::Activity seen(const api::Caller& who) {
        return reading_as(who, [&](const api::Reading& reading) {
            return activities::activity_page(reading, activity_desk, activity_).value();
        });
    }
    std::string seat_of(PersonId person) {
        return reading_as(*officer, [&](const api::Reading& reading) {
            auto seat = reading.load<activities::SeatFigure>(activities::seat_key(shift_, person));
            return words_of(activities::states(), "seat", label_of(seat->state));
        });
    }
    std::string joins(const Row& row) {
        auto done = act([&](journal::Turn& turn) {
            return row.what == "报名" ? activities::join_shift(turn, caller(row), shift_)
                                      : activities::leave_shift(turn, caller(row), shift_);
        });
        return done ? seat_of(caller(row).person) : refusal(done.error());
    }
    std::string place_of(const Row& row) { return seat_of(caller(row).person); }
    std::string ticks(const Row& row) {
        PersonId person = cast_.at(row.arguments.at(0)).person;
        auto done = act([&](journal::Turn& turn) {
            return activities::check_in_shift(turn, caller(row), shift_, person, true);
        });
        return done ? seat_of(person) : refusal(done.error());
    }
    // With the code that hangs at the place, or with another.
    std::string arrives(const Row& row) {
        std::string code = activities::place_code(suite, activity_);
        if (!row.arguments.empty()) code = code == "000000" ? "000001" : "000000";
        auto done = act([&](journal::Turn& turn) {
            return activities::arrive_at_shift(turn, caller(row), activity_desk, shift_, code);
        });
        return done ? seat_of(caller(row).person) : refusal(done.error());
    }
    // The first named leads.
    std::string founds_team(const Row& row) {
        std::vector<hezhi::testing::Volunteer> members;
        for (const auto& name : row.arguments) members.push_back(cast_.at(name));
        team_ = team_of(members);
        return to_string(members.size()) + " 人";
    }
    std::string due(const Row& row) {
        auto led = reading_as(caller(row), [&](const api::Reading& reading) {
            return activities::led_teams_page(reading, activity_desk);
        });
        if (led.teams.empty()) return "没有带队";
        const auto& team = led.teams.front();
        return "空缺 " + to_string(team.places_unfilled) + "，待记录 " +
               to_string(team.records_due) + "，过 5 日 " + to_string(team.records_past_reminder);
    }
    std::string records_all(const Row& row) {
        auto done = act([&](journal::Turn& turn) {
            return activities::record_shift(turn, caller(row), shift_);
        });
        if (!done) return refusal(done.error());
        return to_string(seen(caller(row)).shifts.front().recorded) + " 人";
    }

    // --- guardians

    std::int64_t link() {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<people::ConsentFigure>(child_)->asked_by;
        });
    }
    guardians::GuardianPage guardian_page() {
        guardians::GuardianDesk of{people, *tree, suite, "https://example.org"};
        return reading_as(*api::link_caller(), [&](const api::Reading& reading) {
            return guardians::guardian_page(reading, of, link()).value();
        });
    }
    std::string guardian(const Row& row) {
        guardians::GuardianDesk of{people, *tree, suite, "https://example.org"};
        std::int64_t held = link();
        auto done = act([&](journal::Turn& turn) {
            return row.what == "同意参加"
                       ? guardians::give_consent(turn, of, held, {.sensitive = true})
                       : guardians::withdraw_consent(turn, held);
        });
        if (!done) return refusal(done.error());
        return words_of(people::states(), "consent", label_of(guardian_page().state));
    }
    std::string where_now(const Row&) {
        auto page = guardian_page();
        if (page.outings.empty()) return "没有活动";
        if (page.not_back > 0) return "在场，未返回 " + to_string(page.not_back);
        auto last = page.outings.back().where_now;
        return last == guardians::Whereabouts::returned ? "已返回" : "已报名";
    }
    std::string returns(const Row& row) {
        PersonId person = cast_.at(row.arguments.at(0)).person;
        auto done = act([&](journal::Turn& turn) {
            return activities::note_return(turn, caller(row), shift_, person);
        });
        return done ? seat_of(person) : refusal(done.error());
    }
    std::string slip(const Row& row) {
        takes_slip(row.who);
        return "已领取";
    }

    // --- records

    std::string after_record(const Result<std::int64_t>& done) {
        if (!done) return refusal(done.error());
        record_ = RecordId(*done);
        return reading_as(*officer, [&](const api::Reading& reading) {
            auto state = reading.load<records::RecordFigure>(record_)->state;
            return words_of(records::states(), "record", label_of(state));
        });
    }
    std::string enters(const Row& row) {
        records::EnterRecord input;
        input.person_id = cast_.at(row.arguments.at(0)).person;
        input.category.value = "environment_clean_up";
        auto window = split(row.arguments.at(2), "–");
        input.starts_at = instant_of(row.arguments.at(1), window.at(0));
        input.ends_at = instant_of(row.arguments.at(1), window.at(1));
        input.unpaid = true;
        if (row.arguments.size() > 3) input.time_was = TimeWas::duty;
        if (row.what == "补录") input.late_reason = Text<0, 200>("签到表刚刚交来");
        return after_record(act([&](journal::Turn& turn) {
            return records::enter_record(turn, caller(row), record_desk, input);
        }));
    }
    std::string corrects(const Row& row) {
        auto window = split(row.arguments.at(1), "–");
        records::CorrectRecord input{instant_of(row.arguments.at(0), window.at(0)),
                                     instant_of(row.arguments.at(0), window.at(1)),
                                     Text<1, 200>("核对签到表")};
        return after_record(act([&](journal::Turn& turn) {
            return records::correct_record(turn, caller(row), record_desk, record_, input);
        }));
    }
    std::string confirms(const Row& row) {
        return after_record(act([&](journal::Turn& turn) {
            return records::confirm_record(turn, caller(row), record_);
        }));
    }
    std::string disputes(const Row& row) {
        return after_record(act([&](journal::Turn& turn) {
            return records::dispute_record(turn, caller(row), record_desk, record_, "少记了");
        }));
    }
    std::string minutes(const Row& row) {
        auto db = ledger->read();
        return to_string(records::minutes_of(*db, caller(row).person)) + " 分钟";
    }
    std::string versions(const Row& row) {
        auto page = reading_as(caller(row), [&](const api::Reading& reading) {
            return records::record_page(reading, record_desk, record_).value();
        });
        std::string all;
        for (const auto& version : page.versions) {
            all += (all.empty() ? "" : "、") + to_string(version.minutes);
        }
        return all;
    }
    std::string area_minutes(const Row& row) {
        auto service = cockpit(area_called(row.arguments.at(0))).service;
        return to_string(service.minutes_all) + " 分钟，" + to_string(service.records_all) +
               " 条，补录 " + to_string(service.records_late) + " 条";
    }

    // --- certificates

    std::string names_issuer(const Row& row) {
        certificates::NameIssuer input;
        input.area_id = area_called(row.arguments.at(0));
        input.name.value = row.arguments.at(1);
        input.in_charge.value = "王主任";
        input.handler.value = "李干事";
        input.contact.value = "0532-00000000";
        auto done = act([&](journal::Turn& turn) {
            return certificates::name_issuer(turn, caller(row), certificate_desk, input);
        });
        return done ? "已登记" : refusal(done.error());
    }
    // Number without its beginning, time, how many records, by whom.
    std::string certifies(const Row& row) {
        certificates::IssueCertificate input;
        if (!row.arguments.empty()) input.person_id = cast_.at(row.arguments.at(0)).person;
        auto done = act([&](journal::Turn& turn) {
            return certificates::issue_certificate(turn, caller(row), certificate_desk, input);
        });
        if (!done) return refusal(done.error());
        certificate_ = CertificateId(*done);
        auto made = certificate();
        auto db = ledger->read();
        return made.number.substr(made.number.find('-') + 1) + "，" + to_string(made.minutes) +
               " 分钟，" + to_string(made.records) + " 条，" +
               people.read_text(*db, made.issuer.value, certificates::text_issuer_name).value();
    }
    certificates::CertificateState certificate() {
        return reading_as(*officer, [&](const api::Reading& reading) {
            return reading.load<certificates::CertificateFigure>(certificate_).value();
        });
    }
    std::string checks(const Row& row) {
        auto db = ledger->read();
        auto code = row.arguments.empty() ? certificates::check_code(suite, certificate_)
                                          : row.arguments.at(0);
        auto found = certificates::check_certificate(*db, ledger->tables(), certificate_desk,
                                                     certificate().number, code);
        if (!found) return refusal(found.error());
        const char* result = found->result == certificates::CheckResult::valid     ? "有效"
                             : found->result == certificates::CheckResult::revoked ? "已撤销"
                                                                                   : "记录有更正";
        return found->name.value_or("无姓名") + "，" + to_string(found->minutes) + " 分钟，" +
               result;
    }
    std::string after_certificate(const Result<std::int64_t>& done, const char* word) {
        return done ? word : refusal(done.error());
    }
    std::string prints(const Row& row) {
        return after_certificate(act([&](journal::Turn& turn) {
                                     return certificates::print_certificate(
                                         turn, caller(row), certificate_desk, certificate_);
                                 }),
                                 "已打印");
    }
    std::string revokes(const Row& row) {
        return after_certificate(act([&](journal::Turn& turn) {
                                     return certificates::revoke_certificate(
                                         turn, caller(row), certificate_desk, certificate_,
                                         RevocationReason::records_wrong);
                                 }),
                                 "已撤销");
    }
    std::string erases(const Row& row) {
        return after_certificate(act([&](journal::Turn& turn) {
                                     return accounts::erase_person(
                                         turn, caller(row), accounts_desk,
                                         cast_.at(row.arguments.at(0)).person, "本人申请");
                                 }),
                                 "已清除");
    }

    std::map<std::string, hezhi::testing::Volunteer> cast_;
    OrganizationId team_;
    ActivityId activity_;
    ShiftId shift_;
    RecordId record_;
    CertificateId certificate_;
    PersonId child_;
};
HEZHI_ON_BOTH_ENGINES(RecordScenarios);

TEST_P(RecordScenarios, LeadOfATeam) {
    play("tests/scenarios/lead_of_a_team.txt");
}

TEST_P(RecordScenarios, Guardian) {
    play("tests/scenarios/guardian.txt");
}

TEST_P(RecordScenarios, ACertificate) {
    play("tests/scenarios/a_certificate.txt");
}

TEST_P(RecordScenarios, RecordsAndActivity) {
    play("tests/scenarios/records_and_activity.txt");
}

}  // namespace
}  // namespace hezhi::scenarios
