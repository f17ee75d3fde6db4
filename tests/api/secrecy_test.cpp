// A secret address, asked for on every road: each read of the API, for every record, as every role.
// Whoever adds a route that tells what is sealed fails here.
#include <set>

#include "app/all_routes.h"
#include "domain/people/id_schemes.h"
#include "domain/people/masking.h"
#include "support/world.h"

namespace hezhi {
namespace {

class SecretAddress : public testing::World {
  protected:
    SecretAddress()
        : desks{.tree = *tree,
                .people = {people, *tree},
                .accounts = accounts_desk,
                .organizations = organization_desk,
                .certification = certification_desk,
                .insurance = insurance_desk,
                .rule_packs = {people, *ledger},
                .grading = grade_desk,
                .time_bank = time_bank_desk,
                .needs = need_pages,
                .orders = desk,
                .batches = batches,
                .records = record_desk,
                .activities = activity_desk,
                .certificates = certificate_desk,
                .guardians = {people, *tree, suite, "https://example.org"},
                .hotline = {people, *tree},
                .incidents = incident_desk,
                .complaints = complaint_desk,
                .spot_checks = spot_check_desk,
                .back_tests = {{people, *ledger}, *tree, back_test_runner},
                .labels = app::all_actions()},
          routes(app::all_routes(desks)) {
        hideaway = add_area(subdistrict, "community", "晨曦里社区");
        std::string digits = "99999919880808123";
        id_number = digits + people::mod11_2_check_character(digits);
        people::RegisterPerson input;
        input.name.value = "秦晓岚";
        input.phone.emplace("13812345678");
        input.id_number.emplace(id_number);
        input.area_id = hideaway;
        qin = PersonId(act([&](journal::Turn& turn) {
                           return people::register_person(
                               turn, command, {hideaway, path_of(hideaway)}, people, input);
                       }).value());
        act([&](journal::Turn& turn) {
            return accounts::issue_slip_by_command(turn, accounts_desk, qin, "no hash");
        }).value();
        keeper = professional(subdistrict);
        helper = professional(subdistrict);
    }

    NeedId asks_for_help() {
        needs::TakeCall call;
        call.who.value = "秦晓岚 13812345678";
        call.what.value = "躲在姐姐家，需要有人陪同";
        call.consent = true;
        auto worker = staff("community_worker", subdistrict);
        return NeedId(act([&](journal::Turn& turn) {
                          return needs::take_call(turn, *worker, people, call);
                      }).value());
    }
    OrderId is_visited(NeedId need_id, std::string_view category) {
        orders::OpenOrder input;
        input.category.value = category;
        input.starts_at = tomorrow_at(9);
        input.ends_at = tomorrow_at(11);
        input.contacted = true;
        input.brief.emplace("从后门进，三楼左手");
        return OrderId(act([&](journal::Turn& turn) {
                           return orders::open_order(turn, *keeper.caller, desk, need_id, input);
                       }).value());
    }
    Result<std::int64_t> seals() {
        return act([&](journal::Turn& turn) {
            return needs::seal_address(turn, *keeper.caller, people, qin, "避免被施暴人找到");
        });
    }

    // What must stand nowhere. The community's name stands on pages about areas.
    std::vector<std::string> secrets() const {
        return {"秦晓岚",
                "13812345678",
                people::mask_phone("13812345678"),
                id_number,
                people::mask_id_number(id_number),
                "姐姐家",
                "后门进",
                "晨曦里社区"};
    }
    static bool about_areas(const api::Route& route) {
        return route.path.starts_with("/areas") || route.path.starts_with("/joining") ||
               route.path.starts_with("/figures");
    }

    // Everybody but the keeper: each role at the top of the district, and where she lives.
    std::vector<api::CallerPtr> others() {
        std::vector<api::CallerPtr> all{api::link_caller(), zhang.caller, social_worker};
        for (const auto& role : accounts::roles()) {
            for (AreaId area : {district, hideaway}) {
                auto made = std::make_shared<api::Caller>();
                made->account = AccountId(999999);
                made->person = PersonId(999998);
                made->roles = {{std::string(role.key), area, path_of(area)}};
                made->held = accounts::held_by(made->roles);
                all.push_back(std::move(made));
            }
        }
        return all;
    }

