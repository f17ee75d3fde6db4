#include "rules/pack.h"

#include <algorithm>

namespace hezhi::rules {

namespace {

template <class T>
const T* with_key(const std::vector<T>& rows, std::string_view key) {
    auto found = std::ranges::find(rows, key, &T::key);
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

const Category* Pack::category(std::string_view key) const {
    return with_key(categories, key);
}

const CategoryGroup* Pack::category_group(std::string_view key) const {
    return with_key(category_groups, key);
}

const std::string& Pack::written(const Words& words) const {
    return language == Language::en ? words.en : words.zh;
}

const LimitClass* Pack::limit_class(std::string_view key) const {
    return with_key(limit_classes, key);
}

const AreaKind* Pack::area_kind(std::string_view key) const {
    return with_key(area_kinds, key);
}

const AreaKind* Pack::area_kind_of_division_level(std::string_view level) const {
    for (auto& kind : area_kinds) {
        if (std::ranges::find(kind.division_levels, level) != kind.division_levels.end()) {
            return &kind;
        }
    }
    return nullptr;
}

const IdScheme* Pack::id_scheme(std::string_view key) const {
    return with_key(id_schemes, key);
}

const Credential* Pack::credential(std::string_view key) const {
    return with_key(credentials, key);
}

const BackgroundCheck* Pack::check(std::string_view key) const {
    return with_key(checks, key);
}

std::int32_t Pack::security_log_days() const {
    const RetentionRule* rule = with_key(retention, security_log_retention);
    return rule && rule->days ? *rule->days : security_log_days_min;
}

std::string_view search_name(const AreaKind& kind, std::string_view name) {
    for (auto& suffix : kind.search_suffixes) {
        if (name.size() > suffix.size() && name.ends_with(suffix)) {
            return name.substr(0, name.size() - suffix.size());
        }
    }
    return name;
}

}  // namespace hezhi::rules
