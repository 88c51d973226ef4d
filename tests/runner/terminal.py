"""A real terminal for tests: tmux, in a server of its own. What it shows is what tmux's emulator made of the bytes, and a window
of it is resized as a person does: lines are broken anew, the program gets SIGWINCH."""

import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile
import time


def need_tmux():
    if shutil.which("tmux"):
        return
    if os.environ.get("CI"):
        sys.exit("there is no tmux here, and CI needs it")
    print("skipped: there is no tmux here")
    sys.exit(77)


class Terminal:
    def __init__(self, command, folder, environment, columns=80, rows=24):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="space-terminal-"))
        inner = ["env", "-i", *[f"{k}={v}" for k, v in environment.items()]]
        # tmux sets TERM itself: it must say what tmux is.
        script = f"trap : INT; cd {shlex.quote(str(folder))} && {shlex.join(inner)} TERM=\"${{TERM_FOR_TEST:-$TERM}}\" {shlex.join(command)}; echo $? >{self.folder}/code"
        config = self.folder / "tmux.conf"
        config.write_text("set -g remain-on-exit on\nset -g history-limit 20000\nset -g status off\n"
                          "set -g default-terminal tmux-256color\n")
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", "TERM": "xterm-256color",
                            "TERM_FOR_TEST": environment.get("TERM", "")}
        self.tmux("-f", str(config), "new-session", "-d", "-x", str(columns), "-y", str(rows), "sh", "-c", script)

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-u", "-S", str(self.folder / "socket"), *arguments], env=self.environment, check=True,
                              capture_output=True, text=True, timeout=20).stdout

    def close(self):
        subprocess.run(["tmux", "-S", str(self.folder / "socket"), "kill-server"], check=False, capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def type(self, *keys):
        self.tmux("send-keys", *keys)

    def screen(self):
        """The lines that are seen now, without empty ones at the end."""
        return self.tmux("capture-pane", "-p").rstrip("\n").split("\n")

    def all_lines(self):
        """What scrolled away too; a line that was broken is one."""
        return self.tmux("capture-pane", "-p", "-J", "-S", "-").rstrip("\n").split("\n")

    def painted(self):
        return self.tmux("capture-pane", "-p", "-e", "-S", "-")

    def exit_code(self):
        path = self.folder / "code"
        text = path.read_text() if path.exists() else ""
        return int(text) if text.endswith("\n") else None

    def wait(self, condition, what, seconds=60):
        """Until it holds; the screen is in the message where it does not."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"{what} did not come; on the screen:\n" + "\n".join(self.screen()))
            time.sleep(0.05)

    def wait_for_end(self, seconds=120):
        self.wait(lambda: self.exit_code() is not None, "the end", seconds)
        return self.exit_code()
