#include "app/figures.h"

#include "domain/accounts/account_figure.h"
#include "domain/activities/activity_figure.h"
#include "domain/areas/area_figure.h"
#include "domain/back_tests/back_test_figure.h"
#include "domain/cases/plan_figure.h"
#include "domain/cases/project_figure.h"
#include "domain/cases/protection_figure.h"
#include "domain/certificates/certificate_figure.h"
#include "domain/certification/certification_figure.h"
#include "domain/complaints/complaint_figure.h"
#include "domain/deputies/deputy_figure.h"
#include "domain/dispatch_runs/dispatch_run_figure.h"
#include "domain/grading/grade_figure.h"
#include "domain/grading/graded_service_figure.h"
#include "domain/hotline/hotline_order_figure.h"
#include "domain/incidents/incident_figure.h"
#include "domain/insurance/insurance_figure.h"
#include "domain/needs/need_figure.h"
#include "domain/needs/need_lead_figure.h"
#include "domain/orders/order_figure.h"
#include "domain/orders/pair_figure.h"
#include "domain/orders/phone_check_figure.h"
#include "domain/orders/sample_seed_figure.h"
#include "domain/organizations/organization_figure.h"
#include "domain/people/consent_figure.h"
#include "domain/people/person_figure.h"
#include "domain/queues/handover_figure.h"
#include "domain/records/record_figure.h"
#include "domain/rule_packs/rule_pack_figure.h"
#include "domain/spot_checks/spot_check_figure.h"
#include "domain/standing/standing_figure.h"
#include "domain/time_bank/earning_figure.h"
#include "domain/time_bank/hold_figure.h"
#include "domain/time_bank/posting_figure.h"
#include "domain/time_bank/transfer_figure.h"

namespace hezhi::app {

journal::Figures all_figures() {
    return {
        &journal::figure<areas::AreaFigure>(),
        &journal::figure<people::PersonFigure>(),
        &journal::figure<people::ReadingFigure>(),
        &journal::figure<people::DisputeFigure>(),
        &journal::figure<people::ConsentFigure>(),
        &journal::figure<people::ReadingRequestFigure>(),
        &journal::figure<accounts::AccountFigure>(),
        &journal::figure<accounts::GrantFigure>(),
        &journal::figure<deputies::DeputyFigure>(),
        &journal::figure<organizations::OrganizationFigure>(),
        &journal::figure<organizations::MembershipFigure>(),
        &journal::figure<insurance::InsuranceFigure>(),
        &journal::figure<insurance::CoverFigure>(),
        &journal::figure<rule_packs::RulePackFigure>(),
        &journal::figure<standing::StandingFigure>(),
        &journal::figure<certification::CertificationFigure>(),
        &journal::figure<certification::StarFigure>(),
        &journal::figure<certification::LoweringFigure>(),
        &journal::figure<grading::GradedServiceFigure>(),
        &journal::figure<grading::GradedReviewFigure>(),
        &journal::figure<grading::GradedIncidentFigure>(),
        &journal::figure<grading::GradedMemberFigure>(),
        &journal::figure<grading::GradeFigure>(),
        &journal::figure<grading::GradeRunFigure>(),
        &journal::figure<grading::GradingMonthFigure>(),
        &journal::figure<grading::GradeProposalFigure>(),
        &journal::figure<grading::GradeAppealFigure>(),
        &journal::figure<time_bank::EarningFigure>(),
        &journal::figure<time_bank::EarnedTimeFigure>(),
        &journal::figure<time_bank::TimeAccountFigure>(),
        &journal::figure<time_bank::PostingFigure>(),
        &journal::figure<time_bank::HoldFigure>(),
        &journal::figure<time_bank::BeneficiaryFigure>(),
        &journal::figure<time_bank::EntitlementFigure>(),
        &journal::figure<time_bank::TransferFigure>(),
        &journal::figure<time_bank::PeerFigure>(),
        &journal::figure<time_bank::StatementFigure>(),
        &journal::figure<time_bank::ListingFigure>(),
        &journal::figure<time_bank::ExchangeFigure>(),
        &journal::figure<needs::NeedFigure>(),
        &journal::figure<needs::NeedLeadFigure>(),
        &journal::figure<orders::OrderFigure>(),
        &journal::figure<orders::OfferFigure>(),
        &journal::figure<orders::PairFigure>(),
        &journal::figure<orders::AbsenceFigure>(),
        &journal::figure<orders::PhoneCheckFigure>(),
        &journal::figure<dispatch_runs::DispatchRunFigure>(),
        &journal::figure<records::RecordFigure>(),
        &journal::figure<records::RecordVersionFigure>(),
        &journal::figure<activities::ActivityFigure>(),
        &journal::figure<activities::ShiftFigure>(),
        &journal::figure<activities::SeatFigure>(),
        &journal::figure<certificates::CertificateFigure>(),
        &journal::figure<certificates::NumberFigure>(),
        &journal::figure<certificates::IssuerFigure>(),
        &journal::figure<hotline::HotlineOrderFigure>(),
        &journal::figure<cases::PlanFigure>(),
        &journal::figure<cases::ProtectionFigure>(),
        &journal::figure<cases::ProjectNeedFigure>(),
        &journal::figure<cases::ProjectCauseFigure>(),
        &journal::figure<queues::HandoverFigure>(),
        &journal::figure<incidents::IncidentFigure>(),
        &journal::figure<complaints::ComplaintFigure>(),
        &journal::figure<spot_checks::SpotCheckFigure>(),
        &journal::figure<orders::SampleSeedFigure>(),
        &journal::figure<spot_checks::SpotDayFigure>(),
        &journal::figure<spot_checks::PlannedOrderFigure>(),
        &journal::figure<spot_checks::DutyServiceFigure>(),
        &journal::figure<back_tests::BackTestFigure>(),
    };
}

}  // namespace hezhi::app
