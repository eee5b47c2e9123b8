# SPDX-License-Identifier: Apache-2.0
"""The small git repository that drivers of git servers work on: the same hashes every time."""

import os
import subprocess
from pathlib import Path

WHEN = "2026-03-18T02:47:11+00:00"
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_DATE": WHEN,
    "GIT_COMMITTER_DATE": WHEN,
}


def git(repo: Path, *arguments: str) -> str:
    """Runs git in the repository, with no configuration but the repository's."""
    command = ["git", "-C", str(repo), *arguments]
    return subprocess.run(command, env=os.environ | ENVIRONMENT, check=True, capture_output=True, text=True).stdout


def make_repository(repo: Path) -> None:
    """One commit, one changed file and one new one; the same hashes every time."""
    repo.mkdir(parents=True)
    git(repo, "init", "--quiet", "--initial-branch=main")
    git(repo, "config", "user.name", "Ada Example")
    git(repo, "config", "user.email", "ada@example.org")
    (repo / "readme.txt").write_text("first\n")
    git(repo, "add", "readme.txt")
    git(repo, "commit", "--quiet", "--message=Begin – with an é")
    (repo / "readme.txt").write_text("first\nsecond 😀\n")
    (repo / "new.txt").write_text("new\n")
