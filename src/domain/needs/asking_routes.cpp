// Calls at the desk, one's own asking, triage, assessment, referral, merging.
#include "domain/needs/needs.h"
#include "domain/needs/queries.h"
#include "rules/working_calendar.h"

namespace hezhi::needs {
namespace {

using api::Reading;
using api::Writing;

// How many of the caller's earlier needs the desk sees, and how many reports are compared.
constexpr std::int64_t past_shown = 10;
constexpr std::int64_t compared_max = 100;

struct CallerQuery {
    Text<1, 60> who;
};
BOOST_DESCRIBE_STRUCT(CallerQuery, (), (who))

struct KnownCaller {
    PersonId id;
    std::string name;
    std::optional<std::string> phone_masked;
    AreaId area_id;
    std::string area_name;
    std::vector<Need> past;
};
BOOST_DESCRIBE_STRUCT(KnownCaller, (), (id, name, phone_masked, area_id, area_name, past))

struct KnownCallers {
    bool phone = false;  // a phone was read in what was typed
    bool name = false;   // and a name
    std::vector<KnownCaller> items;
};
BOOST_DESCRIBE_STRUCT(KnownCallers, (), (phone, name, items))

struct ReferNeed {
    Text<1, 100> office;
};
BOOST_DESCRIBE_STRUCT(ReferNeed, (), (office))

struct NoteReceipt {
    Text<1, 100> receipt;
    bool accepted = true;
};
BOOST_DESCRIBE_STRUCT(NoteReceipt, (), (receipt, accepted))

struct MergeNeed {
    NeedId into;
};
BOOST_DESCRIBE_STRUCT(MergeNeed, (), (into))

struct SealReason {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(SealReason, (), (reason))

struct UnsealAddress {
    AreaId area_id;
};
BOOST_DESCRIBE_STRUCT(UnsealAddress, (), (area_id))

KnownCallers find_callers(const Reading& reading, const NeedPages& pages,
                          const CallerQuery& query) {
    people::Contact contact = people::split_contact(query.who, reading.pack()->pack->phones);
    KnownCallers found{!contact.phone.empty(), !contact.name.empty(), {}};
    if (contact.phone.empty()) return found;
    people::PersonPages person_pages{pages.people, pages.tree};
    for (PersonId id : pages.people.with_phone(reading.db, contact.phone)) {
        auto person = person_pages.one(reading, id);
        if (!person) continue;  // of another district
        KnownCaller one{id, person->name, person->phone_masked, person->area_id, person->area_name,
                        {}};
        auto rows = rows_of(reading, queries::past_of_person,
                            {{"person", id}, {"before_id", INT64_MAX}, {"limit", past_shown}});
        for (const NeedState& need : rows) {
            if (reading.caller.may("need.read", access_of(need))) {
                one.past.push_back(pages.show(reading, need));
            }
        }
        found.items.push_back(std::move(one));
    }
    return found;
}

bool may_be_the_same(const Reading& reading, const NeedPages& pages, const NeedState& need,
                     const std::string& what, const NeedState& other) {
    if (need.recipient && need.recipient == other.recipient) return true;
    if (need.area_path != other.area_path) return false;
    bool another_kind =
        !need.category.empty() && !other.category.empty() && need.category != other.category;
    if (another_kind) return false;
    auto said = pages.people.read_text(reading.db, other.id.value, text_what).value_or("");
    return similar_percent(what, said) >= reading.pack()->pack->asking.similar_percent;
}

Result<NeedList> list_duplicates(const Reading& reading, const NeedPages& pages, NeedId id) {
    auto need = id ? reading.load<NeedFigure>(id) : std::nullopt;
    if (!need || !reading.caller.may("need.merge", access_of(*need))) {
        return refuse(hezhi::refusals::not_found);
    }
    NeedList list;
    bool open = allows("merge_need", need->state) && need->channel != Channel::plan;
    if (!open) return list;
    const rules::Pack& pack = *reading.pack()->pack;
    Millis within =
        rules::deadline(need->reported_at, pack.asking.suggest_within, pack.calendar).at -
        need->reported_at;
    auto what = pages.people.read_text(reading.db, id.value, text_what).value_or("");
    auto rows = rows_of(reading, queries::near_in_time,
                        {{"recipient", need->recipient ? need->recipient.value : -1},
                         {"area_path", need->area_path},
                         {"id", id},
                         {"since", need->reported_at - within},
                         {"until", need->reported_at + within},
                         {"limit", compared_max}});
    for (const NeedState& other : rows) {
        if (reading.caller.may("need.merge", access_of(other)) &&
            may_be_the_same(reading, pages, *need, what, other)) {
            list.items.push_back(pages.show(reading, other));
        }
    }
    return list;
}

}  // namespace

api::Routes asking_routes(const NeedPages& pages) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto render = [&pages](const Reading& reading, std::int64_t id) {
        return pages.one(reading, NeedId(id));
    };
    return {
        api::reads<CallerQuery, KnownCallers>(
            {Method::get, "/callers", "find_callers", "call.take"},
            [&pages](const Reading& r, const CallerQuery& q) -> Result<KnownCallers> {
                return find_callers(r, pages, q);
            }),
        api::writes<TakeCall, Need>(
            {Method::post, "/calls", "take_call", "call.take"},
            [&pages](const Writing& w, const TakeCall& input) {
                return take_call(w.turn, w.caller, pages.people, input);
            },
            render),
        api::writes<AskNeed, Need>(
            {Method::post, "/needs/mine", "ask_need", "need.ask", everyone},
            [&pages](const Writing& w, const AskNeed& input) {
                return ask_need(w.turn, w.caller, pages.people, input);
            },
            render),
        api::writes<TriageNeed, Need>(
            {Method::post, "/needs/{id}/class", "triage_need", "need.triage"},
            [](const Writing& w, const TriageNeed& input) {
                return triage_need(w.turn, w.caller, NeedId(w.id()), input);
            },
            render),
        api::writes<AssessNeed, Need>(
            {Method::post, "/needs/{id}/assessment", "assess_need", "need.assess"},
            [&pages](const Writing& w, const AssessNeed& input) {
                return assess_need(w.turn, w.caller, pages.people, NeedId(w.id()), input);
            },
            render),
        api::writes<ReferNeed, Need>(
            {Method::post, "/needs/{id}/referral", "refer_need", "need.refer"},
            [&pages](const Writing& w, const ReferNeed& input) {
                return refer_need(w.turn, w.caller, pages.people, NeedId(w.id()), input.office);
            },
            render),
        api::writes<NoteReceipt, Need>(
            {Method::post, "/needs/{id}/receipt", "note_receipt", "need.refer"},
            [&pages](const Writing& w, const NoteReceipt& input) {
                return note_receipt(w.turn, w.caller, pages.people, NeedId(w.id()), input.receipt,
                                    input.accepted);
            },
            render),
        api::reads<api::Nothing, NeedList>(
            {Method::get, "/needs/{id}/duplicates", "list_duplicates", "need.merge"},
            [&pages](const Reading& r, const api::Nothing&) {
                return list_duplicates(r, pages, NeedId(r.id()));
            }),
        api::writes<MergeNeed, Need>(
            {Method::post, "/needs/{id}/joining", "merge_need", "need.merge"},
            [](const Writing& w, const MergeNeed& input) {
                return merge_need(w.turn, w.caller, NeedId(w.id()), input.into);
            },
            render),
        api::writes<api::Nothing, Need>(
            {Method::post, "/needs/{id}/separation", "unmerge_need", "need.merge"},
            [](const Writing& w, const api::Nothing&) {
                return unmerge_need(w.turn, w.caller, NeedId(w.id()));
            },
            render),
    };
}

api::Routes secrecy_routes(const NeedPages& pages) {
    using http::Method;
    return {
        api::writes<SealReason, people::Person>(
            {Method::post, "/people/{id}/address-secrecy", "seal_address", "address.seal"},
            [&pages](const Writing& w, const SealReason& input) {
                return seal_address(w.turn, w.caller, pages.people, PersonId(w.id()), input.reason);
            },
            [&pages](const Reading& r, std::int64_t id) {
                return people::PersonPages{pages.people, pages.tree}.one(r, PersonId(id));
            }),
        api::writes<UnsealAddress, people::Person>(
            {Method::post, "/people/{id}/address-release", "unseal_address", "address.seal"},
            [](const Writing& w, const UnsealAddress& input) {
                return unseal_address(w.turn, w.caller, PersonId(w.id()), input.area_id);
            },
            [&pages](const Reading& r, std::int64_t id) {
                return people::PersonPages{pages.people, pages.tree}.one(r, PersonId(id));
            }),
        api::writes<SealReason, Need>(
            {Method::post, "/needs/{id}/secrecy", "seal_need", "address.seal"},
            [&pages](const Writing& w, const SealReason& input) {
                return seal_need(w.turn, w.caller, pages.people, NeedId(w.id()), input.reason);
            },
            [&pages](const Reading& r, std::int64_t id) { return pages.one(r, NeedId(id)); }),
    };
}

std::vector<jobs::Timer> timers() {
    return {
        {"remind_referral",
         [](store::Session& db, Instant now, std::int64_t limit) {
             std::vector<jobs::Due> due;
             db.each(queries::due_receipts, {{"now", now}, {"limit", limit}},
                     [&](const store::Row& row) {
                         due.push_back({row.integer("id"), 0, row.instant("receipt_until")});
                     });
             return due;
         },
         [](journal::Turn& turn, const jobs::Due& due) {
             return remind_referral(turn, NeedId(due.id), due.due_at);
         }},
    };
}

}  // namespace hezhi::needs
