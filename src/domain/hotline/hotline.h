// Work orders of the 12345 hotline (热线工单): taken over from the hotline's file, answered as
// needs, handed back as a file.
#pragma once

#include "api/action.h"
#include "domain/hotline/hotline_file.h"
#include "domain/hotline/hotline_order_figure.h"
#include "domain/needs/needs.h"

namespace hezhi::hotline {

namespace refusals {
inline constexpr RefusalRow hotline_not_kept{
    "hotline_not_kept", 409, "规则包写明当地没有热线，不能导入或导出热线工单。",
    "By the rule pack there is no hotline here; no work orders are imported or exported."};
inline constexpr RefusalRow hotline_map_wrong{
    "hotline_map_wrong", 422, "列对照表有误，请按提示修改。",
    "The map of columns is not right; see the places named."};
inline constexpr RefusalRow hotline_order_not_open{
    "hotline_order_not_open", 409, "该工单已办结、已退回或已转订单，不能退回。",
    "This work order is closed, was returned, or has an order; it cannot be returned."};
}  // namespace refusals

// The text of history, under the work order's id; that of an open one stands under its need's.
inline constexpr std::string_view text_what = needs::text_what;

// What the actions have in their hands. Const from any thread; the references must outlive it.
struct HotlineDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
};

// --- import

// The areas that a file's rows may name: those below one area, by name.
class AreaNames {
  public:
    // Refuses if there is no area of the map's code, or it is closed.
    static Result<AreaNames> make(const areas::Areas& areas, const HotlineMap& map,
                                  const rules::Pack& pack);

    const Place& top() const { return top_; }
    // The place of a row, nothing if an area of this name must be made first, or why not.
    std::expected<std::optional<Place>, const char*> find(const std::string& name) const;
    void add(const std::string& name, Place place) { places_[name] = {std::move(place), false}; }

  private:
    struct Named {
        Place place;
        bool ambiguous = false;
    };
    Place top_;
    std::map<std::string, Named> places_;
    bool makes_ = false;
};

struct ImportCounts {
    std::int64_t rows = 0;
    std::int64_t imported = 0;
    std::int64_t open = 0;    // of the imported: they became needs
    std::int64_t known = 0;   // were imported before
    std::int64_t closed = 0;  // of the known: the hotline has closed them since
    std::int64_t revisits = 0;
    std::int64_t areas = 0;  // made for them
    std::int64_t refused = 0;

    ImportCounts& operator+=(const ImportCounts& more);
    bool operator==(const ImportCounts&) const = default;
};
BOOST_DESCRIBE_STRUCT(ImportCounts, (),
                      (rows, imported, open, known, closed, revisits, areas, refused))

struct ImportReport {
    ImportCounts counts;
    std::vector<RowProblem> problems;  // in order of lines
};
BOOST_DESCRIBE_STRUCT(ImportReport, (), (counts, problems))

// What would happen to these rows. Writes nothing. `names` learns the areas that would be made.
ImportReport check_rows(store::Session& db, const std::vector<HotlineRow>& rows,
                        const HotlineMap& map, AreaNames& names, Instant now);

// 导入热线工单: one row that is new. History starts no clock; an open order becomes a need whose
// limit is the official one. Returns the work order's id.
std::int64_t import_hotline_order(journal::Turn& turn, const Actor& actor, const HotlineDesk& desk,
                                  const HotlineRow& row, const Place& place);
// 登记热线办结: what was open here is closed by the hotline's later file. Its need is closed too,
// unless an order or another office is at work on it: then they finish, and the clock of the
// hotline stands still.
void close_hotline_order(journal::Turn& turn, const Actor& actor, const HotlineDesk& desk,
                         const HotlineOrderState& order, const HotlineRow& row);
// 记录官方回访: once a work order.
void revisit_hotline_order(journal::Turn& turn, const Actor& actor, const HotlineOrderState& order,
                           const OfficialRevisit& revisit);
