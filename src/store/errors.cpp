#include "store/errors.h"

namespace hezhi::store {

const char* to_string(StoreError::Kind kind) {
    switch (kind) {
        case StoreError::Kind::unique:
            return "unique";
        case StoreError::Kind::foreign_key:
            return "foreign_key";
        case StoreError::Kind::check:
            return "check";
        case StoreError::Kind::not_null:
            return "not_null";
        case StoreError::Kind::busy:
            return "busy";
        case StoreError::Kind::lost:
            return "lost";
        case StoreError::Kind::full:
            return "full";
        case StoreError::Kind::newer_schema:
            return "newer_schema";
        case StoreError::Kind::other:
            return "other";
    }
    return "other";
}

}  // namespace hezhi::store
