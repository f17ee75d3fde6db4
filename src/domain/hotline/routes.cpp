#include <algorithm>

#include "domain/hotline/hotline.h"
#include "domain/hotline/queries.h"

namespace hezhi::hotline {
namespace {

using api::Reading;
using api::Writing;

struct HotlineQuery {
    std::optional<AreaId> area;
    std::optional<HotlineFilter> filter;
    std::optional<Text<1, 64>> number;  // its beginning
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(HotlineQuery, (), (area, filter, number, cursor, limit))

struct AreaQuery {
    std::optional<AreaId> area;
};
BOOST_DESCRIBE_STRUCT(AreaQuery, (), (area))

struct HotlineText {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(HotlineText, (), (text))

// What it is called here; empty where the pack has none.
struct HotlineTerms {
    std::string name_zh;
    std::string name_en;
    std::string number;
};
BOOST_DESCRIBE_STRUCT(HotlineTerms, (), (name_zh, name_en, number))

// Behind every number that begins with `prefix`: no byte of UTF-8 is 0xFF, U+10FFFF is the last.
std::string number_end(const std::string& prefix) {
    return prefix + "\xF4\x8F\xBF\xBF";
}

Result<HotlineOrderList> list(const Reading& reading, const HotlineDesk& desk,
                              const HotlineQuery& query) {
    auto page = areas::newest_page(reading, desk.tree, query.area, "hotline_order.read",
                                   query.cursor, query.limit);
    if (!page) return std::unexpected(page.error());
    std::string number = query.number ? query.number->value : "!";
    page->params.emplace_back("number", number);
    page->params.emplace_back("number_end", number_end(query.number ? number : ""));
    page->params.emplace_back("filter", label_of(query.filter.value_or(HotlineFilter::any)));
    page->params.emplace_back("at", reading.now);
    auto found = reading.rows<HotlineOrderFigure>(queries::listed, page->params);
    return api::page_of<HotlineOrderList>(found, page->limit, [&](const HotlineOrderState& order) {
        return show(reading, desk, order);
    });
}

Result<HotlineOrder> one(const Reading& reading, const HotlineDesk& desk, HotlineOrderId id) {
    auto order = id ? reading.load<HotlineOrderFigure>(id) : std::nullopt;
    if (!order || !reading.caller.may("hotline_order.read", {.area_path = order->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    return show(reading, desk, *order);
}

Result<HotlineFigures> figures(const Reading& reading, const HotlineDesk& desk,
                               const AreaQuery& query) {
    auto path = areas::list_path(reading, desk.tree, query.area, "hotline_order.read");
    if (!path) return std::unexpected(path.error());
    return hotline_figures(reading.db, *path, reading.now);
}

HotlineTerms terms(const Reading& reading) {
    const rules::HotlineRules& hotline = reading.pack()->pack->hotline;
    return {hotline.name.zh, hotline.name.en, hotline.number};
}

// Ready for files with the district's own headings; anything else is written by hand.
Result<HotlineText> offered_map(const Reading& reading, const HotlineDesk& desk) {
    auto kept = require_hotline(*reading.pack()->pack);
    if (!kept) return std::unexpected(kept.error());
    auto paths = reading.caller.areas_of("hotline_order.import");
    const auto areas = desk.tree.now();
    std::string code;
    for (const auto& role : reading.caller.roles) {
        const areas::AreaState* area = areas->find(role.area);
        if (area && area->code && std::ranges::find(paths, role.path) != paths.end()) {
            code = *area->code;
        }
    }
    return HotlineText{standard_map(code)};
}

Result<HotlineText> replies(const Reading& reading, const HotlineDesk& desk,
                            const AreaQuery& query) {
    auto kept = require_hotline(*reading.pack()->pack);
    if (!kept) return std::unexpected(kept.error());
    auto path = areas::list_path(reading, desk.tree, query.area, "hotline_order.import");
    if (!path) return std::unexpected(path.error());
    auto map = read_map(standard_map("0"), "standard");
    HEZHI_ASSERT(map.has_value());
    return HotlineText{reply_file(reading.db, desk.people, *path, map->time, *map->reply)};
}

}  // namespace

api::Routes routes(const HotlineDesk& desk) {
    using http::Method;
    return {
        api::reads<HotlineQuery, HotlineOrderList>(
            {Method::get, "/hotline-orders", "list_hotline_orders", "hotline_order.read"},
            [&desk](const Reading& r, const HotlineQuery& q) { return list(r, desk, q); }),
        api::reads<AreaQuery, HotlineFigures>(
            {Method::get, "/hotline-figures", "show_hotline_figures", "hotline_order.read"},
            [&desk](const Reading& r, const AreaQuery& q) { return figures(r, desk, q); }),
        api::reads<api::Nothing, HotlineTerms>(
            {Method::get, "/hotline-terms", "show_hotline_terms", "hotline_order.read"},
            [](const Reading& r, const api::Nothing&) -> Result<HotlineTerms> { return terms(r); }),
        api::reads<api::Nothing, HotlineText>(
            {Method::get, "/hotline-map", "show_hotline_map", "hotline_order.import"},
            [&desk](const Reading& r, const api::Nothing&) { return offered_map(r, desk); }),
        api::reads<AreaQuery, HotlineText>(
            {Method::get, "/hotline-replies", "list_hotline_replies", "hotline_order.import"},
            [&desk](const Reading& r, const AreaQuery& q) { return replies(r, desk, q); }),
        api::reads<api::Nothing, HotlineOrder>(
            {Method::get, "/hotline-orders/{id}", "show_hotline_order", "hotline_order.read"},
            [&desk](const Reading& r, const api::Nothing&) {
                return one(r, desk, HotlineOrderId(r.id()));
            }),
        api::writes<ReturnHotlineOrder, HotlineOrder>(
            {Method::post, "/hotline-orders/{id}/handback", "return_hotline_order",
             "hotline_order.return"},
            [&desk](const Writing& w, const ReturnHotlineOrder& input) {
                return return_hotline_order(w.turn, w.caller, desk, HotlineOrderId(w.id()),
                                            input.reason);
            },
            [&desk](const Reading& r, std::int64_t id) {
                return one(r, desk, HotlineOrderId(id));
            }),
    };
}

api::ActionRows actions() {
    return {
        {"import_hotline_order", "hotline_order.import", "hotline_order.imported",
         "POST /hotline-rows", "导入热线工单", "import hotline work orders", "热线工单导入",
         "a hotline work order was imported"},
        {"revisit_hotline_order", "hotline_order.import", "hotline_order.revisited", "",
         "登记官方回访", "note the official revisit", "官方回访", "the hotline's own revisit"},
        {"close_hotline_order", "hotline_order.import", "hotline_order.closed", "", "登记热线办结",
         "note that the hotline closed it", "热线办结", "closed by the hotline"},
        {"return_hotline_order", "hotline_order.return", "hotline_order.returned",
         "POST /hotline-orders/{id}/handback", "退回工单", "return the work order", "工单退回",
         "the work order was returned"},
    };
}

}  // namespace hezhi::hotline
