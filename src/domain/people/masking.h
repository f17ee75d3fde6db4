// What is shown of a person until somebody discloses it: enough to recognise who is meant, too
// little to write down. One star stands for each hidden character. All take valid UTF-8 (asserted)
// and count characters, not bytes; a rare character keeps its variation selector.
#pragma once

#include <string>
#include <string_view>

namespace hezhi::people {

// First three and last two to four characters of a document's number; short numbers show less. A
// birth date inside a number of 18 characters stays hidden.
std::string mask_id_number(std::string_view normalised);

// Of a normalised number: "139****0000" for a mobile, area code and last two digits for a
// landline; an extension is left out.
std::string mask_phone(std::string_view normalised);

// The family name, compound ones too (张*, 欧阳**); of names in parts, with a dot or blanks, the
// first character of each (阿**·买**). A single character is hidden.
std::string mask_name(std::string_view name);

}  // namespace hezhi::people
