#include "app/demo/people_of_demo.h"

#include "crypto/password.h"
#include "domain/people/id_schemes.h"
#include "facts/standing_facts.h"

namespace hezhi::app {
namespace {

constexpr std::string_view demo_password = "hezhi-demo-1";
constexpr std::string_view demo_pin = "135790";

template <class T>
T must(Result<T> result) {
    if (result) return std::move(*result);
    std::string what(result.error().row->en);
    for (const auto& field : result.error().fields) what += " " + field.field;
    throw CannotOpen(what);
}

struct StaffRow {
    std::string_view role;
    std::string_view username;
    std::string_view kind;  // of the area at which the role is held; empty: everywhere
    std::string_view page;
};

constexpr StaffRow staff_rows[] = {
    {"grid_worker", "wangge", "community", "phone"},
    {"community_worker", "shequ", "community", "console"},
    {"social_worker", "shegong", "subdistrict", "console"},
    {"street_staff", "jiezhen", "subdistrict", "console"},
    {"district_officer", "quji", "district", "console"},
    {"system_administrator", "xitong", "", "console"},
    {"security_administrator", "anquan", "", "console"},
    {"auditor", "shenji", "", "console"},
};

// One subdistrict of the district with its communities: where the demonstration happens.
struct Stage {
    const areas::AreaState* district;
    const areas::AreaState* subdistrict;
    std::vector<AreaId> communities;
};

Stage choose_stage(const areas::Areas& areas, const std::string& code) {
    const areas::AreaState* district = areas.find_code(code);
    if (!district || areas.children(district->id).empty()) {
        throw CannotOpen("没有代码为 " + code + " 的区。 There is no district with the code " +
                         code + ".");
    }
    // The subdistrict whose number of communities is nearest to a dozen: not a huge one.
    const areas::AreaState* best = nullptr;
    auto distance = [&](const areas::AreaState& area) {
        return std::abs(static_cast<int>(areas.children(area.id).size()) - 12);
    };
    for (AreaId id : areas.children(district->id)) {
        const areas::AreaState* area = areas.find(id);
        if (!best || distance(*area) < distance(*best)) best = area;
    }
    return {district, best, areas.children(best->id)};
}

const areas::AreaState* area_for(const Stage& stage, const areas::Areas& areas,
                                 std::string_view kind) {
    if (kind == "district") return stage.district;
    if (kind == "subdistrict") return stage.subdistrict;
    if (kind == "community") return areas.find(stage.communities.front());
    return nullptr;
}

}  // namespace

std::string made_up_name(Chance& chance) {
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
    std::string digits = std::to_string(10000 + chance.below(90000));
    return "190000" + digits;
}

// A well-formed number of a division that does not exist (999999), so that it is nobody's.
std::string made_up_id_number(Chance& chance) {
    auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    std::string digits = "999999" + std::to_string(chance.between(1950, 2004)) +
                         two(chance.between(1, 12)) + two(chance.between(1, 28)) +
                         std::to_string(chance.between(100, 999));
    return digits + people::mod11_2_check_character(digits);
}

DemoPeople settle(Installation& installation, const accounts::AccountDesk& desk,
                  const DemoSettings& settings, Chance& chance) {
    journal::Ledger& ledger = installation.ledger();
    auto areas = installation.tree().now();
    Stage stage = choose_stage(*areas, settings.area_code);
    DemoPeople made;
    made.communities = stage.communities;
    std::string hash = crypto::hash_password(demo_password, crypto::PasswordCost{});
    std::string pin_hash = crypto::hash_password(demo_pin, crypto::PasswordCost{});
    Instant checks_valid = ledger.clock().now() + std::chrono::days(365);
    for (const StaffRow& row : staff_rows) {
        std::string name = made_up_name(chance);
        const areas::AreaState* area = area_for(stage, *areas, row.kind);
        AccountId account(must(ledger.act<std::int64_t>([&](journal::Turn& turn) {
            return accounts::open_staff(turn, desk, name, {std::string(row.username), hash},
                                        row.role, area ? area->id : AreaId());
        })));
        if (row.role == "grid_worker") made.staff.grid_worker = account;
        if (row.role == "street_staff") made.staff.street_staff = account;
        if (row.role == "social_worker") {
            made.staff.social_worker = account;
            must(ledger.act<std::int64_t>([&](journal::Turn& turn) {
                PersonId person = turn.load<accounts::AccountFigure>(account)->person;
                Place place{area->id, area->path};
                Subjects about{{"person", person.value}};
                Actor command{.via = Via::command};
                turn.append(draft(CredentialRegistered{"social_worker"}, command, place, about,
                                  turn.now()));
                return Result<std::int64_t>(turn.append(
                    draft(RecordChecked{checks_valid}, command, place, about, turn.now())));
            }));
        }
        made.accounts.items.push_back({std::string(row.role),
                                       std::string(accounts::find_role(row.role)->zh),
                                       name,
                                       area ? area->name : "全部区域",
                                       std::string(row.page),
                                       std::string(row.username),
                                       std::string(demo_password),
                                       {},
                                       {}});
    }
    for (int i = 0; i < settings.people; ++i) {
        people::RegisterPerson input;
        input.name.value = made_up_name(chance);
        input.phone = Text<0, 40>(made_up_phone(chance));
        input.id_scheme = Text<0, 40>("resident_id");
        input.id_number = Text<0, 60>(made_up_id_number(chance));
        bool signs_in = i < 2;
        input.area_id = signs_in ? stage.communities.front() : chance.one_of(stage.communities);
        input.volunteer = true;
        // Most have taken the basic course.
        input.certification = signs_in                ? people::Certification::V1
                              : chance.in_hundred(20) ? people::Certification::V0
                              : chance.in_hundred(60) ? people::Certification::V1
                                                      : people::Certification::V2;
        const areas::AreaState* area = areas->find(input.area_id);
        made.volunteers.push_back(PersonId(must(ledger.act<std::int64_t>([&](journal::Turn& turn) {
            return people::register_person(turn, Actor{.via = Via::command},
                                           Place{area->id, area->path}, installation.people(),
                                           input);
        }))));
        if (!signs_in) continue;
        std::int64_t slip = must(ledger.act<std::int64_t>([&](journal::Turn& turn) {
            return accounts::issue_slip_by_command(turn, desk, made.volunteers.back(), pin_hash);
        }));
        made.accounts.items.push_back({"volunteer",
                                       "志愿者",
                                       input.name.value,
                                       area->name,
                                       "phone",
                                       {},
                                       {},
                                       accounts::sign_in_code(installation.suite(), slip),
                                       std::string(demo_pin)});
    }
    return made;
}

}  // namespace hezhi::app
