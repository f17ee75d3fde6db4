// Members help each other (互助): a list of what they offer and want, and what two of them agree.
// Only where the pack's model is mutual. The time of whoever is helped is held when they agree, and
// passes to whoever helps when it is confirmed; nobody goes below the overdraft.
#pragma once

#include "domain/time_bank/time_bank.h"

namespace hezhi::time_bank {

namespace refusals {
inline constexpr RefusalRow not_mutual{"not_mutual", 409, "本区的时间银行不采用会员互助。",
                                       "The time bank here is not one of members who help each "
                                       "other."};
inline constexpr RefusalRow may_not_list{
    "may_not_list", 409, "未成年人、年龄未登记和地址保密的人员，请由社区安排互助。",
    "Minors, people whose age is not known and those whose address is secret arrange it with the "
    "community."};
inline constexpr RefusalRow listings_full{"listings_full", 409,
                                          "同时登记的供需已达上限，请先撤下不用的。",
                                          "There are as many entries as one may have; take one "
                                          "off first."};
inline constexpr RefusalRow listing_not_open{"listing_not_open", 409,
                                             "该供需已撤下、已到期或已有人约定，页面已更新。",
                                             "This entry was taken off, has lapsed or is taken."};
inline constexpr RefusalRow own_listing{"own_listing", 409, "这是本人登记的供需。",
                                        "This entry is one's own."};
inline constexpr RefusalRow exchange_ended{"exchange_ended", 409, "这次互助已确认或已取消。",
                                           "This was confirmed or cancelled already."};
inline constexpr RefusalRow receiver_confirms{"receiver_confirms", 409,
                                              "由受助人确认；也可请社区代为确认。",
                                              "Whoever was helped confirms it, or the community "
                                              "does."};
}  // namespace refusals

// What a listing says, in the register of texts under the listing's id.
inline constexpr std::string_view text_listing = "listing";

struct PostListing {
    ListingSide side = ListingSide::offer;
    Text<1, 60> category;
    Text<1, 200> what;
    Bounded<5, 1440> minutes;           // of one time
    std::optional<PersonId> person_id;  // the desk lists for somebody
};
BOOST_DESCRIBE_STRUCT(PostListing, (), (side, category, what, minutes, person_id))

struct AgreeExchange {
    Bounded<5, 1440> minutes;
    std::optional<PersonId> person_id;  // the desk agrees for somebody
};
BOOST_DESCRIBE_STRUCT(AgreeExchange, (), (minutes, person_id))

struct ConfirmExchange {
    Bounded<1, 1440> minutes;  // that were served, no more than agreed
};
BOOST_DESCRIBE_STRUCT(ConfirmExchange, (), (minutes))

// 登记供需 and 撤下供需. Return the listing's id.
Result<std::int64_t> post_listing(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                  const PostListing& input);
Result<std::int64_t> withdraw_listing(journal::Turn&, const api::Caller&, ListingId);
// Timer: an entry runs out.
Result<std::int64_t> lapse_listing(journal::Turn&, ListingId, Instant due_at);
// 约定互助: whoever answers an offer is helped; whoever answers a want helps. Returns the
// exchange's id, as do 确认互助 and 取消互助.
Result<std::int64_t> agree_exchange(journal::Turn&, const api::Caller&, const TimeBankDesk&,
                                    ListingId, const AgreeExchange& input);
Result<std::int64_t> confirm_exchange(journal::Turn&, const api::Caller&, ExchangeId,
                                      const ConfirmExchange& input);
Result<std::int64_t> cancel_exchange(journal::Turn&, const api::Caller&, ExchangeId);

}  // namespace hezhi::time_bank
