// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A line of the table that says nothing. Only tests see it: the table comes with the program.
struct ProgramTableError: Error, Hashable, CustomStringConvertible {
    var line: UTF8String
    var problem: UTF8String

    var description: String { "\(problem): \(line)" }
}

/// Reads one entry of the table. `docs/programs.md` has the format for people; in short:
///
///     cp, gcp                                  names, separated by commas; a subcommand is `git add`
///       style: gnu | single | assign | dashless | none | variables        (gnu where nothing is said)
///       flags: -a -b --archive                 options without argument and effect; `-NUM`: `-5`
///       flag: -i --in-place ; modify           one option without argument; clauses
///       option: -o --output write ; drop       one with an argument: its role; clauses
///       option?: -i --in-place inert           argument optional, attached or after `=`
///       values: -n --lines; values?: --color   inert options, each with an argument (that is optional)
///       pair: --slurpfile read                 options with two arguments; the second has a role
///       operands: read... write                roles; one may take what the others leave. `none`: opaque arguments
///       default: read-dir . ; read x           where there are no operands
///       always: write target ; passes          effects of every run
///       any-option: yes | ROLE                 unknown options are inert, or have a role
///       stops: yes                             options end at the first operand (always so before `command...`)
///       handler: NAME                          a Swift function (`ProgramHandlers`)
///       input: shell                           standard input is run where there are no operands
///       input-always: code:sql                 … and where there are
///       subcommands: yes | some                the first operand is looked up as `NAME OPERAND`; `some`: it may be another
///       inherit: yes                           subcommands know these options too
///       same-as: docker                        subcommands are those of
///       unknown: opaque:program                what a subcommand without an entry does
///
/// A spelling with `*` (`-D*`) may have its argument attached. A line without `operands:` takes inert ones.
/// Clauses: `operands ROLE…`, `default ROLE VALUE`, `drop`, `tree`, `modify`, `stop`, `no-input`, `passes`, `changes`, or an
/// action: `ROLE VALUE`, `project`, `opaque:POSITION`. Roles are the names in `roles` and in `ProgramRoles`.
struct ProgramEntryReader {
    private var entry = ProgramEntry()

    /// Reads an entry: its header and its lines, without blank ones.
    static func entry(_ lines: [Substring.UTF8View]) throws(ProgramTableError) -> ProgramEntry {
        var reader = ProgramEntryReader()
        guard let header = lines.first else { throw ProgramTableError(line: "", problem: "nothing there") }
        reader.entry.names = Self.names(header)
        for line in lines.dropFirst() where !Self.isComment(line) { try reader.read(line) }
        return reader.entry
    }

    /// The names in a header.
    static func names(_ header: Substring.UTF8View) -> [UTF8String] {
        header.split(separator: UInt8(ascii: ",")).map { UTF8String(words($0).map(\.string).joined(separator: " ")) }
    }

