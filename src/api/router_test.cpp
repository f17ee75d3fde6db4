// From a request to its route: who may come in, what is read of it, what is refused.
#include "api/router.h"

#include <gmock/gmock.h>

#include "api/test_router.h"

namespace hezhi::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Routing : public BoxRoutes {};
HEZHI_ON_BOTH_ENGINES(Routing);

TEST_P(Routing, ARecordIsReadById) {
    auto id = open_box("甲", 5);
    auto answer = get("/api/boxes/" + std::to_string(id));
    EXPECT_EQ(answer->status(), 200);
    EXPECT_EQ(answer->wait().content_type, "application/json");
    EXPECT_EQ(answer->header("Cache-Control"), "no-store");
    EXPECT_EQ(answer->wait().body, R"({"amount":0,"id":1,"label":"甲","room":5})");
}

TEST_P(Routing, LiteralSegmentsWinOverCaptures) {
    EXPECT_EQ(get("/api/boxes/mine")->json().at("limit"), -1);
}

TEST_P(Routing, WhatIsNotThereIs404) {
    open_box("a");
    for (auto path :
         {"/api", "/api/", "/apiboxes", "/apix/boxes", "/api/nothing", "/api/boxes/",
          "/api/boxes/1/", "/api/boxes/1/2", "/api/boxes/99", "/api/boxes/0", "/api/boxes/-1",
          "/api/boxes/x", "/api/boxes/1x", "/api/boxes/ 1", "/api/boxes/99999999999999999999"}) {
        auto answer = get(path);
        EXPECT_EQ(answer->status(), 404) << path;
        EXPECT_EQ(answer->code(), "not_found") << path;
    }
}

TEST_P(Routing, ASlashAtTheEndNamesNoRecord) {
    EXPECT_EQ(send(http::Method::put, "/api/boxes//place")->status(), 404);
    EXPECT_EQ(post("/api/links//filling", R"({"amount":1})", {""})->status(), 404);
    EXPECT_EQ(send(http::Method::delete_, "/api/boxes/")->status(), 404) << "not 405";
}

TEST_P(Routing, WhatIsOutsideOnesScopeLooksLikeWhatIsNotThere) {
    open_box("a");
    auto foreign = get("/api/boxes/1", {"3"});
    auto missing = get("/api/boxes/99", {"3"});
    EXPECT_EQ(foreign->status(), 404);
    EXPECT_EQ(foreign->wait().body, missing->wait().body);
}

TEST_P(Routing, AnotherMethodIs405WithThoseThatAre) {
    auto answer = send(http::Method::delete_, "/api/boxes");
    EXPECT_EQ(answer->status(), 405);
    EXPECT_EQ(answer->header("Allow"), "GET, HEAD, POST");
    EXPECT_EQ(get("/api/boxes/1/filling")->status(), 405);
    EXPECT_EQ(get("/api/boxes/1/filling")->header("Allow"), "POST");
}

TEST_P(Routing, HeadIsReadAsGet) {
    open_box("a");
    EXPECT_EQ(send(http::Method::head, "/api/boxes/1")->status(), 200);
}

TEST_P(Routing, OfficeRoutesDoNotExistOnThePublicListener) {
    Ask outside{"1", Audience::everyone};
    open_box("a", 9);
    EXPECT_EQ(get("/api/boxes/1", outside)->status(), 404);
    EXPECT_EQ(post("/api/boxes", R"({"label":"a"})", outside)->status(), 404);
    EXPECT_EQ(send(http::Method::delete_, "/api/boxes", "", outside)->status(), 404)
        << "not 405: that would tell that it exists";
    outside.account = "";
    EXPECT_EQ(get("/api/notice", outside)->status(), 200);
    EXPECT_EQ(post("/api/links/1/filling", R"({"amount":1})", outside)->status(), 200);
    EXPECT_EQ(get("/api/notice", {""})->status(), 200) << "the office has all routes";
}

TEST_P(Routing, SignInComesBeforePermissionAndPermissionBeforeInput) {
    auto nobody = post("/api/boxes", "not json", {""});
    EXPECT_EQ(nobody->status(), 401);
    EXPECT_EQ(nobody->code(), "sign_in_required");
    auto powerless = post("/api/boxes", "not json", {"2"});
    EXPECT_EQ(powerless->status(), 403);
    EXPECT_EQ(powerless->code(), "not_permitted");
    EXPECT_EQ(get("/api/boxes?colour=red", {"2"})->status(), 200) << "every account may";
    EXPECT_EQ(get("/api/boxes?colour=red", {""})->status(), 401);
    EXPECT_EQ(runs, 0);
}

TEST_P(Routing, AWriteFromAnotherSitesPageIsRefused) {
    auto from = [&](std::string origin) {
        return post("/api/boxes", R"({"label":"a"})",
                    {"1", Audience::office, {{"Origin", std::move(origin)}}})
            ->status();
    };
    EXPECT_EQ(from("https://evil.test"), 403);
    EXPECT_EQ(from("null"), 403);
    EXPECT_EQ(from("https://hezhi.test.evil.test"), 403);
    EXPECT_EQ(from("https://hezhi.test:8443"), 403);
    EXPECT_EQ(runs, 0);
    EXPECT_EQ(from("https://hezhi.test"), 200);
    EXPECT_EQ(
        get("/api/boxes/1", {"1", Audience::office, {{"Origin", "https://evil.test"}}})->status(),
        200)
        << "a read changes nothing";
}

