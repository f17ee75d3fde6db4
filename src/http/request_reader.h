// Turns received bytes into requests. The only user of Beast; sockets are the session's.
//
// One reader a connection, one thread. Bytes of a next request that arrived early stay inside, so
// pipelined requests come out one after the other.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "base/result.h"
#include "http/limits.h"
#include "http/message.h"

namespace hezhi::http {

class RequestReader {
  public:
    // `limits` must outlive the reader.
    explicit RequestReader(const Limits& limits);
    ~RequestReader();

    // Room to receive into; commit() says how much of it was filled.
    std::span<char> prepare();
    void commit(std::size_t bytes);

    enum class Step {
        need_more,         // receive and call again
        expects_continue,  // the client waits for "100 Continue" before it sends the body
        ready,             // take() the request
        refused,           // see refusal(); the connection cannot be used further
    };
    Step advance();

    bool between_requests() const;  // no byte of the next request has arrived
    bool header_done() const;       // what is missing is body

    struct Received {
        Request request;  // without address, secure and received_at
        bool keep_alive = false;
    };
    // Only after Step::ready. The reader is then at the next request.
    Received take();

    // Only after Step::refused.
    const RefusalRow& refusal() const;
    // Of the request being read, as far as its headers are known; empty otherwise.
    std::string_view accept_language() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace hezhi::http
