#include "domain/rule_packs/queries.h"
#include "domain/rule_packs/rule_packs.h"
#include "http/problem.h"
#include "http/refusals.h"

namespace hezhi::rule_packs {
namespace {

using api::Reading;
using api::Writing;
using ExchangePtr = std::shared_ptr<api::Exchange>;

struct RulePackQuery {
    std::optional<std::string> cursor;
    std::optional<api::Limit> limit;
};
BOOST_DESCRIBE_STRUCT(RulePackQuery, (), (cursor, limit))

// A proposal whose files were read before the writer's turn.
struct ReadProposal {
    std::shared_ptr<const rules::Pack> pack;
    Day effective_on;
    std::string why;
};

std::vector<rules::PackFile> pack_files(std::vector<RulePackFile> files) {
    std::vector<rules::PackFile> out;
    for (auto& file : files) out.push_back({std::move(file.name.value), std::move(file.text)});
    return out;
}

// Keeps the history alive as long as the pack is used.
std::shared_ptr<const rules::Pack> pack_in_force(const journal::Ledger& ledger) {
    const auto packs = ledger.packs();
    const auto* published = packs->in_force(ledger.clock().now());
    HEZHI_ASSERT(published != nullptr);
    return published->pack;
}

Refusal mistakes_refused(const std::vector<rules::RuleError>& errors) {
    std::vector<FieldError> fields;
    for (const auto& error : errors) {
        std::string where = error.file + ":" + std::to_string(error.line) + " " + error.key;
        fields.push_back(
            {"/files", where + "：" + error.expected_zh, where + ": " + error.expected_en});
    }
    return {refusals::pack_wrong, std::move(fields)};
}

Result<std::shared_ptr<void>> read_proposal(const RulePackDesk& desk, std::string_view body) {
    auto input = from_json<ProposeRulePack>(body.empty() ? "{}" : body);
    if (!input) return std::unexpected(input.error());
    auto day = parse_day(input->effective_on.value);
    if (!day) {
        return refuse(hezhi::refusals::invalid_input,
                      {"/effective_on", "日期，如 2026-03-05", "a day, such as 2026-03-05"});
    }
    auto pack = read_draft(desk, std::move(input->files));
    if (!pack) return std::unexpected(pack.error());
    return std::make_shared<ReadProposal>(std::move(*pack), *day, input->why.value);
}

void check_draft(const ExchangePtr& exchange, const RulePackDesk& desk) {
    auto refuse_with = [&](const Refusal& refusal) {
        exchange->reply.send(http::problem(refusal, http::language_of(exchange->request)));
    };
    if (!exchange->request.header("content-type").starts_with("application/json")) {
        return refuse_with(http::refusals::unsupported_media_type);
    }
    auto input = from_json<DraftRulePack>(exchange->request.body);
    if (!input) return refuse_with(input.error());
    auto in_force = pack_in_force(desk.ledger);
    auto draft = rules::read_pack_draft(pack_files(std::move(input->files)), *in_force);
    http::Response response;
    response.content_type = "application/json";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = to_json(check(draft, *in_force));
    exchange->reply.send(std::move(response));
}

Result<RulePackList> list(const Reading& reading, const RulePackQuery& query) {
    auto cursor = api::cursor_of(query.cursor);
    if (!cursor) return std::unexpected(cursor.error());
    std::int64_t limit = api::limit_of(query.limit);
    const auto* in_force = reading.pack();
    RulePackList page;
    reading.db.each(
        queries::listed,
        {{"before_id", cursor->value_or(api::Cursor{0, INT64_MAX}).id}, {"limit", limit + 1}},
        [&](const store::Row& row) {
            auto pack = journal::read_state<RulePackFigure>(reading.tables, row);
            bool holds = in_force && pack.state == RulePackStep::published &&
                         in_force->hash == pack.hash && in_force->effective_at == pack.effective_at;
            page.items.push_back(
                {pack.id, pack.name, pack.pack_version, pack.state, pack.effective_at, holds});
        });
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next_cursor = api::to_text({0, page.items.back().id.value});
    }
    return page;
}

Result<RulePack> one(const Reading& reading, const RulePackDesk& desk, RulePackId id) {
    auto pack = id ? reading.load<RulePackFigure>(id) : std::nullopt;
    if (!pack) return refuse(hezhi::refusals::not_found);
    return show(reading, desk, *pack);
}

// The files are parsed before the turn, which a large pack would hold too long.
api::Route propose_route(const RulePackDesk& desk) {
    auto route = api::writes<ProposeRulePack, RulePack>(
        {http::Method::post, "/rule-packs", "propose_rule_pack", "rule_pack.propose"},
        [](const Writing&, const ProposeRulePack&) -> Result<std::int64_t> {
            return refuse(hezhi::refusals::invalid_input);
        },
        [&desk](const Reading& r, std::int64_t id) { return one(r, desk, RulePackId(id)); });
    route.read_input = [&desk](std::string_view body) { return read_proposal(desk, body); };
    route.write = [&desk](const Writing& w, const std::shared_ptr<void>& input) {
        const auto& proposal = *static_cast<const ReadProposal*>(input.get());
        return propose_rule_pack(w.turn, w.caller.actor("rule_pack.propose"), desk, *proposal.pack,
                                 proposal.effective_on, proposal.why);
    };
    return route;
}

}  // namespace

Result<std::shared_ptr<const rules::Pack>> read_draft(const RulePackDesk& desk,
                                                      std::vector<RulePackFile> files) {
    auto pack = rules::read_pack_draft(pack_files(std::move(files)), *pack_in_force(desk.ledger));
    if (!pack) return std::unexpected(mistakes_refused(pack.error()));
    return std::make_shared<const rules::Pack>(std::move(*pack));
}

api::Routes routes(const RulePackDesk& desk) {
    using http::Method;
    auto render = [&desk](const Reading& r, std::int64_t id) {
        return one(r, desk, RulePackId(id));
    };
    return {
        api::reads<RulePackQuery, RulePackList>(
            {Method::get, "/rule-packs", "list_rule_packs", "rule_pack.read"},
            [](const Reading& r, const RulePackQuery& q) { return list(r, q); }),
        api::reads<api::Nothing, RulePack>(
            {Method::get, "/rule-packs/{id}", "show_rule_pack", "rule_pack.read"},
            [&desk](const Reading& r, const api::Nothing&) {
                return one(r, desk, RulePackId(r.id()));
            }),
        api::raw(
            {Method::post, "/rule-pack-checks", "check_rule_pack", "rule_pack.propose"},
            [&desk](ExchangePtr exchange) { check_draft(exchange, desk); },
            &shape_of<DraftRulePack>(), &shape_of<RulePackCheck>()),
        propose_route(desk),
        api::writes<api::Nothing, RulePack>(
            {Method::post, "/rule-packs/{id}/publication", "publish_rule_pack",
             "rule_pack.publish"},
            [](const Writing& w, const api::Nothing&) {
                return publish_rule_pack(w.turn, w.caller, RulePackId(w.id()));
            },
            render),
        api::writes<RejectRulePack, RulePack>(
            {Method::post, "/rule-packs/{id}/rejection", "reject_rule_pack", "rule_pack.reject"},
            [&desk](const Writing& w, const RejectRulePack& input) {
                return reject_rule_pack(w.turn, w.caller, desk, RulePackId(w.id()), input.reason);
            },
            render),
    };
}

}  // namespace hezhi::rule_packs
