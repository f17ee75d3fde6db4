// How a hotline's file is to be read: MAP.toml, written once for each kind of file. It names the
// columns, the words for states and the form of times. docs/operating/hotline.md has examples.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "facts/hotline_facts.h"
#include "rules/pack_reader.h"

namespace hezhi::hotline {

// How times stand in the file: %Y %m %d %H %M %S, everything else as written.
struct TimeForm {
    std::vector<std::string> formats;  // tried in order; the first is used for writing
    Millis offset{};                   // from UTC, of the zone that the file means

    std::optional<Instant> read(std::string_view text) const;
    std::string write(Instant at) const;
};

// Columns of the official revisit.
struct RevisitMap {
    std::string resolution;
    std::map<std::string, Resolution> resolution_words;
    std::optional<std::string> satisfaction;
    std::map<std::string, std::int32_t> marks;  // word → 1–5
    std::optional<std::string> at;              // when it was; else the time of the import
};

// Headings of the file that is handed back.
struct ReplyMap {
    std::string number, contacted_at, result, closed_at, order;
};

struct HotlineMap {
    TimeForm time;
    std::string number, received_at, state;
    std::optional<std::string> due_at, closed_at, contact;
    std::vector<std::string> texts;
    std::map<std::string, HotlineOutcome> states;  // word → what it means
    std::string under;                             // code of the area that all rows belong to
    std::optional<std::string> area_column;
    std::optional<std::string> area_kind;  // of areas that are made; none: none are made
    std::optional<std::string> unknown;    // name of the area for rows without one
    std::optional<RevisitMap> revisit;
    std::optional<ReplyMap> reply;
};

// Reads and checks everything; all errors at once, each with file, line and key.
std::expected<HotlineMap, std::vector<rules::RuleError>> read_map(const std::string& text,
                                                                  const std::string& file);

// The map for files with the headings of the district's own table, offered on the page.
std::string standard_map(std::string_view area_code);

}  // namespace hezhi::hotline
