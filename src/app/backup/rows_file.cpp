#include "app/backup/rows_file.h"

#include "app/installation.h"

namespace hezhi::app {
namespace {

// Far above every limit of a text in the register.
constexpr std::int64_t value_bytes_max = 64 * 1024 * 1024;

void append_number(std::string& out, std::int64_t number) {
    for (int shift = 0; shift < 64; shift += 8) {
        out.push_back(static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xff));
    }
}

}  // namespace

std::string row_bytes(const store::Row& row) {
    std::string out;
    for (int column = 0; column < row.columns(); ++column) {
        store::Value value = row.value(column);
        if (auto* number = std::get_if<std::int64_t>(&value)) {
            out.push_back('i');
            append_number(out, *number);
        } else if (auto* text = std::get_if<std::string>(&value)) {
            out.push_back('t');
            append_number(out, static_cast<std::int64_t>(text->size()));
            out += *text;
        } else if (auto* bytes = std::get_if<store::Bytes>(&value)) {
            out.push_back('b');
            append_number(out, static_cast<std::int64_t>(bytes->size()));
            out.append(bytes->begin(), bytes->end());
        } else {
            out.push_back('n');
        }
    }
    return out;
}

RowsReader::RowsReader(const std::filesystem::path& path, std::size_t columns)
    : path_(path), in_(path, std::ios::binary), columns_(columns) {
    if (!in_) damaged();
}

void RowsReader::damaged() const {
    throw CannotOpen("备份文件已损坏 a file of the backup is damaged: " + path_.string());
}

std::int64_t RowsReader::read_number() {
    std::string bytes = read_bytes(8);
    std::uint64_t number = 0;
    for (int i = 7; i >= 0; --i) {
        number = number << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
    }
    return static_cast<std::int64_t>(number);
}

std::string RowsReader::read_bytes(std::int64_t length) {
    if (length < 0 || length > value_bytes_max) damaged();
    std::string bytes(static_cast<std::size_t>(length), '\0');
    if (!in_.read(bytes.data(), length)) damaged();
    return bytes;
}

bool RowsReader::next(std::vector<store::Value>& row) {
    row.clear();
    if (in_.peek() == std::char_traits<char>::eof()) return false;
    while (row.size() < columns_) {
        switch (in_.get()) {
            case 'n':
                row.emplace_back(nullptr);
                break;
            case 'i':
                row.emplace_back(read_number());
                break;
            case 't':
                row.emplace_back(read_bytes(read_number()));
                break;
            case 'b': {
                std::string bytes = read_bytes(read_number());
                row.emplace_back(store::Bytes(bytes.begin(), bytes.end()));
                break;
            }
            default:
                damaged();
        }
    }
    return true;
}

}  // namespace hezhi::app
