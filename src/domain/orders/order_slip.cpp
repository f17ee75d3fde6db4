// The slip of an order: a link without an account, and the code that is read out at the door.
//
// Both are keyed codes over the order's id, so nothing is stored and a slip can be printed again.
#include <charconv>

#include "crypto/bytes.h"
#include "crypto/typed_code.h"
#include "domain/orders/orders.h"

namespace hezhi::orders {
namespace {

// 80 bits: not to be guessed through the public listener's rate limit.
constexpr int token_characters = 16;

}  // namespace

std::string slip_token(const crypto::Suite& suite, OrderId id) {
    return std::to_string(id.value) + "-" +
           suite.link_code("order slip", id.value, token_characters);
}

OrderId order_of_token(const crypto::Suite& suite, std::string_view token) {
    auto dash = token.find('-');
    if (dash == std::string_view::npos) return {};
    OrderId id;
    auto [end, error] = std::from_chars(token.data(), token.data() + dash, id.value);
    if (error != std::errc{} || end != token.data() + dash || id.value <= 0) return {};
    std::string expected = suite.link_code("order slip", id.value, token_characters);
    return crypto::code_matches(token.substr(dash + 1), expected) ? id : OrderId();
}

std::string door_word(const crypto::Suite& suite, const rules::Pack& pack, OrderId id) {
    // Two words of the pack's list; nine digits are far more than their pairs.
    const auto& words = pack.dispatch.door_words;
    auto drawn =
        static_cast<std::size_t>(std::stoll(suite.digits_code("door word", id.value, "order", 9)));
    return words[drawn % words.size()] + words[drawn / words.size() % words.size()];
}

std::string service_code(const crypto::Suite& suite, OrderId id) {
    return suite.digits_code("check in", id.value, "order", 6);
}

}  // namespace hezhi::orders
