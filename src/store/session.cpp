#include "store/session.h"

#include "base/assert.h"

namespace hezhi::store {

namespace {

std::string place(const Query& query, const Param& param) {
    return std::string(query.name) + ": parameter " + std::string(param.name);
}

void check_params(const Query& query, Params params) {
    for (const Param& param : params) {
        auto* text = std::get_if<std::string>(&param.value);
        if (!text) continue;
        if (text->empty()) {
            auto what = place(query, param) + " is an empty text; NULL is what is meant";
            broken_invariant(what.c_str(), __FILE__, __LINE__);
        }
        if (text->find('\0') != text->npos) {
            throw StoreError(StoreError::Kind::check,
                             place(query, param) + " holds a NUL character");
        }
    }
}

// Marks the session as in use for the time of a read, also when the read throws.
struct InUse {
    bool& flag;
    explicit InUse(bool& f) : flag(f) { flag = true; }
    ~InUse() { flag = false; }
};

std::vector<Value> values_of(const Row& row) {
    std::vector<Value> out;
    out.reserve(static_cast<std::size_t>(row.columns()));
    for (int i = 0; i < row.columns(); ++i) out.push_back(row.value(i));
    return out;
}

}  // namespace

void Session::each(const Query& query, Params params, const OnRow& on_row) {
    HEZHI_ASSERT(!reading_);
    check_params(query, params);
    if (recorder_) recorder_(query, params);
    InUse in_use(reading_);
    run_read(query, params, on_row);
}

std::vector<OwnedRow> Session::rows(const Query& query, Params params) {
    std::vector<OwnedRow> out;
    each(query, params, [&](const Row& row) { out.emplace_back(row.names(), values_of(row)); });
    return out;
}

std::optional<OwnedRow> Session::row(const Query& query, Params params) {
    std::optional<OwnedRow> out;
    each(query, params, [&](const Row& row) {
        HEZHI_ASSERT(!out && "a query for one row found two");
        out.emplace(row.names(), values_of(row));
    });
    return out;
}

void Session::note_write(const Query& query, Params params) {
    HEZHI_ASSERT(!reading_);
    check_params(query, params);
    if (recorder_) recorder_(query, params);
    ++writes_;
}

void Session::write(const Query& query, Params params) {
    note_write(query, params);
    run_write(query, params);
}

std::int64_t Session::write_counted(const Query& query, Params params) {
    note_write(query, params);
    return run_write_counted(query, params);
}

}  // namespace hezhi::store
