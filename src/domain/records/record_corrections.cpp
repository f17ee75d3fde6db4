// Why a record says something else than it did: for whoever served, who reads no versions.
#include "domain/grading/grade_figure.h"
#include "domain/grading/grading.h"
#include "domain/records/queries.h"
#include "domain/records/record_pages.h"
#include "facts/spot_check_facts.h"
#include "journal/facts_about.h"

namespace hezhi::records {
namespace {

// The correction that holds, with the fact that made it and the one under which its reason stands.
struct Corrected {
    Instant at;
    AccountId by;
    std::int64_t reason_at = 0;
    bool proven_false = false;
    RecordVersionState before;
};

RecordVersionState version_of(const Fact& fact) {
    RecordVersionState version;
    const auto& corrected = fact.as<RecordCorrected>();
    version.starts_at = corrected.starts_at;
    version.ends_at = corrected.ends_at;
    version.minutes = corrected.minutes;
    return version;
}

// Each correction that came to hold takes the place of the one before.
std::optional<Corrected> holding_correction(const std::vector<Fact>& facts,
                                            RecordVersionState holds) {
    std::optional<Corrected> found;
    const Fact* waiting = nullptr;
    bool proven_false = false;
    auto note = [&](const Fact& correction, const Fact& decided) {
        found = Corrected{decided.occurred_at, decided.actor.account, correction.position,
                          proven_false, holds};
        holds = version_of(correction);
        proven_false = false;
    };
    for (const Fact& fact : facts) {
        if (fact.is<SpotCheckSettled>()) {
            proven_false = fact.as<SpotCheckSettled>().proven_false;
        } else if (fact.is<RecordCorrected>()) {
            waiting = fact.as<RecordCorrected>().waits ? &fact : nullptr;
            if (!waiting) note(fact, fact);
        } else if (fact.is<RecordConfirmed>() && waiting) {
            note(*waiting, fact);
            waiting = nullptr;
        } else if (fact.is<RecordRejected>()) {
            waiting = nullptr;
        }
    }
    return found;
}

// What was proposed of the person in the same turn; none of a minor, nor where it stood already.
void add_proposal(const api::Reading& reading, PersonId person, const Corrected& corrected,
                  RecordCorrection& shown) {
    auto proposals = reading.rows<grading::GradeProposalFigure>(
        queries::proposal_of_correction,
        {{"graded_id", grading::grade_key(GradeSubject::person, person.value)},
         {"at", corrected.at},
         {"by", corrected.by}});
    if (proposals.empty()) return;
    const grading::GradeProposalState& proposal = proposals.front();
    shown.proposal_id = proposal.id;
    shown.proposal_state = proposal.state;
    Instant until = grading::appeal_open_until(proposal);
    if (until && reading.now <= until) shown.appeal_until = until;
}

}  // namespace

std::optional<RecordCorrection> show_correction(const api::Reading& reading, const RecordDesk& desk,
                                                const RecordState& record) {
    auto first = reading.load<RecordVersionFigure>(record.id.value);
    if (record.corrections == 0 || !first) return std::nullopt;
    const auto facts = journal::facts_about(reading.db, "record", record.id.value);
    auto corrected = holding_correction(facts, *first);
    if (!corrected) return std::nullopt;
    RecordCorrection shown;
    shown.at = corrected->at;
    shown.proven_false = corrected->proven_false;
    shown.reason = desk.people.read_text(reading.db, corrected->reason_at, text_reason);
    shown.starts_at = corrected->before.starts_at;
    shown.ends_at = corrected->before.ends_at;
    shown.minutes = corrected->before.minutes;
    if (corrected->proven_false) add_proposal(reading, record.person, *corrected, shown);
    return shown;
}

}  // namespace hezhi::records
