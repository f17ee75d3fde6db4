// The list of offers and wants, and one's exchanges: for members on the phone, for the desk.
#include "domain/time_bank/listings.h"
#include "domain/time_bank/queries.h"

namespace hezhi::time_bank {
namespace {

using api::Reading;
using api::Writing;

struct ListingQuery {
    std::optional<ListingSide> side;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListingQuery, (), (side, cursor, limit))

struct ExchangeQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ExchangeQuery, (), (cursor, limit))

struct Listing {
    ListingId id;
    ListingSide side = ListingSide::offer;
    std::string category_zh;
    std::string category_en;
    std::optional<std::string> what;
    std::int32_t minutes = 0;
    std::string person_name;  // masked
    std::string area_name;
    Instant until;
    ListingStep state = ListingStep::open;
    bool mine = false;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Listing, (),
                      (id, side, category_zh, category_en, what, minutes, person_name, area_name,
                       until, state, mine, actions))

struct ListingCategory {
    std::string key;
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(ListingCategory, (), (key, zh, en))

// The list, and what it takes to add to it.
struct ListingList {
    bool mutual = false;  // members help each other here
    std::string says_zh;
    std::string says_en;
    std::int64_t balance = 0;      // one's own
    std::int64_t may_owe = 0;      // the overdraft
    std::int32_t minutes_max = 0;  // of one time
    std::vector<ListingCategory> categories;
    std::vector<Listing> items;
    std::optional<std::string> next_cursor;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(ListingList, (),
                      (mutual, says_zh, says_en, balance, may_owe, minutes_max, categories, items,
                       next_cursor, actions))

struct MemberExchange {
    ExchangeId id;
    ListingId listing_id;
    ListingSide side = ListingSide::offer;
    std::string category_zh;
    std::string category_en;
    std::optional<std::string> what;
    std::string giver_name;            // in full to the other of the two, as long as it runs
    std::string receiver_name;         // the same
    std::optional<std::string> phone;  // of the other of the two, as long as it runs
    std::optional<bool> i_help;        // for the two
    std::int32_t minutes = 0;
    std::optional<std::int32_t> served;
    ExchangeStep state = ExchangeStep::agreed;
    Instant agreed_at;
    Instant confirm_until;
    bool late = false;
    std::optional<PostingId> posting_id;  // by which it was confirmed
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(MemberExchange, (),
                      (id, listing_id, side, category_zh, category_en, what, giver_name,
                       receiver_name, phone, i_help, minutes, served, state, agreed_at,
                       confirm_until, late, posting_id, actions))

struct ExchangeList {
    std::vector<MemberExchange> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ExchangeList, (), (items, next_cursor))

bool by_area(const Reading& reading, std::string_view permission) {
    return !reading.caller.areas_of(permission).empty();
}

template <class Shown>
void name_category(const Reading& reading, const std::string& key, Shown& shown) {
    const rules::Category* category = reading.pack()->pack->category(key);
    shown.category_zh = category ? category->name.zh : key;
    shown.category_en = category ? category->name.en : key;
}

Listing show_listing(const Reading& reading, const TimeBankDesk& desk,
                     const ListingState& listing) {
    Listing shown;
    shown.id = listing.id;
    shown.side = listing.side;
    name_category(reading, listing.category, shown);
    shown.minutes = listing.minutes;
    shown.person_name = desk.people.masked_name(reading.db, listing.person);
    auto areas = desk.tree.now();
    if (const auto* area = areas->find(listing.area)) shown.area_name = area->name;
    shown.until = listing.until;
    shown.state = listing.state;
    shown.mine = listing.person == reading.caller.person;
    if (listing.state != ListingStep::open) return shown;
    shown.what = desk.people.read_text(reading.db, listing.id.value, text_listing);
    api::Access access{.area_path = listing.area_path};
    if (shown.mine) access = {.owner = reading.caller.account};
    if (reading.caller.may("listing.withdraw", access)) {
        shown.actions.emplace_back("withdraw_listing");
    }
    if (!shown.mine && reading.caller.may_somewhere("exchange.agree")) {
        shown.actions.emplace_back("agree_exchange");
    }
    return shown;
}

MemberExchange show_exchange(const Reading& reading, const TimeBankDesk& desk,
                             const ExchangeState& exchange) {
    MemberExchange shown;
    shown.id = exchange.id;
    shown.listing_id = exchange.listing;
    bool runs = exchange.state == ExchangeStep::agreed;
    if (auto listing = reading.load<ListingFigure>(exchange.listing)) {
        shown.side = listing->side;
        name_category(reading, listing->category, shown);
    }
    if (runs) {
        shown.what = desk.people.read_text(reading.db, exchange.listing.value, text_listing);
    }
    PersonId self_ = reading.caller.person;
    bool helps = self_ && self_ == exchange.giver;
    bool helped = self_ && self_ == exchange.receiver;
    if (helps || helped) shown.i_help = helps;
    auto name = [&](PersonId person, bool of_other) {
        return runs && of_other ? desk.people.name(reading.db, person)
                                : desk.people.masked_name(reading.db, person);
    };
    shown.giver_name = name(exchange.giver, helped);
    shown.receiver_name = name(exchange.receiver, helps);
    if (runs && (helps || helped)) {
        PersonId other = helps ? exchange.receiver : exchange.giver;
        auto phone = desk.people.clear(reading.db, other).phone;
        if (!phone.empty()) shown.phone = phone;
    }
    shown.minutes = exchange.minutes;
    shown.state = exchange.state;
    if (exchange.state == ExchangeStep::confirmed) shown.served = exchange.served;
    if (exchange.confirmed_as) shown.posting_id = exchange.confirmed_as;
    shown.agreed_at = exchange.agreed_at;
    shown.confirm_until = exchange.confirm_until;
    shown.late = runs && exchange.confirm_until < reading.now;
    api::Access access{.area_path = exchange.area_path};
    if (helps || helped) access = {.owner = reading.caller.account};
    if (runs && reading.caller.may("exchange.settle", access)) {
        if (!helps) shown.actions.emplace_back("confirm_exchange");
        shown.actions.emplace_back("cancel_exchange");
    }
    return shown;
}

Result<Listing> listing_page(const Reading& reading, const TimeBankDesk& desk, ListingId id) {
    auto listing = id ? reading.load<ListingFigure>(id) : std::nullopt;
    if (!listing) return refuse(hezhi::refusals::not_found);
    return show_listing(reading, desk, *listing);
}

Result<MemberExchange> exchange_page(const Reading& reading, const TimeBankDesk& desk,
                                     ExchangeId id) {
    auto exchange = id ? reading.load<ExchangeFigure>(id) : std::nullopt;
    if (!exchange) return refuse(hezhi::refusals::not_found);
    return show_exchange(reading, desk, *exchange);
}

void add_rules(ListingList& list, const Reading& reading) {
    const rules::Pack& pack = *reading.pack()->pack;
    const rules::TimeBankRules& bank = pack.time_bank;
    list.mutual = bank.open && bank.model == rules::TimeBankModel::mutual;
    list.says_zh = bank.listing_clause.says.zh;
    list.says_en = bank.listing_clause.says.en;
    list.may_owe = bank.overdraft_minutes_max;
    list.minutes_max = bank.listing_minutes_max;
    if (PersonId person = reading.caller.person) {
        auto own = reading.load<TimeAccountFigure>(account_key(LedgerAccount::person, person));
        if (own) list.balance = own->balance;
    }
    if (!list.mutual) return;
    for (const auto& category : pack.categories) {
        if (!category.redeemable) continue;
        list.categories.push_back({category.key, category.name.zh, category.name.en});
    }
    if (reading.caller.may_somewhere("listing.post")) list.actions.emplace_back("post_listing");
}

Result<ListingList> list_listings(const Reading& reading, const TimeBankDesk& desk,
                                  const ListingQuery& query) {
    ListingList list;
    add_rules(list, reading);
    // Members see the list of all; the desk that of its areas.
    std::string path = "/";
    if (by_area(reading, "listing.read")) {
        auto own = areas::list_path(reading, desk.tree, {}, "listing.read");
        if (!own) return std::unexpected(own.error());
        path = *own;
    }
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    std::optional<std::string> side;
    if (query.side) side = std::string(label_of(*query.side));
    std::vector<ListingState> rows;
    reading.db.each(queries::open_listings_in,
                    {{"path", path},
                     {"path_end", areas::path_end(path)},
                     {"side", side},
                     {"before_id", cursor->value_or(api::Cursor{0, INT64_MAX}).id},
                     {"limit", limit + 1}},
                    [&](const store::Row& row) {
                        rows.push_back(journal::read_state<ListingFigure>(reading.tables, row));
                    });
    for (const auto& row : rows) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({0, list.items.back().id.value});
            break;
        }
        list.items.push_back(show_listing(reading, desk, row));
    }
    return list;
}

Result<ExchangeList> list_exchanges(const Reading& reading, const TimeBankDesk& desk,
                                    const ExchangeQuery& query) {
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    std::int64_t before = cursor->value_or(api::Cursor{0, INT64_MAX}).id;
    std::vector<ExchangeState> rows;
    auto keep = [&](const store::Row& row) {
        rows.push_back(journal::read_state<ExchangeFigure>(reading.tables, row));
    };
    if (by_area(reading, "listing.read")) {
        auto path = areas::list_path(reading, desk.tree, {}, "listing.read");
        if (!path) return std::unexpected(path.error());
        reading.db.each(queries::exchanges_in,
                        {{"path", *path},
                         {"path_end", areas::path_end(*path)},
                         {"before_id", before},
                         {"limit", limit + 1}},
                        keep);
    } else {
        reading.db.each(
            queries::exchanges_of,
            {{"person", reading.caller.person}, {"before_id", before}, {"limit", limit + 1}}, keep);
    }
    ExchangeList list;
    for (const auto& row : rows) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({0, list.items.back().id.value});
            break;
        }
        list.items.push_back(show_exchange(reading, desk, row));
    }
    return list;
}

}  // namespace

