// What a resident does on her own phone, on both engines.
#include "domain/orders/order_pages.h"
#include "support/world.h"

namespace hezhi::orders {
namespace {

class AskingOnOnesOwnPhone : public hezhi::testing::World {
  protected:
    api::CallerPtr signs_in(PersonId person) {
        auto slip = act([&](journal::Turn& turn) {
            return accounts::issue_slip_by_command(turn, accounts_desk, person, "no hash");
        });
        auto fact = facts(SignInSlipIssued::kind).back();
        EXPECT_EQ(fact.position, slip.value());
        auto db = ledger->read();
        return accounts::load_caller(*db, ledger->tables(), fact.as<SignInSlipIssued>().account);
    }

    Result<std::int64_t> asks(const api::Caller& who) {
        needs::AskNeed input;
        input.what.value = "家里水管漏水";
        input.when.emplace("下午在家");
        return act([&](journal::Turn& turn) { return needs::ask_need(turn, who, people, input); });
    }

    OwnNeedList own_page(const api::Caller& who) {
        for (const auto& route : own_need_routes(desk)) {
            if (route.action != "list_own_needs") continue;
            return reading_as(who, [&](const api::Reading& reading) {
                return from_json<OwnNeedList>(route.read(reading, http::Request{}).value()).value();
            });
        }
        throw std::runtime_error("no such route");
    }
};
HEZHI_ON_BOTH_ENGINES(AskingOnOnesOwnPhone);

TEST_P(AskingOnOnesOwnPhone, NeedsOnlyWhatItIsBecauseTheRestIsKnown) {
    auto wang = signs_in(resident("王秀英", "13900000001"));
    NeedId id(asks(*wang).value());
    EXPECT_EQ(need(id).recipient, wang->person);
    EXPECT_EQ(need(id).asked_by, wang->person);
    EXPECT_EQ(need(id).priority_class, PriorityClass::P3);
    EXPECT_EQ(need(id).channel, Channel::phone_page);
    EXPECT_EQ(need(id).area, community);
    EXPECT_TRUE(need(id).consent);
    auto shown = reading_as(*social_worker, [&](const api::Reading& reading) {
        return need_pages.one(reading, id).value();
    });
    EXPECT_EQ(shown.when, "下午在家");
    EXPECT_EQ(shown.contact_masked, "王** 139****0001");
    EXPECT_TRUE(differences().empty());
}

TEST_P(AskingOnOnesOwnPhone, IsForHerselfOnly) {
    auto wang = signs_in(resident("王秀英", "13900000001"));
    needs::ReportNeed elsewhere;
    elsewhere.area_id = community;
    elsewhere.what.value = "楼道堆放杂物";
    auto refused = act([&](journal::Turn& turn) {
        return needs::report_need(turn, *wang, people, elsewhere, Channel::grid);
    });
    EXPECT_REFUSED(refused, areas::refusals::area_unknown);
    EXPECT_TRUE(asks(*zhang.caller).has_value()) << "a volunteer asks on the same page";
    EXPECT_REFUSED(asks(*grid_worker), hezhi::refusals::not_permitted);
}

TEST_P(AskingOnOnesOwnPhone, ShowsWhoComesAndIsConfirmedAndReviewedThroughHerAccountOnly) {
    auto wang = signs_in(resident("王秀英", "13900000001"));
    auto neighbour = signs_in(resident("李桂兰", "13900000002"));
    NeedId id(asks(*wang).value());
    EXPECT_FALSE(own_page(*wang).items.at(0).slip.has_value());
    OrderId order_id = open_order(id);
    offer(order_id, {zhang, liu}).value();
    accept(order_id, zhang).value();
    accept(order_id, liu).value();
    auto page = own_page(*wang);
    ASSERT_EQ(page.items.size(), 1u);
    EXPECT_EQ(page.items[0].what, "家里水管漏水");
    EXPECT_EQ(page.items[0].slip->volunteer_names.size(), 2u);
    EXPECT_EQ(page.items[0].slip->code, code_of(order_id));
    EXPECT_TRUE(own_page(*neighbour).items.empty());
    clock.set(order(order_id).starts_at);
    for (const auto& who : {zhang, liu}) check_in(order_id, who).value();
    clock.advance(std::chrono::minutes(50));
    for (const auto& who : {zhang, liu}) check_out(order_id, who).value();

    auto confirms = [&](const api::Caller& who) {
        return act([&](journal::Turn& turn) { return confirm_order(turn, who, order_id); });
    };
    auto reviews = [&](const api::Caller& who) {
        ReviewOrder input;
        input.satisfaction.value = 5;
        return act(
            [&](journal::Turn& turn) { return review_order(turn, who, desk, order_id, input); });
    };
    EXPECT_REFUSED(confirms(*neighbour), hezhi::refusals::not_found);
    EXPECT_REFUSED(confirms(*zhang.caller), hezhi::refusals::not_found);
    EXPECT_REFUSED(confirms(*social_worker), hezhi::refusals::not_found);
    EXPECT_TRUE(confirms(*wang).has_value());
    EXPECT_REFUSED(reviews(*neighbour), hezhi::refusals::not_found);
    EXPECT_TRUE(reviews(*wang).has_value());
    EXPECT_REFUSED(reviews(*wang), refusals::order_state_forbids);
    EXPECT_EQ(facts(OrderConfirmed::kind).back().actor.account, wang->account);
    EXPECT_TRUE(differences().empty());
}

TEST_P(AskingOnOnesOwnPhone, ShowsANeedThatAnotherReportedWithoutTheirWords) {
    auto wang = signs_in(resident("王秀英", "13900000001"));
    report_need(PriorityClass::P3, "王秀英 13900000001");
    auto page = own_page(*wang);
    ASSERT_EQ(page.items.size(), 1u);
    EXPECT_FALSE(page.items[0].what.has_value());
}

TEST_P(AskingOnOnesOwnPhone, StaysPossibleForAResidentWhoBecomesAVolunteer) {
    PersonId person = resident("王秀英", "13900000001");
    auto before = signs_in(person);
    act([&](journal::Turn& turn) -> Result<std::int64_t> {
        return turn.append(draft(VolunteerRegistered{}, command, {community, path_of(community)},
                                 {{"person", person.value}}, turn.now()));
    }).value();
    auto after = signs_in(person);
    EXPECT_EQ(after->account, before->account);
    EXPECT_TRUE(after->may_somewhere("order.accept"));
    EXPECT_TRUE(asks(*after).has_value());
}

}  // namespace
}  // namespace hezhi::orders
