"""Child processes that never outlive their time: each has a process group of its own, which is killed as a whole."""
import os
import signal
import subprocess
from dataclasses import dataclass


_running = set()


@dataclass(frozen=True)
class Finished:
    """How a command ended; a code of None means that its time was up."""
    code: int
    out: str
    err: str


def run(command, seconds, env=None, cwd=None):
    child = subprocess.Popen([str(word) for word in command], env=env, cwd=cwd, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
                             start_new_session=True)
    code = None
    _running.add(child.pid)
    try:
        out, err = child.communicate(timeout=seconds)
        code = child.returncode
    except subprocess.TimeoutExpired:
        kill_group(child.pid)
        out, err = child.communicate()
    finally:
        kill_group(child.pid)
        _running.discard(child.pid)
    return Finished(code, out, err)


def kill_all():
    """Ends what runs at this moment, for a run that is interrupted."""
    for pid in list(_running):
        kill_group(pid)


def kill_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
