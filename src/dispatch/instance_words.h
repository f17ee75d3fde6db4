// One line of an instance file, taken word by word. Internal to dispatch.
//
// The first word that is not what its field expects is kept as the fault; whatever is read after it
// is of no account. So a reader names its fields one after the other and asks once at the end.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hezhi::dispatch {

class InstanceWords {
  public:
    explicit InstanceWords(std::string_view line) : rest_(line) {}

    // Empty at the end of the line.
    std::string_view word() {
        auto begin = rest_.find_first_not_of(blanks);
        if (begin == std::string_view::npos) {
            rest_ = {};
            return {};
        }
        auto end = std::min(rest_.find_first_of(blanks, begin), rest_.size());
        auto out = rest_.substr(begin, end - begin);
        rest_.remove_prefix(end);
        return out;
    }

    template <std::integral T>
    T integer(std::string_view field, T least, T most) {
        auto value = parsed<T>(word(), 10);
        if (value && *value >= least && *value <= most) return *value;
        auto from = std::to_string(least), to = std::to_string(most);
        fail(field, from + " 至 " + to + " 的整数", "an integer from " + from + " to " + to);
        return least;
    }

    std::uint64_t hexadecimal(std::string_view field) {
        auto value = parsed<std::uint64_t>(word(), 16);
        if (!value) fail(field, "1 至 16 位十六进制数", "1 to 16 hexadecimal digits");
        return value.value_or(0);
    }

    // Calls `each` for every part of "a,b,c"; nothing for "-". Where it answers false, and where
    // there is no word at all, the field is at fault.
    template <class Each>
    void list(std::string_view field, const char* zh, const char* en, Each&& each) {
        auto text = word();
        bool good = !text.empty() && text.front() != ',' && text.back() != ',';
        if (text == "-") return;
        while (good && !text.empty()) {
            auto comma = std::min(text.find(','), text.size());
            good = each(text.substr(0, comma));
            text.remove_prefix(std::min(comma + 1, text.size()));
        }
        if (!good) fail(field, zh, en);
    }

    void end(std::string_view last) {
        if (!word().empty()) {
            fail("", "行到 " + std::string(last) + " 为止",
                 "the line to end after " + std::string(last));
        }
    }

    void fail(std::string_view field, std::string zh, std::string en) {
        if (!fault_) fault_ = {std::string(field), std::move(zh), std::move(en)};
    }
    const std::optional<FieldError>& fault() const { return fault_; }

    template <std::integral T>
    static std::optional<T> parsed(std::string_view text, int base) {
        T out{};
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, base);
        if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
            return std::nullopt;
        }
        return out;
    }

  private:
    static constexpr std::string_view blanks = " \t\r";

    std::string_view rest_;
    std::optional<FieldError> fault_;
};

// The lines of a text, numbered from 1.
class InstanceLines {
  public:
    explicit InstanceLines(std::string_view text) : rest_(text) {}
    std::optional<std::string_view> next() {
        if (rest_.empty()) return std::nullopt;
        ++number_;
        auto end = std::min(rest_.find('\n'), rest_.size());
        auto line = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        return line;
    }
    std::size_t number() const { return number_; }

  private:
    std::string_view rest_;
    std::size_t number_ = 0;
};

}  // namespace hezhi::dispatch
