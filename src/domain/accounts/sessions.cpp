// Who is behind a cookie: sessions remembered in memory, read again when they may have changed.
#include <mutex>
#include <unordered_map>

#include "crypto/token.h"
#include "domain/accounts/accounts.h"
#include "domain/accounts/queries.h"

namespace hezhi::accounts {
namespace {

// About a kilobyte each; when they are full, all are read again.
constexpr std::size_t remembered_max = 10000;

struct Remembered {
    api::CallerPtr caller;
    Millis idle{};
    Instant read_at;       // from the database
    Instant seen_at;       // the last request
    Instant seen_written;  // what the database knows of it
    Instant ends_at;

    bool ended(Instant now) const { return now >= ends_at || now >= seen_at + idle; }
};

bool changes_callers(std::string_view kind) {
    return kind.starts_with("account.") || kind.starts_with("grant.") ||
           kind.starts_with("sign_in_slip.") || kind.starts_with("password.") ||
           kind.starts_with("second_factor.");
}

}  // namespace

struct Sessions::State {
    std::mutex mutex;  // all of the following
    std::unordered_map<std::string, Remembered> remembered;
    std::uint64_t generation = 0;  // raised whenever everything is forgotten
    std::uint64_t reads = 0;
    std::vector<std::string> second_factor_roles;

    void forget() {
        std::lock_guard lock(mutex);
        remembered.clear();
        ++generation;
    }

    // The session of `token` as the database has it now; nullopt if it has none that lasts.
    std::optional<Remembered> read(journal::Ledger& ledger, const std::string& token, Instant now) {
        auto db = ledger.read();
        auto row = db->row(queries::session, {{"token", token}});
        if (!row) return std::nullopt;
        auto kind = from_label<SessionKind>(row->text("kind"));
        HEZHI_ASSERT(kind.has_value());
        Remembered found;
        found.caller =
            load_caller(*db, ledger.tables(), row->id<AccountId>("account"), second_factor_roles);
        found.idle = session_limits(*kind, *ledger.packs()->in_force(now)->pack).idle;
        found.read_at = now;
        found.seen_at = found.seen_written = row->instant("last_seen_at");
        found.ends_at = row->instant("ends_at");
        return found.caller ? std::optional(std::move(found)) : std::nullopt;
    }

    // Takes what was read into memory, unless everything was forgotten meanwhile.
    Remembered remember(const std::string& token, Remembered fresh, std::uint64_t read_in) {
        std::lock_guard lock(mutex);
        ++reads;
        if (auto known = remembered.find(token); known != remembered.end()) {
            fresh.seen_at = std::max(fresh.seen_at, known->second.seen_at);
            fresh.seen_written = std::max(fresh.seen_written, known->second.seen_written);
        }
        if (generation == read_in) {
            if (remembered.size() >= remembered_max) remembered.clear();
            remembered.insert_or_assign(token, fresh);
        }
        return fresh;
    }

    // Notes the request. True if the database should hear of it.
    bool see(const std::string& token, Remembered& session, Instant now) {
        bool tell = now - session.seen_written >= last_seen_every;
        std::lock_guard lock(mutex);
        auto known = remembered.find(token);
        if (known == remembered.end()) return tell;
        known->second.seen_at = std::max(known->second.seen_at, now);
        if (tell) known->second.seen_written = now;
        return tell;
    }
};

SessionLimits session_limits(SessionKind kind, const rules::Pack& pack) {
    const rules::SignInRules& rules = pack.sign_in;
    switch (kind) {
        case SessionKind::office:
            return {std::chrono::minutes(rules.office_idle_minutes),
                    std::chrono::hours(rules.office_hours_max)};
        case SessionKind::phone:
            return {std::chrono::days(rules.phone_idle_days),
                    std::chrono::days(rules.phone_days_max)};
    }
    return {};
}

Millis lock_lasts(const rules::Pack& pack) {
    return std::chrono::minutes(pack.sign_in.lock_minutes);
}

Millis slip_first_use_within(const rules::Pack& pack) {
    return std::chrono::days(pack.sign_in.slip_first_use_days);
}

Sessions::Sessions(journal::Ledger& ledger, std::vector<std::string> second_factor_roles)
    : ledger_(ledger), state_(std::make_shared<State>()) {
    state_->second_factor_roles = std::move(second_factor_roles);
    ledger.follow({}, [state = state_](std::span<const Fact> facts) {
        for (const Fact& fact : facts) {
            if (changes_callers(fact.kind)) return state->forget();
        }
    });
}

Sessions::~Sessions() = default;

void Sessions::forget() {
    state_->forget();
}

std::uint64_t Sessions::reads() const {
    std::lock_guard lock(state_->mutex);
    return state_->reads;
}

api::CallerPtr Sessions::identify(const http::Request& request) {
    std::string_view cookie = request.cookie(session_cookie);
    if (cookie.empty()) return nullptr;
    std::string token = crypto::stored_form(cookie);
    Instant now = ledger_.clock().now();
    std::optional<Remembered> session;
    std::uint64_t generation = 0;
    {
        std::lock_guard lock(state_->mutex);
        generation = state_->generation;
        auto known = state_->remembered.find(token);
        if (known != state_->remembered.end() && now < known->second.read_at + caller_kept) {
            session = known->second;
        }
    }
    if (!session) {
        session = state_->read(ledger_, token, now);
        if (!session) return nullptr;
        session = state_->remember(token, std::move(*session), generation);
    }
    if (session->ended(now)) return nullptr;
    if (state_->see(token, *session, now)) {
        // If the writer is too busy to take it, the next minute's request tells it.
        (void)ledger_.write(
            [token, now](journal::Turn& turn) {
                turn.db().write(queries::seen, {{"token", token}, {"now", now}});
                return true;
            },
            [](store::Settled, std::exception_ptr) {});
    }
    return session->caller;
}

}  // namespace hezhi::accounts
