#include "app/demo/names.h"

#include <algorithm>
#include <vector>

#include "domain/people/id_schemes.h"

namespace hezhi::app {

namespace {

std::string name_abroad(Chance& chance) {
    static const std::vector<std::string> given{
        "Alma",   "Brendan", "Cora",   "Dilip", "Esther", "Farid", "Greta", "Hugh",
        "Ifeoma", "Jonas",   "Katrin", "Liam",  "Mirela", "Noor",  "Owen",  "Petra"};
    static const std::vector<std::string> families{"Ashdown", "Bellweather", "Carrow",  "Dunmore",
                                                   "Ellery",  "Fenwick",     "Garland", "Holloway",
                                                   "Ibekwe",  "Jessop",      "Kirkham", "Larkfield",
                                                   "Marlowe", "Nandi",       "Okafor",  "Penrose"};
    return chance.one_of(given) + " " + chance.one_of(families);
}

}  // namespace

bool is_abroad(const rules::Pack& pack) {
    const std::string& code = pack.phones.country_code;
    return !code.empty() && code != "86";
}

std::string made_up_name(Chance& chance) {
    if (chance.abroad) return name_abroad(chance);
    static const std::vector<std::string> families{
        "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周",   "吴",   "徐",   "孙",
        "胡", "朱", "高", "林", "何", "郭", "马", "罗", "欧阳", "司马", "𬱖", "㐂"};
    static const std::vector<std::string> given{"晓梅", "建国", "秀兰", "志强", "海燕", "文博",
                                                "雨桐", "春华", "思远", "玉珍", "明辉", "丽娜",
                                                "俊杰", "淑芬", "宇航", "佳怡", "德胜", "小满",
                                                "立冬", "青禾", "望舒", "若谷", "知行", "允中"};
    return chance.one_of(families) + chance.one_of(given);
}

std::string made_up_phone(Chance& chance) {
    if (chance.abroad) return "07700900" + std::to_string(100 + chance.below(900));
    return "19000" + std::to_string(100000 + chance.below(900000));
}

std::string made_up_phone_of(const std::string& name, Chance& chance) {
    for (;;) {
        std::string phone = made_up_phone(chance);
        if (chance.given_out->insert(name + " " + phone).second) return phone;
    }
}

std::string made_up_id_number(Chance& chance, std::int64_t first_year, std::int64_t last_year) {
    auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    for (;;) {
        std::string number;
        if (chance.abroad) {
            number = "X" + std::to_string(1000000 + chance.below(9000000));
        } else {
            number = "999999" + std::to_string(chance.between(first_year, last_year)) +
                     two(chance.between(1, 12)) + two(chance.between(1, 28)) +
                     std::to_string(chance.between(100, 999));
            number += people::mod11_2_check_character(number);
        }
        if (chance.given_out->insert(number).second) return number;
    }
}

std::string made_up_id_number(Chance& chance) {
    std::int64_t last = std::min<std::int64_t>(2004, chance.first_year - 21);
    return made_up_id_number(chance, last - 54, last);
}

std::optional<Text<0, 10>> made_up_birth_date(Chance& chance, std::int64_t first_year,
                                              std::int64_t last_year) {
    if (!chance.abroad) return std::nullopt;
    Day first = *parse_day(std::to_string(first_year) + "-01-01");
    Day last = *parse_day(std::to_string(last_year) + "-12-31");
    return Text<0, 10>(to_string(first + static_cast<int>(chance.below(last - first))));
}

std::optional<Text<0, 10>> made_up_birth_date(Chance& chance) {
    std::int64_t last = std::min<std::int64_t>(2004, chance.first_year - 21);
    return made_up_birth_date(chance, last - 54, last);
}

}  // namespace hezhi::app
