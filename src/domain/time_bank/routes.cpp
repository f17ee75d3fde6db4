// One's own time, and the ledger for staff.
#include "domain/time_bank/queries.h"
#include "domain/time_bank/time_pages.h"
#include "domain/time_bank/why.h"

namespace hezhi::time_bank {
namespace {

using api::Reading;
using api::Writing;

struct MyTimeQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(MyTimeQuery, (), (cursor, limit))

struct LedgerQuery {
    std::optional<AreaId> area;
    std::optional<std::string> from;
    std::optional<std::string> until;
    std::optional<LedgerAccount> account;  // people's own, unless `kind` is asked for
    std::optional<Text<1, 40>> kind;       // of the fact
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(LedgerQuery, (), (area, from, until, account, kind, cursor, limit))

struct ReversePosting {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(ReversePosting, (), (reason))

Result<EarnedTimeList> list_my_services(const Reading& reading, const MyTimeQuery& query) {
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    EarnedTimeList list;
    std::int64_t before = cursor->value_or(api::Cursor{0, INT64_MAX}).id;
    for (const auto& row : reading.rows<EarnedTimeFigure>(
             queries::earned_by,
             std::vector<store::Param>{
                 {"person", reading.caller.person}, {"before_id", before}, {"limit", limit + 1}})) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({0, list.items.back().id.value});
            break;
        }
        list.items.push_back(show_earned(reading, row));
    }
    return list;
}

// What moved on one's own account besides what was earned, and what was granted, newest first.
Result<PostingList> list_my_postings(const Reading& reading, const TimeBankDesk& desk,
                                     const MyTimeQuery& query) {
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    PostingList list;
    std::int64_t before = cursor->value_or(api::Cursor{0, INT64_MAX}).id;
    for (const auto& row : reading.rows<PostingFigure>(
             queries::moved_for,
             std::vector<store::Param>{
                 {"person", reading.caller.person}, {"before_id", before}, {"limit", limit + 1}})) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({0, list.items.back().id.value});
            break;
        }
        PostingLine line = show_leg(reading, desk, row);
        if (row.undoes) {
            line.reason = desk.people.read_text(reading.db, row.posting.value, text_reason);
        }
        list.items.push_back(std::move(line));
    }
    return list;
}

Result<PostingList> list_postings(const Reading& reading, const TimeBankDesk& desk,
                                  const LedgerQuery& query) {
    auto path = areas::list_path(reading, desk.tree, query.area, "posting.read");
    if (!path) return std::unexpected(path.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    auto days = api::days_of(query.from, query.until);
    if (!days) return std::unexpected(days.error());
    std::int64_t limit = api::limit_of(query.limit);
    auto from = cursor->value_or(api::Cursor{0, INT64_MAX});
    std::int64_t last_leg = 0;
    PostingList list;
    std::vector<store::Param> params{{"path", *path},        {"path_end", areas::path_end(*path)},
                                     {"from", days->from},   {"until", days->until},
                                     {"before_id", from.id}, {"after_leg", from.sort},
                                     {"limit", limit + 1}};
    store::Query asked = queries::posted_in;
    if (query.account || query.kind) {
        asked = query.account ? queries::posted_to : queries::posted_as;
        params.emplace_back("kind", query.kind ? std::optional(query.kind->value) : std::nullopt);
    }
    if (query.account) params.emplace_back("account", std::string(label_of(*query.account)));
    for (const auto& row : reading.rows<PostingFigure>(asked, params)) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({last_leg, list.items.back().id.value});
            break;
        }
        last_leg = row.leg;
        list.items.push_back(show_leg(reading, desk, row));
    }
    return list;
}

Result<TransferList> list_transfers(const Reading& reading, const TimeBankDesk& desk,
                                    const MyTimeQuery& query) {
    auto path = areas::list_path(reading, desk.tree, {}, "posting.read");
    if (!path) return std::unexpected(path.error());
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    TransferList list;
    for (const auto& row : reading.rows<TransferFigure>(
             queries::transfers_in,
             std::vector<store::Param>{
                 {"path", *path},
                 {"path_end", areas::path_end(*path)},
                 {"before_id", cursor->value_or(api::Cursor{0, INT64_MAX}).id},
                 {"limit", limit + 1}})) {
        if (std::ssize(list.items) == limit) {
            list.next_cursor = api::to_text({0, list.items.back().id.value});
            break;
        }
        list.items.push_back(show_transfer(reading, desk, row));
    }
    return list;
}

api::Routes transfer_routes(const TimeBankDesk& desk) {
    using http::Method;
    auto shown = [&desk](const Reading& r, std::int64_t id) {
        return transfer_page(r, desk, TransferId(id));
    };
    return {
        api::reads<MyTimeQuery, TransferList>(
            {Method::get, "/time-bank/transfers", "list_transfers", "posting.read"},
            [&desk](const Reading& r, const MyTimeQuery& q) { return list_transfers(r, desk, q); }),
        api::writes<SendCredit, Transfer>(
            {Method::post, "/time-bank/transfers", "send_credit", "credit.send"},
            [](const Writing& w, const SendCredit& input) {
                return send_credit(w.turn, w.caller, input);
            },
            shown),
        api::writes<ReversePosting, Transfer>(
            {Method::post, "/time-bank/transfers/{id}/objection", "dispute_transfer",
             "transfer.dispute"},
            [&desk](const Writing& w, const ReversePosting& input) {
                return dispute_transfer(w.turn, w.caller, desk, TransferId(w.id()), input.reason);
            },
            shown),
        api::writes<SettleTransfer, Transfer>(
            {Method::post, "/time-bank/transfers/{id}/outcome", "settle_transfer",
             "transfer.settle"},
            [&desk](const Writing& w, const SettleTransfer& input) {
                return settle_transfer(w.turn, w.caller, desk, TransferId(w.id()), input);
            },
            shown),
    };
}

}  // namespace

