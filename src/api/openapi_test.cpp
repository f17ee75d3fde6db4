#include "api/openapi.h"

#include <gmock/gmock.h>

#include "api/test_router.h"

namespace hezhi::api {
namespace {

namespace json = boost::json;

class OpenApi : public BoxRoutes {
  protected:
    json::object document() { return json::parse(openapi(routes(), "0.1.0")).as_object(); }
};
// The document does not depend on the engine; the routes need a ledger.
INSTANTIATE_TEST_SUITE_P(Engines, OpenApi, ::testing::Values(store::Engine::sqlite),
                         testing::engine_name);

TEST_P(OpenApi, HasEveryRoute) {
    auto all = document();
    EXPECT_EQ(all.at("openapi"), "3.1.0");
    std::size_t operations = 0;
    for (const auto& path : all.at("paths").as_object()) {
        operations += path.value().as_object().size();
    }
    EXPECT_EQ(operations, routes().size());
    for (const Route& route : routes()) {
        SCOPED_TRACE(route.action);
        std::string method(http::to_string(route.method));
        for (char& c : method) c = static_cast<char>(std::tolower(c));
        const auto& operation =
            all.at("paths").at("/api" + std::string(route.path)).at(method).as_object();
        EXPECT_EQ(operation.at("operationId"), json::string_view(route.action));
        EXPECT_EQ(operation.at("x-permission"), json::string_view(route.permission));
        EXPECT_EQ(operation.contains("requestBody"), route.input != nullptr);
        EXPECT_TRUE(operation.at("responses").as_object().contains("200"));
    }
}

TEST_P(OpenApi, EveryReferenceLeadsToAComponent) {
    auto all = document();
    const auto& schemas = all.at("components").at("schemas").as_object();
    std::string text = json::serialize(all);
    std::string start = "#/components/schemas/";
    for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at + 1)) {
        auto name = text.substr(at + start.size(), text.find('"', at) - at - start.size());
        EXPECT_TRUE(schemas.contains(name)) << name;
    }
    EXPECT_TRUE(schemas.contains("BoxPage")) << "found only inside a list";
}

TEST_P(OpenApi, LimitsAreThoseOfTheTypes) {
    auto all = document();
    const auto& box = all.at("components").at("schemas").at("NewBox");
    EXPECT_EQ(box.at("required"), json::parse(R"(["label"])"));
    EXPECT_EQ(box.at("properties").at("label"),
              json::parse(R"({"maxLength":10,"minLength":1,"type":"string"})"));
    EXPECT_EQ(box.at("properties").at("room"),
              json::parse(R"({"format":"int64","maximum":100,"minimum":1,"type":"integer"})"));
    EXPECT_EQ(box.at("additionalProperties"), false);
    const auto& parameters = all.at("paths").at("/api/boxes").at("get").at("parameters").as_array();
    ASSERT_EQ(parameters.size(), 3u);
    EXPECT_EQ(parameters[0].at("schema").at("enum"), json::parse(R"(["green","red"])"));
    EXPECT_EQ(parameters[0].at("required"), true);
    EXPECT_EQ(parameters[1].at("required"), false);
    const auto& id = all.at("paths").at("/api/boxes/{id}").at("get").at("parameters").at(0);
    EXPECT_EQ(id.at("in"), "path");
    EXPECT_EQ(id.at("schema").at("type"), "integer");
}

namespace other {
struct BoxPage {
    bool another = false;
};
BOOST_DESCRIBE_STRUCT(BoxPage, (), (another))
}  // namespace other

TEST_P(OpenApi, TwoTypesOfOneNameAreABrokenInvariant) {
    auto all = routes();
    all.push_back(raw(
        {http::Method::get, "/other", "read_other", nobody_signed_in},
        [](std::shared_ptr<Exchange>) {}, nullptr, &shape_of<other::BoxPage>()));
    EXPECT_THROW(openapi(all, "0.1.0"), BrokenInvariant);
}

}  // namespace
}  // namespace hezhi::api
