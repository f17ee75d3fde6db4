// Accounts (账号): who signs in, with which roles at which area, and how.
//
// An account signs in either with user name and password (staff), or with the code of a paper slip
// and a PIN (volunteers and residents): never with both.
#pragma once

#include "api/action.h"
#include "api/paging.h"
#include "api/route.h"
#include "crypto/password_pool.h"
#include "domain/accounts/account_figure.h"
#include "domain/accounts/permissions.h"
#include "domain/people/people.h"
#include "http/log.h"
#include "http/rate_limit.h"
#include "journal/ledger.h"

namespace hezhi::accounts {

namespace refusals {
inline constexpr RefusalRow sign_in_failed{
    "sign_in_failed", 401, "用户名或密码不正确。多次不正确，账号将暂时锁定。",
    "User name or password is wrong. Repeated wrong attempts lock the account for a while."};
inline constexpr RefusalRow slip_sign_in_failed{
    "slip_sign_in_failed", 401,
    "登录码或 PIN 不正确，或登录单已过期。多次不正确，将暂时锁定；"
    "请向社区工作者重新领取登录单。",
    "The code or PIN is wrong, or the slip has run out. Repeated wrong attempts lock it for a "
    "while; a community worker can print a new slip."};
inline constexpr RefusalRow old_password_wrong{"old_password_wrong", 422, "原密码不正确。",
                                               "The old password is wrong."};
inline constexpr RefusalRow no_password{"no_password", 409, "您用登录单登录，没有密码。",
                                        "You sign in with a slip and have no password."};
inline constexpr RefusalRow username_taken{"username_taken", 409, "该用户名已被使用，请换一个。",
                                           "This user name is taken; choose another."};
inline constexpr RefusalRow role_unknown{"role_unknown", 422, "没有这个岗位。",
                                         "There is no such role."};
inline constexpr RefusalRow administrators_apart{
    "administrators_apart", 409, "系统管理员、安全管理员、审计员须由不同人员担任。",
    "System administrator, security administrator and auditor must be three different people."};
inline constexpr RefusalRow own_proposal{"own_proposal", 409, "不能确认本人提出的或给本人的授权。",
                                         "Nobody confirms a grant that is their own proposal or "
                                         "their own."};
inline constexpr RefusalRow grant_decided{"grant_decided", 409, "该授权已处理过。",
                                          "This grant was decided before."};
inline constexpr RefusalRow account_closed{"account_closed", 409, "该账号已停用。",
                                           "This account is closed."};
inline constexpr RefusalRow grant_not_held{"grant_not_held", 409, "该授权未生效或已收回。",
                                           "This role is not held, or no longer."};
inline constexpr RefusalRow own_account{"own_account", 409,
                                        "不能收回本人的授权，也不能停用本人的账号。",
                                        "Nobody ends their own role or closes their own account."};
inline constexpr RefusalRow last_administrator{
    "last_administrator", 409, "这是最后一名在任的该类管理员，请先由他人接任。",
    "This is the last administrator of this kind; appoint another first."};
inline constexpr RefusalRow administrator_account{
    "administrator_account", 409,
    "该账号担任管理员：停用前须由安全管理员收回授权，密码须在服务器上用 hezhi password 重置。",
    "This account holds an administrator's role: the security administrator ends it before the "
    "account is closed, and its password is reset on the server by `hezhi password`."};
inline constexpr RefusalRow signs_in_by_slip{"signs_in_by_slip", 409,
                                             "该账号用登录单登录，请重新发登录单。",
                                             "This account signs in by a slip; issue a new one."};
inline constexpr RefusalRow second_factor_needed{
    "second_factor_needed", 401, "请输入验证器应用上的 6 位数字，或一个备用码。",
    "Type the six digits of your authenticator app, or a recovery code."};
inline constexpr RefusalRow second_factor_wrong{
    "second_factor_wrong", 401, "验证码不正确或已用过，请用下一个。多次不正确，账号将暂时锁定。",
    "The code is wrong or was used; take the next one. Repeated wrong attempts lock the account "
    "for a while."};
inline constexpr RefusalRow second_factor_set{
    "second_factor_set", 409, "已设置第二因子；手机丢失请联系安全管理员重置。",
    "A second factor is set; if it was lost, the security administrator resets it."};
inline constexpr RefusalRow second_factor_missing{
    "second_factor_missing", 409, "该账号没有设置第二因子。", "This account has no second factor."};
inline constexpr RefusalRow first_code_wrong{"first_code_wrong", 422,
                                             "验证码不正确，请核对手机时间后重试。",
                                             "The code is wrong; check the phone's clock and try "
                                             "again."};
inline constexpr RefusalRow area_has_accounts{
    "area_has_accounts", 409, "该区域还有人任职，请先收回授权或停用账号。",
    "Roles are held at this area; end them or close the accounts first."};
}  // namespace refusals

// What actions and pages on accounts need besides the turn. Const from any thread; the references
// must outlive it.
struct AccountDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
    const crypto::Suite& suite;
    crypto::Random& random;      // used in the writer's turn only
    std::string public_address;  // where slips point to: "https://…", without a path
    // Whoever holds one of these must have a second factor.
    std::vector<std::string> second_factor_roles = {};
};

