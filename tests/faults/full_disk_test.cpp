// The disk runs full while several people's actions are being committed together.
#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <random>

#include "app/installation.h"
#include "app/web.h"
#include "domain/accounts/accounts.h"
#include "faults/faulty_disk.h"
#include "journal/verify.h"
#include "support/api_client.h"
#include "support/test_database.h"

namespace hezhi::testing {
namespace {

class FullDisk : public ::testing::Test {
  protected:
    FullDisk() : clock(Instant{1772672400000}), log(clock, http::LogLevel::error, log_text) {
        app::migrate(place, crypto::SuiteName::gm, "packs/base", clock, true);
        installation = std::make_unique<app::Installation>(place, clock, random);
        web = std::make_unique<app::Web>(
            *installation,
            app::WebSettings{.listen_office = "127.0.0.1:0", .listen_public = "127.0.0.1:0"}, clock,
            log);
        make_worker();
        router = std::make_unique<api::Router>(
            web->routes(), installation->ledger(), [this](const http::Request&) { return caller; },
            metrics, log);
        client = std::make_unique<ApiClient>(*router, clock);
    }
    ~FullDisk() override { web->stop(); }

    void make_worker() {
        auto& ledger = installation->ledger();
        auto area = ledger.act<std::int64_t>([&](journal::Turn& turn) {
            return areas::add_area(turn, Actor{.via = Via::command}, {}, "community", "顾家岛社区",
                                   std::nullopt);
        });
        community = AreaId(area.value());
        accounts::AccountDesk desk{installation->people(), installation->tree(),
                                   installation->suite(), random, ""};
        auto account = ledger.act<std::int64_t>([&](journal::Turn& turn) {
            return accounts::open_staff(turn, desk, "李社工", {"li", "no hash"}, "social_worker",
                                        community);
        });
        auto db = ledger.read();
        caller = accounts::load_caller(*db, ledger.tables(), AccountId(account.value()));
    }

    std::string need(const std::string& what) const {
        return R"({"area_id":)" + std::to_string(community.value) + R"(,"what":")" + what +
               R"(","priority_class":"P3","consent":false})";
    }

    // As many at once as share one commit: the writer is held until all wait.
    std::vector<Answer> post_together(int count, int round) {
        std::latch all_wait(1);
        EXPECT_TRUE(installation->ledger().write(
            [&](journal::Turn&) {
                all_wait.wait();
                return false;
            },
            [](store::Settled, std::exception_ptr) {}));
        std::vector<std::future<http::Response>> answered;
        for (int i = 0; i < count; ++i) {
            auto channel = std::make_shared<Channel>();
            answered.push_back(channel->answered.get_future());
            client->idempotency_key = key(round, i);
            auto request =
                client->request(http::Method::post, "/needs", need("楼道灯不亮 " + key(round, i)));
            router->handle(std::move(request), http::Reply(channel), api::Audience::office);
        }
        all_wait.count_down();
        std::vector<Answer> answers;
        for (auto& one : answered) answers.push_back({one.get()});
        client->idempotency_key.clear();
        return answers;
    }

    static std::string key(int round, int i) {
        return "key-" + std::to_string(round) + "-" + std::to_string(i);
    }

    std::size_t needs_in_journal() {
        auto db = installation->ledger().read();
        static constexpr store::Query query{
            "test.needs", "SELECT count(*) AS n FROM journal WHERE kind = 'need.reported'"};
        return static_cast<std::size_t>(db->row(query)->integer("n"));
    }

    class Channel final : public http::ReplyChannel {
      public:
        void send(http::Response response) override { answered.set_value(std::move(response)); }
        std::shared_ptr<http::EventStream> open_stream() override { return nullptr; }
        std::promise<http::Response> answered;
    };

    FaultyDisk disk;  // before everything that is opened on it
    TempFolder folder;
    ManualClock clock;
    app::Location place{"sqlite:" + (folder.path() / "full.sqlite").string(),
                        folder.path() / "full.keys"};
    crypto::SystemRandom random;
    std::ostringstream log_text;
    http::Log log;
    http::Metrics metrics;
    std::unique_ptr<app::Installation> installation;
    std::unique_ptr<app::Web> web;
    std::unique_ptr<api::Router> router;
    std::unique_ptr<ApiClient> client;
    api::CallerPtr caller;
    AreaId community;
};

TEST_F(FullDisk, RefusesClearlyLeavesNothingHalfDoneAndGoesOnWhenThereIsSpace) {
    auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 dice(seed);
    std::size_t kept = 0, refused = 0;
    for (int round = 0; round < 8; ++round) {
        // From nothing at all to enough for some of them alone.
        disk.set_space_left(round == 0 ? 0 : dice() % 300'000);
        auto answers = post_together(6, round);
        for (const auto& answer : answers) {
            if (answer.status() == 200) {
                ++kept;
                continue;
            }
            ++refused;
            EXPECT_EQ(answer.status(), 503);
            EXPECT_EQ(answer.code(), "storage_full") << answer.response.body;
            EXPECT_NE(answer.text("title").find("存储空间已满"), std::string::npos);
            EXPECT_NE(answer.text("title_en").find("storage is full"), std::string::npos);
        }
        EXPECT_EQ(needs_in_journal(), kept);
        // Reading goes on meanwhile.
        EXPECT_EQ(client->get("/needs").status(), 200);

        disk.set_space_left({});
        for (int i = 0; i < 6; ++i) {
            if (answers[static_cast<std::size_t>(i)].status() == 200) continue;
            client->idempotency_key = key(round, i);
            EXPECT_EQ(client->post("/needs", need("楼道灯不亮 " + key(round, i))).status(), 200);
            ++kept;
        }
        EXPECT_EQ(needs_in_journal(), kept);
    }
    EXPECT_GE(refused, 6U);
    EXPECT_GT(disk.refused_writes(), 0);
    auto db = installation->ledger().read();
    auto verified =
        journal::verify(*db, installation->ledger().tables(), *installation->ledger().packs());
    EXPECT_TRUE(verified.differences.empty());
}

}  // namespace
}  // namespace hezhi::testing
