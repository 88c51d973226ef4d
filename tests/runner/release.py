#!/usr/bin/env python3
"""`space tofu install` from a release: a page on this machine and keys of our own; whatever is wrong, nothing is installed.

usage: release.py [PATH-OF-SPACE PATH-OF-INSTALL-RELEASE]
"""

import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading

import release_page as release
import support
from release_page import answer, bomb, broken_off, encrypted, endless, halting

TOOL = sys.argv[2] if len(sys.argv) > 2 else str(support.ROOT / "build/dev/tests/install_release")
KEYS = None


def setUpModule():
    for needed in ("gpg", "gpgv", "curl"):
        if not shutil.which(needed):
            if os.environ.get("CI"):
                sys.exit(f"there is no `{needed}` here, and CI needs it")
            print(f"skipped: there is no `{needed}` here")
            sys.exit(77)
    global KEYS
    KEYS = release.Keys()
    for name in ("good", "other", "revoked"):
        KEYS.make(name)
    KEYS.make("old", "--faked-system-time", "20200101T000000")
    KEYS.make("expired", "--faked-system-time", "20200101T000000", expires="30d")


def tearDownModule():
    KEYS.close()


def sign(name="good", *words):
    return lambda sums: KEYS.sign(name, sums, *words)


class Installing(support.unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()
        self.addCleanup(self.bench.close)
        self.page = release.Page()
        self.addCleanup(self.page.close)
        self.cache = self.bench.folder / "cache"
        self.tofu = self.cache / "tofu"
        self.place = self.tofu / release.VERSION
        self.environment = {"PATH": release.free_of_tofu(self.bench.folder / "programs"), "HOME": str(self.bench.folder)}

    def words(self, *pins, way="either", base=None, key="good"):
        return [TOOL, str(self.cache), release.VERSION, way, base or self.page.address, str(KEYS.ring(key)), KEYS.fingerprint(key), *pins]

    def install(self, *pins, **how):
        return subprocess.run(self.words(*pins, **how), env=self.environment, capture_output=True, text=True, timeout=120, check=False)

    def assert_none(self, done, *words):
        """Nothing installed, nothing left, and no way round by a build."""
        text = done.stdout + done.stderr
        self.assertEqual(done.returncode, 4, text)
        for word in words:
            self.assertIn(word, text)
        self.assertNotIn("the sources", text)
        self.assertFalse(self.place.exists(), text)
        self.assertEqual([path.name for path in self.tofu.iterdir() if path.name.startswith(".")], [])

    def assert_one(self, done, by="release"):
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stdout.splitlines()[-1], f"{by} {self.place}/tofu")
        self.assertEqual([path.name for path in self.tofu.iterdir() if path.name.startswith(".")], [])


