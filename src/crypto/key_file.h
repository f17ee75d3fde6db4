// The master key file: a small text file outside the database, kept and backed up apart from it.
//
//     hezhi-master-keys 1
//     key 5f0c11d2 <64 hexadecimal digits>        one line a key, oldest first
//     codes 9a31c0de <128 digits>                 after a rotation only, see MasterKeys::codes
//     end 1                                       how many, so that a cut-off file is noticed
//
// Lines that begin with # and empty lines are passed over.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "crypto/master_keys.h"

namespace hezhi::crypto {

// Makes a file with one new key, mode 0600, durable when this returns. Never overwrites. Call it
// only for a database that holds no key check yet: a new key opens nothing that exists.
// Refusals carry the path as their field.
Result<MasterKeys> create_key_file(const std::filesystem::path& path, Random& random);

// Refusals: key_file_missing, key_file_not_readable, key_file_too_open (anyone but the owner may
// do anything with it), key_file_damaged with the line. Whether the file belongs to the database
// is then asked with MasterKeys::matches().
Result<MasterKeys> load_key_file(const std::filesystem::path& path);

// Puts these keys in place of those in the file: either the old file stands there or the new one,
// whatever happens. Refusals: key_file_not_written.
Result<void> replace_key_file(const std::filesystem::path& path, const MasterKeys& keys);

// What the first start prints, large, after create_key_file().
struct KeyFileWarning {
    std::string zh;
    std::string en;
};
KeyFileWarning key_file_warning(const std::filesystem::path& path);

}  // namespace hezhi::crypto
