// Every action of the program stands in a matrix: those with a table of states in matrix_test and
// records_matrix_test, all others here. An action without a row fails.
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <span>

#include "api/actions_elsewhere.h"
#include "api/matrix.h"
#include "api/state_tables.h"
#include "app/all_routes.h"
#include "domain/accounts/second_factor.h"
#include "domain/cases/cases.h"
#include "domain/hotline/hotline.h"
#include "domain/standing/standing.h"

namespace hezhi {
namespace {

using testing::holds;
using testing::Standing;

// read: who may not even see the record is told `hidden`; "-" where there is nothing to see first.
// refused: to who may see it and lacks the permission. done: to who has it.
constexpr std::string_view permission_table = R"(
action               permission           read               done    refused       hidden
add_area             area.add             area.read          done    not_permitted not_found
rename_area          area.rename          area.read          done    not_permitted not_found
close_area           area.close           area.read          done    not_permitted not_found
note_desk_phone      desk_phone.note      area.read          done    not_permitted not_found
register_person      person.register      -                  done    area_unknown  -
read_person          person.disclose      person.read        done    not_permitted not_found
erase_person         person.erase         person.read        done    not_permitted not_found
settle_dispute       dispute.settle       dispute.read       done    not_permitted not_found
open_account         account.open         -                  done    area_unknown  -
close_account        account.close        -                  done    not_found     -
reset_password       password.reset       -                  signs_in_by_slip not_found     -
reset_second_factor  second_factor.reset  -                  second_factor_missing not_found -
confirm_grant        grant.confirm        -                  done    not_found     -
reject_grant         grant.confirm        -                  done    not_found     -
end_grant            grant.end            -                  done    not_found     -
issue_sign_in_slip   sign_in_slip.issue   person.read        done    not_permitted not_found
found_organization   organization.found   -                  done    area_unknown  -
name_lead            lead.name            organization.read  done    not_permitted not_found
invite_member        member.invite        organization.read  done    not_permitted not_found
import_roster        roster.import        organization.read  done    not_permitted not_found
note_record_check    record_check.note    person.read        done    not_permitted not_found
note_volunteer_number volunteer_number.note person.read      done    not_permitted not_found
correct_birth_date birth_date.correct person.read birth_date_from_document not_permitted not_found
report_need          need.report          -                  done    area_unknown  -
take_call            call.take            -                  done    area_unknown  -
open_called_order    call.order           -                  done    area_unknown  -
enter_record         record.enter         -                  done    not_found     -
publish_activity     activity.publish     -                  done    not_found     -
return_hotline_order hotline_order.return hotline_order.read done    not_permitted not_found
make_plan            plan.make            person.read        done    not_permitted not_found
pause_plan           plan.make            plan.read          done    not_permitted not_found
resume_plan          plan.make            plan.read          done    not_permitted not_found
end_plan             plan.make            plan.read          done    not_permitted not_found
report_protection    protection.report    -                  done    area_unknown  -
answer_protection    protection.answer    -                  done    not_found     -
note_claim           claim.note           incident.read      invalid_input not_permitted not_found
separate_pair        pair.separate        order.read         done    not_permitted not_found
rejoin_pair          pair.separate        order.read         done    not_permitted not_found
unseal_address address.seal person.read address_not_sealed not_permitted not_found
)";

struct Row {
    std::string action, permission, read, done, refused, hidden;
};

std::vector<Row> rows() {
    std::vector<Row> all;
    std::istringstream lines{std::string(permission_table)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        Row row;
        if (!(words >> row.action >> row.permission >> row.read >> row.done >> row.refused >>
              row.hidden) ||
            row.action == "action") {
            continue;
        }
        all.push_back(row);
    }
    return all;
}

// The words of the matrices of other nouns, which stand beside this file.
std::set<std::string, std::less<>> words_of_other_matrices() {
    std::set<std::string, std::less<>> words;
    for (const auto& entry : std::filesystem::directory_iterator("tests/api")) {
        std::string name = entry.path().filename().string();
        if (!name.ends_with("_matrix_test.cpp") || name == "actions_matrix_test.cpp") continue;
        std::ifstream in(entry.path());
        std::string text(std::istreambuf_iterator<char>(in), {}), word;
        for (char c : text) {
            if (std::islower(static_cast<unsigned char>(c)) || c == '_') {
                word += c;
            } else if (!word.empty()) {
                words.insert(std::exchange(word, {}));
            }
        }
    }
    return words;
}

TEST(Matrices, EveryActionHasItsRow) {
    auto others = words_of_other_matrices();
    ASSERT_TRUE(others.contains("decide_complaint")) << "read in the project's root";
    std::multiset<std::string> with_row;
    for (std::string_view table :
         {testing::order_table, testing::need_table, testing::record_table}) {
        for (const auto& [action, states] : testing::read_table(table)) with_row.insert(action);
    }
    for (const auto& row : rows()) with_row.insert(row.action);
    auto add = [&](std::span<const std::string_view> actions) {
        for (auto action : actions) with_row.emplace(action);
    };
    for (std::span<const std::string_view> list :
         std::initializer_list<std::span<const std::string_view>>{
             testing::shift_actions, testing::own_actions, testing::link_actions,
             testing::signed_in_actions, testing::timer_actions, testing::file_actions,
             testing::installation_actions}) {
        add(list);
    }
    std::set<std::string> actions;
    for (const auto& row : app::all_actions()) {
        actions.emplace(row.action);
        auto here = with_row.count(std::string(row.action));
        EXPECT_LE(here, 1U) << row.action << " has two rows";
        EXPECT_TRUE(here == 1 || others.contains(row.action))
            << row.action << " needs a row in one of the matrices of tests/api";
    }
    for (const auto& action : with_row) {
        EXPECT_TRUE(actions.contains(action)) << action << " is no action any more";
    }
}

TEST(Matrices, WhatNeedsNoPermissionIsByALinkByTheClockOrForOneself) {
    auto named = [](std::span<const std::string_view> list, std::string_view action) {
        return std::ranges::find(list, action) != list.end();
    };
    for (const auto& row : app::all_actions()) {
        bool timed = row.route.empty();
        if (named(testing::timer_actions, row.action)) {
            EXPECT_TRUE(timed && row.permission.empty()) << row.action;
        }
        if (named(testing::link_actions, row.action) ||
            named(testing::signed_in_actions, row.action)) {
            EXPECT_TRUE(!timed && row.permission.empty()) << row.action;
        }
        if (named(testing::own_actions, row.action)) {
            EXPECT_FALSE(row.permission.empty()) << row.action;
            for (const auto& held : accounts::permissions()) {
                bool area = held.scope == api::Scope::area;
                EXPECT_FALSE(held.permission == row.permission && area && held.role == "resident")
                    << row.action;
            }
        }
    }
}

class ActionsMatrix : public testing::MatrixWorld {
  protected:
    using Deed = std::function<Result<std::int64_t>(journal::Turn&, const api::Caller&)>;

