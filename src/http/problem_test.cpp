#include "http/problem.h"

#include <gtest/gtest.h>

#include <set>

#include "http/refusals.h"
#include "http/response_head.h"

namespace hezhi::http {
namespace {

TEST(Problem, HoldsBothLanguagesAndTheFields) {
    Refusal refusal(hezhi::refusals::invalid_input,
                    {{"/where", "请选择社区", "Choose a community."}});
    Response response = problem(refusal, "en");
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_EQ(response.body,
              "{\"code\":\"invalid_input\",\"errors\":[{\"expected_en\":\"Choose a community.\","
              "\"expected_zh\":\"请选择社区\",\"field\":\"/where\"}],\"status\":422,"
              "\"title\":\"Some of what was entered is not right; see the fields.\","
              "\"title_en\":\"Some of what was entered is not right; see the fields.\","
              "\"title_zh\":\"填写的内容有误，请按提示修改。\","
              "\"type\":\"urn:hezhi:problem:invalid_input\"}");
    EXPECT_NE(problem(refusal, "zh").body.find("\"title\":\"填写"), std::string::npos);
}

TEST(Problem, RefusalsOfTheTransportHaveDistinctCodesAndKnownStatuses) {
    std::set<std::string_view> codes;
    for (const RefusalRow* row : refusals::all) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_FALSE(reason_phrase(row->http_status).empty()) << row->code;
        EXPECT_FALSE(row->zh.empty());
        EXPECT_FALSE(row->en.empty());
    }
}

TEST(Language, ChineseFirstUnlessEnglishWeighsMore) {
    struct Row {
        const char* accept;
        const char* language;
    };
    for (const Row& row : {Row{"", "zh"}, Row{"en", "en"}, Row{"en-GB,en;q=0.9", "en"},
                           Row{"zh-CN,zh;q=0.9,en;q=0.8", "zh"}, Row{"en;q=0.9, zh;q=0.9", "zh"},
                           Row{"de, en;q=0.1", "en"}, Row{"en;q=0", "zh"}, Row{"english", "zh"},
                           Row{"en;q=x", "zh"}, Row{",;,", "zh"}}) {
        EXPECT_EQ(language_of(std::string_view(row.accept)), row.language) << row.accept;
    }
}

TEST(Language, ParameterGoesBeforeTheHeader) {
    Request request;
    request.headers.add("accept-language", "en");
    EXPECT_EQ(language_of(request), "en");
    request.query.emplace_back("lang", "zh-CN");
    EXPECT_EQ(language_of(request), "zh");
    request.query[0].second = "fr";
    EXPECT_EQ(language_of(request), "en");
}

}  // namespace
}  // namespace hezhi::http
