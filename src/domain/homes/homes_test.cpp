// Homes: one number a role, and every number is the length of its list.
#include "domain/homes/homes.h"

#include <boost/json.hpp>

#include "domain/cases/cases.h"
#include "support/changed_pack.h"
#include "support/world.h"

namespace hezhi::homes {
namespace {

using std::chrono::hours;

class Homes : public hezhi::testing::World {
  protected:
    Home home(const api::Caller& caller) {
        return reading_as(caller,
                          [&](const api::Reading& reading) { return home_of(reading, desk); });
    }
    HomeCard card(const api::Caller& caller, std::string_view name) {
        for (auto& one : home(caller).cards) {
            if (one.card == name) return one;
        }
        throw std::runtime_error("no card " + std::string(name));
    }
    // The whole list of a card, read three at a time, as the page reads it.
    boost::json::array list(const api::Caller& caller, const std::string& name) {
        boost::json::array all;
        std::string cursor;
        do {
            http::Request request;
            request.query.emplace_back("limit", "3");
            if (!cursor.empty()) request.query.emplace_back("cursor", cursor);
            auto body =
                reading_as(caller,
                           [&](const api::Reading& reading) {
                               return homes::routes(desk).back().read(reading, request).value();
                           },
                           {name});
            auto page = boost::json::parse(body).as_object();
            for (auto& item : page["items"].as_array()) all.push_back(std::move(item));
            cursor = page.contains("next_cursor") ? page["next_cursor"].as_string().c_str() : "";
        } while (!cursor.empty());
        return all;
    }
};
HEZHI_ON_BOTH_ENGINES(Homes);

TEST(HomeRows, EveryRoleHasExactlyOneNumber) {
    std::vector<std::string_view> roles{team_lead};
    for (const auto& role : accounts::roles()) roles.push_back(role.key);
    for (std::string_view role : roles) {
        int numbers = 0;
        for (const auto& row : home_rows()) numbers += row.role == role && row.one_number;
        EXPECT_EQ(numbers, 1) << role;
    }
    for (const auto& row : home_rows()) {
        EXPECT_NE(std::ranges::find(roles, row.role), roles.end()) << row.role;
        if (row.permission.empty()) continue;
        auto held = accounts::held_by({{std::string(row.role), AreaId(1), "/1/"}});
        EXPECT_TRUE(std::ranges::any_of(
            held, [&](const auto& right) { return right.permission == row.permission; }))
            << row.role << " " << row.permission;
    }
}

TEST_P(Homes, EachNumberIsTheLengthOfItsList) {
    for (int i = 0; i < 4; ++i) report_need(PriorityClass::P2, "王秀英 13900000001");
    report_need(PriorityClass::P3, {}, other_community);
    reviewed_order();
    delivered_order();
    accepted_order();
    for (int i = 0; i < 5; ++i) open_order(report_need());
    act([&](journal::Turn& turn) { return cases::propose_project_need(turn, community); }).value();
    clock.advance(hours(30));
    auto worker = staff("community_worker", community);
    auto system = staff("system_administrator", {});
    auto security = staff("security_administrator", {});
    EXPECT_EQ(card(*worker, "project_needs").number, 1);
    for (const auto& caller : {officer, street_staff, social_worker, worker, grid_worker, system,
                               security, zhang.caller}) {
        for (const HomeCard& shown : home(*caller).cards) {
            auto items = list(*caller, shown.card);
            std::int64_t counted = 0;
            for (const auto& item : items) counted += item.at("counted").as_bool();
            std::string said = shown.role + " " + shown.card;
            if (shown.kind == CardKind::rate) {
                EXPECT_EQ(shown.number, counted) << said;
                EXPECT_EQ(shown.whole, std::ssize(items)) << said;
            } else if (shown.kind == CardKind::count) {
                EXPECT_EQ(shown.number, std::ssize(items)) << said;
            }
            EXPECT_EQ(shown.items.size(), std::min<std::size_t>(5, items.size())) << said;
            for (const auto& item : items) {
                EXPECT_FALSE(item.at("title_zh").as_string().empty()) << said;
            }
        }
    }
}

TEST_P(Homes, OfWhoeverDecidesCountComplaintsButForReviewsOfTheirOwnDecision) {
    OrderId id = delivered_order();
    auto filed = ComplaintId(act([&](journal::Turn& turn) {
                                 complaints::FileBySlip input;
                                 input.what.value = "来晚了";
                                 return complaints::file_by_slip(turn, complaint_desk, id, input);
                             }).value());
    EXPECT_EQ(card(*street_staff, "complaints").number, 1);
    EXPECT_EQ(card(*officer, "complaints").number, 1);
    act([&](journal::Turn& turn) {
        return complaints::decide_complaint(
            turn, *street_staff, complaint_desk, filed,
            {ComplaintOutcome::not_upheld, Text<1, 1000>("按约定时间到达")});
    }).value();
    EXPECT_EQ(card(*officer, "complaints").number, 0);
    act([&](journal::Turn& turn) {
        return complaints::ask_complaint_review(turn, complaint_desk, filed, "不同意");
    }).value();
    EXPECT_EQ(card(*street_staff, "complaints").number, 0) << "somebody else decides the review";
    EXPECT_EQ(card(*officer, "complaints").number, 1);
    auto far = staff("street_staff", other_subdistrict);
    EXPECT_EQ(card(*far, "complaints").number, 0);
}

TEST_P(Homes, OfOfficersShowSuspensionsThatTheyMayDecide) {
    auto second = staff("district_officer", district);
    auto elsewhere = staff("district_officer", other_district);
    grading::ProposeGrade input{GradeSubject::person, zhang.person.value,
                                Text<1, 40>("money_taken"), Text<1, 500>("家属反映")};
    GradeProposalId id(act([&](journal::Turn& turn) {
                           return grading::propose_grade(turn, *officer, grade_desk, input);
                       }).value());
    EXPECT_EQ(card(*officer, "suspensions").number, 0) << "proposed it";
    EXPECT_EQ(card(*elsewhere, "suspensions").number, 0);
    ASSERT_EQ(card(*second, "suspensions").number, 1);
    HomeItem item = card(*second, "suspensions").items.front();
    EXPECT_EQ(item.noun, "grade_proposal");
    EXPECT_EQ(item.id, id.value);
    EXPECT_EQ(item.state, "proposed");
    EXPECT_EQ(day_of(item.due_at), *parse_day("2026-03-19"))
        << "ten working days from Thursday 5 March";
    act([&](journal::Turn& turn) {
        return grading::confirm_grade(turn, *second, grade_desk, id, "已核实");
    }).value();
    EXPECT_EQ(card(*second, "suspensions").number, 0);
}

TEST_P(Homes, OfTheSocialWorkerShowOpenCasesByTheirWeightAndWarnNearTheLimit) {
    auto contact = [&](PriorityClass priority_class) {
        NeedId id = report_need(priority_class, "王秀英 13900000001");
        act([&](journal::Turn& turn) {
            return needs::contact_need(turn, *social_worker, id);
        }).value();
    };
    for (int i = 0; i < 9; ++i) contact(PriorityClass::P2);
    contact(PriorityClass::P3);
    auto shown = card(*social_worker, "case_load");
    EXPECT_EQ(shown.number, 19);
    EXPECT_EQ(shown.whole, 25);
    EXPECT_FALSE(shown.near_limit);
    contact(PriorityClass::P3);
    EXPECT_TRUE(card(*social_worker, "case_load").near_limit);
    auto db = ledger->read();
    EXPECT_EQ(needs::case_load(*db, pack(), social_worker->account), 20);
}

TEST_P(Homes, OfTheSystemAdministratorShowHowOldTheLastTestedBackupIs) {
    auto system = staff("system_administrator", {});
    EXPECT_FALSE(card(*system, "backup_tested").whole) << "none yet";
    static constexpr store::Query note{"test.note_backup",
                                       "INSERT INTO backups (made_at, position, chain, tested_at) "
                                       "VALUES (:made_at, 1, :chain, :tested_at)"};
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        Instant made = turn.now() - hours(30);
        turn.db().write(
            note, {{"made_at", made}, {"chain", std::string_view("chain")}, {"tested_at", made}});
        return 1;
    }).value();
    EXPECT_EQ(card(*system, "backup_tested").number, 30);
}