    api::Caller caller(std::string_view role, Standing standing) {
        api::Caller made;
        made.account = AccountId(999999);
        AreaId area = standing == Standing::inside ? subdistrict : other_district;
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        return made;
    }
    std::int64_t done(Deed deed) {
        return act([&](journal::Turn& turn) { return deed(turn, *social_worker); }).value();
    }
    GrantId granted_to(AccountId account) {
        auto db = ledger->read();
        static constexpr store::Query grants{
            "test.grants_of", "SELECT id FROM figure_grants WHERE account = :account"};
        return db->row(grants, {{"account", account}})->id<GrantId>("id");
    }

    std::map<std::string, Deed> deeds() {
        std::map<std::string, Deed> all;
        areas_and_people(all);
        accounts_and_teams(all);
        needs_and_plans(all);
        return all;
    }

    void areas_and_people(std::map<std::string, Deed>& all) {
        all["add_area"] = [this](journal::Turn& turn, const api::Caller& who) {
            areas::AddArea input;
            input.parent_id = community;
            input.kind.value = "grid";
            input.name.value = "第一网格";
            return areas::add_area(turn, who, input);
        };
        all["rename_area"] = [this](journal::Turn& turn, const api::Caller& who) {
            areas::RenameArea input;
            input.name.value = "别名社区";
            return areas::rename_area(turn, who, community, input);
        };
        all["note_desk_phone"] = [this](journal::Turn& turn, const api::Caller& who) {
            areas::NoteDeskPhone input;
            input.phone = Text<0, 30>("0532-86880000");
            return areas::note_desk_phone(turn, who, community, input);
        };
        AreaId quiet = add_area(subdistrict, "community", "安静社区");
        all["close_area"] = [quiet](journal::Turn& turn, const api::Caller& who) {
            return areas::close_area(turn, who, quiet, {}, app::all_area_uses());
        };
        all["register_person"] = [this](journal::Turn& turn, const api::Caller& who) {
            people::RegisterPerson input;
            input.name.value = "周立夏";
            input.area_id = community;
            return people::register_person(turn, who, people, input);
        };
        all["read_person"] = [this](journal::Turn& turn, const api::Caller& who) {
            return people::read_person(turn, who, people, zhang.person, "核对");
        };
        all["erase_person"] = [this](journal::Turn& turn, const api::Caller& who) {
            return accounts::erase_person(turn, who, accounts_desk, zhang.person, "本人要求");
        };
        all["note_record_check"] = [this](journal::Turn& turn, const api::Caller& who) {
            return standing::note_record_check(turn, who, zhang.person,
                                               {clock.now(), Text<1, 40>("health_certificate")});
        };
        all["note_volunteer_number"] = [this](journal::Turn& turn, const api::Caller& who) {
            return people::note_volunteer_number(turn, who, people, zhang.person,
                                                 {Text<1, 40>("330106000000001")});
        };
        all["correct_birth_date"] = [this](journal::Turn& turn, const api::Caller& who) {
            return people::correct_birth_date(turn, who, people, zhang.person,
                                              {Text<1, 10>("1980-02-29"), Text<0, 200>("笔误")});
        };
        people::ClaimRegistration claim;
        claim.name.value = "张晓梅";
        claim.phone.value = "13900000001";
        reading_as(*social_worker, [&](const api::Reading& reading) {
            claim.id_number.value = people.clear(reading.db, zhang.person).id_number;
        });
        DisputeId dispute(done([&](journal::Turn& turn, const api::Caller&) {
            return people::dispute_registration(turn, people, claim);
        }));
        all["settle_dispute"] = [this, dispute](journal::Turn& turn, const api::Caller& who) {
            return people::settle_dispute(turn, who, people, dispute, DisputeOutcome::rejected);
        };
        all["unseal_address"] = [this](journal::Turn& turn, const api::Caller& who) {
            return needs::unseal_address(turn, who, zhang.person, community);
        };
        all["enter_record"] = [this](journal::Turn& turn, const api::Caller& who) {
            records::EnterRecord input;
            input.person_id = zhang.person;
            input.category.value = "environment_clean_up";
            input.starts_at = clock.now() - std::chrono::hours(20);
            input.ends_at = clock.now() - std::chrono::hours(19);
            input.unpaid = true;
            return records::enter_record(turn, who, record_desk, input);
        };
        all["publish_activity"] = [this](journal::Turn& turn, const api::Caller& who) {
            activities::PublishActivity input;
            input.area_id = community;
            input.category.value = "environment_clean_up";
            input.title.value = "海滩清洁";
            input.place.value = "金沙滩";
            input.risk.value = "礁石湿滑";
            input.shifts = {{tomorrow_at(9), tomorrow_at(11), {}}};
            return activities::publish_activity(turn, who, activity_desk, input);
        };
    }

