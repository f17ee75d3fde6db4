// For the tests of this folder: a router with a few routes about boxes on a real ledger, and a
// browser that asks it in process.
#pragma once

#include <boost/json.hpp>
#include <sstream>

#include "api/paging.h"
#include "api/router.h"
#include "journal/test_figures.h"

namespace hezhi::api {

inline constexpr RefusalRow box_full{"box_full", 409, "箱子已满。", "The box is full."};

struct NewBox {
    Text<1, 10> label;
    std::optional<Bounded<1, 100>> room;
};
BOOST_DESCRIBE_STRUCT(NewBox, (), (label, room))

struct Filling {
    Bounded<1, 50> amount;
};
BOOST_DESCRIBE_STRUCT(Filling, (), (amount))

struct BoxesQuery {
    journal::Colour colour = journal::Colour::green;
    std::optional<std::string> cursor;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(BoxesQuery, (), (colour, cursor, limit))

struct BoxPage {
    std::int64_t id = 0;
    std::string label;
    std::int64_t amount = 0;
    std::optional<std::int64_t> room;
};
BOOST_DESCRIBE_STRUCT(BoxPage, (), (id, label, amount, room))

struct BoxList {
    std::vector<BoxPage> boxes;
    std::int64_t limit = 0;
};
BOOST_DESCRIBE_STRUCT(BoxList, (), (boxes, limit))

// One answer, or none yet.
class Answers final : public http::ReplyChannel {
  public:
    void send(http::Response response) override {
        std::lock_guard lock(mutex_);
        responses_.push_back(std::move(response));
        arrived_.notify_all();
    }
    std::shared_ptr<http::EventStream> open_stream() override { return nullptr; }

    std::size_t count() const {
        std::lock_guard lock(mutex_);
        return responses_.size();
    }
    const http::Response& wait() const {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return !responses_.empty(); });
        return responses_.front();
    }
    int status() const { return wait().status; }
    boost::json::object json() const { return boost::json::parse(wait().body).as_object(); }
    std::string code() const { return std::string(json().at("code").as_string()); }
    std::string header(std::string_view name) const {
        for (const auto& [key, value] : wait().headers) {
            if (http::equal_ignoring_case(key, name)) return value;
        }
        return {};
    }
    // The fields with errors, in order.
    std::vector<std::string> fields() const {
        std::vector<std::string> names;
        const auto problem = json();
        for (const auto& error : problem.at("errors").as_array()) {
            names.emplace_back(error.at("field").as_string());
        }
        return names;
    }

  private:
    mutable std::mutex mutex_;
    mutable std::condition_variable arrived_;
    std::vector<http::Response> responses_;
};

struct Ask {
    std::string account;  // of `callers`; empty: nobody is signed in
    Audience audience = Audience::office;
    std::vector<std::pair<std::string, std::string>> headers;
};

class BoxRoutes : public journal::Boxes {
  protected:
    // Account 1 may do everything, 2 holds nothing, 3 may read in another area.
    static CallerPtr caller(const std::string& account) {
        if (account.empty()) return nullptr;
        auto made = std::make_shared<Caller>();
        made->account = AccountId(std::stoll(account));
        if (account == "2") return made;
        std::string path = account == "3" ? "/1/9/" : "/1/3/";
        for (auto permission : {"box.read", "box.open", "box.fill"}) {
            made->held.push_back({permission, Scope::area, path});
        }
        return made;
    }

    void SetUp() override { make_router(); }
    void TearDown() override { ledger->stop(); }

    void make_router() {
        router = std::make_unique<Router>(
            routes(), *ledger,
            [](const http::Request& request) {
                return caller(std::string(request.header("x-account")));
            },
            metrics, log);
    }
    void reopen(journal::LedgerOptions options) {
        ledger = open_ledger(options);
        make_router();
    }

    static http::Request request(http::Method method, std::string path, std::string body,
                                 const Ask& ask) {
        http::Request made;
        made.method = method;
        if (auto mark = path.find('?'); mark != std::string::npos) {
            std::istringstream parts(path.substr(mark + 1));
            for (std::string part; std::getline(parts, part, '&');) {
                auto equals = part.find('=');
                made.query.emplace_back(part.substr(0, equals), part.substr(equals + 1));
            }
            path.resize(mark);
        }
        made.path = std::move(path);
        made.body = std::move(body);
        made.headers.add("Host", "hezhi.test");
        if (!made.body.empty()) made.headers.add("Content-Type", "application/json");
        if (!ask.account.empty()) made.headers.add("X-Account", ask.account);
        for (const auto& [name, value] : ask.headers) made.headers.add(name, value);
        return made;
    }

    std::shared_ptr<Answers> send(http::Method method, std::string path, std::string body = "",
                                  const Ask& ask = {"1"}) {
        auto answers = std::make_shared<Answers>();
        router->handle(request(method, std::move(path), std::move(body), ask), http::Reply(answers),
                       ask.audience);
        return answers;
    }
    std::shared_ptr<Answers> get(std::string path, const Ask& ask = {"1"}) {
        return send(http::Method::get, std::move(path), "", ask);
    }
    std::shared_ptr<Answers> post(std::string path, std::string body, const Ask& ask = {"1"}) {
        return send(http::Method::post, std::move(path), std::move(body), ask);
    }
    Ask with_key(std::string key, std::string account = "1") {
        return {std::move(account), Audience::office, {{"Idempotency-Key", std::move(key)}}};
    }

