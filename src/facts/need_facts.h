// Facts about needs (需求): from the report to the answer.
#pragma once

#include <optional>

#include "facts/fact.h"

namespace hezhi {

// By which door a need came in.
enum class Channel { grid, phone_page, desk, proxy, hotline, plan, service, project };
BOOST_DESCRIBE_ENUM(Channel, grid, phone_page, desk, proxy, hotline, plan, service, project)

// P1 danger to life … P4 complex (dossier 5.5; limits are pack data).
enum class PriorityClass { P1, P2, P3, P4 };
BOOST_DESCRIBE_ENUM(PriorityClass, P1, P2, P3, P4)

// What the requester said in the end. not_answered is shown apart and counts in no rate.
enum class Resolution { resolved, not_resolved, not_answered };
BOOST_DESCRIBE_ENUM(Resolution, resolved, not_resolved, not_answered)

struct NeedReported {
    static constexpr std::string_view kind = "need.reported";
    static constexpr int version = 1;
    Channel channel = Channel::grid;
    PriorityClass priority_class = PriorityClass::P3;
    PersonId recipient;  // none if not known yet
    bool consent = false;
    Instant first_contact_until;  // fixed here: a later pack does not move a running clock
    Instant handle_until;
    std::string pack;  // hash of the pack that set the limits
};
BOOST_DESCRIBE_STRUCT(NeedReported, (),
                      (channel, priority_class, recipient, consent, first_contact_until,
                       handle_until, pack))

struct NeedContacted {
    static constexpr std::string_view kind = "need.contacted";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(NeedContacted, (), ())

// The need was answered by an order (subject "order").
struct NeedPlanned {
    static constexpr std::string_view kind = "need.planned";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(NeedPlanned, (), ())

// Its order was cancelled: the need waits for an answer again, its clock still running.
struct NeedReturned {
    static constexpr std::string_view kind = "need.returned";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(NeedReturned, (), ())

struct NeedClosed {
    static constexpr std::string_view kind = "need.closed";
    static constexpr int version = 1;
    bool served = false;  // false: closed without an order, with a reason
};
BOOST_DESCRIBE_STRUCT(NeedClosed, (), (served))

struct NeedReviewed {
    static constexpr std::string_view kind = "need.reviewed";
    static constexpr int version = 1;
    Resolution resolution = Resolution::not_answered;
    std::int32_t satisfaction = 0;  // 1–5
};
BOOST_DESCRIBE_STRUCT(NeedReviewed, (), (resolution, satisfaction))

// The contact was shown in clear text; the reason stands in the register of texts.
struct ContactRead {
    static constexpr std::string_view kind = "contact.read";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ContactRead, (), ())

}  // namespace hezhi