    void accounts_and_teams(std::map<std::string, Deed>& all) {
        auto opened = [this](std::string username) {
            accounts::OpenAccount input;
            input.name = Text<1, 50>("钱多多");
            input.username.value = std::move(username);
            input.role.value = "grid_worker";
            input.area_id = community;
            return input;
        };
        all["open_account"] = [this, opened](journal::Turn& turn, const api::Caller& who) {
            return accounts::open_account(turn, who, accounts_desk, opened("qian.two"), "hash");
        };
        auto system = staff("system_administrator", {});
        AccountId proposed(act([&](journal::Turn& turn) {
                               return accounts::open_account(turn, *system, accounts_desk,
                                                             opened("qian.one"), "hash");
                           }).value());
        GrantId grant = granted_to(proposed), held = granted_to(grid_worker->account);
        all["confirm_grant"] = [grant](journal::Turn& turn, const api::Caller& who) {
            return accounts::confirm_grant(turn, who, grant);
        };
        all["reject_grant"] = [this, grant](journal::Turn& turn, const api::Caller& who) {
            return accounts::reject_grant(turn, who, accounts_desk, grant, "岗位有误");
        };
        all["end_grant"] = [held](journal::Turn& turn, const api::Caller& who) {
            return accounts::end_grant(turn, who, held);
        };
        AccountId zhang_account = zhang.caller->account;
        all["close_account"] = [zhang_account](journal::Turn& turn, const api::Caller& who) {
            return accounts::close_account(turn, who, zhang_account);
        };
        all["reset_password"] = [zhang_account](journal::Turn& turn, const api::Caller& who) {
            return accounts::reset_password(turn, who, zhang_account, "hash");
        };
        all["reset_second_factor"] = [zhang_account](journal::Turn& turn, const api::Caller& who) {
            return accounts::reset_second_factor(turn, who, zhang_account);
        };
        all["issue_sign_in_slip"] = [this](journal::Turn& turn, const api::Caller& who) {
            return accounts::issue_sign_in_slip(turn, who, accounts_desk, zhang.person);
        };
        all["found_organization"] = [this](journal::Turn& turn, const api::Caller& who) {
            organizations::FoundOrganization input;
            input.name.value = "第二队";
            input.area_id = community;
            return organizations::found_organization(turn, who, organization_desk, input);
        };
        OrganizationId team = team_of({zhao, liu});
        all["name_lead"] = [this, team](journal::Turn& turn, const api::Caller& who) {
            return organizations::name_lead(turn, who, team, liu.person, LeadRole::volunteer_lead);
        };
        all["invite_member"] = [this, team](journal::Turn& turn, const api::Caller& who) {
            return organizations::invite_member(turn, who, team, zhang.person);
        };
        all["import_roster"] = [this, team](journal::Turn& turn, const api::Caller& who) {
            organizations::ImportRoster input;
            input.rows.resize(1);
            input.rows[0].name.value = "周立夏";
            return organizations::import_roster(turn, who, organization_desk, team, input);
        };
    }

