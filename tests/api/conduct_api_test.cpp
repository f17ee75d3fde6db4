// Insurance, incidents and complaints over the API, as pages ask it.
#include "support/api_client.h"
#include "support/world.h"

namespace hezhi {
namespace {

using testing::Answer;
using testing::ApiClient;

class ConductApi : public testing::World {
  protected:
    ConductApi()
        : router(
              routes(), *ledger, [this](const http::Request&) { return caller; }, metrics, log),
          client(router, clock) {}
    ~ConductApi() override { EXPECT_EQ(log_text.str(), ""); }

    api::Routes routes() {
        api::Routes all = insurance::routes(insurance_desk);
        for (auto& route : incidents::routes(incident_desk)) all.push_back(std::move(route));
        for (auto& route : complaints::routes(complaint_desk)) all.push_back(std::move(route));
        return all;
    }
    Answer post(const api::CallerPtr& who, const std::string& path,
                const std::string& body = "{}") {
        caller = who;
        return client.post(path, body);
    }
    Answer get(const api::CallerPtr& who, const std::string& path) {
        caller = who;
        return client.get(path);
    }
    static std::string about(OrderId order, std::string_view more) {
        return "{\"about\":\"order\",\"about_id\":" + std::to_string(order.value) +
               std::string(more) + "}";
    }

