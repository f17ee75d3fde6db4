#!/usr/bin/env python3
"""The running service as strangers, bad luck and operators meet it."""

import contextlib
import http.client
import itertools
import json
import socket
import threading
import unittest

from hezhi_program import Client, ProgramTest

CLIENTS = 4
ACKNOWLEDGED_BEFORE_KILL = 60


class Writers:
    """Clients that report needs until the server is gone, and remember what was acknowledged."""

    def __init__(self, port, cookie, area, round_number):
        self.acknowledged = {}  # idempotency key: id of the need
        self.unanswered = set()
        self.refused = []
        self.enough = threading.Event()
        self.lock = threading.Lock()
        self.threads = [
            threading.Thread(target=self.write, args=(port, cookie, area, round_number, number))
            for number in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def write(self, port, cookie, area, round_number, number):
        with contextlib.closing(Client(port)) as client:
            client.cookie = cookie
            for count in itertools.count():
                key = f"key-{round_number}-{number}-{count}"
                try:
                    answer = client.send("POST", "/api/needs", body_of(key, area),
                                         {"Idempotency-Key": key})
                except (OSError, http.client.HTTPException):  # killed while it answered
                    with self.lock:
                        self.unanswered.add(key)
                    return
                self.note(key, answer)

    def note(self, key, answer):
        with self.lock:
            if answer.status == 200:
                self.acknowledged[key] = json.loads(answer.text)["id"]
            else:
                self.refused.append(answer.text)
            if self.refused or len(self.acknowledged) >= ACKNOWLEDGED_BEFORE_KILL:
                self.enough.set()

    def join(self):
        for thread in self.threads:
            thread.join()


def body_of(key, area):
    return {"area_id": area, "what": f"楼道灯不亮 {key}", "priority_class": "P3",
            "consent": False}


def community(client):
    answer = client.send("GET", "/api/areas?q=%E6%96%B0%E6%B8%AF%E5%B1%B1%E8%B7%AF")  # 新港山路
    return json.loads(answer.text)["items"][0]["id"]


class KilledUnderLoad(ProgramTest):
    def test_every_acknowledged_write_is_there_and_none_twice(self):
        installation = self.installation()
        password = installation.found()
        acknowledged, unanswered = {}, set()
        for round_number in range(3):
            server = self.serve(installation)
            client = self.client(server.office).sign_in("shegong", password)
            area = community(client)
            writers = Writers(server.office, client.cookie, area, round_number)
            writers.enough.wait(timeout=120)
            server.kill()
            writers.join()
            self.assertEqual(writers.refused, [])
            self.assertGreaterEqual(len(writers.acknowledged), ACKNOWLEDGED_BEFORE_KILL)
            acknowledged |= writers.acknowledged
            unanswered |= writers.unanswered

        server = self.serve(installation)
        client = self.client(server.office).sign_in("shegong", password)
        area = community(client)
        for key, need in acknowledged.items():
            answer = client.send("GET", f"/api/needs/{need}")
            self.assertEqual(answer.status, 200, key)
            self.assertIn(key, json.loads(answer.text)["what"])
        # Who got no answer asks again with the same key: done once, whether it was done or not.
        for key in sorted(unanswered) + list(acknowledged)[:20]:
            answer = client.send("POST", "/api/needs", body_of(key, area), {"Idempotency-Key": key})
            self.assertEqual(answer.status, 200, answer.text)
            if key in acknowledged:
                self.assertEqual(json.loads(answer.text)["id"], acknowledged[key])
        self.assertEqual(server.stop(), 0)
        facts = [json.loads(line) for line in installation.must("export", "facts").splitlines()]
        reported = [fact for fact in facts if fact["kind"] == "need.reported"]
        self.assertEqual(len(reported), len(acknowledged.keys() | unanswered))
        verified = installation.run("verify")
        self.assertEqual(verified.returncode, 0, verified.stdout)


class Strangers(ProgramTest):
    def setUp(self):
        super().setUp()
        self.home = self.installation()
        self.password = self.home.found()
        self.server = self.serve(self.home)

    def expect_problem(self, answer, status, what):
        self.assertEqual(answer.status, status, f"{what}: {answer.text}")
        self.assertEqual(answer.getheader("Content-Type"), "application/problem+json", what)
        problem = json.loads(answer.text)
        self.assertEqual(problem["status"], status, what)
        self.assertTrue(problem["code"], what)
        return problem

    def raw(self, request, port=None):
        """What the server answers to these bytes before it closes."""
        with socket.create_connection(("127.0.0.1", port or self.server.office), 60) as connection:
            connection.sendall(request)
            answer = b""
            while part := connection.recv(65536):
                answer += part
            return answer.decode()

    def test_unknown_requests_get_problems(self):
        client = self.client(self.server.office)
        self.expect_problem(client.send("GET", "/api/nothing"), 404, "unknown path")
        self.expect_problem(client.send("GET", "/nothing"), 404, "unknown page")
        self.expect_problem(client.send("GET", "/api/needs"), 401, "nobody signed in")
        self.expect_problem(client.send("DELETE", "/api/needs"), 405, "unknown method")
        wrong = client.send("POST", "/api/sessions", {"username": "shegong", "password": "wrong"})
        self.expect_problem(wrong, 401, "wrong password")

    def test_wrong_bodies_name_the_field(self):
        client = self.client(self.server.office).sign_in("shegong", self.password)
        body = body_of("x", community(client))
        problem = self.expect_problem(
            client.send("POST", "/api/needs", {**body, "what": " "}), 422, "blank text")
        self.assertEqual([field["field"] for field in problem["errors"]], ["/what"])
        problem = self.expect_problem(
            client.send("POST", "/api/needs", {**body, "priority_class": "P9"}), 422, "no class")
        self.assertEqual([field["field"] for field in problem["errors"]], ["/priority_class"])
        self.expect_problem(client.send("POST", "/api/needs", "{\"what\":", {
            "Content-Type": "application/json"}), 422, "half a document")
        self.expect_problem(client.send("POST", "/api/needs", "what=1", {
            "Content-Type": "text/plain"}), 415, "no JSON")
        self.expect_problem(client.send("GET", "/api/needs/999999999"), 404, "unknown id")
        english = client.send("GET", "/api/needs/999999999", headers={"Accept-Language": "en"})
        self.assertIn("Not found", english.text)
        self.assertEqual(client.send("POST", "/api/needs", body).status, 200)

    def test_oversized_and_malformed_requests_are_refused(self):
        head = "POST /api/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        self.assertIn(" 413 ", self.raw((head + "Content-Length: 99999999\r\n\r\n").encode()))
        long = "GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "a" * 20000 + "\r\n\r\n"
        self.assertIn(" 431 ", self.raw(long.encode()))
        self.assertIn(" 400 ", self.raw(b"\x16\x03\x01\x02\x00 not http\r\n\r\n"))
        # The service goes on.
        self.assertEqual(self.client(self.server.office).send("GET", "/health").status, 200)

    def test_a_slow_stranger_keeps_nobody_waiting(self):
        with socket.create_connection(("127.0.0.1", self.server.office), 60) as slow:
            slow.sendall(b"POST /api/sessions HTTP/1.1\r\nHost: a\r\n")
            self.client(self.server.office).sign_in("shegong", self.password)

    def test_the_public_listener_has_no_office_page(self):
        client = self.client(self.server.public)
        for path in ("/api/needs", "/api/orders", "/api/figures", "/api/people", "/health",
                     "/metrics"):
            answer = client.send("GET", path)
            # /api/needs is there for reports (POST), not for reading the list.
            self.expect_problem(answer, 405 if path == "/api/needs" else 404, path)
        answer = client.send("GET", "/api/needs/mine")
        self.expect_problem(answer, 401, "a phone page")

    def test_health_and_metrics_tell_how_it_is(self):
        client = self.client(self.server.office)
        health = client.send("GET", "/health")
        self.assertEqual(health.status, 200)
        page = json.loads(health.text)
        self.assertTrue(page["checks"])
        self.assertEqual(page["database"], "SQLite")
        metrics = client.send("GET", "/metrics").text
        for line in metrics.splitlines():
            self.assertRegex(line, r"^(#.*|[a-z_]+(\{.*\})? \S+)$")
        self.assertIn("hezhi_", metrics)

    def test_it_stops_cleanly_when_asked_and_keeps_everything(self):
        client = self.client(self.server.office).sign_in("shegong", self.password)
        answer = client.send("POST", "/api/needs", body_of("last", community(client)))
        self.assertEqual(answer.status, 200)
        self.assertEqual(self.server.stop(), 0)
        self.assertIn("need.reported", self.home.must("export", "facts"))
        self.assertEqual(self.home.run("verify").returncode, 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
