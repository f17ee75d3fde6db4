#include "http/problem.h"

#include <algorithm>
#include <string>

#include "base/json.h"

namespace hezhi::http {
namespace {

// Is `tag` ("zh-CN", "zh") of the language `primary`?
bool is_language(std::string_view tag, std::string_view primary) {
    if (tag.size() > primary.size() && tag[primary.size()] != '-') return false;
    return equal_ignoring_case(tag.substr(0, primary.size()), primary);
}

// ";q=0.8" in thousandths; 1000 where no weight is given, 0 where it cannot be read.
int weight_of(std::string_view parameters) {
    auto q = parameters.find("q=");
    if (q == std::string_view::npos) return 1000;
    std::string_view digits = parameters.substr(q + 2);
    if (digits.empty() || (digits[0] != '0' && digits[0] != '1')) return 0;
    int weight = (digits[0] - '0') * 1000;
    int unit = 100;
    for (std::size_t i = 2; i < digits.size() && digits[1] == '.' && unit > 0; ++i, unit /= 10) {
        if (digits[i] < '0' || digits[i] > '9') break;
        weight += (digits[i] - '0') * unit;
    }
    return std::min(weight, 1000);
}

}  // namespace

std::string_view language_of(std::string_view accept_language) {
    int zh = 0;
    int en = 0;
    while (!accept_language.empty()) {
        auto end = std::min(accept_language.find(','), accept_language.size());
        std::string_view entry = accept_language.substr(0, end);
        accept_language.remove_prefix(std::min(end + 1, accept_language.size()));
        while (entry.starts_with(' ')) entry.remove_prefix(1);
        auto semicolon = std::min(entry.find_first_of("; "), entry.size());
        int weight = weight_of(entry.substr(semicolon));
        if (is_language(entry.substr(0, semicolon), "zh")) zh = std::max(zh, weight);
        if (is_language(entry.substr(0, semicolon), "en")) en = std::max(en, weight);
    }
    return en > zh ? "en" : "zh";
}

std::string_view language_of(const Request& request) {
    if (auto lang = request.query_value("lang")) {
        if (is_language(*lang, "en")) return "en";
        if (is_language(*lang, "zh")) return "zh";
    }
    return language_of(request.header("Accept-Language"));
}

Response problem(const Refusal& refusal, std::string_view language) {
    return problem(refusal, language, refusal.row->zh, refusal.row->en);
}

Response problem(const Refusal& refusal, std::string_view language, std::string_view zh,
                 std::string_view en) {
    const RefusalRow& row = *refusal.row;
    JsonWriter json;
    json.begin_object();
    json.key("code");
    json.text(row.code);
    json.key("errors");
    json.begin_array();
    for (const FieldError& error : refusal.fields) {
        json.begin_object();
        json.key("expected_en");
        json.text(error.expected_en);
        json.key("expected_zh");
        json.text(error.expected_zh);
        json.key("field");
        json.text(error.field);
        json.end_object();
    }
    json.end_array();
    json.key("status");
    json.integer(row.http_status);
    json.key("title");
    json.text(language == "en" ? en : zh);
    json.key("title_en");
    json.text(en);
    json.key("title_zh");
    json.text(zh);
    json.key("type");
    json.text("urn:hezhi:problem:" + std::string(row.code));
    json.end_object();

    Response response;
    response.status = row.http_status;
    response.content_type = "application/problem+json";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = json.take();
    return response;
}

}  // namespace hezhi::http