    http::Metrics metrics;
    std::ostringstream log_text;
    http::Log log{clock, http::LogLevel::error, log_text};
    api::CallerPtr caller;
    api::Router router;
    ApiClient client;
};
HEZHI_ON_BOTH_ENGINES(ConductApi);

TEST_P(ConductApi, ListsInsuranceByItsLastDayPageByPage) {
    std::string at = ",\"covers\":\"activities\",\"area_id\":" + std::to_string(community.value) +
                     ",\"from\":" + std::to_string(clock.now().ms) + ",\"until\":";
    for (int days : {40, 10, 20}) {
        std::string until = std::to_string((clock.now() + std::chrono::days(days)).ms);
        std::string policy =
            "{\"insurer\":\"示范保险\",\"policy\":\"P" + std::to_string(days) + "\"";
        EXPECT_EQ(post(street_staff, "/insurances", policy + at + until + "}").status(), 200);
    }
    Answer first = get(street_staff, "/insurances?limit=2");
    EXPECT_EQ(first.json().at("items").at(0).at("policy"), "P10");
    EXPECT_EQ(first.json().at("items").at(0).at("state"), "expiring");
    EXPECT_EQ(first.json().at("items").at(1).at("policy"), "P20");
    Answer second = get(street_staff, "/insurances?limit=2&cursor=" + first.text("next_cursor"));
    ASSERT_EQ(second.json().at("items").as_array().size(), 1U);
    EXPECT_EQ(second.json().at("items").at(0).at("state"), "running");
    EXPECT_EQ(get(zhang.caller, "/insurances").status(), 403);
    EXPECT_FALSE(get(zhang.caller, "/insurances/mine").json().as_object().contains("until"));
    clock.advance(std::chrono::days(15));
    EXPECT_EQ(get(street_staff, "/insurances").json().at("items").as_array().size(), 2U);
    EXPECT_EQ(get(street_staff, "/insurances?past=true").json().at("items").as_array().size(), 3U);
}

TEST_P(ConductApi, ShowsAnIncidentWithWhatItsReaderMayDo) {
    OrderId order = delivered_order();
    Answer reported = post(zhang.caller, "/incidents",
                           about(order, ",\"severity\":\"minor\",\"what\":\"杯子打碎了\""));
    ASSERT_EQ(reported.status(), 200) << reported.response.body;
    std::string path = "/incidents/" + reported.text("id");
    EXPECT_EQ(reported.json().at("actions").as_array().size(), 0U) << "a volunteer settles nothing";
    EXPECT_EQ(get(zhang.caller, "/incidents/mine").json().at("items").as_array().size(), 1U);
    EXPECT_EQ(get(liu.caller, path).status(), 404) << "another volunteer's report";
    Answer staff = get(street_staff, path);
    EXPECT_EQ(staff.json().at("served").as_array().size(), 2U);
    EXPECT_NE(staff.response.body.find("settle_incident"), std::string::npos);
    EXPECT_EQ(get(street_staff, "/incidents?state=reported").json().at("items").as_array().size(),
              1U);
    Answer settled = post(street_staff, path + "/settlement",
                          "{\"severity\":\"minor\",\"confirmed\":true,\"attributed_to\":" +
                              std::to_string(liu.person.value) + ",\"reason\":\"手滑\"}");
    EXPECT_EQ(settled.text("attributable"), "true") << settled.response.body;
    // Whoever reported it reads what was found, and not whom it was put down to.
    Answer own = get(zhang.caller, path);
    EXPECT_EQ(own.text("reason"), "手滑");
    EXPECT_EQ(own.text("attributed_to"), "");
    EXPECT_EQ(
        get(zhang.caller, "/incidents/terms").json().at("emergency_numbers").at(0).at("number"),
        "120");
}

TEST_P(ConductApi, FollowsAComplaintFromTheSlipToItsReview) {
    OrderId order = delivered_order();
    std::string slip = "/slips/" + orders::slip_token(suite, order) + "/complaint";
    Answer filed = post(nullptr, slip,
                        "{\"what\":\"迟到\",\"hidden\":false,\"contact\":\"王秀英 13900000001\"}");
    ASSERT_EQ(filed.status(), 200) << filed.response.body;
    std::string link = "/complaint-links/" + filed.text("token");
    EXPECT_EQ(filed.text("link"), "https://example.org/m/#/complaint/" + filed.text("token"));
    EXPECT_EQ(post(nullptr, slip, "{\"what\":\"迟到\",\"hidden\":false}").code(), "complaint_open");
    std::string path = "/complaints/" + filed.text("number");
    Answer seen = get(street_staff, path);
    EXPECT_EQ(seen.text("what"), "迟到");
    EXPECT_EQ(seen.response.body.find("13900000001"), std::string::npos) << "masked";
    EXPECT_EQ(post(street_staff, path + "/contact", "{\"reason\":\"告知\"}").text("contact"),
              "王秀英 13900000001");
    post(street_staff, path + "/decision", "{\"outcome\":\"not_upheld\",\"reason\":\"按时到达\"}");
    EXPECT_EQ(get(nullptr, link).text("reason"), "按时到达") << "told to the complainant";
    EXPECT_EQ(post(nullptr, link + "/second-look", "{\"why\":\"没有问我\"}").text("state"),
              "review_asked");
    EXPECT_EQ(get(street_staff, path).response.body.find("review_complaint"), std::string::npos);
    post(officer, path + "/second-decision", "{\"outcome\":\"upheld\",\"reason\":\"确实迟到\"}");
    EXPECT_EQ(get(nullptr, link).text("review_reason"), "确实迟到");
    EXPECT_EQ(get(nullptr, "/complaint-links/" + filed.text("number") + "-AAAA").status(), 404);
    EXPECT_EQ(differences(), std::vector<journal::Difference>{});
}

// Whoever is involved learns that it is for others, and nothing of what is said.
TEST_P(ConductApi, ShowsAnInvolvedDeciderTheDatesOnly) {
    OrderId order = delivered_order();
    std::string body = about(order, ",\"what\":\"态度不好\",\"hidden\":false");
    Answer filed = post(zhang.caller, "/complaints", body);
    ASSERT_EQ(filed.status(), 200) << filed.response.body;
    auto served = std::make_shared<api::Caller>(*officer);
    served->person = liu.person;
    Answer one = get(served, "/complaints/" + filed.text("number"));
    EXPECT_EQ(one.status(), 409);
    EXPECT_EQ(one.code(), "concerns_caller");
    Answer list = get(served, "/complaints?filter=all");
    EXPECT_EQ(list.json().at("items").at(0).at("concerns_you"), true);
    EXPECT_EQ(list.response.body.find("态度"), std::string::npos);
    EXPECT_EQ(list.response.body.find("about_id"), std::string::npos);
    EXPECT_NE(get(officer, "/complaints?filter=all").response.body.find("态度"), std::string::npos);
    EXPECT_EQ(get(zhang.caller, "/complaints/mine").json().at("items").as_array().size(), 1U);
    EXPECT_EQ(get(liu.caller, "/complaints/mine").json().at("items").as_array().size(), 0U);
}

// Nothing that is stored joins a hidden complaint to its sender, the key of the request included.
TEST_P(ConductApi, KeepsNoTraceOfWhoFiledAHiddenComplaint) {
    OrderId order = delivered_order();
    client.idempotency_key = "hidden-1";
    Answer filed =
        post(zhang.caller, "/complaints", about(order, ",\"what\":\"安排不公\",\"hidden\":true"));
    ASSERT_EQ(filed.status(), 200) << filed.response.body;
    EXPECT_EQ(get(zhang.caller, "/complaints/mine").json().at("items").as_array().size(), 0U);
    static constexpr store::Query holder_of{
        "test.keys", "SELECT holder FROM idempotency_keys WHERE subject = :id"};
    auto db = ledger->read();
    auto row = db->row(holder_of, {{"id", std::stoll(filed.text("number"))}});
    ASSERT_TRUE(row.has_value());
    EXPECT_EQ(row->text("holder"), "sealed");
    EXPECT_FALSE(facts("complaint.filed").front().actor.account);
}

}  // namespace
}  // namespace hezhi
