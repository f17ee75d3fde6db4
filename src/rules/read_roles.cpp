#include "rules/pack_sections.h"

namespace hezhi::rules {

void read_roles(TableReader& root, Pack& pack) {
    root.entries("role", true, [&](const std::string& key, TableReader& row) {
        RoleName role;
        role.key = key;
        role.clause = row.clause();
        role.name = row.words("name");
        pack.role_names.push_back(std::move(role));
    });
}

}  // namespace hezhi::rules
