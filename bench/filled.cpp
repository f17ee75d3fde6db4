#include "bench/filled.h"

#include <stdexcept>

#include "app/figures.h"
#include "facts/need_facts.h"
#include "facts/order_facts.h"
#include "facts/review_facts.h"
#include "facts/time_bank_facts.h"

namespace hezhi::bench {

void fill_journal(const app::Location& location, std::int64_t facts_wanted) {
    auto database = store::Database::open(location.db_url, {.durable = false});
    ManualClock clock(Instant{1772672400000});
    journal::Ledger ledger(*database, app::all_figures(), clock, {.inline_actions_per_turn = 100});
    areas::AreaTree tree(ledger);
    const auto areas = tree.now();
    AreaId area;
    for (AreaId root : areas->children({})) area = root;
    while (!areas->children(area).empty()) area = areas->children(area).front();
    Place place{area, areas->find(area)->path};
    std::string pack = ledger.packs()->in_force(clock.now())->hash;
    const PersonId person(ledger.head().position);
    while (ledger.head().position < facts_wanted) {
        clock.advance(std::chrono::minutes(1));
        auto one_order = [&](journal::Turn& turn) -> Result<std::int64_t> {
            const Actor actor{Via::account, AccountId(7), "order.open"};
            const Instant now = turn.now(), later = now + std::chrono::hours(48);
            Subjects about{{"need", self}};
            auto append = [&](const auto& payload) {
                return turn.append(draft(payload, actor, place, about, now));
            };
            NeedReported reported;
            reported.first_contact_until = reported.handle_until = later;
            reported.pack = pack;
            about["need"] = append(reported);
            append(NeedContacted{});
            OrderOpened opened;
            opened.category = "environment_clean_up";
            opened.minutes_planned = 60;
            opened.people_needed = 2;
            opened.starts_at = now;
            opened.ends_at = opened.handle_until = opened.escalate_until = later;
            opened.pack = pack;
            about["order"] = self;
            about["order"] = append(opened);
            append(NeedPlanned{});
            for (int i = 0; i < 2; ++i) {
                about["person"] = person.value - i;
                append(OrderOffered{later, 80});
            }
            for (int i = 0; i < 2; ++i) {
                about["person"] = person.value - i;
                append(OrderAccepted{now, later, i == 1});
                append(OrderCheckedIn{});
            }
            std::int64_t records[2];
            for (int i = 0; i < 2; ++i) {
                about["person"] = person.value - i;
                records[i] = append(OrderCheckedOut{60, later, i == 1});
            }
            about.erase("person");
            append(OrderConfirmed{});
            for (int i = 0; i < 2; ++i) {
                const PersonId who(person.value - i);
                EarningJudged judged;
                judged.served.category = "errands";
                judged.served.ends_at = now;
                judged.served.minutes = judged.counted = judged.credited = 60;
                judged.legs = {{LedgerAccount::issued, {}, -60}, {LedgerAccount::person, who, 60}};
                judged.pack = pack;
                turn.append(draft(
                    judged, {}, place,
                    {{"order", about["order"]}, {"person", who.value}, {"record", records[i]}},
                    now));
            }
            return append(OrderReviewed{Resolution::resolved, 5});
        };
        if (!ledger.act<std::int64_t>(one_order)) throw std::runtime_error("refused");
    }
    ledger.finish_turn();
}

}  // namespace hezhi::bench
