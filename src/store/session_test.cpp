// What holds on both engines.
#include "store/session.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/assert.h"
#include "support/engines.h"

namespace hezhi::store {
namespace {

using Kind = StoreError::Kind;

constexpr std::string_view schema = R"sql(
    CREATE TABLE shelves (id {integer} NOT NULL PRIMARY KEY) {strict};
    CREATE TABLE books (
        id {integer} NOT NULL PRIMARY KEY,
        title TEXT UNIQUE,
        cover {bytes},
        pages {integer} NOT NULL CHECK (pages >= 0),
        shelf {integer} REFERENCES shelves (id)
    ) {strict};
)sql";

constexpr Query add_book{"test.add_book",
                         "INSERT INTO books (id, title, cover, pages, shelf)"
                         " VALUES (:id, :title, :cover, :pages, :shelf)"};
constexpr Query book{"test.book", "SELECT * FROM books WHERE id = :id"};
constexpr Query all_books{"test.all_books", "SELECT id, title FROM books ORDER BY id"};
constexpr Query count_books{"test.count_books", "SELECT count(*) AS n FROM books"};

std::vector<Param> plain_book(std::int64_t id, Value title = nullptr, std::int64_t pages = 1) {
    return {{"id", id}, {"title", title}, {"cover", nullptr}, {"pages", pages}, {"shelf", nullptr}};
}

template <class Act>
StoreError error_of(Act act) {
    try {
        act();
    } catch (const StoreError& error) {
        return error;
    }
    throw std::runtime_error("no StoreError was thrown");
}

class Sessions : public testing::OnBothEngines {
  protected:
    Sessions() : session(database->connect()) { session->script(schema); }

    std::int64_t count() { return session->row(count_books)->integer("n"); }

