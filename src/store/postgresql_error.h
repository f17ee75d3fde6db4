// What PostgreSQL reports, as StoreError. Private to this folder.
#pragma once

#include <libpq-fe.h>

#include <string_view>

#include "store/errors.h"

namespace hezhi::store {

// For a result with an error.
StoreError postgresql_error(std::string_view query, const PGresult* result);
// For a connection that failed.
StoreError postgresql_lost(std::string_view query);

}  // namespace hezhi::store
