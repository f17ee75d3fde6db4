"""Checks on pages and on what no text file of the project may hold."""

import json
import re

from tree import is_cpp

NOT_OURS = ("ui/package-lock.json", "LICENSE")


def own_lines(files):
    """(path, number, line) of every file that people of the project write."""
    for path, text in files.items():
        if path not in NOT_OURS:
            for number, line in enumerate(text.split("\n"), 1):
                yield path, number, line


class FolderReadmes:
    """A folder of src says what it is; in domain every noun has its own page."""

    name = "folder_readmes"
    sound = {
        "src/base/a.h": "", "src/base/README.md": "", "src/main.cpp": "",
        "src/domain/areas/a.h": "", "src/domain/areas/README.md": "", "src/domain/README.md": "",
        "src/app/commands/a.cpp": "", "src/app/README.md": "",
    }
    broken = [
        ({"src/base/a.h": ""}, "src/base"),
        ({"src/domain/areas/a.h": "", "src/domain/README.md": ""}, "src/domain/areas"),
    ]

    def find(self, files):
        folders = set()
        for path in files:
            parts = path.split("/")
            if parts[0] == "src" and len(parts) > 2 and is_cpp(path):
                folders.add("/".join(parts[:2]))
                if parts[1] == "domain" and len(parts) > 3:
                    folders.add("/".join(parts[:3]))
        return [f"{folder}: has no README.md" for folder in sorted(folders)
                if f"{folder}/README.md" not in files]


class OneTitle:
    name = "one_title"
    sound = {"a.md": "# A\n\n## B\n\n```\n# a comment\n```\n"}
    broken = [({"a.md": "## B\n"}, "0 titles"), ({"a.md": "# A\n\n# B\n"}, "2 titles")]

    def find(self, files):
        found = []
        for path, text in files.items():
            if not path.endswith(".md"):
                continue
            outside = "".join(re.split(r"^```.*$", text, flags=re.MULTILINE)[::2])
            titles = len(re.findall(r"^# \S", outside, flags=re.MULTILINE))
            if titles != 1:
                found.append(f"{path}: {titles} titles, one is wanted")
        return found


class Reminders:
    """What is left to do is an issue, where somebody sees it."""

    name = "reminders"
    WORDS = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")
    sound = {"src/a.cpp": "// Todo lists are a kind of order.\n"}
    broken = [({"src/a.cpp": "\n// TO" "DO: later\n"}, "src/a.cpp:2"),
              ({"a.md": "FIX" "ME\n"}, "a.md:1")]

    def find(self, files):
        return [f"{path}:{number}: a reminder; open an issue instead"
                for path, number, line in own_lines(files) if self.WORDS.search(line)]


class TrailingSpace:
    name = "trailing_space"
    sound = {"a.md": "x\n\ny\n"}
    broken = [({"a.md": "x\ny \n"}, "a.md:2"), ({"a.cpp": "\t\n"}, "a.cpp:1")]

    def find(self, files):
        return [f"{path}:{number}: white space at the end of the line"
                for path, number, line in own_lines(files) if line != line.rstrip(" \t\r")]


class MachinePaths:
    """Nothing depends on, or tells of, the machine on which it was written."""

    name = "machine_paths"
    PATH = re.compile(r"(?<![\w/.*)}])/(?:wor" r"k|roo" r"t)/|/tmp/hez" r"hi/")
    sound = {"a.md": "src/wor" "k/a, https://x.example/wor" "k/, /usr/share/\n"}
    broken = [({"a.md": "see /wor" "k/main\n"}, "a.md:1"),
              ({"dev": 'x="/roo' 't/x"\n'}, "dev:1")]

    def find(self, files):
        return [f"{path}:{number}: a path of somebody's machine"
                for path, number, line in own_lines(files) if self.PATH.search(line)]


class ThirdParty:
    """What is installed is listed with its licence: the Debian packages of dev, the npm packages."""

    name = "third_party"
    DEBIAN = re.compile(r'^    "([a-z0-9.+\-]+): ', re.MULTILINE)
    LIST = "THIRD_PARTY.md"

    sound = {
        "dev": 'PACKAGES=(\n    "cmake: builds"\n)\n',
        "ui/package.json": '{"dependencies": {"vue": "3.5.1"}}',
        LIST: "| cmake | 3.25 | BSD |\n| vue | 3.5.1 | it | MIT |\n",
    }
    broken = [
        ({**sound, "dev": '    "cmake: builds"\n    "ninja: runs"\n'}, "ninja"),
        ({**sound, "ui/package.json": '{"devDependencies": {"vue": "3.5.2"}}'}, "3.5.2"),
        ({**sound, "ui/package.json": '{"dependencies": {"vite": "8.0.0"}}'}, "vite"),
    ]

    def find(self, files):
        listed = files.get(self.LIST, "")
        pages = json.loads(files.get("ui/package.json", "{}"))
        rows = [f"| {name} |" for name in self.DEBIAN.findall(files.get("dev", ""))]
        for group in ("dependencies", "devDependencies"):
            rows += [f"| {name} | {version} |" for name, version in pages.get(group, {}).items()]
        return [f"{self.LIST}: has no row '{row}'" for row in rows if row not in listed]
