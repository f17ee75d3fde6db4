#include "facts/all_facts.h"

#include <map>

#include "facts/account_facts.h"
#include "facts/activity_facts.h"
#include "facts/area_facts.h"
#include "facts/asking_facts.h"
#include "facts/back_test_facts.h"
#include "facts/certificate_facts.h"
#include "facts/certification_facts.h"
#include "facts/complaint_facts.h"
#include "facts/deputy_facts.h"
#include "facts/dispatch_run_facts.h"
#include "facts/grade_facts.h"
#include "facts/guardian_facts.h"
#include "facts/hotline_facts.h"
#include "facts/incident_facts.h"
#include "facts/insurance_facts.h"
#include "facts/joining_facts.h"
#include "facts/need_facts.h"
#include "facts/order_facts.h"
#include "facts/organization_facts.h"
#include "facts/pack_facts.h"
#include "facts/pair_facts.h"
#include "facts/person_facts.h"
#include "facts/phone_check_facts.h"
#include "facts/plan_facts.h"
#include "facts/project_facts.h"
#include "facts/protection_facts.h"
#include "facts/record_facts.h"
#include "facts/review_facts.h"
#include "facts/secrecy_facts.h"
#include "facts/spot_check_facts.h"
#include "facts/standing_facts.h"
#include "facts/time_bank_facts.h"

