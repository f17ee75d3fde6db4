#include "store/database.h"

#include "store/postgresql_session.h"
#include "store/sqlite_session.h"

namespace hezhi::store {

std::unique_ptr<Database> Database::open(const std::string& url, Options options) {
    if (url.starts_with("sqlite:")) return open_sqlite(url.substr(7), std::move(options));
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
        return open_postgresql(url, std::move(options));
    }
    throw StoreError(StoreError::Kind::other,
                     "The database URL must start with sqlite: or postgresql://, for instance "
                     "sqlite:data/hezhi.sqlite. It is: " +
                         url_without_password(url));
}

std::string url_without_password(std::string_view url) {
    std::string out(url);
    if (auto scheme = out.find("://"); scheme != out.npos) {
        auto host = scheme + 3;
        auto at = out.find('@', host);
        auto colon = out.find(':', host);
        if (at < out.find('/', host) && colon < at) out.replace(colon + 1, at - colon - 1, "***");
    }
    if (auto key = out.find("password="); key != out.npos) {
        auto value = key + 9;
        out.replace(value, std::min(out.find('&', value), out.size()) - value, "***");
    }
    return out;
}

}  // namespace hezhi::store
