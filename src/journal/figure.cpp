#include "journal/figure.h"

#include <algorithm>

namespace hezhi::journal {

bool FigureDef::folds(std::string_view kind) const {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

FiguresByKind figures_by_kind(const Figures& figures) {
    FiguresByKind out;
    for (std::size_t figure = 0; figure < figures.size(); ++figure) {
        for (auto kind : figures[figure]->kinds) out[KindName(kind)].push_back(figure);
    }
    return out;
}

void set_key(const FigureDef& def, void* state, const Key& key) {
    const Field& field = def.key_field();
    void* member = field_of(state, field);
    if (field.shape->form == Form::text) {
        field.shape->set_text(member, key.text);
    } else {
        field.shape->set_integer(member, key.number);
    }
}

std::string to_string(const FigureDef& def, const Key& key) {
    return def.key_field().shape->form == Form::text ? key.text : std::to_string(key.number);
}

}  // namespace hezhi::journal
