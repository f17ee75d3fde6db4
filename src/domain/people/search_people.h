// Finding people within the reader's scope.
#pragma once

#include "api/paging.h"
#include "domain/people/people.h"

namespace hezhi::people {

// Names are sealed, so a search by name opens them one by one, the newest first, up to this many
// in one area: some tens of milliseconds. Larger areas are searched by phone or document.
inline constexpr std::int64_t names_opened_max = 2000;

// The newest people before `before_id`, up to `limit`.
std::vector<PersonState> newest_people(const api::Reading&, std::int64_t before_id,
                                       std::int64_t limit);

// Up to `limit` people with this phone, this document number, or a name that contains `query`.
std::vector<PersonState> search_people(const api::Reading&, const Register&, std::string_view query,
                                       std::int64_t limit);

}  // namespace hezhi::people