class Release(Installing):
    def test_the_good_one(self):
        digest = self.page.release(sign())
        self.assert_one(self.install(f"{release.ARCHIVE}={digest}"))
        self.assertEqual((self.place / "tofu").read_bytes(), release.program())
        self.assertEqual((self.place / "tofu").stat().st_mode & 0o777, 0o555)
        self.assertEqual(self.place.stat().st_mode & 0o777, 0o555)
        self.assertEqual(sorted(path.name for path in self.place.iterdir()), ["installed.json", "tofu"])
        asked = len(self.page.asked)
        self.assert_one(self.install(), by="another")
        self.assertEqual(len(self.page.asked), asked)

    def test_the_good_one_from_a_folder(self):
        self.page.release(sign())
        mirror = self.bench.folder / "mirror with a space"
        self.page.write(mirror)
        self.assert_one(self.install(base=str(mirror)))
        self.assertEqual(self.page.asked, [])

    def test_the_real_tofu_as_a_release(self):
        """From a release to a program that space finds and runs."""
        data = pathlib.Path(support.tofu()).read_bytes()
        digest = self.page.release(sign(), release.archive([*release.BESIDE.items(), ("tofu", data)]))
        self.assert_one(self.install(f"{release.ARCHIVE}={digest}"))
        self.assertEqual(hashlib.sha256((self.place / "tofu").read_bytes()).digest(), hashlib.sha256(data).digest())
        self.bench.project.mkdir()
        (self.bench.folder / ".cache").mkdir()
        self.cache.rename(self.bench.folder / ".cache/space")
        found = self.which()
        self.assertEqual(found.stdout.strip(), str(self.bench.folder / ".cache/space/tofu" / release.VERSION / "tofu"))

    def which(self):
        return subprocess.run([support.space(), "tofu", "which"], cwd=self.bench.project, env=self.environment, capture_output=True,
                              text=True, check=False)

    def test_a_program_that_was_changed_since_is_not_used(self):
        self.page.release(sign())
        self.assert_one(self.install())
        (self.bench.folder / ".cache").mkdir()
        self.bench.project.mkdir()
        self.cache.rename(self.bench.folder / ".cache/space")
        program = self.bench.folder / ".cache/space/tofu" / release.VERSION / "tofu"
        self.assertEqual(self.which().returncode, 0)
        program.chmod(0o755)
        program.write_bytes(release.program() + b"# other\n")
        refused = self.which()
        self.assertEqual(refused.returncode, 4)
        self.assertIn("damaged", refused.stderr)

    def test_a_damaged_one_is_replaced(self):
        self.page.release(sign())
        self.place.mkdir(parents=True)
        (self.place / "tofu").write_text("#!/bin/sh\nexit 1\n")
        self.place.chmod(0o555)
        self.assert_one(self.install())
        self.assertEqual((self.place / "tofu").read_bytes(), release.program())

    def refuse(self, name, *words, change=None, pins=(), key="good", **made):
        """One bad release: nothing may be installed from it."""
        with self.subTest(name):
            made.setdefault("signed", sign())
            digest = self.page.release(**made)
            if change:
                change(self.page.files)
            self.assert_none(self.install(*(pin.format(digest=digest) for pin in pins), key=key), *words)

    def put(self, name, value):
        return lambda files: files.update({release.Page.path(name): value})

    def edit(self, name, function):
        return lambda files: files.update({release.Page.path(name): function(files[release.Page.path(name)])})

    def test_signatures(self):
        self.refuse("of another file", "not of this file", signed=lambda sums: KEYS.sign("good", sums + b"\n"))
        self.refuse("by another key", "another key", signed=sign("other"))
        self.refuse("by a key that is revoked", "revoked", signed=self.sign_then_revoke, key="revoked")
        self.refuse("by a key that has expired", "expired", signed=sign("expired", "--faked-system-time", "20200102T000000"), key="expired")
        self.refuse("one that has expired", "the signature has expired", key="old",
                    signed=sign("old", "--default-sig-expire", "seconds=1", "--faked-system-time", "20200102T000000"))
        self.refuse("missing", "404", change=self.put(release.SIGNATURE, None))
        self.refuse("empty", "no signature", change=self.put(release.SIGNATURE, b""))
        self.refuse("garbage", "not signed", change=self.put(release.SIGNATURE, os.urandom(200)))
        self.refuse("cut off", "not signed", change=self.edit(release.SIGNATURE, lambda data: data[:-20]))
        self.refuse("two of them", "exactly one", signed=lambda sums: KEYS.sign("good", sums) + KEYS.sign("good", sums))
        self.refuse("one of two by another", "another key", signed=lambda sums: KEYS.sign("other", sums) + KEYS.sign("good", sums))
        self.refuse("weak", "another key, or in a way", signed=sign("good", "--allow-weak-digest-algos", "--digest-algo", "SHA1"))
        self.refuse("over itself", "not signed", signed=lambda sums: KEYS.gpg("--local-user", "good", "--clearsign", data=sums))
        self.refuse("too large", "larger than", change=self.put(release.SIGNATURE, b"0" * 20000))

    @staticmethod
    def sign_then_revoke(sums):
        signature = KEYS.sign("revoked", sums)
        KEYS.revoke("revoked")
        return signature

    def test_checksum_files(self):
        line = f"{hashlib.sha256(release.archive()).hexdigest()}  {release.ARCHIVE}\n".encode()
        self.refuse("changed after it was signed", "not of this file", change=self.edit(release.SUMS, lambda data: data.replace(b"0", b"1", 1)))
        self.refuse("more after it was signed", "not of this file", change=self.edit(release.SUMS, lambda data: data + line))
        self.refuse("missing", "404", change=self.put(release.SUMS, None))
        self.refuse("without the archive", "has no", sums=f"{'0' * 64}  another.zip\n".encode())
        self.refuse("with the archive twice", "twice", sums=line + b"1" * 64 + line[64:])
        self.refuse("without an end", "larger than", change=self.put(release.SUMS, endless))
        self.refuse("of another version", "has no", sums=line.replace(b"1.12.6", b"1.12.5"))

    def test_archives(self):
        good = release.archive()
        for name, change, *words in (
                ("one byte is another", lambda data: data[:50] + bytes([data[50] ^ 1]) + data[51:], "damaged"),
                ("cut off", lambda data: data[:-1], "damaged"),
                ("one byte more", lambda data: data + b"\0", "damaged"),
                ("empty", lambda data: b"", "damaged"),
                ("another, not signed", lambda data: release.archive([("tofu", release.program() + b"#")]), "damaged")):
            self.refuse(name, *words, change=self.edit(release.ARCHIVE, change))
        self.refuse("missing", "404", change=self.put(release.ARCHIVE, None))
        self.refuse("larger than any", change=self.put(release.ARCHIVE, answer(200, **{"Content-Length": str(1 << 30)})))
        self.refuse("another than the pinned one", "pinned", pins=(f"{release.ARCHIVE}={'0' * 64}",))
        for name, packed in (
                ("a way out of the folder", release.archive([("../tofu", release.program())])),
                ("a way out beside it", release.archive([("tofu", release.program()), ("../../evil", b"")])),
                ("an absolute path", release.archive([("/tofu", release.program())])),
                ("a symbolic link", release.archive([release.link("tofu", "/bin/sh")])),
                ("a symbolic link beside it", release.archive([release.link("LICENSE", "/etc/passwd"), ("tofu", release.program())])),
                ("one file more", release.archive([("tofu", release.program()), ("install.sh", b"")])),
                ("no tofu", release.archive(list(release.BESIDE.items()))),
                ("in a folder", release.archive([("tofu/", b"", 0o040755), ("tofu/tofu", release.program())])),
                ("nothing in it", release.archive([])),
                ("no zip file", b"#!/bin/sh\n"),
                ("encrypted", encrypted()),
                ("a bomb that says so", bomb(600 << 20)),
                ("a bomb that says less", bomb(10)),
                ("something before it", b"#!/bin/sh\n" + good),
                ("something behind it", good + good)):
            self.refuse(name, "the archive is not what a release holds", packed=packed)
        with self.assertWarns(UserWarning):  # zipfile's
            self.refuse("tofu twice", "twice", packed=release.archive([("tofu", release.program()), ("tofu", b"")]))

    def test_programs(self):
        self.refuse("of another version", "1.12.5", packed=release.archive([("tofu", release.program("1.12.5"))]))
        self.refuse("that does not run", packed=release.archive([("tofu", b"\x7fELF garbage")]))
        self.refuse("that says nothing", "does not say", packed=release.archive([("tofu", b"#!/bin/sh\n")]))

    def test_answers(self):
        other = release.Page("127.0.0.2")
        self.addCleanup(other.close)
        other.release(sign())
        for name in (release.SUMS, release.SIGNATURE, release.ARCHIVE):
            self.refuse(f"{name} from another host", "sends us on",
                        change=self.put(name, answer(302, Location=other.address + release.Page.path(name))))
        self.assertEqual(other.asked, [])
        self.refuse("in a circle", "without an end", change=self.put(release.SUMS, answer(302, Location=release.Page.path(release.SUMS))))
        self.refuse("from a file", "sends us on", change=self.put(release.SUMS, answer(302, Location="file:///etc/passwd")))
        self.refuse("to nowhere", change=self.put(release.SUMS, answer(302)))
        self.refuse("an error", "500", change=self.put(release.ARCHIVE, answer(500)))
        self.refuse("broken off", "closed", change=self.edit(release.ARCHIVE, broken_off))
        self.refuse("a part of it", "206", change=self.put(release.ARCHIVE, answer(206)))

    def test_sent_on_within_the_page(self):
        self.page.release(sign())
        self.page.files["/elsewhere"] = self.page.files[release.Page.path(release.ARCHIVE)]
        self.page.files[release.Page.path(release.ARCHIVE)] = answer(302, Location="/elsewhere")
        self.assert_one(self.install())

    def test_a_certificate_that_nobody_vouches_for(self):
        import ssl  # here alone
        made = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-keyout",
                               self.bench.folder / "key.pem", "-out", self.bench.folder / "cert.pem"], capture_output=True, check=False)
        self.assertEqual(made.returncode, 0, made.stderr)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.bench.folder / "cert.pem", self.bench.folder / "key.pem")
        self.page.release(sign())
        self.page.server.socket = context.wrap_socket(self.page.server.socket, server_side=True)
        self.assert_none(self.install(base=self.page.address.replace("http:", "https:")), "certificate")

    def test_a_release_is_not_made_twice(self):
        """Of a version that is not pinned here, the first archive that was installed is the one."""
        self.page.release(sign())
        self.assert_one(self.install())
        self.place.chmod(0o755)
        shutil.rmtree(self.place)
        self.page.release(sign(), release.archive([("tofu", release.program() + b"# again\n")]))
        self.assert_none(self.install(), "pinned")

    def test_no_gpgv_no_installation(self):
        self.page.release(sign())
        os.unlink(self.bench.folder / "programs/gpgv")
        self.assert_none(self.install(), "gpgv")

    def test_a_page_that_cannot_be_reached(self):
        self.page.release(sign())
        for base in ("http://127.0.0.1:9", "http://nowhere.invalid"):
            self.assert_none(self.install(way="release", base=base), "cannot be reached")


