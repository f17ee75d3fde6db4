#include "domain/needs/needs.h"
#include "domain/needs/queries.h"

namespace hezhi::needs {

areas::AreaUse area_use() {
    return {.forbids = [](journal::Turn& turn, std::string_view path) -> const RefusalRow* {
        auto row =
            turn.db().row(queries::open_in, {{"path", path}, {"path_end", areas::path_end(path)}});
        return row->integer("needs") > 0 ? &refusals::area_has_needs : nullptr;
    }};
}

}  // namespace hezhi::needs
