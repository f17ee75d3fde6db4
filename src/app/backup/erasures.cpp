#include "app/backup/erasures.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "app/backup/backup.h"
#include "app/backup/durable_file.h"
#include "facts/joining_facts.h"
#include "journal/journal_copy.h"

namespace hezhi::app {
namespace {

constexpr std::string_view erasures_first_line = "hezhi-erasures 1";
constexpr std::string_view erasures_lost = "lost";

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    while (!line.empty()) {
        auto end = std::min(line.find(' '), line.size());
        if (end > 0) words.push_back(line.substr(0, end));
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return words;
}

std::optional<std::int64_t> number_of(std::string_view word) {
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return number;
}

std::string whole_lines(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    std::string lines = std::move(text).str();
    lines.resize(lines.rfind('\n') + 1);  // a line that was cut off says nothing
    return lines;
}

ErasureList read_erasures_file(const std::filesystem::path& file) {
    std::istringstream in(whole_lines(file));
    ErasureList list;
    bool begun = false;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        auto words = words_of(line);
        if (words.empty() || line.starts_with('#')) continue;
        if (!begun && line == erasures_first_line) {
            begun = true;
        } else if (begun && words.size() == 2 && words[0] == "of" && list.origin.empty()) {
            list.origin = words[1];
        } else if (begun && words.size() == 4 && words[0] == "erased" && number_of(words[1]) &&
                   number_of(words[3])) {
            list.items.push_back({PersonId(*number_of(words[1])), std::string(words[2]),
                                  Instant{*number_of(words[3])}});
        } else if (begun && words.size() == 2 && words[0] == "known" && number_of(words[1])) {
            list.known_at = std::max(list.known_at, Instant{*number_of(words[1])});
        } else {
            throw CannotOpen("清除名单有误 this is no list of erasures: " + file.string() + ":" +
                             std::to_string(number));
        }
    }
    if (list.origin.empty()) {
        throw CannotOpen("清除名单不完整 this list of erasures is cut off: " + file.string());
    }
    return list;
}

ErasureList erasures_of_backup(const std::filesystem::path& folder) {
    BackupManifest backup = read_backup(folder);
    ErasureList list{.origin = {}, .items = {}, .known_at = backup.made_at};
    std::vector<std::string> chains{""};
    std::string chain(journal::first_chain);
    std::ifstream in(folder / "journal.ndjson", std::ios::binary);
    for (std::string line; std::getline(in, line);) {
        chain = journal::next_chain(chain, line);
        chains.push_back(chain);
        if (list.origin.empty()) list.origin = chain;
        if (line.find(PersonErased::kind) == std::string::npos) continue;
        Fact fact = read_fact(line);
        if (!fact.is<PersonErased>()) continue;
        auto person = fact.subject("person");
        list.items.push_back(
            {PersonId(person), chains.at(static_cast<std::size_t>(person)), fact.recorded_at});
    }
    return list;
}

}  // namespace

ErasureList erasures_in(store::Session& db, Instant now) {
    ErasureList list{.origin = journal::chain_at(db, 1), .items = {}, .known_at = now};
    for (const Fact& fact : journal::facts_of_kind(db, PersonErased::kind)) {
        auto person = fact.subject("person");
        list.items.push_back({PersonId(person), journal::chain_at(db, person), fact.recorded_at});
    }
    return list;
}

bool ErasureList::holds(const Erasure& wanted) const {
    return std::ranges::any_of(items, [&](const Erasure& erasure) {
        return erasure.person == wanted.person && erasure.chain == wanted.chain;
    });
}

void note_erasures(const std::filesystem::path& file, const ErasureList& list) {
    ErasureList there;
    std::string text;
    if (std::filesystem::exists(file) && std::filesystem::file_size(file) > 0) {
        there = read_erasures_file(file);
        if (there.origin != list.origin) {
            throw CannotOpen(
                "清除名单属于另一个系统 this list of erasures belongs to another "
                "installation: " +
                file.string());
        }
        // Only what was cut off: another process may be adding a line at this moment.
        std::size_t whole = whole_lines(file).size();
        if (std::filesystem::file_size(file) > whole) std::filesystem::resize_file(file, whole);
    } else {
        text = std::string(erasures_first_line) +
               "\n# 已清除的人员。恢复备份时须用到；请随每次备份另存一份。\n"
               "# Persons who were erased. A restore needs it; keep a copy with every backup.\n"
               "of " +
               list.origin + "\n";
    }
    for (const Erasure& erasure : list.items) {
        if (there.holds(erasure)) continue;
        text += "erased " + std::to_string(erasure.person.value) + " " + erasure.chain + " " +
                std::to_string(erasure.erased_at.ms) + "\n";
    }
    DurableFile out = DurableFile::append_to(file);
    out.write(text + "known " + std::to_string(list.known_at.ms) + "\n");
    out.finish();
}

ErasureList read_erasures(const std::string& source, Instant now) {
    if (source == erasures_lost) return {};
    if (source.starts_with("sqlite:") || source.starts_with("postgres")) {
        if (source.starts_with("sqlite:") && !std::filesystem::exists(source.substr(7))) {
            throw CannotOpen("没有这个数据库 there is no such database: " + source);
        }
        auto database = store::Database::open(source);
        return erasures_in(*database->connect(store::Access::read_only), now);
    }
    if (std::filesystem::is_directory(source)) return erasures_of_backup(source);
    if (!std::filesystem::exists(source)) {
        throw CannotOpen("找不到清除名单 the list of erasures is not there: " + source);
    }
    return read_erasures_file(source);
}

ErasuresKept::ErasuresKept(journal::Ledger& ledger, std::filesystem::path file, http::Log& log)
    : ledger_(ledger), file_(std::move(file)), log_(log) {
    note_erasures(file_, erasures_in(*ledger_.read(), ledger_.clock().now()));
    ledger_.follow({}, [this](std::span<const Fact> facts) {
        for (const Fact& fact : facts) {
            if (fact.is<PersonErased>()) return note();
        }
    });
}

// On the writer's thread, and rare enough for it.
void ErasuresKept::note() {
    try {
        note_erasures(file_, erasures_in(*ledger_.read(), ledger_.clock().now()));
        whole_ = true;
    } catch (const std::exception& error) {
        whole_ = false;
        log_.write(http::LogLevel::error, "erasures_not_written", {{"why", error.what()}});
    }
}

}  // namespace hezhi::app
