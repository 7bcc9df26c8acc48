"""The cross table: what one library wrote, every library reads."""
import time
from concurrent.futures import ThreadPoolExecutor

from runner.broker import Broker


def run_cross(matrix, libraries, jobs):
    """Adds the verdicts of `cross-write` and, for each writer, `reads WRITER` to the matrix."""
    able = [each for each in libraries if each.name not in matrix.not_run]
    with Broker(matrix.fresh("cross")) as broker, ThreadPoolExecutor(jobs) as pool:
        written = [w for w in pool.map(lambda each: _write(matrix, each, broker), able) if w]
        pairs = [(writer, reader) for writer in written for reader in able]
        list(pool.map(lambda pair: _read(matrix, *pair, broker), pairs))


def _environment(matrix, broker, library, other):
    return {**broker.environment(), "CROSS_TOPIC": f"cross-{other.name}", "TOPIC_PREFIX": f"cross-{library.name}-",
            "FEATURES": matrix.features(library),
            "WORK": str(matrix.fresh("cross-work", f"{library.name}-of-{other.name}"))}


def _file(matrix, writer):
    return matrix.work / f"cross-{writer.name}.jsonl"


def _write(matrix, library, broker):
    began = time.monotonic()
    environment = _environment(matrix, broker, library, library)
    verdict = library.run(["cross-write", _file(matrix, library)], environment)
    matrix.record(library.name, "cross-write", verdict, time.monotonic() - began)
    return library if verdict == "ok" else None


def _read(matrix, writer, reader, broker):
    began = time.monotonic()
    verdict = reader.run(["cross-read", _file(matrix, writer)], _environment(matrix, broker, reader, writer), 60)
    matrix.record(reader.name, f"reads {writer.name}", verdict, time.monotonic() - began)
