// How an activity is shown, for the routes of this folder.
#pragma once

#include "domain/activities/activities.h"

namespace hezhi::activities {

// `with_people`: the leader's list as well, for whoever may check in.
Activity show_activity(const api::Reading&, const ActivityDesk&, const ActivityState&,
                       bool with_people);
// The path of the reader's own area; empty if they are no volunteer.
std::string home_path(const api::Reading&);

}  // namespace hezhi::activities
