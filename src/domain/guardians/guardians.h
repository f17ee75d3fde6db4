// Guardians of minors (监护人): consent through a link without an account, what the child does and
// where it is now, and the withdrawal.
#pragma once

#include "api/action.h"
#include "api/paging.h"
#include "api/route.h"
#include "crypto/suite.h"
#include "domain/activities/activities.h"
#include "domain/orders/orders.h"
#include "domain/organizations/organizations.h"
#include "domain/people/people.h"

namespace hezhi::guardians {

namespace refusals {
inline constexpr RefusalRow sensitive_consent_missing{
    "sensitive_consent_missing", 422, "孩子未满十四周岁，请单独确认敏感信息的说明。",
    "Your child is below 14; please agree to the separate text about their data."};
inline constexpr RefusalRow accompaniment_missing{
    "accompaniment_missing", 422, "孩子年龄较小，须有您或您指定的成年人全程陪同。",
    "So young a child comes with you or an adult of your choice."};
inline constexpr RefusalRow consent_given_already{"consent_given_already", 409, "您已同意过。",
                                                  "You have consented before."};
inline constexpr RefusalRow consent_not_given{"consent_not_given", 409, "目前没有有效的同意。",
                                              "No consent stands at present."};
inline constexpr RefusalRow of_age{"of_age", 409, "孩子已成年，不再需要监护人同意。",
                                   "Your child is of age; no consent is needed any more."};
inline constexpr RefusalRow nothing_to_recall{
    "nothing_to_recall", 409, "该次活动已开始、已结束或已退出。",
    "It has begun, is over, or the child has left it before."};
}  // namespace refusals

// What actions and pages need besides the turn. Const from any thread.
struct GuardianDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
    const crypto::Suite& suite;
    std::string public_address;  // where links point to: "https://…", without a path
};

// What the guardian's link carries, of the position of guardian.asked; 0 for what is none.
std::string guardian_token(const crypto::Suite&, std::int64_t link);
std::int64_t link_of_token(const crypto::Suite&, std::string_view token);

struct GiveConsent {
    GuardianRelation relation = GuardianRelation::parent;
    bool photos = false;       // asked apart
    bool sensitive = false;    // below the age of the pack: the separate text was agreed to
    bool accompanies = false;  // below the age of the pack: an adult of their own comes along
};
BOOST_DESCRIBE_STRUCT(GiveConsent, (), (relation, photos, sensitive, accompanies))

// One outing that the child does not go to after all.
struct RecallChild {
    std::optional<ShiftId> shift_id;
    std::optional<OrderId> order_id;
};
BOOST_DESCRIBE_STRUCT(RecallChild, (), (shift_id, order_id))

// --- actions; each returns the child's id ---

// 发监护人确认单: a new link, which ends the one before.
Result<std::int64_t> ask_guardian(journal::Turn&, const api::Caller&, PersonId);

// The following by whoever holds the link; `link` is of link_of_token().
// 同意: the child is a volunteer, and a member of the teams that it said yes to.
Result<std::int64_t> give_consent(journal::Turn&, const GuardianDesk&, std::int64_t link,
                                  const GiveConsent& input);
// 不同意
Result<std::int64_t> refuse_consent(journal::Turn&, std::int64_t link);
// 撤回同意: the running sign-ups end in this turn.
Result<std::int64_t> withdraw_consent(journal::Turn&, std::int64_t link);
// 照片: decided apart from everything else, at any time.
Result<std::int64_t> decide_photos(journal::Turn&, std::int64_t link, bool allowed);
// 这次不参加
Result<std::int64_t> recall_child(journal::Turn&, std::int64_t link, const RecallChild& input);

// --- pages ---

enum class Whereabouts { waiting, signed_up, there, returned };
BOOST_DESCRIBE_ENUM(Whereabouts, waiting, signed_up, there, returned)

// One shift or order that the child goes to, as the guardian sees it.
struct Outing {
    std::optional<ShiftId> shift_id;
    std::optional<OrderId> order_id;
    std::string title_zh;
    std::string title_en;
    std::string place;
    Instant starts_at;
    Instant ends_at;  // when the child is back
    std::optional<std::string> leader_name;
    std::int32_t adults = 0;  // beside who leads
    Whereabouts where_now = Whereabouts::signed_up;
    std::optional<Instant> there_at;
    std::optional<Instant> returned_at;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(Outing, (),
                      (shift_id, order_id, title_zh, title_en, place, starts_at, ends_at,
                       leader_name, adults, where_now, there_at, returned_at, actions))

struct GuardianPage {
    std::string name;  // masked: the right guardian knows whose it is
    std::int32_t age_years = 0;
    people::ConsentStep state = people::ConsentStep::asked;
    bool sensitive = false;  // the separate text is to be agreed to
    bool must_accompany = false;
    bool of_age = false;
    std::optional<GuardianRelation> relation;
    bool photos = false;
    std::string consent_zh, consent_en;
    std::string sensitive_zh, sensitive_en;
    std::string photos_zh, photos_en;
    std::int32_t not_back = 0;  // there and not returned
    std::vector<Outing> outings;
    std::int64_t minutes = 0;  // of service in all
    std::optional<std::string> desk_phone;
    std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(GuardianPage, (),
                      (name, age_years, state, sensitive, must_accompany, of_age, relation, photos,
                       consent_zh, consent_en, sensitive_zh, sensitive_en, photos_zh, photos_en,
                       not_back, outings, minutes, desk_phone, actions))

Result<GuardianPage> guardian_page(const api::Reading&, const GuardianDesk&, std::int64_t link);

api::Routes routes(const GuardianDesk& desk);
api::ActionRows actions();

}  // namespace hezhi::guardians
