// A figure (账目): what follows from the facts, as a fold with one pure step.
//
//   struct OrderFigure {
//       using State = OrderState;                       // described; its first field is the key
//       static constexpr std::string_view name = "orders";
//       static constexpr int revision = 1;              // raise when step() changes its meaning
//       static std::vector<std::string_view> kinds();   // the facts it folds
//       static std::vector<std::string> indexes();      // columns that queries search by
//       static Keys keys(const Fact&);                  // which rows the fact touches
//       static void step(State&, const Fact&, const rules::Pack&);
//       static bool gone(const State&);                 // optional: the row is dropped
//   };
//
// A step sees its state, the fact and the pack in force: no clock, no database, no register. Live,
// the writer loads the row, steps, stores the row; verify, rebuild and evaluate run the same step
// in memory over the same facts.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "base/shape.h"
#include "facts/fact.h"
#include "rules/pack.h"

namespace hezhi::journal {

// The key of a row: an id, or a short text where several ids make one key.
struct Key {
    std::int64_t number = 0;
    std::string text;

    Key() = default;
    Key(std::int64_t n) : number(n) {}
    Key(std::string t) : text(std::move(t)) {}
    template <class Tag>
    Key(Id<Tag> id) : number(id.value) {}

    auto operator<=>(const Key&) const = default;
};

struct KeyHash {
    std::size_t operator()(const Key& key) const {
        return key.text.empty() ? std::hash<std::int64_t>{}(key.number)
                                : std::hash<std::string>{}(key.text);
    }
};

using Keys = std::vector<Key>;

// One figure, type-erased: so that the fold, the tables and the checks are written once.
struct FigureDef {
    std::string_view name;
    int revision;
    const Shape* state;
    std::vector<std::string_view> kinds;
    std::vector<std::string> indexes;
    Keys (*keys)(const Fact&);
    void (*step)(void*, const Fact&, const rules::Pack&);
    bool (*gone)(const void*);
    // A fresh state. Its memory is `memory`'s, which outlives it.
    std::shared_ptr<void> (*make)(std::pmr::memory_resource& memory);

    std::shared_ptr<void> make_alone() const { return make(*std::pmr::new_delete_resource()); }

    const Field& key_field() const { return state->fields.front(); }
    bool folds(std::string_view kind) const;
    std::string table() const { return "figure_" + std::string(name); }
};

template <class F>
const FigureDef& figure() {
    static const FigureDef def{
        F::name,
        F::revision,
        &shape_of<typename F::State>(),
        F::kinds(),
        F::indexes(),
        &F::keys,
        [](void* state, const Fact& fact, const rules::Pack& pack) {
            F::step(*static_cast<typename F::State*>(state), fact, pack);
        },
        [](const void* state) {
            if constexpr (requires(const typename F::State& s) { F::gone(s); }) {
                return F::gone(*static_cast<const typename F::State*>(state));
            } else {
                return false;
            }
        },
        [](std::pmr::memory_resource& memory) -> std::shared_ptr<void> {
            std::pmr::polymorphic_allocator<typename F::State> allocator(&memory);
            return std::allocate_shared<typename F::State>(allocator);
        },
    };
    return def;
}

using Figures = std::vector<const FigureDef*>;

// Which of the figures fold a kind, by their places.
using FiguresByKind =
    boost::unordered_flat_map<KindName, std::vector<std::size_t>, std::hash<KindName>>;
FiguresByKind figures_by_kind(const Figures& figures);

// Gives a new state its key.
void set_key(const FigureDef& def, void* state, const Key& key);
std::string to_string(const FigureDef& def, const Key& key);

}  // namespace hezhi::journal
