"""Writes docs/clients.md from a full run."""
from runner.matrix import PARTLY, reasons

SIGNS = {"ok": "✓", "n/a": "–", "failed": "✗"}

HEAD = """# Client libraries

Real client libraries against the built `bootstrap.jar`, old and new, without a change in their code. This page is written by
`checks/conformance/run`; `checks/conformance/README.md` says how to add a library. ✓ works; (✓) works, but for a part
that the client does not have; – is something that the client does not have (see the notes); ✗ fails.
"""


def render(libraries, matrix, scenarios):
    """The page as text; `libraries` in the order of their rows."""
    ran = [library for library in libraries if library.name in matrix.verdicts]
    parts = [HEAD, _versions(libraries, matrix), "## Scenarios\n", _scenario_table(ran, matrix, scenarios),
             _notes(ran, matrix), "## Written by one, read by the other\n",
             "Keys, values, headers, timestamps, each codec that the writer has, and transactions of all kinds at both isolation levels. "
             "A row reads what the columns wrote.\n",
             _cross_table(ran, matrix), "## How to connect\n"]
    parts += _connections(libraries)
    return "\n".join(part for part in parts if part).rstrip() + "\n"


def _row(cells):
    return "| " + " | ".join(cells) + " |"


def _table(head, rows):
    return "\n".join([_row(head), _row(["---"] * len(head)), *[_row(row) for row in rows]]) + "\n"


def _versions(libraries, matrix):
    rows = [[library.ecosystem, library.name, library.version,
             f"not run: {matrix.not_run[library.name]}" if library.name in matrix.not_run else "run"]
            for library in libraries]
    return _table(["ecosystem", "library", "version", "here"], rows)


def _sign(verdict):
    if verdict and verdict.endswith(PARTLY):
        return "(✓)"
    return SIGNS[verdict.split(":")[0]] if verdict else ""


def _scenario_table(ran, matrix, scenarios):
    rows = [[library.name, *[_sign(matrix.verdicts[library.name].get(scenario)) for scenario in scenarios]]
            for library in ran]
    return _table(["", *scenarios], rows)


def _cross_table(ran, matrix):
    writers = [library for library in ran if matrix.verdicts[library.name].get("cross-write") == "ok"]
    rows = [[reader.name, *[_sign(matrix.verdicts[reader.name].get(f"reads {writer.name}")) for writer in writers]]
            for reader in ran if "cross-write" in matrix.verdicts[reader.name]]
    return _table(["", *[writer.name for writer in writers]], rows)


def _notes(ran, matrix):
    """A line for each reason, with the scenarios that it touches."""
    notes = {}
    for library in ran:
        for scenario, verdict in matrix.verdicts[library.name].items():
            place = "cross table" if scenario.startswith("reads ") else scenario
            for reason in reasons(verdict):
                notes.setdefault((library.name, reason), {})[place] = True
    lines = [f"- {name}: {reason} ({', '.join(places)})" for (name, reason), places in notes.items()]
    return "\n".join(lines) + "\n" if lines else ""


def _connections(libraries):
    """Libraries to which one connects alike share their lines."""
    alike = {}
    for library in libraries:
        if library.connect():
            alike.setdefault(library.connect(), []).append(library.name)
    return [f"### {', '.join(names)}\n\n{lines}\n" for lines, names in alike.items()]
