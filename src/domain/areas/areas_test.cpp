// The area tree: finding an area, and reading the tables of divisions.
#include "domain/areas/areas.h"

#include <fstream>
#include <sstream>

#include "facts/area_facts.h"
#include "support/ledger_fixture.h"

namespace hezhi::areas {
namespace {

using hezhi::testing::LedgerFixture;

constexpr std::string_view heading = "code,name,level,parent\n";

std::string table(const std::string& name) {
    std::ifstream in("assets/divisions/" + name + ".csv", std::ios::binary);
    EXPECT_TRUE(in.good()) << name;
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

class AreaTables : public LedgerFixture {
  protected:
    AreaTables() : LedgerFixture({&journal::figure<AreaFigure>()}) { publish_base_pack(); }

    Result<Imported> import(std::string_view csv) {
        return ledger->act<Imported>(
            [&](journal::Turn& turn) { return import_areas(turn, command, csv); });
    }

    // Refused because of this line, and nothing was added.
    void expect_wrong_line(const std::string& csv, const std::string& line) {
        auto before = tree->now()->size();
        auto imported = import(csv);
        ASSERT_FALSE(imported.has_value()) << csv;
        EXPECT_EQ(imported.error().fields.front().field, "/" + line) << csv;
        EXPECT_FALSE(imported.error().fields.front().expected_zh.empty());
        EXPECT_EQ(tree->now()->size(), before);
    }

    std::vector<std::string> names(std::string_view query, AreaId within = {},
                                   std::size_t limit = 20) {
        std::vector<std::string> found;
        auto areas = tree->now();
        for (const auto* area : areas->search(query, within, limit, pack())) {
            found.push_back(area->name);
        }
        return found;
    }

    const rules::Pack& pack() { return *ledger->packs()->in_force(clock.now())->pack; }
    void close(AreaId id) {
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            Place place{id, path_of(id)};
            return turn.append(
                draft(AreaClosed{}, command, place, {{"area", id.value}}, turn.now()));
        }).value();
    }
};
HEZHI_ON_BOTH_ENGINES(AreaTables);

TEST_P(AreaTables, OfThreeRealDistrictsAreReadWholeAndOnce) {
    struct Known {
        const char* name;
        std::int64_t rows;
    };
    std::size_t all = 0;
    for (Known known :
         {Known{"qingdao-huangdao", 402}, {"beijing-daxing", 787}, {"taiyuan", 1522}}) {
        std::string csv = table(known.name);
        auto first = import(csv);
        ASSERT_TRUE(first.has_value()) << known.name;
        EXPECT_EQ(first->added, known.rows) << known.name;
        EXPECT_EQ(first->known, 0) << known.name;
        auto again = import(csv);
        EXPECT_EQ(again->added, 0) << known.name;
        EXPECT_EQ(again->known, known.rows) << known.name;
        all += static_cast<std::size_t>(known.rows);
        if (!on_sqlite()) break;  // one shows what the engine does; the others are as long again
    }
    auto areas = tree->now();
    EXPECT_EQ(areas->size(), all);
    const AreaState* huangdao = areas->find_code("370211");
    ASSERT_NE(huangdao, nullptr);
    EXPECT_EQ(huangdao->name, "黄岛区");
    EXPECT_EQ(areas->parents(*huangdao, pack()), "山东省 / 青岛市");
    // Beijing's "市辖区" only fills a level and is not shown.
    if (on_sqlite()) {
        EXPECT_EQ(areas->parents(*areas->find_code("110115"), pack()), "北京市");
    }
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(AreaTables, AreFoundByAnyPartOfTheNameWithOrWithoutTheEnding) {
    import(table("qingdao-huangdao")).value();
    const std::string wanted = "新港山路社区居委会";
    for (const char* query : {"新港山路社区居委会", "新港山路社区", "新港山路居委会", "新港山路",
                              "港山", "薛家岛 新港山路", "黄岛区　薛家岛街道　新港山",
                              "青岛/新港山路", "新港山路社区居民委员会"}) {
        auto found = names(query);
        ASSERT_FALSE(found.empty()) << query;
        EXPECT_EQ(found.front(), wanted) << query;
    }
    EXPECT_TRUE(names("大兴 新港山路").empty());
    EXPECT_TRUE(names("没有的地方").empty());
    EXPECT_TRUE(names("   ").empty());
}

TEST_P(AreaTables, PutTheWholeNameBeforeItsParts) {
    import(std::string(heading) +
           "1,甲市,city,\n"
           "11,东山区,district,1\n"
           "111,山街道,street,11\n"
           "1111,大山社区居委会,village,111\n"
           "1112,山社区居委会,village,111\n"
           "1113,山南村委会,village,111\n")
        .value();
    EXPECT_EQ(names("山"), (std::vector<std::string>{"山街道", "山社区居委会", "山南村委会",
                                                     "东山区", "大山社区居委会"}));
    EXPECT_EQ(names("山", {}, 2).size(), 2U);
    AreaId street = tree->now()->find_code("111")->id;
    EXPECT_EQ(names("山南", street), (std::vector<std::string>{"山南村委会"}));
    EXPECT_TRUE(names("东山", street).empty()) << "it lies above";
}

TEST_P(AreaTables, DoNotFindClosedAreas) {
    import(std::string(heading) + "1,甲市,city,\n11,东山区,district,1\n").value();
    AreaId district_id = tree->now()->find_code("11")->id;
    close(district_id);
    EXPECT_TRUE(names("东山").empty());
    auto place = act([&](journal::Turn& turn) -> Result<std::int64_t> {
        auto open = open_place(turn, district_id);
        return open ? Result<std::int64_t>(1) : std::unexpected(open.error());
    });
    ASSERT_FALSE(place.has_value());
    EXPECT_TRUE(place.error().is(refusals::area_closed));
    expect_wrong_line(std::string(heading) + "111,东街道,street,11\n", "2");
}

TEST_P(AreaTables, WithAWrongRowNameItsLineAndAddNothing) {
    const std::string good = std::string(heading) + "1,甲市,city,\n";
    expect_wrong_line("name,code\n1,甲市\n", "1");
    expect_wrong_line(good + "11,东山区,district\n", "3");        // a column is missing
    expect_wrong_line(good + "11,东山区,district,1,x\n", "3");    // one too many
    expect_wrong_line(good + "11,东山区,planet,1\n", "3");        // no such level
    expect_wrong_line(good + "11,东山区,district,9\n", "3");      // no such parent
    expect_wrong_line(good + "11,东\x01山区,district,1\n", "3");  // a control character
    expect_wrong_line(good + "11,\xFF\xFE,district,1\n", "3");    // no UTF-8
    expect_wrong_line(good + "11,,district,1\n", "3");            // no name
    expect_wrong_line(good + ",东山区,district,1\n", "3");        // no code
    expect_wrong_line(good + "\n1,乙市,city,\n", "4");            // a code twice
    expect_wrong_line(good + "11,东山区,district,111\n111,东街道,street,11\n", "3");
    EXPECT_EQ(tree->now()->size(), 0U);
    EXPECT_EQ(import("\xEF\xBB\xBF" + good + "\n11,东山区,district,1\r\n")->added, 2);
}

TEST(PathEnd, LiesBehindEverythingBelowAndBeforeTheNeighbour) {
    EXPECT_LT(std::string("/1/5/"), path_end("/1/5/"));
    EXPECT_LT(std::string("/1/5/999/7/"), path_end("/1/5/"));
    EXPECT_GE(std::string("/1/50/"), path_end("/1/5/"));
    EXPECT_GE(std::string("/1/6/"), path_end("/1/5/"));
}

}  // namespace
}  // namespace hezhi::areas
