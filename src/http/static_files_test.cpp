#include "http/static_files.h"

#include <filesystem>
#include <fstream>
#include <random>

#include "http/problem.h"
#include "http/test_client.h"

namespace hezhi::http {
namespace {

namespace fs = std::filesystem;

// A folder as the web build leaves it; what stands in the compressed copies does not matter here.
class PagesFolder {
  public:
    PagesFolder()
        : path_(fs::temp_directory_path() / ("pages-" + std::to_string(std::random_device{}()))) {
        put("index.html", "console");
        put("index.html.gz", "console gzip");
        put("m/index.html", "phone");
        put("m/sw.js", "worker");
        put("assets/app-1a2b.js", "script");
        put("assets/app-1a2b.js.br", "script brotli");
        put("assets/app-1a2b.js.gz", "script gzip");
        put("assets/app-1a2b.js.map", "source");
        put("assets/font-9.woff2", "font");
        put("manifest.webmanifest", "{}");
        put(".secret.html", "hidden");
        fs::create_symlink("/etc/passwd", path_ / "assets/link.txt");
    }
    ~PagesFolder() { fs::remove_all(path_); }
    PagesFolder(const PagesFolder&) = delete;
    PagesFolder& operator=(const PagesFolder&) = delete;

    void put(const std::string& name, const std::string& content) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << content;
    }
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

struct PagesServer {
    explicit PagesServer(Surface surface)
        : files(StaticFiles::load(folder.path())),
          running([this, surface](const Request& request, const Reply& reply) {
              auto found = files.answer(request, surface);
              reply.send(found ? *found : problem(hezhi::refusals::not_found, "zh"));
          }) {}

    Answer get(const std::string& target, const std::string& headers = {}) const {
        Client client(running.port);
        client.get(target, headers);
        return client.read_answer();
    }

    PagesFolder folder;
    StaticFiles files;
    RunningServer running;
};

const std::string as_page = "Sec-Fetch-Mode: navigate\r\n";

TEST(StaticFiles, OfficeShowsTheConsoleAndThePhonePages) {
    PagesServer server(Surface::office);
    EXPECT_EQ(server.get("/").body, "console");
    EXPECT_EQ(server.get("/").header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(server.get("/").header("Cache-Control"), "no-cache");
    EXPECT_EQ(server.get("/m/").body, "phone");
    EXPECT_EQ(server.get("/m").header("Location"), "/m/");
    EXPECT_EQ(server.get("/m/sw.js").header("Cache-Control"), "no-cache");
    EXPECT_EQ(server.get("/manifest.webmanifest").header("Content-Type"),
              "application/manifest+json");
}

TEST(StaticFiles, PublicShowsNoConsolePage) {
    PagesServer server(Surface::public_);
    EXPECT_EQ(server.get("/").status, 303);
    EXPECT_EQ(server.get("/").header("Location"), "/m/");
    EXPECT_EQ(server.get("/m/").body, "phone");
    EXPECT_EQ(server.get("/assets/app-1a2b.js").body, "script");
    EXPECT_EQ(server.get("/index.html").status, 404);
    EXPECT_EQ(server.get("/orders", as_page).status, 404);
    EXPECT_EQ(server.get("//index.html", as_page).status, 404);
    EXPECT_EQ(server.get("/m/../index.html", as_page).status, 404);
    EXPECT_EQ(server.get("/m/anything", as_page).body, "phone");
}

TEST(StaticFiles, TakesTheBestCodingThatTheClientAccepts) {
    PagesServer server(Surface::office);
    struct Row {
        const char* accept;
        const char* coding;
        const char* body;
    };
    for (const Row& row :
         {Row{"gzip, deflate, br", "br", "script brotli"}, Row{"gzip", "gzip", "script gzip"},
          Row{"br;q=0, gzip;q=0.5", "gzip", "script gzip"},
          Row{"BR ;q=0.001", "br", "script brotli"}, Row{"br;q=0.000,gzip;q=0", "", "script"},
          Row{"identity", "", "script"}, Row{"", "", "script"}}) {
        SCOPED_TRACE(row.accept);
        Answer answer = server.get("/assets/app-1a2b.js",
                                   std::string("Accept-Encoding: ") + row.accept + "\r\n");
        EXPECT_EQ(answer.header("Content-Encoding"), row.coding);
        EXPECT_EQ(answer.body, row.body);
        EXPECT_EQ(answer.header("Vary"), "Accept-Encoding");
        EXPECT_EQ(answer.header("Cache-Control"), "public, max-age=31536000, immutable");
        EXPECT_EQ(answer.header("Content-Type"), "text/javascript; charset=utf-8");
    }
    // No brotli copy of this one.
    EXPECT_EQ(server.get("/", "Accept-Encoding: br, gzip\r\n").body, "console gzip");
}

TEST(StaticFiles, KnownTagGets304WithoutABody) {
    PagesServer server(Surface::office);
    std::string tag = server.get("/").header("ETag");
    std::string gzip_tag = server.get("/", "Accept-Encoding: gzip\r\n").header("ETag");
    EXPECT_EQ(tag.size(), 34u);
    EXPECT_NE(tag, gzip_tag);
    for (const std::string& known : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
        Answer answer = server.get("/", "If-None-Match: " + known + "\r\n");
        EXPECT_EQ(answer.status, 304) << known;
        EXPECT_EQ(answer.header("ETag"), tag);
        EXPECT_EQ(answer.header("Cache-Control"), "no-cache");
        EXPECT_EQ(answer.header("Vary"), "Accept-Encoding");
        EXPECT_EQ(answer.header("Content-Length"), "");
    }
    EXPECT_EQ(server.get("/", "If-None-Match: " + gzip_tag + "\r\n").status, 200);
}

TEST(StaticFiles, MissingAssetIsNeverThePage) {
    PagesServer server(Surface::office);
    EXPECT_EQ(server.get("/assets/gone.js", as_page).status, 404);
    EXPECT_EQ(server.get("/api/nothing", as_page).status, 404);
    EXPECT_EQ(server.get("/picture.png").status, 404);
    EXPECT_EQ(server.get("/orders/7", as_page).body, "console");
    EXPECT_EQ(server.get("/orders/7", "Accept: text/html,*/*\r\n").body, "console");
    EXPECT_EQ(server.get("/orders/7", "Accept: */*\r\n").status, 404);
}

TEST(StaticFiles, OnlyListedFilesExist) {
    PagesServer server(Surface::office);
    for (const char* path : {"/assets/app-1a2b.js.map", "/assets/app-1a2b.js.br", "/.secret.html",
                             "/assets/link.txt", "/assets/", "/assets"}) {
        EXPECT_EQ(server.get(path).status, 404) << path;
    }
    EXPECT_EQ(server.files.size(), 6u);
    Request post;
    post.method = Method::post;
    EXPECT_FALSE(server.files.answer(post, Surface::office));
}

TEST(StaticFiles, SaysWhatIsWrongWithTheFolder) {
    auto complaint = [](const fs::path& folder) {
        try {
            StaticFiles::load(folder);
        } catch (const std::runtime_error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    PagesFolder folder;
    EXPECT_EQ(complaint(folder.path()), "");
    fs::remove(folder.path() / "m/index.html");
    EXPECT_NE(complaint(folder.path()).find("/m/index.html"), std::string::npos);
    EXPECT_NE(complaint(folder.path() / "nowhere").find("nowhere"), std::string::npos);
}

}  // namespace
}  // namespace hezhi::http
