#include <csignal>
#include <fstream>
#include <iostream>
#include <sstream>

#include "app/commands/commands.h"
#include "crypto/key_file.h"

namespace hezhi::app {
namespace {

// Waits for SIGINT or SIGTERM, which are blocked in every thread that starts after this is made.
class StopSignal {
  public:
    StopSignal() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGINT);
        sigaddset(&signals_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    }
    void wait() {
        int signal = 0;
        sigwait(&signals_, &signal);
    }

  private:
    sigset_t signals_{};
};

void print_accounts(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) return;
    std::ostringstream text;
    text << in.rdbuf();
    auto accounts = from_json<DemoAccounts>(text.str(), Reading::stored);
    if (!accounts) return;
    std::cout << "\n演示账号 demonstration accounts:\n";
    for (const auto& account : accounts->items) {
        std::cout << "  " << account.role_zh << " (" << account.role << ", " << account.page << ", "
                  << account.area << "): ";
        if (account.username) {
            std::cout << *account.username << " / " << account.password.value_or("");
        } else {
            std::cout << "登录码 code " << account.code.value_or("") << ", PIN "
                      << account.pin.value_or("");
        }
        std::cout << "\n";
    }
}

std::string host_of(const std::string& listen) {
    return listen.substr(0, listen.rfind(':'));
}

}  // namespace

int run_serve(const Location& location, WebSettings settings,
              const std::filesystem::path& accounts_file) {
    StopSignal stop;
    SystemClock clock;
    crypto::SystemRandom random;
    http::Log log(clock, http::LogLevel::info);
    store::Options store_options;
    store_options.on_slow_query = [&log](const store::SlowQuery& slow) {
        log.write(http::LogLevel::warning, "slow_query",
                  {{"query", slow.name}, {"microseconds", slow.took.count()}});
    };
    Installation installation(location, clock, random, {.alone = store::AloneTimes{}},
                              store_options);
    Web web(installation, settings, clock, log);
    web.start();
    std::cout << "合志 Hezhi\n  办公端 office  http://" << host_of(settings.listen_office) << ":"
              << web.office_port() << "/\n  公众端 public  http://"
              << host_of(settings.listen_public) << ":" << web.public_port() << "/m/\n";
    print_accounts(accounts_file);
    std::cout << "\n按 Ctrl+C 停止。 Press Ctrl+C to stop." << std::endl;
    stop.wait();
    std::cout << "正在停止… stopping…" << std::endl;
    web.stop();
    return 0;
}

}  // namespace hezhi::app
