// Certificates: states × actions × roles × how the caller stands to them. The table is written by
// hand, not taken from the actions.
#include "api/matrix.h"

#include "domain/certificates/certificates.h"
#include "domain/records/records.h"

namespace hezhi {
namespace {

using testing::holds;
using testing::Standing;

// "+": the state must allow it.
constexpr std::string_view certificate_table = R"(
action             valid revoked held
print_certificate    +      -      -
revoke_certificate   +      -      +
settle_objection     -      -      +
)";

constexpr std::string_view objection_table = R"(
action             valid revoked held
raise_objection      +      -      -
)";

constexpr Standing certificate_standings[] = {Standing::inside, Standing::outside, Standing::own};

class CertificateMatrix : public testing::MatrixWorld {
  protected:
    api::Caller caller(std::string_view role, Standing standing) {
        api::Caller made;
        made.account = AccountId(999999);
        made.person = standing == Standing::own ? zhang.person : street_staff->person;
        AreaId area = standing == Standing::outside ? other_district : subdistrict;
        made.roles = {{std::string(role), area, path_of(area)}};
        made.held = accounts::held_by(made.roles);
        if (standing == Standing::own) {
            std::erase_if(made.held,
                          [](const api::Held& held) { return held.scope == api::Scope::area; });
        }
        return made;
    }
    certificates::NameIssuer community_office() {
        certificates::NameIssuer input;
        input.area_id = community;
        input.name.value = "顾家岛社区居民委员会";
        input.in_charge.value = "王主任";
        input.handler.value = "李干事";
        input.contact.value = "0532-00000000";
        return input;
    }
    // An hour on each of three days.
    void serve() {
        for (int day = 0; day < 3; ++day) {
            clock.set(start_of(day_of(clock.now()) + 1) + std::chrono::hours(20));
            records::EnterRecord input;
            input.person_id = zhang.person;
            input.category.value = "environment_clean_up";
            input.starts_at = clock.now() - std::chrono::hours(2);
            input.ends_at = clock.now() - std::chrono::hours(1);
            input.unpaid = true;
            act([&](journal::Turn& turn) {
                return records::enter_record(turn, *social_worker, record_desk, input);
            }).value();
        }
        act([&](journal::Turn& turn) {
            return certificates::name_issuer(turn, *street_staff, certificate_desk,
                                             community_office());
        }).value();
    }
    // Over one day each, since an objection is to the records.
    CertificateId issue(int days_ago) {
        certificates::IssueCertificate input;
        input.from = input.until =
            to_string(day_of(clock.now() - std::chrono::hours(24 * days_ago)));
        return CertificateId(act([&](journal::Turn& turn) {
                                 return certificates::issue_certificate(turn, *zhang.caller,
                                                                        certificate_desk, input);
                             }).value());
    }
    Result<std::int64_t> run(std::string_view action, journal::Turn& turn, const api::Caller& who,
                             CertificateId id) {
        if (action == "print_certificate")
            return certificates::print_certificate(turn, who, certificate_desk, id);
        if (action == "revoke_certificate") {
            return certificates::revoke_certificate(turn, who, certificate_desk, id,
                                                    RevocationReason::issued_by_mistake);
        }
        if (action == "raise_objection") {
            return certificates::raise_objection(turn, who, certificate_desk, id,
                                                 {Text<1, 500>("时长不对"), std::nullopt});
        }
        if (action == "settle_objection") {
            return certificates::settle_objection(turn, who, certificate_desk, id,
                                                  {false, Text<1, 500>("已核对"), std::nullopt});
        }
        throw std::runtime_error("add the action " + std::string(action) + " to this test");
    }
    std::map<std::string, CertificateId> one_of_each() {
        std::map<std::string, CertificateId> all{
            {"valid", issue(0)}, {"revoked", issue(1)}, {"held", issue(2)}};
        act([&](journal::Turn& turn) {
            return run("revoke_certificate", turn, *street_staff, all["revoked"]);
        }).value();
        act([&](journal::Turn& turn) {
            return run("raise_objection", turn, *liu.caller, all["held"]);
        }).value();
        return all;
    }
    static std::string refused_in(std::string_view action, std::string_view state) {
        if (action == "settle_objection") return "no_objection";
        return state == "held" ? "certificate_held" : "certificate_revoked";
    }
    static std::string said(std::string_view action, std::string_view role, Standing standing) {
        return std::string(action) + " by " + std::string(role) + ", " +
               std::string(label_of(standing));
    }
};
HEZHI_ON_BOTH_ENGINES(CertificateMatrix);

