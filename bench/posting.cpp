// Acknowledged postings of the time bank a second: 64 clients on the real writer, against the same
// statements replayed bare at the same batch size in the same run.
#include <atomic>
#include <cstdio>
#include <thread>

#include "app/figures.h"
#include "bench/copies.h"
#include "bench/district.h"
#include "bench/measure.h"
#include "crypto/key_file.h"
#include "domain/accounts/accounts.h"
#include "domain/people/id_schemes.h"
#include "domain/time_bank/time_bank.h"

namespace hezhi::bench {
namespace {

constexpr int clients = clients_max;
constexpr int loops = 40;
constexpr int runs = 3;
constexpr int postings_per_loop = 4;  // a donation, a gift, its reversal, a transfer
// The clock stands still: the bench is about the writer. 2026-03-05T10:00:00+08:00.
constexpr Instant morning{1772676000000};

constexpr store::Query communities{
    "bench.bank_communities", "SELECT id FROM figure_areas WHERE kind = 'community' ORDER BY id"};
constexpr store::Query members{"bench.bank_members",
                               "SELECT id FROM figure_people WHERE volunteer = 1 ORDER BY id"};
constexpr store::Query elders{
    "bench.bank_elders",
    "SELECT id FROM figure_people WHERE volunteer = 0 AND age_years >= 60 ORDER BY id"};

std::int64_t done(const Result<std::int64_t>& result) {
    if (!result) throw std::runtime_error("refused: " + std::string(result.error().row->code));
    return *result;
}

// Born in 1990 who gives, in 1950 who is given to.
people::RegisterPerson entry_of(AreaId community, bool giver, int number) {
    people::RegisterPerson entry;
    entry.name.value = giver ? "张三" : "王秀英";
    entry.area_id = community;
    entry.volunteer = giver;
    entry.agreed = giver;
    entry.id_scheme = Text<0, 40>("resident_id");
    std::string digits =
        (giver ? "99999919900101" : "99999919500101") + std::to_string(100 + number);
    entry.id_number = Text<0, 60>(digits + people::mod11_2_check_character(digits));
    return entry;
}

// What another district sent: more than anybody here will post.
time_bank::IncomingTransfer sent_to(PersonId person, int number) {
    CreditSent sent;
    sent.to = "0123456789abcdef";
    sent.legs = {{LedgerAccount::person, PersonId(1), -60'000},
                 {LedgerAccount::transferred, {}, 60'000}};
    Fact fact;
    fact.position = number + 1;
    fact.kind = CreditSent::kind;
    fact.payload = to_json(sent);
    return {"fedcba9876543277", fact, {sent.to}, person};
}

// On top of the small district: members with time, and elders to give it to.
void make_bank(const app::Location& location) {
    make_district(location);
    ManualClock clock(morning);
    crypto::SystemRandom random;
    app::Installation installation(location, clock, random, {.inline_actions_per_turn = 1},
                                   {.durable = false});
    const Actor command{.via = Via::command};
    AreaId community = installation.ledger().read()->row(communities)->id<AreaId>("id");
    Place place{community, installation.tree().now()->find(community)->path};
    done(installation.ledger().act<std::int64_t>([&](journal::Turn& turn) -> Result<std::int64_t> {
        return turn.append(draft(PeerAdmitted{"fedcba9876543277", "邻区", "no key"}, command, {},
                                 {{"peer", self}}, turn.now()));
    }));
    for (int i = 0; i < clients; ++i) {
        for (bool giver : {true, false}) {
            auto entry = entry_of(community, giver, i);
            PersonId person(done(installation.ledger().act<std::int64_t>([&](journal::Turn& turn) {
                return people::register_person(turn, command, place, installation.people(), entry);
            })));
            if (!giver) continue;
            done(installation.ledger().act<std::int64_t>([&](journal::Turn& turn) {
                return time_bank::receive_credit(turn, command, sent_to(person, i));
            }));
        }
    }
}

class Bank {
  public:
    Bank(store::Database& database, const app::Location& keys)
        : clock_(morning),
          suite_(crypto::SuiteName::gm, keys_of(keys)),
          ledger_(database, app::all_figures(), clock_, {}),
          tree_(ledger_),
          people_(suite_, random_),
          desk_{people_, tree_} {
        auto db = ledger_.read();
        db->each(members, {},
                 [&](const store::Row& row) { members_.push_back(row.id<PersonId>("id")); });
        db->each(elders, {},
                 [&](const store::Row& row) { elders_.push_back(row.id<PersonId>("id")); });
    }

    // Returns acknowledged postings.
    std::int64_t live() {
        std::atomic<bool> failed = false;
        {
            std::vector<std::jthread> threads;
            for (int client = 0; client < clients; ++client) {
                threads.emplace_back([this, client, &failed] {
                    try {
                        for (int loop = 0; loop < loops && !failed; ++loop) go_through(client);
                    } catch (const std::exception& error) {
                        failed = true;
                        std::fprintf(stderr, "client %d: %s\n", client, error.what());
                    }
                });
            }
        }
        if (failed) throw std::runtime_error("a client failed");
        return std::int64_t{clients} * loops * postings_per_loop;
    }
    double actions_per_turn() const {
        return static_cast<double>(clients * loops * postings_per_loop) /
               static_cast<double>(ledger_.writer_metrics().turns.load());
    }

  private:
    static crypto::MasterKeys keys_of(const app::Location& location) {
        auto keys = crypto::load_key_file(location.key_file);
        if (!keys) throw std::runtime_error("there is no key file");
        return std::move(*keys);
    }
    static api::Caller caller(std::string_view role, PersonId person) {
        api::Caller made;
        made.account = AccountId(1);
        made.person = person;
        made.roles = {{std::string(role), AreaId(), "/"}};
        made.held = accounts::held_by(made.roles);
        return made;
    }
    std::int64_t act(std::function<Result<std::int64_t>(journal::Turn&)> action) {
        return done(ledger_.act<std::int64_t>(action));
    }
    void go_through(int client) {
        PersonId member = members_.at(static_cast<std::size_t>(client));
        PersonId elder = elders_.at(static_cast<std::size_t>(client));
        api::Caller own = caller("volunteer", member);
        api::Caller staff = caller("street_staff", {});
        api::Caller officer = caller("district_officer", {});
        act([&](journal::Turn& turn) {
            return time_bank::donate_credit(turn, own, {Bounded<1, 600'000>(5)});
        });
        time_bank::GiftCredit gift{member, elder, Text<1, 40>("parent"), Bounded<1, 600'000>(5)};
        auto given = act(
            [&](journal::Turn& turn) { return time_bank::gift_credit(turn, staff, desk_, gift); });
        act([&](journal::Turn& turn) {
            return time_bank::reverse_posting(turn, officer, desk_, time_bank::PostingId(given),
                                              "转赠有误");
        });
        time_bank::SendCredit send{member, Text<1, 40>("fedcba9876543277"), Bounded<1, 600'000>(5)};
        act([&](journal::Turn& turn) { return time_bank::send_credit(turn, officer, send); });
    }

    ManualClock clock_;
    crypto::Suite suite_;
    crypto::SystemRandom random_;
    journal::Ledger ledger_;
    areas::AreaTree tree_;
    people::Register people_;
    time_bank::TimeBankDesk desk_;
    std::vector<PersonId> members_, elders_;
};

struct Posted {
    double per_second = 0;
    double per_turn = 0;
};

Posted post(const std::string& url, const app::Location& keys, Recording* recording) {
    auto database = store::Database::open(url);
    std::unique_ptr<RecordedDatabase> recorded;
    if (recording) recorded = std::make_unique<RecordedDatabase>(*database, *recording);
    Bank bank(recorded ? static_cast<store::Database&>(*recorded) : *database, keys);
    Stopwatch watch;
    auto postings = static_cast<double>(bank.live());
    return {postings / watch.seconds(), bank.actions_per_turn()};
}

void compare(Copies& copies, const app::Location& keys) {
    std::vector<double> ratios;
    constexpr double postings = clients * loops * postings_per_loop;
    for (int i = 0; i < runs; ++i) {
        Posted ours = post(copies.next(), keys, nullptr);
        Recording recording;
        Posted recorded = post(copies.next(), keys, &recording);
        double bare = postings / replay_seconds(copies.next(), recording);
        std::printf(
            "  run %d: %s postings/s, %s a commit; bare %s/s, %s a commit, %s statements a "
            "posting\n",
            i + 1, shown(ours.per_second, 0).c_str(), shown(ours.per_turn, 1).c_str(),
            shown(bare, 0).c_str(), shown(recorded.per_turn, 1).c_str(),
            shown(static_cast<double>(recording.statements().size()) / postings, 1).c_str());
        ratios.push_back(ours.per_second / bare);
    }
    print_ratio(std::string(copies.engine()) + ": against its own statements, bare (median)",
                median(ratios), "at least", 0.5);
}

void run() {
    auto folder = fresh_folder("posting");
    app::Location keys{"", folder / "hezhi.keys"};
    std::printf("donate, give, reverse, send to another district; %d clients\n", clients);
    SqliteCopies sqlite(folder, [&](const std::string& url) { make_bank({url, keys.key_file}); });
    compare(sqlite, keys);
}

}  // namespace
}  // namespace hezhi::bench

int main() {
    hezhi::bench::run();
}
