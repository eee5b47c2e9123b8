# SPDX-License-Identifier: Apache-2.0
"""Drives mcp-server-git directly and through a gateway, with the SDK of this venv, and compares.

    drive_git.py [--gateway 'writ gateway --home H --name git --'] [--repo DIRECTORY] [--mode MODE] [--server PROGRAM]

Makes the same small repository for each of the two runs (at --repo, which must not exist yet, or in a temporary
folder), reads, adds and commits there, and looks that the commits were really made. One JSON line per scenario.
"""

import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import compare
from compare import Step, refused, succeeded
from report import expect_same
from repository import git, make_repository


def steps(repo: Path) -> list[Step]:
    path = {"repo_path": str(repo)}
    return [
        Step("git_status", "git_status", path, succeeded("readme.txt", "new.txt")),
        Step("git_log", "git_log", path | {"max_count": 5}, succeeded("Ada Example", "Begin – with an é")),
        Step("git_diff_unstaged", "git_diff_unstaged", path, succeeded("+second 😀")),
        Step("git_add", "git_add", path | {"files": ["readme.txt", "new.txt"]}, succeeded("staged")),
        Step("git_commit", "git_commit", path | {"message": "Second"}, succeeded("committed")),
        Step("git_status after", "git_status", path, succeeded("clean")),
        Step("an unknown revision", "git_show", path | {"revision": "no-such-thing"}, refused),
        Step("outside the repository", "git_status", {"repo_path": str(repo.parent)}, refused),
        Step("a missing argument", "git_commit", path, refused),
        Step("an unknown tool", "git_push", path, refused, same=False),
    ]


def main() -> None:
    parser = compare.parser_of(__doc__, "mcp-server-git")
    parser.add_argument("--repo", type=Path, help="where to make the repository; an absolute path")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        repo = options.repo or Path(folder).resolve() / "work" / "repository"
        if repo.exists():
            parser.error(f"{repo} exists")

        @contextmanager
        def workbench():
            """A fresh repository; at the end the commit must be in it, not only in the answer."""
            make_repository(repo)
            try:
                yield
                expect_same(git(repo, "log", "--format=%s").split("\n")[0], "Second", "the newest commit")
            finally:
                shutil.rmtree(repo)

        compare.run(options, [options.server, "-r", str(repo)], steps(repo), mask, workbench)


def mask(text: str) -> str:
    """A commit made now has a hash of its own."""
    return re.sub(r"\b[0-9a-f]{40}\b", "HASH", text)


if __name__ == "__main__":
    main()
