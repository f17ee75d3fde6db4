// Plays the scenario of certification and stars, on both engines. README.md says what its rows
// mean; there is one order at a time, the last made.
#include <map>

#include "domain/certification/certification_pages.h"
#include "facts/activity_facts.h"
#include "scenarios/scenario.h"
#include "support/world.h"

namespace hezhi::scenarios {
namespace {

namespace cert = hezhi::certification;
using std::to_string;

class CertificationScenarios : public hezhi::testing::World {
  protected:
    void play(const std::filesystem::path& file) {
        Scenario scenario = read_scenario(file);
        for (const auto& part : scenario.people) take_part(part);
        for (const auto& row : scenario.rows) {
            if (row.at && row.who != "时钟") clock.set(*row.at);
            if (row.who == "时钟") wait_until(row.at.value_or(clock.now()));
            EXPECT_EQ(outcome_of(row), row.expected)
                << file.filename().string() << ":" << row.line << " " << row.who << " " << row.what;
        }
        for (const auto& difference : differences()) {
            ADD_FAILURE() << difference.place << ": " << difference.found;
        }
    }

  private:
    using Deed = std::string (CertificationScenarios::*)(const Row&);

    void take_part(const Part& part) {
        auto found = tree->now()->search(part.area, {}, 1, pack());
        if (found.empty()) throw std::runtime_error("no area " + part.area);
        AreaId area = found.front()->id;
        if (part.role == "志愿者") {
            cast_[part.name] = volunteer(part.name, area, rules::LevelKey::V0);
            return;
        }
        for (const auto& role : accounts::roles()) {
            if (role.zh != part.role) continue;
            cast_[part.name].caller = staff(role.key, area);
            cast_[part.name].person = cast_[part.name].caller->person;
        }
    }

    std::string outcome_of(const Row& row) {
        static const std::map<std::string, Deed> deeds{
            {"签认课程", &CertificationScenarios::teaches},
            {"现场考核", &CertificationScenarios::watches},
            {"推荐带队", &CertificationScenarios::recommends},
            {"核验资格", &CertificationScenarios::verifies},
            {"授予", &CertificationScenarios::grants},
            {"续期", &CertificationScenarios::renews},
            {"认定", &CertificationScenarios::recognises},
            {"记录服务", &CertificationScenarios::serves},
            {"派单", &CertificationScenarios::offers},
            {"到点", &CertificationScenarios::timers_ran},
            {"我的认证", &CertificationScenarios::own_level},
            {"我的星级", &CertificationScenarios::own_star},
            {"缺什么", &CertificationScenarios::missing},
        };
        auto deed = deeds.find(row.what);
        if (deed == deeds.end()) throw std::runtime_error("cannot " + row.what);
        return (this->*deed->second)(row);
    }

    const api::Caller& caller(const Row& row) { return *cast_.at(row.who).caller; }
    PersonId named(const Row& row) { return cast_.at(row.arguments.at(0)).person; }

    // "为老服务" → "elders"; also of a licence.
    std::string key_of(const std::string& zh) {
        for (const auto& field : pack().certification.fields) {
            if (field.name.zh == zh) return field.key;
        }
        for (const auto& licence : pack().credentials) {
            if (licence.name.zh == zh) return licence.key;
        }
        throw std::runtime_error("no field or licence " + zh);
    }

    cert::Certification page(PersonId person) {
        return reading_as(*street_staff, [&](const api::Reading& reading) {
            return cert::certification_page(reading, certification_desk,
                                            *reading.load<cert::CertificationFigure>(person));
        });
    }
    std::string level_of(PersonId person) {
        auto shown = page(person);
        std::string out(label_of(shown.level));
        for (const auto& held : shown.held) {
            if (held.field_name) out += " " + held.field_name->zh;
        }
        return out;
    }
    // The level as it now stands, or why not.
    std::string told(const Result<std::int64_t>& done, PersonId person) {
        if (!done) return "拒绝：" + std::string(done.error().row->zh);
        std::string out = level_of(person);
        for (const auto& goal : page(person).goals) {
            if (goal.ready) out += "，可授予 " + std::string(label_of(goal.level));
        }
        return out;
    }

