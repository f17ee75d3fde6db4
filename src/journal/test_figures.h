// For the tests of this folder: facts about boxes on shelves, and two figures that hold every form
// of column between them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "journal/figure.h"
#include "support/journal_fixture.h"

namespace hezhi::journal {

using BoxId = Id<struct BoxTag>;

enum class Colour { green, red };
BOOST_DESCRIBE_ENUM(Colour, green, red)

struct BoxOpened {
    static constexpr std::string_view kind = "box.opened";
    static constexpr int version = 1;
    std::string label;
    std::optional<std::int64_t> room;
};
BOOST_DESCRIBE_STRUCT(BoxOpened, (), (label, room))

// Subjects "box" and "shelf".
struct BoxFilled {
    static constexpr std::string_view kind = "box.filled";
    static constexpr int version = 1;
    std::int32_t amount = 0;
    Colour colour = Colour::green;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(BoxFilled, (), (amount, colour, note))

struct BoxClosed {
    static constexpr std::string_view kind = "box.closed";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(BoxClosed, (), ())

struct Entry {
    std::int64_t position = 0;
    std::int32_t amount = 0;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (position, amount))

struct BoxState {
    BoxId id;
    std::string label;
    std::optional<std::int64_t> room;
    std::optional<std::string> note;
    Colour colour = Colour::green;
    bool filled_up = false;
    Instant filled_at;
    std::int64_t amount = 0;
    std::vector<Entry> last;  // at most three
    Entry largest;
    bool closed = false;
};
BOOST_DESCRIBE_STRUCT(BoxState, (),
                      (id, label, room, note, colour, filled_up, filled_at, amount, last, largest,
                       closed))

struct BoxFigure {
    using State = BoxState;
    static constexpr std::string_view name = "boxes";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds() {
        return {BoxOpened::kind, BoxFilled::kind, BoxClosed::kind};
    }
    static std::vector<std::string> indexes() { return {"amount", "colour, filled_at"}; }
    static Keys keys(const Fact& fact) { return {fact.subject("box")}; }
    static void step(State& box, const Fact& fact, const rules::Pack&) {
        if (fact.is<BoxOpened>()) {
            box.label = fact.as<BoxOpened>().label;
            box.room = fact.as<BoxOpened>().room;
        } else if (fact.is<BoxFilled>()) {
            const auto& filled = fact.as<BoxFilled>();
            Entry entry{fact.position, filled.amount};
            box.note = filled.note;
            box.colour = filled.colour;
            box.filled_at = fact.occurred_at;
            box.amount += filled.amount;
            box.filled_up = box.room && box.amount >= *box.room;
            box.last.push_back(entry);
            if (box.last.size() > 3) box.last.erase(box.last.begin());
            if (entry.amount > box.largest.amount) box.largest = entry;
        } else {
            box.closed = true;
        }
    }
    static bool gone(const State& box) { return box.closed; }
};

// By shelf and colour together, judged by the pack in force.
struct ShelfState {
    std::string key;  // "7 red"
    std::int64_t amount = 0;
    std::string pack_version;  // of the last pack that judged; empty before any
};
BOOST_DESCRIBE_STRUCT(ShelfState, (), (key, amount, pack_version))

struct ShelfFigure {
    using State = ShelfState;
    static constexpr std::string_view name = "shelves";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds() { return {BoxFilled::kind}; }
    static std::vector<std::string> indexes() { return {}; }
    static Keys keys(const Fact& fact) {
        return {std::to_string(fact.subject("shelf")) + " " +
                std::string(label_of(fact.as<BoxFilled>().colour))};
    }
    static void step(State& shelf, const Fact& fact, const rules::Pack& pack) {
        shelf.amount += fact.as<BoxFilled>().amount;
        shelf.pack_version = pack.version;
    }
};

class Boxes : public testing::JournalFixture {
  protected:
    Boxes() : JournalFixture({&figure<BoxFigure>(), &figure<ShelfFigure>()}) {}

    FactDraft opened(std::string label, std::optional<std::int64_t> room = {}) {
        return draft(BoxOpened{std::move(label), room}, actor, {}, {{"box", self}}, clock.now());
    }
    FactDraft filled(std::int64_t box, std::int32_t amount, Colour colour = Colour::green,
                     std::optional<std::string> note = {}) {
        return draft(BoxFilled{amount, colour, std::move(note)}, actor, {},
                     {{"box", box}, {"shelf", box % 3}}, clock.now());
    }
    FactDraft closed(std::int64_t box) {
        return draft(BoxClosed{}, actor, {}, {{"box", box}}, clock.now());
    }

    std::int64_t open_box(std::string label, std::optional<std::int64_t> room = {}) {
        return act([&](Turn& turn) { return turn.append(opened(label, room)); }).value();
    }
    std::int64_t fill_box(std::int64_t box, std::int32_t amount, Colour colour = Colour::green) {
        return act([&](Turn& turn) { return turn.append(filled(box, amount, colour)); }).value();
    }
    std::int64_t close_box(std::int64_t box) {
        return act([&](Turn& turn) { return turn.append(closed(box)); }).value();
    }

    std::optional<BoxState> box(std::int64_t id) {
        auto db = ledger->read();
        auto state = tables.of(figure<BoxFigure>()).load(*db, id);
        if (!state) return std::nullopt;
        return *static_cast<BoxState*>(state.get());
    }
};

}  // namespace hezhi::journal
