// A server in a process of its own, so that its CPU time can be told from its client's; and a
// client that keeps connections open.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace hezhi::bench {

// Forked: make it before this process starts threads.
class Served {
  public:
    // `serve` runs in the child: it starts a server, hands its port to `ready`, and returns when
    // `wait` does, after which the child ends.
    using Ready = std::function<void(std::uint16_t port)>;
    using Wait = std::function<void()>;
    explicit Served(const std::function<void(const Ready&, const Wait&)>& serve);
    ~Served();
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    std::uint16_t port() const { return port_; }
    // The server's CPU time so far.
    std::int64_t cpu_microseconds() const;

  private:
    int to_child_ = -1;
    int from_child_ = -1;
    pid_t child_ = 0;
    std::uint16_t port_ = 0;
};

struct Received {
    int status = 0;
    std::string head;
    std::string body;
};

// One request on a connection of its own. Throws std::runtime_error if there is no answer.
Received ask(std::uint16_t port, const std::string& method, const std::string& target,
             const std::string& headers = {}, const std::string& body = {});

// Sends `requests` GETs over `connections` open connections, one at a time on each, taking the
// targets in turn. Throws if an answer is not 200.
void load(std::uint16_t port, const std::vector<std::string>& targets, const std::string& headers,
          int connections, int requests);

}  // namespace hezhi::bench
