"""A client program under test: called with a verb and its options, it answers with lines of JSON."""
import base64
import json
import os
import queue
import signal
import subprocess
import threading
import time


class Lacking(Exception):
    """The client has no such feature."""


class ClientError(Exception):
    """The client reported an error, as it should or should not."""


class Running:
    """A program that goes on while the scenario does other things; its lines arrive in a queue."""

    def __init__(self, command, name):
        self.name = name
        self.lines = []
        self._queue = queue.Queue()
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self._child.stdout:
            if line.startswith("{"):
                self.lines.append(json.loads(line))
                self._queue.put(self.lines[-1])
        self._queue.put(None)

    def next(self, seconds=30):
        """The next line; None when the program has ended."""
        try:
            return checked(self._queue.get(timeout=seconds))
        except queue.Empty:
            raise AssertionError(f"{self.name} was silent for {seconds} s") from None

    def tell(self, line):
        """Writes a line of JSON to its standard input."""
        self._child.stdin.write(json.dumps(line) + "\n")
        self._child.stdin.flush()

    def until(self, last, seconds):
        """The lines before the one that has `last`."""
        end = time.monotonic() + seconds
        lines = []
        while True:
            try:
                line = self._queue.get(timeout=max(0.1, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{self.name} has not done within {seconds} s: {lines[-1:]}") from None
            if line is None:
                raise AssertionError(f"{self.name} ended: {lines[-1:]}")
            if last in line:
                return lines
            lines.append(line)

    def leave(self, seconds=20):
        """Asks for a clean end."""
        self._child.send_signal(signal.SIGTERM)
        return self.wait(seconds)

    def kill(self):
        self._child.kill()
        self._child.wait()

    def wait(self, seconds):
        return self._child.wait(seconds)

    def all_lines(self):
        """All that it printed, when it has ended; raises what it reported as an error."""
        self._reader.join(10)
        return [checked(line) for line in self.lines]

    def alive(self):
        return self._child.poll() is None


class Program:
    def __init__(self, command, bootstrap):
        self._command = command
        self.bootstrap = bootstrap
        self._running = []
        self._server = None
        self.features = {}
        self.features = self._features(os.environ["FEATURES"])

    def _features(self, file):
        """The program is asked once in a run: starting it is what takes the time."""
        if not os.path.exists(file):
            with open(f"{file}.{os.getpid()}", "w", encoding="utf-8") as out:
                json.dump(self.ask("features")[0], out)
            os.rename(out.name, file)
        with open(file, encoding="utf-8") as known:
            return json.load(known)

    def ask(self, verb, records=(), **options):
        """Runs the verb to its end; its answers."""
        answers = self._serve if self.features.get("serves") else self._run
        return [answer for answer in map(checked, answers(verb, records, options)) if "ready" not in answer]

    def _serve(self, verb, records, options):
        """Has one process run all verbs of the scenario: for programs that take long to start."""
        if not self._server:
            self._server = self.start("serve")
        self._server.tell([verb, {"bootstrap": self.bootstrap, **options}, list(records)])
        return self._server.until("done", 90)

    def _run(self, verb, records, options):
        text = "".join(json.dumps(record) + "\n" for record in records)
        done = subprocess.run(self._words(verb, options), input=text, stdout=subprocess.PIPE, text=True, timeout=90)
        answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode != 0 and not any("error" in answer or "na" in answer for answer in answers):
            raise AssertionError(f"{verb} {options} ended with {done.returncode}: {done.stdout[-300:]}")
        return answers

    def start(self, verb, **options):
        running = Running(self._words(verb, options), options.get("name", verb))
        self._running.append(running)
        return running

    def needs(self, feature):
        """Ends the scenario with n/a when the client lacks the feature."""
        if feature in self.features.get("lacks", {}):
            raise Lacking(self.features["lacks"][feature])

    def has(self, feature):
        return feature not in self.features.get("lacks", {})

    def end(self):
        for running in self._running:
            if running.alive():
                running.kill()

    def _words(self, verb, options):
        return [*self._command, verb, json.dumps({"bootstrap": self.bootstrap, **options})]


def checked(answer):
    if answer and "na" in answer:
        raise Lacking(answer["na"])
    if answer and "error" in answer:
        raise ClientError(answer["error"])
    return answer


def record(value, key=None, headers=(), timestamp=None, partition=None):
    """A record as the programs take it; bytes travel in base64."""
    return {"key": encoded(key), "value": encoded(value), "headers": [[name, encoded(v)] for name, v in headers],
            "timestamp": timestamp, "partition": partition}


def encoded(data):
    return None if data is None else base64.b64encode(data.encode() if isinstance(data, str) else data).decode()


def decoded(text):
    return None if text is None else base64.b64decode(text)


def expect(what, expected, actual):
    if expected != actual:
        raise AssertionError(f"{what}: expected {str(expected)[:150]}, got {str(actual)[:150]}")


def await_true(what, condition, seconds):
    """Polls until the condition holds; returns what it returned."""
    end = time.monotonic() + seconds
    while not (result := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.1)
    return result


def topic(name):
    return os.environ["TOPIC_PREFIX"] + name
