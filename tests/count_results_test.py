"""The count of ./dev test must neither invent nor lose a test."""

import json
import sys
import unittest

sys.dont_write_bytecode = True

import count_results as count

GTEST = """<testsuites><testsuite>
<testcase name="A" status="run" result="completed"/>
<testcase name="B" status="run"><failure message="no"/></testcase>
<testcase name="C" status="run" result="skipped"><skipped/></testcase>
<testcase name="D" status="notrun" result="suppressed"/>
</testsuite></testsuites>"""
PASSING = '<testsuites><testsuite><testcase name="A" status="run"/></testsuite></testsuites>'


def plan(*names):
    return json.dumps({"tests": [{"name": n, "command": [f"/x/test_{n}"]} for n in names]})


def junit(**states):
    rows = "".join(f'<testcase name="{n}" status="{s}"/>' for n, s in states.items())
    return f"<testsuite>{rows}</testsuite>"


class CountResults(unittest.TestCase):
    def test_gtest_cases_are_told_apart(self):
        self.assertEqual(count.of_gtest(GTEST), (1, 1, 2))

    def test_a_program_counts_by_its_cases(self):
        result = count.of_ctest(plan("base"), junit(base="fail"), {"test_base": GTEST})
        self.assertEqual(result, (1, 1, 2))

    def test_two_runs_of_one_program_are_both_counted(self):
        cases = {"test_api": PASSING, "test_api_1": PASSING, "test_apix": PASSING}
        self.assertEqual(count.of_ctest(plan("api"), junit(api="run"), cases), (2, 0, 0))

    def test_an_entry_without_cases_counts_as_one(self):
        result = count.of_ctest(plan("a", "b"), junit(a="run", b="fail"), {})
        self.assertEqual(result, (1, 1, 0))

    def test_a_leak_found_at_exit_is_a_failure(self):
        result = count.of_ctest(plan("a"), junit(a="fail"), {"test_a": PASSING})
        self.assertEqual(result, (1, 1, 0))

    def test_a_page_test_file_that_does_not_load_is_a_failure(self):
        text = json.dumps({"numPassedTests": 3, "numFailedTests": 1, "numPendingTests": 1,
                           "testResults": [{"status": "failed", "assertionResults": []},
                                           {"status": "failed", "assertionResults": [{}]}]})
        self.assertEqual(count.of_vitest(text), (3, 2, 1))

    def test_both_forms_of_node_test_are_read(self):
        spec = "ℹ tests 4\nℹ pass 2\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\n"
        self.assertEqual(count.of_node_test(spec), (2, 2, 0))
        self.assertEqual(count.of_node_test(spec.replace("ℹ", "#")), (2, 2, 0))

    def test_silence_counts_nothing(self):
        self.assertEqual(count.of_node_test("pass 3\n"), (0, 0, 0))
        self.assertEqual(count.of_tree("3 passed, 0 failed\n"), (0, 0, 0))


if __name__ == "__main__":
    unittest.main()