TEST_P(Homes, OfTheGridWorkerShowsHowManyReportsWereAnswered) {
    EXPECT_EQ(card(*grid_worker, "reports_answered").whole, 0);
    NeedId kept = report_need();
    NeedId merged = report_need();
    NeedId referred = report_need();
    report_need();
    act([&](journal::Turn& turn) {
        return needs::merge_need(turn, *social_worker, merged, kept);
    }).value();
    act([&](journal::Turn& turn) {
        return needs::refer_need(turn, *social_worker, people, referred, "区民政局");
    }).value();
    EXPECT_EQ(card(*grid_worker, "reports_answered").number, 0);
    act([&](journal::Turn& turn) {
        return needs::close_need(turn, *social_worker, people, kept, "已由物业解决");
    }).value();
    act([&](journal::Turn& turn) {
        return needs::note_receipt(turn, *social_worker, people, referred, "回执12号", true);
    }).value();
    // The merged one is answered with the one that stays.
    HomeCard answered = card(*grid_worker, "reports_answered");
    EXPECT_EQ(answered.number, 3);
    EXPECT_EQ(answered.whole, 4);
    EXPECT_EQ(card(*staff("grid_worker", community), "reports_answered").whole, 0)
        << "somebody else's reports are not one's own";
}

TEST_P(Homes, OfTheVolunteerShowsWhatSheServedThisYear) {
    EXPECT_EQ(card(*zhang.caller, "minutes_this_year").number, 0);
    delivered_order();
    auto offer = offer_of(OrderId(facts("order.opened").back().position), zhang.person);
    EXPECT_EQ(card(*zhang.caller, "minutes_this_year").number, offer->minutes);
    clock.advance(std::chrono::days(366));
    EXPECT_EQ(card(*zhang.caller, "minutes_this_year").number, 0);
}

