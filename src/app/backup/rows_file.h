// One table's rows in a file: for each value a letter (n i t b), for i eight bytes, for t and b
// their length in eight bytes and then themselves; numbers with their low byte first.
#pragma once

#include <fstream>

#include "app/backup/durable_file.h"
#include "store/row.h"

namespace hezhi::app {

std::string row_bytes(const store::Row& row);

// Reads rows of `columns` values each. Throws CannotOpen at bytes that are none.
class RowsReader {
  public:
    RowsReader(const std::filesystem::path& path, std::size_t columns);
    // False at the end.
    bool next(std::vector<store::Value>& row);

  private:
    std::int64_t read_number();
    std::string read_bytes(std::int64_t length);
    [[noreturn]] void damaged() const;

    std::filesystem::path path_;
    std::ifstream in_;
    std::size_t columns_;
};

}  // namespace hezhi::app
