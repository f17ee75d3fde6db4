#include <algorithm>

#include "domain/areas/areas.h"

namespace hezhi::areas {
namespace {

std::vector<std::string> words_of(std::string_view query) {
    constexpr std::string_view ideographic_space = "\u3000";  // what a Chinese keyboard types
    std::string plain(query);
    for (auto at = plain.find(ideographic_space); at != std::string::npos;
         at = plain.find(ideographic_space, at)) {
        plain.replace(at, ideographic_space.size(), " ");
    }
    std::vector<std::string> words;
    std::string word;
    for (char c : plain) {
        if (c == ' ' || c == '/' || c == '\t') {
            if (!word.empty()) words.push_back(std::move(word));
            word.clear();
        } else {
            word.push_back(c);
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

// The word as typed and without any ending that some kind's search drops.
std::vector<std::string> forms_of(const std::string& word, const rules::Pack& pack) {
    std::vector<std::string> forms{word};
    for (const auto& kind : pack.area_kinds) {
        std::string shorter(rules::search_name(kind, word));
        if (shorter != word) forms.push_back(std::move(shorter));
    }
    return forms;
}

bool contains_any(const std::string& name, const std::vector<std::string>& forms) {
    return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
        return name.find(form) != std::string::npos;
    });
}

}  // namespace

const AreaState* Areas::find(AreaId id) const {
    auto found = areas_.find(id);
    return found == areas_.end() ? nullptr : &found->second;
}

const AreaState* Areas::find_code(std::string_view code) const {
    auto found = by_code_.find(code);
    return found == by_code_.end() ? nullptr : find(found->second);
}

const std::vector<AreaId>& Areas::children(AreaId id) const {
    static const std::vector<AreaId> none;
    auto found = children_.find(id);
    return found == children_.end() ? none : found->second;
}

void Areas::apply(const Fact& fact) {
    AreaId id(fact.subject("area"));
    AreaState& area = areas_[id];
    area.id = id;
    if (fact.is<AreaRenamed>()) former_names_[id].push_back(area.name);
    AreaFigure::step(area, fact, {});
    if (!fact.is<AreaAdded>()) return;
    if (area.code) by_code_[*area.code] = id;
    auto& siblings = children_[area.parent];
    siblings.push_back(id);
    auto before = [&](AreaId a, AreaId b) {
        return std::pair(areas_.at(a).code.value_or(""), a) <
               std::pair(areas_.at(b).code.value_or(""), b);
    };
    // Division tables arrive in order, so the new one is almost always the last already.
    if (siblings.size() > 1 && before(id, siblings[siblings.size() - 2])) {
        std::sort(siblings.begin(), siblings.end(), before);
    }
}

std::vector<const AreaState*> Areas::search(std::string_view query, AreaId within,
                                            std::size_t limit, const rules::Pack& pack) const {
    std::vector<std::vector<std::string>> words;
    for (const auto& word : words_of(query)) words.push_back(forms_of(word, pack));
    if (words.empty()) return {};
    const AreaState* top = within ? find(within) : nullptr;
    if (within && !top) return {};
    struct Hit {
        int rank;  // 0 the whole name, 1 its beginning, 2 elsewhere, 3 a former name
        const AreaState* area;
    };
    std::vector<Hit> hits;
    for (const auto& [id, area] : areas_) {
        if (area.closed || (top && !area.path.starts_with(top->path))) continue;
        const auto& last = words.back();
        bool by_name = contains_any(area.name, last);
        if (!by_name && std::ranges::none_of(former_names(id), [&](const std::string& name) {
                return contains_any(name, last);
            })) {
            continue;
        }
        bool all = true;
        for (std::size_t i = 0; all && i + 1 < words.size(); ++i) {
            all = contains_any(area.name, words[i]);
            for (auto* up = find(area.parent); !all && up; up = find(up->parent)) {
                all = contains_any(up->name, words[i]);
            }
        }
        if (!all) continue;
        const rules::AreaKind* kind = pack.area_kind(area.kind);
        std::string bare(kind ? rules::search_name(*kind, area.name) : area.name);
        int rank = by_name ? 2 : 3;
        for (const auto& form : last) {
            if (area.name == form || bare == form) rank = 0;
            if (rank == 2 && area.name.starts_with(form)) rank = 1;
        }
        hits.push_back({rank, &area});
    }
    auto before = [](const Hit& a, const Hit& b) {
        return std::tuple(a.rank, a.area->path.size(), a.area->id) <
               std::tuple(b.rank, b.area->path.size(), b.area->id);
    };
    std::sort(hits.begin(), hits.end(), before);
    std::vector<const AreaState*> found;
    for (const Hit& hit : hits) {
        if (found.size() == limit) break;
        found.push_back(hit.area);
    }
    return found;
}

std::optional<std::string> Areas::desk_phone(AreaId id) const {
    for (auto* area = find(id); area; area = find(area->parent)) {
        if (area->desk_phone) return area->desk_phone;
    }
    return std::nullopt;
}

const std::vector<std::string>& Areas::former_names(AreaId id) const {
    static const std::vector<std::string> none;
    auto found = former_names_.find(id);
    return found == former_names_.end() ? none : found->second;
}

std::string Areas::parents(const AreaState& area, const rules::Pack& pack) const {
    std::string out;
    for (auto* up = find(area.parent); up; up = find(up->parent)) {
        const rules::AreaKind* kind = pack.area_kind(up->kind);
        bool placeholder =
            kind && std::find(kind->placeholder_names.begin(), kind->placeholder_names.end(),
                              up->name) != kind->placeholder_names.end();
        if (!placeholder) out = out.empty() ? up->name : up->name + " / " + out;
    }
    return out;
}

std::string path_end(std::string_view path) {
    HEZHI_ASSERT(path.ends_with('/'));
    std::string end(path);
    end.back() = '/' + 1;
    return end;
}

AreaTree::AreaTree(journal::Ledger& ledger) : areas_(std::make_shared<const Areas>()) {
    std::vector<std::string> kinds;
    for (auto kind : AreaFigure::kinds()) kinds.emplace_back(kind);
    ledger.follow(std::move(kinds), [this](std::span<const Fact> facts) { follow(facts); });
}

std::shared_ptr<const Areas> AreaTree::now() const {
    std::lock_guard lock(mutex_);
    return areas_;
}

void AreaTree::follow(std::span<const Fact> facts) {
    static const std::vector<std::string_view> ours = AreaFigure::kinds();
    std::shared_ptr<Areas> next;
    for (const Fact& fact : facts) {
        if (std::find(ours.begin(), ours.end(), fact.kind) == ours.end()) continue;
        if (!next) next = std::make_shared<Areas>(*now());
        next->apply(fact);
    }
    if (!next) return;
    std::lock_guard lock(mutex_);
    areas_ = std::move(next);
}

}  // namespace hezhi::areas
