#include <algorithm>

#include "rules/check_reach.h"
#include "rules/pack_sections.h"

namespace hezhi::rules {
namespace {

// Those that facts speak of (facts/need_facts.h): each has its limits, and there are no others.
constexpr std::string_view priority_classes[] = {"P1", "P2", "P3", "P4"};

}  // namespace

void check_time_limits(TableReader& root, const Pack& pack) {
    const TomlNode* classes = root.node("class", TomlNode::Kind::table, false);
    if (!classes) return;  // reported already
    constexpr const char *zh = "P1、P2、P3、P4 各一类，没有别的",
                         *en = "P1, P2, P3 and P4, and no other";
    for (const auto& [key, table] : classes->members) {
        if (std::ranges::find(priority_classes, key) == std::end(priority_classes)) {
            root.wrong_at(table, "class." + key, zh, en);
        }
        const LimitClass* limits = pack.limit_class(key);
        if (limits && outlasts(limits->first_contact, limits->handling)) {
            const TomlNode* place = table.member("first_contact");
            root.wrong_at(place ? *place : table, "class." + key + ".first_contact",
                          "不晚于 handling", "no later than handling");
        }
    }
    for (auto key : priority_classes) {
        if (!pack.limit_class(key)) return root.wrong("class", zh, en);
    }
}

void read_time_limits(TableReader& root, Pack& pack) {
    root.entries("class", true, [&](const std::string& key, TableReader& row) {
        LimitClass limits;
        limits.key = key;
        limits.clause = row.clause();
        limits.name = row.words("name");
        limits.do_first = row.optional_words("do_first");
        limits.first_step = row.time_limit("first_step");
        limits.first_contact = row.time_limit("first_contact");
        limits.handling = row.time_limit("handling");
        limits.offer_open = row.time_limit("offer_open");
        pack.limit_classes.push_back(std::move(limits));
    });
    root.table("order", [&](TableReader& row) {
        pack.order_limits.clause = row.clause();
        pack.order_limits.confirm_within = row.time_limit("confirm_within");
        pack.order_limits.brief_closes = row.time_limit("brief_closes");
        pack.order_limits.reopen_within = row.time_limit("reopen_within");
        pack.order_limits.joint_meeting_from = row.integer("joint_meeting_from", {1, 20});
    });
    // A pack that was published before this section existed still reads: nobody is asked.
    if (root.has("attendance")) {
        root.table("attendance", [&](TableReader& row) {
            pack.attendance.clause = row.clause();
            pack.attendance.apart_minutes_max = row.integer("apart_minutes_max", {1, 240});
        });
    }
}

}  // namespace hezhi::rules