api::Routes routes(const TimeBankDesk& desk) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto months = std::make_shared<PublishedParts>();
    auto opened = [&desk](const Reading& r, std::int64_t id) {
        return posting_page(r, desk, PostingId(id));
    };
    auto account = [&desk](const Reading& r, std::int64_t id) {
        return account_page(r, desk, PersonId(id));
    };
    auto own = [](const Reading& r, std::int64_t) -> Result<MyTime> { return my_time(r); };
    api::Routes all = transfer_routes(desk);
    api::Routes others = {
        api::reads<api::Nothing, MyTime>(
            {Method::get, "/time-bank/mine", "show_my_time", "credit.read", everyone},
            [](const Reading& r, const api::Nothing&) -> Result<MyTime> { return my_time(r); }),
        api::reads<MyTimeQuery, EarnedTimeList>(
            {Method::get, "/time-bank/mine/services", "list_my_services", "credit.read", everyone},
            [](const Reading& r, const MyTimeQuery& q) { return list_my_services(r, q); }),
        api::reads<MyTimeQuery, PostingList>(
            {Method::get, "/time-bank/mine/postings", "list_my_postings", "credit.read", everyone},
            [&desk](const Reading& r, const MyTimeQuery& q) {
                return list_my_postings(r, desk, q);
            }),
        api::writes<DonateCredit, MyTime>(
            {Method::post, "/time-bank/mine/donations", "donate_credit", "credit.donate", everyone},
            [](const Writing& w, const DonateCredit& input) {
                return donate_credit(w.turn, w.caller, input);
            },
            own),
        api::reads<LedgerQuery, PostingList>(
            {Method::get, "/time-bank/postings", "list_postings", "posting.read"},
            [&desk](const Reading& r, const LedgerQuery& q) { return list_postings(r, desk, q); }),
        api::reads<api::Nothing, Posting>(
            {Method::get, "/time-bank/postings/{id}", "show_posting", "posting.read", everyone},
            [&desk](const Reading& r, const api::Nothing&) {
                return posting_page(r, desk, PostingId(r.id()));
            }),
        api::writes<GiftCredit, Posting>(
            {Method::post, "/time-bank/gifts", "gift_credit", "credit.gift"},
            [&desk](const Writing& w, const GiftCredit& input) {
                return gift_credit(w.turn, w.caller, desk, input);
            },
            opened),
        api::writes<GrantCredit, Posting>(
            {Method::post, "/time-bank/grants", "grant_credit", "credit.grant"},
            [&desk](const Writing& w, const GrantCredit& input) {
                return grant_credit(w.turn, w.caller, desk, input);
            },
            opened),
        api::writes<ReversePosting, Posting>(
            {Method::post, "/time-bank/grants/{id}/reversal", "reverse_grant", "credit.grant"},
            [&desk](const Writing& w, const ReversePosting& input) {
                return reverse_grant(w.turn, w.caller, desk, PostingId(w.id()), input.reason);
            },
            opened),
        api::writes<NameBeneficiary, AccountOfPerson>(
            {Method::post, "/time-bank/beneficiaries", "name_beneficiary", "beneficiary.name"},
            [](const Writing& w, const NameBeneficiary& input) {
                return name_beneficiary(w.turn, w.caller, input);
            },
            account),
        api::writes<TakeOverCredit, Posting>(
            {Method::post, "/time-bank/estates", "take_over_credit", "credit.take_over"},
            [&desk](const Writing& w, const TakeOverCredit& input) {
                return take_over_credit(w.turn, w.caller, desk, input);
            },
            opened),
        api::writes<api::Nothing, AccountOfPerson>(
            {Method::post, "/time-bank/people/{id}/activity", "wake_credit", "credit.wake"},
            [](const Writing& w, const api::Nothing&) {
                return wake_credit(w.turn, w.caller, PersonId(w.id()));
            },
            account),
        api::reads<api::Nothing, AccountOfPerson>(
            {Method::get, "/time-bank/people/{id}", "show_time_account", "posting.read"},
            [&desk](const Reading& r, const api::Nothing&) {
                return account_page(r, desk, PersonId(r.id()));
            }),
        api::reads<StatementQuery, TimeStatement>(
            {Method::get, "/time-bank/statement", "show_statement", "posting.read"},
            [](const Reading& r, const StatementQuery& q) { return statement_page(r, q); }),
        api::reads<api::Nothing, PublishedMonthList>(
            {Method::get, "/time-bank/statements", "list_statements", "credit.read", everyone},
            [months](const Reading& r, const api::Nothing&) {
                return published_months(r, *months);
            }),
        api::writes<ReversePosting, Posting>(
            {Method::post, "/time-bank/postings/{id}/reversal", "reverse_posting",
             "posting.reverse"},
            [&desk](const Writing& w, const ReversePosting& input) {
                return reverse_posting(w.turn, w.caller, desk, PostingId(w.id()), input.reason);
            },
            opened),
    };
    for (auto& route : others) all.push_back(std::move(route));
    for (auto& route : why_routes(months)) all.push_back(std::move(route));
    for (auto& route : entitlement_routes(desk)) all.push_back(std::move(route));
    for (auto& route : peer_routes()) all.push_back(std::move(route));
    for (auto& route : transfer_proof_routes(desk)) all.push_back(std::move(route));
    for (auto& route : listing_routes(desk)) all.push_back(std::move(route));
    return all;
}

}  // namespace hezhi::time_bank
