# SPDX-License-Identifier: Apache-2.0
"""Starts a server that listens on a port of its choosing, waits until it says its URL, and ends it again.

Promise: `Launched(command)` returns once a line on the program's standard error has a http:// URL; what it says later
is read on and kept (the last lines, for error messages). `close()` ends the program and its whole process group.
"""

import os
import re
import signal
import subprocess
import threading
from collections import deque

START_SECONDS = 60


class Launched:
    """A running server: `url`, `pid`, and `said`, the last lines of its standard error."""

    def __init__(self, command: list[str], **options: object) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            **options,
        )
        self.pid, self.said, self.url = self._process.pid, deque(maxlen=50), ""
        self._ready = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()
        if not self._ready.wait(START_SECONDS) or not self.url:
            self.close()
            raise RuntimeError(f"{command[0]} did not say its URL: {' / '.join(self.said)}")

    def _read(self) -> None:
        for line in self._process.stderr:
            text = line.decode("utf-8", "replace").rstrip()
            self.said.append(text)
            found = re.search(r"https?://[^\s\"',]+", text)
            if found and not self.url:
                self.url = found[0]
                self._ready.set()
        self._ready.set()

    def alive(self) -> bool:
        return self._process.poll() is None

    def close(self, grace: float = 5) -> int:
        """Ends the program; its exit status, negative for a signal."""
        for kind in (signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is None:
                os.killpg(self.pid, kind)
            try:
                self._process.wait(grace)
            except subprocess.TimeoutExpired:
                continue
            break
        return self._process.returncode

    def __enter__(self) -> "Launched":
        return self

    def __exit__(self, *_) -> None:
        self.close()
