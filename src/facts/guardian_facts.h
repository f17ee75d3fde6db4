// Facts about minors: what a guardian (监护人) was asked and said, the age as it grows, and who may
// read a minor's entry in clear.
#pragma once

#include <optional>

#include "facts/fact.h"

namespace hezhi {

enum class GuardianRelation { parent, grandparent, other_guardian };
BOOST_DESCRIBE_ENUM(GuardianRelation, parent, grandparent, other_guardian)

// Subjects "link" (self: the link that the guardian gets; an earlier one ends) and "person".
struct GuardianAsked {
    static constexpr std::string_view kind = "guardian.asked";
    static constexpr int version = 1;
    std::int32_t age_years = 0;  // on this day
    bool sensitive = false;      // so young that the data are sensitive: a text of its own
    std::string pack;            // hash of the pack whose words are shown
};
BOOST_DESCRIBE_STRUCT(GuardianAsked, (), (age_years, sensitive, pack))

// By the holder of the link, about subject "person".
struct ConsentGiven {
    static constexpr std::string_view kind = "consent.given";
    static constexpr int version = 1;
    GuardianRelation relation = GuardianRelation::parent;
    bool photos = false;
    bool sensitive = false;      // agreed to the separate text for the youngest
    bool accompanies = false;    // an adult of their own comes along
    std::int32_t age_years = 0;  // on this day
    std::string pack;
};
BOOST_DESCRIBE_STRUCT(ConsentGiven, (), (relation, photos, sensitive, accompanies, age_years, pack))

struct ConsentRefused {
    static constexpr std::string_view kind = "consent.refused";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ConsentRefused, (), ())

// No reason is asked and nothing follows but that the running sign-ups end.
struct ConsentWithdrawn {
    static constexpr std::string_view kind = "consent.withdrawn";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ConsentWithdrawn, (), ())

struct PhotosDecided {
    static constexpr std::string_view kind = "photos.decided";
    static constexpr int version = 1;
    bool allowed = false;
};
BOOST_DESCRIBE_STRUCT(PhotosDecided, (), (allowed))

// How old somebody is who was a minor when last noted. A value, so that no birthday is in the
// journal.
struct AgeNoted {
    static constexpr std::string_view kind = "age.noted";
    static constexpr int version = 1;
    std::int32_t age_years = 0;
};
BOOST_DESCRIBE_STRUCT(AgeNoted, (), (age_years))

// Somebody of the staff asks to read a minor's entry in clear. Subjects "reading_request" (self)
// and "person"; the reason stands in the register of texts under this position.
struct ReadingRequested {
    static constexpr std::string_view kind = "reading.requested";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ReadingRequested, (), ())

struct ReadingApproved {
    static constexpr std::string_view kind = "reading.approved";
    static constexpr int version = 1;
    Instant valid_until;
};
BOOST_DESCRIBE_STRUCT(ReadingApproved, (), (valid_until))

struct ReadingRejected {
    static constexpr std::string_view kind = "reading.rejected";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(ReadingRejected, (), ())

}  // namespace hezhi
