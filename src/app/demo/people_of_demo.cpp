#include "app/demo/people_of_demo.h"

#include <algorithm>
#include <ranges>

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
    AccountId DemoStreet::*post = nullptr;  // held once in every subdistrict
};

constexpr StaffRow staff_rows[] = {
    {"grid_worker", "wangge", "community", "phone", &DemoStreet::grid_worker},
    {"community_worker", "shequ", "community", "console"},
    {"social_worker", "shegong", "subdistrict", "console", &DemoStreet::social_worker},
    {"street_staff", "jiezhen", "subdistrict", "console", &DemoStreet::street_staff},
    {"district_officer", "quji", "district", "console"},
    {"system_administrator", "xitong", "", "console"},
    {"security_administrator", "anquan", "", "console"},
    {"auditor", "shenji", "", "console"},
};

const areas::AreaState& district_of(const areas::Areas& areas, const std::string& code) {
    const areas::AreaState* district = areas.find_code(code);
    if (!district || areas.children(district->id).empty()) {
        throw CannotOpen("没有代码为 " + code + " 的区。 There is no district with the code " +
                         code + ".");
    }
    return *district;
}

// The subdistricts whose number of communities is nearest to a dozen: neither huge nor tiny.
std::vector<DemoStreet> choose_streets(const areas::Areas& areas, const areas::AreaState& district,
                                       int people) {
    auto distance = [&](AreaId id) {
        return std::abs(static_cast<int>(areas.children(id).size()) - 12);
    };
    std::vector<AreaId> all = areas.children(district.id);
    std::ranges::stable_sort(all, {}, distance);
    auto wanted = static_cast<std::size_t>(std::max(1, people / volunteers_per_street));
    std::vector<DemoStreet> streets;
    for (AreaId id : all | std::views::take(wanted)) {
        auto communities = areas.children(id);
        if (!communities.empty()) streets.push_back({id, std::move(communities), {}, {}, {}});
    }
    return streets;
}

// Who settles, and what is needed for it.
class Settling {
  public:
    Settling(Installation& installation, const accounts::AccountDesk& desk,
             const DemoSettings& settings, Chance& chance)
        : ledger_(installation.ledger()),
          installation_(installation),
          desk_(desk),
          settings_(settings),
          chance_(chance),
          areas_(installation.tree().now()),
          district_(district_of(*areas_, settings.area_code)),
          password_hash_(crypto::hash_password(demo_password, crypto::PasswordCost{})),
          pin_hash_(crypto::hash_password(demo_pin, crypto::PasswordCost{})) {
        made_.streets = choose_streets(*areas_, district_, settings.people);
    }

    DemoPeople everybody() {
        for (std::size_t i = 0; i < made_.streets.size(); ++i) {
            for (const StaffRow& row : staff_rows) {
                if (i == 0 || row.post) open_staff(row, made_.streets[i], i);
            }
        }
        for (int i = 0; i < settings_.people; ++i) register_volunteer(i);
        register_resident();
        return std::move(made_);
    }

  private:
    const areas::AreaState* area_for(const DemoStreet& street, std::string_view kind) const {
        if (kind == "district") return &district_;
        if (kind == "subdistrict") return areas_->find(street.subdistrict);
        if (kind == "community") return areas_->find(street.communities.front());
        return nullptr;
    }

    void open_staff(const StaffRow& row, DemoStreet& street, std::size_t number) {
        std::string name = made_up_name(chance_);
        const areas::AreaState* area = area_for(street, row.kind);
        std::string username(row.username);
        if (number > 0) username += std::to_string(number + 1);
        AccountId account(must(ledger_.act<std::int64_t>([&](journal::Turn& turn) {
            return accounts::open_staff(turn, desk_, name, {username, password_hash_}, row.role,
                                        area ? area->id : AreaId());
        })));
        if (row.post) street.*row.post = account;
        if (row.role == "social_worker") note_credentials(account, *area);
        if (number > 0) return;
        made_.accounts.items.push_back({std::string(row.role),
                                        std::string(accounts::find_role(row.role)->zh),
                                        name,
                                        area ? area->name : "全部区域",
                                        std::string(row.page),
                                        username,
                                        std::string(demo_password),
                                        {},
                                        {}});
    }

