#include "domain/catalogue/catalogue.h"

#include <algorithm>

namespace hezhi::catalogue {
namespace {

struct CategoryList {
    std::vector<Category> items;
};
BOOST_DESCRIBE_STRUCT(CategoryList, (), (items))

struct ClassLimits {
    std::string priority_class;
    std::string name_zh;
    std::string name_en;
    std::string first_contact_zh;
    std::string first_contact_en;
    std::string handling_zh;
    std::string handling_en;
    std::string says_zh;
    std::string says_en;
    std::optional<std::string> do_first_zh;
    std::optional<std::string> do_first_en;
};
BOOST_DESCRIBE_STRUCT(ClassLimits, (),
                      (priority_class, name_zh, name_en, first_contact_zh, first_contact_en,
                       handling_zh, handling_en, says_zh, says_en, do_first_zh, do_first_en))

struct ClassLimitsList {
    std::vector<ClassLimits> items;
};
BOOST_DESCRIBE_STRUCT(ClassLimitsList, (), (items))

// What every page needs before somebody has signed in.
struct PlaceShown {
    std::string zone;  // of the tz database, in which days and hours are written
};
BOOST_DESCRIBE_STRUCT(PlaceShown, (), (zone))

void put(const std::optional<rules::Words>& words, std::optional<std::string>& zh,
         std::optional<std::string>& en) {
    if (!words) return;
    zh = words->zh;
    en = words->en;
}

Category show(const rules::Category& category, const rules::Pack& pack) {
    Category shown;
    shown.number = category.number;
    shown.group = category.group;
    if (const auto* group = pack.category_group(category.group)) {
        shown.group_zh = group->name.zh;
        shown.group_en = group->name.en;
    }
    shown.duty_boundary_after_first = category.boundary(false);
    put(category.boundary_note, shown.boundary_note_zh, shown.boundary_note_en);
    if (category.credential) {
        put(pack.credential(*category.credential)->name, shown.credential_zh, shown.credential_en);
    }
    put(category.skill, shown.skill_zh, shown.skill_en);
    put(category.response, shown.response_zh, shown.response_en);
    shown.people_after = category.people(false);
    shown.insurance = category.insurance;
    shown.minor_contact = category.minor_contact;
    for (const auto& key : category.checks) {
        const auto* check = pack.check(key);
        if (!check) continue;
        shown.checks_zh = (shown.checks_zh ? *shown.checks_zh + "、" : "") + check->name.zh;
        shown.checks_en = (shown.checks_en ? *shown.checks_en + ", " : "") + check->name.en;
    }
    shown.credit_eligible = category.credit_eligible;
    shown.redeemable = category.redeemable;
    shown.age_years_min = category.age_years_min;
    shown.key = category.key;
    shown.name_zh = category.name.zh;
    shown.name_en = category.name.en;
    shown.duty_boundary = category.boundary(true);
    shown.certification = category.certification_min;
    shown.minutes = category.minutes_planned;
    shown.people = category.people(true);
    shown.risk_level = label_of(category.risk_level);
    shown.default_class = category.default_class;
    shown.notes_zh = category.safety_notes.zh;
    shown.notes_en = category.safety_notes.en;
    return shown;
}

ClassLimits show(const rules::LimitClass& limits) {
    ClassLimits shown;
    shown.priority_class = limits.key;
    shown.name_zh = limits.name.zh;
    shown.name_en = limits.name.en;
    rules::Words contact = say(limits.first_contact), handling = say(limits.handling);
    shown.first_contact_zh = contact.zh;
    shown.first_contact_en = contact.en;
    shown.handling_zh = handling.zh;
    shown.handling_en = handling.en;
    shown.says_zh = limits.clause.says.zh;
    shown.says_en = limits.clause.says.en;
    if (limits.do_first) {
        shown.do_first_zh = limits.do_first->zh;
        shown.do_first_en = limits.do_first->en;
    }
    return shown;
}

}  // namespace

rules::Words say(const rules::TimeLimit& limit) {
    std::string n = std::to_string(limit.amount);
    bool working = limit.clock == rules::ClockKind::working;
    std::string plural = limit.amount == 1 ? "" : "s";
    switch (limit.unit) {
        case rules::TimeUnit::minutes:
            return {n + (working ? " 工作分钟" : " 分钟"),
                    n + (working ? " working minute" : " minute") + plural};
        case rules::TimeUnit::hours:
            return {n + (working ? " 个工作小时" : " 小时"),
                    n + (working ? " working hour" : " hour") + plural};
        case rules::TimeUnit::days:
            return {n + (working ? " 个工作日" : " 日"),
                    n + (working ? " working day" : " day") + plural};
    }
    return {};
}

api::Routes routes() {
    using http::Method;
    return {
        api::reads<api::Nothing, PlaceShown>(
            {Method::get, "/place", "show_place", api::nobody_signed_in, api::Audience::everyone},
            [](const api::Reading& reading, const api::Nothing&) -> Result<PlaceShown> {
                return PlaceShown{reading.pack()->pack->calendar.zone.name()};
            }),
        api::reads<api::Nothing, CategoryList>(
            {Method::get, "/categories", "list_categories", api::anyone_signed_in,
             api::Audience::everyone},
            [](const api::Reading& reading, const api::Nothing&) -> Result<CategoryList> {
                CategoryList list;
                const rules::Pack& pack = *reading.pack()->pack;
                for (const auto& category : pack.categories) {
                    list.items.push_back(show(category, pack));
                }
                std::ranges::sort(list.items, {}, &Category::number);
                return list;
            }),
        api::reads<api::Nothing, ClassLimitsList>(
            {Method::get, "/time-limits", "list_time_limits", api::anyone_signed_in,
             api::Audience::everyone},
            [](const api::Reading& reading, const api::Nothing&) -> Result<ClassLimitsList> {
                ClassLimitsList list;
                for (const auto& limits : reading.pack()->pack->limit_classes) {
                    list.items.push_back(show(limits));
                }
                return list;
            }),
    };
}

}  // namespace hezhi::catalogue