namespace hezhi {
namespace {

template <class P>
FactKind row() {
    return {P::kind, P::version, &shape_of<P>(), [](const Fact& fact) { fact.as<P>(); },
            [](std::string_view payload) -> std::vector<FieldError> {
                auto read = from_json<P>(payload, Reading::stored);
                if (read) return {};
                return read.error().fields;
            }};
}

}  // namespace

std::span<const FactKind> all_facts() {
    // One a line, so that two additions do not meet.
    // clang-format off
    static const FactKind rows[] = {
        row<DeputyNamed>(),
        row<DeputyConfirmed>(),
        row<DeputyDeclined>(),
        row<DeputyEnded>(),
        row<ItemHandedOn>(),
        row<ItemPassedOn>(),
        row<AreaAdded>(),
        row<AreaRenamed>(),
        row<DeskPhoneNoted>(),
        row<AreaClosed>(),
        row<PackProposed>(),
        row<PackRejected>(),
        row<PackPublished>(),
        row<PersonRegistered>(),
        row<PersonRead>(),
        row<VolunteerNumberNoted>(),
        row<BirthDateCorrected>(),
        row<VolunteerRegistered>(),
        row<CertificationGranted>(),
        row<CredentialRegistered>(),
        row<CoursePassed>(),
        row<CheckObserved>(),
        row<LeadRecommended>(),
        row<LicenceVerified>(),
        row<LicenceEnded>(),
        row<CertificationRecognised>(),
        row<CertificationRenewed>(),
        row<CertificationWarned>(),
        row<CertificationLapsed>(),
        row<LoweringProposed>(),
        row<LoweringAnswered>(),
        row<LoweringConfirmed>(),
        row<LoweringRejected>(),
        row<LoweringAppealed>(),
        row<LoweringAcknowledged>(),
        row<LoweringSettled>(),
        row<LoweringEscalated>(),
        row<SuspensionEnded>(),
        row<RecordChecked>(),
        row<AccountOpened>(),
        row<AccountClosed>(),
        row<GrantProposed>(),
        row<GrantConfirmed>(),
        row<GrantRejected>(),
        row<GrantEnded>(),
        row<SignInSlipIssued>(),
        row<NeedReported>(),
        row<NeedContacted>(),
        row<NeedPlanned>(),
        row<NeedReturned>(),
        row<NeedClosed>(),
        row<NeedReviewed>(),
        row<ContactRead>(),
        row<OrderOpened>(),
        row<OrderOffered>(),
        row<OrderAccepted>(),
        row<OrderDeclined>(),
        row<OfferLapsed>(),
        row<OfferWithdrawn>(),
        row<OrderEscalated>(),
        row<OrderCheckedIn>(),
        row<OrderCheckedOut>(),
        row<OrderConfirmed>(),
        row<OrderReviewed>(),
        row<OrderCancelled>(),
        row<RecordEntered>(),
        row<RecordCorrected>(),
        row<RecordConfirmed>(),
        row<RecordRejected>(),
        row<RecordDisputed>(),
        row<ActivityPublished>(),
        row<ActivityCancelled>(),
        row<ShiftAdded>(),
        row<ShiftJoined>(),
        row<ShiftMovedUp>(),
        row<ShiftLeft>(),
        row<ShiftCheckedIn>(),
        row<ShiftRecorded>(),
        row<ShiftRecordRefused>(),
        row<ShiftClosed>(),
        row<AgreementSigned>(),
        row<RegistrationClaimed>(),
        row<RegistrationDisputed>(),
        row<DisputeSettled>(),
        row<VolunteerLeft>(),
        row<PersonErased>(),
        row<PersonMoved>(),
        row<PasswordReset>(),
        row<NeedReopened>(),
        row<MeetingNoted>(),
        row<ReviewReplied>(),
        row<SecondFactorSet>(),
        row<SecondFactorReset>(),
        row<HotlineOrderImported>(),
        row<HotlineOrderClosed>(),
        row<HotlineOrderReturned>(),
        row<HotlineOrderRevisited>(),
        row<OrganizationFounded>(),
        row<LeadNamed>(),
        row<MemberInvited>(),
        row<MemberJoined>(),
        row<InvitationDeclined>(),
        row<MemberLeft>(),
        row<RosterImported>(),
        row<OrderWidened>(),
        row<NoShowNoted>(),
        row<NeedAsked>(),
        row<NeedTriaged>(),
        row<NeedAssessed>(),
        row<NeedReferred>(),
        row<ReferralReminded>(),
        row<ReferralReceipted>(),
        row<NeedMerged>(),
        row<NeedUnmerged>(),
        row<PlanMade>(),
        row<PlanRan>(),
        row<PlanPaused>(),
        row<PlanResumed>(),
        row<PlanEnded>(),
        row<ProtectionReported>(),
        row<ProtectionAnswered>(),
        row<GuardianAsked>(),
        row<ConsentGiven>(),
        row<ConsentRefused>(),
        row<ConsentWithdrawn>(),
        row<PhotosDecided>(),
        row<AgeNoted>(),
        row<ReadingRequested>(),
        row<ReadingApproved>(),
        row<ReadingRejected>(),
        row<ShiftReturned>(),
        row<MemberAgreed>(),
        row<OrderLeft>(),
        row<OrderReassigned>(),
        row<AcceptancesRechecked>(),
        row<OrderUnanswered>(),
        row<PairSeparated>(),
        row<PairRejoined>(),
        row<AddressSealed>(),
        row<AddressUnsealed>(),
        row<NeedSealed>(),
        row<OrderSealed>(),
        row<InsuranceAdded>(),
        row<CoverAdded>(),
        row<InsuranceEnded>(),
        row<InsuranceWarned>(),
        row<IncidentReported>(),
        row<IncidentSettled>(),
        row<IncidentEscalated>(),
        row<ClaimNoted>(),
        row<ComplaintFiled>(),
        row<ComplaintAcknowledged>(),
        row<ComplaintDecided>(),
        row<ComplaintReviewAsked>(),
        row<ComplaintReviewed>(),
        row<ComplaintWithdrawn>(),
        row<ComplaintEscalated>(),
        row<ComplainantRead>(),
        row<DispatchRunMade>(),
        row<DispatchRunAdopted>(),
        row<GradeComputed>(),
        row<GradingMonthClosed>(),
        row<GradeProposed>(),
        row<GradeAnswered>(),
        row<GradeConfirmed>(),
        row<GradeRejected>(),
        row<RemedialNoted>(),
        row<ServiceExcused>(),
        row<GradeAppealFiled>(),
        row<GradeAppealAcknowledged>(),
        row<GradeAppealDecided>(),
        row<GradeAppealEscalated>(),
        row<SampleSeeded>(),
        row<SampleRevealed>(),
        row<SampleLost>(),
        row<SpotCheckOpened>(),
        row<SpotCheckAnswered>(),
        row<SpotCheckSettled>(),
        row<SpotDayClosed>(),
        row<EarningJudged>(),
        row<PostingReversed>(),
        row<CreditDonated>(),
        row<CreditGifted>(),
        row<CreditGranted>(),
        row<CreditLapsed>(),
        row<CreditHeld>(),
        row<CreditSettled>(),
        row<CreditReleased>(),
        row<EntitlementAsked>(),
        row<EntitlementApproved>(),
        row<EntitlementRejected>(),
        row<EntitlementEnded>(),
        row<BeneficiaryNamed>(),
        row<CreditTakenOver>(),
        row<CreditRested>(),
        row<CreditWoken>(),
        row<CreditSent>(),
        row<CreditReceived>(),
        row<TransferDisputed>(),
        row<TransferSettled>(),
        row<PeerAdmitted>(),
        row<PeerDismissed>(),
        row<StatementPublished>(),
        row<ListingPosted>(),
        row<ListingWithdrawn>(),
        row<ListingLapsed>(),
        row<ExchangeAgreed>(),
        row<ExchangeConfirmed>(),
        row<ExchangeCancelled>(),
        row<IssuerNamed>(),
        row<CertificateIssued>(),
        row<CertificatePrinted>(),
        row<CertificateRevoked>(),
        row<ObjectionRaised>(),
        row<ObjectionSettled>(),
        row<BackTestStarted>(),
        row<BackTestFinished>(),
        row<BackTestCancelled>(),
        row<ProjectNeedProposed>(),
        row<ProjectNeedAdopted>(),
        row<ProjectNeedDismissed>(),
        row<AbsenceNoted>(),
        row<PhoneCheckAsked>(),
        row<PhoneCheckAnswered>(),
    };
    // clang-format on
    return rows;
}

const FactKind* fact_kind(std::string_view kind) {
    static const std::map<std::string_view, const FactKind*> by_kind = [] {
        std::map<std::string_view, const FactKind*> out;
        for (const auto& row : all_facts()) out[row.kind] = &row;
        return out;
    }();
    auto found = by_kind.find(kind);
    return found == by_kind.end() ? nullptr : found->second;
}

bool is_sealed(std::string_view kind) {
    return kind == ProtectionReported::kind || kind == ProtectionAnswered::kind ||
           kind == ComplainantRead::kind || kind.starts_with("complaint.");
}

}  // namespace hezhi
