#include "rules/pack_sections.h"

namespace hezhi::rules {

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
