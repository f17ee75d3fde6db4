#!/usr/bin/env python3
"""A certificate from the running service, as who gets the paper meets it: read by a PDF reader,
checked on the open side, its proof checked offline with the public key alone."""

import http.client
import json
import subprocess
import time
import unittest
import urllib.parse

from hezhi_program import HEZHI, ROOT, ProgramTest

NAME = "㐂𬱖·买买提"
DAY_MS = 86_400_000


def ask(client, method, path, body=None):
    answer = client.send(method, path, body, {"Idempotency-Key": path} if body is not None else None)
    assert answer.status == 200, f"{method} {path}: {answer.status} {answer.text}"
    return json.loads(answer.text)


class Certificate(ProgramTest):
    def setUp(self):
        super().setUp()
        self.home = self.installation()
        self.home.found()
        told = self.home.must("account", "--name", "陈街道", "--username", "jiedao", "--role",
                              "street_staff", "--area", "370211")
        self.server = self.serve(self.home)
        self.password = told.split("first password: ")[1].split()[0]
        self.staff = self.client(self.server.office).sign_in("jiedao", self.password)
        area = ask(self.staff, "GET", "/api/areas?q=%E6%96%B0%E6%B8%AF%E5%B1%B1%E8%B7%AF")
        self.area = area["items"][0]["id"]

    def issue(self):
        person = ask(self.staff, "POST", "/api/people",
                     {"name": NAME, "area_id": self.area, "volunteer": True,
                      "agreed": True, "social_worker": False, "id_number": "999999199003070039"})["id"]
        start = int(time.time() * 1000) - DAY_MS
        ask(self.staff, "POST", "/api/records",
            {"person_id": person, "category": "environment_clean_up", "starts_at": start,
             "ends_at": start + 90 * 60_000, "time_was": "free_time", "unpaid": True})
        ask(self.staff, "POST", "/api/certificate-issuers",
            {"area_id": self.area, "name": "新港山路社区居民委员会", "in_charge": "王主任",
             "handler": "李干事", "contact": "0532-00000000"})
        return ask(self.staff, "POST", "/api/certificates", {"person_id": person})

    def paper(self, certificate, lang):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.office, timeout=60)
        self.addCleanup(connection.close)
        connection.request("GET", f"/api/certificates/{certificate['id']}/paper?lang={lang}",
                           headers={"Cookie": self.staff.cookie})
        answer = connection.getresponse()
        body = answer.read()
        self.assertEqual(answer.status, 200, body)
        self.assertEqual(answer.getheader("Content-Type"), "application/pdf")
        return body

    def read(self, tool, *words):
        return subprocess.run([tool, *words], capture_output=True, text=True, check=True,
                              timeout=60).stdout

    def test_is_read_by_a_pdf_reader_with_its_type_embedded(self):
        certificate = self.issue()
        body = self.paper(certificate, "zh")
        self.assertEqual(self.paper(certificate, "zh"), body, "the same bytes each time")
        file = self.folder / "paper.pdf"
        file.write_bytes(body)
        text = self.read("pdftotext", "-layout", str(file), "-")
        for words in (NAME, "志愿服务记录证明", certificate["number"], "999999199003070039",
                      "1 小时 30 分钟", "环境整治", "新港山路社区居民委员会", "王主任", "陈街道"):
            self.assertIn(words, text)
        fonts = self.read("pdffonts", str(file)).splitlines()[2:]
        self.assertGreater(len(fonts), 1)
        for font in fonts:
            self.assertIn("NotoS", font)
            self.assertEqual(font.split()[-5:-2], ["yes", "yes", "yes"], "embedded, in part: " + font)
        file.write_bytes(self.paper(certificate, "en"))
        english = self.read("pdftotext", "-layout", str(file), "-")
        self.assertIn("1 h 30 min", english)
        self.assertIn(NAME, english)

    def test_is_checked_without_an_account_until_it_is_revoked(self):
        certificate = self.issue()
        stranger = self.client(self.server.public)
        number, _, code = certificate["link"].split("/certificates/")[1].partition("?code=")
        path = f"/api/certificate-checks/{urllib.parse.quote(number)}"
        found = ask(stranger, "GET", f"{path}?code={code}")
        self.assertEqual(sorted(found),
                         ["issued_at", "issuer_name", "minutes", "name", "number", "result"])
        self.assertEqual(found["result"], "valid")
        self.assertEqual(found["minutes"], 90)
        self.assertNotIn(NAME, json.dumps(found, ensure_ascii=False))
        wrong = stranger.send("GET", f"{path}?code=0000000000")
        unknown = stranger.send("GET", f"/api/certificate-checks/ZF0-2026-1?code={code}")
        self.assertEqual((wrong.status, wrong.text), (unknown.status, unknown.text))
        self.assertEqual(wrong.status, 404)
        ask(self.staff, "POST", f"/api/certificates/{certificate['id']}/revocation",
            {"reason": "records_wrong"})
        self.assertEqual(ask(stranger, "GET", f"{path}?code={code}")["result"], "revoked")
        answers = [stranger.send("GET", f"{path}?code={n:010}").status for n in range(40)]
        self.assertEqual(set(answers), {404, 429}, "who guesses is slowed down")

    def test_carries_a_proof_that_holds_offline(self):
        certificate = self.issue()
        early = self.staff.send("GET", f"/api/certificates/{certificate['id']}/proof")
        self.assertIn(early.status, (200, 409))  # a minute at most until it is sealed
        self.assertEqual(self.server.stop(), 0)
        self.home.must("export", "head")  # seals what waits
        keys = self.folder / "keys.pem"
        keys.write_text(self.home.must("export", "seal-keys"))
        self.server = self.serve(self.home)
        self.staff = self.client(self.server.office).sign_in("jiedao", self.password)
        proof = self.folder / "proof.json"
        proof.write_text(
            self.staff.send("GET", f"/api/certificates/{certificate['id']}/proof").text)

        def check():
            return subprocess.run(
                [HEZHI, "check-proof", str(proof), "--public-key", str(keys)], cwd=ROOT,
                capture_output=True, text=True, timeout=60)

        done = check()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for words in ("certificate.issued", certificate["number"], certificate["content"], NAME,
                      "999999199003070039", "环境整治", "90 min", "新港山路社区居民委员会"):
            self.assertIn(words, done.stdout)

        file = json.loads(proof.read_text())

        def changed(part, text, instead):
            self.assertIn(text, file[part])
            proof.write_text(json.dumps({**file, part: file[part].replace(text, instead, 1)}))
            found = check()
            self.assertEqual((found.returncode, found.stdout), (1, ""), f"{instead} is found")
            return found.stderr

        self.assertIn("/fact", changed("fact", '"minutes":90', '"minutes":99'))
        told = changed("content", NAME, "㐂𬱖·买买江")
        self.assertIn("The fact is sealed, but the content is not what was sealed", told)
        self.assertIn(certificate["content"], told)
        self.assertIn("among the rest: name", told)
        self.assertIn("records: ", changed("content", '"minutes":90,"record"', '"minutes":91,"record"'))
        self.assertIn("number: ", changed("content", certificate["number"], "ZF-1"))
        proof.write_text(json.dumps({name: file[name] for name in file if name != "content"}))
        done = check()
        self.assertEqual(done.returncode, 0)
        self.assertIn("The file holds no content", done.stdout)

        self.assertEqual(self.server.stop(), 0)
        fact = str(certificate["id"])
        self.assertNotIn(NAME, self.home.must("prove", "--fact", fact))
        with_content = self.home.must("prove", "--fact", fact, "--content")
        self.assertEqual(json.loads(with_content), file)
        self.assertEqual(self.home.must("export", "facts").count("certificate.printed"), 1,
                         "who took it at the command line is on record")


if __name__ == "__main__":
    unittest.main()