    std::unique_ptr<Session> session;
};

HEZHI_ON_BOTH_ENGINES(Sessions);

TEST_P(Sessions, EveryTypeComesBackAsItWent) {
    Bytes cover(256);
    for (std::size_t i = 0; i < cover.size(); ++i) cover[i] = static_cast<std::uint8_t>(i);
    const std::string title = "𬱖㐂·古丽·𠮷 'quoted' \\ % \n";
    session->write(add_book, {{"id", std::numeric_limits<std::int64_t>::min()},
                              {"title", title},
                              {"cover", cover},
                              {"pages", std::numeric_limits<std::int64_t>::max()},
                              {"shelf", std::optional<std::int64_t>()}});
    auto found = session->row(book, {{"id", std::numeric_limits<std::int64_t>::min()}});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->integer("id"), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(found->text("title"), title);
    EXPECT_EQ(found->bytes("cover"), cover);
    EXPECT_EQ(found->integer("pages"), std::numeric_limits<std::int64_t>::max());
    EXPECT_TRUE(found->is_null("shelf"));
    EXPECT_EQ(found->integer_or_null("shelf"), std::nullopt);
}

TEST_P(Sessions, NoBytesAreNotNull) {
    session->write(
        add_book,
        {{"id", 1}, {"title", nullptr}, {"cover", Bytes()}, {"pages", 1}, {"shelf", nullptr}});
    auto found = session->row(book, {{"id", 1}});
    EXPECT_FALSE(found->is_null("cover"));
    EXPECT_TRUE(found->bytes("cover").empty());
    EXPECT_EQ(found->text_or_empty("title"), "");
}

TEST_P(Sessions, ANullKnowsItsTypeWhereTheServerCannot) {
    session->write(add_book, plain_book(1));
    constexpr Query query{"test.maybe",
                          "SELECT id FROM books WHERE :pages IS NULL OR :title IS NULL"};
    auto with = [&](std::optional<std::int64_t> pages, std::optional<std::string> title) {
        return session->rows(query, {{"pages", pages}, {"title", title}}).size();
    };
    EXPECT_EQ(with(std::nullopt, std::nullopt), 1u);
    EXPECT_EQ(with(5, "x"), 0u);
    EXPECT_EQ(with(5, std::nullopt), 1u);
}

TEST_P(Sessions, AParameterMayBeNullFirstAndAValueLater) {
    session->write(add_book, plain_book(1, nullptr));
    session->write(add_book, plain_book(2, "红楼梦"));
    session->write(add_book, plain_book(3, nullptr));
    EXPECT_EQ(session->row(book, {{"id", 2}})->text("title"), "红楼梦");
    EXPECT_TRUE(session->row(book, {{"id", 3}})->is_null("title"));
}

TEST_P(Sessions, CountsSumsAndComparisonsAreIntegers) {
    session->write(add_book, plain_book(1, nullptr, 40));
    session->write(add_book, plain_book(2, nullptr, 2));
    auto sums = session->row({"test.sums",
                              "SELECT count(*) AS n, sum(pages) AS pages, max(pages) > 10 AS thick"
                              " FROM books"});
    EXPECT_EQ(sums->integer("n"), 2);
    EXPECT_EQ(sums->integer("pages"), 42);
    EXPECT_EQ(sums->integer("thick"), 1);
}

TEST_P(Sessions, TextIsOrderedByItsBytesAndLikeTellsCapitals) {
    std::int64_t id = 0;
    for (const char* title : {"b", "A", "a", "王", "张", "B"}) {
        session->write(add_book, plain_book(++id, title));
    }
    std::string order;
    session->each({"test.order", "SELECT title FROM books ORDER BY title"}, {},
                  [&](const Row& row) { order += row.text(0); });
    EXPECT_EQ(order, "ABab张王");
    auto like = session->rows({"test.like", "SELECT id FROM books WHERE title LIKE 'a%'"});
    EXPECT_EQ(like.size(), 1u);
}

TEST_P(Sessions, TextWithNulIsRefusedAndEmptyTextIsAnAssertion) {
    std::string secret("张三\0丰", 10);
    auto error = error_of([&] { session->write(add_book, plain_book(1, secret)); });
    EXPECT_EQ(error.kind, Kind::check);
    EXPECT_EQ(std::string(error.what()).find("张三"), std::string::npos);
    EXPECT_THROW(session->write(add_book, plain_book(1, std::string())), BrokenInvariant);
    EXPECT_EQ(count(), 0);
    session->write(add_book, plain_book(1, text_or_null("")));
    EXPECT_EQ(count(), 1);
}

TEST_P(Sessions, AMissingOrSurplusParameterIsAnAssertion) {
    EXPECT_THROW(session->rows(book), BrokenInvariant);
    EXPECT_THROW(session->rows(book, {{"id", 1}, {"other", 2}}), BrokenInvariant);
    EXPECT_EQ(count(), 0);
}

TEST_P(Sessions, AWrongColumnOrTypeIsAnAssertion) {
    session->write(add_book, plain_book(1, "水浒传"));
    auto found = session->row(book, {{"id", 1}});
    EXPECT_THROW(found->integer("nothing"), BrokenInvariant);
    EXPECT_THROW(found->integer("title"), BrokenInvariant);
    EXPECT_THROW(found->text("pages"), BrokenInvariant);
    EXPECT_THROW(found->bytes("cover"), BrokenInvariant);
    EXPECT_THROW(session->each(book, {{"id", 1}}, [](const Row& row) { row.text("pages"); }),
                 BrokenInvariant);
    EXPECT_EQ(count(), 1);
}

TEST_P(Sessions, BrokenRulesAreMappedAndNameTheQueryButNoValue) {
    session->write(add_book, plain_book(1, "西游记"));
    auto with = [](std::optional<std::int64_t> pages, std::optional<std::int64_t> shelf) {
        return std::vector<Param>{
            {"id", 2}, {"title", nullptr}, {"cover", nullptr}, {"pages", pages}, {"shelf", shelf}};
    };
    struct Case {
        std::vector<Param> params;
        Kind kind;
    };
    for (const Case& broken :
         {Case{plain_book(2, "西游记"), Kind::unique},
          Case{plain_book(1, "三国演义"), Kind::unique},
          Case{plain_book(2, nullptr, -5), Kind::check}, Case{with(1, 987654), Kind::foreign_key},
          Case{with(std::nullopt, std::nullopt), Kind::not_null}}) {
        auto error = error_of([&] { session->write(add_book, broken.params); });
        EXPECT_EQ(to_string(error.kind), std::string(to_string(broken.kind))) << error.what();
        std::string message = error.what();
        EXPECT_TRUE(message.starts_with("test.add_book: ")) << message;
        for (const char* value : {"西游记", "三国演义", "987654", "-5"}) {
            EXPECT_EQ(message.find(value), std::string::npos) << message;
        }
    }
    EXPECT_EQ(count(), 1);
}

TEST_P(Sessions, AQueuedWritesErrorSurfacesBeforeTheCommitAndNothingIsKept) {
    session->begin();
    auto error = error_of([&] {
        session->write(add_book, plain_book(1, "A"));
        session->write(add_book, plain_book(2, "A"));
        session->write(add_book, plain_book(3, "C"));
        session->commit();
    });
    EXPECT_EQ(error.kind, Kind::unique);
    EXPECT_TRUE(std::string(error.what()).starts_with("test.add_book: "));
    session->rollback();
    EXPECT_EQ(count(), 0);
    session->write(add_book, plain_book(1));
    EXPECT_EQ(count(), 1);
}

TEST_P(Sessions, AFailedTransactionDoesNothingMoreUntilItIsRolledBack) {
    session->write(add_book, plain_book(1));
    session->begin();
    session->write(add_book, plain_book(2));
    EXPECT_THROW(session->write_counted(add_book, plain_book(1)), StoreError);
    EXPECT_THROW(session->row(count_books), StoreError);
    EXPECT_THROW(session->commit(), StoreError);
    session->rollback();
    EXPECT_EQ(count(), 1);
}

TEST_P(Sessions, WritesAreSeenByTheNextReadOfTheSessionAndByOthersAfterTheCommit) {
    auto other = database->connect(Access::read_only);
    session->begin();
    session->write(add_book, plain_book(1));
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(other->row(count_books)->integer(0), 0);
    session->commit();
    EXPECT_EQ(other->row(count_books)->integer(0), 1);
}

TEST_P(Sessions, ASnapshotSeesNothingThatIsWrittenAfterIt) {
    auto reader = database->connect(Access::read_only);
    reader->begin_snapshot();
    session->write(add_book, plain_book(1));
    EXPECT_EQ(reader->row(count_books)->integer(0), 0);
    reader->commit();
    EXPECT_EQ(reader->row(count_books)->integer(0), 1);
}

TEST_P(Sessions, AReadOnlySessionCannotWrite) {
    auto reader = database->connect(Access::read_only);
    EXPECT_THROW(reader->write(add_book, plain_book(1)), StoreError);
    EXPECT_EQ(count(), 0);
}

TEST_P(Sessions, WriteCountedTellsTheRowsChanged) {
    for (int id = 1; id <= 5; ++id) session->write(add_book, plain_book(id));
    constexpr Query thicken{"test.thicken", "UPDATE books SET pages = 2 WHERE id <= :id"};
    EXPECT_EQ(session->write_counted(thicken, {{"id", 3}}), 3);
    EXPECT_EQ(session->write_counted(thicken, {{"id", 0}}), 0);
    EXPECT_EQ(session->writes(), 7u);
}

TEST_P(Sessions, StreamsWhileOthersWrite) {
    session->begin();
    for (int id = 1; id <= 2000; ++id) session->write(add_book, plain_book(id));
    session->commit();
    auto reader = database->connect(Access::read_only);
    std::int64_t seen = 0;
    reader->each(all_books, {}, [&](const Row& row) {
        EXPECT_EQ(row.integer("id"), ++seen);
        if (seen % 500 == 0) session->write(add_book, plain_book(100000 + seen));
    });
    EXPECT_EQ(seen, 2000);
    EXPECT_EQ(reader->row(count_books)->integer(0), 2004);
}

TEST_P(Sessions, AStreamThatIsLeftByAnExceptionLeavesTheSessionUsable) {
    for (int id = 1; id <= 100; ++id) session->write(add_book, plain_book(id));
    struct Enough {};
    int seen = 0;
    auto stop = [&](const Row&) {
        if (++seen == 10) throw Enough();
    };
    EXPECT_THROW(session->each(all_books, {}, stop), Enough);
    EXPECT_EQ(seen, 10);
    EXPECT_EQ(count(), 100);
}

TEST_P(Sessions, UsingASessionInsideItsOwnStreamIsAnAssertion) {
    session->write(add_book, plain_book(1));
    EXPECT_THROW(session->each(all_books, {}, [&](const Row&) { count(); }), BrokenInvariant);
    EXPECT_EQ(count(), 1);
}

TEST_P(Sessions, ManyQueuedWritesDoNotBlock) {
    session->begin();
    const std::string title(500, 'x');
    for (int id = 1; id <= 5000; ++id) {
        session->write(add_book, plain_book(id, title + std::to_string(id)));
    }
    session->commit();
    EXPECT_EQ(count(), 5000);
}

TEST_P(Sessions, AQueryMadeAtRunTimeNeedsNotOutliveTheCall) {
    for (int i = 0; i < 1100; ++i) {  // more than the cache of statements holds
        std::string sql = "SELECT " + std::to_string(i) + " AS n";
        EXPECT_EQ(session->row({"test.made", sql})->integer("n"), i);
    }
    EXPECT_EQ(count(), 0);
}

TEST_P(Sessions, AStatementThatDoesNotPrepareIsReportedByName) {
    Query wrong{"test.wrong", "SELECT nothing FROM books"};
    auto error = error_of([&] { session->prepare(wrong); });
    EXPECT_TRUE(std::string(error.what()).starts_with("test.wrong: ")) << error.what();
    session->prepare(add_book);
    session->write(add_book, plain_book(1));
    EXPECT_EQ(count(), 1);
}

TEST_P(Sessions, TheRecorderSeesEveryStatementInOrder) {
    std::vector<std::string> seen;
    session->record([&](const Query& query, Params params) {
        seen.push_back(std::string(query.name) + "/" + std::to_string(params.size()));
    });
    session->write(add_book, plain_book(1));
    count();
    EXPECT_EQ(seen, (std::vector<std::string>{"test.add_book/5", "test.count_books/0"}));
}

TEST_P(Sessions, SlowStatementsAreReportedByNameOnly) {
    std::vector<std::string> slow;
    Options options;
    options.slow_query = std::chrono::milliseconds(1);
    options.on_slow_query = [&](const SlowQuery& query) { slow.emplace_back(query.name); };
    auto watched_database = home.open(options);
    auto watched = watched_database->connect();
    slow.clear();
    watched->row({"test.long",
                  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :max)"
                  " SELECT count(*) FROM n"},
                 {{"max", 300000}});
    EXPECT_EQ(slow, std::vector<std::string>{"test.long"});
}

TEST_P(Sessions, ATableIsFoundByName) {
    EXPECT_TRUE(session->has_table("books"));
    EXPECT_FALSE(session->has_table("magazines"));
}

}  // namespace
}  // namespace hezhi::store
