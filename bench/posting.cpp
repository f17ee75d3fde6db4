// Acknowledged postings of the time bank a second: 64 clients on the real writer, against the same
// statements replayed bare at the same batch size in the same run. Once for what moves time that is
// there, once for what an order does: time is held when it is opened, and when it is confirmed its
// volunteer earns and what was held is settled. On both engines.
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
#include "support/changed_pack.h"

namespace hezhi::bench {
namespace {

constexpr int clients = clients_max;
constexpr int runs = 3;

enum class Kind { moving, booking };
// What each client does so many times over.
struct Mix {
    Kind kind;
    const char* what;
    int loops;
    int actions_per_loop;
    int postings_per_loop;
    int actions() const { return clients * loops * actions_per_loop; }
    int postings() const { return clients * loops * postings_per_loop; }
};
constexpr Mix mixes[] = {
    {Kind::moving, "donate, give, reverse, send to another district", 40, 4, 4},
    {Kind::booking, "hold for an order; confirm one: earn, settle", 10, 2, 3},
};
constexpr int bookings = mixes[1].loops;  // of a client, and as many orders that were served

// The clock stands still: the bench is about the writer. 2026-03-05T10:00:00+08:00.
constexpr Instant morning{1772676000000};

constexpr store::Query communities{
    "bench.bank_communities", "SELECT id FROM figure_areas WHERE kind = 'community' ORDER BY id"};
constexpr store::Query members{"bench.bank_members",
                               "SELECT id FROM figure_people WHERE volunteer = 1 ORDER BY id"};
constexpr store::Query elders{
    "bench.bank_elders",
    "SELECT id FROM figure_people WHERE volunteer = 0 AND age_years >= 60 ORDER BY id"};
constexpr store::Query needs_without_order{
    "bench.bank_needs",
    "SELECT id FROM figure_needs n WHERE NOT EXISTS "
    "(SELECT 1 FROM figure_orders o WHERE o.need = n.id) ORDER BY id"};
constexpr store::Query orders_served{
    "bench.bank_orders", "SELECT id FROM figure_orders WHERE state = 'delivered' ORDER BY id"};

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

api::Caller caller(std::string_view role, PersonId person = {}) {
    api::Caller made;
    made.account = AccountId(1);
    made.person = person;
    made.roles = {{std::string(role), AreaId(), "/"}};
    made.held = accounts::held_by(made.roles);
    return made;
}

// What another district sent: more than anybody here will post.
time_bank::IncomingTransfer sent_to(PersonId person, int number) {
    CreditSent sent;
    sent.to = "0123456789abcdef";
    sent.legs = {{LedgerAccount::person, PersonId(1), -60'000},
                 {LedgerAccount::transferred, {}, 60'000}};
    Fact fact;
    fact.position = number + 1;
    fact.kind = kind_name<CreditSent>;
    fact.payload = to_json(sent);
    return {"fedcba9876543277", fact, {sent.to}, person};
}

orders::OpenOrder booked_errand() {
    orders::OpenOrder open;
    open.category.value = "errands";
    open.starts_at = morning + std::chrono::hours(24);
    open.ends_at = open.starts_at + std::chrono::hours(2);
    open.contacted = true;
    open.with_time = true;
    return open;
}

// On top of the small district: members and elders with time; of each elder, needs, and orders that
// are booked with time, served by the member and not confirmed yet.
class BankMaker {
  public:
    explicit BankMaker(const app::Location& location)
        : installation_(location, clock_, random_, {.inline_actions_per_turn = 1},
                        {.durable = false}),
          desk_{installation_.people(), installation_.tree(), installation_.suite(), ""} {
        AreaId community = installation_.ledger().read()->row(communities)->id<AreaId>("id");
        place_ = {community, installation_.tree().now()->find(community)->path};
    }
    void make() {
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            return turn.append(draft(PeerAdmitted{"fedcba9876543277", "邻区", "no key"}, command_,
                                     {}, {{"peer", self}}, turn.now()));
        });
        let_all_book();
        for (int i = 0; i < clients; ++i) {
            PersonId member = person_with_time(true, i);
            PersonId elder = person_with_time(false, i);
            for (int n = 0; n < bookings; ++n) {
                NeedId need = need_of(elder);
                need_of(elder);  // to be booked while it is measured
                serve(need, member);
            }
        }
    }

  private:
    std::int64_t act(std::function<Result<std::int64_t>(journal::Turn&)> action) {
        return done(installation_.ledger().act<std::int64_t>(action));
    }
    // The pack in force keeps a share of all orders for those that are booked.
    void let_all_book() {
        auto packs = installation_.ledger().packs();
        auto changed = hezhi::testing::changed_pack(*packs->in_force(morning)->pack,
                                                    "time_bank.toml", R"([redeem]
says = { zh = "满 60 周岁可以预约，不限份额。", en = "From 60 on, any share of the orders." }
reserved_percent = 100
)");
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            return journal::publish_pack(turn, command_, changed, morning);
        });
    }
    PersonId person_with_time(bool giver, int number) {
        auto entry = entry_of(place_.area, giver, number);
        PersonId person(act([&](journal::Turn& turn) {
            return people::register_person(turn, command_, place_, installation_.people(), entry);
        }));
        int transfer = 2 * number + (giver ? 0 : 1);
        act([&](journal::Turn& turn) {
            return time_bank::receive_credit(turn, command_, sent_to(person, transfer));
        });
        return person;
    }
    NeedId need_of(PersonId elder) {
        needs::TakeCall call;
        call.who.value = "王秀英";
        call.person_id = elder;
        call.what.value = "想请人代购";
        call.consent = true;
        return NeedId(act([&](journal::Turn& turn) {
            return needs::take_call(turn, street_staff_, installation_.people(), call);
        }));
    }
    // Booked by its action; offered to checked out as facts, without the checks of their actions.
    void serve(NeedId need, PersonId member) {
        auto open = booked_errand();
        OrderId order(act([&](journal::Turn& turn) {
            return orders::open_order(turn, social_worker_, desk_, need, open);
        }));
        act([&](journal::Turn& turn) -> Result<std::int64_t> {
            const Subjects about{
                {"need", need.value}, {"order", order.value}, {"person", member.value}};
            const Instant later = turn.now() + std::chrono::hours(48);
            auto append = [&](const auto& payload) {
                return turn.append(draft(payload, command_, place_, about, turn.now()));
            };
            append(OrderOffered{later, 80});
            append(OrderAccepted{open.starts_at, open.ends_at, true});
            append(OrderCheckedIn{});
            return append(OrderCheckedOut{45, later, true, {}, {}});
        });
    }

