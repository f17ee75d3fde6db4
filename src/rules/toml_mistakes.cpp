#include "rules/toml_mistakes.h"

#include <algorithm>
#include <iterator>

namespace hezhi::rules {
namespace {

// The first row holds whose parts both stand in what the library says.
struct TomlMistake {
    std::string_view parsing;  // what it was at: "string", "literal string", "array"
    std::string_view says;
    std::string_view zh;
    std::string_view en;
};

constexpr std::string_view no_toml_zh = "写法不符合 TOML";
constexpr std::string_view no_toml_en = "well-formed TOML";
constexpr std::string_view deep_zh = "括号或键的层数过多";
constexpr std::string_view deep_en = "brackets and keys of fewer levels";

constexpr TomlMistake toml_mistakes[] = {
    {"", "cannot redefine", "同一个键只能写一次", "a key that stands only once"},
    {"", "cannot insert", "同一个键只能写一次", "a key that stands only once"},
    {"", "expected a comment or whitespace", "一行之末多了内容；请看引号、括号是否成对",
     "nothing more on the line, and quotes and brackets in pairs"},
    {"", "exceeded maximum nested", deep_zh, deep_en},
    {"", "not representable", "数字过大", "a number within 64 bits"},
    {"", "exceeds length limit", "数字过大", "a number within 64 bits"},
    {"", "too long to identify", "数字过大", "a number within 64 bits"},
    {"string", "end-of-file", "引号没有结束", "quotes that close"},
    {"string", "control characters", "引号没有在同一行结束，或文字中有控制字符",
     "quotes that close on the same line, and no control characters between them"},
    {"unicode", "", "反斜杠之后的写法不对；文字中的反斜杠应写两次",
     "a known letter after the backslash, or two of them"},
    {"string", "escape", "反斜杠之后的写法不对；文字中的反斜杠应写两次",
     "a known letter after the backslash, or two of them"},
    {"array", "", "到这里为止方括号没有结束，或各项之间缺逗号",
     "commas between the items and a closing bracket before this place"},
    {"inline table", "", "花括号没有在同一行结束，或各项之间的逗号不对",
     "commas between the items and a closing brace on the same line"},
    {"table header", "", "表头应写成 [名称] 或 [[名称]]",
     "a table header such as [name] or [[name]]"},
    {"key-value pair", "expected '='", "键之后应有等号", "an equals sign after the key"},
    {"key-value pair", "", "等号之后缺取值", "a value after the equals sign"},
    {"key", "", "键的写法不对：应为英文字母、数字、下划线、连字符，或加引号",
     "a key of letters, digits, underscores and hyphens, or in quotes"},
    {"date", "", "没有这一天，或日期的写法不对：应写成 2026-03-05 的样子",
     "a day that exists, such as 2026-03-05"},
    {"time", "", "没有这一时刻，或时间的写法不对", "a time that exists, such as 08:30:00"},
    {"integer", "", "数字的写法不对", "a number of digits only"},
    {"floating-point", "", "数字的写法不对，或文字没有加引号",
     "a number of digits only, or a text in quotes"},
    {"boolean", "", "取值的写法不对：文字应加引号", "a text in quotes"},
    {"value", "", "取值的写法不对：文字应加引号；也请看前面的括号是否结束",
     "a text in quotes, and brackets before it that close"},
    {"root table", "", "这里应为键、表头或注释", "a key, a table header or a comment"},
};

// Said without anything that it was at.
constexpr TomlMistake not_utf8{"", "utf-8", "应为 UTF-8 编码的文字", "text in UTF-8"};

Words words_of(std::string_view zh, std::string_view en) {
    std::string expected(no_toml_en);
    return {std::string(zh), expected + ": " + std::string(en)};
}

}  // namespace

Words words_of_toml_mistake(std::string_view description) {
    constexpr std::string_view begins = "Error while parsing ";
    if (!description.starts_with(begins)) {
        bool encoded = description.find(not_utf8.says) == std::string_view::npos;
        return encoded ? words_of_other_toml() : words_of(not_utf8.zh, not_utf8.en);
    }
    description.remove_prefix(begins.size());
    auto colon = std::min(description.find(':'), description.size());
    std::string_view parsing = description.substr(0, colon), says = description.substr(colon);
    auto found = std::ranges::find_if(toml_mistakes, [&](const TomlMistake& row) {
        return parsing.find(row.parsing) != std::string_view::npos &&
               says.find(row.says) != std::string_view::npos;
    });
    if (found == std::end(toml_mistakes)) return words_of_other_toml();
    return words_of(found->zh, found->en);
}

Words words_of_other_toml() {
    return {std::string(no_toml_zh), std::string(no_toml_en)};
}

Words words_of_deep_toml() {
    return words_of(deep_zh, deep_en);
}

}  // namespace hezhi::rules
