// What the actions of this folder share.
#pragma once

#include "domain/organizations/organizations.h"

namespace hezhi::organizations {

// The team, if `caller` holds `permission` on it; not_found or not_permitted otherwise.
Result<OrganizationState> load_organization(journal::Turn&, const api::Caller&, OrganizationId,
                                            std::string_view permission);
// Nothing is checked any more.
std::int64_t append_invitation(journal::Turn&, const Actor&, const OrganizationState& team,
                               PersonId person);
// Is invited or a member.
bool belongs(journal::Turn&, OrganizationId team, PersonId person);

}  // namespace hezhi::organizations
