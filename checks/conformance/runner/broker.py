"""A broker of its own for each library: the built jar on free ports, with an empty data directory."""
import os
import random
import shlex
import socket
import subprocess
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]
JAR = HOME / "bootstrap/target/bootstrap.jar"
JVM_OPTIONS = HOME / "bootstrap/src/launch/jvm.options"

START = """#!/usr/bin/env bash
# Starts the broker, with more options if there are any, and waits until it is ready.
cd {work}
: >out
setsid {java} @{options} -jar {jar} --bind-address 127.0.0.1 --port {port} --http-port {http} --log-dir {work}/data \
  "$@" >out 2>>err </dev/null &
echo $! >pid
for _ in $(seq 600); do
  grep -q 'Broker ready' out && exit 0
  kill -0 "$(cat pid)" 2>/dev/null || break
  sleep 0.05
done
echo 'the broker did not start' >&2
exit 1
"""

KILL = """#!/usr/bin/env bash
# Kills the broker with signal 9 and waits until it is gone.
pid=$(cat {work}/pid)
kill -9 "$pid" 2>/dev/null
while [ -d "/proc/$pid" ] && ! grep -qs '^State:.Z' "/proc/$pid/status"; do sleep 0.02; done
"""


def build_jar():
    """Builds bootstrap.jar when it is missing."""
    if not JAR.exists():
        print("building bootstrap.jar ...", flush=True)
        subprocess.run(["mvn", "-q", "-pl", "bootstrap", "-am", "package", "-DskipTests"], cwd=HOME, check=True)


_running = set()


def kill_all():
    """Ends all brokers, for a run that is interrupted."""
    for broker in list(_running):
        broker.kill()


class Broker:
    """Started by `with`; `control` holds the scripts `kill` and `start`, for clients that want to see it die."""

    def __init__(self, work):
        self.work = work
        self.control = work / "control"
        self.port, self.http, self.proxy = free_ports(3)

    def __enter__(self):
        self.control.mkdir(parents=True)
        _running.add(self)
        names = {"work": self.work, "options": JVM_OPTIONS, "jar": JAR, "java": java()}
        quoted = {name: shlex.quote(str(value)) for name, value in names.items()}
        self._script("start", START.format(port=self.port, http=self.http, **quoted))
        self._script("kill", KILL.format(**quoted))
        try:
            subprocess.run([self.control / "start"], check=True)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.kill()
        _running.discard(self)

    def kill(self):
        subprocess.run([self.control / "kill"], check=False)

    def environment(self):
        return {"BOOTSTRAP": f"127.0.0.1:{self.port}", "HTTP": f"127.0.0.1:{self.http}", "JAR": str(JAR),
                "CONTROL": str(self.control), "PROXY_PORT": str(self.proxy)}

    def revive(self):
        """Starts the broker again if a scenario left it dead."""
        if not Path(f"/proc/{(self.work / 'pid').read_text().strip()}").exists():
            subprocess.run([self.control / "start"], check=True)

    def _script(self, name, text):
        path = self.control / name
        path.write_text(text)
        path.chmod(0o755)


def java():
    home = os.environ.get("JAVA_HOME")
    return os.environ.get("STRIKEMQ_JAVA") or (f"{home}/bin/java" if home else "java")


def free_ports(count):
    """Below those that clients get for their own ends of a connection: while a broker is away, nobody takes its port."""
    found = []
    while len(found) < count:
        port = random.randrange(10_000, 30_000)
        with socket.socket() as each:
            if port not in found and each.connect_ex(("127.0.0.1", port)) != 0:
                found.append(port)
    return found
