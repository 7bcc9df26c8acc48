"""checks/conformance/run [--newest] [--jobs N] [library] [scenario]"""
import argparse
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

from runner import broker, process
from runner.broker import HOME, build_jar
from runner.cross import run_cross
from runner.library import CORE, CROSS, all_libraries
from runner.matrix import PARTLY, Matrix
from runner.page import render


def main(arguments):
    chosen = _parse(arguments)
    began = time.monotonic()
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _interrupted)
    build_jar()
    work = Path(tempfile.mkdtemp(prefix="strikemq-conformance-"))
    matrix = Matrix(work)
    libraries = _libraries(chosen)
    plan = [(library, _scenarios(chosen, library)) for library in libraries]
    matrix.run([each for each in plan if each[1]], chosen.jobs)
    if chosen.scenario in (None, CROSS):
        run_cross(matrix, [library for library, scenarios in plan if CROSS in scenarios], chosen.jobs)
    if not (chosen.newest or chosen.library or chosen.scenario):
        order = list(dict.fromkeys(each for _, scenarios in plan for each in scenarios if each != CROSS))
        (HOME / "docs/clients.md").write_text(render(libraries, matrix, order))
    return _finish(matrix, libraries, work, time.monotonic() - began)


def _interrupted(number, _):
    """Leaves no process behind; threads that wait for one of them are not waited for."""
    process.kill_all()
    broker.kill_all()
    os._exit(128 + number)


def _parse(arguments):
    parser = argparse.ArgumentParser(prog="checks/conformance/run", description=__doc__)
    parser.add_argument("library", nargs="?", help="only this one; 'all' for all")
    parser.add_argument("scenario", nargs="?", help="only this one; 'cross' for the cross table")
    parser.add_argument("--newest", action="store_true", help="core scenarios of each ecosystem's newest libraries")
    parser.add_argument("--jobs", type=int, default=2, help="libraries at the same time (2)")
    chosen = parser.parse_args(arguments)
    chosen.library = None if chosen.library == "all" else chosen.library
    return chosen


def _libraries(chosen):
    libraries = all_libraries()
    if chosen.newest:
        libraries = [library for library in libraries if library.newest]
    if chosen.library:
        libraries = [library for library in libraries if library.name == chosen.library]
        if not libraries:
            raise SystemExit(f"there is no library '{chosen.library}'; there are: "
                             + ", ".join(library.name for library in all_libraries()))
    return libraries


def _scenarios(chosen, library):
    wanted = (chosen.scenario,) if chosen.scenario else CORE if chosen.newest else library.scenarios()
    return [scenario for scenario in library.scenarios() if scenario in wanted]


def _finish(matrix, libraries, work, seconds):
    """Prints the table and the failures; returns the exit code."""
    scenarios = list(dict.fromkeys(s for row in matrix.verdicts.values() for s in row if not s.startswith("reads ")))
    print(f"\n{'':20}" + " ".join(str(number + 1).rjust(3) for number in range(len(scenarios))) + "  reads")
    for library in libraries:
        row = matrix.verdicts.get(library.name)
        if row is None:
            print(f"{library.name:20} not run: {matrix.not_run.get(library.name, 'nothing to do')}")
            continue
        reads = [verdict for scenario, verdict in row.items() if scenario.startswith("reads ")]
        read = sum(verdict == "ok" or verdict.endswith(PARTLY) for verdict in reads)
        signs = " ".join(row.get(scenario, "").split(":")[0].replace("failed", "BAD").rjust(3) for scenario in scenarios)
        print(f"{library.name:20}{signs}  {read}/{len(reads)}")
    print("\n".join(f"{number + 1:3} {scenario}" for number, scenario in enumerate(scenarios)))
    failures = matrix.failures()
    for failure in failures:
        print("failed: " + " / ".join(failure))
    print(f"took {seconds:.0f} s; " + (f"logs in {work}" if failures else "nothing failed"))
    if not failures:
        shutil.rmtree(work, ignore_errors=True)
    return 1 if failures else 0
