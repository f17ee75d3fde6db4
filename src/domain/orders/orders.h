// Orders (服务订单): one service for one need, from 点单 through 派单 and 接单 to 评单.
#pragma once

#include "api/action.h"
#include "api/paging.h"
#include "api/route.h"
#include "crypto/suite.h"
#include "dispatch/matching.h"
#include "domain/needs/needs.h"
#include "domain/orders/order_figure.h"
#include "domain/orders/phone_check_figure.h"
#include "domain/people/people.h"
#include "http/rate_limit.h"
#include "jobs/scheduler.h"
#include "journal/kept_records.h"

namespace hezhi::orders {

namespace refusals {
inline constexpr RefusalRow category_unknown{"category_unknown", 422, "没有这个服务事项。",
                                             "There is no such service category."};
inline constexpr RefusalRow window_invalid{"window_invalid", 422,
                                           "服务时间有误：结束应晚于开始，且不早于现在。",
                                           "The time window must end after it starts and not lie "
                                           "in the past."};
inline constexpr RefusalRow night_not_urgent{
    "night_not_urgent", 422, "夜间只办理紧急需求（P1、P2），请改到白天。",
    "At night only urgent needs (P1, P2) are served; choose a time of the day."};
inline constexpr RefusalRow start_not_offered{
    "start_not_offered", 422, "只能预约页面所列日期和时刻开始的服务。",
    "A service is booked for one of the days and times that the page offers."};
inline constexpr RefusalRow booking_overlaps{
    "booking_overlaps", 409, "与您已预约的服务时间重叠，请改时间或先取消那次预约。",
    "It overlaps a service that you have booked; choose another time or cancel that one first."};
inline constexpr RefusalRow order_state_forbids{
    "order_state_forbids", 409, "订单当前状态不能进行此操作，页面已更新。",
    "The order's state does not allow this any more; the page shows it as it is."};
inline constexpr RefusalRow person_may_not_take{
    "person_may_not_take", 409, "所选人员不符合接单条件。",
    "This person may not take the order; see the first rule that forbids it."};
inline constexpr RefusalRow order_already_taken{"order_already_taken", 409,
                                                "该订单已由其他志愿者接下，谢谢您。",
                                                "Somebody else has taken this order. Thank you."};
inline constexpr RefusalRow not_simple{
    "not_simple", 409,
    "不能当场生成订单：须征得本人同意、属一般需求且由志愿者承接。请先登记需求，由社工研判。",
    "No order at once: that takes the person's consent, an ordinary need and a service of "
    "volunteers. Register the need; a social worker will look at it."};
inline constexpr RefusalRow dispatch_paused{
    "dispatch_paused", 409, "您目前处于暂停派单状态，可在“我的评级”中查看原因和申诉。",
    "Dispatch to you is suspended for now; your grade's page says why and takes an appeal."};
inline constexpr RefusalRow certification_forbids{
    "certification_forbids", 409, "您目前的认证不能承接此任务，可在“我的认证”中查看原因和申诉。",
    "Your certification does not allow this order now; its page says why and takes an appeal."};
inline constexpr RefusalRow partner_missing{
    "partner_missing", 409, "此任务须有一名正常状态的志愿者同行，请等待他人接单后再接。",
    "Somebody whose state is normal must come along; wait until one has accepted."};
inline constexpr RefusalRow too_late_to_cancel{
    "too_late_to_cancel", 409, "离服务开始太近，不能在手机上取消；请致电社区。",
    "The service is too near to be cancelled here; please call the community."};
inline constexpr RefusalRow offer_missing{"offer_missing", 409, "没有派给您的有效派单。",
                                          "There is no open offer of this order to you."};
inline constexpr RefusalRow already_offered{"already_offered", 409, "已派给该人员，正在等待答复。",
                                            "This person was asked already."};
inline constexpr RefusalRow code_wrong{"code_wrong", 422,
                                       "服务码不正确，请与服务对象核对单上的六位数字。",
                                       "The code is wrong; compare the six digits on the slip."};
inline constexpr RefusalRow code_attempts_used_up{
    "code_attempts_used_up", 429, "尝试次数过多，请稍后再试，或联系带队社工。",
    "Too many tries; wait a few minutes or ask the leading social worker."};
inline constexpr RefusalRow not_checked_in{"not_checked_in", 409, "请先签到。", "Check in first."};
inline constexpr RefusalRow window_over{
    "window_over", 409, "服务时间已过，不能再派单；请取消后重新安排。",
    "The time of the service is over; cancel the order and make another."};
inline constexpr RefusalRow not_begun{"not_begun", 409, "服务尚未开始。",
                                      "The service has not begun yet."};
inline constexpr RefusalRow begun_already{
    "begun_already", 409, "服务时间已到，不能再退出；如不能前往，请致电带队社工。",
    "The service has begun; if you cannot come, call the leading social worker."};
inline constexpr RefusalRow not_expected{"not_expected", 409, "此人不在待到场名单中。",
                                         "This person is not among those who are still expected."};
inline constexpr RefusalRow time_reason_missing{
    "time_reason_missing", 422, "与约定时间相差较多，请写明原因。",
    "This lies well apart from the planned time; please say why."};
inline constexpr RefusalRow person_not_insured{
    "person_not_insured", 409, "此项服务须有保险，所列人员的保险未覆盖到服务结束，不能开始。",
    "This service needs insurance, and that of somebody listed does not last until it ends."};
inline constexpr RefusalRow two_needed{
    "two_needed", 409, "此项服务须两人同行，请等齐后再签到，或先标记未到。",
    "Two go together here: check them in together, or note first who did not come."};
inline constexpr RefusalRow time_conflict{"time_conflict", 409,
                                          "与您已接的另一订单或已报名的班次时间冲突。",
                                          "This overlaps an order or a shift that you have taken."};
inline constexpr RefusalRow area_has_orders{
    "area_has_orders", 409, "该区域还有未完成的服务订单，请先完成或取消。",
    "Orders of this area are under way; finish or cancel them first."};
inline constexpr RefusalRow caller_took_part{
    "caller_took_part", 409, "您是该订单的带队社工、其代理人或服务人员，请由其他同事回访。",
    "You led this order, stood in for its leader or served in it; somebody else must make the "
    "call."};
inline constexpr RefusalRow phone_check_needed{
    "phone_check_needed", 409, "服务对象近期多次无人在场，请先电话核实，再派单。",
    "The recipient was not there several times lately; call first, then offer the order."};
inline constexpr RefusalRow already_replied{"already_replied", 409, "您已经回复过这次评价。",
                                            "You have replied to this review before."};
}  // namespace refusals

// Text about an order, in the register of texts under the order's id.
inline constexpr std::string_view text_brief = "brief";
inline constexpr std::string_view text_words = "words";
inline constexpr std::string_view text_cancel_reason = "cancel_reason";
// Under the position of the fact of each reply.
inline constexpr std::string_view text_reply = "reply";

struct OpenOrder {
    Text<1, 60> category;
    Instant starts_at;
    Instant ends_at;
    bool contacted = false;  // the requester was spoken to while deciding this
    std::optional<Text<0, 300>> brief;
    std::optional<bool> with_time;  // booked with the recipient's service time
};
BOOST_DESCRIBE_STRUCT(OpenOrder, (), (category, starts_at, ends_at, contacted, brief, with_time))

// 预约服务 on one's own phone, paid with one's own time.
struct BookOrder {
    Text<1, 60> category;
    Instant starts_at;
    std::optional<Text<0, 300>> what;  // what whoever comes should know
};
BOOST_DESCRIBE_STRUCT(BookOrder, (), (category, starts_at, what))

struct OfferOrder {
    std::vector<PersonId> person_ids;
};
BOOST_DESCRIBE_STRUCT(OfferOrder, (), (person_ids))

// Who is there, by the leader's list or by a call to the desk.
struct NoteAttendance {
    std::vector<PersonId> person_ids;
    std::optional<Text<0, 200>> reason = {};  // where it lies apart from the planned time
};
BOOST_DESCRIBE_STRUCT(NoteAttendance, (), (person_ids, reason))

struct NoteNoShow {
    PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(NoteNoShow, (), (person_id))

// What the desk heard on the phone after a service without phones.
struct FinishOrder {
    std::vector<PersonId> came;               // of those who had accepted; the others did not come
    Bounded<1, 1440> minutes;                 // of each; the pack says how many one record may hold
    std::optional<Text<0, 200>> reason = {};  // where they are far from what was planned
};
BOOST_DESCRIBE_STRUCT(FinishOrder, (), (came, minutes, reason))

struct ReviewOrder {
    Resolution resolution = Resolution::resolved;
    Bounded<1, 5> satisfaction;
    std::optional<Text<0, 300>> words;
    std::optional<bool> another = {};  // somebody else the next time (不再匹配)
};
BOOST_DESCRIBE_STRUCT(ReviewOrder, (), (resolution, satisfaction, words, another))

// What whoever was absent before said on the phone, ahead of the next order.
struct AnswerPhoneCheck {
    PhoneCheckOutcome outcome = PhoneCheckOutcome::not_reached;
};
BOOST_DESCRIBE_STRUCT(AnswerPhoneCheck, (), (outcome))

// What the requester said on the phone; without a mark if nobody was reached.
struct NoteReview {
    Resolution resolution = Resolution::not_answered;
    std::optional<Bounded<1, 5>> satisfaction;
    std::optional<Text<0, 300>> words;
};
BOOST_DESCRIBE_STRUCT(NoteReview, (), (resolution, satisfaction, words))

// What actions and pages on orders need besides the turn. Const from any thread.
struct OrderDesk {
    const people::Register& people;
    const areas::AreaTree& tree;
    const crypto::Suite& suite;
    std::string public_address;  // where slips point to: "https://…", without a path
    // How often a person may try a code; null where nobody guesses (the simulator).
    http::RateLimiter* code_attempts = nullptr;
    // Records of orders (order_record.h) by their ids; null where each read makes its own.
    const journal::KeptRecords* kept = nullptr;
};

// Some kilobytes each, with names and briefs in clear.
inline constexpr std::size_t order_records_max = 4000;

// Six digits are guessed by trying: ten tries at once, then one a minute.
inline constexpr http::RateLimit code_attempts_limit{.burst = 10,
                                                     .refill_every = std::chrono::minutes(1)};

// --- actions; each returns the order's id ---

// 转为订单 (点单): makes the order that answers a need.
Result<std::int64_t> open_order(journal::Turn&, const api::Caller&, const OrderDesk&, NeedId need,
                                const OpenOrder& input);
// 当场生成订单: a simple need of a known recipient and its order, on one page with one button.
// not_simple if the category, the class or the consent asks for a social worker's look first.
Result<std::int64_t> open_called_order(journal::Turn&, const api::Caller&, const OrderDesk&,
                                       const needs::TakeCall& call);
// 预约服务: need, order and the hold of the time in one turn, for services of volunteers.
Result<std::int64_t> book_order(journal::Turn&, const api::Caller&, const OrderDesk&,
                                const BookOrder& input);
// 取消预约 by whoever booked, as long as the pack lets it: all of the time comes back.
Result<std::int64_t> cancel_booking(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId);
// How many go: what the category asks for, and two at night (两人同行).
std::int32_t people_for(const rules::Pack&, const rules::Category&, bool first_visit,
                        Instant starts_at, Instant ends_at);
// Whether the pack lets a need of this class be served at that time of the day.
bool night_allows(const rules::Pack&, PriorityClass, Instant starts_at, Instant ends_at);
// Appends the order that answers `need`, whose state allows it; the category exists.
OrderId append_order(journal::Turn&, const Actor&, AccountId leader, const people::Register&,
                     NeedId need, const OpenOrder& input);
// Asks `person` if they may take the order now. False if not: others will be looked for.
bool offer_if_fit(journal::Turn&, const Actor&, const OrderDesk&, OrderId, PersonId person);
// 派单: asks each of these people; refused as a whole if one of them may not take it.
Result<std::int64_t> offer_order(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                                 const OfferOrder& input);
// The same, however many: what a batch proposes for the places of one order.
Result<std::int64_t> offer_to(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                              const std::vector<PersonId>& people);
// 接单: the first to accept has the place.
Result<std::int64_t> accept_order(journal::Turn&, const api::Caller&, OrderId);
// 婉拒: no reason is asked, nothing follows from it.
Result<std::int64_t> decline_offer(journal::Turn&, const api::Caller&, OrderId);
// 退出订单: somebody who has accepted cannot come after all and says so before the beginning. No
// reason is asked; the place is open again.
Result<std::int64_t> leave_order(journal::Turn&, const api::Caller&, OrderId);
// 不再匹配: the recipient of the order would rather have somebody else than this person, who was
// asked for it. From then on they are not asked for that recipient. With a reason, in the register.
struct SeparatePair {
    PersonId person_id;
    Text<1, 200> reason;
};
BOOST_DESCRIBE_STRUCT(SeparatePair, (), (person_id, reason))
Result<std::int64_t> separate_pair(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                                   const SeparatePair& input);
// 恢复匹配.
struct RejoinPair {
    PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(RejoinPair, (), (person_id))
Result<std::int64_t> rejoin_pair(journal::Turn&, const api::Caller&, OrderId,
                                 const RejoinPair& input);
// 报告无人应答: from the day of the service on, by whoever has accepted. An urgent need of the same
// recipient stands at once; saying it again makes no second one.
Result<std::int64_t> raise_alarm(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId);
// 查看保密联系方式: of an order whose address is secret or that is about a minor, by whoever has
// taken it, until the brief closes.
Result<std::int64_t> disclose_contact(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                                      std::string_view reason);
// 签到 and 签退 with the code on the recipient's slip. Further from the planned time than the pack
// lets be, they take a reason.
Result<std::int64_t> check_in_order(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                                    std::string_view code, std::string_view reason = {});
Result<std::int64_t> check_out_order(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                                     std::string_view code, std::string_view reason = {});
// 签到 by list or by call: for those who are there. Where two are needed, two together.
Result<std::int64_t> note_attendance(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                                     const NoteAttendance& input);
// 队员签到 and 队员签退: the same by the lead of the team to which they belong. For a lead of none
// of those who serve the order is not there.
Result<std::int64_t> check_in_members(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                                      const NoteAttendance& input);
Result<std::int64_t> check_out_members(journal::Turn&, const api::Caller&, const OrderDesk&,
                                       OrderId, const NoteAttendance& input);
// 未到: no penalty, no reason. Before anybody began the place is open again; afterwards the order
// goes on with those who came.
Result<std::int64_t> note_no_show(journal::Turn&, const api::Caller&, OrderId, PersonId);
// 电话确认完成: attendance, minutes, no-shows and the requester's word at once.
Result<std::int64_t> finish_order(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                                  const FinishOrder& input);
// 确认服务 by the requester (link), or by silence (system, with due_at).
Result<std::int64_t> confirm_order(journal::Turn&, const api::Caller&, OrderId,
                                   std::optional<Instant> due_at = {});
// 评单 by the requester.
Result<std::int64_t> review_order(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                                  const ReviewOrder& input);
// 电话回访: notes what the requester said. Refused for the order's leader, for who stood in for
// them and for whoever served.
Result<std::int64_t> note_review(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                                 const NoteReview& input);
// 回复评价 by a volunteer who served, once; the requester reads it on the slip.
Result<std::int64_t> reply_to_review(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                                     std::string_view words);
// Ends what somebody was asked for or has taken and not begun, all of it or one order: a guardian's
// word. Returns how many ended.
std::int64_t end_offers(journal::Turn& turn, const Actor& actor, PersonId person,
                        std::optional<OrderId> only = {});
// 取消订单: the need waits for an answer again.
// `absent`: the volunteer came and whoever was to be served was not there.
Result<std::int64_t> cancel_order(journal::Turn&, const api::Caller&, const OrderDesk&, OrderId,
                                  std::string_view reason, bool absent = false);
// 电话核实: notes a call to whoever was absent before. Wanted: the order may be offered; not
// wanted: it is cancelled, and the need waits for its answer; not reached: somebody calls again.
Result<std::int64_t> answer_phone_check(journal::Turn&, const api::Caller&, const OrderDesk&,
                                        OrderId, const AnswerPhoneCheck& input);
// Timers: an offer ran out; dispatch was suspended; the search widens; nobody was found in time.
// What somebody has accepted goes to somebody else once dispatch to them is suspended (暂停派单).
Result<std::int64_t> reassign_order(journal::Turn&, OrderId, PersonId);
// 复查已接任务: of what somebody has accepted and not begun, whatever a lowered or suspended
// certification allows no longer goes to others. Returns how many did.
Result<std::int64_t> recheck_acceptances(journal::Turn&, PersonId);
Result<std::int64_t> widen_order(journal::Turn&, OrderId, Instant due_at);
Result<std::int64_t> lapse_offer(journal::Turn&, OrderId, PersonId, Instant due_at);
Result<std::int64_t> escalate_order(journal::Turn&, OrderId, Instant due_at);

// How an order stands to a caller, who may have been offered it.
api::Access access_of(const OrderState& order, bool assigned);

// --- slips ---

// The text of the link on an order's slip; whoever holds it may confirm and review.
std::string slip_token(const crypto::Suite&, OrderId);
// The order of a token; none if the token is not one of ours.
OrderId order_of_token(const crypto::Suite&, std::string_view token);
// The six digits on the slip, typed at check-in and check-out.
std::string service_code(const crypto::Suite&, OrderId);

// The word that is said at the door (口令), so that a recipient knows who comes is meant for them.
std::string door_word(const crypto::Suite&, const rules::Pack&, OrderId);

// Everybody who was asked, in the order in which they were.
std::vector<OfferState> offers_of(store::Session&, const journal::FigureTables&, OrderId);

// The verdict on one person, wherever they serve: the check when an offer is made. nullopt if there
// is no such person.
std::optional<dispatch::Verdict> consider_person(store::Session& db,
                                                 const journal::FigureTables& tables,
                                                 const OrderState& order, PersonId person,
                                                 const areas::Areas& areas, const rules::Pack& pack,
                                                 Instant now);

// All orders below `path` that look for people, and everybody who might take one: what a batch of
// all open orders reads. Ties are drawn by the day.
dispatch::MatchInput open_orders(store::Session&, const journal::FigureTables&,
                                 const std::string& path, const areas::Areas&, const rules::Pack&,
                                 Instant now);

// An area with orders under way is not closed.
areas::AreaUse area_use();

std::vector<jobs::Timer> timers();
api::Routes routes(const OrderDesk& desk);
api::ActionRows actions();
api::StateRows states();

}  // namespace hezhi::orders
