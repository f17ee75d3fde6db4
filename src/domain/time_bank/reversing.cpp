// 冲正: the opposite of a posting is posted, once; what was spent already is lost.
#include <algorithm>

#include "domain/time_bank/load_posting.h"

namespace hezhi::time_bank {
namespace {

// What an order holds is settled or released by it, and a transfer has its dispute.
constexpr std::string_view reversible_kinds[] = {EarningJudged::kind,     CreditDonated::kind,
                                                 CreditGifted::kind,      CreditGranted::kind,
                                                 ExchangeConfirmed::kind, CreditTakenOver::kind};

// Whose a posting may be besides those who have a leg of it.
constexpr std::string_view nouns_of_people[] = {"person", "recipient", "giver", "receiver",
                                                "beneficiary"};

// The published pack of this hash.
const rules::Pack& pack_of(journal::Turn& turn, const std::string& hash) {
    auto found = std::ranges::find(turn.packs().all(), hash, &rules::PublishedPack::hash);
    HEZHI_ASSERT(found != turn.packs().all().end());
    return *found->pack;
}

// What moved on each account. What a member paid for a service comes back to the own account:
// nothing holds it now.
PostingLegs moved_by(const PostingLegs& legs) {
    PostingLegs moved;
    for (PostingLeg leg : legs) {
        if (leg.account == LedgerAccount::held) leg.account = LedgerAccount::person;
        auto same = std::ranges::find_if(moved, [&](const PostingLeg& each) {
            return each.account == leg.account && each.person == leg.person;
        });
        if (same == moved.end()) {
            moved.push_back(leg);
        } else {
            same->minutes += leg.minutes;
        }
    }
    return moved;
}

// A posting that the caller may undo by `permission`: any, or grants.
Result<Fact> load_to_undo(journal::Turn& turn, const api::Caller& caller, PostingId id,
                          std::string_view permission, bool only_grants) {
    const auto* first = id ? turn.load<PostingFigure>(posting_key(id, 0)) : nullptr;
    if (!first) return refuse(hezhi::refusals::not_found);
    bool reversed = first->reversed;
    Fact posting = fact_at(turn.db(), id);
    bool other = only_grants && !posting.is<CreditGranted>();
    if (other || !caller.may(permission, {.area_path = posting.place.path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (auto may_be = reversible(posting, reversed, turn.now()); !may_be) {
        return std::unexpected(may_be.error());
    }
    if (concerns(posting, caller.person)) return refuse(refusals::own_posting);
    return posting;
}

std::int64_t undo(journal::Turn& turn, const Actor& actor, const TimeBankDesk& desk,
                  const Fact& posting, std::string_view reason) {
    desk.people.write_text(turn.db(), turn.next_position(), text_reason, reason);
    std::int64_t id = append_reversal(turn, actor, posting);
    // Whose time comes back is dead, or was taken to be: nobody uses it before a document is shown.
    if (posting.is<CreditTakenOver>()) {
        turn.append(draft(CreditRested{turn.now()}, actor, posting.place,
                          {{"person", posting.subject("person")}}, turn.now()));
    }
    return id;
}

}  // namespace

Result<void> reversible(const Fact& posting, bool reversed, Instant now) {
    auto kind = std::ranges::find(reversible_kinds, posting.kind.view());
    if (kind == std::end(reversible_kinds)) return refuse(refusals::posting_not_reversible);
    if (reversed) return refuse(refusals::posting_reversed_already);
    // What was left of it is the pool's again, or will be as soon as the timer comes.
    bool lapsed = posting.is<CreditGranted>() && posting.as<CreditGranted>().lapses_at <= now;
    if (lapsed) return refuse(refusals::grant_lapsed);
    return {};
}

bool concerns(const Fact& posting, PersonId person) {
    if (!person) return false;
    auto named = [&](std::string_view noun) { return posting.subject(noun) == person.value; };
    return std::ranges::any_of(nouns_of_people, named) ||
           std::ranges::any_of(posting_legs(posting),
                               [&](const PostingLeg& leg) { return leg.person == person; });
}

std::int64_t append_reversal(journal::Turn& turn, const Actor& actor, const Fact& posting) {
    const PostingLegs& legs = posting_legs(posting);
    PostingReversed reversed;
    reversed.legs_undone = static_cast<std::int32_t>(legs.size());
    if (posting.is<EarningJudged>()) {
        const auto& judged = posting.as<EarningJudged>();
        reversed.served_at = judged.served.ends_at;
        reversed.credited = judged.credited;
        reversed.undone = undone_by_reversal(judged, pack_of(turn, judged.pack));
    }
    std::int64_t lost = 0;
    const PostingLegs moved = moved_by(legs);
    for (const PostingLeg& leg : moved) {
        std::int64_t back = -leg.minutes;
        if (back < 0 && floor_of(leg.account, turn.pack()->pack->time_bank) != INT64_MIN) {
            back = -std::min(leg.minutes, available(turn, leg.account, leg.person));
            lost += leg.minutes + back;
        }
        // A grant that was used up is over as well: its leg of nothing ends it.
        bool ends = leg.account == LedgerAccount::grant;
        if (back != 0 || ends) reversed.legs.push_back({leg.account, leg.person, back});
    }
    if (lost > 0) reversed.legs.push_back({LedgerAccount::lost, {}, -lost});
    Subjects subjects = posting.subjects;
    subjects["posting"] = posting.position;
    return turn.append(draft(reversed, actor, posting.place, std::move(subjects), turn.now()));
}

Result<std::int64_t> reverse_posting(journal::Turn& turn, const api::Caller& caller,
                                     const TimeBankDesk& desk, PostingId id,
                                     std::string_view reason) {
    auto posting = load_to_undo(turn, caller, id, "posting.reverse", false);
    if (!posting) return std::unexpected(posting.error());
    return undo(turn, caller.actor("posting.reverse"), desk, *posting, reason);
}

Result<std::int64_t> reverse_grant(journal::Turn& turn, const api::Caller& caller,
                                   const TimeBankDesk& desk, PostingId id,
                                   std::string_view reason) {
    auto posting = load_to_undo(turn, caller, id, "credit.grant", true);
    if (!posting) return std::unexpected(posting.error());
    return undo(turn, caller.actor("credit.grant"), desk, *posting, reason);
}

}  // namespace hezhi::time_bank
