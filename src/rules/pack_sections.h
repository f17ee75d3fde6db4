// The sections of a pack, a file each. Internal to rules.
#pragma once

#include <span>

#include "rules/pack.h"
#include "rules/table_reader.h"

namespace hezhi::rules {

// A section reads one file into the pack and checks it against the sections before it.
struct Section {
    const char* file;
    void (*read)(TableReader& root, Pack& pack);
};

void read_area_kinds(TableReader& root, Pack& pack);
void read_time_limits(TableReader& root, Pack& pack);
void read_categories(TableReader& root, Pack& pack);  // names limit classes and the age of adults
void read_asking(TableReader& root, Pack& pack);      // names limit classes
void read_calendar(TableReader& root, Pack& pack);
void read_dispatch(TableReader& root, Pack& pack);  // names area kinds
void read_id_schemes(TableReader& root, Pack& pack);
void read_joining(TableReader& root, Pack& pack);
void read_records(TableReader& root, Pack& pack);
void read_activities(TableReader& root, Pack& pack);

inline constexpr Section sections[] = {
    {"area_kinds.toml", read_area_kinds}, {"time_limits.toml", read_time_limits},
    {"dispatch.toml", read_dispatch},     {"categories.toml", read_categories},
    {"calendar.toml", read_calendar},     {"id_schemes.toml", read_id_schemes},
    {"joining.toml", read_joining},       {"records.toml", read_records},
    {"activities.toml", read_activities}, {"asking.toml", read_asking},
};

}  // namespace hezhi::rules
