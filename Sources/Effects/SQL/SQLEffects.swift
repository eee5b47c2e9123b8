// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What SQL does: tables queried and changed, and what statements do besides, such as files, programs and code.
///
/// Where dialects read a text differently, every reading counts. What none of them would take, or what is not understood
/// here, is opaque code. Names are what the text says: views, triggers, rules and search paths are not looked up.
enum SQLEffects {
    /// Effects on tables as `.effect`; files, commands and addresses as the actions they are.
    static func actions(of text: UTF8String, dialect: SQLDialect = .any) -> [ProgramAction] {
        guard text.byteCount <= Limits.codeBytesMax else { return [.opaque(.code)] }
        var readings: Set<[SQLUnit]> = []
        var actions: [ProgramAction] = []
        var seen: Set<ProgramAction> = []
        var isAccepted = false
        for lexical in dialect.lexical {
            guard let units = SQLLexer.units(of: text, lexical) else { return [.opaque(.code)] }
            guard readings.insert(units).inserted else { continue }
            var script = SQLScript()
            script.take(units)
            isAccepted = isAccepted || !script.wasRefused
            for action in script.actions where seen.insert(action).inserted { actions.append(action) }
        }
        let opaque = ProgramAction.opaque(.code)
        if !isAccepted, seen.insert(opaque).inserted { actions.append(opaque) }
        return actions.count <= Limits.codeActionsMax ? actions : [opaque]
    }

    /// The same, by its first name.
    static func resources(of text: UTF8String, dialect: SQLDialect = .any) -> [ProgramAction] {
        actions(of: text, dialect: dialect)
    }
}

/// One dialect's reading of a text.
struct SQLScript {
    private(set) var actions: [ProgramAction] = []
    /// Whether a statement had something that the dialect does not take.
    private(set) var wasRefused = false
    /// What `USE` named.
    private var databases: [SQLName.Part] = []

    mutating func take(_ units: [SQLUnit]) {
        for (index, unit) in units.enumerated() {
            switch unit {
            case .command(let line): actions += SQLClientCommand.actions(of: line, isAlone: units.count == 1)
            case .statement(let tokens):
                guard !tokens.contains(.illegal) else {
                    wasRefused = true
                    continue
                }
                var parser = SQLParser(tokens: tokens, databases: databases)
                do throws(NotUnderstood) {
                    try parser.run()
                    if parser.readsInput, index + 1 < units.count { actions.append(.opaque(.code)) }
                } catch {
                    guard !parser.isRefused else {
                        wasRefused = true
                        continue
                    }
                    actions.append(.opaque(.code))
                }
                databases = parser.databases
                actions += parser.actions
            }
        }
    }
}

/// A dotted name in a statement.
struct SQLName: Sendable, Hashable {
    struct Part: Sendable, Hashable {
        let text: UTF8String
        let isQuoted: Bool
    }

    var parts: [Part]

    /// Whether the two name the same thing in every dialect: without quotes case is folded one way or the other.
    func certainlyNames(_ other: Part) -> Bool {
        guard parts.count == 1, let part = parts.first, part.isQuoted == other.isQuoted else { return false }
        return part.isQuoted ? part.text == other.text : part.text.asciiLowercased == other.text.asciiLowercased
    }

    /// The tables, in each reading of the name: as written, and in lower case. Empty where a part could be taken for
    /// several.
    var tables: [Resource] {
        guard (1...3).contains(parts.count), parts.allSatisfy({ Self.isPlain($0.text) }) else { return [] }
        let name = UTF8String(parts.map(\.text.string).joined(separator: "."))
        guard name.byteCount <= Limits.nameBytesMax else { return [] }
        let lower = name.asciiLowercased
        return (lower == name ? [name] : [name, lower]).map { name in
            let database = parts.count == 3 ? name.string.utf8.split(separator: UInt8(ascii: ".")).first : nil
            return Resource(
                ResourceName(.table, name),
                in: database.flatMap { UTF8String(validating: $0) }.map { [ResourceName(.database, $0)] } ?? [])
        }
    }

    /// ASCII without what separates or ends names, so that no two names have one id.
    private static func isPlain(_ text: UTF8String) -> Bool {
        !text.isEmpty
            && text.bytes.allSatisfy { (0x20...0x7e).contains($0) && !".\"'`[];\\@/:".utf8.contains($0) }
            && text.bytes.first != 0x20 && text.bytes.last != 0x20
    }
}
