// The result goes back to whoever reported, whatever the channel: the page or the slip says it.
#include <boost/json.hpp>

#include "domain/hotline/hotline.h"
#include "domain/orders/order_pages.h"
#include "support/world.h"

namespace hezhi {
namespace {

using needs::NeedStep;

class ResultGoesBack : public testing::World {
  protected:
    api::CallerPtr with_slip(PersonId person) {
        act([&](journal::Turn& turn) {
            return accounts::issue_slip_by_command(turn, accounts_desk, person, "no hash");
        }).value();
        auto issued = facts(SignInSlipIssued::kind).back();
        auto db = ledger->read();
        return accounts::load_caller(*db, ledger->tables(), issued.as<SignInSlipIssued>().account);
    }
    // What a route answers.
    template <class Output>
    Output answer(const api::Routes& routes, std::string_view action, const api::Caller& who,
                  const http::Request& request = {}) {
        for (const auto& route : routes) {
            if (route.action != action) continue;
            return reading_as(who, [&](const api::Reading& reading) {
                return from_json<Output>(route.read(reading, request).value()).value();
            });
        }
        throw std::runtime_error("no route " + std::string(action));
    }
    needs::Need mine(const api::Caller& who, NeedId id) {
        for (auto& need :
             answer<needs::NeedList>(needs::routes(need_pages), "list_my_needs", who).items) {
            if (need.id == id) return need;
        }
        throw std::runtime_error("not among one's own");
    }
    orders::OwnNeed own(const api::Caller& who, NeedId id) {
        for (auto& need :
             answer<orders::OwnNeedList>(orders::own_need_routes(desk), "list_own_needs", who)
                 .items) {
            if (need.need_id == id) return need;
        }
        throw std::runtime_error("not on her own page");
    }
    // What the desk sees of somebody who calls again.
    needs::Need heard_at_the_desk(const std::string& phone, NeedId id) {
        http::Request request;
        request.query.emplace_back("who", phone);
        boost::json::value found;
        for (const auto& route : needs::routes(need_pages)) {
            if (route.action != "find_callers") continue;
            found = reading_as(*worker, [&](const api::Reading& reading) {
                return boost::json::parse(route.read(reading, request).value());
            });
        }
        for (const auto& person : found.at("items").as_array()) {
            for (const auto& past : person.at("past").as_array()) {
                auto need = from_json<needs::Need>(boost::json::serialize(past)).value();
                if (need.id == id) return need;
            }
        }
        throw std::runtime_error("the desk does not see it");
    }
    NeedId call(std::string_view who, std::string_view for_whom = {}) {
        needs::TakeCall input;
        input.who.value = who;
        input.what.value = "家里暖气不热";
        input.consent = true;
        if (!for_whom.empty()) input.for_whom = Text<0, 60>(std::string(for_whom));
        return NeedId(act([&](journal::Turn& turn) {
                          return needs::take_call(turn, *worker, people, input);
                      }).value());
    }
    void close(NeedId id, std::string_view reason = "已由供热企业修复") {
        act([&](journal::Turn& turn) {
            return needs::close_need(turn, *social_worker, people, id, reason);
        }).value();
    }
    void refer(NeedId id) {
        act([&](journal::Turn& turn) {
            return needs::refer_need(turn, *social_worker, people, id, "供热企业服务站");
        }).value();
        act([&](journal::Turn& turn) {
            return needs::note_receipt(turn, *social_worker, people, id, "供热回执3号", true);
        }).value();
    }
    void serve(NeedId id) {
        OrderId order = open_order(id);
        offer(order, {zhang, liu}).value();
        for (const auto& who : {zhang, liu}) accept(order, who).value();
        clock.set(tomorrow_at(9));
        for (const auto& who : {zhang, liu}) check_in(order, who).value();
        clock.advance(std::chrono::hours(1));
        for (const auto& who : {zhang, liu}) check_out(order, who).value();
        confirm(order).value();
        review(order, Resolution::resolved, 5).value();
    }

