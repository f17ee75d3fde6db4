#include <unistd.h>

#include <iostream>

#include "app/commands/commands.h"
#include "app/describe.h"

namespace hezhi::app {
namespace {

// A folder that is gone when the command ends.
class PassingFolder {
  public:
    PassingFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "hezhi-XXXXXX").string();
        if (!mkdtemp(name.data())) throw CannotOpen("cannot make a temporary folder");
        path_ = name;
    }
    ~PassingFolder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace

// The tables are described as the program really builds them: with a new installation that serves
// nobody.
int run_describe(const std::string& what, bool as_json, const std::filesystem::path& pack) {
    PassingFolder folder;
    Location location{"sqlite:" + (folder.path() / "db.sqlite").string(), folder.path() / "keys"};
    SystemClock clock;
    crypto::SystemRandom random;
    migrate(location, crypto::SuiteName::gm, pack, clock, true);
    http::Log log(clock, http::LogLevel::error);
    Installation installation(location, clock, random);
    WebSettings settings{.listen_office = "127.0.0.1:0", .listen_public = "127.0.0.1:0"};
    Web web(installation, settings, clock, log);
    auto text = describe(what, as_json, web.routes());
    if (!text) {
        std::cerr << "不认识 unknown: " << what
                  << " (states, permissions, routes, facts, figures, settings, actions, catalogue, "
                     "openapi)\n";
        return 2;
    }
    std::cout << *text;
    return 0;
}

}  // namespace hezhi::app