TEST_P(Homes, WarnOfALimitWithinTheHoursOfThePack) {
    report_need(PriorityClass::P2);  // handled within 24 hours
    EXPECT_EQ(card(*street_staff, "due_soon").number, 1);
    EXPECT_EQ(card(*street_staff, "due_soon").within, 24);
    EXPECT_FALSE(card(*street_staff, "unassigned").within);
    auto sooner = hezhi::testing::changed_pack(pack(), "staff.toml", R"([home]
says = { zh = "首页提示 2 小时内到期的需求。", en = "A home shows needs whose limit ends within 2 hours." }
due_soon_hours = 2
)");
    act([&](journal::Turn& turn) {
        return journal::publish_pack(turn, command, sooner, clock.now());
    }).value();
    EXPECT_EQ(card(*street_staff, "due_soon").number, 0);
    EXPECT_EQ(card(*street_staff, "due_soon").within, 2);
    clock.advance(hours(23));
    EXPECT_EQ(card(*street_staff, "due_soon").number, 1);
}

TEST_P(Homes, ShowNothingOfOtherAreas) {
    report_need(PriorityClass::P1);
    clock.advance(hours(24 * 20));
    EXPECT_EQ(card(*officer, "unmet").number, 1);
    EXPECT_EQ(card(*staff("district_officer", other_district), "unmet").number, 0);
    EXPECT_EQ(card(*social_worker, "urgent").number, 1);
    EXPECT_EQ(card(*staff("social_worker", other_subdistrict), "urgent").number, 0);
}

TEST_P(Homes, OfADeputyShowsTheWorkOfWhoIsAway) {
    open_order(report_need());
    auto colleague = staff("social_worker", subdistrict);
    deputies::NameDeputy input{colleague->account, clock.now(), clock.now() + hours(24), {}};
    DeputyId deputy(act([&](journal::Turn& turn) {
                        return deputies::name_deputy(turn, *social_worker, input);
                    }).value());
    EXPECT_EQ(card(*colleague, "led_in_place").number, 0);
    act([&](journal::Turn& turn) {
        return deputies::confirm_deputy(turn, *colleague, deputy);
    }).value();
    EXPECT_EQ(card(*colleague, "led_in_place").number, 1);
    EXPECT_EQ(card(*social_worker, "led").number, 1);
    clock.advance(hours(24));
    EXPECT_EQ(card(*colleague, "led_in_place").number, 0);
}

TEST_P(Homes, OfATeamsLeadCountsWhatIsPastDayFiveOfTen) {
    OrganizationId team = team_of({zhang, liu});
    EXPECT_EQ(card(*zhang.caller, "team_records").number, 0);
    activities::PublishActivity input;
    input.area_id = community;
    input.organization_id = team;
    input.category.value = "environment_clean_up";
    input.title.value = "楼道清理";
    input.place.value = "三号楼前";
    input.risk.value = "注意台阶";
    input.shifts = {{tomorrow_at(9), tomorrow_at(11), Bounded<1, 100000>(3)}};  // a Friday
    ActivityId id(act([&](journal::Turn& turn) {
                      return activities::publish_activity(turn, *zhang.caller, activity_desk,
                                                          input);
                  }).value());
    ShiftId shift = reading_as(*zhang.caller, [&](const api::Reading& reading) {
        return activities::activity_page(reading, activity_desk, id)->shifts.front().id;
    });
    act([&](journal::Turn& turn) {
        return activities::join_shift(turn, *liu.caller, shift);
    }).value();
    EXPECT_EQ(card(*zhang.caller, "team_places").number, 1);
    Instant ends = tomorrow_at(11);
    clock.set(ends + hours(24 * 7));  // the fifth working day, before its close
    EXPECT_EQ(card(*zhang.caller, "team_records").number, 0);
    clock.set(ends + hours(24 * 7 + 12));
    EXPECT_EQ(card(*zhang.caller, "team_records").number, 1);
    EXPECT_EQ(card(*zhang.caller, "team_records").items.front().title_zh, "楼道清理");
    act([&](journal::Turn& turn) {
        return activities::record_shift(turn, *zhang.caller, shift);
    }).value();
    EXPECT_EQ(card(*zhang.caller, "team_records").number, 0);
}

}  // namespace
}  // namespace hezhi::homes
