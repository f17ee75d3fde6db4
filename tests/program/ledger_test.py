#!/usr/bin/env python3
"""`hezhi export ledger`, read by the real hledger: it balances, and to the figures of the program."""

import csv
import io
import json
import pathlib
import shutil
import sqlite3
import subprocess
import unittest

from hezhi_program import DISTRICT, DIVISIONS, ProgramTest

# How the export names each account of the program.
NAMES = {"person": "people:{}:own", "held": "people:{}:held", "grant": "people:{}:granted",
         "disputed": "people:{}:disputed"}


class LedgerExport(ProgramTest):
    def setUp(self):
        super().setUp()
        self.assertTrue(shutil.which("hledger"), "hledger is a package of ./dev")
        self.home = self.installation()
        self.home.demo(seed=7, days=12, people=24)
        self.journal = self.folder / "time.journal"
        self.journal.write_text(self.home.must("export", "ledger", "--format", "hledger"))

    def hledger(self, *words):
        return subprocess.run(["hledger", "-f", str(self.journal), *words], capture_output=True,
                              text=True, timeout=120)

    def balances(self):
        """Account to minutes, as hledger adds them up; accounts at zero are shown too."""
        told = self.hledger("balance", "--flat", "--empty", "--no-total", "-O", "csv")
        self.assertEqual(told.returncode, 0, told.stderr)
        rows = list(csv.DictReader(io.StringIO(told.stdout)))
        return {row["account"]: int(row["balance"].split()[0]) for row in rows}

    def own_balances(self):
        database = sqlite3.connect(f"file:{self.home.database}?mode=ro", uri=True)
        self.addCleanup(database.close)
        rows = database.execute("SELECT account, person, balance FROM figure_time_accounts")
        return {NAMES.get(account, "bank:" + account).format(person): balance
                for account, person, balance in rows}

    def test_hledger_reads_it_and_balances_to_the_same_figures_and_finds_a_changed_minute(self):
        own = self.own_balances()
        self.assertGreater(len(own), 5, "the made-up district earned nothing")
        self.assertEqual(self.balances(), own)
        self.assertEqual(sum(own.values()), 0)
        untouched = self.hledger("check")
        self.assertEqual(untouched.returncode, 0, untouched.stderr)
        text = self.journal.read_text()
        at = text.rindex(" min\n")
        self.journal.write_text(text[:at] + "7" + text[at:])
        self.assertNotEqual(self.hledger("check").returncode, 0)


class Transfers(ProgramTest):
    """Two districts: what one sends, the other takes in, once."""

    def rows(self, home, query):
        database = sqlite3.connect(f"file:{home.database}?mode=ro", uri=True)
        self.addCleanup(database.close)
        return database.execute(query).fetchall()

    def key_of(self, home):
        """The district's id and a file with its public key."""
        told = home.must("export", "seal-keys")
        file = home.folder / "seal.pem"
        file.write_text(told)
        return told.split()[1], str(file)

    def officer(self, home, accounts):
        server = self.serve(home)
        officer = next(each for each in json.loads(accounts.read_text())["items"]
                       if each["role"] == "district_officer")
        return self.client(server.office).sign_in(officer["username"], officer["password"]), server

    def test_a_statement_is_taken_in_once_and_only_by_whom_it_is_for(self):
        here, there = self.installation("here"), self.installation("there")
        accounts = self.folder / "accounts.json"
        for home, seed in ((here, 7), (there, 8)):
            home.must("demo", "--divisions", DIVISIONS, "--area", DISTRICT, "--days", "8",
                      "--people", "24", "--seed", str(seed), "--until", "2025-11-30",
                      "--accounts", str(accounts if home is here else self.folder / "other.json"))
        [(sender, balance)] = self.rows(here, "SELECT person, balance FROM figure_time_accounts"
                                        " WHERE account = 'person' ORDER BY balance DESC LIMIT 1")
        [(receiver,)] = self.rows(there, "SELECT min(person) FROM figure_time_accounts"
                                  " WHERE account = 'person'")
        def admit(client, name, home):
            pem = pathlib.Path(self.key_of(home)[1]).read_text()
            made = client.send("POST", "/api/time-bank/peers",
                               {"name": name, "public_key": pem[pem.index("-----BEGIN"):]},
                               {"Idempotency-Key": "d" * 32})
            self.assertEqual(made.status, 200, made.text)

        client, server = self.officer(there, self.folder / "other.json")
        admit(client, "那边", here)
        self.assertEqual(server.stop(), 0)
        client, server = self.officer(here, accounts)
        admit(client, "这边", there)
        sent = client.send("POST", "/api/time-bank/transfers",
                           {"person_id": sender, "to": self.key_of(there)[0], "minutes": balance},
                           {"Idempotency-Key": "c" * 32})
        self.assertEqual(sent.status, 200, sent.text)
        self.assertEqual(server.stop(), 0)
        here.must("export", "head")  # seals what is not sealed yet
        proof = self.folder / "proof.json"
        proof.write_text(here.must("prove", "--fact", str(json.loads(sent.text)["id"])))
        words = ["import", "transfer", str(proof), "--public-key", self.key_of(here)[1],
                 "--person", str(receiver)]
        query = f"SELECT balance FROM figure_time_accounts WHERE id = 'person/{receiver}'"
        [(before,)] = self.rows(there, query)
        there.must(*words)
        self.assertEqual(self.rows(there, query), [(before + balance,)])
        again = there.run(*words)
        self.assertNotEqual(again.returncode, 0)
        self.assertIn("taken in already", again.stderr)
        back = here.run(*words[:-1], str(sender))
        self.assertIn("no time that was sent to this district", back.stderr)
        proof.write_text(proof.read_text().replace(f'\\"minutes\\":{balance}', '\\"minutes\\":9999'))
        self.assertNotEqual(there.run(*words).returncode, 0)
        self.assertIn("differences 0", there.must("verify"))


if __name__ == "__main__":
    unittest.main()
