// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

/// What texts are read as.
@Suite struct ParsingTreeTests {
    private func simple(
        _ text: UTF8String, aliases: [UTF8String: UTF8String] = [:], at index: Int = 0
    ) throws -> SimpleCommand {
        let script = try ShellParser.parse(text, aliases: aliases)
        guard case .simple(let command) = try #require(script.commands[index].first.stages.first).body else {
            Issue.record("\(text) is no simple command")
            return SimpleCommand(assignments: [], words: [], redirections: [])
        }
        return command
    }

    private func word(_ text: UTF8String) throws -> [ShellWord.Part] {
        try #require(try simple(UTF8String("c \(text)")).words.last).parts
    }

    private static let x = ShellWord.Part.parameter(ParameterExpansion(name: "x"))
    private static func word(_ parts: ShellWord.Part...) -> ShellWord { ShellWord(parts: parts) }

    static let words: [(UTF8String, [ShellWord.Part])] = [
        ("abc", [.text("abc")]),
        ("a'b c'\\$\"d\"", [.text("a"), .quoted("b c$d")]),
        ("''", [.quoted("")]),
        ("$'a\\tb\\x41\\u00e9'", [.quoted("a\tbA\u{e9}")]),
        ("$x", [x]), ("\"$x\"", [.doubleQuoted([x])]), ("\"a $x\"", [.doubleQuoted([.quoted("a "), x])]),
        ("$", [.text("$")]), ("\"a$\"", [.quoted("a$")]),
        ("\"\\a\\\"\\$\"", [.quoted("\\a\"$")]),
        ("~/a", [.tilde(""), .text("/a")]), ("~u", [.tilde("u")]), ("a~", [.text("a~")]),
        ("~'u'", [.text("~"), .quoted("u")]),
        ("p=~/a:~b", [.text("p="), .tilde(""), .text("/a:"), .tilde("b")]), ("--p=~", [.text("--p=~")]),
        ("{a,b}c", [.alternatives([word(.text("a")), word(.text("b"))]), .text("c")]),
        ("{~,b}", [.alternatives([word(.tilde("")), word(.text("b"))])]),
        ("{1..5}", [.sequence(from: "1", to: "5", step: nil)]),
        ("{a..z..2}", [.sequence(from: "a", to: "z", step: "2")]),
        ("{a}", [.text("{a}")]), ("{a,b", [.text("{a,b")]), ("{1..$x}", [.text("{1.."), x, .text("}")]),
        ("{a},b}", [.alternatives([word(.text("a}")), word(.text("b"))])]),
        ("{'a,b'}", [.text("{"), .quoted("a,b"), .text("}")]),
        ("$((1+$x))", [.arithmetic(word(.text("1+"), x))]), ("$[1]", [.arithmetic(word(.text("1")))]),
        ("${#x}", [.parameter(ParameterExpansion(name: "x", operation: .length))]),
        ("${!x}", [.parameter(ParameterExpansion(name: "x", isIndirect: true))]),
        ("${!x@}", [.parameter(ParameterExpansion(name: "x", operation: .names(isSeparate: true)))]),
        ("${!x[@]}", [.parameter(ParameterExpansion(name: "x", index: word(.text("@")), isIndirect: true))]),
        (
            "${x:-a b}",
            [.parameter(ParameterExpansion(name: "x", operation: .defaultValue(word(.text("a b")), whenEmpty: true)))]
        ),
        (
            "\"${x-'a'}\"",
            [
                .doubleQuoted([
                    .parameter(
                        ParameterExpansion(name: "x", operation: .defaultValue(word(.quoted("'a'")), whenEmpty: false)))
                ])
            ]
        ),
        (
            "${x##*/}",
            [
                .parameter(
                    ParameterExpansion(
                        name: "x", operation: .removed(pattern: word(.text("*/")), fromEnd: false, isLongest: true)))
            ]
        ),
        (
            "${x//\\//_}",
            [
                .parameter(
                    ParameterExpansion(
                        name: "x", operation: .replaced(pattern: word(.quoted("/")), with: word(.text("_")), .all)))
            ]
        ),
        (
            "${x:1:2}",
            [
                .parameter(
                    ParameterExpansion(
                        name: "x", operation: .substring(offset: word(.text("1")), length: word(.text("2")))))
            ]
        ),
        ("${x^^}", [.parameter(ParameterExpansion(name: "x", operation: .cased("^^", pattern: word())))]),
        ("${x@P}", [.parameter(ParameterExpansion(name: "x", operation: .transformed("P")))]),
        (
            "${@%x}",
            [
                .parameter(
                    ParameterExpansion(
                        name: "@", operation: .removed(pattern: word(.text("x")), fromEnd: true, isLongest: false)))
            ]
        ),
    ]

    @Test(arguments: words.indices) func `a word is its parts`(index: Int) throws {
        let (text, parts) = Self.words[index]
        #expect(try word(text) == parts)
    }

    static let commands: [(UTF8String, UTF8String)] = [
        ("a\\\nb", "ab"), ("a # b", "a"), ("`a \\`b\\``", "$(a $(b))"), ("\"`a \\\"b\\\"`\"", "\"$(a \"b\")\""),
        ("$((a) | b)", "$( (a) | b)"), ("((a) | b)", "( (a) | b)"), ("a |& b", "a |& b\n\n"),
        ("i\\\nf a; then b; fi", "if a\nthen b\nfi"),
        ("for i do a; done", "for i; { a; }"), ("f () { a; }", "function f { a; }"), ("a &>b", "a &> b"),
        ("case a in b) c;; esac", "case a in (b) c\nesac"), ("! ! a", "a"), ("$(time a)", "$('time' a)"),
        ("a | time b", "a | 'time' b"),
        ("a <<-E\n\tb\n\tE\n", "a <<E\nb\nE\n"), ("a <<'E'\n$x\nE\n", "a <<\\E\n$x\nE\n"), ("a <<E\nb\\", "a <<E\nb\n"),
        ("a <<E; b\nx\nE\n", "a <<F\nx\nF\nb"),
        ("a <<E\n\\$x \\\\ \"\nE\n", "a <<'E'\n$x \\ \"\nE\n"), ("a >| b", "a > b"), ("a $\"b\"", "a \"b\""),
    ]

    @Test(arguments: commands.indices) func `two spellings of a program are one tree`(index: Int) throws {
        let (left, right) = Self.commands[index]
        func tree(_ text: UTF8String) throws -> ShellScript { try ShellParser.parse(text) }
        let (one, other) = (try tree(left), try tree(right))
        // Whether a word is quoted stays in the tree; all of these differ in no more.
        #expect(unquoted(one) == unquoted(other), "\(left)")
    }

    private func unquoted(_ script: ShellScript) -> String {
        "\(script)".replacing("quoted(", with: "text(")
    }

    @Test func `a here-document's expansions are read, where its delimiter is not quoted`() throws {
        let parsed = try #require(try simple("a <<E\nb $x $(c)\nE\n").redirections.first)
        #expect(parsed.operation == .hereDocument)
        guard case .doubleQuoted(let parts) = parsed.target.parts.first else {
            Issue.record("not read")
            return
        }
        #expect(parts.count == 5 && parts[1] == Self.x)
        let quoted = try #require(try simple("a <<'E'\nb $x $(c)\nE\n").redirections.first)
        #expect(quoted.target.parts == [.quoted("b $x $(c)\n")])
    }

    @Test func `redirections have their descriptors`() throws {
        let command = try simple("a 2>&1 {fd}<b <<<c 10>>d >&-")
        #expect(command.redirections.map(\.descriptor) == [.number(2), .variable("fd"), nil, .number(10), nil])
        #expect(
            command.redirections.map(\.operation) == [.duplicateOutput, .input, .hereString, .append, .duplicateOutput])
        #expect(
            command.redirections.map(\.target.parts) == [
                [.text("1")], [.text("b")], [.text("c")], [.text("d")], [.text("-")],
            ])
        #expect(command.words.count == 1)
    }

    @Test func `assignments stand before the words, arrays among declare's arguments`() throws {
        let command = try simple("a=1 b+=$x declare c=(2 [3]=4 [5]+=6) d=7")
        #expect(command.assignments.map(\.name) == ["a", "b"])
        #expect(command.assignments.map(\.isAppended) == [false, true])
        #expect(command.words.map(\.parts) == [[.text("declare")], [.text("d=7")]])
        guard case .array(let elements) = command.declarations.first?.value else {
            Issue.record("no array")
            return
        }
        #expect(elements.map(\.isAppended) == [false, false, true])
        #expect(elements.map { $0.index?.parts } == [nil, [.text("3")], [.text("5")]])
    }

    @Test func `clauses say where they go on`() throws {
        let script = try ShellParser.parse("case a in b) c;& d|e) f;;& g) h;; i) esac")
        guard case .compound(.cases(_, let clauses), _) = script.commands[0].first.stages[0].body else {
            Issue.record("no case")
            return
        }
        #expect(clauses.map(\.ending) == [.fallsThrough, .triesNext, .leaves, .leaves])
        #expect(clauses.map(\.patterns.count) == [1, 2, 1, 1])
        #expect(clauses.map(\.body.commands.isEmpty) == [false, false, false, true])
    }

    @Test func `the words of a condition are in their order, its operators unquoted`() throws {
        let script = try ShellParser.parse("[[ ! ( -f a && \"&&\" == b* ) || c =~ (d e)|f ]]")
        guard case .compound(.condition(let words), _) = script.commands[0].first.stages[0].body else {
            Issue.record("no condition")
            return
        }
        let parts: [[ShellWord.Part]] = [
            [.text("!")], [.text("(")], [.text("-f")], [.text("a")], [.text("&&")], [.quoted("&&")], [.text("==")],
            [.text("b*")],
            [.text(")")], [.text("||")], [.text("c")], [.text("=~")], [.text("(d e)|f")],
        ]
        #expect(words.map(\.parts) == parts)
    }

    @Test func `extended patterns are read where they are on: by the caller, and behind shopt's line`() throws {
        for text in ShellTable.extended { _ = try ShellParser.parse(UTF8String(text)) }
        #expect(try ShellParser.parse("a !(b|$x)", extendedGlobs: true).commands.count == 1)
        #expect(throws: ShellSyntaxError.self) { try ShellParser.parse("a !(b|$x)") }
        #expect(throws: ShellSyntaxError.self) { try ShellParser.parse("shopt -s extglob; a !(b|$x)") }
    }

    @Test func `an alias is its text, and its last blank looks further`() throws {
        let aliases: [UTF8String: UTF8String] = ["ll": "ls -l", "sudo": "sudo ", "e": "echo 'a"]
        #expect(try simple("ll b", aliases: aliases) == simple("ls -l b"))
        #expect(try simple("sudo ll b", aliases: aliases) == simple("sudo ls -l b"))
        #expect(try simple("x=1 ll", aliases: aliases) == simple("x=1 ls -l"))
        #expect(try simple("a ll", aliases: aliases) == simple("a ll"))
        #expect(try simple("\\ll", aliases: aliases) == simple("\\ll"))
        #expect(try simple("e b'", aliases: aliases) == simple("echo 'a  b'"))
        #expect(
            try ShellParser.parse("a | ll && $(ll)", aliases: aliases) == ShellParser.parse("a | ls -l && $(ls -l)"))
        #expect(
            try ShellParser.parse("go a; fi", aliases: ["go": "if b; then"]) == ShellParser.parse("if b; then a; fi"))
    }

    @Test func `an error behind an alias has its place in the text as it was`() {
        let aliases: [UTF8String: UTF8String] = ["ll": "ls -l --color=auto"]
        let error = #expect(throws: ShellSyntaxError.self) { try ShellParser.parse("ll a; b )", aliases: aliases) }
        #expect(error == ShellSyntaxError(.unexpectedToken, 8))
    }
}
