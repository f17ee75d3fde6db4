#include "domain/accounts/credentials.h"

#include "crypto/typed_code.h"
#include "domain/accounts/accounts.h"
#include "domain/accounts/queries.h"

namespace hezhi::accounts {
namespace {

std::optional<std::string> text_of(const store::Row& row, std::string_view column) {
    auto text = row.text_or_null(column);
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::optional<Credential> read(const std::optional<store::OwnedRow>& row) {
    if (!row) return std::nullopt;
    Credential found;
    found.account = row->id<AccountId>("account");
    found.username = text_of(*row, "username");
    found.password_hash = text_of(*row, "password_hash");
    found.slip_index = text_of(*row, "slip_index");
    found.slip_expires_at = row->instant("slip_expires_at");
    found.pin_hash = text_of(*row, "pin_hash");
    found.must_change = row->integer("must_change") != 0;
    found.failed = row->integer("failed");
    found.locked_until = row->instant("locked_until");
    return found;
}

constexpr std::size_t username_min = 2;
constexpr std::size_t username_max = 40;

}  // namespace

std::optional<Credential> find_credential(store::Session& db, AccountId account) {
    return read(db.row(queries::credential, {{"account", account}}));
}

std::optional<Credential> find_by_username(store::Session& db, std::string_view normalised) {
    return read(db.row(queries::credential_by_username, {{"username", normalised}}));
}

std::optional<Credential> find_by_slip(store::Session& db, std::string_view slip_index) {
    return read(db.row(queries::credential_by_slip, {{"slip_index", slip_index}}));
}

std::optional<std::string> normalise_username(std::string_view typed) {
    std::string name = crypto::half_width(typed);
    for (char& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        bool fits =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
        if (!fits) return std::nullopt;
    }
    if (name.size() < username_min || name.size() > username_max) return std::nullopt;
    return name;
}

void note_failure(journal::Turn& turn, const Credential& credential) {
    const rules::Pack& pack = *turn.pack()->pack;
    std::int64_t failed = credential.failed + 1;
    bool locks = failed >= pack.sign_in.failures_before_lock;
    Instant until = locks ? turn.now() + lock_lasts(pack) : Instant();
    turn.db().write(
        queries::set_attempts,
        {{"account", credential.account}, {"failed", locks ? 0 : failed}, {"locked_until", until}});
}

void note_success(store::Session& db, const Credential& credential) {
    if (credential.failed == 0 && !credential.locked_until) return;
    db.write(queries::set_attempts,
             {{"account", credential.account}, {"failed", 0}, {"locked_until", Instant()}});
}

}  // namespace hezhi::accounts
