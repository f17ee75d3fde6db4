#include "store/sql_text.h"

#include <algorithm>
#include <utility>

#include "base/assert.h"

namespace hezhi::store {

namespace {

[[noreturn]] void malformed(const std::string& what) {
    broken_invariant(("SQL text: " + what).c_str(), __FILE__, __LINE__);
}

bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool continues_name(char c) {
    return starts_name(c) || (c >= '0' && c <= '9');
}

std::string_view placeholder(std::string_view name, Engine engine) {
    struct Words {
        std::string_view name, sqlite, postgresql;
    };
    static constexpr Words table[] = {
        {"integer", "INTEGER", "BIGINT"},
        {"bytes", "BLOB", "BYTEA"},
        {"strict", "STRICT", ""},
        {"for_update", "", "FOR UPDATE"},
    };
    for (const Words& row : table) {
        if (row.name == name) return engine == Engine::sqlite ? row.sqlite : row.postgresql;
    }
    malformed("unknown placeholder {" + std::string(name) + "}");
}

// Where the literal, quoted name or comment that starts at `at` ends; `at` itself if none does.
std::size_t end_of_opaque(std::string_view sql, std::size_t at) {
    auto after = [&](std::string_view closing, std::size_t from) {
        std::size_t end = sql.find(closing, from);
        if (end == sql.npos) malformed("unclosed " + std::string(closing));
        return end + closing.size();
    };
    std::string_view rest = sql.substr(at);
    // A doubled quote inside is read as two literals side by side, which comes to the same.
    if (rest.starts_with('\'')) return after("'", at + 1);
    if (rest.starts_with('"')) return after("\"", at + 1);
    if (rest.starts_with("/*")) return after("*/", at + 2);
    if (rest.starts_with("--")) return std::min(sql.find('\n', at), sql.size());
    return at;
}

class Rewriter {
  public:
    Rewriter(std::string_view sql, Engine engine, bool with_parameters)
        : sql_(sql), engine_(engine), with_parameters_(with_parameters) {}

    SqlText run() {
        while (at_ < sql_.size()) step();
        return std::move(out_);
    }

  private:
    void step() {
        if (std::size_t end = end_of_opaque(sql_, at_); end != at_) return copy_to(end);
        char next = at_ + 1 < sql_.size() ? sql_[at_ + 1] : '\0';
        if (sql_[at_] == '{') return expand_placeholder();
        if (sql_[at_] == ':' && next == ':') return copy_to(at_ + 2);
        if (sql_[at_] == ':' && with_parameters_ && starts_name(next)) return number_parameter();
        copy_to(at_ + 1);
    }

    void copy_to(std::size_t end) {
        out_.sql += sql_.substr(at_, end - at_);
        at_ = end;
    }

    void expand_placeholder() {
        std::size_t end = sql_.find('}', at_);
        if (end == sql_.npos) malformed("unclosed {");
        out_.sql += placeholder(sql_.substr(at_ + 1, end - at_ - 1), engine_);
        at_ = end + 1;
    }

    void number_parameter() {
        std::size_t end = at_ + 1;
        while (end < sql_.size() && continues_name(sql_[end])) ++end;
        std::string_view name = sql_.substr(at_ + 1, end - at_ - 1);
        auto found = std::ranges::find(out_.parameters, name);
        std::size_t number = static_cast<std::size_t>(found - out_.parameters.begin()) + 1;
        if (found == out_.parameters.end()) out_.parameters.emplace_back(name);
        out_.sql += (engine_ == Engine::sqlite ? "?" : "$") + std::to_string(number);
        at_ = end;
    }

    std::string_view sql_;
    Engine engine_;
    bool with_parameters_;
    std::size_t at_ = 0;
    SqlText out_;
};

}  // namespace

SqlText rewrite(std::string_view sql, Engine engine) {
    return Rewriter(sql, engine, true).run();
}

std::string expand(std::string_view sql, Engine engine) {
    return Rewriter(sql, engine, false).run().sql;
}

}  // namespace hezhi::store
