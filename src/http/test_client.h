// For the tests of this folder: a plain blocking socket, which can misbehave in ways no HTTP client
// allows, and a running server on a free loopback port.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "http/server.h"

namespace hezhi::http {

struct Answer {
    int status = 0;
    std::string head;
    std::string body;

    std::string header(std::string_view name) const {
        std::istringstream lines(head);
        for (std::string line; std::getline(lines, line);) {
            auto colon = line.find(": ");
            if (colon == std::string::npos) continue;
            if (!equal_ignoring_case(line.substr(0, colon), name)) continue;
            return line.substr(colon + 2, line.find('\r') - colon - 2);
        }
        return {};
    }
};

class Client {
  public:
    // `from`: another loopback address stands for another person's.
    explicit Client(std::uint16_t port, int receive_buffer_bytes = 0, const char* from = nullptr) {
        fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
        if (receive_buffer_bytes > 0) {
            ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes,
                         sizeof receive_buffer_bytes);
        }
        // Only so that a broken server fails the test instead of hanging it.
        timeval patience{20, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (from) {
            sockaddr_in own{};
            own.sin_family = AF_INET;
            ::inet_pton(AF_INET, from, &own.sin_addr);
            EXPECT_EQ(::bind(fd_, reinterpret_cast<sockaddr*>(&own), sizeof own), 0);
        }
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    ~Client() { ::close(fd_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    bool connected() const { return connected_; }

    // False once the server has closed and said so.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    bool get(const std::string& target, const std::string& headers = {}) {
        return send("GET " + target + " HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n");
    }
    bool post(const std::string& target, const std::string& body) {
        return send("POST " + target + " HTTP/1.1\r\nHost: test\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body);
    }

    // Waits up to `ms` for something to read, an end included.
    bool readable_within(int ms) {
        if (!received_.empty()) return true;
        pollfd waiting{fd_, POLLIN, 0};
        return ::poll(&waiting, 1, ms) > 0;
    }

    // Everything up to and including `end`; what came until the server closed if it never comes.
    std::string read_until(std::string_view end) {
        std::size_t found;
        while ((found = received_.find(end)) == std::string::npos) {
            if (!fill()) return std::exchange(received_, {});
        }
        std::string text = received_.substr(0, found + end.size());
        received_.erase(0, found + end.size());
        return text;
    }
    std::string read_to_end() {
        while (fill()) {
        }
        return std::exchange(received_, {});
    }
    // Nothing more comes: the server has closed, in order or by a reset.
    bool at_end() { return received_.empty() && !fill() && !timed_out_; }

    Answer read_answer(bool has_body = true) {
        Answer answer;
        answer.head = read_until("\r\n\r\n");
        if (answer.head.size() < 12) return answer;
        answer.status = std::stoi(answer.head.substr(9, 3));
        std::string length = answer.header("Content-Length");
        if (!has_body || length.empty()) return answer;
        std::size_t bytes = std::stoul(length);
        while (received_.size() < bytes && fill()) {
        }
        answer.body = received_.substr(0, bytes);
        received_.erase(0, std::min(bytes, received_.size()));
        return answer;
    }

    void finish_sending() { ::shutdown(fd_, SHUT_WR); }

  private:
    bool fill() {
        char bytes[16384];
        ssize_t count = ::recv(fd_, bytes, sizeof bytes, 0);
        timed_out_ = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        if (count <= 0) return false;
        received_.append(bytes, static_cast<std::size_t>(count));
        return true;
    }

    int fd_ = -1;
    bool connected_ = false;
    bool timed_out_ = false;
    std::string received_;
};

inline Response text_response(std::string body) {
    Response response;
    response.content_type = "text/plain";
    response.body = std::move(body);
    return response;
}

inline Handler answering(std::string body) {
    return [body](const Request&, const Reply& reply) { reply.send(text_response(body)); };
}

struct RunningServer {
    explicit RunningServer(Handler handler, ServerSettings settings = {})
        : server(std::move(settings), clock, metrics, log),
          port(server.listen("127.0.0.1:0", std::move(handler))) {
        server.start();
    }

    SystemClock clock;
    Metrics metrics;
    std::ostringstream lines;
    Log log{clock, LogLevel::info, lines};
    Server server;
    const std::uint16_t port;
};

inline ServerSettings settings_with(Limits limits) {
    ServerSettings settings;
    settings.limits = limits;
    return settings;
}

}  // namespace hezhi::http
