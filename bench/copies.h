// Copies of one prepared database, each used once, on either engine.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "bench/recording.h"

namespace hezhi::bench {

class Copies {
  public:
    virtual ~Copies() = default;
    virtual std::string next() = 0;
    virtual const char* engine() const = 0;
};

// Makes a database at this address and leaves nothing connected to it.
using Prepare = std::function<void(const std::string& url)>;

class SqliteCopies final : public Copies {
  public:
    SqliteCopies(std::filesystem::path folder, const Prepare& prepare);
    std::string next() override;
    const char* engine() const override { return "SQLite"; }

  private:
    std::filesystem::path prepared() const { return folder_ / "prepared.sqlite"; }

    std::filesystem::path folder_;
    int copies_ = 0;
};

class PostgresCopies final : public Copies {
  public:
    explicit PostgresCopies(const Prepare& prepare);
    std::string next() override;
    const char* engine() const override { return "PostgreSQL"; }

  private:
    std::string prepared_;
    int copies_ = 0;
};

// How long the recorded statements take on a copy when nothing stands around them.
double replay_seconds(const std::string& url, const Recording& recording);

}  // namespace hezhi::bench
