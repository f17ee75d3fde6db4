// The month's seed: promised when its first look begins, told on the first morning that draws by
// the next one, and begun anew if it is lost.
#include "crypto/promised_seed.h"
#include "domain/orders/sample_seed_figure.h"
#include "domain/spot_checks/spot_checks.h"

namespace hezhi::spot_checks {

Instant month_of_look(Instant morning) {
    return grading::month_start(morning - Millis(1));
}

Result<std::int64_t> seed_sample(journal::Turn& turn, const people::Register& people,
                                 crypto::Random& random, Instant month) {
    if (const auto* begun = turn.load<orders::SampleSeedFigure>(month.ms)) {
        if (orders::seed_of(turn.db(), people, *begun)) {
            return refuse(refusals::check_state_forbids);
        }
        if (!begun->commitment.empty()) lose_sample(turn, month);
    }
    std::string seed = crypto::new_seed(random);
    people.write_text(turn.db(), turn.next_position(), orders::text_sample_seed, seed);
    SampleSeeded seeded{month, {}, crypto::commitment_of(seed)};
    return turn.append(draft(seeded, {}, {}, {}, turn.now()));
}

Result<std::int64_t> reveal_sample(journal::Turn& turn, const people::Register& people,
                                   Instant month) {
    const auto* begun = turn.load<orders::SampleSeedFigure>(month.ms);
    bool over = month < month_of_look(start_of(day_of(turn.now())));
    if (!begun || begun->commitment.empty() || !begun->revealed.empty() || !over) {
        return refuse(refusals::check_state_forbids);
    }
    auto seed = orders::seed_of(turn.db(), people, *begun);
    if (!seed) return lose_sample(turn, month);
    SampleRevealed revealed{month, std::get<std::string>(*seed)};
    return turn.append(draft(revealed, {}, {}, {}, turn.now()));
}

std::int64_t lose_sample(journal::Turn& turn, Instant month) {
    return turn.append(draft(SampleLost{month}, {}, {}, {}, turn.now()));
}

}  // namespace hezhi::spot_checks