    static Result<BoxPage> page(const Reading& reading, std::int64_t id) {
        auto box = reading.load<journal::BoxFigure>(id);
        if (!box || !reading.caller.may("box.read", {.area_path = "/1/3/7/"})) {
            return refuse(hezhi::refusals::not_found);
        }
        return BoxPage{id, box->label, box->amount, box->room};
    }

    Result<std::int64_t> fill(const Writing& writing, std::int64_t id, std::int64_t amount) {
        auto* box = writing.turn.load<journal::BoxFigure>(id);
        if (!box) return refuse(hezhi::refusals::not_found);
        if (box->room && box->amount + amount > *box->room) return refuse(box_full);
        writing.turn.append(filled(id, static_cast<std::int32_t>(amount)));
        return id;
    }

    Routes routes() {
        using http::Method;
        auto rendered = [](const Reading& reading, std::int64_t id) { return page(reading, id); };
        Routes all;
        all.push_back(reads<BoxesQuery, BoxList>(
            {Method::get, "/boxes", "list_boxes", anyone_signed_in},
            [](const Reading&, const BoxesQuery& query) -> Result<BoxList> {
                auto cursor = cursor_of(query.cursor);
                if (!cursor) return std::unexpected(cursor.error());
                return BoxList{{}, limit_of(query.limit)};
            }));
        all.push_back(reads<Nothing, BoxPage>(
            {Method::get, "/boxes/{id}", "read_box", "box.read"},
            [](const Reading& reading, const Nothing&) { return page(reading, reading.id()); }));
        all.push_back(
            reads<Nothing, BoxList>({Method::get, "/boxes/mine", "list_my_boxes", anyone_signed_in},
                                    [](const Reading&, const Nothing&) -> Result<BoxList> {
                                        return BoxList{{}, -1};
                                    }));
        all.push_back(reads<Nothing, Nothing>(
            {Method::get, "/notice", "read_notice", nobody_signed_in, Audience::everyone},
            [](const Reading& reading, const Nothing&) -> Result<Nothing> {
                EXPECT_EQ(reading.caller.via, Via::link);
                return Nothing{};
            }));
        all.push_back(
            reads<Nothing, Nothing>({Method::get, "/broken", "read_broken", nobody_signed_in},
                                    [](const Reading&, const Nothing&) -> Result<Nothing> {
                                        throw std::runtime_error("张三's secret");
                                    }));
        all.push_back(writes<NewBox, BoxPage>(
            {Method::post, "/boxes", "open_box", "box.open"},
            [this](const Writing& writing, const NewBox& input) -> Result<std::int64_t> {
                ++runs;
                std::optional<std::int64_t> room;
                if (input.room) room = input.room->value;
                return writing.turn.append(opened(input.label.value, room));
            },
            rendered));
        all.push_back(writes<NewBox, BoxPage>(
            {Method::post, "/sealed-boxes", "open_sealed_box", "box.open", Audience::office, true},
            [this](const Writing& writing, const NewBox& input) -> Result<std::int64_t> {
                return writing.turn.append(opened(input.label.value, std::nullopt));
            },
            rendered));
        all.push_back(writes<Filling, BoxPage>(
            {Method::post, "/boxes/{id}/filling", "fill_box", "box.fill"},
            [this](const Writing& writing, const Filling& input) {
                return fill(writing, writing.id(), input.amount.value);
            },
            rendered));
        all.push_back(writes<Filling, Nothing>(
            {Method::post, "/links/{token}/filling", "fill_by_link", nobody_signed_in,
             Audience::everyone},
            [this](const Writing& writing, const Filling& input) {
                return fill(writing, std::stoll(std::string(writing.capture())),
                            input.amount.value);
            },
            [](const Reading&, std::int64_t) -> Result<Nothing> { return Nothing{}; }));
        all.push_back(writes<Nothing, BoxPage>(
            {Method::put, "/boxes/{id}/place", "place_box", "box.fill"},
            [](const Writing& writing, const Nothing&) -> Result<std::int64_t> {
                return writing.id();  // it stands there already
            },
            rendered));
        all.push_back(writes<Nothing, Nothing>(
            {Method::post, "/broken", "break_box", "box.open"},
            [this](const Writing& writing, const Nothing&) -> Result<std::int64_t> {
                writing.turn.append(opened("never"));
                throw std::runtime_error("张三's secret");
            },
            [](const Reading&, std::int64_t) -> Result<Nothing> { return Nothing{}; }));
        all.push_back(writes<Nothing, Nothing>(
            {Method::post, "/unrenderable", "open_unrenderable", "box.open"},
            [this](const Writing& writing, const Nothing&) -> Result<std::int64_t> {
                return writing.turn.append(opened("x"));
            },
            [](const Reading&, std::int64_t) -> Result<Nothing> {
                throw std::runtime_error("张三's secret");
            }));
        all.push_back(raw({Method::post, "/dropped", "drop_it", nobody_signed_in},
                          [](std::shared_ptr<Exchange>) {}));
        return all;
    }

    http::Metrics metrics;
    std::ostringstream lines;
    http::Log log{clock, http::LogLevel::info, lines};
    std::unique_ptr<Router> router;
    std::atomic<int> runs = 0;
};

}  // namespace hezhi::api
