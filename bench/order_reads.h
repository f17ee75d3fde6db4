// Reads over HTTP, of single orders by the social worker of the demonstration.
#pragma once

#include "app/installation.h"
#include "bench/served.h"

namespace hezhi::bench {

// Runs the real server on ports of its own choosing, until `wait` returns.
void serve_hezhi(const app::Location& location, const Served::Ready& ready,
                 const Served::Wait& wait);

// The header that carries her session, or that of another of the demonstration's staff.
std::string sign_in(std::uint16_t port, const std::string& username = "shegong");
// The same of somebody with a sign-in slip.
std::string sign_in_by_slip(std::uint16_t port, const std::string& code, const std::string& pin);

struct Orders {
    std::vector<std::string> targets;
    std::size_t bytes = 0;  // of an answer, on average
};
// The newest that she sees, each read once.
Orders orders_of(std::uint16_t port, const std::string& cookie);

// CPU microseconds of the server for one request, after a warm-up.
double cpu_per_request(const Served& server, const std::vector<std::string>& targets,
                       const std::string& headers, int connections);

}  // namespace hezhi::bench
