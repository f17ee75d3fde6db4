// Prepared statements of one session, kept by their SQL text.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hezhi::store {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

// The cache owns a copy of the text. Pointers to statements stay good until clear().
template <class Statement>
class StatementCache {
  public:
    // The fixed queries are some hundreds; run-time ones must not grow it without end.
    static constexpr std::size_t statements_max = 1000;

    Statement* find(std::string_view sql) {
        auto found = statements_.find(sql);
        return found == statements_.end() ? nullptr : &found->second;
    }
    Statement& add(std::string_view sql, Statement statement) {
        return statements_.emplace(std::string(sql), std::move(statement)).first->second;
    }
    bool full() const { return statements_.size() >= statements_max; }
    void clear() { statements_.clear(); }

  private:
    std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> statements_;
};

}  // namespace hezhi::store
