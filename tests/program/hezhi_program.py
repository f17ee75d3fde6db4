"""Runs the real program for the tests beside it. The binary is named by HEZHI, else the debug build."""

import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEZHI = os.environ.get("HEZHI", str(ROOT / "build/debug/hezhi"))
DIVISIONS = "assets/divisions/qingdao-huangdao.csv"
DISTRICT = "370211"


class Installation:
    """A database and its key file in a folder of their own."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.database = self.folder / "hezhi.sqlite"
        self.keys = self.folder / "hezhi.keys"

    def place(self):
        return ["--db", f"sqlite:{self.database}", "--keys", str(self.keys)]

    def run(self, *words):
        """The finished command: returncode, stdout, stderr."""
        return subprocess.run([HEZHI, *words, *self.place()], cwd=ROOT, capture_output=True,
                              text=True, timeout=1200)

    def must(self, *words):
        done = self.run(*words)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    def demo(self, seed, days=5, people=12, until="2025-11-30"):
        return self.must("demo", "--divisions", DIVISIONS, "--area", DISTRICT, "--days", str(days),
                         "--people", str(people), "--seed", str(seed), "--until", until)

    def found(self):
        """Migrated, with areas and a social worker of the district; answers her password."""
        self.must("migrate")
        self.must("import", "areas", DIVISIONS)
        told = self.must("account", "--name", "李社工", "--username", "shegong", "--role",
                         "social_worker", "--area", DISTRICT)
        return re.search(r"first password: (\S+)", told)[1]


class Server:
    """`hezhi serve` on ports that the system chooses."""

    def __init__(self, installation):
        self.process = subprocess.Popen(
            [HEZHI, "serve", *installation.place(), "--listen-office", "127.0.0.1:0",
             "--listen-public", "127.0.0.1:0", "--web", ""],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.office = self.public = None
        for line in self.process.stdout:
            if found := re.search(r"office +http://127.0.0.1:(\d+)", line):
                self.office = int(found[1])
            if found := re.search(r"public +http://127.0.0.1:(\d+)", line):
                self.public = int(found[1])
            if "Ctrl+C" in line:
                break
        if not self.office or not self.public:
            raise AssertionError("did not start: " + self.process.stderr.read())

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=60)
        return self.process.returncode

    def close(self):
        if self.process.returncode is None:
            self.kill()


class Client:
    """One connection, with the session's cookie."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = None

    def send(self, method, path, body=None, headers=None):
        sent = dict(headers or {})
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
            sent.setdefault("Content-Type", "application/json")
        if self.cookie:
            sent["Cookie"] = self.cookie
        self.connection.request(method, path, body, sent)
        answer = self.connection.getresponse()
        answer.text = answer.read().decode()
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        return answer

    def sign_in(self, username, password):
        """With the first password, or the one that it was changed to at an earlier call."""
        own = password + "-own"
        answer = self.send("POST", "/api/sessions", {"username": username, "password": password})
        if answer.status != 200:
            answer = self.send("POST", "/api/sessions", {"username": username, "password": own})
        assert answer.status == 200, answer.text
        if json.loads(answer.text)["must_change_password"]:
            changed = self.send("PUT", "/api/session/password",
                                {"old_password": password, "new_password": own})
            assert changed.status == 204, changed.text
        return self

    def close(self):
        self.connection.close()


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hezhi-program-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def installation(self, name="a"):
        (self.folder / name).mkdir()
        return Installation(self.folder / name)

    def serve(self, installation):
        server = Server(installation)
        self.addCleanup(server.close)
        return server

    def client(self, port):
        client = Client(port)
        self.addCleanup(client.close)
        return client
