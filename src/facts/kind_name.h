// The name of a kind of fact, as a fact carries it: "need.reported". Each name stands in memory
// once, so that facts are told apart by where their name stands, not by its letters.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace hezhi {

class KindName {
  public:
    KindName() : KindName(std::string_view()) {}
    // Any name: a journal may hold kinds that this program does not know. Names are kept for as
    // long as the program runs. Several threads may make names at once.
    explicit KindName(std::string_view name);

    std::string_view view() const { return *name_; }
    operator std::string_view() const { return *name_; }
    const std::string* where() const { return name_; }

    friend bool operator==(const KindName&, const KindName&) = default;
    friend bool operator==(const KindName& kind, std::string_view name) {
        return *kind.name_ == name;
    }
    friend std::ostream& operator<<(std::ostream& out, const KindName& kind) {
        return out << *kind.name_;
    }

  private:
    const std::string* name_;
};

// That of the payload P.
template <class P>
inline const KindName kind_name{P::kind};

}  // namespace hezhi

template <>
struct std::hash<hezhi::KindName> {
    std::size_t operator()(const hezhi::KindName& kind) const {
        return std::hash<const std::string*>{}(kind.where());
    }
};