// All rows of one action. What is known is left alone, what cannot be taken is reported, the areas
// that the map wants are made (and put into `names`, which the caller keeps only after the commit).
ImportReport import_rows(journal::Turn& turn, const Actor& actor, const HotlineDesk& desk,
                         const std::vector<HotlineRow>& rows, const HotlineMap& map,
                         AreaNames& names);

// 退回工单, with a reason. Its need is closed. Returns the work order's id.
struct ReturnHotlineOrder {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(ReturnHotlineOrder, (), (reason))
Result<std::int64_t> return_hotline_order(journal::Turn& turn, const api::Caller& caller,
                                          const HotlineDesk& desk, HotlineOrderId id,
                                          std::string_view reason);

// --- where there is one

// hotline_not_kept where the pack has no hotline.
Result<void> require_hotline(const rules::Pack& pack);

// --- what is told

// An area's work orders, counted. Answered: closed by the hotline, or by our need. A returned one
// is in no rate.
struct HotlineFigures {
    std::int64_t all = 0;
    std::int64_t answered_with_due = 0;  // the denominator of in time and late
    std::int64_t in_time = 0;
    std::int64_t late = 0;
    std::int64_t without_due = 0;
    std::int64_t open = 0;
    std::int64_t open_overdue = 0;
    std::int64_t returned = 0;
    std::int64_t official_asked = 0;  // said resolved or not resolved to the hotline
    std::int64_t official_resolved = 0;
    std::int64_t official_not_answered = 0;
    std::int64_t own_asked = 0;  // the same to us
    std::int64_t own_resolved = 0;
};
BOOST_DESCRIBE_STRUCT(HotlineFigures, (),
                      (all, answered_with_due, in_time, late, without_due, open, open_overdue,
                       returned, official_asked, official_resolved, official_not_answered,
                       own_asked, own_resolved))

// Of the area with this path and all below it, as they stand at `at`.
HotlineFigures hotline_figures(store::Session& db, std::string_view path, Instant at);

// The file for the hotline: open orders that were contacted, closed or returned, in the columns of
// the map, guarded against formulas. UTF-8 with a BOM, as spreadsheets want it.
std::string reply_file(store::Session& db, const people::Register& people, std::string_view path,
                       const TimeForm& time, const ReplyMap& columns);

// --- pages

enum class HotlineFilter { any, open, overdue, in_time, late, dated, without_due, returned };
BOOST_DESCRIBE_ENUM(HotlineFilter, any, open, overdue, in_time, late, dated, without_due, returned)

// A work order as pages show it. The two revisits stand side by side.
struct HotlineOrder {
    HotlineOrderId id;
    std::string external_number;
    AreaId area_id;
    std::string area_name;
    HotlineOutcome outcome = HotlineOutcome::open;
    std::string what;
    Instant received_at;
    std::optional<Instant> due_at;
    std::optional<Instant> answered_at;
    bool running = false;  // its clock runs
    bool late = false;     // answered late, or still open past its limit
    std::optional<NeedId> need_id;
    std::optional<needs::NeedStep> need_state;
    std::optional<Instant> first_contacted_at;
    std::optional<Instant> returned_at;
    std::optional<std::string> return_reason;
    std::optional<Instant> official_revisited_at;
    std::optional<Resolution> official_resolution;
    std::optional<std::int32_t> official_satisfaction;
    std::optional<Resolution> own_resolution;
    std::optional<std::int32_t> own_satisfaction;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(HotlineOrder, (),
                      (id, external_number, area_id, area_name, outcome, what, received_at, due_at,
                       answered_at, running, late, need_id, need_state, first_contacted_at,
                       returned_at, return_reason, official_revisited_at, official_resolution,
                       official_satisfaction, own_resolution, own_satisfaction, actions))

struct HotlineOrderList {
    std::vector<HotlineOrder> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(HotlineOrderList, (), (items, next_cursor))

HotlineOrder show(const api::Reading& reading, const HotlineDesk& desk,
                  const HotlineOrderState& order);

api::Routes routes(const HotlineDesk& desk);
// The import by upload needs the writer. `ledger` must outlive the routes.
api::Routes import_routes(const HotlineDesk& desk, journal::Ledger& ledger);
api::ActionRows actions();

}  // namespace hezhi::hotline
