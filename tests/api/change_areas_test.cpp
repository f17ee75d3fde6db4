// Adding, renaming and closing areas by hand, with everything that may stand in one, on both
// engines.
#include "app/all_routes.h"
#include "domain/orders/order_pages.h"
#include "domain/standing/standing_figure.h"
#include "support/world.h"

namespace hezhi {
namespace {

using areas::AreaFigure;

class ChangeAreas : public testing::World {
  protected:
    Result<std::int64_t> add(const api::Caller& who, std::optional<AreaId> parent,
                             std::string_view kind, std::string_view name,
                             std::string_view code = {}) {
        areas::AddArea input;
        input.parent_id = parent;
        input.kind.value = kind;
        input.name.value = name;
        if (!code.empty()) input.code = Text<0, 20>(std::string(code));
        return act([&](journal::Turn& turn) { return areas::add_area(turn, who, input); });
    }
    Result<std::int64_t> rename(const api::Caller& who, AreaId id, std::string_view name) {
        areas::RenameArea input;
        input.name.value = name;
        return act([&](journal::Turn& turn) { return areas::rename_area(turn, who, id, input); });
    }
    Result<std::int64_t> close(const api::Caller& who, AreaId id,
                               std::optional<AreaId> successor = {}) {
        return act([&](journal::Turn& turn) {
            return areas::close_area(turn, who, id, {successor}, app::all_area_uses());
        });
    }
    std::vector<std::string> found(std::string_view query) {
        std::vector<std::string> names;
        for (const auto* area : tree->now()->search(query, {}, 20, pack())) {
            names.push_back(area->name);
        }
        return names;
    }
    api::CallerPtr system = staff("system_administrator", {});
};
HEZHI_ON_BOTH_ENGINES(ChangeAreas);

// add_area

TEST_P(ChangeAreas, AnOfficerAddsBelowHerDistrictOnly) {
    auto id = add(*officer, subdistrict, "community", "新城社区居委会", "370211999001");
    ASSERT_TRUE(id.has_value()) << id.error().row->code;
    EXPECT_EQ(tree->now()->find(AreaId(*id))->parent, subdistrict);
    EXPECT_REFUSED(add(*officer, other_district, "subdistrict", "新街道"),
                   hezhi::refusals::not_found);
    EXPECT_REFUSED(add(*officer, {}, "city", "新市"), hezhi::refusals::not_permitted);
    EXPECT_TRUE(add(*system, {}, "city", "新市").has_value());
    EXPECT_REFUSED(add(*grid_worker, community, "grid", "第九网格"),
                   hezhi::refusals::not_permitted);
    EXPECT_TRUE(differences().empty());
}

TEST_P(ChangeAreas, WhatIsAddedLiesBelowItsParentWithANameAndCodeOfItsOwn) {
    EXPECT_REFUSED(add(*officer, subdistrict, "district", "新区"),
                   areas::refusals::area_kind_wrong);
    EXPECT_REFUSED(add(*officer, subdistrict, "planet", "新区"), areas::refusals::area_kind_wrong);
    ASSERT_TRUE(add(*officer, subdistrict, "community", "新城社区", "A1").has_value());
    EXPECT_REFUSED(add(*officer, subdistrict, "community", "新城社区"),
                   areas::refusals::area_name_taken);
    EXPECT_REFUSED(add(*officer, subdistrict, "community", "旧城社区", "A1"),
                   areas::refusals::area_code_taken);
    EXPECT_REFUSED(add(*officer, subdistrict, "community", "旧城社区", "a-b"),
                   hezhi::refusals::invalid_input);
}

// note_desk_phone

TEST_P(ChangeAreas, NoteDeskPhoneAnswersForTheAreaAndForThoseBelowWithoutOne) {
    auto note = [&](const api::CallerPtr& who, AreaId id, std::optional<std::string> phone) {
        areas::NoteDeskPhone input;
        if (phone) input.phone = Text<0, 30>(*phone);
        return act(
            [&](journal::Turn& turn) { return areas::note_desk_phone(turn, *who, id, input); });
    };
    auto answers = [&](AreaId id) { return tree->now()->desk_phone(id); };
    EXPECT_EQ(answers(community), std::nullopt);
    note(street_staff, subdistrict, "0532-86880000 转 8").value();
    EXPECT_EQ(answers(community), "0532-86880000 转 8");
    auto worker = staff("community_worker", community);
    note(worker, community, "0532-86880001").value();
    EXPECT_EQ(answers(community), "0532-86880001");
    EXPECT_EQ(answers(other_community), "0532-86880000 转 8");
    EXPECT_EQ(answers(other_district), std::nullopt);
    EXPECT_REFUSED(note(worker, subdistrict, "12345"), hezhi::refusals::not_found);
    EXPECT_REFUSED(note(grid_worker, community, "12345"), hezhi::refusals::not_permitted);
    for (const char* bad : {"王秀英", "12", "0532-8688000a"}) {
        EXPECT_REFUSED(note(worker, community, bad), hezhi::refusals::invalid_input) << bad;
    }
    OrderId id = accepted_order();
    auto mine = reading_as(*zhang.caller, [&](const api::Reading& reading) {
        return orders::my_order_page(reading, desk, id).value();
    });
    EXPECT_EQ(mine.desk_phone, "0532-86880001");
    note(worker, community, std::nullopt).value();
    EXPECT_EQ(answers(community), "0532-86880000 转 8");
    EXPECT_TRUE(differences().empty());
}

// rename_area

TEST_P(ChangeAreas, AFormerNameStillFindsTheAreaBehindPresentNames) {
    std::string before = tree->now()->find(community)->name;
    ASSERT_TRUE(rename(*officer, community, "海湾社区居委会").has_value());
    EXPECT_EQ(found("海湾"), std::vector<std::string>{"海湾社区居委会"});
    EXPECT_EQ(found(before), std::vector<std::string>{"海湾社区居委会"});
    ASSERT_TRUE(add(*officer, subdistrict, "community", before).has_value());
    EXPECT_EQ(found(before), (std::vector<std::string>{before, "海湾社区居委会"}));
    EXPECT_REFUSED(rename(*officer, community, before), areas::refusals::area_name_taken);
    EXPECT_REFUSED(rename(*social_worker, community, "别名"), hezhi::refusals::not_permitted);
    EXPECT_REFUSED(rename(*officer, other_district, "别名"), hezhi::refusals::not_found);
    EXPECT_TRUE(differences().empty());
}

// close_area

TEST_P(ChangeAreas, AnAreaInUseIsNotClosed) {
    EXPECT_REFUSED(close(*officer, subdistrict), areas::refusals::area_has_areas);
    EXPECT_REFUSED(close(*officer, community, other_community),
                   accounts::refusals::area_has_accounts);  // the grid worker's
    AreaId quiet(add(*officer, subdistrict, "community", "安静社区").value());
    NeedId need = report_need(PriorityClass::P3, {}, quiet);
    EXPECT_REFUSED(close(*officer, quiet), needs::refusals::area_has_needs);
    OrderId order = open_order(need);
    EXPECT_REFUSED(close(*officer, quiet), needs::refusals::area_has_needs);
    cancel(order).value();
    act([&](journal::Turn& turn) {
        return needs::close_need(turn, *social_worker, people, need, "不再需要");
    }).value();
    EXPECT_TRUE(close(*officer, quiet).has_value());
    EXPECT_REFUSED(close(*officer, quiet), areas::refusals::area_closed);
    EXPECT_TRUE(found("安静").empty());
    EXPECT_TRUE(add(*officer, subdistrict, "community", "安静社区").has_value())
        << "the name is free again";
    EXPECT_TRUE(differences().empty());
}

TEST_P(ChangeAreas, PeopleMoveToTheSuccessorAndKeepTheirSlips) {
    AreaId old_area(add(*officer, subdistrict, "community", "老社区").value());
    testing::Volunteer wu = volunteer("吴志愿", old_area);
    EXPECT_REFUSED(close(*officer, old_area), areas::refusals::successor_wrong);
    EXPECT_REFUSED(close(*officer, old_area, old_area), areas::refusals::successor_wrong);
    EXPECT_REFUSED(close(*officer, old_area, other_district), areas::refusals::successor_wrong);
    EXPECT_REFUSED(close(*social_worker, old_area, community), hezhi::refusals::not_permitted);
    ASSERT_TRUE(close(*officer, old_area, community).has_value());
    reading_as(*officer, [&](const api::Reading& reading) {
        EXPECT_EQ(reading.load<people::PersonFigure>(wu.person)->area, community);
        EXPECT_EQ(reading.load<standing::StandingFigure>(wu.person)->area, community);
    });
    EXPECT_EQ(facts(AreaClosed::kind).back().as<AreaClosed>().successor, community);
    OrderId order = open_order(report_need());
    EXPECT_TRUE(offer(order, {wu}).has_value());
    EXPECT_TRUE(accept(order, wu).has_value());
    EXPECT_TRUE(differences().empty());
}

TEST_P(ChangeAreas, EachRoleAddsRenamesAndClosesWhereTheTableSays) {
    struct RolledBack {};
    AreaId quiet(add(*officer, subdistrict, "community", "安静社区").value());
    for (const auto& role : accounts::roles()) {
        for (AreaId held_at : {subdistrict, other_district}) {
            api::Caller who;
            who.account = AccountId(999999);
            who.roles = {{std::string(role.key), held_at, path_of(held_at)}};
            who.held = accounts::held_by(who.roles);
            auto outcome_of = [&](auto action) {
                std::string outcome;
                try {
                    (void)act([&](journal::Turn& turn) -> Result<std::int64_t> {
                        auto result = action(turn);
                        outcome = result ? "done" : std::string(result.error().row->code);
                        throw RolledBack{};
                    });
                } catch (const RolledBack&) {
                }
                return outcome;
            };
            auto expected = [&](std::string_view permission) -> std::string {
                bool inside = held_at == subdistrict;
                if (!inside || !who.may_somewhere("area.read")) return "not_found";
                return who.may_somewhere(permission) ? "done" : "not_permitted";
            };
            areas::AddArea added{quiet, {}, {}, {}};
            added.kind.value = "grid";
            added.name.value = "第一网格";
            areas::RenameArea renamed;
            renamed.name.value = "别名社区";
            auto says = [&](std::string_view what) {
                return std::string(what) + " by " + std::string(role.key);
            };
            EXPECT_EQ(outcome_of([&](journal::Turn& t) { return areas::add_area(t, who, added); }),
                      expected("area.add"))
                << says("add");
            EXPECT_EQ(outcome_of([&](journal::Turn& t) {
                          return areas::rename_area(t, who, quiet, renamed);
                      }),
                      expected("area.rename"))
                << says("rename");
            EXPECT_EQ(outcome_of([&](journal::Turn& t) {
                          return areas::close_area(t, who, quiet, {}, app::all_area_uses());
                      }),
                      expected("area.close"))
                << says("close");
        }
    }
}

}  // namespace
}  // namespace hezhi
