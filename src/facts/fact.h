// A fact: one thing that happened, as canonical JSON bytes at a gapless position.
//
// The bytes hold: actor, area, kind, occurred_at, payload, permission, position, recorded_at,
// subjects, version, via. No personal data: ids and numbers. Free text about people stands in
// registers under the id of the record.
#pragma once

#include <boost/container/flat_map.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "facts/ids.h"
#include "facts/kind_name.h"

namespace hezhi {

// How the actor came to act.
enum class Via {
    account,  // signed in
    link,     // holder of the link on an order slip; no account
    system,   // a timer or a reaction
    command,  // an operator at the command line
};
BOOST_DESCRIBE_ENUM(Via, account, link, system, command)

// Who did it and by which right. `permission` is empty for the system and the command line.
struct Actor {
    Via via = Via::system;
    AccountId account;  // none unless via == account
    std::string permission;
};

// The records that a fact is about, by noun: {"need": 12, "order": 15}. In a draft, `self` stands
// for the position that the fact will get: that is how a record gets its id.
using Subjects = boost::container::flat_map<std::string, std::int64_t, std::less<>>;
inline constexpr std::int64_t self = -1;

struct Place {
    AreaId area;       // none for facts of the whole installation
    std::string path;  // "/1/5/9/" as it was when the fact happened
};

// What an action wants to append; the writer adds position and recorded_at.
struct FactDraft {
    std::string kind;
    int version = 1;
    Actor actor;
    Place place;
    Subjects subjects;
    Instant occurred_at;
    std::string payload;  // canonical JSON
};

class Fact {
  public:
    std::int64_t position = 0;
    Instant recorded_at;  // the writer's clock; never backwards along the journal
    Instant occurred_at;  // when the person says it happened
    KindName kind;
    int version = 1;
    Actor actor;
    Place place;
    Subjects subjects;
    std::string payload;

    // The id of the record of `noun` that this fact is about; 0 if it is about none.
    std::int64_t subject(std::string_view noun) const;

    // The payload as P; parsed once for all figures. The kind must be P's.
    template <class P>
    const P& as() const {
        HEZHI_ASSERT(is<P>());
        if (!parsed_ || parsed_shape_ != &shape_of<P>()) {
            auto read = from_json<P>(payload, Reading::stored);
            if (!read) broken_payload(read.error());
            parsed_ = std::make_shared<P>(std::move(*read));
            parsed_shape_ = &shape_of<P>();
        }
        return *static_cast<const P*>(parsed_.get());
    }
    template <class P>
    bool is() const {
        return kind == kind_name<P>;
    }

  private:
    [[noreturn]] void broken_payload(const Refusal&) const;

    mutable std::shared_ptr<void> parsed_;
    mutable const Shape* parsed_shape_ = nullptr;
};

template <class P>
FactDraft draft(const P& payload, Actor actor, Place place, Subjects subjects,
                Instant occurred_at) {
    return {std::string(P::kind), P::version,  std::move(actor), std::move(place),
            std::move(subjects),  occurred_at, to_json(payload)};
}

// The canonical bytes of a fact, and back. Reading lifts older payload versions to today's
// (facts/lifting.h). Throws BrokenInvariant if the bytes are not a fact.
std::string canonical_bytes(const Fact& fact);
Fact read_fact(std::string_view bytes);

}  // namespace hezhi
