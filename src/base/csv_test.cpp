#include "base/csv.h"

#include <gtest/gtest.h>

namespace hezhi {
namespace {

using Cells = std::vector<std::string>;

TEST(Csv, ReadsQuotesCommasAndLineEndsInsideCells) {
    CsvReader reader(
        "\xEF\xBB\xBF"
        "a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\n\nlast,");
    auto row = reader.next();
    EXPECT_EQ(row->cells, (Cells{"a", "b"}));
    row = reader.next();
    EXPECT_EQ(row->cells, (Cells{"x, \"y\"", "two\nlines"}));
    EXPECT_EQ(row->line, 2);
    row = reader.next();
    EXPECT_EQ(row->cells, (Cells{"last", ""}));
    EXPECT_EQ(row->line, 5);
    EXPECT_TRUE(row->sound);
    EXPECT_FALSE(reader.next());
}

TEST(Csv, TellsOfQuotationMarksThatStandWrong) {
    EXPECT_FALSE(CsvReader("a\"b,c\n").next()->sound);
    EXPECT_FALSE(CsvReader("\"never closed,c\n").next()->sound);
    EXPECT_FALSE(CsvReader("\"a\"b,c\n").next()->sound);
    EXPECT_TRUE(CsvReader("\"a\" ,c\r\n").next()->sound);
    EXPECT_TRUE(CsvReader("\"a\",c\n").next()->sound);
}

TEST(Csv, WritesWhatItReads) {
    Cells cells{"plain", "with, comma", "with \"marks\"", "two\nlines", ""};
    auto line = csv_line(cells);
    EXPECT_EQ(CsvReader(line).next()->cells, cells);
}

TEST(Csv, GuardsCellsThatASpreadsheetWouldRun) {
    EXPECT_EQ(guard_formula("=1+1"), "'=1+1");
    EXPECT_EQ(guard_formula("@SUM(A1)"), "'@SUM(A1)");
    EXPECT_EQ(guard_formula("-3"), "'-3");
    EXPECT_EQ(guard_formula("+86"), "'+86");
    EXPECT_EQ(guard_formula("已办结"), "已办结");
    EXPECT_EQ(guard_formula(""), "");
}

TEST(Csv, FilesAreUtf8OrGb18030) {
    EXPECT_EQ(decode_file("\xEF\xBB\xBF"
                          "工单"),
              "工单");
    EXPECT_EQ(decode_file("\xB9\xA4\xB5\xA5"), "工单");
    // Four bytes, of a name's rare character.
    EXPECT_EQ(decode_file("\x81\x39\xEF\x31\xB9\xA4"), "㐂工");
    EXPECT_FALSE(decode_file("\xFF\xFF\xFF"));
}

}  // namespace
}  // namespace hezhi
