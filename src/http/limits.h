// Every limit of the transport, in one table. A stranger can cost the server no more than this.
#pragma once

#include <chrono>
#include <cstddef>

namespace hezhi::http {

struct Limits {
    // Bytes of request line and headers. Browsers send 1 to 2 KiB; cookies and long lists of
    // languages stay far below.
    std::size_t header_bytes_max = 16 * 1024;
    // Bytes of a request body. Forms are small; a photograph is shrunk on the phone before it is
    // sent.
    std::size_t body_bytes_max = 1024 * 1024;

    // From the first byte of a request to the end of its headers. Not extended by bytes that
    // arrive, so dripping does not help.
    std::chrono::milliseconds header_deadline = std::chrono::seconds(10);
    // From the end of the headers to the end of the body: 1 MiB over a poor mobile line.
    std::chrono::milliseconds body_deadline = std::chrono::seconds(60);
    // Without a byte between requests. Longer than a person's pause between two pages costs memory
    // and saves nothing.
    std::chrono::milliseconds idle_timeout = std::chrono::seconds(60);
    // From calling the handler to its answer. The writer answers within milliseconds; whoever waits
    // longer is told that the outcome is unknown.
    std::chrono::milliseconds answer_deadline = std::chrono::seconds(30);
    // An answer must leave within this time plus its bytes at the lowest rate, so that a slow phone
    // gets its page and a client that does not read at all is cut.
    std::chrono::milliseconds send_deadline = std::chrono::seconds(15);
    std::size_t send_rate_min_bytes_per_s = 4 * 1024;
    // After a refusal, for bytes already under way: closing before they are read would destroy the
    // answer at the client.
    std::chrono::milliseconds linger = std::chrono::seconds(2);

    // Connections in all; each holds a file descriptor and about 10 KiB.
    std::size_t connections_max = 4096;
    // Connections of one peer address. A whole office may sit behind one address with six
    // connections a browser. A trusted proxy is not counted.
    std::size_t connections_per_address_max = 512;
    // Connections that are over the limit and still get a 503; further ones are closed at once.
    std::size_t turned_away_max = 64;
    // Requests of one connection, so that load spreads over the threads again now and then.
    std::size_t requests_per_connection_max = 10000;

    // Open event streams; each holds a connection for hours.
    std::size_t streams_max = 2048;
    // Bytes waiting in one stream for a client that reads slowly; over it, the stream is cut and
    // the client comes back with Last-Event-ID.
    std::size_t stream_queue_bytes_max = 64 * 1024;
    // Between two comments on a quiet stream: proxies close after 30 to 60 silent seconds.
    std::chrono::milliseconds heartbeat = std::chrono::seconds(15);

    // How long stop() lets running requests finish. systemd kills after 90 seconds by default.
    std::chrono::milliseconds stop_grace = std::chrono::seconds(10);
};

}  // namespace hezhi::http
