#include "app/figures.h"

#include "domain/accounts/account_figure.h"
#include "domain/activities/activity_figure.h"
#include "domain/areas/area_figure.h"
#include "domain/cases/plan_figure.h"
#include "domain/cases/protection_figure.h"
#include "domain/hotline/hotline_order_figure.h"
#include "domain/needs/need_figure.h"
#include "domain/orders/order_figure.h"
#include "domain/organizations/organization_figure.h"
#include "domain/people/person_figure.h"
#include "domain/records/record_figure.h"
#include "domain/standing/standing_figure.h"

namespace hezhi::app {

journal::Figures all_figures() {
    return {
        &journal::figure<areas::AreaFigure>(),
        &journal::figure<people::PersonFigure>(),
        &journal::figure<people::ReadingFigure>(),
        &journal::figure<people::DisputeFigure>(),
        &journal::figure<accounts::AccountFigure>(),
        &journal::figure<accounts::GrantFigure>(),
        &journal::figure<organizations::OrganizationFigure>(),
        &journal::figure<organizations::MembershipFigure>(),
        &journal::figure<standing::StandingFigure>(),
        &journal::figure<needs::NeedFigure>(),
        &journal::figure<orders::OrderFigure>(),
        &journal::figure<orders::OfferFigure>(),
        &journal::figure<records::RecordFigure>(),
        &journal::figure<records::RecordVersionFigure>(),
        &journal::figure<activities::ActivityFigure>(),
        &journal::figure<activities::ShiftFigure>(),
        &journal::figure<activities::SeatFigure>(),
        &journal::figure<hotline::HotlineOrderFigure>(),
        &journal::figure<cases::PlanFigure>(),
        &journal::figure<cases::ProtectionFigure>(),
    };
}

}  // namespace hezhi::app
