#include "domain/certificates/certificate_proof.h"

namespace hezhi::certificates {
namespace {

std::string in_quotes(std::string_view text) {
    JsonWriter writer;
    writer.text(text);
    return writer.take();
}

// Of a forged file it may be any number; beyond four digits of a year it is shown as such.
std::string shown_instant(Instant at) {
    constexpr Instant year_10000{253402300800000};
    bool a_date = at.ms >= 0 && at < year_10000 - Millis(std::chrono::days(1));
    return a_date ? to_string(at) : std::to_string(at.ms);
}

std::string minutes_added_up(const std::vector<CertifiedRecord>& records) {
    // Unsigned, since those of a forged file may overflow.
    std::uint64_t sum = 0;
    for (const auto& record : records) sum += static_cast<std::uint64_t>(record.minutes);
    return std::to_string(static_cast<std::int64_t>(sum)) + " min";
}

}  // namespace

std::string content_hash(crypto::DigestKind kind, std::string_view content) {
    return crypto::to_hex(crypto::hash(kind, crypto::view_of(content)));
}

std::vector<ContentDifference> content_differences(const Fact& fact, crypto::DigestKind kind,
                                                   std::string_view content) {
    std::vector<ContentDifference> differences;
    const auto& issued = fact.as<CertificateIssued>();
    auto compare = [&](const char* field, std::string sealed, std::string found) {
        if (sealed != found) {
            differences.push_back({field, std::move(sealed), std::move(found)});
        }
    };
    compare("content", issued.content, content_hash(kind, content));
    if (differences.empty()) return differences;
    auto read = from_json<CertificateContent>(content, hezhi::Reading::stored);
    if (!read) return differences;
    compare("number", in_quotes(issued.number), in_quotes(read->number));
    compare("issued_at", shown_instant(fact.occurred_at), shown_instant(read->issued_at));
    compare("person", std::to_string(fact.subject("person")), std::to_string(read->person.value));
    compare("from", shown_instant(issued.from), shown_instant(read->from));
    compare("until", shown_instant(issued.until), shown_instant(read->until));
    compare("minutes", std::to_string(issued.minutes), std::to_string(read->minutes));
    compare("records", std::to_string(issued.records), std::to_string(read->records.size()));
    compare("records", std::to_string(issued.minutes) + " min", minutes_added_up(read->records));
    return differences;
}

}  // namespace hezhi::certificates