// --- actions ---

// User name and the hash of a password, made before the turn.
struct Password {
    std::string username;
    std::string hash;
    bool one_time = false;  // must be changed at the first sign-in
};

struct OpenAccount {
    std::optional<PersonId> person_id;  // or the name of somebody who is not registered yet
    std::optional<Text<1, 50>> name;
    Text<2, 40> username;
    Text<1, 40> role;
    std::optional<AreaId> area_id;  // none: the whole installation
};
BOOST_DESCRIBE_STRUCT(OpenAccount, (), (person_id, name, username, role, area_id))

// 开通账号: the account is there at once, its role waits for the security administrator. Returns
// the account's id.
Result<std::int64_t> open_account(journal::Turn&, const api::Caller&, const AccountDesk&,
                                  const OpenAccount& input, std::string_view password_hash);
// 确认授权 and 退回授权. Return the grant's id.
Result<std::int64_t> confirm_grant(journal::Turn&, const api::Caller&, GrantId);
Result<std::int64_t> reject_grant(journal::Turn&, const api::Caller&, const AccountDesk&, GrantId,
                                  std::string_view reason);
// 收回授权: the role is held no longer, at once. Returns the grant's id.
Result<std::int64_t> end_grant(journal::Turn&, const api::Caller&, GrantId);
// 停用账号: its sessions and roles end at once. Returns the account's id.
Result<std::int64_t> close_account(journal::Turn&, const api::Caller&, AccountId);
// 重置密码: by a one-time password, whose hash was made before the turn; the sessions end. Not for
// administrators, since whoever resets a password could use it. Returns the account's id.
Result<std::int64_t> reset_password(journal::Turn&, const api::Caller&, AccountId,
                                    std::string_view password_hash);
// The same at the command line, for everybody.
Result<std::int64_t> reset_password_by_command(journal::Turn&, std::string_view username,
                                               std::string_view password_hash);
// 发登录单: opens the volunteer's or the resident's own account if there is none. An earlier slip
// and its sessions end. Returns the position of sign_in_slip.issued, from which sign_in_code()
// makes the code.
Result<std::int64_t> issue_sign_in_slip(journal::Turn&, const api::Caller&, const AccountDesk&,
                                        PersonId);

// --- for the command line and the demonstration; by Via::command, without a second person ---

// Registers a person and opens their account with a role at an area (none: the whole
// installation). Returns the account's id.
Result<std::int64_t> open_staff(journal::Turn&, const AccountDesk&, std::string_view name,
                                const Password& password, std::string_view role, AreaId area);
// The same for somebody who is registered already.
Result<std::int64_t> open_staff_account(journal::Turn&, const AccountDesk&, PersonId,
                                        const Password& password, std::string_view role,
                                        AreaId area);
// One more role for an account, granted at once. Returns the grant's id.
Result<std::int64_t> grant_role(journal::Turn&, AccountId, std::string_view role, AreaId area);
// A slip whose PIN is set already, if `pin_hash` is not empty. Returns the slip's position.
Result<std::int64_t> issue_slip_by_command(journal::Turn&, const AccountDesk&, PersonId,
                                           std::string_view pin_hash);

