// Books that do not balance are found, though every table says what the facts say.
#include "domain/time_bank/books.h"

#include "domain/time_bank/test_bank.h"

namespace hezhi::time_bank {
namespace {

using journal::Difference;

class Books : public TimeBankWorld {
  protected:
    Books() : wei(volunteer("魏明", community)) { serve(wei); }

    std::int64_t post(std::int64_t to_person, std::int64_t to_pool) {
        CreditDonated donated;
        donated.legs = {{LedgerAccount::person, wei.person, to_person},
                        {LedgerAccount::pool, {}, to_pool}};
        return act([&](journal::Turn& turn) -> Result<std::int64_t> {
                   return turn.append(draft(donated, command, Place{community, path_of(community)},
                                            {{"person", wei.person.value}}, turn.now()));
               })
            .value();
    }
    std::vector<Difference> found() { return check_books(*ledger->read(), *packs()); }

    hezhi::testing::Volunteer wei;
};
HEZHI_ON_BOTH_ENGINES(Books);

TEST_P(Books, OfAServedOrderBalance) {
    EXPECT_EQ(balance(wei), 45);
    EXPECT_EQ(found(), std::vector<Difference>{});
}

TEST_P(Books, NameThePostingWhoseLegsDoNotSumToZero) {
    std::int64_t id = post(-10, 15);
    EXPECT_EQ(differences(), std::vector<Difference>{}) << "the tables say what the facts say";
    std::vector<Difference> expected{{"posting " + std::to_string(id), "legs that sum to 0", "5"},
                                     {"all accounts", "0", "5"}};
    EXPECT_EQ(found(), expected);
}

TEST_P(Books, NameTheAccountBelowItsFloor) {
    post(-46, 46);
    std::vector<Difference> expected{
        {"account person/" + std::to_string(wei.person.value), "at least 0", "-1"}};
    EXPECT_EQ(found(), expected);
}

}  // namespace
}  // namespace hezhi::time_bank
