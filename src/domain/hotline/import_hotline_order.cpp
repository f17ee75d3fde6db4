#include "domain/hotline/hotline.h"
#include "domain/hotline/queries.h"

namespace hezhi::hotline {
namespace {

// What is to become of one row.
struct Decision {
    bool is_new = false;
    bool closes = false;
    bool with_revisit = false;
    std::optional<HotlineOrderState> known;
    const char* problem = nullptr;
};

std::optional<HotlineOrderState> find_known(store::Session& db, const journal::FigureTables* tables,
                                            const std::string& number) {
    auto row = db.row(queries::known, {{"external_number", number}});
    if (!row) return std::nullopt;
    if (tables) return journal::read_state<HotlineOrderFigure>(*tables, *row);
    HotlineOrderState state;
    state.outcome = *from_label<HotlineOutcome>(row->text("outcome"));
    state.returned_at = row->instant("returned_at");
    state.received_at = row->instant("received_at");
    state.revisited_at = row->instant("revisited_at");
    return state;
}

Decision decide(std::optional<HotlineOrderState> known, const HotlineRow& row, Instant now) {
    Decision decision;
    if (known && known->received_at != row.received_at) {
        decision.problem = "number_conflicts";
    } else if (row.received_at > now) {
        decision.problem = "received_in_future";
    } else {
        decision.is_new = !known;
        bool open_here = known && known->outcome == HotlineOutcome::open && !known->returned_at;
        decision.closes = open_here && row.outcome != HotlineOutcome::open;
        decision.with_revisit = row.revisit && (!known || !known->revisited_at);
        decision.known = std::move(known);
    }
    return decision;
}

void count(ImportCounts& counts, const Decision& decision, const HotlineRow& row) {
    if (decision.is_new) {
        ++counts.imported;
        if (row.outcome == HotlineOutcome::open) ++counts.open;
    } else {
        ++counts.known;
    }
    if (decision.closes) ++counts.closed;
    if (decision.with_revisit) ++counts.revisits;
}

std::string area_name_of(const HotlineRow& row, const HotlineMap& map) {
    return row.area_name.empty() ? map.unknown.value_or("") : row.area_name;
}

void report(ImportReport& result, std::int32_t line, const char* kind) {
    result.problems.push_back(problem(line, kind));
    ++result.counts.refused;
}

// The area is made for the first row that names it, below the map's area.
Place make_area(journal::Turn& turn, const Actor& actor, const AreaNames& names,
                const HotlineMap& map, const std::string& name) {
    std::string kind = map.area_kind.value_or("community");
    auto id = areas::add_area(turn, actor, names.top().area, kind, name, std::nullopt);
    if (!id) throw std::runtime_error(std::string(id.error().row->en));
    return {AreaId(*id), names.top().path + std::to_string(*id) + "/"};
}

}  // namespace

Result<void> require_hotline(const rules::Pack& pack) {
    if (!pack.hotline.exists()) return refuse(refusals::hotline_not_kept);
    return {};
}

ImportCounts& ImportCounts::operator+=(const ImportCounts& more) {
    rows += more.rows;
    imported += more.imported;
    open += more.open;
    known += more.known;
    closed += more.closed;
    revisits += more.revisits;
    areas += more.areas;
    refused += more.refused;
    return *this;
}

Result<AreaNames> AreaNames::make(const areas::Areas& areas, const HotlineMap& map,
                                  const rules::Pack& pack) {
    if (auto kept = require_hotline(pack); !kept) return std::unexpected(kept.error());
    const areas::AreaState* top = areas.find_code(map.under);
    if (!top || top->closed) {
        return refuse(areas::refusals::area_unknown,
                      {"/area/under", "代码为 " + map.under + " 的现用区域",
                       "an area in use with the code " + map.under});
    }
    if (map.area_kind && !pack.area_kind(*map.area_kind)) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/area/create_kind", "规则包中的区域层级", "a kind of area of the pack"});
    }
    AreaNames names;
    names.top_ = {top->id, top->path};
    names.makes_ = map.area_kind.has_value();
    if (map.unknown) names.places_[*map.unknown];  // may be made
    std::vector<AreaId> waiting{top->id};
    while (!waiting.empty()) {
        const areas::AreaState& area = *areas.find(waiting.back());
        waiting.pop_back();
        for (AreaId child : areas.children(area.id)) waiting.push_back(child);
        if (area.closed) continue;
        const auto* kind = pack.area_kind(area.kind);
        for (const auto& name :
             {area.name, kind ? std::string(rules::search_name(*kind, area.name)) : area.name}) {
            Named& named = names.places_[name];
            if (named.place.area && named.place.area != area.id) named.ambiguous = true;
            named.place = {area.id, area.path};
        }
    }
    return names;
}

