#include "api/caller.h"

#include <algorithm>

namespace hezhi::api {

bool Caller::may(std::string_view permission, const Access& record) const {
    return std::any_of(held.begin(), held.end(), [&](const Held& h) {
        if (h.permission != permission) return false;
        switch (h.scope) {
            case Scope::area:
                // A role without a place, or a record without one, is nowhere.
                return !h.path.empty() && record.area_path.starts_with(h.path);
            case Scope::own:
                return record.owner && record.owner == account;
            case Scope::assigned:
                return record.assigned;
            case Scope::supervises:
                return record.leader && record.leader == account;
        }
        return false;
    });
}

bool Caller::may_somewhere(std::string_view permission) const {
    return std::any_of(held.begin(), held.end(),
                       [&](const Held& h) { return h.permission == permission; });
}

std::vector<std::string> Caller::areas_of(std::string_view permission) const {
    std::vector<std::string> paths;
    for (const Held& h : held) {
        if (h.permission == permission && h.scope == Scope::area) paths.push_back(h.path);
    }
    return paths;
}

Actor Caller::actor(std::string_view permission) const {
    return {via, account, std::string(permission)};
}

CallerPtr link_caller() {
    static const CallerPtr caller = [] {
        auto made = std::make_shared<Caller>();
        made->via = Via::link;
        return made;
    }();
    return caller;
}

const Caller& system_caller() {
    static const Caller caller = [] {
        Caller made;
        made.via = Via::system;
        return made;
    }();
    return caller;
}

}  // namespace hezhi::api