TEST_P(CertificateMatrix, OfCertificatesAnswersEveryoneAsTheTablesSay) {
    serve();
    auto all = one_of_each();
    const std::map<std::string, std::string> permissions{
        {"print_certificate", "certificate.print"},
        {"revoke_certificate", "certificate.revoke"},
        {"settle_objection", "objection.settle"}};
    int reached = 0;
    for (const auto& [action, row] : testing::read_table(certificate_table)) {
        const std::string& permission = permissions.at(action);
        for (const auto& role : accounts::roles()) {
            for (Standing standing : certificate_standings) {
                api::Caller who = caller(role.key, standing);
                for (const auto& [state, id] : all) {
                    std::string outcome = outcome_of(
                        [&, id = id](journal::Turn& turn) { return run(action, turn, who, id); });
                    std::string which = said(action, role.key, standing) + " on " + state;
                    if (!holds(role.key, "certificate.read", standing)) {
                        EXPECT_EQ(outcome, "not_found") << which;
                    } else if (!holds(role.key, permission, standing)) {
                        EXPECT_EQ(outcome, "not_permitted") << which;
                    } else if (!row.at(state)) {
                        EXPECT_EQ(outcome, refused_in(action, state)) << which;
                    } else {
                        EXPECT_EQ(outcome, "done") << which;
                        ++reached;
                    }
                }
            }
        }
    }
    EXPECT_EQ(reached, 9) << "three roles print, two revoke in two states, two decide";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

// A volunteer objects to what is posted to her (certificates_test), the staff to what they read.
TEST_P(CertificateMatrix, OfObjectionsAnswersEveryoneAsTheTablesSay) {
    serve();
    auto all = one_of_each();
    int reached = 0;
    for (const auto& [action, row] : testing::read_table(objection_table)) {
        for (const auto& role : accounts::roles()) {
            for (Standing standing : certificate_standings) {
                api::Caller who = caller(role.key, standing);
                for (const auto& [state, id] : all) {
                    std::string outcome = outcome_of(
                        [&, id = id](journal::Turn& turn) { return run(action, turn, who, id); });
                    std::string which = said(action, role.key, standing) + " on " + state;
                    bool may = holds(role.key, "objection.raise", standing);
                    std::string expected = !may                        ? "not_found"
                                           : standing == Standing::own ? "own_certificate"
                                           : row.at(state)             ? "done"
                                                                       : refused_in(action, state);
                    EXPECT_EQ(outcome, expected) << which;
                    if (outcome == "done") ++reached;
                }
            }
        }
    }
    EXPECT_EQ(reached, 4) << "four roles of the staff";
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

TEST_P(CertificateMatrix, OfIssuingAndIssuersAnswersEveryoneAsThePermissionsSay) {
    serve();
    for (const auto& role : accounts::roles()) {
        for (Standing standing : certificate_standings) {
            api::Caller who = caller(role.key, standing);
            bool own = standing == Standing::own;
            std::string outcome = outcome_of([&](journal::Turn& turn) {
                certificates::IssueCertificate input;
                if (!own) input.person_id = zhang.person;
                return certificates::issue_certificate(turn, who, certificate_desk, input);
            });
            std::string which = said("issue_certificate", role.key, standing);
            if (!own && !holds(role.key, "person.read", standing)) {
                EXPECT_EQ(outcome, "not_found") << which;
            } else if (!holds(role.key, "certificate.issue", standing)) {
                EXPECT_EQ(outcome, "not_permitted") << which;
            } else {
                EXPECT_EQ(outcome, "done") << which;
            }
            outcome = outcome_of([&](journal::Turn& turn) {
                return certificates::name_issuer(turn, who, certificate_desk, community_office());
            });
            EXPECT_EQ(outcome, holds(role.key, "issuer.name", standing) ? "done" : "area_unknown")
                << said("name_issuer", role.key, standing);
        }
    }
    EXPECT_EQ(differences(), std::vector<journal::Difference>{}) << "nothing of it was kept";
}

}  // namespace
}  // namespace hezhi
