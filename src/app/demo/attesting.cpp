// Certificates: who issues them, volunteers who ask for one on the phone or at the desk, and one
// that is revoked now and then.
#include "app/demo/part.h"
#include "domain/certificates/certificates.h"

namespace hezhi::app {
namespace {

using std::chrono::hours;

constexpr int asks_percent = 6;      // of the days, of a subdistrict's volunteers together
constexpr int at_desk_percent = 30;  // of those who ask
constexpr int revoked_percent = 2;

class Attesting final : public Part {
  public:
    explicit Attesting(Life& life)
        : Part(life), chance_(life.chance("attesting")), random_(life.settings().seed) {}

    void begin() override {
        for (const DemoStreet& street : life_.people().streets) name_issuer(street);
    }

    void morning(Day) override {
        for (const DemoStreet& street : life_.people().streets) {
            if (!chance_.in_hundred(asks_percent) || street.volunteers.empty()) continue;
            PersonId person = chance_.one_of(street.volunteers);
            bool at_desk = chance_.in_hundred(at_desk_percent);
            Instant at = life_.now() + hours(chance_.between(2, 12));
            life_.plan(at_desk ? life_.at_desk(at) : at,
                       [this, &street, person, at_desk] { issue(street, person, at_desk); });
        }
    }

    void hear(const Fact& fact) override {
        if (!fact.is<CertificateIssued>() || !chance_.in_hundred(revoked_percent)) return;
        const DemoStreet* street = life_.street_at(fact.place.path);
        if (!street) return;
        CertificateId id(fact.subject("certificate"));
        life_.plan(life_.at_desk(life_.now() + hours(24)), [this, street, id] {
            auto caller = life_.staff(street->street_staff);
            auto of = desk();
            life_.act([&](journal::Turn& turn) {
                return certificates::revoke_certificate(turn, *caller, of, id,
                                                        RevocationReason::issued_by_mistake);
            });
        });
    }

  private:
    // Chance of its own, so that the same settings give the same hash.
    certificates::CertificateDesk desk() {
        return {life_.people_register(),
                life_.installation().tree(),
                life_.installation().suite(),
                random_,
                "",
                nullptr};
    }

    void name_issuer(const DemoStreet& street) {
        const auto* area = life_.installation().tree().now()->find(street.subdistrict);
        certificates::NameIssuer input;
        input.area_id = street.subdistrict;
        input.name.value = area->name;
        input.in_charge.value = life_.words("演示负责人");
        input.handler.value = life_.words("演示经办人");
        input.contact.value = is_abroad(life_.pack()) ? "02079460000" : "0532-00000000";
        auto of = desk();
        auto caller = life_.staff(street.street_staff);
        life_.act([&](journal::Turn& turn) {
            return certificates::name_issuer(turn, *caller, of, input);
        });
    }

    // Who has not served yet is refused, as in life.
    void issue(const DemoStreet& street, PersonId person, bool at_desk) {
        certificates::IssueCertificate input;
        if (!at_desk && !life_.account_of(person)) life_.hand_out_slip(person);
        auto caller = life_.staff(at_desk ? street.street_staff : life_.account_of(person));
        if (at_desk) input.person_id = person;
        auto of = desk();
        life_.act([&](journal::Turn& turn) {
            return certificates::issue_certificate(turn, *caller, of, input);
        });
    }

    Chance chance_;
    crypto::SeededRandom random_;
};

}  // namespace

std::unique_ptr<Part> attesting(Life& life) {
    return std::make_unique<Attesting>(life);
}

}  // namespace hezhi::app
