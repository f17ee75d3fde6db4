// The journals of all releases, which must be readable for ever, and the published vectors of
// canonical JSON (docs/reference/canonical_json.md).
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <set>

#include "crypto/digest.h"
#include "facts/all_facts.h"
#include "journal/turn.h"

namespace hezhi::journal {
namespace {

namespace json = boost::json;

// One value of each form, different from its default, so that a forgotten field shows.
void write_sample(JsonWriter& out, const Shape& shape, std::int64_t number) {
    switch (shape.form) {
        case Form::boolean:
            out.boolean(true);
            return;
        case Form::text:
            out.text("文 \"" + std::to_string(number) + "\"");
            return;
        case Form::choice:
            out.text(shape.labels.back());
            return;
        case Form::optional:
            write_sample(out, *shape.element, number);
            return;
        case Form::list:
            out.begin_array();
            write_sample(out, *shape.element, number);
            out.end_array();
            return;
        case Form::record:
            out.begin_object();
            for (const Field& field : shape.sorted_fields) {
                out.key(field.name);
                write_sample(out, *field.shape, ++number);
            }
            out.end_object();
            return;
        default:
            out.integer(number);
            return;
    }
}

// A fact of every kind that this program can say, at position 1, 2, 3 …
std::vector<std::string> lines_of_today() {
    std::vector<std::string> lines;
    for (const FactKind& kind : all_facts()) {
        Fact fact;
        fact.position = static_cast<std::int64_t>(lines.size()) + 1;
        fact.recorded_at = {1772672400000 + fact.position * 1000};
        fact.occurred_at = {1772672400000 + fact.position * 1000 - 500};
        fact.kind = KindName(kind.kind);
        fact.version = kind.version;
        bool system = fact.position % 5 == 0;
        fact.actor = system ? Actor{} : Actor{Via::account, AccountId(7), "order.accept"};
        if (fact.position % 3 != 0) fact.place = {AreaId(3), "/1/3/"};
        std::string noun(kind.kind.substr(0, kind.kind.find('.')));
        fact.subjects = {{noun, fact.position}, {"person", 9}};
        JsonWriter payload;
        write_sample(payload, *kind.payload, fact.position * 100);
        fact.payload = payload.take();
        lines.push_back(canonical_bytes(fact));
    }
    return lines;
}

std::vector<std::string> read_lines(const std::string& path) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

const FactKind* kind_of(const Fact& fact) {
    for (const FactKind& kind : all_facts()) {
        if (kind.kind == fact.kind) return &kind;
    }
    return nullptr;
}

// Where a payload is not what its type says; empty if it fits.
std::string misfit(const Shape& shape, const json::value& value, const std::string& place) {
    switch (shape.form) {
        case Form::optional:
            return misfit(*shape.element, value, place);
        case Form::boolean:
            return value.is_bool() ? "" : place;
        case Form::text:
            return value.is_string() ? "" : place;
        case Form::choice:
            return value.is_string() && std::ranges::count(shape.labels, value.get_string()) == 1
                       ? ""
                       : place;
        case Form::list:
            if (!value.is_array()) return place;
            for (const auto& entry : value.get_array()) {
                if (auto found = misfit(*shape.element, entry, place + "/"); !found.empty()) {
                    return found;
                }
            }
            return "";
        case Form::record: {
            std::size_t known = 0;
            for (const Field& field : shape.fields) {
                std::string inner = place + "/" + std::string(field.name);
                const auto* member = value.as_object().if_contains(field.name);
                if (!member && field.shape->form != Form::optional) return inner;
                if (!member) continue;
                ++known;
                if (auto found = misfit(*field.shape, *member, inner); !found.empty()) return found;
            }
            return known == value.as_object().size() ? "" : place + ": a field that nobody knows";
        }
        default:
            return value.is_int64() ? "" : place;
    }
}

struct StoredJournal {
    const char* path;
    const char* chain;  // after its last fact
};

// A release adds a row; none is ever changed.
constexpr StoredJournal stored[] = {
    {"tests/journals/v0.1.ndjson",
     "11900213c3028b4ae01a16a9050c8ac32ffcc7b0fa7a9868056792dfdf40c808"},
    {"tests/journals/v0.2.ndjson",
     "639efb454c0495dc68fc79d5d6b50a7a960fe85384a90f4920fef78ba2099eef"},
};

TEST(StoredJournals, AreReadByTodaysProgram) {
    for (const StoredJournal& journal : stored) {
        SCOPED_TRACE(journal.path);
        auto lines = read_lines(journal.path);
        EXPECT_FALSE(lines.empty());
        for (const std::string& line : lines) {
            SCOPED_TRACE(line);
            Fact fact = read_fact(line);
            const FactKind* kind = kind_of(fact);
            ASSERT_NE(kind, nullptr) << "this kind of fact can no longer be read";
            if (fact.version == kind->version) {
                EXPECT_EQ(canonical_bytes(fact), line);
            }
            EXPECT_EQ(misfit(*kind->payload, json::parse(fact.payload), ""), "");
        }
    }
}

TEST(StoredJournals, KeepTheirChain) {
    for (const StoredJournal& journal : stored) {
        std::string chain = crypto::to_hex(crypto::sha256(""));
        for (const auto& line : read_lines(journal.path)) chain = next_chain(chain, line);
        EXPECT_EQ(chain, journal.chain) << journal.path;
    }
}

// HEZHI_WRITE_JOURNAL=path writes the file of a new release.
TEST(StoredJournals, HoldEveryKindOfFactInEveryVersion) {
    auto today = lines_of_today();
    if (auto* path = std::getenv("HEZHI_WRITE_JOURNAL")) {
        std::ofstream out(path);
        for (const auto& line : today) out << line << '\n';
    }
    std::set<std::pair<std::string, int>> held;
    for (const StoredJournal& journal : stored) {
        for (const auto& line : read_lines(journal.path)) {
            auto raw = json::parse(line).as_object();
            held.emplace(raw.at("kind").as_string(), raw.at("version").as_int64());
        }
    }
    for (const FactKind& kind : all_facts()) {
        for (int version = 1; version <= kind.version; ++version) {
            EXPECT_TRUE(held.contains({std::string(kind.kind), version}))
                << kind.kind << " version " << version << " stands in no file of tests/journals";
        }
    }
}

TEST(StoredJournals, TodaysFactsAreReadBackToTheSameBytes) {
    for (const auto& line : lines_of_today()) EXPECT_EQ(canonical_bytes(read_fact(line)), line);
}

json::object vectors() {
    std::ifstream file("tests/journals/vectors.json");
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str()).as_object();
}

std::string fact_with(std::string_view payload) {
    return R"({"kind":"x","occurred_at":1,"payload":)" + std::string(payload) +
           R"(,"position":1,"recorded_at":1,"subjects":{},"version":1,"via":"system"})";
}

TEST(CanonicalJson, ValuesHaveThePublishedBytes) {
    const auto all = vectors();
    for (const auto& row : all.at("values").as_array()) {
        std::string text(row.at("text").as_string());
        SCOPED_TRACE(text);
        EXPECT_EQ(read_fact(fact_with(text)).payload, row.at("canonical").as_string());
    }
}

TEST(CanonicalJson, WhatIsNotAllowedIsRefused) {
    const auto all = vectors();
    for (const auto& row : all.at("refused").as_array()) {
        std::string text(row.at("text").as_string());
        SCOPED_TRACE(text);
        EXPECT_THROW(read_fact(fact_with(text)), BrokenInvariant);
    }
}

TEST(CanonicalJson, FactsHaveThePublishedBytesAndChain) {
    std::string chain = crypto::to_hex(crypto::sha256(""));
    const auto all = vectors();
    for (const auto& row : all.at("facts").as_array()) {
        std::string bytes(row.at("bytes").as_string());
        EXPECT_EQ(canonical_bytes(read_fact(bytes)), bytes);
        chain = next_chain(chain, bytes);
        EXPECT_EQ(chain, row.at("chain").as_string());
    }
}

}  // namespace
}  // namespace hezhi::journal
