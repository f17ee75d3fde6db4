// Facts about complaints (投诉). Sealed: they stand on no event stream and name what they are about
// in their payload, so that nobody who looks at an order or a person finds them there. A complaint
// whose sender is hidden carries no account at all. What is said stands in the register of texts
// under the complaint's id.
#pragma once

#include "facts/incident_facts.h"

namespace hezhi {

using ComplaintId = Id<struct ComplaintTag>;

enum class ComplaintChannel {
    slip,   // the link on an order's slip
    phone,  // one's own account
    desk,   // somebody at a desk wrote it down
};
BOOST_DESCRIBE_ENUM(ComplaintChannel, slip, phone, desk)

enum class ComplaintOutcome { upheld, partly_upheld, not_upheld };
BOOST_DESCRIBE_ENUM(ComplaintOutcome, upheld, partly_upheld, not_upheld)

// Subject "complaint" is self, and is the only one of all these facts.
struct ComplaintFiled {
    static constexpr std::string_view kind = "complaint.filed";
    static constexpr int version = 1;
    AboutKind about = AboutKind::order;
    std::int64_t about_id = 0;
    ComplaintChannel channel = ComplaintChannel::phone;
    bool hidden = false;  // nobody, audit included, can tell who filed it
    Instant acknowledge_until;
    Instant decide_until;
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(ComplaintFiled, (),
                      (about, about_id, channel, hidden, acknowledge_until, decide_until, pack))

struct ComplaintAcknowledged {
    static constexpr std::string_view kind = "complaint.acknowledged";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ComplaintAcknowledged, (), ())

struct ComplaintDecided {
    static constexpr std::string_view kind = "complaint.decided";
    static constexpr int version = 1;
    ComplaintOutcome outcome = ComplaintOutcome::not_upheld;
    Instant ask_review_until;
};
BOOST_DESCRIBE_STRUCT(ComplaintDecided, (), (outcome, ask_review_until))

// 复核 was asked for, once.
struct ComplaintReviewAsked {
    static constexpr std::string_view kind = "complaint.review_asked";
    static constexpr int version = 1;
    Instant decide_until;
};
BOOST_DESCRIBE_STRUCT(ComplaintReviewAsked, (), (decide_until))

struct ComplaintReviewed {
    static constexpr std::string_view kind = "complaint.reviewed";
    static constexpr int version = 1;
    ComplaintOutcome outcome = ComplaintOutcome::not_upheld;
};
BOOST_DESCRIBE_STRUCT(ComplaintReviewed, (), (outcome))

struct ComplaintWithdrawn {
    static constexpr std::string_view kind = "complaint.withdrawn";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ComplaintWithdrawn, (), ())

// A limit passed: for the acknowledgement, or for the decision.
struct ComplaintEscalated {
    static constexpr std::string_view kind = "complaint.escalated";
    static constexpr int version = 1;
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(ComplaintEscalated, (), (due_at))

// The contact that the complainant left was shown in clear, with a reason.
struct ComplainantRead {
    static constexpr std::string_view kind = "complainant.read";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ComplainantRead, (), ())

}  // namespace hezhi
