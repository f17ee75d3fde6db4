#include "journal/evaluate.h"

#include <algorithm>
#include <istream>
#include <ostream>

#include "crypto/digest.h"
#include "facts/fact_line.h"

namespace hezhi::journal {
namespace {

// Lines that are read before they are folded: some tens of megabytes of facts.
constexpr std::size_t lines_at_a_time = 16384;

class FactFile {
  public:
    FactFile(std::istream& in, const EvaluateSettings& settings)
        : in_(in), threads_(static_cast<std::size_t>(settings.threads)) {
        if (settings.at) end_ = start_of(*settings.at + 1);
    }

    // The next facts; none at the end of the file, or of what counts.
    std::expected<std::vector<Fact>, LineFault> next() {
        std::vector<std::string> lines;
        if (over_) return std::vector<Fact>{};
        std::string line;
        while (lines.size() < lines_at_a_time && std::getline(in_, line)) {
            if (line.ends_with('\r')) line.pop_back();
            lines.push_back(std::move(line));
        }
        std::vector<Fact> facts(lines.size());
        auto first = read(lines, facts);
        if (first) return std::unexpected(*first);
        for (std::size_t i = 0; i < facts.size(); ++i) {
            if (auto wrong = follows(facts[i])) return std::unexpected(*wrong);
            if (facts[i].recorded_at >= end_) {
                over_ = true;
                facts.resize(i);
                break;
            }
            ++read_;
            before_ = facts[i].recorded_at;
        }
        return facts;
    }

    std::int64_t facts_read() const { return read_; }

  private:
    // The first fault of these lines.
    std::optional<LineFault> read(const std::vector<std::string>& lines, std::vector<Fact>& facts) {
        std::vector<std::optional<LineFault>> faults(threads_);
        on_threads(threads_, [&](std::size_t t) {
            std::size_t end = lines.size() * (t + 1) / threads_;
            for (std::size_t i = lines.size() * t / threads_; i < end; ++i) {
                auto fact = read_fact_line(lines[i]);
                if (!fact) {
                    faults[t] = {read_ + static_cast<std::int64_t>(i) + 1, fact.error()};
                    return;
                }
                facts[i] = std::move(*fact);
            }
        });
        for (auto& fault : faults) {
            if (fault) return fault;
        }
        return std::nullopt;
    }

    std::optional<LineFault> follows(const Fact& fact) const {
        std::string position = std::to_string(read_ + 1);
        if (fact.position != read_ + 1) {
            return LineFault{read_ + 1, {"/position", position, position}};
        }
        if (fact.recorded_at < before_) {
            return LineFault{
                read_ + 1,
                {"/recorded_at", "不早于上一行的时间", "not before that of the line above"}};
        }
        return std::nullopt;
    }

    std::istream& in_;
    std::size_t threads_;
    Instant end_{INT64_MAX};
    Instant before_{INT64_MIN};
    std::int64_t read_ = 0;
    bool over_ = false;  // what follows was recorded too late
};

void write_figure(const FigureDef& def, const FoldedRows& rows, std::ostream& out) {
    out << "\"" << def.name << "\":[";
    bool first = true;
    for (const auto& [key, state] : rows) {
        JsonWriter row;
        row.value(*def.state, state.get());
        out << (first ? "\n" : ",\n") << row.str();
        first = false;
    }
    out << "]";
}

void write_figures(const Folded& fold, const EvaluateSettings& settings, std::int64_t facts,
                   std::ostream& out) {
    out << "{";
    if (settings.at) out << "\"at\":\"" << to_string(*settings.at) << "\",\n";
    out << "\"facts\":" << facts << ",\n\"figures\":{\n";
    Figures by_name = fold.figures();
    std::ranges::sort(by_name, {}, &FigureDef::name);
    for (const FigureDef* def : by_name) {
        write_figure(*def, fold.rows(*def), out);
        out << (def == by_name.back() ? "},\n" : ",\n");
    }
    JsonWriter pack;
    pack.begin_object();
    pack.key("hash");
    pack.text(crypto::to_hex(crypto::sha256(fold.pack().canonical_text)));
    pack.key("name");
    pack.text(fold.pack().name);
    pack.key("version");
    pack.text(fold.pack().version);
    pack.end_object();
    out << "\"pack\":" << pack.str();
    if (settings.write_more) settings.write_more(fold, out);
    out << "}\n";
}

}  // namespace

std::expected<void, LineFault> evaluate(std::istream& facts, const Figures& figures,
                                        std::shared_ptr<const rules::Pack> pack,
                                        const EvaluateSettings& settings, std::ostream& out) {
    PackFold fold(figures, std::move(pack), settings.threads);
    FactFile file(facts, settings);
    for (;;) {
        auto next = file.next();
        if (!next) return std::unexpected(next.error());
        if (next->empty()) break;
        fold.add(*next);
    }
    write_figures(fold.take(), settings, file.facts_read(), out);
    return {};
}

}  // namespace hezhi::journal
