#include "rules/time_bank_rules.h"

namespace hezhi::rules {
namespace {

constexpr std::string_view bank_mark = "{bank}";

std::string named(std::string_view sentence, std::string_view name) {
    std::string out;
    for (auto at = sentence.find(bank_mark); at != std::string_view::npos;
         at = sentence.find(bank_mark)) {
        out.append(sentence.substr(0, at)).append(name);
        sentence.remove_prefix(at + bank_mark.size());
    }
    return out.append(sentence);
}

}  // namespace

Words with_bank_name(const TimeBankRules& bank, std::string_view zh, std::string_view en) {
    const Words common{"时间银行", "time bank"};
    const Words& name = bank.open ? bank.name : common;
    return {named(zh, name.zh), named(en, name.en)};
}

}  // namespace hezhi::rules