    ManualClock clock_{morning};
    crypto::SystemRandom random_;
    app::Installation installation_;
    orders::OrderDesk desk_;
    Place place_;
    const Actor command_{.via = Via::command};
    const api::Caller street_staff_ = caller("street_staff");
    const api::Caller social_worker_ = caller("social_worker");
};

void make_bank(const app::Location& location) {
    make_district(location);
    BankMaker(location).make();
}

class Bank {
  public:
    Bank(store::Database& database, const app::Location& keys)
        : clock_(morning),
          suite_(crypto::SuiteName::gm, keys_of(keys)),
          ledger_(database, app::all_figures(), clock_, {}),
          tree_(ledger_),
          people_(suite_, random_),
          desk_{people_, tree_},
          order_desk_{people_, tree_, suite_, ""},
          members_(ids<PersonId>(members)),
          elders_(ids<PersonId>(elders)),
          needs_(ids<NeedId>(needs_without_order)),
          served_(ids<OrderId>(orders_served)) {}

    // All clients at once, each action acknowledged.
    void live(const Mix& mix) {
        std::atomic<bool> failed = false;
        {
            std::vector<std::jthread> threads;
            for (int client = 0; client < clients; ++client) {
                threads.emplace_back([this, client, &mix, &failed] {
                    try {
                        for (int loop = 0; loop < mix.loops && !failed; ++loop) {
                            if (mix.kind == Kind::moving) move(client);
                            if (mix.kind == Kind::booking) book(client * mix.loops + loop);
                        }
                    } catch (const std::exception& error) {
                        failed = true;
                        std::fprintf(stderr, "client %d: %s\n", client, error.what());
                    }
                });
            }
        }
        if (failed) throw std::runtime_error("a client failed");
    }
    std::uint64_t turns() const { return ledger_.writer_metrics().turns.load(); }

