#include "support/postgres_cluster.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace hezhi::testing {

namespace {

namespace fs = std::filesystem;

// Where Debian puts it; another place is named by the environment.
std::string program_folder() {
    const char* named = std::getenv("HEZHI_POSTGRES_BIN");
    std::string folder = named ? named : "/usr/lib/postgresql/15/bin";
    if (!fs::exists(folder + "/initdb")) {
        throw std::runtime_error("no initdb in " + folder +
                                 ": install postgresql-15, or set HEZHI_POSTGRES_BIN");
    }
    return folder;
}

// initdb and postgres refuse to run as root.
std::string as_postgres() {
    return geteuid() == 0 ? "runuser -u postgres -- " : "";
}

void run(const std::string& command, const std::string& log) {
    int status = std::system((command + " >>" + log + " 2>&1 </dev/null").c_str());
    if (status == 0) return;
    std::stringstream text;
    text << std::ifstream(log).rdbuf();
    throw std::runtime_error("failed: " + command + "\n" + text.str());
}

constexpr std::uintmax_t memory_needed = 2'000'000'000;  // of its log alone at most 1 GB

bool kept_on_disk = false;

bool has_room_in_memory() {
    std::error_code none;
    auto memory = fs::space("/dev/shm", none);
    return !none && memory.available > memory_needed;
}

std::string make_folder() {
    // Not TMPDIR: the user postgres must reach it, and a socket's path is at most 107 bytes. Each
    // test makes and removes some hundred tables: on a disk that was half of the time of the tests
    // of the domain (measured).
    bool in_memory = !kept_on_disk && has_room_in_memory();
    std::string folder = std::string(in_memory ? "/dev/shm" : "/tmp") + "/hezhi-postgres-XXXXXX";
    if (!mkdtemp(folder.data())) {
        throw std::runtime_error("cannot make " + folder + ": " + std::strerror(errno));
    }
    if (geteuid() == 0) {
        passwd* user = getpwnam("postgres");
        if (!user) throw std::runtime_error("there is no user postgres: install postgresql-15");
        if (chown(folder.c_str(), user->pw_uid, user->pw_gid) != 0) {
            throw std::runtime_error("cannot give " + folder + " to postgres");
        }
    }
    return folder;
}

}  // namespace

std::string database_of(const std::string& url) {
    auto start = url.find("///") + 3;
    return url.substr(start, url.find('?') - start);
}

PostgresCluster& PostgresCluster::on_disk() {
    kept_on_disk = true;
    return instance();
}

PostgresCluster& PostgresCluster::instance() {
    static PostgresCluster cluster;
    return cluster;
}

PostgresCluster::PostgresCluster() {
    std::string programs = program_folder();
    folder_ = make_folder();
    start_cleaner();
    std::string data = folder_ + "/data";
    std::string log = folder_ + "/start.log";
    // --no-sync spares the empty cluster's first sync.
    run("cd / && " + as_postgres() + programs + "/initdb --no-sync -U hezhi -A trust -E UTF8" +
            " --locale=C -D " + data,
        log);
    std::ofstream(data + "/postgresql.conf", std::ios::app)
        << "listen_addresses = ''\n"
        << "unix_socket_directories = '" << folder_ << "'\n"
        << "max_connections = 100\n"
        << "shared_buffers = 32MB\n"
        << (kept_on_disk ? "" : "fsync = off\n") << "logging_collector = off\n";
    run("cd / && " + as_postgres() + programs + "/pg_ctl -w -t 60 start -D " + data + " -l " +
            data + "/server.log",
        log);
}

// A process of its own session that holds nothing but the end of a pipe: when this process is gone,
// killed or not, the pipe closes, and it stops the server and removes the folder.
void PostgresCluster::start_cleaner() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
    std::string command = "cat >/dev/null; cd /; " + as_postgres() + program_folder() +
                          "/pg_ctl -m immediate stop -D " + folder_ + "/data; rm -rf " + folder_;
    pid_t child = fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child == 0) {
        if (fork() != 0) _exit(0);  // nobody needs to wait for the grandchild
        setsid();
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(ends[0], 0);
        dup2(nowhere, 1);
        dup2(nowhere, 2);
        for (int fd = 3; fd < 1024; ++fd) close(fd);
        execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
        _exit(1);
    }
    waitpid(child, nullptr, 0);
    close(ends[0]);  // ends[1] stays open as long as this process lives
}

std::string PostgresCluster::url_of(const std::string& database) const {
    return "postgresql:///" + database + "?user=hezhi&host=" + folder_;
}

void PostgresCluster::run_sql(const std::string& url, const std::string& sql) const {
    PGconn* connection = PQconnectdb(url.c_str());
    PGresult* result = PQexec(connection, sql.c_str());
    bool ok =
        PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
    std::string error = PQerrorMessage(connection);
    PQclear(result);
    PQfinish(connection);
    if (!ok) throw std::runtime_error(sql + ": " + error);
}

void PostgresCluster::administer(const std::string& sql) const {
    run_sql(url_of("postgres"), sql);
}

void PostgresCluster::end_connections(const std::string& url) const {
    // 10 s: the server waits for each to have ended.
    administer("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '" +
               database_of(url) + "'");
}

void PostgresCluster::crash() const {
    std::string control = "cd / && " + as_postgres() + program_folder() + "/pg_ctl -w -t 60 -D " +
                          folder_ + "/data -l " + folder_ + "/data/server.log ";
    run(control + "-m immediate stop", folder_ + "/start.log");
    run(control + "start", folder_ + "/start.log");
}

std::string PostgresCluster::lend_database() {
    if (!free_databases_.empty()) {
        std::string url = free_databases_.back();
        free_databases_.pop_back();
        return url;
    }
    std::string name = "test_" + std::to_string(++databases_made_);
    administer("CREATE DATABASE " + name);
    return url_of(name);
}

void PostgresCluster::give_back_database(const std::string& url) {
    end_connections(url);
    run_sql(url,
            "SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    free_databases_.push_back(url);
}

}  // namespace hezhi::testing
