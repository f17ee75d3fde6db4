// Names, phones and document numbers of people who do not exist.
#pragma once

#include <optional>
#include <string>

#include "app/demo/chance.h"
#include "base/text.h"
#include "rules/pack.h"

namespace hezhi::app {

// Where the pack's telephone numbers have another country's code than China's.
bool is_abroad(const rules::Pack& pack);

std::string made_up_name(Chance& chance);
// In a range that no operator gives out (prefix 190 00); abroad one that is kept for fiction.
std::string made_up_phone(Chance& chance);
// The same for somebody of this name who is registered: nobody else of this demonstration has both.
std::string made_up_phone_of(const std::string& name, Chance& chance);
// A well-formed number of a division that does not exist (999999), so that it is nobody's, and that
// nobody else of this demonstration has; abroad one like a passport's. Born in one of these years.
std::string made_up_id_number(Chance& chance, std::int64_t first_year, std::int64_t last_year);
// Of somebody who is of age when the demonstration begins.
std::string made_up_id_number(Chance& chance);

// Abroad, where no document tells it: born in one of these years, or as above.
std::optional<Text<0, 10>> made_up_birth_date(Chance& chance, std::int64_t first_year,
                                              std::int64_t last_year);
std::optional<Text<0, 10>> made_up_birth_date(Chance& chance);

}  // namespace hezhi::app