  private:
    static crypto::MasterKeys keys_of(const app::Location& location) {
        auto keys = crypto::load_key_file(location.key_file);
        if (!keys) throw std::runtime_error("there is no key file");
        return std::move(*keys);
    }
    template <class Id>
    std::vector<Id> ids(const store::Query& query) {
        std::vector<Id> found;
        ledger_.read()->each(query, {},
                             [&](const store::Row& row) { found.push_back(row.id<Id>("id")); });
        return found;
    }
    std::int64_t act(std::function<Result<std::int64_t>(journal::Turn&)> action) {
        return done(ledger_.act<std::int64_t>(action));
    }
    // Holds the time of one order; another is confirmed, which pays its volunteer and settles.
    void book(int number) {
        NeedId need = needs_.at(static_cast<std::size_t>(number));
        OrderId served = served_.at(static_cast<std::size_t>(number));
        api::Caller social_worker = caller("social_worker");
        act([&](journal::Turn& turn) {
            return orders::open_order(turn, social_worker, order_desk_, need, booked_errand());
        });
        act([&](journal::Turn& turn) {
            return orders::confirm_order(turn, *api::link_caller(), served);
        });
    }
    void move(int client) {
        PersonId member = members_.at(static_cast<std::size_t>(client));
        PersonId elder = elders_.at(static_cast<std::size_t>(client));
        api::Caller own = caller("volunteer", member);
        api::Caller staff = caller("street_staff");
        api::Caller officer = caller("district_officer");
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
    orders::OrderDesk order_desk_;
    std::vector<PersonId> members_, elders_;
    std::vector<NeedId> needs_;
    std::vector<OrderId> served_;
};

struct Posted {
    double per_second = 0;
    double per_turn = 0;
};

Posted post(const std::string& url, const app::Location& keys, const Mix& mix,
            Recording* recording) {
    auto database = store::Database::open(url);
    std::unique_ptr<RecordedDatabase> recorded;
    if (recording) recorded = std::make_unique<RecordedDatabase>(*database, *recording);
    Bank bank(recorded ? static_cast<store::Database&>(*recorded) : *database, keys);
    Stopwatch watch;
    bank.live(mix);
    return {mix.postings() / watch.seconds(),
            static_cast<double>(mix.actions()) / static_cast<double>(bank.turns())};
}

void compare(Copies& copies, const app::Location& keys, const Mix& mix) {
    std::vector<double> ratios;
    const double postings = mix.postings();
    std::printf("%s: %s\n", copies.engine(), mix.what);
    for (int i = 0; i < runs; ++i) {
        Posted ours = post(copies.next(), keys, mix, nullptr);
        Recording recording;
        Posted recorded = post(copies.next(), keys, mix, &recording);
        double bare = postings / replay_seconds(copies.next(), recording);
        std::printf(
            "  run %d: %s postings/s, %s actions a commit; bare %s/s, %s a commit, %s statements "
            "a posting\n",
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
    std::printf("%d clients\n", clients);
    auto prepare = [&](const std::string& url) { make_bank({url, keys.key_file}); };
    SqliteCopies sqlite(folder, prepare);
    for (const Mix& mix : mixes) compare(sqlite, keys, mix);
    for (const auto& file : {keys.key_file, keys.erasures_file(), keys.seal_key_file()}) {
        std::filesystem::remove(file);  // each prepared database has its own
    }
    PostgresCopies postgres(prepare);
    for (const Mix& mix : mixes) compare(postgres, keys, mix);
}

}  // namespace
}  // namespace hezhi::bench

int main() {
    hezhi::bench::run();
}
