// 出具证明
#include <algorithm>
#include <iterator>
#include <map>

#include "domain/certificates/certificate_proof.h"
#include "domain/certificates/load_certificate.h"
#include "domain/certificates/record_doubts.h"
#include "domain/certification/certification_figure.h"
#include "domain/organizations/organizations.h"

namespace hezhi::certificates {
namespace {

constexpr std::size_t salt_bytes = 16;

// Whose certificate it is, if the caller may have it issued. The staff see by it what stands in the
// register in clear, so they are asked what a reading in clear asks.
Result<people::PersonState> certified_person(journal::Turn& turn, const api::Caller& caller,
                                             std::optional<PersonId> asked) {
    PersonId id = asked.value_or(caller.person);
    const auto* found = id ? turn.load<people::PersonFigure>(id) : nullptr;
    if (!found) return refuse(hezhi::refusals::not_found);
    people::PersonState person = *found;
    if (id == caller.person) {
        if (!caller.may("certificate.issue", {.owner = caller.account})) {
            return refuse(hezhi::refusals::not_permitted);
        }
        return person;
    }
    if (!caller.may("person.read", people::access_of(person))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (!caller.may("certificate.issue", {.area_path = person.area_path})) {
        return refuse(hezhi::refusals::not_permitted);
    }
    if (auto refused = may_see_clear(turn, caller, person)) return std::unexpected(*refused);
    return person;
}

Result<IssuerState> issuer_for(journal::Turn& turn, const api::Caller& caller, bool own,
                               const IssueCertificate& input, const std::vector<HeldRecord>& held) {
    auto issuers = issuers_of(turn.db(), turn.tables(), held);
    // The staff issue for the offices of their areas; a volunteer asks whoever holds the records.
    std::erase_if(issuers, [&](const IssuerState& issuer) {
        return !own && !caller.may("certificate.issue", {.area_path = issuer.area_path});
    });
    if (!input.issuer_area_id && !input.issuer_organization_id) {
        if (issuers.empty()) return refuse(refusals::issuer_missing);
        return best_issuer(issuers, held);
    }
    auto key = issuer_key(input.issuer_area_id.value_or(AreaId()),
                          input.issuer_organization_id.value_or(OrganizationId()));
    auto asked = std::ranges::find(issuers, key, &IssuerState::id);
    if (asked == issuers.end()) return refuse(refusals::issuer_holds_nothing);
    return *asked;
}

std::string number_of(journal::Turn& turn, const rules::CertificateRules& rules, AreaId area,
                      std::int32_t year, std::int64_t serial) {
    const auto* state = turn.load<areas::AreaFigure>(area);
    HEZHI_ASSERT(state != nullptr);
    std::string number = rules.number, digits = std::to_string(serial);
    auto wanted = static_cast<std::size_t>(rules.serial_digits);
    if (digits.size() < wanted) digits.insert(0, wanted - digits.size(), '0');
    auto put = [&](std::string_view part, const std::string& value) {
        number.replace(number.find(part), part.size(), value);
    };
    // An id never looks like a division's code.
    put("{area}", state->code ? *state->code : "Q" + std::to_string(area.value));
    put("{year}", std::to_string(year));
    put("{serial}", digits);
    return number;
}

// Where each record was held, read once each.
class HolderNames {
  public:
    HolderNames(journal::Turn& turn, const CertificateDesk& desk)
        : turn_(turn), desk_(desk), areas_(desk.tree.now()) {}

    const std::string& of(const HeldRecord& held) {
        auto key = issuer_key(held.record.area, held.organization);
        auto known = names_.find(key);
        if (known == names_.end()) known = names_.emplace(key, read(held)).first;
        return known->second;
    }

  private:
    std::string read(const HeldRecord& held) {
        if (held.organization) {
            return desk_.people
                .read_text(turn_.db(), held.organization.value, organizations::text_name)
                .value_or("");
        }
        const auto* area = areas_->find(held.record.area);
        return area ? area->name : "";
    }

    journal::Turn& turn_;
    const CertificateDesk& desk_;
    std::shared_ptr<const areas::Areas> areas_;
    std::map<std::string, std::string> names_;
};

void add_records(journal::Turn& turn, const CertificateDesk& desk, const rules::Pack& pack,
                 const std::vector<HeldRecord>& held, CertificateContent& content) {
    HolderNames names(turn, desk);
    for (const auto& one : held) {
        CertifiedRecord printed{one.record.id,      one.record.starts_at, one.record.ends_at,
                                one.record.minutes, one.category,         one.category,
                                names.of(one)};
        if (const auto* category = pack.category(one.category)) {
            printed.category_zh = category->name.zh;
            printed.category_en = category->name.en;
        }
        content.minutes += one.record.minutes;
        content.records.push_back(std::move(printed));
    }
}

void add_person(journal::Turn& turn, const CertificateDesk& desk, const rules::Pack& pack,
                PersonId person, CertificateContent& content) {
    people::Clear clear = desk.people.clear(turn.db(), person);
    content.person = person;
    content.name = clear.name;
    content.document_number = clear.id_number;
    auto number = desk.people.read_text(turn.db(), person.value, people::text_volunteer_number);
    if (number) {
        content.volunteer_number = *number;
        content.volunteer_register_zh = pack.joining.volunteer_register.zh;
        content.volunteer_register_en = pack.joining.volunteer_register.en;
    }
    if (clear.id_number.empty()) return;
    content.document_zh = content.document_en = clear.id_scheme;
    if (const auto* scheme = pack.id_scheme(clear.id_scheme)) {
        content.document_zh = scheme->name.zh;
        content.document_en = scheme->name.en;
    }
}

// With the rule that gave it, since ladders differ from place to place and from year to year.
void add_star(journal::Turn& turn, const rules::Pack& pack, PersonId person,
              CertificateContent& content) {
    const auto* state = turn.load<certification::StarFigure>(person);
    if (!state || state->stars == 0) return;
    const auto* published = turn.packs().in_force(state->reached_at);
    const auto& ladder = published ? published->pack->stars.ladder : pack.stars.ladder;
    auto star = std::ranges::find(ladder, state->stars, &rules::Star::stars);
    if (star == ladder.end()) return;
    content.star_zh = star->name.zh + "（" + star->clause.says.zh + "）";
    content.star_en = star->name.en + " (" + star->clause.says.en + ")";
}

// What is left out because of an objection or a revocation; what is yet to be decided comes first.
std::vector<HeldRecord> doubted_of(const std::vector<HeldRecord>& held) {
    std::vector<HeldRecord> doubted;
    std::ranges::copy_if(held, std::back_inserter(doubted),
                         [](const HeldRecord& one) { return one.doubt != Doubt::none; });
    std::ranges::stable_sort(doubted, {}, &HeldRecord::doubt);
    return doubted;
}

// The valid certificate that says all of this already. Its number, its day and its random bytes are
// its own.
std::optional<CertificateState> same_certificate(journal::Turn& turn, const CertificateDesk& desk,
                                                 const IssuerState& issuer,
                                                 CertificateContent content) {
    for (const auto& other : valid_of(turn.db(), turn.tables(), content.person)) {
        bool alike = other.area == issuer.area && other.organization == issuer.organization &&
                     other.from_at == content.from && other.until_at == content.until &&
                     other.minutes == content.minutes &&
                     other.records == std::ssize(content.records);
        if (!alike) continue;
        auto printed = content_of(turn.db(), desk.people, other);
        if (!printed) continue;
        content.salt = printed->salt;
        content.number = printed->number;
        content.issued_at = printed->issued_at;
        if (to_json(content) == to_json(*printed)) return other;
    }
    return std::nullopt;
}

// The staff take the paper by it, as who issued it anew would.
Result<std::int64_t> hand_out_again(journal::Turn& turn, const api::Caller& caller, bool own,
                                    const CertificateDesk& desk,
                                    const CertificateState& certificate) {
    const rules::CertificateRules& rules = turn.pack()->pack->certificates;
    if (own || took_it_lately(certificate, caller.account, rules, turn.now())) {
        return certificate.id.value;
    }
    return print_certificate(turn, caller, desk, certificate.id);
}

// The handler is who issues at the desk; for who asks on the phone it is the issuer's.
void add_issuer(journal::Turn& turn, const api::Caller& caller, bool own,
                const CertificateDesk& desk, const IssuerState& issuer,
                CertificateContent& content) {
    auto text = [&](std::string_view field) {
        return desk.people.read_text(turn.db(), issuer.issuer.value, field).value_or("");
    };
    content.issuer_name = text(text_issuer_name);
    content.in_charge = text(text_in_charge);
    content.contact = text(text_contact);
    content.handler = own ? text(text_handler) : desk.people.name(turn.db(), caller.person);
}

}  // namespace

Result<std::int64_t> issue_certificate(journal::Turn& turn, const api::Caller& caller,
                                       const CertificateDesk& desk, const IssueCertificate& input) {
    auto person = certified_person(turn, caller, input.person_id);
    if (!person) return std::unexpected(person.error());
    if (person->erased) return refuse(people::refusals::person_erased);
    auto span = api::days_of(input.from, input.until);
    if (!span) return std::unexpected(span.error());
    bool own = person->id == caller.person;
    bool noted = input.other_notes && !input.other_notes->value.empty();
    if (own && noted) return refuse(refusals::own_certificate_notes);
    auto held = held_records(turn.db(), turn.tables(), desk.people, person->id, span->from,
                             span->until, turn.now());
    const auto doubted = doubted_of(held);
    std::erase_if(held, [](const HeldRecord& one) { return !one.certifiable; });
    if (held.empty() && doubted.empty()) return refuse(refusals::nothing_to_certify);
    if (held.empty()) return refuse(issue_refused(doubted.front().doubt));
    auto issuer = issuer_for(turn, caller, own, input, held);
    if (!issuer) {
        bool in_doubt = !doubted.empty() && issuer_for(turn, caller, own, input, doubted);
        if (in_doubt) return refuse(issue_refused(doubted.front().doubt));
        return std::unexpected(issuer.error());
    }
    std::erase_if(held, [&](const HeldRecord& one) { return !holds_record(*issuer, one); });
    const rules::PublishedPack* pack = turn.pack();
    const rules::CertificateRules& rules = pack->pack->certificates;
    if (std::ssize(held) > rules.records_max) return refuse(refusals::certificate_too_long);

    CertificateContent content;
    add_person(turn, desk, *pack->pack, person->id, content);
    if (content.document_number.empty() && rules.document == rules::CertificateDocument::required) {
        return refuse(refusals::document_missing);
    }
    add_star(turn, *pack->pack, person->id, content);
    add_records(turn, desk, *pack->pack, held, content);
    add_issuer(turn, caller, own, desk, *issuer, content);
    if (noted) content.other_notes = input.other_notes->value;
    content.from = input.from ? span->from : start_of(day_of(content.records.front().starts_at));
    content.until =
        input.until ? span->until : start_of(day_of(content.records.back().starts_at) + 1);
    if (auto same = same_certificate(turn, desk, *issuer, content)) {
        return hand_out_again(turn, caller, own, desk, *same);
    }
    CertificateIssued issued;
    issued.year = day_of(turn.now()).year();
    const auto* numbers = turn.load<NumberFigure>(number_key(issuer->area, issued.year));
    issued.serial = numbers ? numbers->serial + 1 : 1;
    issued.number = number_of(turn, rules, issuer->area, issued.year, issued.serial);
    issued.from = content.from;
    issued.until = content.until;
    issued.minutes = content.minutes;
    issued.records = std::ssize(content.records);
    issued.pack = pack->hash;
    // The day of the issue does not count and the last day counts whole.
    if (rules.posted_days > 0) {
        issued.posted_until = start_of(day_of(turn.now()) + rules.posted_days + 1);
    }
    content.number = issued.number;
    content.issued_at = turn.now();
    content.salt = crypto::to_hex(desk.random.bytes(salt_bytes));
    std::string printed = to_json(content);
    // The same hash as the seals', so that a proof says which it is.
    auto hash = journal::seal_hash(journal::seal_hash_name(desk.suite.name()));
    issued.content = content_hash(*hash, printed);
    CertificateId id(turn.next_position());
    desk.people.write_text(turn.db(), person->id.value, content_field(id), printed);
    Subjects subjects{
        {"certificate", self}, {"issuer", issuer->issuer.value}, {"person", person->id.value}};
    if (issuer->organization) subjects["organization"] = issuer->organization.value;
    return turn.append(draft(issued, caller.actor("certificate.issue"),
                             {issuer->area, issuer->area_path}, subjects, turn.now()));
}

}  // namespace hezhi::certificates