api::Routes listing_routes(const TimeBankDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto listed = [&desk](const Reading& r, std::int64_t id) {
        return listing_page(r, desk, ListingId(id));
    };
    auto exchanged = [&desk](const Reading& r, std::int64_t id) {
        return exchange_page(r, desk, ExchangeId(id));
    };
    return {
        api::reads<ListingQuery, ListingList>(
            {Method::get, "/time-bank/listings", "list_listings", "listing.read", everyone},
            [&desk](const Reading& r, const ListingQuery& q) { return list_listings(r, desk, q); }),
        api::writes<PostListing, Listing>(
            {Method::post, "/time-bank/listings", "post_listing", "listing.post", everyone},
            [&desk](const Writing& w, const PostListing& input) {
                return post_listing(w.turn, w.caller, desk, input);
            },
            listed),
        api::writes<api::Nothing, Listing>(
            {Method::post, "/time-bank/listings/{id}/withdrawal", "withdraw_listing",
             "listing.withdraw", everyone},
            [](const Writing& w, const api::Nothing&) {
                return withdraw_listing(w.turn, w.caller, ListingId(w.id()));
            },
            listed),
        api::writes<AgreeExchange, MemberExchange>(
            {Method::post, "/time-bank/listings/{id}/exchanges", "agree_exchange", "exchange.agree",
             everyone},
            [&desk](const Writing& w, const AgreeExchange& input) {
                return agree_exchange(w.turn, w.caller, desk, ListingId(w.id()), input);
            },
            exchanged),
        api::reads<ExchangeQuery, ExchangeList>(
            {Method::get, "/time-bank/exchanges", "list_exchanges", "listing.read", everyone},
            [&desk](const Reading& r, const ExchangeQuery& q) {
                return list_exchanges(r, desk, q);
            }),
        api::writes<ConfirmExchange, MemberExchange>(
            {Method::post, "/time-bank/exchanges/{id}/confirmation", "confirm_exchange",
             "exchange.settle", everyone},
            [](const Writing& w, const ConfirmExchange& input) {
                return confirm_exchange(w.turn, w.caller, ExchangeId(w.id()), input);
            },
            exchanged),
        api::writes<api::Nothing, MemberExchange>(
            {Method::post, "/time-bank/exchanges/{id}/cancellation", "cancel_exchange",
             "exchange.settle", everyone},
            [](const Writing& w, const api::Nothing&) {
                return cancel_exchange(w.turn, w.caller, ExchangeId(w.id()));
            },
            exchanged),
    };
}

}  // namespace hezhi::time_bank
