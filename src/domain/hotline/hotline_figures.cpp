// The counts, and the file of replies.
#include "domain/hotline/hotline.h"
#include "domain/hotline/queries.h"

namespace hezhi::hotline {
namespace {

// In words of the hotline's language, Chinese: the file leaves the house.
std::string result_of(const store::Row& row, const std::string& reason) {
    if (row.integer("returned_at") > 0) return "退回：" + reason;
    auto resolution = row.text_or_null("resolution");
    if (resolution == label_of(Resolution::resolved)) return "已解决";
    if (resolution == label_of(Resolution::not_resolved)) return "未解决";
    if (row.integer("closed_at") == 0) return "办理中";
    if (row.integer("served") != 0) return "已服务";
    return reason.empty() ? "已办结" : "已办结：" + reason;
}

}  // namespace

HotlineFigures hotline_figures(store::Session& db, std::string_view path, Instant at) {
    auto row =
        db.row(queries::figures, {{"path", path}, {"path_end", areas::path_end(path)}, {"at", at}});
    HotlineFigures figures;
    figures.all = row->integer("all_orders");
    figures.answered_with_due = row->integer("dated");
    figures.late = row->integer("late");
    figures.in_time = figures.answered_with_due - figures.late;
    figures.without_due = row->integer("without_due");
    figures.open = row->integer("open_orders");
    figures.open_overdue = row->integer("overdue");
    figures.returned = row->integer("returned");
    figures.official_asked = row->integer("official_asked");
    figures.official_resolved = row->integer("official_resolved");
    figures.official_not_answered = row->integer("official_not_answered");
    figures.own_asked = row->integer("own_asked");
    figures.own_resolved = row->integer("own_resolved");
    return figures;
}

std::string reply_file(store::Session& db, const people::Register& people, std::string_view path,
                       const TimeForm& time, const ReplyMap& columns) {
    std::vector<store::OwnedRow> rows =
        db.rows(queries::replies, {{"path", path}, {"path_end", areas::path_end(path)}});
    std::string file =
        "\xEF\xBB\xBF" + csv_line({columns.number, columns.contacted_at, columns.result,
                                   columns.closed_at, columns.order});
    auto written = [&](Instant at) { return at ? time.write(at) : std::string(); };
    for (const auto& row : rows) {
        std::string reason =
            people.read_text(db, row.integer("need"), needs::text_close_reason).value_or("");
        std::int64_t order = row.integer_or_null("order_id").value_or(0);
        std::vector<std::string> cells{std::string(row.text("external_number")),
                                       written(row.instant("first_contacted_at")),
                                       result_of(row, reason), written(row.instant("closed_at")),
                                       order > 0 ? std::to_string(order) : ""};
        for (auto& cell : cells) cell = guard_formula(std::move(cell));
        file += csv_line(cells);
    }
    return file;
}

}  // namespace hezhi::hotline
