#!/usr/bin/env python3
"""Holds the house to its plan: which room may include which, and who may see what.

The rooms' neighbours are declared once, in USES of each add_room(); this script compares them with the #include lines
and both with the order below. Prints every breach with file and line; exits 1 when there is one.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# A room may include rooms of earlier rows and, where declared in USES, of its own row.
LAYERS = [
    ["fix_specs", "gateway/domain"],
    ["gateway/channels", "gateway/crypto", "gateway/calendar"],
    ["gateway/orders", "gateway/journal"],
    ["gateway/risk", "gateway/routing", "gateway/venues"],
    ["gateway/core"],
    ["sessions/transport", "sessions/codec", "sessions/client", "sessions/credentials", "sessions/engine", "sessions", "gateway/config", "gateway/admin"],
    ["gateway/app"],
]
LAYER = {room: depth for depth, rooms in enumerate(LAYERS) for room in rooms}
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^">]+)[">]')
# A clock, a file, the environment or a random source: what a pure function does not touch.
IMPURE = re.compile(r"system_clock|steady_clock|clock_gettime|\btime\(|\bgetenv\b|\brandom_device\b|\bfopen\b|\bifstream\b")
TAG = re.compile(r'"(?:\|)?(?:8|9|35|49|56|34|52|11|37|17)=')


def room_of(path: pathlib.PurePath) -> str | None:
    folder = path.parent.as_posix()
    while folder not in ("", "."):
        if folder in LAYER:
            return folder
        folder = pathlib.PurePath(folder).parent.as_posix()
    return None


def declared() -> dict[str, set[str]]:
    names: dict[str, str] = {}
    uses: dict[str, list[str]] = {}
    for room in LAYER:
        cmake = ROOT / room / "CMakeLists.txt"
        if not cmake.exists():
            continue
        for name, body in re.findall(r"add_room\(\s*(\w+)([^)]*)\)", cmake.read_text()):
            names[name] = room
            found = re.search(r"USES\s+((?:[a-z_]+\s*)+)", body)
            uses[room] = uses.get(room, []) + (found.group(1).split() if found else [])
    return {room: {names.get(name, name) for name in list_} for room, list_ in uses.items()}


def main() -> int:
    problems: list[str] = []
    neighbours = declared()
    for room, list_ in neighbours.items():
        for other in sorted(list_):
            if other in LAYER and LAYER[other] > LAYER[room]:
                problems.append(f"{room}/CMakeLists.txt: USES {other}, which is further out")
    for path in sorted([*ROOT.glob("gateway/**/*.[ch]pp"), *ROOT.glob("sessions/**/*.[ch]pp")]):
        relative = path.relative_to(ROOT)
        room = room_of(relative)
        if room is None:
            problems.append(f"{relative}: is in no room")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            where = f"{relative}:{number}"
            match = INCLUDE.match(line)
            if match:
                target = match.group(1)
                if target.startswith("quickfix/") and relative.as_posix() != "sessions/engine/quickfix.hpp":
                    problems.append(f"{where}: only sessions/engine/quickfix.hpp may include <{target}>")
                other = room_of(pathlib.PurePath(target))
                if other and other != room:
                    if LAYER[other] > LAYER[room]:
                        problems.append(f"{where}: {room} must not include {other}, which is further out")
                    elif LAYER[other] == LAYER[room] and other not in neighbours.get(room, set()):
                        problems.append(f"{where}: {room} includes its neighbour {other} without naming it in USES")
                continue
            code = line.split("//", 1)[0]
            if room in ("gateway/risk", "gateway/core", "gateway/orders", "gateway/routing", "gateway/domain"):
                if IMPURE.search(code):
                    problems.append(f"{where}: the deterministic core reads no clock, file, environment or random source")
            if room.startswith("gateway/") and room != "gateway/app" and TAG.search(code):
                problems.append(f"{where}: only sessions/ writes tag numbers")
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} breaches of the room plan (ARCHITECTURE.md)")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