    api::CallerPtr worker = staff("community_worker", community);
};
HEZHI_ON_BOTH_ENGINES(ResultGoesBack);

TEST_P(ResultGoesBack, ToTheGridWorkerWhoReportedIt) {
    NeedId served = report_need(), closed = report_need(), referred = report_need();
    serve(served);
    close(closed);
    refer(referred);
    EXPECT_EQ(mine(*grid_worker, served).resolution, Resolution::resolved);
    EXPECT_EQ(mine(*grid_worker, served).satisfaction, 5);
    EXPECT_EQ(mine(*grid_worker, closed).close_reason, "已由供热企业修复");
    EXPECT_EQ(mine(*grid_worker, referred).referred_to, "供热企业服务站");
    EXPECT_EQ(mine(*grid_worker, referred).receipt, "供热回执3号");
}

TEST_P(ResultGoesBack, ToEveryReporterOfWhatWasMerged) {
    auto second = staff("grid_worker", community);
    auto report = [&](const api::Caller& who) {
        needs::ReportNeed input;
        input.area_id = community;
        input.what.value = "楼道堆放杂物，希望一起清理";
        return NeedId(act([&](journal::Turn& turn) {
                          return needs::report_need(turn, who, people, input, Channel::grid);
                      }).value());
    };
    auto merged_into = [&](NeedId kept) {
        NeedId id = report(*second);
        act([&](journal::Turn& turn) {
            return needs::merge_need(turn, *social_worker, id, kept);
        }).value();
        return id;
    };
    NeedId one = report_need(), two = report_need(), three = report_need();
    NeedId with_one = merged_into(one), with_two = merged_into(two),
           with_three = merged_into(three);
    serve(one);
    close(two);
    refer(three);
    EXPECT_EQ(mine(*second, with_one).resolution, Resolution::resolved);
    EXPECT_EQ(mine(*second, with_two).close_reason, "已由供热企业修复");
    EXPECT_EQ(mine(*second, with_three).receipt, "供热回执3号");
    EXPECT_EQ(mine(*second, with_three).merged_into, three);
}

TEST_P(ResultGoesBack, ToWhoeverCalledTheDesk) {
    resident("吴桂兰", "13900000009");
    NeedId closed = call("13900000009"), served = call("13900000009"),
           referred = call("13900000009");
    close(closed);
    serve(served);
    refer(referred);
    // When she calls again,
    EXPECT_EQ(heard_at_the_desk("13900000009", closed).close_reason, "已由供热企业修复");
    EXPECT_EQ(heard_at_the_desk("13900000009", served).resolution, Resolution::resolved);
    EXPECT_EQ(heard_at_the_desk("13900000009", referred).receipt, "供热回执3号");
    // on her own phone page, if she has one,
    auto wu = with_slip(need(closed).asked_by);
    EXPECT_EQ(own(*wu, closed).close_reason, "已由供热企业修复");
    EXPECT_EQ(own(*wu, referred).referred_to, "供热企业服务站");
    EXPECT_EQ(own(*wu, served).slip->resolution, Resolution::resolved);
    // and on the slip that she was handed.
    auto slip = reading_as(*api::link_caller(), [&](const api::Reading& reading) {
        return orders::slip_page(reading, desk, need(served).order_id).value();
    });
    EXPECT_EQ(slip.resolution, Resolution::resolved);
    EXPECT_EQ(slip.state, OrderStep::reviewed);
}

TEST_P(ResultGoesBack, ToTheRelativeWhoAskedForSomebodyElse) {
    resident("吴桂兰", "13900000009");
    resident("陈小满", "13900000010");
    NeedId closed = call("13900000010", "吴桂兰 13900000009"),
           served = call("13900000010", "吴桂兰 13900000009");
    EXPECT_NE(need(closed).asked_by, need(closed).recipient);
    close(closed);
    serve(served);
    EXPECT_EQ(heard_at_the_desk("13900000010", closed).close_reason, "已由供热企业修复");
    auto relative = with_slip(need(closed).asked_by);
    EXPECT_EQ(own(*relative, closed).what, "家里暖气不热");
    EXPECT_EQ(own(*relative, closed).close_reason, "已由供热企业修复");
    EXPECT_EQ(own(*relative, served).resolution, Resolution::resolved);
    EXPECT_FALSE(own(*relative, served).slip.has_value()) << "the digits are the recipient's";
    // The recipient sees that it was done, and not what others wrote.
    auto wu = with_slip(need(closed).recipient);
    EXPECT_EQ(own(*wu, closed).state, NeedStep::closed);
    EXPECT_FALSE(own(*wu, closed).close_reason.has_value());
    EXPECT_TRUE(own(*wu, served).slip.has_value());
}

TEST_P(ResultGoesBack, ToTheVolunteerAndTheResidentWhoAskedOnTheirOwnPhone) {
    needs::AskNeed asked;
    asked.what.value = "想请人帮忙看看水管";
    asked.consent = true;
    NeedId by_volunteer(act([&](journal::Turn& turn) {
                            return needs::ask_need(turn, *zhao.caller, people, asked);
                        }).value());
    close(by_volunteer);
    EXPECT_EQ(mine(*zhao.caller, by_volunteer).close_reason, "已由供热企业修复");

    auto wang = with_slip(resident("王秀英", "13900000001"));
    auto ask = [&] {
        needs::AskNeed input;
        input.what.value = "家里水管漏水";
        return NeedId(act([&](journal::Turn& turn) {
                          return needs::ask_need(turn, *wang, people, input);
                      }).value());
    };
    NeedId closed = ask(), kept = ask(), merged = ask();
    close(closed);
    act([&](journal::Turn& turn) {
        return needs::merge_need(turn, *social_worker, merged, kept);
    }).value();
    refer(kept);
    EXPECT_EQ(own(*wang, closed).close_reason, "已由供热企业修复");
    EXPECT_EQ(own(*wang, kept).receipt, "供热回执3号");
    EXPECT_TRUE(own(*wang, merged).told_with_another);
    EXPECT_EQ(own(*wang, merged).receipt, "供热回执3号");
}

}  // namespace
}  // namespace hezhi