// 认领登记: a slip for whoever shows document, name and phone of a registration that nobody has
// signed in to yet. Returns the slip's position.
Result<std::int64_t> claim_registration(journal::Turn&, const AccountDesk&,
                                        const people::ClaimRegistration& input);
// 清除档案, and the end of what the person signs in with. Returns the position of the fact.
Result<std::int64_t> erase_person(journal::Turn&, const api::Caller&, const AccountDesk&, PersonId,
                                  std::string_view reason);
// The same for a restored backup, which brings back who was erased after it.
Result<std::int64_t> erase_person_again(journal::Turn&, const AccountDesk&, PersonId);

// The code on the sign-in slip that the fact at this position issued: 10 characters that are typed
// at the first sign-in and, with the PIN, at every later one.
std::string sign_in_code(const crypto::Suite&, std::int64_t slip);

// Who `account` is: its open account's granted roles expanded by the permission table. Nothing is
// held while its password must be changed, or while a role of `second_factor_roles` waits for its
// second factor.
// nullptr if there is no such account or it is closed.
api::CallerPtr load_caller(store::Session&, const journal::FigureTables&, AccountId,
                           const std::vector<std::string>& second_factor_roles = {});
// Whether one of the caller's roles waits for its second factor.
bool lacks_second_factor(store::Session&, const api::Caller&,
                         const std::vector<std::string>& second_factor_roles);

// An area at which somebody works is not closed.
areas::AreaUse area_use();

// --- sessions ---

struct SessionLimits {
    Millis idle;   // without a request
    Millis whole;  // from sign-in, whatever happens
};
// Of sign_in.toml: what holds for a session is the pack in force at its request.
SessionLimits session_limits(SessionKind kind, const rules::Pack& pack);
Millis lock_lasts(const rules::Pack& pack);
// A slip that nobody has used until then is worthless: paper gets lost.
Millis slip_first_use_within(const rules::Pack& pack);
// A change of rights is seen at once in this process, and after this time if another process made
// it.
inline constexpr Millis caller_kept = std::chrono::seconds(5);
// Last-seen times are written at most this often for a session.
inline constexpr Millis last_seen_every = std::chrono::minutes(1);
// As the pack says, and never shorter than the law asks.
Millis security_log_kept(const rules::Pack& pack);
inline constexpr std::string_view session_cookie = "hezhi_session";

// Who is behind a cookie. Thread-safe; the ledger must outlive it. Make it before the first action.
class Sessions {
  public:
    explicit Sessions(journal::Ledger& ledger, std::vector<std::string> second_factor_roles = {});
    ~Sessions();
    // Null if nobody is signed in. No database work while the session is remembered, except a
    // last-seen time handed to the writer now and then.
    api::CallerPtr identify(const http::Request& request);
    // Forgets what is remembered of these sessions (signed out, password changed).
    void forget();
    // Sessions read from the database so far; for the test of the cache.
    std::uint64_t reads() const;

    struct State;

  private:
    journal::Ledger& ledger_;
    std::shared_ptr<State> state_;  // followers and writer callbacks share it
};

// Everything that signing in needs. The references must outlive the routes made of it, and the
// password pool must be ended before anything else here: its last answers use the rest.
struct SignIn {
    journal::Ledger& ledger;
    crypto::PasswordPool& passwords;
    Sessions& sessions;
    const AccountDesk& desk;
    http::RateLimiter& attempts;  // by address
    // A hash of nothing that anybody types, made at the cost of the day: unknown user names are
    // verified against it, so that they cost the same.
    std::string nobody_hash;
    http::Log* log = nullptr;  // where failed actions are noted; null in tests
};

// How often one address may try to sign in: a community office shares one.
inline constexpr http::RateLimit sign_in_attempts{.burst = 30,
                                                  .refill_every = std::chrono::seconds(2)};

// Deletes what the security log has kept long enough, and sessions that have ended; once a day.
// Returns the number of rows.
Result<std::int64_t> purge_security_log(journal::Turn&);

api::Routes routes(const AccountDesk& desk);
// Sign-in, sign-out, password, and the opening of an account, which hashes its first password.
api::Routes session_routes(SignIn& sign_in);
// Registering, claiming and disputing on the open page, limited by address; erasing a person.
api::Routes join_routes(SignIn& sign_in);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::accounts
