// How a record is shown, for the routes of this folder.
#pragma once

#include "domain/records/records.h"

namespace hezhi::records {

// Without its versions.
ServiceRecord show_record(const api::Reading&, const RecordDesk&, const RecordState&);
// The correction that holds; nothing of a record that says what it always said.
std::optional<RecordCorrection> show_correction(const api::Reading&, const RecordDesk&,
                                                const RecordState&);

}  // namespace hezhi::records
