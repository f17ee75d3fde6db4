#include <sys/wait.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "reference.h"

namespace hezhi::bench {

namespace {

template <class T>
void write(std::ofstream& file, const std::vector<T>& values) {
    file.write(reinterpret_cast<const char*>(values.data()),
               static_cast<std::streamsize>(values.size() * sizeof(T)));
}

std::string quoted(const std::filesystem::path& path) {
    return "'" + path.string() + "'";
}

}  // namespace

ReferenceRun sparse_lapjv(const PlainGraph& graph, const std::string& packages, int seconds_max) {
    auto folder = std::filesystem::absolute(packages);
    auto path = folder / "graph.bin";
    {
        std::ofstream file(path, std::ios::binary);
        file.exceptions(std::ios::failbit | std::ios::badbit);
        write(file, std::vector<std::int64_t>{graph.rows, graph.columns, std::ssize(graph.row)});
        write(file, graph.row);
        write(file, graph.column);
        write(file, graph.cost);
        write(file, graph.exit);
    }
    auto libraries = folder / "usr/lib" / HEZHI_LIBRARIES;
    auto command = "exec env PYTHONPATH=" + quoted(folder / "usr/lib/python3/dist-packages") +
                   " LD_LIBRARY_PATH=" + quoted(libraries) + ":" + quoted(libraries / "blas") +
                   ":" + quoted(libraries / "lapack") + " /usr/bin/python3 " +
                   quoted(HEZHI_SCIPY_PROGRAM) + " " + quoted(path) + " " +
                   std::to_string(seconds_max);
    std::FILE* answer = popen(command.c_str(), "r");
    if (!answer) throw std::runtime_error("SciPy could not be started");
    ReferenceRun out;
    long long total = 0;
    auto read = std::fscanf(answer, "%lld %lf %lf", &total, &out.seconds, &out.build_seconds);
    auto status = pclose(answer);
    std::filesystem::remove(path);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) return out;
    if (status != 0 || read != 3) throw std::runtime_error("SciPy did not answer");
    out.total = total;
    out.finished = true;
    return out;
}

}  // namespace hezhi::bench
