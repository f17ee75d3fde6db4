// No number here belongs to anybody: the area codes 000000 and 999999 were never assigned, and
// check digits are computed in the test.
#include "domain/people/id_schemes.h"

#include <gtest/gtest.h>

#include "base/assert.h"
#include "rules/pack_reader.h"

namespace hezhi::people {
namespace {

const Day today = parse_day("2026-03-05").value();

rules::IdScheme resident_scheme() {
    rules::IdScheme scheme;
    scheme.key = "resident_id";
    scheme.pattern = "[0-9]{17}[0-9X]";
    scheme.check_digit = rules::CheckDigit::iso7064_mod11_2;
    scheme.birth_date_at = 6;
    return scheme;
}

rules::IdScheme passport_scheme() {
    rules::IdScheme scheme;
    scheme.key = "passport";
    scheme.pattern = "[A-Z0-9]{5,20}";
    return scheme;
}

// The weights of GB 11643, written out: another way to the check digit than the code takes.
std::string with_check_digit(const std::string& digits) {
    constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < std::size(weights); ++i) sum += (digits.at(i) - '0') * weights[i];
    return digits + "10X98765432"[sum % 11];
}

// One sequence in eleven has the check character X.
std::string number_that_ends_in_x() {
    for (int sequence = 100; sequence < 200; ++sequence) {
        std::string number = with_check_digit("00000019900101" + std::to_string(sequence));
        if (number.back() == 'X') return number;
    }
    return {};
}

std::string outcome(const rules::IdScheme& scheme, std::string_view typed) {
    auto number = normalise_id_number(scheme, typed, today);
    return number ? *number : std::string(number.error().row->code);
}

TEST(CheckCharacter, IsThatOfTheWeightsForEverySequence) {
    std::string last_characters;
    for (int sequence = 0; sequence < 1000; ++sequence) {
        std::string digits = "00000020000229" + std::to_string(1000 + sequence).substr(1);
        std::string number = with_check_digit(digits);
        EXPECT_EQ(mod11_2_check_character(digits), number.back()) << digits;
        if (last_characters.find(number.back()) == std::string::npos) {
            last_characters += number.back();
        }
    }
    EXPECT_EQ(last_characters.size(), 11u) << "X and all digits came up";
    EXPECT_THROW(mod11_2_check_character("12a"), BrokenInvariant);
}

TEST(ResidentNumber, IsBroughtIntoOneSpelling) {
    const std::string number = number_that_ends_in_x();
    const std::string start = number.substr(0, 17);
    for (const std::string& typed :
         {number, start + "x", " " + number + " ", start + "Ｘ", start + "ｘ",
          number.substr(0, 6) + " " + number.substr(6, 8) + "-" + number.substr(14)}) {
        EXPECT_EQ(outcome(resident_scheme(), typed), number) << typed;
    }
}

TEST(ResidentNumber, IsRefusedForWhatIsWrongWithIt) {
    std::string good = with_check_digit("99999920000229012");
    std::string one_wrong = good;
    one_wrong[16] = one_wrong[16] == '9' ? '0' : static_cast<char>(one_wrong[16] + 1);
    std::string two_swapped = good;  // 1 and 2 of "012"
    std::swap(two_swapped[15], two_swapped[16]);
    struct Row {
        std::string typed;
        std::string expected;
    };
    const Row rows[] = {
        {good, good},
        {one_wrong, "id_number_check_digit_wrong"},
        {two_swapped, "id_number_check_digit_wrong"},
        {"000000900101001", "id_number_old_form"},
        {"", "id_number_malformed"},
        {good.substr(1), "id_number_malformed"},
        {good + "0", "id_number_malformed"},
        {"O" + good.substr(1), "id_number_malformed"},
        {std::string(10'000, '1'), "id_number_malformed"},
        {std::string("\0", 1) + good.substr(1), "id_number_malformed"},
        {with_check_digit("00000019990229001"), "id_number_birth_date_impossible"},
        {with_check_digit("00000019991301001"), "id_number_birth_date_impossible"},
        {with_check_digit("00000019990001001"), "id_number_birth_date_impossible"},
        {with_check_digit("00000020260306001"), "id_number_birth_date_impossible"},
        {with_check_digit("00000020260305001"), with_check_digit("00000020260305001")},
        {with_check_digit("00000018700101001"), "id_number_birth_date_impossible"},
        {with_check_digit("00000000000000001"), "id_number_birth_date_impossible"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(outcome(resident_scheme(), row.typed), row.expected) << row.typed.substr(0, 40);
    }
}

TEST(ResidentNumber, EveryWrongDigitIsNoticed) {
    const std::string good = with_check_digit("00000019850615123");
    for (std::size_t at = 0; at < 17; ++at) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            if (digit == good[at]) continue;
            std::string wrong = good;
            wrong[at] = digit;
            EXPECT_EQ(outcome(resident_scheme(), wrong), "id_number_check_digit_wrong") << wrong;
        }
    }
}

TEST(ResidentNumber, HoldsTheBirthDate) {
    EXPECT_EQ(birth_date(resident_scheme(), with_check_digit("00000019850615123")),
              parse_day("1985-06-15"));
    EXPECT_FALSE(birth_date(resident_scheme(), "0000001985"));
    EXPECT_FALSE(birth_date(passport_scheme(), "00000019850615123X"));
}

TEST(OtherSchemes, AreReadByTheirPatternAlone) {
    EXPECT_EQ(outcome(passport_scheme(), " ab 000-0000 "), "AB0000000");
    EXPECT_EQ(outcome(passport_scheme(), "000000900101001"), "000000900101001");
    EXPECT_EQ(outcome(passport_scheme(), "护照"), "id_number_malformed");
    rules::IdScheme none;
    none.key = "none";
    EXPECT_EQ(outcome(none, ""), "");
    EXPECT_EQ(outcome(none, "1"), "id_number_malformed");
}

TEST(BasePack, SchemesReadTheDocumentsThatTheyName) {
    auto pack = rules::read_pack_folder("packs/base");
    ASSERT_TRUE(pack) << to_string(pack.error().at(0));
    struct Row {
        const char* scheme;
        std::string typed;
        std::string expected;
    };
    const std::string resident = with_check_digit("99999919850615123");
    const std::string permit = with_check_digit("83000019850615123");
    const Row rows[] = {
        {"resident_id", resident, resident},
        {"resident_id", "999999850615123", "id_number_old_form"},
        {"residence_permit", permit, permit},
        {"residence_permit", resident, "id_number_malformed"},
        {"hk_macau_permit", "h0000 0000", "H00000000"},
        {"taiwan_permit", "0000-0000", "00000000"},
        {"passport", "ab0000000", "AB0000000"},
        {"none", "", ""},
        {"none", "AB0000000", "id_number_malformed"},
    };
    for (const Row& row : rows) {
        const rules::IdScheme* scheme = pack->id_scheme(row.scheme);
        ASSERT_NE(scheme, nullptr) << row.scheme;
        EXPECT_EQ(outcome(*scheme, row.typed), row.expected) << row.scheme << " " << row.typed;
    }
}

}  // namespace
}  // namespace hezhi::people