    static func isComment(_ line: Substring.UTF8View) -> Bool {
        line.first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "#")
    }

    private static func words(_ text: Substring.UTF8View) -> [UTF8String] {
        text.split(separator: UInt8(ascii: " ")).map { UTF8String(String(Substring($0))) }
    }

    private mutating func read(_ line: Substring.UTF8View) throws(ProgramTableError) {
        let text = UTF8String(String(Substring(line)))
        guard line.starts(with: "  ".utf8), let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
            throw ProgramTableError(line: text, problem: "no line of an entry")
        }
        let keyword = Self.words(line[..<colon])
        let rest = line[line.index(after: colon)...]
        let parts = rest.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(Self.words)
        guard keyword.count == 1, let first = parts.first, parts.allSatisfy({ !$0.isEmpty }) else {
            throw ProgramTableError(line: text, problem: "something is missing")
        }
        do throws(Problem) {
            try read(keyword[0].string, first, parts)
        } catch { throw ProgramTableError(line: text, problem: error.text) }
    }

    private struct Problem: Error { var text: UTF8String }

    private mutating func read(_ keyword: String, _ words: [UTF8String], _ parts: [[UTF8String]]) throws(Problem) {
        switch keyword {
        case "flags":
            for word in words where word != "-NUM" { try add(OptionRule(names: [word])) }
            if words.contains("-NUM") { entry.takesNumbers = true }
        case "flag":
            try add(OptionRule(names: words, clauses: Self.clauses(parts.dropFirst())))
        case "option", "option?":
            guard let last = words.last, words.count > 1 else { throw Problem(text: "an option without a role") }
            try add(
                OptionRule(
                    names: Array(words.dropLast()), argument: keyword == "option" ? .required : .optional,
                    role: Self.role(last), clauses: Self.clauses(parts.dropFirst())))
        case "values", "values?":
            for word in words {
                try add(OptionRule(names: [word], argument: keyword == "values" ? .required : .optional))
            }
        case "digits?":
            for word in words { try add(OptionRule(names: [word], argument: .digits)) }
        case "pair":
            guard let last = words.last, words.count > 1 else { throw Problem(text: "a pair without roles") }
            for word in words.dropLast() {
                try add(
                    OptionRule(
                        names: [word], argument: .pair, role: Self.role(last), clauses: Self.clauses(parts.dropFirst()))
                )
            }
        case "operands":
            entry.refusesOperands = words == ["none"]
            if !entry.refusesOperands { entry.operands = try Self.rules(words) }
            if entry.operands.contains(where: { $0.role == .command && $0.isRepeated }) { entry.stopsAtOperand = true }
        case "default": entry.defaults = try parts.map { (words) throws(Problem) in try Self.action(words) }
        case "always": entry.always += try Self.clauses(parts[...])
        case "unknown": entry.unknownSubcommand = try Self.clauses(parts[...])
        case "style":
            guard let style = words.first.flatMap({ ProgramEntry.Style(rawValue: $0.string) }) else {
                throw Problem(text: "no such style")
            }
            entry.style = style
        case "any-option":
            entry.takesAnyOption = true
            if words != ["yes"] { entry.anyOption = try Self.role(words[0]) }
        case "at-files": entry.takesArgumentFiles = try Self.yes(words)
        case "stops": entry.stopsAtOperand = try Self.yes(words)
        case "subcommands":
            if words == ["some"] {
                entry.mayHaveSubcommand = true
            } else {
                entry.hasSubcommands = try Self.yes(words)
                entry.stopsAtOperand = true
            }
        case "inherit": entry.isInherited = try Self.yes(words)
        case "same-as": entry.sameAs = UTF8String(words.map(\.string).joined(separator: " "))
        case "handler":
            guard words.count == 1, ProgramHandlers.all[words[0]] != nil else { throw Problem(text: "no such handler") }
            entry.handler = words[0]
        case "input", "input-always":
            entry.input = try Self.role(words[0])
            entry.isInputAlwaysRun = keyword == "input-always"
        default: throw Problem(text: "no such word")
        }
    }

    private static func yes(_ words: [UTF8String]) throws(Problem) -> Bool {
        guard words == ["yes"] else { throw Problem(text: "only yes") }
        return true
    }

    private mutating func add(_ rule: OptionRule) throws(Problem) {
        var rule = rule
        let index = entry.options.count
        for (place, name) in rule.names.enumerated() {
            var bytes = name.bytes
            if entry.style == .variables {
                guard entry.spellings.updateValue(index, forKey: name) == nil else {
                    throw Problem(text: UTF8String("said twice: \(name)"))
                }
                continue
            }
            if bytes.count > 1, bytes.last == UInt8(ascii: "*") {
                guard rule.argument != .none else { throw Problem(text: "a prefix without an argument") }
                bytes.removeLast()
                entry.prefixes.append((bytes, index))
            }
            guard let spelling = UTF8String(validating: bytes), let first = bytes.first,
                first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
                    || entry.style == .assign && bytes.last == UInt8(ascii: "=")
            else { throw Problem(text: UTF8String("no option: \(name)")) }
            guard entry.spellings.updateValue(index, forKey: spelling) == nil else {
                throw Problem(text: UTF8String("said twice: \(name)"))
            }
            rule.names[place] = spelling
        }
        entry.options.append(rule)
    }

    private static func rules(_ words: some Collection<UTF8String>) throws(Problem) -> [OperandRule] {
        if words.elementsEqual(["any"]) { return [] }
        let rules = try words.map { (word) throws(Problem) in
            let isRepeated = word.hasSuffix("...")
            let name = isRepeated ? String(word.string.dropLast(3)) : word.string
            return OperandRule(role: try role(UTF8String(name)), isRepeated: isRepeated)
        }
        guard rules.count(where: \.isRepeated) < 2 else { throw Problem(text: "two roles that repeat") }
        return rules
    }

    private static func clauses(_ parts: ArraySlice<[UTF8String]>) throws(Problem) -> [OptionClause] {
        try parts.map { (words) throws(Problem) in
            let rest = words.dropFirst()
            switch (words.first?.string ?? "", rest.count) {
            case ("operands", 1...): return .operands(try rules(rest))
            case ("default", 1) where rest.first == "none": return .defaults([])
            case ("default", 1...): return .defaults([try action(Array(rest))])
            case ("drop", 0): return .drop
            case ("tree", 0): return .tree
            case ("modify", 0): return .modify
            case ("stop", 0): return .stop
            case ("no-input", 0): return .noInput
            case ("passes", 0): return .passes
            case ("changes", 0): return .changes
            default: return .action(try action(words))
            }
        }
    }

    private static func action(_ words: [UTF8String]) throws(Problem) -> RoleAction {
        guard let first = words.first else { throw Problem(text: "an empty action") }
        let role = try role(first)
        let value = UTF8String(words.dropFirst().map(\.string).joined(separator: " "))
        let needsValue: Bool =
            switch role {
            case .project, .opaque: false
            default: true
            }
        guard value.isEmpty != needsValue else { throw Problem(text: "a value is missing or too many") }
        return RoleAction(role: role, value: value)
    }

    private static func role(_ word: UTF8String) throws(Problem) -> OperandRole {
        if let role = roles[word] { return role }
        let parts = word.string.split(separator: ":", maxSplits: 1)
        if parts.count == 2, parts[0] == "code", let language = ProgramAction.Language(rawValue: String(parts[1])) {
            return .code(language)
        }
        if parts.count == 2, parts[0] == "opaque", let position = OpaquePosition(rawValue: String(parts[1])) {
            return .opaque(position)
        }
        if parts.count == 2, parts[0] == "options" { return .options(entryName(parts[1])) }
        if parts.count == 2, parts[0] == "settings" { return .settings(parts[1].split(separator: ",").map(entryName)) }
        if ProgramRoles.all[word] != nil { return .named(word) }
        throw Problem(text: UTF8String("no such role: \(word)"))
    }

    /// `pip_install` is the entry of `pip install`.
    private static func entryName(_ word: Substring) -> UTF8String {
        UTF8String(String(word.map { $0 == "_" ? " " : $0 }))
    }

    private static let roles: [UTF8String: OperandRole] = [
        "inert": .inert, "read": .path([.read]), "write": .path([.write]), "append": .path([.write]),
        "delete": .path([.delete]), "modify": .path([.read, .write]), "move": .path([.read, .delete]),
        "read-tree": .path([.read], isTree: true), "write-tree": .path([.write], isTree: true),
        "delete-tree": .path([.delete], isTree: true), "modify-tree": .path([.read, .write], isTree: true),
        "read-dir": .names, "write-prefix": .prefix([.write]), "into": .into, "at-file": .atFile,
        "url": .url, "host": .host, "remote": .remote, "remote-write": .remoteWrite, "program": .program,
        "command": .command, "shell": .shell, "shell-file": .shellFile, "code-file": .codeFile, "project": .project,
        "list-file": .listFile, "recipient": .recipient, "table": .table, "directory": .directory,
    ]
}
