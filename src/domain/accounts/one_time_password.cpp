#include "domain/accounts/one_time_password.h"

#include "crypto/bytes.h"
#include "crypto/digest.h"

namespace hezhi::accounts {
namespace {

constexpr int password_characters = 12;  // 60 bits

}  // namespace

Result<api::IdempotencyKey> one_time_key(const api::Exchange& exchange, std::string_view action) {
    auto key = exchange.request.header("idempotency-key");
    if (key.empty() || key.size() > api::idempotency_key_bytes_max) {
        return refuse(hezhi::refusals::invalid_input,
                      {"Idempotency-Key", "1–80 个字符", "1 to 80 characters"});
    }
    return api::IdempotencyKey{
        "account " + std::to_string(exchange.caller->account.value), std::string(key),
        crypto::to_hex(crypto::sha256(std::string(action) + "\n" + exchange.request.body))};
}

std::string one_time_password(const crypto::Suite& suite, const api::Exchange& exchange,
                              const api::IdempotencyKey& key) {
    return suite.link_code("first password " + key.key + " " + key.body_hash,
                           exchange.caller->account.value, password_characters);
}

}  // namespace hezhi::accounts
