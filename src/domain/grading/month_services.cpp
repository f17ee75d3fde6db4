// The services and incidents behind a month that was graded. Rows of figures tell today; where one
// has changed since the run, it is folded anew from its own facts up to what the run had read.
#include <algorithm>
#include <set>

#include "domain/grading/grade_pages.h"
#include "domain/grading/queries.h"
#include "facts/stored_fact.h"
#include "journal/facts_about.h"

namespace hezhi::grading {
namespace {

constexpr std::size_t services_shown = 200;

struct ServiceOfMonth {
    GradedService then;
    GradedService now;
};

template <class Figure>
void step_facts(typename Figure::State& state, const journal::Key& key,
                const std::vector<Fact>& facts, std::int64_t position,
                const rules::PackHistory& packs) {
    static const rules::Pack no_pack;
    for (const Fact& fact : facts) {
        if (fact.position > position) break;
        if (!journal::figure<Figure>().folds(fact.kind)) continue;
        auto keys = Figure::keys(fact);
        if (std::ranges::find(keys, key) == keys.end()) continue;
        const auto* published = packs.in_force(fact.occurred_at);
        Figure::step(state, fact, published ? *published->pack : no_pack);
    }
}

Instant last_change(const GradedService& one) {
    const auto& service = one.service;
    return std::max({service.accepted_at, service.known_at, service.false_at, service.excused_at,
                     one.reviewed_at});
}

// Reads what one run had read.
class MonthThen {
  public:
    MonthThen(const api::Reading& reading, const GradePage& page, const GradeRunState& run)
        : reading_(reading),
          page_(page),
          run_(run),
          // A service that was accepted anew since may end after the month.
          rows_(rows_now(page.graded, page.subject_id)),
          seen_at_(run.at) {
        auto row = reading.db.row(queries::recorded_at, {{"position", run.position}});
        if (row) seen_at_ = row->instant("recorded_at");
    }

    // In order of their ends.
    std::vector<ServiceOfMonth> services() {
        std::vector<ServiceOfMonth> found;
        std::set<std::string> known;
        for (const GradedService& row : rows_.services) add(found, known, row);
        if (page_.graded == GradeSubject::team) add_rejoined(found, known);
        std::ranges::sort(found, {}, [](const ServiceOfMonth& one) {
            return std::pair(one.then.service.ends_at, one.then.service.id);
        });
        return found;
    }
    // No fact changes one that is settled.
    std::vector<GradedIncidentState> incidents() const {
        auto settled = rows_.incidents;
        std::erase_if(settled, [&](const auto& one) { return one.settled_at >= run_.until_at; });
        return settled;
    }

  private:
    SubjectRows rows_now(GradeSubject graded, std::int64_t subject) const {
        return subject_rows(reading_.db, graded, subject, run_.from_at, Instant{INT64_MAX});
    }

    std::optional<GradedService> as_of_run(const GradedService& now) const {
        if (last_change(now) < seen_at_) return now;
        if (now.service.order_id.value > run_.position) return std::nullopt;  // opened since
        auto facts = journal::facts_about(reading_.db, "order", now.service.order_id.value);
        GradedService then;
        then.service.id = now.service.id;
        step_facts<GradedServiceFigure>(then.service, now.service.id, facts, run_.position,
                                        *reading_.packs);
        if (!then.service.order_id) return std::nullopt;  // accepted since
        GradedReviewState review;
        step_facts<GradedReviewFigure>(review, then.service.order_id, facts, run_.position,
                                       *reading_.packs);
        then.resolution = review.resolution;
        then.satisfaction = review.satisfaction;
        then.reviewed_at = review.reviewed_at;
        return then;
    }

    void add(std::vector<ServiceOfMonth>& found, std::set<std::string>& known,
             const GradedService& now, const GradedMemberState* member = nullptr) const {
        auto then = as_of_run(now);
        if (!then) return;
        const auto& service = then->service;
        if (service.ends_at < run_.from_at || service.ends_at >= run_.until_at) return;
        bool outside = member && (service.starts_at < member->joined_at ||
                                  (member->left_at && member->left_at <= service.starts_at));
        if (outside || !known.insert(service.id).second) return;
        found.push_back({std::move(*then), now});
    }

