// What a guardian sees through the link: what was asked, where the child goes and where it is now.
#include <algorithm>

#include "domain/accounts/account_figure.h"
#include "domain/activities/activity_figure.h"
#include "domain/guardians/guardians.h"
#include "domain/guardians/queries.h"
#include "domain/records/records.h"

namespace hezhi::guardians {
namespace {

using activities::SeatState;
using activities::SeatStep;
using orders::OfferState;
using orders::OfferStep;
using people::ConsentStep;

// What is over stays on the page for a week.
constexpr std::int64_t outings_max = 50;

std::optional<std::string> leader_of(const api::Reading& reading, const GuardianDesk& desk,
                                     AccountId id) {
    auto account = id ? reading.load<accounts::AccountFigure>(id) : std::nullopt;
    if (!account) return std::nullopt;
    return desk.people.name(reading.db, account->person);
}

std::int32_t adult_from(const api::Reading& reading) {
    return reading.pack()->pack->dispatch.adult_from_years;
}

Whereabouts where_now(const SeatState& seat) {
    if (seat.state == SeatStep::waiting) return Whereabouts::waiting;
    if (seat.returned_at) return Whereabouts::returned;
    return seat.present_at ? Whereabouts::there : Whereabouts::signed_up;
}

Outing show_seat(const api::Reading& reading, const GuardianDesk& desk, const SeatState& seat) {
    auto activity = reading.load<activities::ActivityFigure>(seat.activity);
    auto text = [&](std::string_view field) {
        return desk.people.read_text(reading.db, seat.activity.value, field).value_or("");
    };
    Outing shown;
    shown.shift_id = seat.shift_id;
    shown.title_zh = shown.title_en = text(activities::text_title);
    shown.place = text(activities::text_place);
    shown.starts_at = seat.starts_at;
    shown.ends_at = seat.ends_at;
    shown.leader_name = leader_of(reading, desk, activity->leader);
    shown.adults = static_cast<std::int32_t>(
        reading.db
            .row(queries::adults_at_shift,
                 {{"shift_id", seat.shift_id}, {"adult", adult_from(reading)}})
            ->integer("adults"));
    shown.where_now = where_now(seat);
    if (seat.present_at) shown.there_at = seat.present_at;
    if (seat.returned_at) shown.returned_at = seat.returned_at;
    bool ahead = seat.state == SeatStep::joined || seat.state == SeatStep::waiting;
    if (ahead && reading.now < seat.ends_at) shown.actions.emplace_back("recall_child");
    return shown;
}

Outing show_offer(const api::Reading& reading, const GuardianDesk& desk, const OfferState& offer) {
    auto order = reading.load<orders::OrderFigure>(offer.order_id);
    Outing shown;
    shown.order_id = offer.order_id;
    shown.title_zh = shown.title_en = order->category;
    if (const auto* category = reading.pack()->pack->category(order->category)) {
        shown.title_zh = category->name.zh;
        shown.title_en = category->name.en;
    }
    auto areas = desk.tree.now();
    if (const auto* area = areas->find(order->area)) shown.place = area->name;
    shown.starts_at = offer.starts_at;
    shown.ends_at = offer.ends_at;
    shown.leader_name = leader_of(reading, desk, order->leader);
    shown.adults = static_cast<std::int32_t>(
        reading.db
            .row(queries::adults_at_order,
                 {{"order_id", offer.order_id}, {"adult", adult_from(reading)}})
            ->integer("adults"));
    if (offer.checked_in_at) shown.there_at = offer.checked_in_at;
    if (offer.checked_out_at) shown.returned_at = offer.checked_out_at;
    if (offer.state == OfferStep::in_service) shown.where_now = Whereabouts::there;
    if (offer.state == OfferStep::delivered) shown.where_now = Whereabouts::returned;
    if (offer.state == OfferStep::accepted) shown.actions.emplace_back("recall_child");
    return shown;
}

void add_outings(const api::Reading& reading, const GuardianDesk& desk, PersonId child,
                 GuardianPage& page) {
    std::chrono::days shown_after(reading.pack()->pack->joining.outings_shown_days);
    std::vector<store::Param> params{
        {"person", child}, {"since", reading.now - shown_after}, {"limit", outings_max}};
    for (const auto& seat : reading.rows<activities::SeatFigure>(queries::seats_of_child, params)) {
        page.outings.push_back(show_seat(reading, desk, seat));
    }
    for (const auto& offer : reading.rows<orders::OfferFigure>(queries::orders_of_child, params)) {
        page.outings.push_back(show_offer(reading, desk, offer));
    }
    std::ranges::stable_sort(page.outings, {}, &Outing::starts_at);
    page.not_back = static_cast<std::int32_t>(
        std::ranges::count(page.outings, Whereabouts::there, &Outing::where_now));
}

void add_words(const rules::JoiningRules& rules, GuardianPage& page) {
    page.consent_zh = rules.guardian_consent.zh;
    page.consent_en = rules.guardian_consent.en;
    page.sensitive_zh = rules.sensitive_consent.zh;
    page.sensitive_en = rules.sensitive_consent.en;
    page.photos_zh = rules.photo_consent.zh;
    page.photos_en = rules.photo_consent.en;
}

}  // namespace

Result<GuardianPage> guardian_page(const api::Reading& reading, const GuardianDesk& desk,
                                   std::int64_t link) {
    auto row = link > 0 ? reading.db.row(queries::consent_of_link, {{"link", link}}) : std::nullopt;
    if (!row) return refuse(hezhi::refusals::not_found);
    auto id = row->id<PersonId>("id");
    auto consent = reading.load<people::ConsentFigure>(id);
    auto person = reading.load<people::PersonFigure>(id);
    if (!consent || !person || person->erased) return refuse(hezhi::refusals::not_found);
    const rules::Pack& pack = *reading.pack()->pack;
    GuardianPage page;
    page.name = desk.people.masked_name(reading.db, id);
    page.age_years = person->age_years.value_or(0);
    page.state = consent->state;
    page.of_age = !people::is_minor(pack, *person);
    page.sensitive = page.age_years < pack.joining.sensitive_below_years;
    page.must_accompany = page.age_years < pack.joining.accompanied_below_years;
    page.relation = consent->relation;
    page.photos = consent->photos;
    page.desk_phone = desk.tree.now()->desk_phone(person->area);
    add_words(pack.joining, page);
    // Whoever is of age keeps their whereabouts to themselves.
    if (page.of_age) return page;
    add_outings(reading, desk, id, page);
    page.minutes = records::minutes_of(reading.db, id);
    if (consent->state == ConsentStep::given) {
        page.actions = {"withdraw_consent", "decide_photos"};
    } else {
        page.actions.emplace_back("give_consent");
        if (consent->state == ConsentStep::asked) page.actions.emplace_back("refuse_consent");
    }
    return page;
}

}  // namespace hezhi::guardians
