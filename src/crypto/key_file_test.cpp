#include "crypto/key_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "base/assert.h"

namespace hezhi::crypto {
namespace {

namespace fs = std::filesystem;

class KeyFile : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "hezhi-keys-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        path = folder / "master.keys";
    }
    void TearDown() override { fs::remove_all(folder); }

    void write(const std::string& text) const {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
        ::chmod(path.c_str(), 0600);
    }
    std::string read() const {
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        return text.str();
    }
    std::string code_of_load() const {
        auto keys = load_key_file(path);
        return keys ? "loaded" : std::string(keys.error().row->code);
    }

    fs::path folder, path;
    SeededRandom random{3};
};

std::string key_line(std::uint8_t filling) {
    Bytes key(master_key_size, filling);
    return "key " + to_string(id_of_key(key)) + " " + to_hex(key) + "\n";
}

TEST_F(KeyFile, IsMadeOnceForItsOwnerOnly) {
    auto made = create_key_file(path, random);
    ASSERT_TRUE(made);
    struct stat about {};
    ASSERT_EQ(::stat(path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 07777, 0600u);

    auto loaded = load_key_file(path);
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->id(0), made->id(0));
    EXPECT_TRUE(loaded->matches(made->key_check()));

    std::string before = read();
    auto again = create_key_file(path, random);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().row->code, "key_file_exists");
    EXPECT_EQ(read(), before);
}

TEST_F(KeyFile, IsRefusedWithTheSystemsReasonWhereItCannotBe) {
    auto made = create_key_file(folder / "no such folder" / "keys", random);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().row->code, "key_file_not_written");
    EXPECT_NE(made.error().fields.at(0).field.find("no such folder"), std::string::npos);
    EXPECT_EQ(code_of_load(), "key_file_missing");
    fs::create_directory(path);
    ::chmod(path.c_str(), 0700);
    EXPECT_EQ(code_of_load(), "key_file_not_readable");
}

TEST_F(KeyFile, IsRefusedWhenOthersMayTouchIt) {
    ASSERT_TRUE(create_key_file(path, random));
    for (mode_t mode : {0644u, 0640u, 0620u, 0601u}) {
        ::chmod(path.c_str(), mode);
        EXPECT_EQ(code_of_load(), "key_file_too_open") << std::oct << mode;
    }
    for (mode_t mode : {0600u, 0400u}) {
        ::chmod(path.c_str(), mode);
        EXPECT_EQ(code_of_load(), "loaded") << std::oct << mode;
    }
}

TEST_F(KeyFile, IsRefusedWhenDamaged) {
    const std::string head = "hezhi-master-keys 1\n";
    const std::string one = key_line(1), two = key_line(2);
    std::string mistyped = one;
    mistyped[20] = mistyped[20] == '5' ? '6' : '5';
    const std::string damaged[] = {
        "",
        "\n# only a remark\n",
        head,
        head + "end 0\n",
        head + one,                    // cut off before its end
        head + one + "end 2\n",        // a key went missing
        head + one + two + "end 1\n",  // a key came in
        head + one + one + "end 2\n",  // one key twice
        head + mistyped + "end 1\n",
        head + one.substr(0, 40) + "\nend 1\n",
        head + "key\nend 1\n",
        head + one + "end 1\n" + two,  // something after the end
        "hezhi-master-keys 2\n" + one + "end 1\n",
        one + "end 1\n",
        head + one + "end 1\n" + std::string(70'000, '#'),
        std::string("\0\xFF\x01", 3),
    };
    for (const std::string& text : damaged) {
        write(text);
        EXPECT_EQ(code_of_load(), "key_file_damaged") << text.substr(0, 200);
    }
}

TEST_F(KeyFile, NamesTheDamagedLine) {
    write("# remark\nhezhi-master-keys 1\n" + key_line(1) + "kye\nend 1\n");
    auto keys = load_key_file(path);
    ASSERT_FALSE(keys);
    EXPECT_NE(keys.error().fields.at(0).expected_en.find("line 4"), std::string::npos);
    EXPECT_NE(keys.error().fields.at(0).expected_zh.find("第 4 行"), std::string::npos);
}

TEST_F(KeyFile, MayHoldSeveralKeysAndWindowsLineEnds) {
    std::string text = "hezhi-master-keys 1\n" + key_line(1) + "\n" + key_line(2) + "end 2\n";
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
        text.insert(at, 1, '\r');
    }
    write(text);
    auto keys = load_key_file(path);
    ASSERT_TRUE(keys);
    EXPECT_EQ(keys->count(), 2u);
    EXPECT_EQ(keys->id(keys->newest()), id_of_key(Bytes(master_key_size, 2)));
}

TEST_F(KeyFile, WarningNamesTheFileInBothLanguages) {
    auto warning = key_file_warning(path);
    EXPECT_NE(warning.zh.find(path.string()), std::string::npos);
    EXPECT_NE(warning.zh.find("备份"), std::string::npos);
    EXPECT_NE(warning.en.find(path.string()), std::string::npos);
}

MasterKeys keys_from(std::initializer_list<std::uint8_t> fillings) {
    std::vector<Secret> keys;
    for (std::uint8_t filling : fillings) keys.emplace_back(Bytes(master_key_size, filling));
    return MasterKeys(std::move(keys));
}

TEST(KeyCheck, TellsTheKeysThatADatabaseNeeds) {
    const std::string one = keys_from({1}).key_check();
    const std::string both = keys_from({1, 2}).key_check();
    EXPECT_EQ(one.size(), 32u);
    EXPECT_TRUE(keys_from({1}).matches(one));
    EXPECT_TRUE(keys_from({1, 2}).matches(both));
    EXPECT_TRUE(keys_from({1, 2}).matches(one)) << "a newer key does no harm";
    EXPECT_FALSE(keys_from({1}).matches(both)) << "an old copy lacks the newest key";
    EXPECT_FALSE(keys_from({2}).matches(both)) << "the oldest key is gone";
    EXPECT_FALSE(keys_from({2, 1}).matches(both)) << "the order says which is newest";
    EXPECT_FALSE(keys_from({3}).matches(one));
    EXPECT_FALSE(keys_from({1}).matches(""));
}

TEST(MasterKeys, AreAsserted) {
    EXPECT_THROW(keys_from({}), BrokenInvariant);
    EXPECT_THROW(keys_from({1, 1}), BrokenInvariant);
    std::vector<Secret> short_key;
    short_key.emplace_back(Bytes(16, 1));
    EXPECT_THROW(MasterKeys(std::move(short_key)), BrokenInvariant);
}

}  // namespace
}  // namespace hezhi::crypto
