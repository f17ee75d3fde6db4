// How a record is shown, for the routes of this folder.
#pragma once

#include "domain/records/records.h"

namespace hezhi::records {

// Without its versions.
ServiceRecord show_record(const api::Reading&, const RecordDesk&, const RecordState&);

}  // namespace hezhi::records
