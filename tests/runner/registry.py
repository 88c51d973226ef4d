"""A provider registry of this machine, over TLS: what tofu asks of a registry, no more. Its package for this platform is the real
plugin that provider.py builds; for others, where it is never run, a few bytes. Counts what was fetched.
"""

import hashlib
import http.server
import io
import json
import pathlib
import ssl
import subprocess
import threading
import time
import zipfile

import provider
import release_page

NAME = "tests/simple"
PLATFORMS = ("linux_amd64", "linux_arm64", "darwin_arm64", "darwin_amd64")
THIS = f"linux_{release_page.MACHINE}"


class Registry:
    def __init__(self, folder, versions=("1.0.0",), platforms=PLATFORMS):
        self.folder = pathlib.Path(folder)
        self.keys = release_page.Keys()
        self.keys.make("registry")
        self.platforms = platforms
        mirror = provider.mirror(self.folder / "built")
        self.real = next(path for path in mirror.rglob("terraform-provider-*") if path.is_file()).read_bytes()
        self.begin(versions=versions)
        self.certificate = self._certificate()
        registry = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # the library's name
                registry.answer(self)

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.folder / "key.pem")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.host = f"localhost:{self.server.server_address[1]}"
        self.source = f"{self.host}/{NAME}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def begin(self, plugin=None, versions=("1.0.0",)):
        """As new. `plugin` stands for the real one where nobody runs it."""
        self.plugin = self.real if plugin is None else plugin
        self.versions, self.fetched, self.archives = list(versions), [], {}
        self.pause = 0  # seconds in the middle of each package

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
        self.keys.close()

    def _certificate(self):
        path = self.folder / "cert.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost", "-keyout", self.folder / "key.pem", "-out", path], capture_output=True, check=True)
        return path

    def archive(self, version, platform):
        """Another package for each version and platform, so that no hash is of two."""
        if (version, platform) not in self.archives:
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as out:
                out.writestr("README.md", f"{version} {platform}")
                plugin = zipfile.ZipInfo(f"terraform-provider-simple_v{version}")
                plugin.external_attr = 0o100755 << 16
                out.writestr(plugin, self.plugin if platform == THIS else platform)
            self.archives[version, platform] = packed.getvalue()
        return self.archives[version, platform]

    def sums(self, version):
        return "".join(f"{hashlib.sha256(self.archive(version, platform)).hexdigest()}  {self.file(version, platform)}\n"
                       for platform in self.platforms).encode()

    @staticmethod
    def file(version, platform):
        return f"terraform-provider-simple_{version}_{platform}.zip"

    def answer(self, handler):
        words = handler.path.strip("/").split("/")
        if words == [".well-known", "terraform.json"]:
            return self.send(handler, {"providers.v1": "/v1/providers/"})
        if words[:2] == ["v1", "providers"] and words[4:] == ["versions"]:
            platforms = [dict(zip(("os", "arch"), platform.split("_"))) for platform in self.platforms]
            return self.send(handler, {"versions": [{"version": version, "protocols": ["6.0"], "platforms": platforms}
                                                    for version in self.versions]})
        if words[:2] == ["v1", "providers"] and words[5] == "download" and "_".join(words[6:]) in self.platforms:
            return self.send(handler, self.package(words[4], "_".join(words[6:])))
        if words[0] == "sums":
            return self.send(handler, self.sums(words[1]))
        if words[0] == "signature":
            return self.send(handler, self.keys.sign("registry", self.sums(words[1])))
        if words[0] == "archive":
            self.fetched.append((words[1], words[2]))
            return self.send(handler, self.archive(words[1], words[2]), self.pause)
        return handler.send_error(404)

    def package(self, version, platform):
        base = f"https://{self.host}"
        return {"protocols": ["6.0"], "os": platform.split("_")[0], "arch": platform.split("_")[1], "filename": self.file(version, platform),
                "download_url": f"{base}/archive/{version}/{platform}", "shasums_url": f"{base}/sums/{version}",
                "shasums_signature_url": f"{base}/signature/{version}",
                "shasum": hashlib.sha256(self.archive(version, platform)).hexdigest(),
                "signing_keys": {"gpg_public_keys": [{"key_id": self.keys.fingerprint("registry")[-16:],
                                                      "ascii_armor": self.keys.gpg("--armor", "--export", "registry").decode()}]}}

    @staticmethod
    def send(handler, answer, pause=0):
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/octet-stream" if isinstance(answer, bytes) else "application/json")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        try:
            handler.wfile.write(data[:len(data) // 2])
            time.sleep(pause)
            handler.wfile.write(data[len(data) // 2:])
        except OSError:
            pass  # whoever asked was killed
