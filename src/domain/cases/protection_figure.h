// Mandatory reports as a figure: one row a report, without a word about who made it.
#pragma once

#include "facts/protection_facts.h"
#include "journal/figure.h"

namespace hezhi::cases {

enum class ProtectionStep {
    reported,  // 待处置
    answered,  // 已处置
};
BOOST_DESCRIBE_ENUM(ProtectionStep, reported, answered)

struct ProtectionState {
    ProtectionId id;
    AreaId area;
    std::string area_path;
    ProtectionStep state = ProtectionStep::reported;
    ProtectedGroup about = ProtectedGroup::minor;
    Instant reported_at;
    Instant answer_until;
    Instant answered_at;
};
BOOST_DESCRIBE_STRUCT(ProtectionState, (),
                      (id, area, area_path, state, about, reported_at, answer_until, answered_at))

struct ProtectionFigure {
    using State = ProtectionState;
    static constexpr std::string_view name = "protections";
    static constexpr int revision = 1;
    static std::vector<std::string_view> kinds();
    static std::vector<std::string> indexes() { return {"area_path, id"}; }
    static journal::Keys keys(const Fact&);
    static void step(State&, const Fact&, const rules::Pack&);
};

}  // namespace hezhi::cases