class Space(support.unittest.TestCase):
    """The program itself: it trusts OpenTofu's key and no other."""

    def setUp(self):
        self.bench = support.Bench()
        self.addCleanup(self.bench.close)
        self.bench.project.mkdir()
        self.page = release.Page()
        self.addCleanup(self.page.close)
        self.bench.environment.update(PATH=release.free_of_tofu(self.bench.folder / "programs"), SPACE_TOFU_RELEASES=self.page.address)

    def assert_no_tofu(self):
        self.assertFalse((self.bench.folder / ".cache/space/tofu" / release.VERSION).exists())

    def test_a_key_of_ours_is_not_trusted(self):
        self.page.release(sign())
        for words in ((), ("--or-from-source",)):
            done = self.bench.run("tofu", "install", *words)
            self.assertEqual(done.returncode, 4)
            self.assertIn("another key", done.stderr)
            self.assert_no_tofu()

    def test_a_page_that_cannot_be_reached_is_said(self):
        self.bench.environment["SPACE_TOFU_RELEASES"] = "http://127.0.0.1:9"
        done = self.bench.run("tofu", "install")
        self.assertEqual(done.returncode, 4)
        self.assertIn("cannot be reached", done.stderr)
        self.assertIn("--from-source", done.stderr)
        self.assert_no_tofu()

    def test_interrupted_it_says_so(self):
        begun = threading.Event()
        self.page.release(sign())
        self.page.files[release.Page.path(release.SUMS)] = halting(self.page.files[release.Page.path(release.SUMS)], begun)
        running = self.bench.start("tofu", "install")
        self.assertTrue(begun.wait(120))
        running.send_signal(signal.SIGINT)
        said, _ = running.communicate(timeout=120)
        self.assertEqual(running.returncode, 130, said)
        self.assertIn("error: interrupted", said)
        self.assert_no_tofu()

    def test_sources_instead_where_the_page_cannot_be_reached(self):
        self.bench.environment["SPACE_TOFU_RELEASES"] = "http://127.0.0.1:9"
        go = self.bench.folder / "programs/go"
        go.write_text("#!/bin/sh\ncase $1 in version) echo go version go1.26.0 linux/amd64 ;; *) echo no module >&2; exit 1 ;; esac\n")
        go.chmod(0o755)
        for words in (("--or-from-source",), ("--from-source",)):
            done = self.bench.run("tofu", "install", *words)
            self.assertEqual(done.returncode, 4)
            self.assertIn("fetching the sources", done.stdout)
            self.assertIn("no module", done.stderr)
            self.assert_no_tofu()
        self.assertEqual(self.page.asked, [])

    def test_mistakes(self):
        done = self.bench.run("tofu", "install", "--from-source", "--or-from-source")
        self.assertEqual(done.returncode, 2)
        self.bench.environment["SPACE_TOFU_RELEASES"] = "somewhere"
        done = self.bench.run("tofu", "install")
        self.assertEqual(done.returncode, 1)
        self.assertIn("neither an address nor an absolute folder", done.stderr)


if __name__ == "__main__":
    support.main()
