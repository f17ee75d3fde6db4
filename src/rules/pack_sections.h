// The sections of a pack, a file each. Internal to rules.
#pragma once

#include <span>

#include "rules/pack.h"
#include "rules/table_reader.h"

namespace hezhi::rules {

// Whether it is a well-formed regular expression.
bool is_regex(const std::string& pattern);

// "09:30" → 570; "24:00" is the end of the day.
std::optional<std::int32_t> minute_of_day(std::string_view text);

// A section reads one file into the pack and checks it against the sections before it.
struct Section {
    const char* file;
    void (*read)(TableReader& root, Pack& pack);
    bool required = true;  // false: packs of older releases, which stay in journals, have none
};

void read_area_kinds(TableReader& root, Pack& pack);
void read_time_limits(TableReader& root, Pack& pack);
// What a new pack must say besides; one that a journal holds is read as it is.
void check_time_limits(TableReader& root, const Pack& pack);
void read_categories(TableReader& root, Pack& pack);  // names limit classes, ages, certification
void read_asking(TableReader& root, Pack& pack);      // names limit classes
void read_calendar(TableReader& root, Pack& pack);
void read_dispatch(TableReader& root, Pack& pack);  // names area kinds
void read_id_schemes(TableReader& root, Pack& pack);
void read_joining(TableReader& root, Pack& pack);
void read_retention(TableReader& root, Pack& pack);
void read_certification(TableReader& root, Pack& pack);  // asks what dispatch allows
void read_checks(TableReader& root, Pack& pack);
void read_stars(TableReader& root, Pack& pack);
void read_records(TableReader& root, Pack& pack);
void read_activities(TableReader& root, Pack& pack);
void read_insurance(TableReader& root, Pack& pack);
void read_incidents(TableReader& root, Pack& pack);
void read_complaints(TableReader& root, Pack& pack);
void read_true_hours(TableReader& root, Pack& pack);    // names a trigger of the colour grades
void read_color_grades(TableReader& root, Pack& pack);  // names incident classes
void read_time_bank(TableReader& root, Pack& pack);     // names the age of adults
void read_certificates(TableReader& root, Pack& pack);
void read_phones(TableReader& root, Pack& pack);
void read_back_test(TableReader& root, Pack& pack);  // names an area kind
void read_reports(TableReader& root, Pack& pack);
void read_staff(TableReader& root, Pack& pack);
void read_sign_in(TableReader& root, Pack& pack);
void read_hotline(TableReader& root, Pack& pack);
void read_roles(TableReader& root, Pack& pack);

inline constexpr Section sections[] = {
    {"area_kinds.toml", read_area_kinds},
    {"time_limits.toml", read_time_limits},
    {"dispatch.toml", read_dispatch},
    {"certification.toml", read_certification, false},
    {"checks.toml", read_checks, false},
    {"stars.toml", read_stars, false},
    {"categories.toml", read_categories},
    {"calendar.toml", read_calendar},
    {"id_schemes.toml", read_id_schemes},
    {"joining.toml", read_joining},
    {"records.toml", read_records},
    {"activities.toml", read_activities},
    {"asking.toml", read_asking},
    {"insurance.toml", read_insurance},
    {"incidents.toml", read_incidents},
    {"complaints.toml", read_complaints},
    {"retention.toml", read_retention, false},
    {"color_grades.toml", read_color_grades, false},
    {"true_hours.toml", read_true_hours, false},
    {"time_bank.toml", read_time_bank, false},
    {"certificates.toml", read_certificates, false},
    {"back_test.toml", read_back_test, false},
    {"phones.toml", read_phones, false},
    {"reports.toml", read_reports, false},
    {"staff.toml", read_staff, false},
    {"sign_in.toml", read_sign_in, false},
    {"hotline.toml", read_hotline, false},
    {"roles.toml", read_roles, false},
};

}  // namespace hezhi::rules
