// What a type looks like from outside: its fields, forms and limits, once.
//
// A struct described with BOOST_DESCRIBE_STRUCT gets a Shape. From the same Shape come reading JSON
// with field errors, writing canonical JSON, the columns of a figure's table, and the OpenAPI
// schema. Shapes are data: readers loop over the field table, so that no template is instantiated
// per field and per format (measured: that costs most of a build).
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/assert.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/text.h"

namespace hezhi {

enum class Form : std::uint8_t {
    integer,   // 64-bit, within [lowest, highest]
    boolean,   // true or false
    instant,   // UTC milliseconds
    id,        // a positive integer
    text,      // UTF-8, min…max code points after trimming
    choice,    // one of `labels`
    optional,  // `element`, or absent
    list,      // of `element`, at most `max` entries
    record,    // `fields`
};

BOOST_DESCRIBE_ENUM(Form, integer, boolean, instant, id, text, choice, optional, list, record)

struct Shape;

struct Field {
    std::string_view name;
    std::size_t offset;  // bytes from the start of the struct
    const Shape* shape;
};

// Type-erased access to one type. Only the members that its form needs are set.
struct Shape {
    Form form;
    std::string_view name = {};  // of records and choices; the OpenAPI component
    std::int64_t lowest = INT64_MIN;
    std::int64_t highest = INT64_MAX;
    std::size_t min = 0;  // code points of a text
    std::size_t max = 0;  // code points of a text, entries of a list
    const Shape* element = nullptr;
    std::vector<Field> fields = {};         // in order of declaration
    std::vector<Field> sorted_fields = {};  // by name: the order of canonical JSON
    std::vector<std::string_view> labels = {};

