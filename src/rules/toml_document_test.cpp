// What is not TOML: the line, and what is said of it in both languages.
#include "rules/toml_document.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "rules/toml_mistakes.h"

namespace hezhi::rules {
namespace {

// Latin letters, but for the names of the two standards.
bool says_it_in_chinese(std::string text) {
    for (std::string name : {"TOML", "UTF-8"}) {
        auto at = text.find(name);
        if (at != std::string::npos) text.erase(at, name.size());
    }
    return !text.empty() && std::ranges::none_of(text, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    });
}

struct MistakeRow {
    std::string text;
    int line;
    const char* zh;
    const char* en;  // a part
};

std::string repeated(int times, const std::string& text) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

TEST(TomlDocument, SaysWhereAndWhatIsNotToml) {
    const MistakeRow rows[] = {
        {"a = 1\nsource = \"平台默认\nb = 2\n", 2, "引号没有在同一行结束，或文字中有控制字符",
         "quotes that close on the same line"},
        {"source = '平台默认\n", 1, "引号没有在同一行结束，或文字中有控制字符",
         "quotes that close on the same line"},
        {"a = 1\nsource = \"平台默认", 2, "引号没有结束", "quotes that close"},
        {"a = 1\nsource = \"\"\"平台默认", 2, "引号没有结束", "quotes that close"},
        {"a = \"1\\d\"\n", 1, "反斜杠之后的写法不对；文字中的反斜杠应写两次", "backslash"},
        {"a = [1, 2\nb = 3\n", 2, "到这里为止方括号没有结束，或各项之间缺逗号", "closing bracket"},
        {"a = [1, 2", 1, "到这里为止方括号没有结束，或各项之间缺逗号", "closing bracket"},
        {"a = { b = 1\nc = 2\n", 1, "花括号没有在同一行结束，或各项之间的逗号不对",
         "closing brace"},
        {"a = 1\n[b\nc = 2\n", 2, "表头应写成 [名称] 或 [[名称]]", "a table header"},
        {"a = 1\n[]\n", 2, "表头应写成 [名称] 或 [[名称]]", "a table header"},
        {"a =\nb = 1\n", 1, "等号之后缺取值", "a value after"},
        {"a 1\n", 1, "键之后应有等号", "an equals sign"},
        {"a..b = 1\n", 1, "键的写法不对：应为英文字母、数字、下划线、连字符，或加引号", "a key of"},
        {"a = 平台默认\n", 1, "取值的写法不对：文字应加引号；也请看前面的括号是否结束",
         "a text in quotes"},
        {"a = today\n", 1, "取值的写法不对：文字应加引号", "a text in quotes"},
        {"a = \"1\" 2\n", 1, "一行之末多了内容；请看引号、括号是否成对", "nothing more"},
        {"a = 1\nb = 2\na = 3\n", 3, "同一个键只能写一次", "a key that stands only once"},
        {"a = 1\nb = 99999999999999999999\n", 2, "数字过大", "64 bits"},
        {"a = 1\nb = 2x\n", 2, "数字的写法不对", "a number of digits"},
        {"a = 2027-02-30\n", 1, "没有这一天，或日期的写法不对：应写成 2026-03-05 的样子",
         "a day that exists"},
        {"a = \"\xFF\"\n", 1, "应为 UTF-8 编码的文字", "text in UTF-8"},
        {"a = 1\nb = " + repeated(33, "[") + repeated(33, "]") + "\n", 2, "括号或键的层数过多",
         "fewer levels"},
        {"a = 1\nb" + repeated(500000, ".b") + " = 1\n", 2, "括号或键的层数过多", "fewer levels"},
        {"[[[", 1, "写法不符合 TOML", "well-formed TOML"},
        {"a = 1\n\n[[[\nb = 1\n", 3, "写法不符合 TOML", "well-formed TOML"},
        {"= 1\n", 1, "这里应为键、表头或注释", "a key, a table header or a comment"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.text.substr(0, 60));
        auto read = parse_toml(row.text, "district/some.toml");
        ASSERT_FALSE(read.has_value());
        const RuleError& error = read.error();
        EXPECT_EQ(error.file, "district/some.toml");
        EXPECT_EQ(error.line, row.line);
        EXPECT_EQ(error.expected_zh, row.zh);
        EXPECT_NE(error.expected_en.find(row.en), std::string::npos) << error.expected_en;
        EXPECT_TRUE(says_it_in_chinese(error.expected_zh)) << error.expected_zh;
    }
}

TEST(TomlDocument, NestsAsDeepAsAnyPackWould) {
    EXPECT_TRUE(parse_toml("a = " + repeated(30, "[") + repeated(30, "]"), "x.toml").has_value());
    EXPECT_TRUE(parse_toml("[a" + repeated(30, ".b") + "]\nc = 1\n", "x.toml").has_value());
}

TEST(TomlMistakes, ThatAreNotKnownAreSaidWithoutTheLibrarysWords) {
    for (const char* description :
         {"", "Error while parsing", "Error while parsing root table", "something else: entirely",
          "Error while parsing comment: control characters other than TAB (U+0009)"}) {
        Words words = words_of_toml_mistake(description);
        EXPECT_TRUE(says_it_in_chinese(words.zh)) << words.zh;
        EXPECT_TRUE(words.en.starts_with("well-formed TOML")) << words.en;
        EXPECT_EQ(words.en.find("U+0009"), std::string::npos);
    }
}

}  // namespace
}  // namespace hezhi::rules
