#include "facts/all_facts.h"

#include "facts/account_facts.h"
#include "facts/activity_facts.h"
#include "facts/area_facts.h"
#include "facts/asking_facts.h"
#include "facts/hotline_facts.h"
#include "facts/joining_facts.h"
#include "facts/need_facts.h"
#include "facts/order_facts.h"
#include "facts/organization_facts.h"
#include "facts/pack_facts.h"
#include "facts/person_facts.h"
#include "facts/plan_facts.h"
#include "facts/protection_facts.h"
#include "facts/record_facts.h"
#include "facts/review_facts.h"
#include "facts/standing_facts.h"

namespace hezhi {
namespace {

template <class P>
FactKind row() {
    return {P::kind, P::version, &shape_of<P>()};
}

}  // namespace

std::span<const FactKind> all_facts() {
    // One a line, so that two additions do not meet.
    // clang-format off
    static const FactKind rows[] = {
        row<AreaAdded>(),
        row<AreaRenamed>(),
        row<AreaClosed>(),
        row<PackPublished>(),
        row<PersonRegistered>(),
        row<PersonRead>(),
        row<VolunteerRegistered>(),
        row<CertificationGranted>(),
        row<CredentialRegistered>(),
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
    };
    // clang-format on
    return rows;
}

bool is_sealed(std::string_view kind) {
    return kind == ProtectionReported::kind || kind == ProtectionAnswered::kind;
}

}  // namespace hezhi
