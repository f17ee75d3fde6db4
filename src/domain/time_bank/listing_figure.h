// What members offer and want, and what two of them agreed, as figures: a row an entry of the
// list, a row an exchange.
#pragma once

#include "domain/time_bank/posting_figure.h"

namespace hezhi::time_bank {

enum class ListingStep {
    open,       // 有效
    taken,      // 已约定: a want that somebody answered; an offer stays open
    withdrawn,  // 已撤下
    lapsed,     // 已到期
};
BOOST_DESCRIBE_ENUM(ListingStep, open, taken, withdrawn, lapsed)

struct ListingState {
    ListingId id;
    PersonId person;
    AreaId area;
    std::string area_path;
    ListingSide side = ListingSide::offer;
    std::string category;
    std::int32_t minutes = 0;  // of one time
    ListingStep state = ListingStep::open;
    Instant posted_at;
    Instant until;
    Instant lapses_at;  // while it is open or taken
};
BOOST_DESCRIBE_STRUCT(ListingState, (),
                      (id, person, area, area_path, side, category, minutes, state, posted_at,
                       until, lapses_at))

struct ListingFigure {
    using State = ListingState;
    static constexpr std::string_view name = "listings";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"state, side, id", "person, state", "area_path, id", "lapses_at"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

enum class ExchangeStep {
    agreed,     // 已约定: the time is held
    confirmed,  // 已确认
    cancelled,  // 已取消
    reversed,   // 已冲正: what was confirmed
};
BOOST_DESCRIBE_ENUM(ExchangeStep, agreed, confirmed, cancelled, reversed)

struct ExchangeState {
    ExchangeId id;
    ListingId listing;
    PersonId giver;     // who helps and is paid
    PersonId receiver;  // who is helped, pays and confirms
    AreaId area;        // of whoever posted the listing
    std::string area_path;
    ExchangeStep state = ExchangeStep::agreed;
    std::int32_t minutes = 0;  // agreed
    std::int32_t served = 0;   // confirmed
    std::int64_t pooled = 0;
    Instant agreed_at;
    Instant confirm_until;
    Instant ended_at;
    PostingId confirmed_as;  // the posting by which it was
};
BOOST_DESCRIBE_STRUCT(ExchangeState, (),
                      (id, listing, giver, receiver, area, area_path, state, minutes, served,
                       pooled, agreed_at, confirm_until, ended_at, confirmed_as))

struct ExchangeFigure {
    using State = ExchangeState;
    static constexpr std::string_view name = "exchanges";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"giver, id", "receiver, id", "area_path, id", "listing, state"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::time_bank
