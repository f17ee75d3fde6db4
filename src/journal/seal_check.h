// The part of `verify` that holds the journal against its seals. Internal to this folder.
#pragma once

#include <deque>
#include <future>

#include "journal/seals.h"
#include "journal/verify.h"

namespace hezhi::journal {

// Fed with the facts in order; hashing runs beside, a block at a time.
class SealCheck {
  public:
    using Report = std::function<void(std::string place, std::string expected, std::string found)>;

    SealCheck(store::Session& db, const SealTrust& trust, Report report);

    void add(std::int64_t position, std::string_view body);
    // After the last fact. What it found beside differences stands in `verified`.
    void finish(Verified& verified);

  private:
    void close_block();
    void settle_oldest();
    void check_headers();
    void check_signature(const SealedBlock& block);
    void check_head(const SignedHead& head);
    const crypto::PublicKey* key_of(const std::string& id) const;

    SealTrust trust_;
    Report report_;
    std::vector<SealKey> keys_;
    std::vector<SealedBlock> blocks_;
    std::size_t current_ = 0;
    std::vector<std::string> bodies_;  // of the current block, as far as it is read
    struct Hashing {
        std::size_t block;
        std::future<std::string> root;
    };
    std::deque<Hashing> hashing_;
    std::int64_t last_position_ = 0;
};

}  // namespace hezhi::journal
