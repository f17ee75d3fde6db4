#include "bench/pgbench.h"

#include <cstdio>
#include <fstream>
#include <memory>
#include <regex>
#include <stdexcept>

#include "store/sql_text.h"

namespace hezhi::bench {
namespace {

// Larger numbers are times and hashes, smaller ones counts.
constexpr std::int64_t id_max = 10000000;

class Script {
  public:
    explicit Script(std::int64_t first_position) : first_position_(first_position) {}

    std::string literal(const store::Param& param) const {
        if (std::holds_alternative<std::nullptr_t>(param.value)) {
            return param.type == store::Type::integer ? "CAST(NULL AS bigint)" : "NULL";
        }
        if (auto* number = std::get_if<std::int64_t>(&param.value)) return integer(*number);
        if (auto* text = std::get_if<std::string>(&param.value)) return quoted(*text);
        return bytes(std::get<store::Bytes>(param.value));
    }

  private:
    bool is_new_id(std::int64_t number) const {
        return number > first_position_ && number < id_max;
    }

    std::string integer(std::int64_t number) const {
        if (!is_new_id(number)) return "CAST(" + std::to_string(number) + " AS bigint)";
        return "(" + std::to_string(number) + " + :client_id * CAST(100000000 AS bigint))";
    }

    // A short text may be a key that holds ids: "15-9".
    std::string quoted(const std::string& text) const {
        std::string out = "'";
        for (char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
        out += "'";
        static const std::regex key("[0-9]+-[0-9]+");
        if (!std::regex_match(text, key)) return out;
        return "(CAST(:client_id AS text) || " + out + ")";
    }

    static std::string bytes(const store::Bytes& value) {
        static constexpr char digits[] = "0123456789abcdef";
        std::string out = "'\\x";
        for (auto byte : value) {
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
        return out + "'";
    }

    std::int64_t first_position_;
};

// pgbench reads a statement up to its semicolon and `:name` as a variable, so values go in one by
// one.
std::string with_values(const Statement& statement, const Script& script) {
    std::string sql(statement.query.sql);
    static const std::pair<const char*, const char*> placeholders[] = {
        {"{for_update}", "FOR UPDATE"}};
    for (auto [from, to] : placeholders) {
        if (auto at = sql.find(from); at != std::string::npos) {
            sql.replace(at, std::string_view(from).size(), to);
        }
    }
    std::string out;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] != ':' || i + 1 == sql.size() || !std::isalpha(sql[i + 1])) {
            out += sql[i] == '\n' ? ' ' : sql[i];
            continue;
        }
        std::size_t end = i + 1;
        while (end < sql.size() && (std::isalnum(sql[end]) || sql[end] == '_')) ++end;
        std::string name = sql.substr(i + 1, end - i - 1);
        for (const auto& param : statement.params) {
            if (param.name == name) out += script.literal(param);
        }
        i = end - 1;
    }
    return out;
}

}  // namespace

int write_pgbench_script(const Recording& recording, std::int64_t first_position,
                         const std::filesystem::path& path) {
    std::ofstream out(path);
    Script script(first_position);
    int transactions = 0;
    bool open = false;
    for (const Statement& statement : recording.statements()) {
        if (statement.begins_turn()) {
            out << (open ? "END;\nBEGIN;\n" : "BEGIN;\n");
            open = true;
            ++transactions;
        }
        out << with_values(statement, script) << ";\n";
        if (statement.ends_turn()) {
            out << "END;\n";
            open = false;
        }
    }
    if (open) out << "END;\n";
    if (!out.good()) throw std::runtime_error("cannot write " + path.string());
    return transactions;
}

double run_pgbench(const std::string& url, const std::filesystem::path& script, int clients) {
    std::string command = "/usr/lib/postgresql/15/bin/pgbench -n -t 1 -j 2 -c " +
                          std::to_string(clients) + " -f " + script.string() + " '" + url +
                          "' 2>&1";
    std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::string output;
    for (char line[512]; fgets(line, sizeof line, pipe.get());) output += line;
    // "tps = 1.234567 (without initial connection time)": whole scripts a second.
    std::smatch found;
    if (output.find("ERROR") != std::string::npos ||
        !std::regex_search(output, found, std::regex("tps = ([0-9.]+)"))) {
        throw std::runtime_error("pgbench: " + output.substr(0, 2000));
    }
    return clients / std::stod(found[1]);
}

}  // namespace hezhi::bench
