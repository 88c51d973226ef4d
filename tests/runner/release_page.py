"""A release of tofu on this machine, for tests: keys of our own, a page that serves it over HTTP and may be told to serve wrong
things, archives as a release has them and as it must not have them.
"""

import hashlib
import http.server
import io
import os
import pathlib
import platform
import shutil
import stat
import struct
import subprocess
import tempfile
import threading
import zipfile

VERSION = "1.12.6"
MACHINE = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
ARCHIVE = f"tofu_{VERSION}_linux_{MACHINE}.zip"
SUMS = f"tofu_{VERSION}_SHA256SUMS"
SIGNATURE = f"{SUMS}.gpgsig"
BESIDE = {"CHANGELOG.md": b"changes", "LICENSE": b"MPL", "README.md": b"read me"}


def program(version=VERSION):
    """What says of itself that it is tofu, and does nothing else."""
    return f'#!/bin/sh\nprintf \'{{"terraform_version":"{version}"}}\\n\'\n'.encode()


def archive(members=None, mode=0o100755):
    """(name, bytes) or (name, bytes, mode) each, packed as zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name, data, *own in members if members is not None else [*BESIDE.items(), ("tofu", program())]:
            info = zipfile.ZipInfo(name)
            info.external_attr = (own[0] if own else mode) << 16
            info.create_system = 3
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, data)
    return packed.getvalue()


def link(name, target):
    return name, target.encode(), stat.S_IFLNK | 0o777


def answer(code, **headers):
    def give(handler):
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
    return give


def broken_off(data):
    def give(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data[: len(data) // 2])
        handler.close_connection = True
    return give


def halting(data, begun):
    """Half of it; `begun` is set, and the rest does not come until whoever asked has gone."""
    def give(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data[: len(data) // 2])
        begun.set()
        try:
            handler.rfile.read(1)
        except OSError:
            pass  # gone without having read all
    return give


def endless(handler):
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(4096):
            handler.wfile.write(b"0" * 65536)
    except OSError:
        pass


def bomb(said):
    """A member of 64 MiB of nothing whose heads say `said`."""
    packed = bytearray(archive([("tofu", b"\0" * (64 << 20))]))
    for mark, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        begin = packed.rindex(mark)
        packed[begin + at:begin + at + 4] = struct.pack("<I", said)
    return bytes(packed)


def encrypted():
    packed = bytearray(archive())
    at = packed.index(b"PK\1\2")
    packed[at + 8] |= 1
    return bytes(packed)


class Keys:
    """Keys by name in a keyring of their own. `ring(name)` is the public one as gpgv wants it."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="space-keys-"))
        self.folder.chmod(0o700)

    def close(self):
        subprocess.run(["gpgconf", "--homedir", self.folder, "--kill", "all"], capture_output=True, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def gpg(self, *words, data=None):
        done = subprocess.run(["gpg", "--homedir", self.folder, "--batch", "--yes", "--quiet", "--no-tty", "--pinentry-mode", "loopback",
                               "--passphrase", "", *words], input=data, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def make(self, name, *words, expires="never"):
        self.gpg(*words, "--quick-gen-key", f"{name} <{name}@example.test>", "ed25519", "sign", expires)

    def fingerprint(self, name):
        listed = self.gpg("--with-colons", "--list-keys", name).decode().splitlines()
        return next(line.split(":")[9] for line in listed if line.startswith("fpr:"))

    def ring(self, name):
        path = self.folder / f"{name}.ring"
        if not path.exists():  # once: somebody may be reading it
            path.write_bytes(self.gpg("--export", name))
        return path

    def revoke(self, name):
        text = (self.folder / "openpgp-revocs.d" / f"{self.fingerprint(name)}.rev").read_text()
        (self.folder / "revocation").write_text(text.replace(":-----BEGIN", "-----BEGIN"))
        self.gpg("--import", self.folder / "revocation")
        (self.folder / f"{name}.ring").unlink(missing_ok=True)

    def sign(self, name, data, *words):
        return self.gpg(*words, "--local-user", name, "--detach-sign", data=data)


class Page:
    """Serves `files` by path; an answer may be bytes or a function of the handler that answers by itself."""

    def __init__(self, address="127.0.0.1"):
        self.files, self.asked = {}, []
        page = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # the library's name
                page.asked.append(self.path)
                answer = page.files.get(self.path)
                if callable(answer):
                    answer(self)
                elif answer is None:
                    self.send_error(404)
                else:
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer)

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer((address, 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://{address}:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @staticmethod
    def path(name):
        return f"/v{VERSION}/{name}"

    def release(self, signed, packed=None, sums=None):
        """A whole release; `signed` makes the signature of the checksum file."""
        packed = archive() if packed is None else packed
        if sums is None:
            sums = f"{'0' * 64}  tofu_{VERSION}_other.zip\n{hashlib.sha256(packed).hexdigest()}  {ARCHIVE}\n".encode()
        self.files = {self.path(ARCHIVE): packed, self.path(SUMS): sums, self.path(SIGNATURE): signed(sums)}
        return hashlib.sha256(packed).hexdigest()

    def write(self, folder):
        """The same as files of a folder."""
        for path, data in self.files.items():
            target = pathlib.Path(str(folder) + path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def free_of_tofu(folder):
    """A PATH whose programs are the machine's but for tofu and Go."""
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    for name in ("curl", "gpgv", "sh"):
        os.symlink(shutil.which(name), folder / name)
    return str(folder)
