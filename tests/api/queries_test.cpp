// Every query of every queries.sql prepares on both engines.
#include "api/queries.h"

#include <span>

#include "app/figures.h"
#include "app/queries.h"
#include "domain/accounts/queries.h"
#include "domain/activities/queries.h"
#include "domain/areas/queries.h"
#include "domain/back_tests/queries.h"
#include "domain/cases/queries.h"
#include "domain/certificates/queries.h"
#include "domain/certification/queries.h"
#include "domain/complaints/queries.h"
#include "domain/deputies/queries.h"
#include "domain/dispatch_runs/queries.h"
#include "domain/grading/queries.h"
#include "domain/guardians/queries.h"
#include "domain/homes/queries.h"
#include "domain/hotline/queries.h"
#include "domain/incidents/queries.h"
#include "domain/insurance/queries.h"
#include "domain/needs/queries.h"
#include "domain/orders/queries.h"
#include "domain/organizations/queries.h"
#include "domain/people/queries.h"
#include "domain/queues/queries.h"
#include "domain/records/queries.h"
#include "domain/reports/queries.h"
#include "domain/rule_packs/queries.h"
#include "domain/spot_checks/queries.h"
#include "domain/time_bank/queries.h"
#include "journal/queries.h"
#include "journal/rebuild.h"
#include "store/migrations_list.h"
#include "store/queries.h"
#include "support/engines.h"

namespace hezhi {
namespace {

using List = std::span<const store::Query* const>;

// In the order of the folders; the test below finds a file that is missing here.
const std::vector<List>& all_lists() {
    static const std::vector<List> lists{
        store::queries::all,         journal::queries::all,       api::queries::all,
        areas::queries::all,         people::queries::all,        accounts::queries::all,
        needs::queries::all,         orders::queries::all,        reports::queries::all,
        hotline::queries::all,       app::queries::all,           records::queries::all,
        activities::queries::all,    cases::queries::all,         organizations::queries::all,
        insurance::queries::all,     incidents::queries::all,     complaints::queries::all,
        certificates::queries::all,  certification::queries::all, time_bank::queries::all,
        back_tests::queries::all,    rule_packs::queries::all,    deputies::queries::all,
        dispatch_runs::queries::all, guardians::queries::all,     homes::queries::all,
        queues::queries::all,        grading::queries::all,       spot_checks::queries::all,
    };
    return lists;
}

class Queries : public testing::OnBothEngines {};
HEZHI_ON_BOTH_ENGINES(Queries);

TEST_P(Queries, Prepare) {
    auto db = database->connect();
    store::migrate(*db, store::all_migrations);
    journal::FigureTables tables(app::all_figures());
    std::vector<const journal::FigureTable*> all;
    for (const auto& table : tables.all()) all.push_back(table.get());
    journal::rebuild(*db, all, {});
    int prepared = 0;
    for (List list : all_lists()) {
        for (const store::Query* query : list) {
            EXPECT_NO_THROW(db->prepare(*query)) << query->name;
            ++prepared;
        }
    }
    EXPECT_GT(prepared, 60);
    EXPECT_ANY_THROW(db->prepare({"test.wrong", "SELECT nothing_like_it FROM figure_orders"}));
}

TEST(QueryFiles, AreAllListedHere) {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("src")) {
        if (entry.path().filename().string().ends_with("queries.sql")) ++files;
    }
    EXPECT_EQ(files, all_lists().size()) << "list the new queries.sql above";
}

}  // namespace
}  // namespace hezhi
