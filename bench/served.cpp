#include "bench/served.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <memory>
#include <stdexcept>

#include "bench/measure.h"

namespace hezhi::bench {
namespace {

template <class T>
bool read_all(int fd, T& value) {
    return ::read(fd, &value, sizeof value) == sizeof value;
}

template <class T>
void write_all(int fd, const T& value) {
    if (::write(fd, &value, sizeof value) != sizeof value) _exit(1);
}

class Connection {
  public:
    explicit Connection(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        int one = 1;
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            ::close(fd_);
            throw std::runtime_error("nobody listens");
        }
    }
    ~Connection() { ::close(fd_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void send(const std::string& bytes) {
        if (::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(bytes.size())) {
            throw std::runtime_error("the connection was closed");
        }
    }

    Received receive() {
        std::size_t end;
        while ((end = received_.find("\r\n\r\n")) == std::string::npos) fill();
        Received answer;
        answer.head = received_.substr(0, end + 4);
        std::from_chars(answer.head.data() + 9, answer.head.data() + 12, answer.status);
        std::size_t length = 0;
        auto at = answer.head.find("Content-Length: ");
        if (at != std::string::npos) {
            std::from_chars(answer.head.data() + at + 16, answer.head.data() + end, length);
        }
        while (received_.size() < end + 4 + length) fill();
        answer.body = received_.substr(end + 4, length);
        received_.erase(0, end + 4 + length);
        return answer;
    }

  private:
    void fill() {
        char bytes[16384];
        ssize_t count = ::recv(fd_, bytes, sizeof bytes, 0);
        if (count <= 0) throw std::runtime_error("the connection was closed");
        received_.append(bytes, static_cast<std::size_t>(count));
    }

    int fd_;
    std::string received_;
};

std::string request_of(const std::string& method, const std::string& target,
                       const std::string& headers, const std::string& body) {
    std::string text = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
    if (!body.empty()) {
        text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n";
    }
    return text + "\r\n" + body;
}

}  // namespace

Served::Served(const std::function<void(const Ready&, const Wait&)>& serve) {
    int down[2], up[2];
    if (::pipe(down) != 0 || ::pipe(up) != 0) throw std::runtime_error("cannot make a pipe");
    child_ = ::fork();
    if (child_ < 0) throw std::runtime_error("cannot fork");
    if (child_ == 0) {
        ::close(down[1]);
        ::close(up[0]);
        // Each byte from the parent asks for the CPU time; the end of the pipe says to stop.
        serve([&](std::uint16_t port) { write_all(up[1], port); },
              [&] {
                  for (char question; read_all(down[0], question);) {
                      write_all(up[1], bench::cpu_microseconds());
                  }
              });
        _exit(0);
    }
    ::close(down[0]);
    ::close(up[1]);
    to_child_ = down[1];
    from_child_ = up[0];
    if (!read_all(from_child_, port_)) throw std::runtime_error("the server did not start");
}

Served::~Served() {
    ::close(to_child_);
    ::waitpid(child_, nullptr, 0);
    ::close(from_child_);
}

std::int64_t Served::cpu_microseconds() const {
    std::int64_t micros = 0;
    char question = '?';
    if (::write(to_child_, &question, 1) != 1 || !read_all(from_child_, micros)) {
        throw std::runtime_error("the server has gone");
    }
    return micros;
}

Received ask(std::uint16_t port, const std::string& method, const std::string& target,
             const std::string& headers, const std::string& body) {
    Connection connection(port);
    connection.send(request_of(method, target, headers, body));
    return connection.receive();
}

void load(std::uint16_t port, const std::vector<std::string>& targets, const std::string& headers,
          int connections, int requests) {
    std::vector<std::string> texts;
    for (const auto& target : targets) texts.push_back(request_of("GET", target, headers, ""));
    std::vector<std::unique_ptr<Connection>> open;
    for (int i = 0; i < connections; ++i) open.push_back(std::make_unique<Connection>(port));
    std::size_t next = 0;
    for (int sent = 0; sent < requests; sent += connections) {
        for (auto& connection : open) connection->send(texts[next++ % texts.size()]);
        for (auto& connection : open) {
            if (connection->receive().status != 200) throw std::runtime_error("refused");
        }
    }
}

}  // namespace hezhi::bench
