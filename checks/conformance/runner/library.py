"""The libraries that are here: what each ecosystem's folder says of itself."""
import os
from dataclasses import dataclass
from pathlib import Path

from runner.process import run

ROOT = Path(__file__).resolve().parents[1]
ECOSYSTEMS = ("c", "java", "python", "go", "node", "rust")
CROSS = "cross"  # the library takes part in the cross table, which comes after the other scenarios
SCENARIOS = ("metadata", "topic-admin", "acks", "records", "codecs", "start-positions", "group-rebalance", "assignors",
             "static-membership", "next-groups", "next-groups-static", "next-groups-migration", "next-groups-topics", "commit-resume", "idempotent", "large-messages", "fifty-partitions", "compacted-topic", "group-admin",
             "transactions", "exactly-once", "faults", "broker-restart", CROSS)
CORE = ("metadata", "topic-admin", "acks", "records", "codecs", "start-positions", "commit-resume", "idempotent", CROSS)
BUILD_SECONDS = 600
SCENARIO_SECONDS = 180


@dataclass(frozen=True)
class Library:
    ecosystem: str
    name: str
    version: str
    newest: bool

    @property
    def home(self):
        return ROOT / self.ecosystem

    def scenarios(self):
        own = self.home / "scenarios"
        if not os.access(own, os.X_OK):
            return list(SCENARIOS)
        return run([own, self.name], 60).out.split()

    def build(self):
        """Prepares the library; returns why it cannot be run, or None."""
        finished = run([self.home / "build", self.name], BUILD_SECONDS)
        if finished.code == 0:
            return None
        return last_line(finished.err) or last_line(finished.out) or "its build failed"

    def run(self, words, environment, seconds=SCENARIO_SECONDS):
        """Runs one scenario; returns its verdict: ok, n/a: reason, or failed: reason."""
        finished = run([self.home / "run", self.name, *words], seconds, env={**os.environ, **environment})
        log = Path(environment["WORK"]) / "log"
        log.write_text(f"{finished.out}\n--- stderr\n{finished.err}")
        if finished.code is None:
            return f"failed: not done after {seconds} s"
        verdict = last_line(finished.out)
        if verdict == "ok" or verdict.startswith(("n/a: ", "failed: ")):
            return verdict
        return f"failed: no verdict, but {verdict or last_line(finished.err)!r}"

    def connect(self):
        """The lines that a user needs to connect, in Markdown: an older release's own, or those of the newest."""
        for name in (self.name, self.name.rpartition("-")[0]):
            page = self.home / "connect" / f"{name}.md"
            if page.exists():
                return page.read_text().strip()
        return ""


def all_libraries():
    found = []
    for ecosystem in ECOSYSTEMS:
        script = ROOT / ecosystem / "libraries"
        if script.exists():
            rows = [line.split("\t") for line in run([script], 60).out.splitlines() if line.strip()]
            found += [Library(ecosystem, name, version, age == "newest") for name, version, age in rows]
    return found


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
