"""A TCP proxy before the broker, which can keep the broker's answers to itself."""
import socket
import threading


class Proxy:
    """Forwards what comes in on `port` to the broker and back. Started by `with`, which ends all connections."""

    def __init__(self, bootstrap):
        host, port = bootstrap.rsplit(":", 1)
        self._target = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._delivers = threading.Event()
        self._delivers.set()
        self._over = False

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._over = True
        self._delivers.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def withhold(self):
        """From now on the broker gets requests, and nobody its answers: they are lost with their connections."""
        self._delivers.clear()

    def deliver(self):
        """New connections are served again."""
        self._delivers.set()

    def _accept(self):
        while not self._over:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(self._target, 5)
            except OSError:
                client.close()  # the broker is away, and so the client shall see it
                continue
            threading.Thread(target=self._forward, args=(client, server), daemon=True).start()
            threading.Thread(target=self._forward, args=(server, client, self._delivers), daemon=True).start()

    @staticmethod
    def _forward(source, target, delivers=None):
        """Copies until either side ends. What was withheld once is never sent: that connection is lost."""
        lost = False
        try:
            while data := source.recv(1 << 16):
                lost = lost or delivers is not None and not delivers.is_set()
                if not lost:
                    target.sendall(data)
        except OSError:
            pass  # either side is gone: so is the other
        for each in (source, target):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