    std::set<std::string> leaks_to(const api::CallerPtr& who) {
        using Query = std::vector<std::pair<std::string, std::string>>;
        const std::vector<Query> queries{
            {},
            {{"q", "秦晓岚"}},
            {{"q", "13812345678"}},
            {{"who", "秦晓岚 13812345678"}},
            {{"area", std::to_string(hideaway.value)}},
        };
        std::vector<std::string> ids, tokens;
        for (std::int64_t id = 1; id <= ledger->head().position; ++id) {
            ids.push_back(std::to_string(id));
            tokens.push_back(orders::slip_token(suite, OrderId(id)));
        }
        std::set<std::string> found;
        for (const auto& route : routes) {
            if (!route.read) continue;
            bool open = route.permission == api::nobody_signed_in ||
                        route.permission == api::anyone_signed_in;
            if (!open && !who->may_somewhere(route.permission)) continue;
            bool of_one = route.path.find('{') != std::string_view::npos;
            bool of_token = route.path.find("{token}") != std::string_view::npos;
            auto answers = [&](const Query& query, std::vector<std::string> captures) {
                http::Request request;
                request.query = query;
                ++asked;
                auto read = [&](const api::Reading& reading) {
                    return route.read(reading, request);
                };
                auto answer = reading_as(*who, read, captures);
                if (!answer) return;
                ++answered;
                for (const auto& secret : secrets()) {
                    if (secret == "晨曦里社区" && about_areas(route)) continue;
                    if (answer->find(secret) == std::string::npos) continue;
                    found.insert(std::string(route.action) + " tells " + secret);
                }
            };
            if (!of_one) {
                for (const auto& query : queries) answers(query, {});
                continue;
            }
            for (const auto& capture : of_token ? tokens : ids) {
                if (std::ranges::count(route.path, '{') == 1) {
                    answers({}, {capture});
                    continue;
                }
                for (const char* noun : {"need", "order", "person"}) {
                    answers({}, {noun, capture});
                    answers({}, {capture, noun});
                }
            }
        }
        return found;
    }
    std::set<std::string> leaks() {
        std::set<std::string> all;
        for (const auto& who : others()) {
            for (const auto& leak : leaks_to(who)) all.insert(leak);
        }
        return all;
    }

