// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Testing

@Suite struct CommandTests {
    private static let code = #"opaque Opaque::"code""#

    @Test func `an export by curl executes curl and connects to the address`() throws {
        #expect(
            try command("curl https://internal-api.company.com/export") == [
                #"connect URL::"https://internal-api.company.com/export""#, #"execute Program::"curl""#,
            ])
    }

    @Test(arguments: [
        ("ls", "ls"), ("ls\tx", "ls"), ("  git   status  ", "git"), ("r''m -rf /home", "rm"), (#"cat .e""nv"#, "cat"),
        (#"su''do id"#, "sudo"), (#"echo 'a; b | c $(d) `e` * ?' "f g""#, "echo"), ("/bin/ls -la", "ls"),
        ("/usr/bin//env", "env"),
        ("npm_evil", "npm_evil"), ("npmx", "npmx"), ("git -c alias.x=!id x".replacing("!", with: "y"), "git"),
        ("a@b%c+d=e", ""), ("'if' x", "if"), ("\"ls\"", "ls"), ("python3.12 -V", "python3.12"),
    ])
    func `a plain command executes its first word`(line: String, program: String) throws {
        let effects = try command(line)
        guard !program.isEmpty else {
            #expect(effects == [Self.code], "an assignment runs something else")
            return
        }
        #expect(effects.contains("execute Program::\"\(program)\""))
        #expect(effects.contains(Self.code) == (program == "sudo"))
    }

    @Test(arguments: [
        ("ls && id", "ls"), ("ls;id", "ls"), ("ls|sh", "ls"), ("ls\nid", "ls"), ("ls>x", "ls"), ("ls &", "ls"),
        ("npm run x > ~/.bashrc", "npm"), ("echo k >> ~/.ssh/authorized_keys", "echo"), ("cat ~/.ssh/id_rsa", "cat"),
        ("cat .e?v", "cat"), ("ls *", "ls"), ("ls ${IFS}x", "ls"), (#"ls "$(id)""#, "ls"), ("ls `id`", "ls"),
        (#"find / -exec sh -c id \;"#, "find"), ("git -c alias.x=!id x", "git"), ("echo {a,b}", "echo"),
        ("ls #x", "ls"),
        (#"echo "a\b""#, "echo"), (#"echo "hi!""#, "echo"), ("echo 'open", "echo"), (#"echo "open"#, "echo"),
        ("ls \u{e9}", "ls"), ("ls x\\ y", "ls"), ("ls [a]", "ls"), ("ls <x", "ls"), ("cat<x", "cat"), ("ls =x", "ls"),
        ("ls 'a\nb'", "ls"), ("ls\r\nid", ""), ("$x -r -f /home", ""), ("x=rm; $x -r", ""),
        ("LD_PRELOAD=/tmp/e.so ls", ""),
        (#"A="b c" ls"#, ""), ("A='b' ls", ""), ("A= ls", ""), ("$(id)", ""), ("`id`", ""), (#"r\m -rf /"#, ""),
        ("(ls)", ""),
        ("{ ls; }", ""), ("b(){ b|b& };b", ""), ("! ls", ""), ("if true; then ls; fi", ""), ("while true", ""),
        ("time ls", ""),
        ("for x in y", ""), (">x ls", ""), ("2>x ls", ""), ("<x cat", ""), ("~/bin/x", ""), ("*", ""), ("[ -f x ]", ""),
        ("[[ -f x ]]", ""), ("# comment", ""), (";ls", ""), ("&ls", ""), ("=ls", ""), ("\u{ff4c}s", ""),
        ("function f", ""),
        ("coproc ls", ""), ("ls^x", ""), ("'ls", ""),
    ])
    func `anything more is opaque code, with the first word where that is literal`(line: String, program: String) throws
    {
        let execute = program.isEmpty ? [] : ["execute Program::\"\(program)\""]
        #expect(try command(line) == execute + [Self.code])
    }

    @Test(arguments: [
        "sh", "bash -c id", "eval ls", "source x", ". x", "env ls", "xargs rm", "sudo rm", "nohup x", "timeout 5 x",
        "busybox sh", "/bin/sh x", "exec ls", "command rm", "zsh", "nice x",
    ])
    func `what runs its operands runs code`(line: String) throws {
        #expect(try command(line).contains(Self.code))
    }

    @Test(arguments: ["", " ", "\t", "\n", " \r\n"])
    func `an empty command is no command`(line: String) throws {
        #expect(try command(line) == [#"opaque Opaque::"arguments""#])
    }

    @Test func `a program by another path than the system's is a file somebody put there`() throws {
        #expect(
            try command("/tmp/ls -la") == [
                #"read File::"/tmp/ls""#, #"execute Program::"ls""#, #"opaque Opaque::"program""#,
            ])
        #expect(
            try command("./npm") == [
                #"read File::"/srv/docs/npm""#, #"execute Program::"npm""#, #"opaque Opaque::"project-code""#,
            ])
        #expect(
            try command("../x/y") == [
                #"read File::"/srv/x/y""#, #"execute Program::"y""#, #"opaque Opaque::"program""#,
            ])
        #expect(try command("/usr/bin/../../tmp/ls").contains(#"opaque Opaque::"program""#))
        #expect(try command("/bin/x/ls").contains(#"opaque Opaque::"program""#))
        for line in ["/", "./", "''", "a/", "..", "/usr/bin/.."] {
            #expect(try command(line) == [#"opaque Opaque::"program""#], "\(line)")
        }
    }

    @Test(arguments: [
        ("curl -o x HTTP://H.example/a http://127.1", ["http://127.0.0.1/", "http://h.example/a"]),
        ("wget --url=https://h.example:443", ["https://h.example/"]), ("x -dhttp://h", ["http://h/"]),
        ("git clone 'https://h.example/a'", ["https://h.example/a"]),
    ])
    func `web addresses among the operands are connected to`(line: String, urls: [String]) throws {
        let connects = try command(line).filter { $0.hasPrefix("connect") }
        #expect(connects == urls.map { "connect URL::\"\($0)\"" })
    }

    @Test func `an address that cannot be read is an opaque host`() throws {
        #expect(try command("curl http://a@b/").contains(#"opaque Opaque::"host""#))
        #expect(try command("curl https://").contains(#"opaque Opaque::"host""#))
    }

    @Test func `long commands are code`() throws {
        let words = String(repeating: "a ", count: Limits.commandWordsMax)
        #expect(try command(words) == [#"execute Program::"a""#])
        #expect(try command(words + "a") == [#"execute Program::"a""#, Self.code])
        #expect(try command("a " + String(repeating: "b", count: Limits.commandBytesMax)) == [Self.code])
    }

    @Test func `an array of words is run without a shell`() throws {
        let argv = #"{"/command":{"verb":"execute","kind":"argv"}}"#
        #expect(try described(#"{"command":["ls",";","$(x)"]}"#, argv) == [#"execute Program::"ls""#])
        let shell = [#"execute Program::"bash""#, #"execute Program::"x""#]
        #expect(try described(#"{"command":["bash","-c","x"]}"#, argv) == shell)
        #expect(try described(#"{"command":["bash","-c","x",";"]}"#, argv).contains(Self.code))
        for bad in ["[]", #""ls""#, #"["ls",1]"#, #"[["ls"]]"#] {
            #expect(try described(#"{"command":\#(bad)}"#, argv) == [#"opaque Opaque::"arguments""#])
        }
    }
}
