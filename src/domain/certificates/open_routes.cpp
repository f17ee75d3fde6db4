// The check page, which anybody may ask and nobody may guess through; and the paper itself.
#include "domain/certificates/load_certificate.h"
#include "domain/certificates/press.h"
#include "domain/certificates/record_doubts.h"
#include "http/problem.h"
#include "http/refusals.h"

namespace hezhi::certificates {
namespace {

using ExchangePtr = std::shared_ptr<api::Exchange>;

struct CheckQuery {
    std::optional<std::string> code;
};
BOOST_DESCRIBE_STRUCT(CheckQuery, (), (code))

void answer_problem(const api::Exchange& exchange, const Refusal& refusal) {
    exchange.reply.send(http::problem(refusal, http::language_of(exchange.request)));
}

void answer_bytes(const api::Exchange& exchange, std::string type, std::string body,
                  std::string_view file_name = {}) {
    http::Response response;
    response.content_type = std::move(type);
    response.headers.emplace_back("Cache-Control", "no-store");
    if (!file_name.empty()) {
        response.headers.emplace_back("Content-Disposition",
                                      "inline; filename=\"" + std::string(file_name) + "\"");
    }
    response.body = std::move(body);
    exchange.reply.send(std::move(response));
}

void check_by_paper(const CertificateDesk& desk, journal::Ledger& ledger,
                    const api::Exchange& exchange) {
    if (desk.check_attempts) {
        auto wait = desk.check_attempts->refused_for(
            http::address_key(exchange.request.remote_address), ledger.clock().now());
        if (wait) {
            auto response = http::problem(http::refusals::too_many_requests,
                                          http::language_of(exchange.request));
            auto seconds = std::chrono::ceil<std::chrono::seconds>(*wait);
            response.headers.emplace_back("Retry-After", std::to_string(seconds.count()));
            return exchange.reply.send(std::move(response));
        }
    }
    CheckQuery query;
    std::vector<FieldError> errors;
    if (!api::read_query(shape_of<CheckQuery>(), exchange.request, &query, errors)) {
        return answer_problem(exchange, Refusal(hezhi::refusals::invalid_input, errors));
    }
    auto db = ledger.read();
    auto check = check_certificate(*db, ledger.tables(), desk, exchange.captures.at(0),
                                   query.code.value_or(""));
    if (!check) return answer_problem(exchange, check.error());
    answer_bytes(exchange, "application/json", to_json(*check));
}

// Reads here, draws on the press.
void send_paper(const CertificateDesk& desk, journal::Ledger& ledger, Press& press,
                const ExchangePtr& exchange) {
    auto db = ledger.read();
    api::Reading reading{*db,
                         *exchange->caller,
                         ledger.tables(),
                         ledger.packs(),
                         ledger.clock().now(),
                         exchange->captures};
    bool english = http::language_of(exchange->request) == "en";
    auto paper = paper_of(reading, desk, CertificateId(reading.id()), english);
    if (!paper) return answer_problem(*exchange, paper.error());
    bool taken = press.submit([exchange, paper = std::move(*paper)] {
        try {
            auto pdf = certificate_pdf(paper);
            if (!pdf) return answer_problem(*exchange, pdf.error());
            answer_bytes(*exchange, "application/pdf", std::move(*pdf),
                         paper.content.number + ".pdf");
        } catch (const std::exception&) {
            answer_problem(*exchange, http::refusals::internal_error);
        }
    });
    if (!taken) answer_problem(*exchange, http::refusals::unavailable);
}

}  // namespace

std::optional<Refusal> paper_refused(const api::Reading& reading, const CertificateDesk& desk,
                                     const CertificateState& certificate) {
    if (certificate.state == CertificateStep::revoked) {
        return Refusal(refusals::certificate_revoked);
    }
    if (certificate.state == CertificateStep::held) return Refusal(refusals::certificate_held);
    if (auto doubt = held_with(reading.db, reading.tables, desk.people, certificate)) {
        return Refusal(use_refused(doubt->why));
    }
    if (reading.caller.person == certificate.person) return std::nullopt;
    const rules::CertificateRules& rules = reading.pack()->pack->certificates;
    if (took_it_lately(certificate, reading.caller.account, rules, reading.now)) {
        return std::nullopt;
    }
    return Refusal(refusals::printing_not_noted);
}

Result<CertificatePaper> paper_of(const api::Reading& reading, const CertificateDesk& desk,
                                  CertificateId id, bool english) {
    auto found = id ? reading.load<CertificateFigure>(id) : std::nullopt;
    if (!found || !reading.caller.may("certificate.read", access_of(*found, reading.caller))) {
        return refuse(hezhi::refusals::not_found);
    }
    if (auto refused = paper_refused(reading, desk, *found)) return std::unexpected(*refused);
    auto content = content_of(reading.db, desk.people, *found);
    if (!content) return refuse(refusals::certificate_erased);
    const rules::Words& title = reading.packs->in_force(found->issued_at)->pack->certificates.title;
    CertificatePaper paper;
    paper.content = std::move(*content);
    paper.title = english ? title.en : title.zh;
    paper.link = check_link(desk, *found);
    paper.id = found->id;
    paper.content_hash = found->content;
    paper.english = english;
    return paper;
}

api::Routes open_routes(const CertificateDesk& desk, journal::Ledger& ledger) {
    using http::Method;
    constexpr auto everyone = api::Audience::everyone;
    auto check = api::raw(
        {Method::get, "/certificate-checks/{number}", "check_certificate", api::nobody_signed_in,
         everyone},
        [&desk, &ledger](ExchangePtr exchange) { check_by_paper(desk, ledger, *exchange); },
        nullptr, &shape_of<CertificateCheck>());
    check.query = &shape_of<CheckQuery>();
    auto press = std::make_shared<Press>();
    auto paper = api::raw(
        {Method::get, "/certificates/{id}/paper", "show_paper", "certificate.read", everyone},
        [&desk, &ledger, press](ExchangePtr exchange) {
            send_paper(desk, ledger, *press, exchange);
        });
    return {std::move(check), std::move(paper)};
}

}  // namespace hezhi::certificates
