#include "bench/duckdb_regrade.h"

#include <boost/json.hpp>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>

#include "base/zone.h"
#include "bench/measure.h"
#include "rules/working_calendar.h"

namespace hezhi::bench {
namespace {

namespace json = boost::json;

constexpr int days_beside = 400;  // that the calendar is told before and after the period

std::int64_t calendar_milliseconds(const rules::TimeLimit& limit) {
    if (limit.clock != rules::ClockKind::calendar) {
        throw std::logic_error("the SQL knows limits of needs on the calendar's clock only");
    }
    rules::Calendar none;
    return rules::deadline(Instant{1}, limit, none).at.ms - 1;
}

DuckPack duck_pack(const rules::Pack& pack) {
    const auto& within = pack.records.enter_within;
    if (within.clock != rules::ClockKind::working || within.unit != rules::TimeUnit::days ||
        pack.calendar.working_day_end != rules::WorkingDayEnd::close) {
        throw std::logic_error("the SQL knows records entered within working days only");
    }
    DuckPack out;
    out.minutes_max = pack.records.minutes_max;
    out.released_refused = pack.records.employer_released == rules::ReleasedTime::refused;
    out.enter_within_days = within.amount;
    for (const char* key : {"P1", "P2", "P3", "P4"}) {
        const auto* limits = pack.limit_class(key);
        out.classes.push_back({key, calendar_milliseconds(limits->first_contact),
                               calendar_milliseconds(limits->handling)});
    }
    for (const auto& star : pack.stars.ladder) out.star_hours.push_back(star.hours);
    return out;
}

std::string shell_word(const std::filesystem::path& path) {
    return "'" + path.string() + "'";
}

std::string output_of(const std::string& command) {
    std::FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) throw std::runtime_error("node could not be started");
    std::string out;
    char piece[65536];
    for (std::size_t got; (got = std::fread(piece, 1, sizeof piece, pipe)) > 0;) {
        out.append(piece, got);
    }
    if (pclose(pipe) != 0) throw std::runtime_error("DuckDB did not answer");
    return out;
}

std::string text_of(const json::object& row, const char* name) {
    return std::string(row.at(name).as_string());
}

// "12 subjects, +3, -1".
std::string told(std::int64_t subjects, std::int64_t better, std::int64_t worse) {
    return std::to_string(subjects) + " subjects, +" + std::to_string(better) + ", -" +
           std::to_string(worse);
}
std::string told(const json::object& row) {
    return told(row.at("subjects").as_int64(), row.at("better").as_int64(),
                row.at("worse").as_int64());
}

// Place → what is said there, of either side; what differs is what was found.
using Told = std::map<std::string, std::string>;

Told told_by_us(const std::vector<BackTestPart>& parts) {
    Told out;
    for (const auto& part : parts) {
        out[part.mechanism] = told(part.subjects.value(), part.better.value(), part.worse.value()) +
                              ", total " + std::to_string(part.total_before.value()) + " to " +
                              std::to_string(part.total_after.value());
        for (std::size_t band = 0; band < part.bands.size(); ++band) {
            std::int64_t before_there = part.bands[band].before.value();
            std::int64_t after_there = part.bands[band].after.value();
            if (before_there + after_there == 0) continue;
            out[part.mechanism + " band " + std::to_string(band)] =
                std::to_string(before_there) + " to " + std::to_string(after_there);
        }
        for (const auto& group : part.groups) {
            out[part.mechanism + " " + std::string(label_of(group.by)) + " " + group.group] =
                told(group.subjects, group.better.value(), group.worse.value());
        }
    }
    return out;
}

Told told_by_duckdb(const json::object& found, const std::vector<std::string>& ages) {
    Told out;
    for (const auto& one : found.at("parts").as_array()) {
        const auto& row = one.as_object();
        out[text_of(row, "mechanism")] = told(row) + ", total " +
                                         std::to_string(row.at("total_before").as_int64()) +
                                         " to " + std::to_string(row.at("total_after").as_int64());
    }
    for (const auto& one : found.at("bands").as_array()) {
        const auto& row = one.as_object();
        out[text_of(row, "mechanism") + " band " + std::to_string(row.at("band").as_int64())] =
            std::to_string(row.at("before").as_int64()) + " to " +
            std::to_string(row.at("after").as_int64());
    }
    for (const auto& one : found.at("groups").as_array()) {
        const auto& row = one.as_object();
        std::string by = text_of(row, "mechanism") + " " + text_of(row, "grouped_by");
        std::string name = text_of(row, "name");
        if (text_of(row, "grouped_by") == "age") {
            int band = std::stoi(name);
            name = band < 0 ? "unknown" : ages[static_cast<std::size_t>(band)];
        }
        out[by + " " + name] = told(row);
    }
    return out;
}

std::vector<std::string> differences_of(const Told& ours, const Told& theirs) {
    std::set<std::string> places;
    for (const auto& [place, said] : ours) places.insert(place);
    for (const auto& [place, said] : theirs) places.insert(place);
    auto said_at = [](const Told& by, const std::string& place) {
        auto found = by.find(place);
        return found == by.end() ? std::string("nothing") : found->second;
    };
    std::vector<std::string> out;
    for (const auto& place : places) {
        std::string we = said_at(ours, place), they = said_at(theirs, place);
        if (we != they) out.push_back(place + ": " + we + "; DuckDB " + they);
    }
    return out;
}

}  // namespace

DuckOrder duck_order(const rules::Pack& before, const rules::Pack& after,
                     const back_tests::Period& period, const journal::Figures& figures) {
    DuckOrder order;
    order.from = period.from;
    order.until = period.until;
    order.before = duck_pack(before);
    order.after = duck_pack(after);
    std::set<std::string> kinds;
    for (const auto* def : figures) kinds.insert(def->kinds.begin(), def->kinds.end());
    order.kinds.assign(kinds.begin(), kinds.end());
    order.area_kind = after.back_test.area_kind;
    order.adult_from_years = after.dispatch.adult_from_years;
    order.age_bands = after.back_test.age_bands;
    order.hour_bands = after.back_test.hour_bands;
    order.offset_ms = place_zone().offset_at(period.from).count();
    order.closes_ms = std::int64_t{60000} * after.calendar.working_hours.back().to_minute;
    Day first = day_of(period.from) + -days_beside, last = day_of(period.until) + days_beside;
    order.first_day = first.number;
    order.last_day = last.number;
    for (Day day = first; day <= last; day = day + 1) {
        if (rules::is_working_day(day, after.calendar)) order.working_days.push_back(day.number);
    }
    return order;
}

DuckRun run_duckdb(const std::filesystem::path& folder, const std::string& packages,
                   const DuckOrder& order, const std::vector<BackTestPart>& ours) {
    {
        std::ofstream out(folder / "order.json");
        out << to_json(order);
        if (!out.flush().good()) throw std::runtime_error("order.json could not be written");
    }
    const auto answer = json::parse(output_of("exec node bench/backtest.mjs " + shell_word(folder) +
                                              " " + shell_word(packages)));
    const auto& found = answer.as_object();
    constexpr double micros_of_a_second = 1e6;
    auto seconds = [&](const json::value& micros) {
        return static_cast<double>(micros.as_int64()) / micros_of_a_second;
    };
    std::vector<double> warm;
    for (const auto& one : found.at("warm_us").as_array()) warm.push_back(seconds(one));
    return {text_of(found, "version"), seconds(found.at("load_us")), seconds(found.at("cold_us")),
            median(warm),
            differences_of(told_by_us(ours),
                           told_by_duckdb(found, back_tests::band_names(order.age_bands)))};
}

}  // namespace hezhi::bench
