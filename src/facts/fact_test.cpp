#include "facts/fact.h"

#include <gtest/gtest.h>

#include "facts/lifting.h"
#include "facts/order_facts.h"
#include "facts/stored_fact.h"

namespace hezhi {
namespace {

Fact accepted() {
    FactDraft made =
        draft(OrderAccepted{{100}, {200}, true}, {Via::account, AccountId(7), "order.accept"},
              {AreaId(3), "/1/3/"}, {{"order", 15}, {"person", 9}}, {50});
    Fact fact;
    fact.position = 20;
    fact.recorded_at = {60};
    fact.occurred_at = made.occurred_at;
    fact.kind = KindName(made.kind);
    fact.version = made.version;
    fact.actor = made.actor;
    fact.place = made.place;
    fact.subjects = made.subjects;
    fact.payload = made.payload;
    return fact;
}

// The published test vector (docs/reference/canonical_json.md).
constexpr const char* vector_bytes =
    R"({"actor":7,"area":3,"area_path":"/1/3/","kind":"order.accepted","occurred_at":50,)"
    R"("payload":{"ends_at":200,"last_place":true,"starts_at":100},"permission":"order.accept",)"
    R"("position":20,)"
    R"("recorded_at":60,"subjects":{"order":15,"person":9},"version":1,"via":"account"})";

TEST(Fact, HasTheBytesOfThePublishedVector) {
    EXPECT_EQ(canonical_bytes(accepted()), vector_bytes);
}

TEST(Fact, ReadsBackToTheSameBytes) {
    Fact fact = read_fact(vector_bytes);
    EXPECT_EQ(canonical_bytes(fact), vector_bytes);
    EXPECT_EQ(fact.subject("order"), 15);
    EXPECT_EQ(fact.subject("need"), 0);
    EXPECT_EQ(fact.as<OrderAccepted>().ends_at.ms, 200);
}

// By its layout where that is today's, as JSON where it is another's.
TEST(Fact, IsReadTheSameHoweverItsBytesAreLaidOut) {
    std::string others[] = {
        vector_bytes,
        R"({"kind":"need.sealed","occurred_at":-5,"payload":{},"position":1,"recorded_at":6,)"
        R"("subjects":{},"version":1,"via":"system"})",
        R"({"area":3,"area_path":"/1/3/","kind":"area.added","occurred_at":5,)"
        R"("payload":{"a":{"b":"}\"{","c":["\\"]}},"position":1,"recorded_at":6,)"
        R"("subjects":{"area":3},"version":1,"via":"command"})",
    };
    for (const auto& bytes : others) {
        EXPECT_TRUE(read_layout(bytes)) << bytes;
        std::string spaced = bytes;
        spaced.insert(1, " ");
        EXPECT_FALSE(read_layout(spaced)) << spaced;
        EXPECT_EQ(canonical_bytes(read_fact(bytes)), bytes);
        EXPECT_EQ(canonical_bytes(read_stored_fact(bytes)), bytes);
        EXPECT_EQ(canonical_bytes(read_stored_fact(spaced)), bytes);
        EXPECT_FALSE(read_layout(bytes + " "));
        EXPECT_FALSE(read_layout(bytes.substr(0, bytes.size() - 1)));
    }
}

// Cut off or with any one byte changed, it is another fact or none; nothing worse happens.
TEST(Fact, BytesThatWereChangedAreReadOrRefused) {
    for (std::size_t at = 0; at < std::string_view(vector_bytes).size(); ++at) {
        std::string cut(vector_bytes, at);
        EXPECT_FALSE(read_layout(cut)) << cut;
        for (char byte : {'"', '\\', '{', '}', '0', 'x', '\0'}) {
            std::string changed(vector_bytes);
            changed[at] = byte;
            auto read = read_layout(changed);
            if (read) {
                EXPECT_EQ(canonical_bytes(*read), changed);
            }
        }
    }
}

TEST(Fact, SubjectsStandOnceAndInOrder) {
    std::string_view all = R"("subjects":{"order":15,"person":9})";
    for (const char* other :
         {R"("subjects":{"person":9,"order":15})", R"("subjects":{"order":15,"order":9})",
          R"("subjects":{"order":15,})", R"("subjects":{,"order":15})",
          R"("subjects":{"order":015})", R"("subjects":{"order":-0})", R"("subjects":{"":15})"}) {
        std::string changed(vector_bytes);
        changed.replace(changed.find(all), all.size(), other);
        EXPECT_FALSE(read_layout(changed)) << other;
    }
}

TEST(Fact, BytesThatAreNoFactAreRefused) {
    EXPECT_THROW(read_fact("{}"), BrokenInvariant);
    EXPECT_THROW(read_fact("not json"), BrokenInvariant);
    std::string half(vector_bytes);
    half.replace(half.find("\"account\"}"), 10, "\"nobody\"}");
    EXPECT_THROW(read_fact(half), BrokenInvariant);
}

TEST(Fact, APayloadFieldThatNobodyKnowsIsFound) {
    std::string odd(vector_bytes);
    odd.replace(odd.find("\"ends_at\""), 9, "\"odd\":1,\"ends_at\"");
    EXPECT_THROW(read_fact(odd).as<OrderAccepted>(), BrokenInvariant);
}

TEST(Lifting, OldVersionsAreLiftedStepByStep) {
    const Lift rows[] = {
        {"order.accepted", 1, [](boost::json::object& p) { p["b"] = p.at("a").as_int64() + 1; }},
        {"order.accepted", 2, [](boost::json::object& p) { p["c"] = p.at("b").as_int64() * 10; }},
        {"order.declined", 1, [](boost::json::object& p) { p["wrong"] = true; }},
    };
    boost::json::object first{{"a", 1}};
    lift("order.accepted", 1, first, rows);
    EXPECT_EQ(first.at("c").as_int64(), 20);
    boost::json::object second{{"b", 5}};
    lift("order.accepted", 2, second, rows);
    EXPECT_EQ(second.at("c").as_int64(), 50);
    EXPECT_FALSE(second.contains("wrong"));
}

}  // namespace
}  // namespace hezhi