    back_tests::BackTestRunner back_test_runner{*ledger};
    app::Desks desks;
    api::Routes routes;
    AreaId hideaway;
    PersonId qin;
    std::string id_number;
    testing::Volunteer keeper, helper;
    std::int64_t asked = 0, answered = 0;
};
HEZHI_ON_BOTH_ENGINES(SecretAddress);

TEST_P(SecretAddress, IsToldByNoRouteToAnybodyButTheKeeper) {
    NeedId need_id = asks_for_help();
    OrderId order_id = is_visited(need_id, "family_counselling");
    offer(order_id, {helper}).value();
    auto before = leaks();
    EXPECT_TRUE(before.contains("show_person tells 晨曦里社区")) << "the roads lead somewhere";
    EXPECT_TRUE(before.contains("show_need tells 姐姐家"));
    EXPECT_TRUE(before.contains("show_order tells 后门进"));
    ASSERT_TRUE(seals().has_value());
    EXPECT_EQ(leaks(), std::set<std::string>{});
    EXPECT_GT(answered, 500);
    EXPECT_LT(answered, asked);
    // What is asked for her from now on is sealed from the beginning.
    asks_for_help();
    EXPECT_EQ(leaks(), std::set<std::string>{});
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

TEST_P(SecretAddress, IsKeptByWhoeverSealsAndTakenOverWithAReasonThatTheAuditorReads) {
    NeedId need_id = asks_for_help();
    seals().value();
    auto reads = [&](const api::CallerPtr& who) {
        return act([&](journal::Turn& turn) {
            return people::read_person(turn, *who, people, qin, "约见");
        });
    };
    auto reads_contact = [&](const api::CallerPtr& who) {
        return act([&](journal::Turn& turn) {
            return needs::read_contact(turn, *who, people, need_id, "约见");
        });
    };
    EXPECT_TRUE(reads(keeper.caller).has_value());
    EXPECT_TRUE(reads_contact(keeper.caller).has_value());
    EXPECT_REFUSED(reads(helper.caller), people::refusals::address_sealed);
    EXPECT_REFUSED(reads_contact(helper.caller), people::refusals::address_sealed);
    EXPECT_REFUSED(reads_contact(street_staff), people::refusals::address_sealed);
    act([&](journal::Turn& turn) {
        return needs::seal_need(turn, *helper.caller, people, need_id, "原负责社工休假");
    }).value();
    EXPECT_TRUE(reads(helper.caller).has_value());
    EXPECT_REFUSED(reads(keeper.caller), people::refusals::address_sealed);
    EXPECT_EQ(facts(AddressSealed::kind).size(), 2U);
}

TEST_P(SecretAddress, UnsealAddressIsTheKeepersAndNamesWhereSheLivesNow) {
    seals().value();
    auto unseals = [&](const api::CallerPtr& who) {
        return act(
            [&](journal::Turn& turn) { return needs::unseal_address(turn, *who, qin, community); });
    };
    EXPECT_REFUSED(unseals(helper.caller), people::refusals::address_sealed);
    EXPECT_TRUE(unseals(keeper.caller).has_value());
    EXPECT_REFUSED(unseals(keeper.caller), people::refusals::address_not_sealed);
    auto now = reading_as(*officer, [&](const api::Reading& reading) {
        return reading.load<people::PersonFigure>(qin).value();
    });
    EXPECT_EQ(now.area, community);
    EXPECT_FALSE(now.address_sealed);
}

TEST_P(SecretAddress, FollowsFromTheCategoryOfItsOrderAndDiscloseContactIsForWhoGoes) {
    NeedId need_id = asks_for_help();
    OrderId order_id = is_visited(need_id, "domestic_violence_support");
    EXPECT_TRUE(need(need_id).sealed);
    EXPECT_EQ(need(need_id).keeper, keeper.caller->account);
    EXPECT_EQ(order(order_id).area, subdistrict);
    EXPECT_EQ(leaks(), std::set<std::string>{});
    offer(order_id, {helper}).value();
    auto mine = [&] {
        return reading_as(*helper.caller, [&](const api::Reading& reading) {
            for (const auto& route : routes) {
                if (route.action == "list_my_orders") {
                    return route.read(reading, http::Request{}).value();
                }
            }
            return std::string();
        });
    };
    auto discloses = [&](const api::CallerPtr& who) {
        return act([&](journal::Turn& turn) {
            return orders::disclose_contact(turn, *who, desk, order_id, "出发前联系");
        });
    };
    EXPECT_EQ(mine().find("后门进"), std::string::npos) << "an offer tells nothing yet";
    EXPECT_REFUSED(discloses(helper.caller), hezhi::refusals::not_found);
    accept(order_id, helper).value();
    EXPECT_EQ(mine().find("13812345678"), std::string::npos) << "not without a fact";
    EXPECT_NE(mine().find("后门进"), std::string::npos);
    EXPECT_TRUE(discloses(helper.caller).has_value());
    EXPECT_EQ(facts(ContactRead::kind).size(), 1U);
    EXPECT_REFUSED(discloses(street_staff), hezhi::refusals::not_found);
    clock.set(order(order_id).ends_at + std::chrono::hours(24 * 30));
    EXPECT_REFUSED(discloses(helper.caller), orders::refusals::order_state_forbids);
}

TEST_P(SecretAddress, StandsInNoFactOfTheJournal) {
    is_visited(asks_for_help(), "domestic_violence_support");
    static constexpr store::Query bodies{"test.bodies", "SELECT body FROM journal"};
    auto db = ledger->read();
    db->each(bodies, {}, [&](const store::Row& row) {
        std::string body(row.text("body"));
        for (const auto& secret : secrets()) {
            if (body.find("area.added") != std::string::npos) continue;
            EXPECT_EQ(body.find(secret), std::string::npos) << body;
        }
    });
}

}  // namespace
}  // namespace hezhi
