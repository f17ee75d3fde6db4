// Facts about addresses that nobody may learn (地址保密). Their place is coarse: from here on no
// record tells more of where the person lives.
#pragma once

#include "facts/fact.h"

namespace hezhi {

// Subject "person". The reason stands in the register of texts under this position.
struct AddressSealed {
    static constexpr std::string_view kind = "address.sealed";
    static constexpr int version = 1;
    AccountId keeper;  // who alone is shown what is hidden, each time as a fact
};
BOOST_DESCRIBE_STRUCT(AddressSealed, (), (keeper))

struct AddressUnsealed {
    static constexpr std::string_view kind = "address.unsealed";
    static constexpr int version = 1;
};
BOOST_DESCRIBE_STRUCT(AddressUnsealed, (), ())

struct NeedSealed {
    static constexpr std::string_view kind = "need.sealed";
    static constexpr int version = 1;
    AccountId keeper;
};
BOOST_DESCRIBE_STRUCT(NeedSealed, (), (keeper))

struct OrderSealed {
    static constexpr std::string_view kind = "order.sealed";
    static constexpr int version = 1;
    AccountId keeper;
};
BOOST_DESCRIBE_STRUCT(OrderSealed, (), (keeper))

}  // namespace hezhi