    void needs_and_plans(std::map<std::string, Deed>& all) {
        OrderId served = delivered_order();
        resident("王秀英", "13900000008");
        OrderId hers = open_order(report_need(PriorityClass::P3, "王秀英 13900000008"));
        offer(hers, {zhao}).value();
        all["separate_pair"] = [this, hers](journal::Turn& turn, const api::Caller& who) {
            return orders::separate_pair(turn, who, desk, hers,
                                         {zhao.person, Text<1, 200>("本人要求")});
        };
        all["rejoin_pair"] = [this, hers](journal::Turn& turn, const api::Caller& who) {
            return orders::rejoin_pair(turn, who, hers, {zhao.person});
        };
        IncidentId incident(act([&](journal::Turn& turn) {
                                return incidents::report_incident(
                                    turn, *zhang.caller, incident_desk,
                                    {AboutKind::order, served.value, Text<1, 40>("minor"),
                                     Text<1, 500>("杯子打碎了")});
                            }).value());
        all["note_claim"] = [this, incident](journal::Turn& turn, const api::Caller& who) {
            incidents::NoteClaim none;  // of no policy: judged after the right to note it
            none.reference.value = "赔案1";
            return incidents::note_claim(turn, who, incident_desk, incident, none);
        };
        all["report_need"] = [this](journal::Turn& turn, const api::Caller& who) {
            needs::ReportNeed input;
            input.area_id = community;
            input.what.value = "楼道灯不亮";
            return needs::report_need(turn, who, people, input, Channel::grid);
        };
        auto call = [this] {
            needs::TakeCall input;
            input.who.value = "王秀英 13900000009";
            input.what.value = "想找人清理楼道";
            input.category = Text<0, 60>("environment_clean_up");
            input.wished_at = tomorrow_at(9);
            input.consent = true;
            input.area_id = community;
            return input;
        };
        all["take_call"] = [this, call](journal::Turn& turn, const api::Caller& who) {
            return needs::take_call(turn, who, people, call());
        };
        all["open_called_order"] = [this, call](journal::Turn& turn, const api::Caller& who) {
            return orders::open_called_order(turn, who, desk, call());
        };
        HotlineOrderId external(done([this](journal::Turn& turn, const api::Caller&) {
            hotline::HotlineRow row;
            row.number = "H1";
            row.received_at = clock.now();
            row.due_at = clock.now() + std::chrono::hours(48);
            row.what = "道路积水";
            return Result<std::int64_t>(hotline::import_hotline_order(
                turn, command, {people, *tree}, row, {community, path_of(community)}));
        }));
        all["return_hotline_order"] = [this, external](journal::Turn& turn,
                                                       const api::Caller& who) {
            return hotline::return_hotline_order(turn, who, {people, *tree}, external, "不属本区");
        };
        cases::MakePlan plan;
        plan.person_id = zhang.person;
        plan.category.value = "environment_clean_up";
        plan.weekdays.value = 127;
        plan.at_minute.value = 9 * 60;
        plan.until = clock.now() + std::chrono::days(30);
        Deed make = [plan](journal::Turn& turn, const api::Caller& who) {
            return cases::make_plan(turn, who, plan);
        };
        all["make_plan"] = make;
        PlanId running(done(make)), paused(done(make));
        done([paused](journal::Turn& turn, const api::Caller& who) {
            return cases::pause_plan(turn, who, paused);
        });
        all["pause_plan"] = [running](journal::Turn& turn, const api::Caller& who) {
            return cases::pause_plan(turn, who, running);
        };
        all["resume_plan"] = [paused](journal::Turn& turn, const api::Caller& who) {
            return cases::resume_plan(turn, who, paused);
        };
        all["end_plan"] = [running](journal::Turn& turn, const api::Caller& who) {
            return cases::end_plan(turn, who, running);
        };
        Deed report = [this](journal::Turn& turn, const api::Caller& who) {
            cases::ReportProtection input;
            input.area_id = community;
            input.what.value = "身上有伤";
            return cases::report_protection(turn, who, people, input);
        };
        all["report_protection"] = report;
        ProtectionId sign(done(report));
        all["answer_protection"] = [this, sign](journal::Turn& turn, const api::Caller& who) {
            return cases::answer_protection(turn, who, people, sign, "已上门");
        };
    }
};
HEZHI_ON_BOTH_ENGINES(ActionsMatrix);

TEST_P(ActionsMatrix, AnswersEveryRoleInsideAndOutsideAsThePermissionsSay) {
    auto all = deeds();
    std::set<std::string> tried;
    for (const auto& row : rows()) {
        ASSERT_TRUE(all.contains(row.action)) << "try " << row.action << " in this test";
        tried.insert(row.action);
        int reached = 0;
        for (const auto& role : accounts::roles()) {
            for (Standing standing : {Standing::inside, Standing::outside}) {
                api::Caller who = caller(role.key, standing);
                std::string outcome =
                    outcome_of([&](journal::Turn& turn) { return all.at(row.action)(turn, who); });
                std::string said = row.action + " by " + std::string(role.key) + ", " +
                                   std::string(label_of(standing));
                bool sees = row.read == "-" || holds(role.key, row.read, standing);
                if (!sees) {
                    EXPECT_EQ(outcome, row.hidden) << said;
                } else if (!holds(role.key, row.permission, standing)) {
                    EXPECT_EQ(outcome, row.refused) << said;
                } else {
                    EXPECT_EQ(outcome, row.done) << said;
                    ++reached;
                }
            }
        }
        EXPECT_GT(reached, 0) << row.action << " is for nobody";
    }
    EXPECT_EQ(tried.size(), all.size()) << "a deed without a row";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

}  // namespace
}  // namespace hezhi