    std::int64_t (*get_integer)(const void*) = nullptr;  // also id, instant, boolean, choice index
    void (*set_integer)(void*, std::int64_t) = nullptr;
    std::string_view (*get_text)(const void*) = nullptr;
    void (*set_text)(void*, std::string) = nullptr;
    const void* (*get_value)(const void*) = nullptr;  // optional: null when absent
    void* (*emplace)(void*) = nullptr;                // optional: makes and returns the value
    void (*clear)(void*) = nullptr;                   // optional and list
    std::size_t (*size)(const void*) = nullptr;
    const void* (*at)(const void*, std::size_t) = nullptr;
    void* (*append)(void*) = nullptr;
};

template <class T>
const Shape& shape_of();

// Entries that a list may hold when its type says nothing else: no page asks for more at once.
inline constexpr std::size_t list_entries_max = 500;

namespace shapes {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

void sort_fields(Shape&);

// "hezhi::orders::OrderState" → "OrderState". GCC and Clang both end the signature with
// "[with T = …; …]" or "[T = …]".
template <class T>
constexpr std::string_view type_name() {
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("T = ") + 4);
    text = text.substr(0, text.find_first_of(";]"));
    auto colon = text.rfind("::");
    return colon == std::string_view::npos ? text : text.substr(colon + 2);
}

template <class T>
Shape integer_shape(Form form) {
    Shape s{.form = form};
    s.get_integer = [](const void* p) {
        return static_cast<std::int64_t>(*static_cast<const T*>(p));
    };
    s.set_integer = [](void* p, std::int64_t v) { *static_cast<T*>(p) = static_cast<T>(v); };
    if constexpr (std::is_same_v<T, std::int32_t>) s.lowest = INT32_MIN, s.highest = INT32_MAX;
    return s;
}

inline Shape text_shape(std::size_t min, std::size_t max) {
    Shape s{.form = Form::text};
    s.min = min;
    s.max = max;
    return s;
}

template <class T>
struct Make;

template <>
struct Make<std::int64_t> {
    static Shape make() { return integer_shape<std::int64_t>(Form::integer); }
};
template <>
struct Make<std::int32_t> {
    static Shape make() { return integer_shape<std::int32_t>(Form::integer); }
};
template <>
struct Make<bool> {
    static Shape make() { return integer_shape<bool>(Form::boolean); }
};
template <>
struct Make<Instant> {
    static Shape make() {
        Shape s{.form = Form::instant};
        s.get_integer = [](const void* p) { return static_cast<const Instant*>(p)->ms; };
        s.set_integer = [](void* p, std::int64_t v) { static_cast<Instant*>(p)->ms = v; };
        s.lowest = 0;
        s.highest = 253402300799999;  // the end of the year 9999
        return s;
    }
};
template <class Tag>
struct Make<Id<Tag>> {
    static Shape make() {
        Shape s{.form = Form::id};
        s.get_integer = [](const void* p) { return static_cast<const Id<Tag>*>(p)->value; };
        s.set_integer = [](void* p, std::int64_t v) { static_cast<Id<Tag>*>(p)->value = v; };
        s.lowest = 0;
        s.highest = 9007199254740991;  // what a browser's number holds exactly
        return s;
    }
};
template <long long Lowest, long long Highest>
struct Make<Bounded<Lowest, Highest>> {
    static Shape make() {
        using T = Bounded<Lowest, Highest>;
        Shape s{.form = Form::integer};
        s.get_integer = [](const void* p) -> std::int64_t {
            return static_cast<const T*>(p)->value;
        };
        s.set_integer = [](void* p, std::int64_t v) { static_cast<T*>(p)->value = v; };
        s.lowest = Lowest;
        s.highest = Highest;
        return s;
    }
};
// Plain strings are for what the system itself wrote (states, payloads): no cleaning, wide limits.
template <>
struct Make<std::string> {
    static Shape make() {
        Shape s = text_shape(0, 100000);
        s.get_text = [](const void* p) -> std::string_view {
            return *static_cast<const std::string*>(p);
        };
        s.set_text = [](void* p, std::string v) { *static_cast<std::string*>(p) = std::move(v); };
        return s;
    }
};
template <std::size_t Min, std::size_t Max>
struct Make<Text<Min, Max>> {
    static Shape make() {
        using T = Text<Min, Max>;
        Shape s = text_shape(Min, Max);
        s.get_text = [](const void* p) -> std::string_view {
            return static_cast<const T*>(p)->value;
        };
        s.set_text = [](void* p, std::string v) { static_cast<T*>(p)->value = std::move(v); };
        return s;
    }
};
template <class E>
requires std::is_enum_v<E>
struct Make<E> {
    static Shape make() {
        using Described = boost::describe::describe_enumerators<E>;
        Shape s{.form = Form::choice, .name = type_name<E>()};
        static const std::vector<E> values = [] {
            std::vector<E> out;
            boost::mp11::mp_for_each<Described>([&](auto d) { out.push_back(d.value); });
            return out;
        }();
        boost::mp11::mp_for_each<Described>([&](auto d) { s.labels.push_back(d.name); });
        s.get_integer = [](const void* p) -> std::int64_t {
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (values[i] == *static_cast<const E*>(p)) return static_cast<std::int64_t>(i);
            }
            HEZHI_ASSERT(!"an enumerator that is described");
            return 0;
        };
        s.set_integer = [](void* p, std::int64_t i) {
            *static_cast<E*>(p) = values[static_cast<std::size_t>(i)];
        };
        return s;
    }
};
template <class T>
struct Make<std::optional<T>> {
    static Shape make() {
        using O = std::optional<T>;
        Shape s{.form = Form::optional};
        s.element = &shape_of<T>();
        s.get_value = [](const void* p) -> const void* {
            auto& o = *static_cast<const O*>(p);
            return o ? &*o : nullptr;
        };
        s.emplace = [](void* p) -> void* { return &static_cast<O*>(p)->emplace(); };
        s.clear = [](void* p) { static_cast<O*>(p)->reset(); };
        return s;
    }
};
template <class T>
struct Make<std::vector<T>> {
    static Shape make() {
        using V = std::vector<T>;
        static_assert(!std::is_same_v<T, bool>);
        Shape s{.form = Form::list};
        s.element = &shape_of<T>();
        s.max = list_entries_max;
        s.size = [](const void* p) { return static_cast<const V*>(p)->size(); };
        s.at = [](const void* p, std::size_t i) -> const void* {
            return &(*static_cast<const V*>(p))[i];
        };
        s.clear = [](void* p) { static_cast<V*>(p)->clear(); };
        s.append = [](void* p) -> void* { return &static_cast<V*>(p)->emplace_back(); };
        return s;
    }
};
template <class T>
requires boost::describe::has_describe_members<T>::value struct Make<T> {
    static Shape make() {
        using Members = boost::describe::describe_members<T, boost::describe::mod_public |
                                                                 boost::describe::mod_inherited>;
        Shape s{.form = Form::record, .name = type_name<T>()};
        T probe{};
        auto base = reinterpret_cast<const char*>(&probe);
        boost::mp11::mp_for_each<Members>([&](auto d) {
            auto& member = probe.*d.pointer;
            using M = std::remove_cvref_t<decltype(member)>;
            s.fields.push_back(
                {d.name, static_cast<std::size_t>(reinterpret_cast<const char*>(&member) - base),
                 &shape_of<M>()});
        });
        sort_fields(s);
        return s;
    }
};

}  // namespace shapes

// The one Shape of T; lives as long as the program. Thread-safe.
template <class T>
const Shape& shape_of() {
    static const Shape shape = shapes::Make<T>::make();
    return shape;
}

inline const void* field_of(const void* record, const Field& field) {
    return static_cast<const char*>(record) + field.offset;
}
inline void* field_of(void* record, const Field& field) {
    return static_cast<char*>(record) + field.offset;
}

// The label of an enumerator: its name in code, in JSON and in the database.
template <class E>
requires std::is_enum_v<E> std::string_view label_of(E value) {
    const Shape& s = shape_of<E>();
    return s.labels[static_cast<std::size_t>(s.get_integer(&value))];
}

template <class E>
requires std::is_enum_v<E> std::optional<E> from_label(std::string_view label) {
    const Shape& s = shape_of<E>();
    for (std::size_t i = 0; i < s.labels.size(); ++i) {
        if (s.labels[i] == label) {
            E value{};
            s.set_integer(&value, static_cast<std::int64_t>(i));
            return value;
        }
    }
    return std::nullopt;
}

}  // namespace hezhi
