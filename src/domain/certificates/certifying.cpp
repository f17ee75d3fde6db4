// Which records may stand on a certificate, who holds them, and whether they are still as printed.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "domain/activities/activity_figure.h"
#include "domain/certificates/queries.h"
#include "domain/certificates/record_doubts.h"

namespace hezhi::certificates {
namespace {

// "/1/5/9/" → 1, 5, 9.
std::vector<AreaId> areas_on(std::string_view path) {
    std::vector<AreaId> ids;
    std::int64_t id = 0;
    for (char c : path) {
        if (c != '/') {
            id = id * 10 + (c - '0');
        } else if (id > 0) {
            ids.push_back(AreaId(std::exchange(id, 0)));
        }
    }
    return ids;
}

}  // namespace

std::vector<HeldRecord> held_records(store::Session& db, const journal::FigureTables& tables,
                                     const people::Register& people, PersonId person, Instant from,
                                     Instant until, Instant now) {
    std::vector<HeldRecord> held;
    const RecordDoubts doubts = doubts_of(db, tables, people, person);
    db.each(queries::held_records, {{"person", person}, {"from", from}, {"until", until}},
            [&](const store::Row& row) {
                HeldRecord one{journal::read_state<records::RecordFigure>(tables, row),
                               std::string(row.text("done")), row.id<OrganizationId>("held_by")};
                bool settled = row.integer("confirmed") == 1 || now > one.record.lock_at;
                one.certifiable = one.record.state == records::RecordStep::entered &&
                                  one.record.minutes > 0 && settled &&
                                  row.integer("call_awaited") == 0;
                auto doubt = doubts.find(one.record.id);
                if (one.certifiable && doubt != doubts.end()) {
                    one.certifiable = false;
                    one.doubt = doubt->second.why;
                }
                held.push_back(std::move(one));
            });
    return held;
}

bool holds_record(const IssuerState& issuer, const HeldRecord& held) {
    if (issuer.organization) return held.organization == issuer.organization;
    return held.record.area_path.starts_with(issuer.area_path);
}

std::vector<IssuerState> issuers_of(store::Session& db, const journal::FigureTables& tables,
                                    const std::vector<HeldRecord>& held) {
    std::set<std::string> keys;
    for (const auto& one : held) {
        if (one.organization) keys.insert(issuer_key({}, one.organization));
        for (AreaId area : areas_on(one.record.area_path)) keys.insert(issuer_key(area, {}));
    }
    const auto& table = tables.of(journal::figure<IssuerFigure>());
    std::vector<IssuerState> issuers;
    for (const auto& key : keys) {
        auto state = table.load(db, journal::Key(key));
        if (state) issuers.push_back(*static_cast<IssuerState*>(state.get()));
    }
    // A team before the area that it works in, a community before its subdistrict.
    std::ranges::sort(issuers, [](const IssuerState& a, const IssuerState& b) {
        bool team = bool(a.organization), other = bool(b.organization);
        if (team != other) return team;
        return std::pair(b.area_path.size(), a.issuer) < std::pair(a.area_path.size(), b.issuer);
    });
    return issuers;
}

const IssuerState& best_issuer(const std::vector<IssuerState>& issuers,
                               const std::vector<HeldRecord>& held) {
    return *std::ranges::max_element(issuers, {}, [&](const IssuerState& issuer) {
        std::int64_t minutes = 0;
        for (const auto& one : held) {
            if (one.certifiable && holds_record(issuer, one)) minutes += one.record.minutes;
        }
        return minutes;
    });
}

bool as_printed(const CertifiedRecord& printed, const records::RecordState& record) {
    return record.minutes == printed.minutes && record.starts_at == printed.starts_at &&
           record.ends_at == printed.ends_at;
}

std::vector<RecordId> changed_records(store::Session& db, const journal::FigureTables& tables,
                                      const CertificateContent& content) {
    std::map<RecordId, records::RecordState> now;
    db.each(queries::records_of_person, {{"person", content.person}}, [&](const store::Row& row) {
        auto state = journal::read_state<records::RecordFigure>(tables, row);
        now.emplace(state.id, std::move(state));
    });
    std::vector<RecordId> changed;
    for (const auto& printed : content.records) {
        auto found = now.find(printed.record);
        bool same = found != now.end() && as_printed(printed, found->second);
        if (!same) changed.push_back(printed.record);
    }
    return changed;
}

}  // namespace hezhi::certificates
