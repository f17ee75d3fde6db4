#include "domain/orders/orders.h"
#include "domain/orders/queries.h"

namespace hezhi::orders {

areas::AreaUse area_use() {
    return {.forbids = [](journal::Turn& turn, std::string_view path) -> const RefusalRow* {
        auto row = turn.db().row(queries::under_way_in,
                                 {{"path", path}, {"path_end", areas::path_end(path)}});
        return row->integer("orders") > 0 ? &refusals::area_has_orders : nullptr;
    }};
}

}  // namespace hezhi::orders
