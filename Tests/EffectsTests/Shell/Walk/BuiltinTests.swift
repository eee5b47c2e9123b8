// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

private func touched(_ line: String) throws -> [String] { try walked(line).filter { !$0.hasPrefix("execute") } }

@Suite struct BuiltinTests {
    /// bash 5.2's `compgen -b`, and what dash has besides.
    @Test(arguments: [
        ".", ":", "[", "alias", "bg", "bind", "break", "builtin", "caller", "cd", "command", "compgen", "complete",
        "compopt", "continue", "declare", "dirs", "disown", "echo", "enable", "eval", "exec", "exit", "export", "false",
        "fc", "fg", "getopts", "hash", "help", "history", "jobs", "kill", "let", "local", "logout", "mapfile", "popd",
        "printf", "pushd", "pwd", "read", "readarray", "readonly", "return", "set", "shift", "shopt", "source",
        "suspend",
        "test", "times", "trap", "true", "type", "typeset", "ulimit", "umask", "unalias", "unset", "wait", "chdir",
    ])
    func `every builtin has a rule`(name: String) throws {
        #expect(ShellBuiltin(UTF8String(name)) != nil)
        #expect(try !walked(name).contains("opaque program"))
    }

    static let effects: [Walked] = [
        ("enable -f /tmp/x.so x", ["read /tmp/x.so", "read /w/p/x", "opaque program"]), ("enable -n echo", []),
        ("hash -p /tmp/x ls", ["read /tmp/x", "opaque program"]), ("hash -r", []), ("fc -s", ["opaque code"]),
        ("fc -l", []), ("fc -e vi 1", ["opaque code"]), ("bind -x '\"k\": rm /x'", ["opaque code"]),
        ("bind -f /x", ["read /x", "opaque code"]), ("complete -C 'rm /x' y", ["delete /x"]),
        ("complete -W '$(rm /x)' y", ["opaque code"]), ("compgen -W 'a b'", []),
        ("complete -F f y", ["opaque program"]),
        ("mapfile -C 'rm /x #' -c 1 a < /y", ["read /y", "delete /x"]),
        ("history -c", ["write /home/me/.bash_history"]),
        ("history -w /x", ["write /x"]), ("history -r /x", ["read /x"]), ("history", []),
        ("HISTFILE=/dev/null", ["write /home/me/.bash_history"]), ("set +o history", ["write /home/me/.bash_history"]),
        ("unset HISTFILE", ["write /home/me/.bash_history"]), ("PS4='$(rm /x)'; set -x", ["opaque code"]),
        (#"set -- '$(rm /x)'; echo "${@@P}""#, ["opaque code"]),
        (#"x=('$(rm /x)'); echo "${x[@]@P}""#, ["opaque code"]),
        (#"set -- '$(rm /x)'; : ${*@P}"#, ["opaque code"]), (#"set -- a b; echo "${@@P}""#, []),
        (#"set -- "$x"; echo "${@@P}""#, ["opaque code"]),
        (#"y='a[$(rm /x)]'; OPTIND+=y"#, ["opaque code"]),
        ("OPTIND+=1", []), ("PS1='$ '", []),
        ("PROMPT_COMMAND=\"$x\"", ["opaque code"]), ("trap 'rm /x' INT", ["delete /x"]),
        ("trap 'rm $x' DEBUG; x=/x; :", ["delete /x", "opaque path-write"]), ("trap - EXIT; trap '' INT; trap -p", []),
        ("trap 'rm /x' EXIT; trap - EXIT", ["delete /x"]), ("x=/a; trap 'rm $x' 0; x=/b", ["delete /a", "delete /b"]),
        ("declare \"$x=y\"", ["opaque project-code"]), ("declare x=/a; cat $x", ["read /a"]),
        ("readonly x=/a; x=/b; cat $x", ["read /a", "read /b"]), ("declare -i x=/a; cat $x", ["opaque path-read"]),
        ("f() { local x=/a; cat $x; }; x=/b; f; cat $x", ["read /a", "read /b"]), ("unset x; cat /a$x", ["read /a"]),
        ("getopts a:b o -a /x; cat $OPTARG", ["read /x"]), ("let 'x=1+1'; cat $x", ["read /w/p/2"]),
        ("read a; cat $a", ["opaque path-read"]), ("read -r a b <<< '/x /y /z'; cat $b", ["read /y", "read /z"]),
        ("pushd /x && popd && cat a", ["read /w/p/a"]), ("cd; cat a", ["read /home/me/a", "read /w/p/a"]),
        ("cd /x && cd - && cat a", ["read /w/p/a"]), ("cd - && cat a", ["opaque path-read"]),
        ("cd ''; cat a", ["read /w/p/a"]),
        ("CDPATH=/x; cd y && cat a", ["opaque path-read"]), ("set -- /x; shift; cat $1 a", ["read /w/p/a"]),
        ("set /x -e; cat $1", ["read /x"]), ("command -v rm /x", []), ("command -p rm /x", ["delete /x"]),
        ("type rm", []),
        ("builtin cd /x && cat a", ["read /x/a"]), ("eval", []), ("exec -a y rm /x", ["delete /x"]), ("kill -9 1", []),
        ("test -v 'a[$(rm /x)]'", ["opaque code"]), ("[[ a[0] -eq 1 ]]", []), ("[[ 'a[`x`]' -eq 1 ]]", ["opaque code"]),
        ("printf -v 'a[$(x)]' y", ["opaque code"]), ("alias if=x", ["opaque code"]), ("unalias -a", []),
        ("echo a; break; continue; return", []),
        ("wait; jobs; times; umask 77; ulimit -n 1; shopt -s nullglob; help", []),
    ]

    /// Places where bash evaluates a text that an assignment or an argument brought: a subscript runs commands.
    @Test(arguments: [
        "declare -i x='a[$(rm /x)]'", "typeset -i x; x='a[$(rm /x)]'", "declare -i x; x+='a[$(rm /x)]'",
        "declare -i x; read x <<< 'a[$(rm /x)]'", "declare -i x; printf -v x %s 'a[$(rm /x)]'",
        "declare -i x; for x in 'a[$(rm /x)]'; do :; done", "f() { local -i y='a[$(rm /x)]'; }; f",
        "declare -n r='a[$(rm /x)]'; echo $r", "x='a[$(rm /x)]'; echo ${!x}", "OPTIND='a[$(rm /x)]'",
        "RANDOM='a[`rm /x`]'", "TMOUT='a[$(rm /x)]'", "wait -n -p 'a[$(rm /x)]'",
    ])
    func `what is evaluated where it is assigned may run commands`(line: String) throws {
        #expect(try touched(line).contains("opaque code"))
    }

    @Test(arguments: ["declare -i x=3; x=y", "OPTIND=1", "declare -l x=/a", "x=y; echo ${!x}", "wait -n -p x 55"])
    func `numbers and names are evaluated to nothing`(line: String) throws {
        #expect(try touched(line).isEmpty)
    }

    @Test(arguments: [
        "f() { rm /x; }; export -f f; bash -c f", "f() { rm /x; }; declare -fx f; bash -c f",
        "export -f f; f() { rm /x; }; bash -c f", "set -a; f() { rm /x; }; bash -c f",
        "set -o allexport; f() { rm /x; }; bash -c 'bash -c f'", "ls() { rm /x; }; export -f ls; bash -c ls",
    ])
    func `functions that are exported are known to shells below`(line: String) throws {
        #expect(try touched(line).contains("delete /x"))
    }

    @Test func `functions that are not exported are not known to shells below`() throws {
        #expect(try !touched("f() { rm /x; }; bash -c f").contains("delete /x"))
    }

    @Test(arguments: effects)
    func `what builtins load, run and change is followed`(walk: Walked) throws {
        #expect(try touched(walk.line) == walk.effects)
    }

    @Test(arguments: [
        ("echo a b", "a b\n"), ("echo -n a", "a"), ("echo -e 'a\\tb'", "a\tb\n"), ("echo -ne '\\x41'", "A"),
        ("echo -- a", "-- a\n"), ("printf a", "a"), ("printf '%s\\n' a b", "a\nb\n"),
        ("printf '%s-%s.' a b c", "a-b.c-."), ("printf '\\101'", "A"), ("printf '%b' '\\0101'", "A"),
        ("printf '%d%%' 5", "5%"), ("printf '%x' 255", "ff"), ("printf -- -a", "-a"), ("basename /a/b.c .c", "b\n"),
        ("basename /a/b/", "b\n"), ("dirname /a/b", "/a\n"), ("dirname a", ".\n"), ("dirname /a", "/\n"),
    ])
    func `what is known to be written is exact`(line: String, output: String) throws {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let list = try #require(words.count == 2 ? Self.words(words[1]) : [])
        #expect(KnownOutput.of(UTF8String(words[0]), list, input: nil)?.known?.string == output)
    }

    @Test(arguments: [
        "echo 'a\\nb'", "printf '%5s' a", "printf '%'", "printf '%q' a", "printf '\\777'", "echo -e '\\xff'",
        "printf '%d' 08",
    ])
    func `where shells differ nothing is claimed to be known`(line: String) {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        #expect(KnownOutput.of(UTF8String(words[0]), Self.words(words[1]), input: nil) == nil)
    }

    /// Words between blanks, with quotes around some.
    private static func words(_ text: String) -> [ShellValue] {
        text.split(separator: " ").map { ShellValue(UTF8String(String($0).replacing("'", with: ""))) }
    }

    @Test(
        arguments: [
            ("1+2*3", 7), ("(1+2)*3", 9), ("0x10", 16), ("010", 8), ("2#101", 5), ("-1", -1), ("!0", 1), ("7/2", 3),
            ("7%4", 3),
            ("1<<4", 16), ("3>2", 1), ("1==2", 0), ("1&&0", 0), ("6&3", 2), ("x+1", 6), ("", 0), (" 4 ", 4),
            ("10-4-3", 3),
            ("36#z", 35), ("46#2", nil), ("1/0", nil), ("x=1", nil), ("x++", nil), ("a[0]", nil), ("1+", nil),
            ("y", nil),
            ("2**3", nil), ("((((1))))", 1), ("1 2", nil), ("99999999999999999999", nil),
        ] as [(String, Int64?)])
    func `arithmetic is evaluated where it is constant`(text: String, value: Int64?) {
        #expect(ShellArithmetic.evaluate(UTF8String(text)) { $0 == "x" ? 5 : nil } == value)
    }

    @Test func `arithmetic in many brackets ends`() {
        #expect(ShellArithmetic.evaluate(UTF8String(String(repeating: "(", count: 250) + "1")) { _ in nil } == nil)
        #expect(ShellArithmetic.evaluate(UTF8String(String(repeating: "!", count: 250) + "1")) { _ in nil } == nil)
    }
}
