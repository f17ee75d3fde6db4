// A list that somebody brings as CSV: its columns are recognised by their headings, as the
// console does with Excel sheets (ui/console/organizations/roster_file.ts).
#pragma once

#include "base/csv.h"
#include "domain/organizations/organizations.h"

namespace hezhi::organizations {

struct RosterLine {
    CsvRow raw;
    RosterRow row;         // its number is the line in the file
    bool readable = true;  // false: handed back without a look
};

struct RosterFile {
    CsvRow heading;
    std::vector<RosterLine> lines;
};

// `text` is UTF-8 (decode_file). The first row with a heading of names holds the headings; titles
// above it are passed over, and rows without anything of a person.
Result<RosterFile> read_roster(std::string_view text);

}  // namespace hezhi::organizations
