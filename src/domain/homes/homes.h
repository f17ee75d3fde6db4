// Homes (首页): what each role sees first, with the one number that it cares about.
//
// A role's home is the rows of home_rows() that name it; a card is one statement of queries.sql.
#pragma once

#include <span>

#include "domain/queues/queues.h"
#include "domain/records/records.h"

namespace hezhi::homes {

// How a card's number is read.
enum class CardKind {
    count,    // how many
    rate,     // how many of how many
    minutes,  // a sum, shown in hours
    days,     // until the first of them
    load,     // weighted, of at most so many
    hours,    // since the latest of them
};
BOOST_DESCRIBE_ENUM(CardKind, count, rate, minutes, days, load, hours)

struct HomeRow {
    std::string_view role;  // a role, or team_lead
    std::string_view card;
    CardKind kind;
    const store::Query& query;
    std::string_view permission;  // bounds :path; empty if the card is one's own
    bool one_number;              // the one that the role cares about
};
std::span<const HomeRow> home_rows();

// Not a role of the roles table: whoever leads a team.
inline constexpr std::string_view team_lead = "team_lead";

// A number is counted to here; the page then says "more than".
inline constexpr std::int64_t counted_max = 10000;

struct HomeItem {
    std::string noun;
    std::int64_t id = 0;
    std::string title_zh;
    std::string title_en;
    std::optional<std::string> state;
    std::string area_name;
    Instant due_at;
    bool counted = false;  // in the numerator
};
BOOST_DESCRIBE_STRUCT(HomeItem, (),
                      (noun, id, title_zh, title_en, state, area_name, due_at, counted))

struct HomeCard {
    std::string card;
    std::string role;
    CardKind kind = CardKind::count;
    bool one_number = false;
    std::int64_t number = 0;             // of days: until the first
    std::optional<std::int64_t> whole;   // the denominator of a rate, the limit of a load
    std::optional<bool> near_limit;      // a load that the pack warns of
    std::optional<std::int64_t> within;  // hours or days of the pack that the card's words name
    bool more = false;                   // there are more than were counted
    std::vector<HomeItem> items;         // the first few
};
BOOST_DESCRIBE_STRUCT(HomeCard, (),
                      (card, role, kind, one_number, number, whole, near_limit, within, more,
                       items))

struct Home {
    Instant at;
    std::optional<std::string> desk_phone;  // where one belongs
    std::vector<HomeCard> cards;
};
BOOST_DESCRIBE_STRUCT(Home, (), (at, desk_phone, cards))

// The home of whoever asks: the cards of all roles held, each once, in the order of the table.
Home home_of(const api::Reading&, const orders::OrderDesk&);

api::Routes routes(const orders::OrderDesk& desk);

}  // namespace hezhi::homes
