"""File-local names differ within a folder: its files may be compiled together (HEZHI_UNITY)."""

import collections
import re

from tree import is_cpp

NAMESPACE = re.compile(r"^namespace ([\w:]+) \{", re.MULTILINE)
LOCAL_PART = re.compile(r"^namespace \{\n(.*?)^\}  // namespace\n", re.MULTILINE | re.DOTALL)
TYPE = re.compile(r"(?:struct|class|enum class) (\w+)\b[^;]*\{?$")
CONSTANT = re.compile(r"(?:constexpr|const|std::atomic<\w+>) [^(;]*?(\w+)(?:\[\w*\])? ?(?:=|\{|;)")
FUNCTION = re.compile(r"(?!TEST|INSTANTIATE|BOOST|using|return)[\w:<>,&* ]+[ &*](\w+)\(([^{]*)")
PARAMETER_NAME = re.compile(r"[ &*](\w+)(?=[,)])")


def local_names(text):
    """The names of a file's anonymous namespaces; of a function also the types that it takes."""
    for part in LOCAL_PART.finditer(text):
        for line in part.group(1).splitlines():
            if line.startswith((" ", "//", "#", "}")):
                continue
            named = TYPE.match(line) or CONSTANT.match(line)
            if named:
                yield named.group(1)
            elif function := FUNCTION.match(line):
                taken = PARAMETER_NAME.sub("", function.group(2)).strip()
                yield f"{function.group(1)}({taken}"


class LocalNames:
    name = "local_names"
    # Folders that are compiled a file at a time even then; see CMakeLists.txt.
    ALONE = ("src/base/", "src/crypto/", "src/store/", "src/rules/", "src/dispatch/", "src/http/",
             "tests/support/", "bench/")

    sound = {
        "src/api/a.cpp": "namespace hezhi::api {\nnamespace {\nconstexpr int a = 1;\n"
                         "int f(int x) {\n}  // namespace\n",
        "src/api/b.cpp": "namespace hezhi::api {\nnamespace {\nconstexpr int b = 1;\n"
                         "int f(long x) {\n}  // namespace\n",
        "src/api/a_test.cpp": "namespace hezhi::api {\nnamespace {\nconstexpr int a = 1;\n"
                              "}  // namespace\n",
    }
    broken = [
        ({**sound, "src/api/c.cpp": "namespace hezhi::api {\nnamespace {\n"
                                    "constexpr std::string_view a = \"\";\n}  // namespace\n"}, "'a'"),
        ({**sound, "src/api/c.cpp": "namespace hezhi::api {\nnamespace {\nint f(int y) {\n"
                                    "}  // namespace\n"}, "src/api/a.cpp"),
        ({"src/api/a.cpp": "namespace hezhi::api {\nnamespace {\nstruct Row {\n}  // namespace\n",
          "src/api/b.cpp": "namespace hezhi::api {\nnamespace {\nclass Row final {\n}  // namespace\n"},
         "'Row'"),
        ({**sound, "src/api/c.cpp": "namespace hezhi::api {\nnamespace {\nint a(int y) {\n"
                                    "}  // namespace\n"}, "a function in one only"),
    ]

    def find(self, files):
        places = collections.defaultdict(list)
        kinds = collections.defaultdict(dict)  # a name without its parameters: kind -> first file
        for path, text in files.items():
            if not is_cpp(path) or not path.endswith(".cpp") or path.startswith(self.ALONE):
                continue
            unit = ("/".join(path.split("/")[:2]), path.endswith("_test.cpp"))
            namespace = NAMESPACE.search(text)
            for one in local_names(text):
                where = unit, namespace and namespace.group(1)
                places[*where, one].append(path)
                bare, function, _ = one.partition("(")
                kinds[*where, bare].setdefault(function, path)
        mixed = [f"{' and '.join(sorted(paths.values()))}: '{one}' is a function in one only"
                 for (_, _, one), paths in kinds.items() if len(paths) > 1]
        return mixed + [f"{paths[0]}: '{one}' is file-local here and in {', '.join(paths[1:])}"
                for (_, _, one), paths in places.items() if len(paths) > 1]