std::expected<std::optional<Place>, const char*> AreaNames::find(const std::string& name) const {
    if (name.empty()) return top_;
    auto found = places_.find(name);
    if (found == places_.end()) {
        if (makes_) return std::nullopt;
        return std::unexpected("area_unknown");
    }
    if (found->second.ambiguous) return std::unexpected("area_ambiguous");
    if (!found->second.place.area) return std::nullopt;
    return found->second.place;
}

ImportReport check_rows(store::Session& db, const std::vector<HotlineRow>& rows,
                        const HotlineMap& map, AreaNames& names, Instant now) {
    ImportReport result;
    for (const auto& row : rows) {
        ++result.counts.rows;
        Decision decision = decide(find_known(db, nullptr, row.number), row, now);
        std::string name = area_name_of(row, map);
        auto place = names.find(name);
        if (!decision.problem && decision.is_new && !place) decision.problem = place.error();
        if (decision.problem) {
            report(result, row.line, decision.problem);
            continue;
        }
        count(result.counts, decision, row);
        if (decision.is_new && !*place) {
            ++result.counts.areas;
            names.add(name, names.top());
        }
    }
    return result;
}

std::int64_t import_hotline_order(journal::Turn& turn, const Actor& actor, const HotlineDesk& desk,
                                  const HotlineRow& row, const Place& place) {
    Subjects subjects{{"hotline_order", self}};
    bool open = row.outcome == HotlineOutcome::open;
    if (open) {
        subjects["need"] = needs::receive_need(turn, actor, desk.people,
                                               {.place = place,
                                                .what = row.what,
                                                .contact = row.contact,
                                                .received_at = row.received_at,
                                                .handle_until = row.due_at});
    }
    std::int64_t id = turn.next_position();
    // What is over needs no contact any more, and so keeps none.
    if (!open) desk.people.write_text(turn.db(), id, text_what, row.what);
    return turn.append(
        draft(HotlineOrderImported{row.number, row.outcome, row.due_at, row.closed_at}, actor,
              place, std::move(subjects), row.received_at));
}

void close_hotline_order(journal::Turn& turn, const Actor& actor, const HotlineDesk& desk,
                         const HotlineOrderState& order, const HotlineRow& row) {
    Subjects subjects{{"hotline_order", order.id.value}};
    if (order.need) {
        subjects["need"] = order.need.value;
        // Refused where somebody is at work on it: they finish what they began.
        (void)needs::hand_back_need(turn, actor, desk.people, order.need, "热线已办结");
    }
    turn.append(draft(HotlineOrderClosed{row.outcome, row.closed_at}, actor,
                      {order.area, order.area_path}, std::move(subjects),
                      row.closed_at ? row.closed_at : turn.now()));
}

void revisit_hotline_order(journal::Turn& turn, const Actor& actor, const HotlineOrderState& order,
                           const OfficialRevisit& revisit) {
    turn.append(draft(HotlineOrderRevisited{revisit.resolution, revisit.satisfaction}, actor,
                      {order.area, order.area_path}, {{"hotline_order", order.id.value}},
                      revisit.at ? revisit.at : turn.now()));
}

ImportReport import_rows(journal::Turn& turn, const Actor& actor, const HotlineDesk& desk,
                         const std::vector<HotlineRow>& rows, const HotlineMap& map,
                         AreaNames& names) {
    ImportReport result;
    for (const auto& row : rows) {
        ++result.counts.rows;
        Decision decision =
            decide(find_known(turn.db(), &turn.tables(), row.number), row, turn.now());
        std::string name = area_name_of(row, map);
        auto place = names.find(name);
        if (!decision.problem && decision.is_new && !place) decision.problem = place.error();
        if (decision.problem) {
            report(result, row.line, decision.problem);
            continue;
        }
        count(result.counts, decision, row);
        if (decision.is_new) {
            if (!*place) {
                *place = make_area(turn, actor, names, map, name);
                names.add(name, **place);
                ++result.counts.areas;
            }
            HotlineOrderId id(import_hotline_order(turn, actor, desk, row, **place));
            decision.known = *turn.load<HotlineOrderFigure>(id);
        }
        if (decision.closes) close_hotline_order(turn, actor, desk, *decision.known, row);
        if (decision.with_revisit) {
            revisit_hotline_order(turn, actor, *decision.known, *row.revisit);
        }
    }
    return result;
}

}  // namespace hezhi::hotline
