#!/usr/bin/env python3
"""Prints the closing line of a test run, "N passed, M failed": test cases summed over the last ctest logs.

A program that reports Catch2 cases counts its cases; any other test counts as one.
"""
import pathlib
import re
import sys


def count(log: str) -> tuple[int, int]:
    passed = failed = 0
    for block in re.split(r"^\d+/\d+ Testing: ", log, flags=re.MULTILINE)[1:]:
        if "Test Passed." not in block and "Test Failed." not in block:
            continue
        ok = "Test Passed." in block
        whole = re.search(r"All tests passed \([\d,]+ assertions? in (\d+) test cases?\)", block)
        parts = re.search(r"test cases: +(\d+) \|(?: +(\d+) passed \|)? +(\d+) failed", block)
        if whole:
            passed += int(whole.group(1))
        elif parts:
            passed += int(parts.group(2) or 0)
            failed += int(parts.group(3))
        elif ok:
            passed += 1
        else:
            failed += 1
    return passed, failed


def main() -> int:
    passed = failed = 0
    for build in sys.argv[1:]:
        log = pathlib.Path(build) / "Testing/Temporary/LastTest.log"
        if log.exists():
            p, f = count(log.read_text(errors="replace"))
            passed += p
            failed += f
    print(f"{passed} passed, {failed} failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