    // Of whoever came back to the team since, only the last time is known to the figure.
    void add_rejoined(std::vector<ServiceOfMonth>& found, std::set<std::string>& known) {
        std::vector<std::int64_t> people;
        reading_.db.each(queries::members_joined_since,
                         {{"team", page_.subject_id}, {"since", seen_at_}},
                         [&](const store::Row& row) { people.push_back(row.integer("person")); });
        for (std::int64_t person : people) {
            std::vector<Fact> facts;
            reading_.db.each(
                queries::facts_of_membership,
                {{"team", page_.subject_id}, {"person", person}, {"position", run_.position}},
                [&](const store::Row& row) {
                    facts.push_back(read_stored_fact(row.text("body")));
                });
            GradedMemberState member;
            std::string key = std::to_string(page_.subject_id) + "/" + std::to_string(person);
            step_facts<GradedMemberFigure>(member, key, facts, run_.position, *reading_.packs);
            if (!member.joined_at) continue;
            auto rows = rows_now(GradeSubject::person, person);
            for (const GradedService& row : rows.services) add(found, known, row, &member);
        }
    }

    const api::Reading& reading_;
    const GradePage& page_;
    const GradeRunState& run_;
    SubjectRows rows_;
    Instant seen_at_;  // what was recorded from then on the run may not have read
};

std::optional<std::int32_t> mark_of(const GradedService& one, Instant at) {
    return review_counts(one, at) ? std::optional(one.satisfaction) : std::nullopt;
}

// Of a team's page nobody reads who was ill: an excuse is no change there.
std::optional<GradeServiceSince> since_then(const ServiceOfMonth& one, const GradeServiceWhy& why,
                                            GradeSubject graded, Instant now) {
    CountedAs as = counted_as(one.now, now);
    auto mark = mark_of(one.now, now);
    if (as == why.counted && mark == why.satisfaction) return std::nullopt;
    if (graded == GradeSubject::team && as == CountedAs::excused) return std::nullopt;
    return GradeServiceSince{as, mark, last_change(one.now)};
}

void show_incidents(GradePage& page, const std::vector<GradedIncidentState>& incidents,
                    const rules::Pack& pack) {
    for (const auto& incident : incidents) {
        GradeIncidentWhy why{incident.settled_at, incident.severity, incident.severity,
                             incident.percent};
        if (const auto* known = pack.incidents.find(incident.severity)) {
            why.zh = known->name.zh;
            why.en = known->name.en;
        }
        page.incidents.push_back(std::move(why));
    }
}

}  // namespace

void show_services(GradePage& page, const api::Reading& reading, const GradeRunState& run,
                   bool excuses) {
    const rules::Pack& pack = *reading.pack()->pack;
    MonthThen month(reading, page, run);
    auto services = month.services();
    for (const ServiceOfMonth& one : services) {
        CountedAs as = counted_as(one.then, run.at, run.position);
        if (page.graded == GradeSubject::team && as == CountedAs::excused) {
            ++page.excused;
            continue;
        }
        GradeServiceWhy why;
        why.order_id = one.then.service.order_id;
        why.ends_at = one.then.service.ends_at;
        why.counted = as;
        why.counts = counts(why.counted);
        why.satisfaction = mark_of(one.then, run.at);
        if (run.parts.record_compliance >= 0) {
            why.record_in_time = record_in_time(one.then.service, as, run.at);
        }
        why.excusable = excuses && is_excusable(one.now.service, pack, reading.now);
        why.since = since_then(one, why, page.graded, reading.now);
        ++(why.counts ? page.counted_in_all : page.not_counted_in_all);
        if (page.counted.size() + page.not_counted.size() == services_shown) continue;
        (why.counts ? page.counted : page.not_counted).push_back(why);
    }
    show_incidents(page, month.incidents(), *reading.packs->in_force(run.at)->pack);
}

}  // namespace hezhi::grading
