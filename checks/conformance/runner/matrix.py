"""Runs the scenarios of each library against a broker of its own and collects the verdicts."""
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from runner.broker import Broker
from runner.library import CROSS

PARTLY = " (the rest is ok)"  # at the end of a verdict: n/a in part


def reasons(verdict):
    """What a verdict tells beside ok; several reasons of one n/a are separated by semicolons."""
    if verdict.startswith("n/a: "):
        return verdict.removeprefix("n/a: ").removesuffix(PARTLY).split("; ")
    return [] if verdict == "ok" else [verdict]


class Matrix:
    """The verdicts so far: by library's name and scenario. Written by several threads, each for its own library."""

    def __init__(self, work):
        self.work = work
        self.verdicts = {}
        self.not_run = {}
        self._printing = threading.Lock()

    def run(self, chosen, jobs):
        """Builds the libraries and runs all scenarios but the cross table. chosen: [(library, scenarios)]"""
        with ThreadPoolExecutor(jobs) as pool:
            for done in [pool.submit(self._run_library, *each) for each in chosen]:
                done.result()

    def _run_library(self, library, scenarios):
        began = time.monotonic()
        reason = library.build()
        if reason:
            self.not_run[library.name] = reason
            return self.say(f"{library.name:20} not run: {reason}")
        own = [scenario for scenario in scenarios if scenario != CROSS]
        if own:
            with Broker(self.fresh(library.name)) as broker:
                for scenario in own:
                    self._run_scenario(library, scenario, broker)
        self.say(f"{library.name:20} took {time.monotonic() - began:.0f} s")

    def _run_scenario(self, library, scenario, broker):
        began = time.monotonic()
        environment = {**broker.environment(), "WORK": str(self.fresh(library.name, scenario)),
                       "TOPIC_PREFIX": f"{library.name}-{scenario}-", "FEATURES": self.features(library)}
        verdict = library.run([scenario], environment)
        broker.revive()
        self.record(library.name, scenario, verdict, time.monotonic() - began)

    def features(self, library):
        """The file in which the library's program has said what it can, once it was asked."""
        return str(self.work / f"{library.name}.features")

    def record(self, library, scenario, verdict, seconds):
        self.verdicts.setdefault(library, {})[scenario] = verdict
        self.say(f"{library:20} {scenario:18} {seconds:5.1f} s  {verdict}")

    def failures(self):
        return [(library, scenario, verdict) for library, row in self.verdicts.items()
                for scenario, verdict in row.items() if verdict.startswith("failed")]

    def fresh(self, *names):
        path = self.work.joinpath(*names)
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path

    def say(self, line):
        with self._printing:
            print(line, flush=True)