TEST_P(Routing, InputIsReadByItsTypeWithEveryWrongFieldNamed) {
    auto answer = post("/api/boxes", R"({"label":"","room":101,"odd":1})");
    EXPECT_EQ(answer->status(), 422);
    EXPECT_EQ(answer->code(), "invalid_input");
    EXPECT_THAT(answer->fields(), ElementsAre("/label", "/room", "/odd"));
    EXPECT_THAT(post("/api/boxes", "")->fields(), ElementsAre("/label"));
    EXPECT_THAT(post("/api/boxes", "{")->fields(), ElementsAre(""));
    EXPECT_THAT(post("/api/boxes", "[]")->fields(), ElementsAre(""));
    EXPECT_THAT(post("/api/boxes", "{\"label\":\"\xff\"}")->fields(), ElementsAre(""));
    EXPECT_EQ(runs, 0);
    EXPECT_EQ(count("journal"), 0);
    EXPECT_EQ(post("/api/boxes", R"({"label":"  甲 "})")->json().at("label"), "甲");
}

TEST_P(Routing, ABodyThatIsNotJsonIs415) {
    auto made = request(http::Method::post, "/api/boxes", "", {"1"});
    made.body = R"({"label":"a"})";
    made.headers.add("Content-Type", "text/plain");
    auto answers = std::make_shared<Answers>();
    router->handle(std::move(made), http::Reply(answers), Audience::office);
    EXPECT_EQ(answers->status(), 415);
    EXPECT_EQ(runs, 0);
}

TEST_P(Routing, QueryParametersAreReadByTheirTypes) {
    EXPECT_EQ(get("/api/boxes?colour=red&limit=7")->json().at("limit"), 7);
    EXPECT_EQ(get("/api/boxes?colour=red&lang=en")->json().at("limit"), 50);
    EXPECT_EQ(get("/api/boxes?colour=red&limit=")->json().at("limit"), 50);
    EXPECT_EQ(get("/api/boxes?colour=red&cursor= ")->status(), 200) << "nothing was asked";
    EXPECT_THAT(get("/api/boxes?colour= ")->fields(), ElementsAre("/colour"));
    EXPECT_THAT(get("/api/boxes?colour=red&odd=1")->fields(), ElementsAre("/odd"));
    EXPECT_THAT(get("/api/boxes?colour=blue&limit=101")->fields(),
                ElementsAre("/colour", "/limit"));
    EXPECT_THAT(get("/api/boxes?colour=red&cursor=x")->fields(), ElementsAre("/cursor"));
    EXPECT_THAT(get("/api/boxes")->fields(), ElementsAre("/colour"));
    EXPECT_THAT(get("/api/boxes?colour=")->fields(), ElementsAre("/colour"));
    EXPECT_THAT(get("/api/boxes/mine?id=1")->fields(), ElementsAre("/id"));
}

TEST_P(Routing, ARefusalIsAProblemDocumentInTheReadersLanguage) {
    open_box("a", 1);
    auto zh = post("/api/boxes/1/filling", R"({"amount":2})");
    EXPECT_EQ(zh->status(), 409);
    EXPECT_EQ(zh->wait().content_type, "application/problem+json");
    EXPECT_EQ(zh->code(), "box_full");
    EXPECT_EQ(zh->json().at("title"), "箱子已满。");
    EXPECT_EQ(zh->json().at("title_en"), "The box is full.");
    auto en = post("/api/boxes/1/filling", R"({"amount":2})",
                   {"1", Audience::office, {{"Accept-Language", "en-GB,zh;q=0.5"}}});
    EXPECT_EQ(en->json().at("title"), "The box is full.");
    EXPECT_EQ(count("journal"), 1);
}

TEST_P(Routing, AnExceptionIsA500WithoutDetailAndIsLogged) {
    for (auto answer :
         {get("/api/broken"), post("/api/broken", "{}"), post("/api/unrenderable", "{}")}) {
        EXPECT_EQ(answer->status(), 500);
        EXPECT_EQ(answer->code(), "internal_error");
        EXPECT_THAT(answer->wait().body, Not(HasSubstr("secret")));
        EXPECT_EQ(answer->count(), 1u);
    }
    EXPECT_THAT(lines.str(), HasSubstr("read_broken"));
    EXPECT_THAT(lines.str(), HasSubstr("break_box"));
    EXPECT_THAT(lines.str(), HasSubstr("open_unrenderable"));
    EXPECT_THAT(lines.str(), Not(HasSubstr("secret")));
    EXPECT_EQ(count("journal"), 1) << "only what could not be shown was done";
}

TEST_P(Routing, EachAnswerIsCountedByItsRoute) {
    open_box("a");
    get("/api/boxes/1");
    get("/api/boxes/99");
    get("/api/nothing");
    post("/api/dropped", "");
    auto text = metrics.exposition();
    EXPECT_THAT(text, HasSubstr(R"(requests_total{route="GET /boxes/{id}",status="2xx"} 1)"));
    EXPECT_THAT(text, HasSubstr(R"(requests_total{route="GET /boxes/{id}",status="4xx"} 1)"));
    EXPECT_THAT(text, HasSubstr(R"(requests_total{route="POST /dropped",status="5xx"} 1)"));
    EXPECT_THAT(text, HasSubstr(R"(request_seconds_count{route="GET /boxes/{id}"} 2)"));
}

TEST_P(Routing, TwoRoutesForOnePathAreABrokenInvariant) {
    auto make = [&](const char* path) {
        auto all = routes();
        all.push_back(raw({http::Method::get, path, "again", nobody_signed_in},
                          [](std::shared_ptr<Exchange>) {}));
        return Router(
            std::move(all), *ledger, [](const http::Request&) { return nullptr; }, metrics, log);
    };
    EXPECT_THROW(make("/boxes/mine"), BrokenInvariant);
    EXPECT_THROW(make("/boxes/{other}"), BrokenInvariant);
    EXPECT_NO_THROW(make("/boxes/{id}/other"));
}

}  // namespace
}  // namespace hezhi::api