    void note_credentials(AccountId account, const areas::AreaState& area) {
        Instant checks_valid = ledger_.clock().now() + std::chrono::days(365);
        must(ledger_.act<std::int64_t>([&](journal::Turn& turn) {
            PersonId person = turn.load<accounts::AccountFigure>(account)->person;
            Place place{area.id, area.path};
            Subjects about{{"person", person.value}};
            Actor command{.via = Via::command};
            turn.append(
                draft(CredentialRegistered{"social_worker"}, command, place, about, turn.now()));
            return Result<std::int64_t>(
                turn.append(draft(RecordChecked{checks_valid}, command, place, about, turn.now())));
        }));
    }

    void register_volunteer(int number) {
        bool signs_in = number < 2;
        const DemoStreet& street = signs_in ? made_.streets.front() : chance_.one_of(made_.streets);
        people::RegisterPerson input;
        input.name.value = made_up_name(chance_);
        input.phone = Text<0, 40>(made_up_phone(chance_));
        input.id_scheme = Text<0, 40>("resident_id");
        input.id_number = Text<0, 60>(made_up_id_number(chance_));
        input.area_id = signs_in ? street.communities.front() : chance_.one_of(street.communities);
        input.volunteer = true;
        // Most have taken the basic course.
        input.certification = signs_in                 ? people::Certification::V1
                              : chance_.in_hundred(20) ? people::Certification::V0
                              : chance_.in_hundred(60) ? people::Certification::V1
                                                       : people::Certification::V2;
        const areas::AreaState* area = areas_->find(input.area_id);
        made_.volunteers.push_back(
            PersonId(must(ledger_.act<std::int64_t>([&](journal::Turn& turn) {
                return people::register_person(turn, Actor{.via = Via::command},
                                               Place{area->id, area->path}, installation_.people(),
                                               input);
            }))));
        if (signs_in) hand_out_slip(input.name.value, area->name);
    }

    // A resident of the first community, who asks and confirms on her own phone.
    void register_resident() {
        people::RegisterPerson input;
        input.name.value = "王秀英";
        input.phone = Text<0, 40>("19000000001");
        input.area_id = made_.streets.front().communities.front();
        const areas::AreaState* area = areas_->find(input.area_id);
        std::int64_t slip = must(ledger_.act<std::int64_t>([&](journal::Turn& turn) {
            auto person =
                people::register_person(turn, Actor{.via = Via::command},
                                        Place{area->id, area->path}, installation_.people(), input);
            return person
                       ? accounts::issue_slip_by_command(turn, desk_, PersonId(*person), pin_hash_)
                       : std::move(person);
        }));
        made_.accounts.items.push_back({"resident",
                                        "居民",
                                        input.name.value,
                                        area->name,
                                        "phone",
                                        {},
                                        {},
                                        accounts::sign_in_code(installation_.suite(), slip),
                                        std::string(demo_pin)});
    }

    void hand_out_slip(const std::string& name, const std::string& area) {
        std::int64_t slip = must(ledger_.act<std::int64_t>([&](journal::Turn& turn) {
            return accounts::issue_slip_by_command(turn, desk_, made_.volunteers.back(), pin_hash_);
        }));
        made_.accounts.items.push_back({"volunteer",
                                        "志愿者",
                                        name,
                                        area,
                                        "phone",
                                        {},
                                        {},
                                        accounts::sign_in_code(installation_.suite(), slip),
                                        std::string(demo_pin)});
    }

    journal::Ledger& ledger_;
    Installation& installation_;
    const accounts::AccountDesk& desk_;
    const DemoSettings& settings_;
    Chance& chance_;
    std::shared_ptr<const areas::Areas> areas_;
    const areas::AreaState& district_;
    std::string password_hash_;
    std::string pin_hash_;
    DemoPeople made_;
};

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
    return Settling(installation, desk, settings, chance).everybody();
}

}  // namespace hezhi::app
