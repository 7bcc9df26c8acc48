"""A TCP proxy before the broker, which can keep the broker's answers to itself, and be away as the broker is."""
import socket
import threading


class Proxy:
    """Forwards what comes in on `port` to the broker and back, from `open` to `close`; used by `with`."""

    def __init__(self, port, bootstrap):
        host, target = bootstrap.rsplit(":", 1)
        self._target = (host, int(target))
        self.port = port
        self._withholds = threading.Event()
        self._listener = None

    def __enter__(self):
        self.open()
        return self

    def __exit__(self, *_):
        self.close()

    def open(self):
        self._withholds.clear()
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def close(self):
        """Refuses new connections; those that there are end with the broker."""
        listener, self._listener = self._listener, None
        if listener:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def withhold(self):
        """From now on the broker gets requests, and nobody its answers: they are lost with their connections."""
        self._withholds.set()

    def _accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
                server = socket.create_connection(self._target, 5)
            except OSError:
                return  # closed
            threading.Thread(target=self._forward, args=(client, server), daemon=True).start()
            threading.Thread(target=self._forward, args=(server, client, self._withholds), daemon=True).start()

    @staticmethod
    def _forward(source, target, withholds=None):
        """Copies until either side ends. What was withheld once is never sent: that connection is lost."""
        lost = False
        try:
            while data := source.recv(1 << 16):
                lost = lost or withholds is not None and withholds.is_set()
                if not lost:
                    target.sendall(data)
        except OSError:
            pass  # either side is gone: so is the other
        for each in (source, target):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