    std::string teaches(const Row& row) {
        static const std::map<std::string, CourseKind> kinds{{"通用", CourseKind::general},
                                                             {"带队", CourseKind::leading},
                                                             {"续期", CourseKind::renewal}};
        cert::PassCourse input;
        std::string course = row.arguments.at(1);
        if (auto kind = kinds.find(course); kind != kinds.end()) {
            input.course = kind->second;
        } else {
            input.course = CourseKind::special;
            input.field.emplace(key_of(course));
        }
        input.minutes.value = std::stoi(row.arguments.at(2)) * 60;
        if (row.arguments.size() > 3) {
            input.test_percent.emplace(std::stoi(row.arguments.at(3)));
        }
        input.held_at = clock.now();
        return told(act([&](journal::Turn& turn) {
                        return cert::pass_course(turn, caller(row), named(row), input);
                    }),
                    named(row));
    }
    std::string watches(const Row& row) {
        cert::ObserveCheck input{Text<1, 40>(key_of(row.arguments.at(1))),
                                 row.arguments.at(2) == "合格", clock.now()};
        return told(act([&](journal::Turn& turn) {
                        return cert::observe_check(turn, caller(row), named(row), input);
                    }),
                    named(row));
    }
    std::string recommends(const Row& row) {
        return told(act([&](journal::Turn& turn) {
                        return cert::recommend_lead(turn, caller(row), named(row));
                    }),
                    named(row));
    }
    std::string verifies(const Row& row) {
        cert::VerifyLicence input{Text<1, 40>(key_of(row.arguments.at(1))),
                                  instant_of(row.arguments.at(2), "00:00")};
        return told(act([&](journal::Turn& turn) {
                        return cert::verify_licence(turn, caller(row), named(row), input);
                    }),
                    named(row));
    }
    std::string grants(const Row& row) {
        cert::GrantCertification input;
        input.level = *from_label<rules::LevelKey>(row.arguments.at(1));
        if (row.arguments.size() > 2) input.field.emplace(key_of(row.arguments.at(2)));
        return told(act([&](journal::Turn& turn) {
                        return cert::grant_certification(turn, caller(row), named(row), input);
                    }),
                    named(row));
    }
    std::string renews(const Row& row) {
        return told(act([&](journal::Turn& turn) {
                        return cert::renew_certification(turn, caller(row), named(row));
                    }),
                    named(row));
    }
    std::string recognises(const Row& row) {
        cert::RecogniseCertification input;
        input.level = *from_label<rules::LevelKey>(row.arguments.at(1));
        if (row.arguments.size() > 2) input.fields.emplace_back(key_of(row.arguments.at(2)));
        return told(act([&](journal::Turn& turn) {
                        return cert::recognise_certification(turn, caller(row), named(row), input);
                    }),
                    named(row));
    }
    // Hours of shifts that were recorded.
    std::string serves(const Row& row) {
        PersonId person = cast_.at(row.who).person;
        int hours = std::stoi(row.arguments.at(0));
        return told(
            act([&](journal::Turn& turn) -> Result<std::int64_t> {
                ShiftRecorded shift{"community_patrol", turn.now(),
                                    turn.now() + std::chrono::hours(hours), hours * 60};
                return turn.append(draft(shift, command, Place{community, path_of(community)},
                                         {{"person", person.value}}, turn.now()));
            }),
            person);
    }
    std::string offers(const Row& row) {
        OrderId order = open_order(report_need(), row.arguments.at(1));
        auto done = offer(order, {cast_.at(row.arguments.at(0))});
        return done ? "派单中" : "拒绝：" + std::string(done.error().row->zh);
    }
    std::string timers_ran(const Row&) {
        return to_string(facts("certification.warned").size()) + " 次提醒，" +
               to_string(facts("certification.lapsed").size()) + " 次到期";
    }
    std::string own_level(const Row& row) { return level_of(cast_.at(row.who).person); }
    std::string own_star(const Row& row) {
        auto star = page(cast_.at(row.who).person).star;
        std::string out = star.name ? star.name->zh : "尚无星级";
        if (star.next) out += "，还差 " + to_string(star.next->minutes_missing / 60) + " 小时";
        return out;
    }
    // The clauses of the first goal's gates that are not met.
    std::string missing(const Row& row) {
        std::string out;
        auto shown = page(cast_.at(row.who).person);
        if (shown.goals.empty()) return "无";
        for (const auto& gate : shown.goals.front().gates) {
            if (!gate.met) out += gate.says.zh;
        }
        return out.empty() ? "无" : out;
    }

    std::map<std::string, hezhi::testing::Volunteer> cast_;
};
HEZHI_ON_BOTH_ENGINES(CertificationScenarios);

TEST_P(CertificationScenarios, ACertification) {
    play("tests/scenarios/a_certification.txt");
}

}  // namespace
}  // namespace hezhi::scenarios
