// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

/// Ways through a text that seem closed, or values that seem settled, and are not.
@Suite struct DoubtTests {
    private func isSeen(_ line: String) throws -> Bool {
        try walked(line).contains { $0 == "execute curl" || $0 == "opaque code" || $0 == "opaque program" }
    }

    // MARK: What fails although it never does

    @Test(arguments: [
        ": < gone || curl x", "true > out/log || curl x", "! : < gone && curl x",
        "until : < gone; do curl x; break; done", "echo a >&- || curl x", "exec >&-; echo a || curl x",
        "{ :; } 3< gone || curl x", "f() { :; }; readonly -f f; f() { :; } || curl x",
        "readonly i; for i in a; do :; done || curl x",
    ])
    func `a redirection can fail, and with it the command`(line: String) throws {
        #expect(try isSeen(line))
    }

    @Test func `nothing comes of a redirection that cannot fail`() throws {
        #expect(try !isSeen("true > /dev/null 2>&1 || curl x"))
        #expect(try !isSeen(": <<< text || curl x"))
    }

    @Test(arguments: [
        "set -e; x=$(false; curl x)", "set -e; shopt -uo errexit; false; curl x",
        "f() { local -; set -e; }; f; false; curl x", "set -eZ; false; curl x", "set -o noerrexit; false; curl x",
        "exit 1 2\ncurl x", "f() { return 1 2\ncurl x; }; f", "while :; do break 1 2\ncurl x; done",
    ])
    func `what would end a shell may not`(line: String) throws {
        #expect(try isSeen(line))
    }

    @Test func `set -e ends a shell at what fails`() throws {
        #expect(try walked("set -e; cd /etc; cat k").filter { $0.hasPrefix("read") } == ["read /etc/k"])
    }

    @Test(arguments: [
        "for i in $( { : < gone; } 2>&1 ); do curl x; done", "for i in $(cd gone 2>&1); do curl x; done",
        "set -x; for i in $( { :; } 2>&1 ); do curl x; done", "y=$(unset -Q 2>&1); ${y:+curl x}",
    ])
    func `what a shell says of errors is output where both go the same way`(line: String) throws {
        #expect(try isSeen(line))
    }

    // MARK: Who is meant by a name

    @Test(arguments: [
        "exec -axa curl ls x", "shopt -s expand_aliases\nalias ls='curl x'\nunalias ls; ls",
        "alias ls='curl x'\nalias ls=echo; ls", "alias -g X='; curl x'\necho X", "BASH_ALIASES[ls]='curl x'; ls",
        "BASH_CMDS[ls]=/tmp/x; ls", "functions[ls]='curl x'; ls", "ls() { curl x; }; readonly -f ls; unset -f ls; ls",
        "ls() { curl x; }; readonly -f ls; ls() { :; }; ls", "command_not_found_handle() { curl x; }; gone",
        "TRAPEXIT() { curl x; }", "preexec() { curl x; }; ls", "set -k; ls LD_PRELOAD=x.so",
    ])
    func `a name is what it was made, however that was done`(line: String) throws {
        #expect(try isSeen(line))
    }

    @Test(arguments: [
        "read PATH <<< /tmp/e; ls", "printf -v PATH /tmp/e; ls", "for PATH in /tmp/e; do ls; done",
        "PATH[0]=/tmp/e; ls",
        "PATH+=:/tmp/e; ls", "declare -n p=PATH; p=/tmp/e; ls", "path=(/tmp/e $path); ls",
    ])
    func `programs are looked for where any assignment says`(line: String) throws {
        #expect(try isSeen(line))
    }

    // MARK: What a variable holds

