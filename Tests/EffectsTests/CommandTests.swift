// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Testing

@Suite struct CommandTests {
    private static let code = #"opaque Opaque::"code""#
    private static let program = #"opaque Opaque::"program""#

    @Test(arguments: [
        ("ls", "ls"), ("ls\tx", "ls"), ("  ls   x  ", "ls"), ("r''m x", "rm"), (#"cat .e""nv"#, "cat"),
        (#"su''do id"#, "sudo"), (#"echo 'a; b | c $(d) `e` * ?' "f g""#, "echo"), ("/bin/ls -la", "ls"),
        ("/usr/bin//env", "env"), ("npm_evil", "npm_evil"), ("a@b%c+d=e", "a@b%c+d=e"), ("'if' x", "if"),
        ("\"ls\"", "ls"), (#"l\s"#, "ls"), ("ls # x", "ls"),
    ])
    func `a command executes its program, however its name is written`(line: String, program: String) throws {
        #expect(try command(line).contains("execute Program::\"\(program)\""))
    }

    @Test(arguments: [
        "'ls", "ls 'open", #"echo "open"#, "if true", "while true", "ls && && ls", "for x", "ls )", "case x",
        "ls ${a b}",
        "ls $(", "ls `", "ls;;", "function", "{ ls",
    ])
    func `what no shell would read is opaque code`(line: String) throws {
        #expect(try command(line).contains(Self.code))
    }

    @Test func `of what no shell would read the first word is executed where it is plain`() throws {
        #expect(try command("no-such 'x") == [#"execute Program::"no-such""#, Self.code, Self.program])
        #expect(try command("$x 'y") == [Self.code])
        #expect(try command("a=b 'y") == [Self.code])
        #expect(try command("if 'y") == [Self.code])
        #expect(try command("2>x 'y") == [Self.code])
    }

    @Test(arguments: ["", " ", "\t", "\n", " \r\n"])
    func `an empty command is no command`(line: String) throws {
        #expect(try command(line) == [#"opaque Opaque::"arguments""#])
    }

    @Test(arguments: ["# ls", "x=1", ":>/dev/null", "f() { rm -r /; }"])
    func `what runs nothing and touches nothing executes no program`(line: String) throws {
        #expect(try command(line).allSatisfy { $0 == #"execute Program::":""# })
    }

    @Test func `a program by another path than the system's is a file somebody put there`() throws {
        #expect(
            try command("/tmp/ls -la") == [
                #"read File::"/tmp/ls""#, #"execute Program::"ls""#, #"opaque Opaque::"program""#,
            ])
        #expect(
            try command("./x") == [
                #"read File::"/srv/docs/x""#, #"execute Program::"x""#, #"opaque Opaque::"project-code""#,
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

    @Test func `a program that nobody knows is opaque`() throws {
        #expect(try command("no-such-program a b") == [#"execute Program::"no-such-program""#, Self.program])
    }

    @Test func `long commands are code`() throws {
        #expect(try command("a " + String(repeating: "b", count: Limits.commandBytesMax)).contains(Self.code))
        #expect(try command(String(repeating: "x=1;", count: Limits.walkStepsMax)).contains(Self.code))
    }

    @Test func `an array of words is run without a shell`() throws {
        let argv = #"{"/command":{"verb":"execute","kind":"argv"}}"#
        #expect(
            try described(#"{"command":["cat",";","$(x)","*"]}"#, argv) == [
                #"read File::"/srv/docs/$(x)""#, #"read File::"/srv/docs/*""#, #"read File::"/srv/docs/;""#,
                #"execute Program::"cat""#,
            ])
        for bad in ["[]", #""ls""#, #"["ls",1]"#, #"[["ls"]]"#] {
            #expect(try described(#"{"command":\#(bad)}"#, argv) == [#"opaque Opaque::"arguments""#])
        }
    }

    @Test func `a program's name alone is its execution`() throws {
        let program = #"{"/name":{"verb":"execute","kind":"program"}}"#
        #expect(try described(#"{"name":"no-such"}"#, program) == [#"execute Program::"no-such""#])
        #expect(try described(#"{"name":"/tmp/x"}"#, program).contains(#"read File::"/tmp/x""#))
    }
}
