#include "domain/accounts/account_pages.h"
#include "domain/accounts/credentials.h"
#include "domain/accounts/queries.h"
#include "domain/accounts/second_factor.h"
#include "domain/accounts/security_log.h"
#include "facts/stored_fact.h"

namespace hezhi::accounts {
namespace {

using api::Reading;
using api::Writing;

struct AccountQuery {
    std::optional<Text<1, 60>> q;  // a part of the name or of the account's own
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(AccountQuery, (), (q, cursor, limit))

struct AccountList {
    std::vector<Account> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(AccountList, (), (items, next_cursor))

struct GrantQuery {
    std::optional<GrantStep> state;
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(GrantQuery, (), (state, cursor, limit))

struct GrantList {
    std::vector<Grant> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(GrantList, (), (items, next_cursor))

struct RejectGrant {
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(RejectGrant, (), (reason))

struct SignInSlip {
    std::string code;
    std::string qr_svg;
    std::string link;  // below the address that phones use
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(SignInSlip, (), (code, qr_svg, link, expires_at))

// Names are sealed, so a search opens them one by one, the newest first, up to this many: some tens
// of milliseconds. Of whoever signs in by slip the list does not tell the name, so they are not
// searched.
constexpr std::int64_t accounts_opened_max = 5000;

bool is_named(const Reading& reading, const AccountDesk& desk, const AccountState& account,
              std::string_view query) {
    auto credential = find_credential(reading.db, account.id);
    std::string username(query);  // these are kept in small letters
    for (char& c : username) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return (credential && credential->username &&
            credential->username->find(username) != std::string::npos) ||
           desk.people.name(reading.db, account.person).find(query) != std::string::npos;
}

Result<AccountList> list_accounts(const Reading& reading, const AccountDesk& desk,
                                  const AccountQuery& query) {
    auto page = areas::newest_page(reading, desk.tree, std::nullopt, "account.read", query.cursor,
                                   query.limit);
    if (!page) return std::unexpected(page.error());
    for (auto& param : page->params) {
        if (query.q && param.name == "limit") param = store::Param("limit", accounts_opened_max);
    }
    auto rows = reading.rows<AccountFigure>(
        query.q ? queries::newest_named_accounts : queries::newest_accounts, page->params);
    std::erase_if(rows, [&](const AccountState& account) {
        return query.q && !is_named(reading, desk, account, query.q->value);
    });
    return api::page_of<AccountList>(rows, page->limit, [&](const AccountState& account) {
        return show_account(reading.db, reading.tables, desk, reading.caller, account);
    });
}

Result<GrantList> list_grants(const Reading& reading, const AccountDesk& desk,
                              const GrantQuery& query) {
    auto page = areas::newest_page(reading, desk.tree, std::nullopt, "grant.read", query.cursor,
                                   query.limit);
    if (!page) return std::unexpected(page.error());
    std::optional<std::string> state;
    if (query.state) state = label_of(*query.state);
    page->params.emplace_back("state", state);
    auto rows = reading.rows<GrantFigure>(queries::newest_grants, page->params);
    return api::page_of<GrantList>(rows, page->limit, [&](const GrantState& grant) {
        return show_grant(reading, desk, grant);
    });
}

Result<Grant> one_grant(const Reading& reading, const AccountDesk& desk, std::int64_t id) {
    auto grant = reading.load<GrantFigure>(id);
    if (!grant) return refuse(hezhi::refusals::not_found);
    return show_grant(reading, desk, *grant);
}

// The code is made again from the slip's position, so a repeated request shows the same slip.
Result<SignInSlip> one_slip(const Reading& reading, const AccountDesk& desk, std::int64_t slip) {
    auto row = reading.db.row(queries::fact_at, {{"position", slip}});
    HEZHI_ASSERT(row.has_value());
    Fact fact = read_stored_fact(row->text("body"));
    SignInSlip shown;
    shown.code = sign_in_code(desk.suite, slip);
    shown.link = desk.public_address + "/m/#/sign-in?code=" + shown.code;
    shown.qr_svg = people::qr_svg(shown.link);
    shown.expires_at = fact.as<SignInSlipIssued>().expires_at;
    return shown;
}

}  // namespace

api::Routes routes(const AccountDesk& desk) {
    using http::Method;
    auto grant = [&desk](const Reading& r, std::int64_t id) { return one_grant(r, desk, id); };
    api::Routes rows{
        api::reads<AccountQuery, AccountList>(
            {Method::get, "/accounts", "list_accounts", "account.read"},
            [&desk](const Reading& r, const AccountQuery& q) { return list_accounts(r, desk, q); }),
        api::reads<GrantQuery, GrantList>(
            {Method::get, "/grants", "list_grants", "grant.read"},
            [&desk](const Reading& r, const GrantQuery& q) { return list_grants(r, desk, q); }),
        api::writes<api::Nothing, Grant>(
            {Method::post, "/grants/{id}/confirmation", "confirm_grant", "grant.confirm"},
            [](const Writing& w, const api::Nothing&) {
                return confirm_grant(w.turn, w.caller, GrantId(w.id()));
            },
            grant),
        api::writes<RejectGrant, Grant>(
            {Method::post, "/grants/{id}/rejection", "reject_grant", "grant.confirm"},
            [&desk](const Writing& w, const RejectGrant& input) {
                return reject_grant(w.turn, w.caller, desk, GrantId(w.id()), input.reason);
            },
            grant),
        api::writes<api::Nothing, Grant>(
            {Method::post, "/grants/{id}/ending", "end_grant", "grant.end"},
            [](const Writing& w, const api::Nothing&) {
                return end_grant(w.turn, w.caller, GrantId(w.id()));
            },
            grant),
        api::writes<api::Nothing, Account>(
            {Method::post, "/accounts/{id}/closure", "close_account", "account.close"},
            [](const Writing& w, const api::Nothing&) {
                return close_account(w.turn, w.caller, AccountId(w.id()));
            },
            [&desk](const Reading& r, std::int64_t id) -> Result<Account> {
                auto account = r.load<AccountFigure>(id);
                if (!account) return refuse(hezhi::refusals::not_found);
                return show_account(r.db, r.tables, desk, r.caller, *account);
            }),
        api::writes<api::Nothing, SignInSlip>(
            {Method::post, "/people/{id}/sign-in-slip", "issue_sign_in_slip", "sign_in_slip.issue"},
            [&desk](const Writing& w, const api::Nothing&) {
                return issue_sign_in_slip(w.turn, w.caller, desk, PersonId(w.id()));
            },
            [&desk](const Reading& r, std::int64_t slip) { return one_slip(r, desk, slip); }),
    };
    for (auto& row : second_factor_routes(desk)) rows.push_back(std::move(row));
    for (auto& row : security_log_routes(desk)) rows.push_back(std::move(row));
    return rows;
}

api::ActionRows actions() {
    return {
        {"open_account", "account.open", "account.opened", "POST /accounts", "开通账号",
         "open an account", "开通了账号", "an account was opened"},
        {"confirm_grant", "grant.confirm", "grant.confirmed", "POST /grants/{id}/confirmation",
         "确认授权", "confirm the grant", "确认了授权", "a role was granted"},
        {"reject_grant", "grant.confirm", "grant.rejected", "POST /grants/{id}/rejection",
         "退回授权", "reject the grant", "退回了授权", "a role was refused"},
        {"end_grant", "grant.end", "grant.ended", "POST /grants/{id}/ending", "收回授权",
         "end the role", "收回了授权", "a role was ended"},
        {"close_account", "account.close", "account.closed", "POST /accounts/{id}/closure",
         "停用账号", "close the account", "停用了账号", "an account was closed"},
        {"reset_password", "password.reset", "password.reset", "POST /accounts/{id}/password",
         "重置密码", "reset the password", "重置了密码", "a password was reset"},
        {"set_second_factor", "", "second_factor.set", "PUT /session/second-factor", "设置第二因子",
         "set a second factor", "设置了第二因子", "a second factor was set"},
        {"reset_second_factor", "second_factor.reset", "second_factor.reset",
         "POST /accounts/{id}/second-factor-removal", "重置第二因子", "reset the second factor",
         "重置了第二因子", "a second factor was reset"},
        {"issue_sign_in_slip", "sign_in_slip.issue", "sign_in_slip.issued",
         "POST /people/{id}/sign-in-slip", "发登录单", "issue a sign-in slip", "发了登录单",
         "a sign-in slip was issued"},
    };
}

api::StateRows states() {
    return {
        {"account", "open", "使用中", "in use"},
        {"account", "closed", "已停用", "closed"},
        {"grant", "proposed", "待确认", "to be confirmed"},
        {"grant", "granted", "已授权", "granted"},
        {"grant", "rejected", "已退回", "refused"},
        {"grant", "ended", "已收回", "ended"},
    };
}

}  // namespace hezhi::accounts
