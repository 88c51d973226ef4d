"""What the tests of `space preview` share: a bench, and previews held to their schema."""

import json
import sys
import unittest

import fixtures
import support

sys.path.insert(0, str(support.ROOT / "tests"))
import json_schemas  # noqa: E402

SHOP, DESK = "sandbox/one/shop", "sandbox/one/desk"


class Case(unittest.TestCase):
    """Looks at previews; what a preview made for itself is gone after each."""

    def setUp(self):
        self.bench = support.Bench()

    def tearDown(self):
        self.bench.close()

    def run_ok(self, *arguments, code=0, **kwargs):
        done = self.bench.run(*arguments, **kwargs)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout

    def apply(self, target="sandbox", **kwargs):
        return self.run_ok("apply", target, "--auto-approve", **kwargs)

    def preview(self, target="sandbox", **kwargs):
        """Root id without its flight -> its part of the preview."""
        whole = self.whole(target, **kwargs)
        self.assertFalse([p for p in (self.bench.project / ".space/runs").rglob("joint*")], "the throw-away root is still there")
        return {"/".join(r["root"].split("/")[2:]): r for r in whole["roots"]}

    def whole(self, target="sandbox", **kwargs):
        whole = json.loads(self.run_ok("preview", target, "--json", **kwargs))
        self.assertEqual(json_schemas.problems(whole, json_schemas.validator("preview.schema.json"), "preview"), [])
        return whole

    def verdicts(self, *args, **kwargs):
        return {name: r["verdict"] for name, r in self.preview(*args, **kwargs).items()}

    def leaf(self, root, address, path):
        change = next(c for c in root["objects"] if c["address"] == address)
        return next(leaf for leaf in change["leaves"] if leaf["path"] == path)

    def chain(self):
        return fixtures.chain(self.bench.project, procedures=2, stages=3)
