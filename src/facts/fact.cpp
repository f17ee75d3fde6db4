#include "facts/fact.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "facts/lifting.h"

namespace hezhi {
namespace {

namespace json = boost::json;

// Rewrites parsed JSON canonically; payloads hold no floating point numbers.
void write_canonical(JsonWriter& out, const json::value& value) {
    switch (value.kind()) {
        case json::kind::object: {
            std::vector<const json::key_value_pair*> members;
            members.reserve(value.get_object().size());
            for (const auto& member : value.get_object()) members.push_back(&member);
            auto name = [](const auto* member) { return std::string_view(member->key()); };
            // Our own bytes have them in order; what a lift added stands behind.
            if (!std::ranges::is_sorted(members, {}, name)) std::ranges::sort(members, {}, name);
            out.begin_object();
            for (const auto* member : members) {
                out.key(member->key());
                write_canonical(out, member->value());
            }
            out.end_object();
            return;
        }
        case json::kind::array:
            out.begin_array();
            for (const auto& entry : value.get_array()) write_canonical(out, entry);
            out.end_array();
            return;
        case json::kind::string:
            out.text(value.get_string());
            return;
        case json::kind::int64:
            out.integer(value.get_int64());
            return;
        case json::kind::bool_:
            out.boolean(value.get_bool());
            return;
        case json::kind::null:
            out.null();
            return;
        case json::kind::uint64:
        case json::kind::double_:
            throw BrokenInvariant("a fact holds whole numbers only");
    }
}

}  // namespace

std::int64_t Fact::subject(std::string_view noun) const {
    auto found = subjects.find(noun);
    return found == subjects.end() ? 0 : found->second;
}

void Fact::broken_payload(const Refusal& refusal) const {
    std::string what = "fact " + std::to_string(position) + " (" + std::string(kind) + "): payload";
    for (const auto& field : refusal.fields) what += " " + field.field + ": " + field.expected_en;
    throw BrokenInvariant(what);
}

std::string canonical_bytes(const Fact& fact) {
    JsonWriter out;
    out.begin_object();
    if (fact.actor.account) {
        out.key("actor");
        out.integer(fact.actor.account.value);
    }
    if (fact.place.area) {
        out.key("area");
        out.integer(fact.place.area.value);
        out.key("area_path");
        out.text(fact.place.path);
    }
    out.key("kind");
    out.text(fact.kind);
    out.key("occurred_at");
    out.integer(fact.occurred_at.ms);
    out.key("payload");
    out.raw(fact.payload);
    if (!fact.actor.permission.empty()) {
        out.key("permission");
        out.text(fact.actor.permission);
    }
    out.key("position");
    out.integer(fact.position);
    out.key("recorded_at");
    out.integer(fact.recorded_at.ms);
    out.key("subjects");
    out.begin_object();
    for (const auto& [noun, id] : fact.subjects) {
        out.key(noun);
        out.integer(id);
    }
    out.end_object();
    out.key("version");
    out.integer(fact.version);
    out.key("via");
    out.text(label_of(fact.actor.via));
    out.end_object();
    return out.take();
}

Fact read_fact(std::string_view bytes) try {
    std::array<unsigned char, 4096> first;  // most facts fit
    json::monotonic_resource memory(first.data(), first.size());
    json::value parsed = json::parse(bytes, &memory);
    json::object& all = parsed.as_object();
    auto text = [&](std::string_view key) {
        auto* value = all.if_contains(key);
        return value ? std::string(value->as_string()) : std::string();
    };
    auto number = [&](std::string_view key) {
        auto* value = all.if_contains(key);
        return value ? value->as_int64() : 0;
    };
    Fact fact;
    fact.position = all.at("position").as_int64();
    fact.recorded_at = {all.at("recorded_at").as_int64()};
    fact.occurred_at = {all.at("occurred_at").as_int64()};
    fact.kind = KindName(text("kind"));
    fact.version = static_cast<int>(all.at("version").as_int64());
    fact.actor = {from_label<Via>(text("via")).value(), AccountId(number("actor")),
                  text("permission")};
    fact.place = {AreaId(number("area")), text("area_path")};
    for (const auto& entry : all.at("subjects").as_object()) {
        fact.subjects.emplace(std::string(entry.key()), entry.value().as_int64());
    }
    json::object& payload = all.at("payload").as_object();
    lift(fact.kind, fact.version, payload);
    JsonWriter out;
    write_canonical(out, payload);
    fact.payload = out.take();
    return fact;
} catch (const std::exception& error) {
    throw BrokenInvariant("these bytes are not a fact: " + std::string(error.what()));
}

}  // namespace hezhi