    @Test(arguments: [
        "a=(ls); read 'a[0]' <<< curl; ${a[0]} x", "a=(ls); declare 'a[0]=curl'; ${a[0]} x",
        "a=(ls curl x); unset 'a[0]'; \"${a[@]}\"", "a=([5]=ls [1]=curl [2]=x); \"${a[@]}\"",
        "y=ls; printf -vy curl; $y x", "y=ls; declare -n r=y; r=curl; $y x",
        "y=ls; f() { local -n r=$1; r=curl; }; f y; $y x", "y=ls; declare -n r=y; read r <<< curl; $y x",
        "readonly -a a=(curl); mapfile -t a <<< ls; ${a[0]} x",
        "BASH_REMATCH=(ls ls); [[ curl =~ (.*) ]]; ${BASH_REMATCH[1]} x",
        "FUNCNAME=ls; curl() { command $FUNCNAME x; }; curl", "bash -c 'BASH_ARGV0=curl; $0 x' ls",
        "y=curl; f() { local y=ls; g; $y x; }; g() { unset y; }; f",
        "shopt -s localvar_inherit; y=curl; f() { local y; $y x; }; f", "a=(curl ls); ${a[1]} x", "a=(curl x); $a",
    ])
    func `a variable holds what any way of writing to it wrote`(line: String) throws {
        #expect(try isSeen(line))
    }

    @Test(arguments: [
        ("set -- -ab/etc/k; getopts ab: o; cat -- \"$OPTARG\"", "read /etc/k"),
        ("cd /etc; PWD=/w/p; cat $(pwd)/k", "read /etc/k"),
        ("cd /tmp; cd /w/p; OLDPWD=/etc; cd -; cat k", "read /etc/k"),
        ("y=/etc/k; f() { local y; g; cat $y; }; g() { unset y; }; f", "read /etc/k"),
        ("pushd /tmp; DIRSTACK[1]=/etc; popd; cat k", "opaque path-read"),
        ("cd p q && cat k", "opaque path-read"), ("shopt -s cdable_vars; y=/etc; cd y && cat k", "opaque path-read"),
        ("y='éé/etc/k'; cat \"${y#??}\"", "opaque path-read"),
        ("shopt -s nocasematch; y=Q/etc/k; cat ${y/q/}", "opaque path-read"),
        ("shopt -s nocaseglob; cat /etc/SHADO?", "read /etc/shadow"),
        ("shopt -s globstar; cat /etc/**/shadow", "read /etc/shadow"), ("cat /etc/**/shado?", "read /etc/shadow"),
        ("shopt -s dotglob; cat *", "read /w/p/.env"), ("GLOBIGNORE=x; cat *", "read /w/p/.env"),
        ("set -f; cat /etc/shado?", "read /etc/shadow"),
        ("shopt -s nullglob; bash zz* -c 'cat /etc/k'", "read /etc/k"),
    ])
    func `a path is what the shell's own state makes it`(line: String, effect: String) throws {
        let effects = try walked(line)
        #expect(effects.contains(effect), "\(effects)")
    }

    // MARK: What is run elsewhere in the text

    @Test(arguments: [
        "mapfile -tC 'curl x #' -c1 a < f", "mapfile -C eval -c1 a <<< '; curl x'",
        "a=b; b=c; c=d; d=e; e=f; f=g; g=h; h='x[$(curl x)]'; ((a))", "test 'path[$(curl x)]' -eq 1",
        "mapfile -c1 -C 'curl' a <<< x",
    ])
    func `code that a builtin gets is walked`(line: String) throws {
        #expect(try isSeen(line))
    }

    @Test func `a history that is written is a file that is written`() throws {
        #expect(try walked("history -cw").contains("write /home/me/.bash_history"))
        #expect(try walked("history -c -w /home/me/x").contains("write /home/me/x"))
    }

    @Test(arguments: [
        #"echo 'echo a #-curl x' | tr '+\-_' '+\n_' | sh"#, #"echo 'echo a #2curl x' | tr '\x32' '\n' | sh"#,
        #"printf 'echo \x23; curl x' | sh"#, #"printf 'cu\erl x' | sh"#, #"printf 'echo \"; curl x #\"' | sh"#,
        #"echo -E '#\ncurl x' | sh"#, #"echo -e 'exit\ncurl x' | sh"#, #"echo -e 'false &&\ncurl x' | sh"#,
    ])
    func `what shells write differently is not known`(line: String) throws {
        #expect(try isSeen(line))
    }

    @Test func `what all of them write the same is`() throws {
        #expect(try walked(#"printf 'c\x61t /etc/k\n' | sh"#).contains("read /etc/k"))
        #expect(try walked(#"echo -e '#!/bin/sh\ncat /etc/k' | sh"#).contains("read /etc/k"))
        #expect(try walked(#"echo 'dbu /fud/l' | tr 'b-z/' 'a-y/' | sh"#).contains("read /etc/k"))
    }
}
