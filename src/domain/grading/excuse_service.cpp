// 登记免责: what illness excuses.
#include "domain/grading/grading.h"

namespace hezhi::grading {
namespace {

std::string service_key(OrderId order, PersonId person) {
    return std::to_string(order.value) + "-" + std::to_string(person.value);
}

}  // namespace

bool may_excuse(const api::Reading& reading, OrderId order, PersonId id) {
    const api::Caller& caller = reading.caller;
    if (caller.person == id || !caller.may_somewhere("service.excuse")) return false;
    auto service = reading.load<GradedServiceFigure>(service_key(order, id));
    if (!service || !is_excusable(*service, *reading.pack()->pack, reading.now)) return false;
    auto person = reading.load<standing::StandingFigure>(id);
    return person && caller.may("service.excuse", {.area_path = person->area_path});
}

Result<std::int64_t> excuse_service(journal::Turn& turn, const api::Caller& caller,
                                    const GradeDesk& desk, const ExcuseService& input) {
    const auto* person =
        input.person_id ? turn.load<standing::StandingFigure>(input.person_id) : nullptr;
    if (!person || !caller.may("service.excuse", {.area_path = person->area_path})) {
        return refuse(hezhi::refusals::not_found);
    }
    if (caller.person == input.person_id) return refuse(refusals::grade_concerns_caller);
    Place place{person->area, person->area_path};
    const auto* service =
        turn.load<GradedServiceFigure>(service_key(input.order_id, input.person_id));
    if (!service || !is_excusable(*service, *turn.pack()->pack, turn.now())) {
        return refuse(refusals::service_not_excusable);
    }
    desk.people.write_text(turn.db(), turn.next_position(), text_excuse, input.reason);
    return turn.append(draft(ServiceExcused{}, caller.actor("service.excuse"), place,
                             {{"order", input.order_id.value}, {"person", input.person_id.value}},
                             turn.now()));
}

}  // namespace hezhi::grading
