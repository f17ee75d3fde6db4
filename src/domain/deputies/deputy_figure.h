// Deputies (代理) as a figure: who stands in for whom, from when until when.
#pragma once

#include "facts/deputy_facts.h"
#include "journal/figure.h"

namespace hezhi::deputies {

enum class DeputyStep {
    named,      // 待本人同意
    confirmed,  // 已同意
    declined,   // 已婉拒
    ended,      // 已结束
};
BOOST_DESCRIBE_ENUM(DeputyStep, named, confirmed, declined, ended)

struct DeputyState {
    DeputyId id;
    DeputyStep state = DeputyStep::named;
    AccountId account;  // who is away
    AccountId deputy;
    std::string role;
    AreaId area;
    std::string area_path;
    Instant from_at;
    Instant until_at;
    AccountId named_by;
    // When they really stood in: from their yes on, until it was ended. Never, without a yes.
    Instant stood_from;
    Instant stood_until;
};
BOOST_DESCRIBE_STRUCT(DeputyState, (),
                      (id, state, account, deputy, role, area, area_path, from_at, until_at,
                       named_by, stood_from, stood_until))

struct DeputyFigure {
    using State = DeputyState;
    static constexpr std::string_view name = "deputies";
    static constexpr int revision = 2;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() {
        return {"deputy, state", "account, state", "area_path, id"};
    }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::deputies
