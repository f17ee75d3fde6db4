// What a new pack asks for and nobody could ever reach: a gate that no service passes, a limit that
// another one ends first, a threshold above every score. Internal to rules.
//
// It is looked for once every value could be read, so that a slip of one key does not call ten
// others impossible. A pack that a journal holds was judged by the checks of its day and is read as
// it is.
#pragma once

#include "rules/pack.h"
#include "rules/pack_merge.h"

namespace hezhi::rules {

// Where the errors go, with the places of the keys.
class Reach {
  public:
    Reach(const Documents& documents, std::vector<RuleError>& errors)
        : documents_(documents), errors_(errors) {}

    // "caps.day_minutes_max" of "time_bank.toml": at the key, or at the innermost table around it.
    void wrong(const std::string& file, const std::string& key, std::string expected_zh,
               std::string expected_en);

  private:
    const Documents& documents_;
    std::vector<RuleError>& errors_;
};

// Each looks at the sections that its name says, and at what these need of others.
void check_certification_reach(const Pack& pack, Reach& reach);
void check_order_reach(const Pack& pack, Reach& reach);
void check_true_hours_reach(const Pack& pack, Reach& reach);
void check_grade_reach(const Pack& pack, Reach& reach);
void check_time_bank_reach(const Pack& pack, Reach& reach);

// All of them.
void check_reach(const Documents& documents, const Pack& pack, std::vector<RuleError>& errors);

// Whether `first` surely ends after `second`, both from the same instant; where that depends on the
// calendar nobody can say.
bool outlasts(const TimeLimit& first, const TimeLimit& second);
// Of the category that is planned shortest, and of the longest.
std::int32_t shortest_minutes(const Pack& pack);
std::int32_t longest_minutes(const Pack& pack);

}  // namespace hezhi::rules
