// The running service: two listeners over one router, live events, static pages, timers.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "api/router.h"
#include "app/installation.h"
#include "http/live_events.h"
#include "http/server.h"
#include "http/static_files.h"

namespace hezhi::app {

struct WebSettings {
    std::string listen_office = "127.0.0.1:8080";  // console and phone pages
    std::string listen_public = "127.0.0.1:8081";  // phone pages only
    std::string public_address;                    // for links on slips; default: of listen_public
    std::filesystem::path web_folder;              // the built pages; empty: none (tests)
    int io_threads = 1;
    bool trust_loopback_proxy = false;
    std::vector<std::string> second_factor_roles = {};  // who must have one
};

class Web {
  public:
    // `installation`, `clock` and `log` must outlive it. Binds the listeners; start() serves.
    Web(Installation& installation, const WebSettings& settings, const Clock& clock,
        http::Log& log);
    ~Web();

    void start();
    // Stops accepting, lets running requests and waiting actions finish.
    void stop();

    std::uint16_t office_port() const;
    std::uint16_t public_port() const;
    const api::Routes& routes() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace hezhi::app
