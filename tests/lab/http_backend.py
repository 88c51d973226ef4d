"""A state backend for tofu's `http` that can be told to go wrong: real lock IDs, a journal of all requests, and faults by verb,
mode and the number of the call.

    with http_backend.Backend() as backend:
        backend.fail("POST", "drop", calls={2}, path="/sandbox/x")
        … fly with base = backend.url …
        backend.states(), backend.locks(), backend.journal

Modes: `500` (nothing is done), `hang` (nothing is done and nothing is said until `release()`), `drop` (the connection is closed,
nothing is done), `slow` (it is done after a second), `lost` (it is done, and the connection is closed instead of an answer).
"""

import base64
import dataclasses
import hashlib
import http.server
import json
import socket
import threading
import time
import urllib.parse

VERBS = ("GET", "POST", "DELETE", "LOCK", "UNLOCK")
MODES = ("500", "hang", "drop", "slow", "lost")
SLOW = 1.0


@dataclasses.dataclass
class Request:
    number: int
    verb: str
    path: str
    lock: str  # the ID that it came with
    status: int = 0  # 0: no answer was given
    fault: str = ""


@dataclasses.dataclass
class Fault:
    verb: str
    mode: str
    calls: object  # a set of numbers, from 1; None: every call
    path: str | None
    seen: int = 0


class Backend:
    """Serves on a port of its own from the start to `close()`. With `password`, only who knows it (basic authentication)."""

    def __init__(self, password=None):
        self.password = password
        self.journal = []
        self._states, self._locks, self._faults = {}, {}, []
        self._guard = threading.Lock()
        self._released = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.backend = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.release()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def fail(self, verb, mode, calls=None, path=None):
        """From now on: calls are counted from here, of this verb and path alone."""
        assert verb in VERBS and mode in MODES
        with self._guard:
            self._faults.append(Fault(verb, mode, calls, path))

    def heal(self):
        """No faults any more; what hangs ends without an answer."""
        with self._guard:
            self._faults.clear()
        self.release()

    def release(self):
        with self._guard:
            self._released.set()
            self._released = threading.Event()

    def states(self):
        """path -> parsed state."""
        with self._guard:
            return {path: json.loads(body) for path, body in self._states.items()}

    def locks(self):
        """path -> what its holder said of itself."""
        with self._guard:
            return {path: json.loads(body) for path, body in self._locks.items()}

    def put(self, path, body):
        """As `tofu state push` would."""
        with self._guard:
            self._states[path] = body

    def lock(self, path, who="somebody@elsewhere", created="2026-01-02T03:04:05Z"):
        """Holds a lock as another applier would; `unlock` lets go."""
        with self._guard:
            self._locks[path] = json.dumps({"ID": "11111111-2222-3333-4444-555555555555", "Operation": "OperationTypeApply", "Info": "",
                                            "Who": who, "Version": "1.12.6", "Created": created, "Path": ""}).encode()

    def unlock(self, path):
        with self._guard:
            del self._locks[path]

    def requests(self, verb, path=None):
        with self._guard:
            return [it for it in self.journal if it.verb == verb and path in (None, it.path)]

    def enter(self, verb, path, lock):
        """The journal's line of a request that has come, and the fault that strikes it."""
        with self._guard:
            request = Request(len(self.journal) + 1, verb, path, lock)
            self.journal.append(request)
            for fault in self._faults:
                if fault.verb == verb and fault.path in (None, path):
                    fault.seen += 1
                    if fault.calls is None or fault.seen in fault.calls:
                        request.fault = fault.mode
                        break
            return request

    def wait_for_release(self):
        with self._guard:
            released = self._released
        released.wait()

    def do(self, verb, path, lock, body, checksum):
        """(status, body) of what the verb means, done."""
        with self._guard:
            holder = self._locks.get(path)
            held = json.loads(holder)["ID"] if holder else ""
            if verb == "GET":
                return (200, self._states[path]) if path in self._states else (404, b"")
            if verb == "LOCK":
                if holder:
                    return 423, holder
                self._locks[path] = body
                return 200, b""
            if lock != held:
                return 409, b"the lock is held by another, or not at all"
            if verb == "UNLOCK":
                del self._locks[path]
            elif verb == "DELETE":
                self._states.pop(path, None)
            else:
                if checksum and base64.b64decode(checksum) != hashlib.md5(body).digest():
                    return 400, b"the body is not what its checksum says"
                self._states[path] = body
            return 200, b""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, request, status, body=b""):
        request.status = status
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")  # on one that was used before, a client may ask again by itself
        self.end_headers()
        self.wfile.write(body)

    def drop(self):
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it has gone by itself

    def serve(self):
        backend = self.server.backend
        split = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        lock = urllib.parse.parse_qs(split.query).get("ID", [""])[0]
        if self.command in ("LOCK", "UNLOCK"):
            lock = json.loads(body)["ID"] if body else ""
        request = backend.enter(self.command, split.path, lock)
        if backend.password is not None:
            given = self.headers.get("Authorization", "").removeprefix("Basic ")
            if base64.b64decode(given).decode().partition(":")[2] != backend.password:
                return self.answer(request, 401)
        if request.fault == "500":
            return self.answer(request, 500)
        if request.fault == "hang":
            backend.wait_for_release()
            return self.drop()
        if request.fault == "drop":
            return self.drop()
        if request.fault == "slow":
            time.sleep(SLOW)
        status, answer = backend.do(self.command, split.path, lock, body, self.headers.get("Content-MD5"))
        if request.fault == "lost":
            return self.drop()
        return self.answer(request, status, answer)

    do_GET = do_POST = do_DELETE = do_LOCK = do_UNLOCK = serve
