// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Commands of sqlite3's, psql's and mysql's own shells, which stand between statements.
enum SQLClientCommand {
    static func actions(of line: UTF8String, isAlone: Bool) -> [ProgramAction] {
        let bytes = line.bytes
        let word = bytes.prefix { $0 > 0x20 }
        guard let name = UTF8String(validating: word) else { return [.opaque(.code)] }
        let rest = trimmed(bytes.dropFirst(word.count))
        return line.hasPrefix(".")
            ? dot(name, rest) : backslash(name, bytes: bytes, rest, isAlone: isAlone)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> UTF8String {
        let rest = bytes.drop { $0 <= 0x20 }
        return UTF8String(validating: rest.reversed().drop { $0 <= 0x20 }.reversed()) ?? ""
    }

    /// The only operand, without its quotes; `nil` where it is not a plain one.
    private static func operand(_ text: UTF8String) -> UTF8String? {
        let bytes = text.bytes
        guard let first = bytes.first else { return nil }
        if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
            let inner = bytes.dropFirst().dropLast()
            guard bytes.count > 2, bytes.last == first,
                !inner.contains(where: { $0 == first || $0 == UInt8(ascii: "\\") })
            else { return nil }
            return UTF8String(validating: inner)
        }
        return bytes.contains { $0 <= 0x20 || "'\"\\`".utf8.contains($0) } ? nil : text
    }

    /// What a shell writes to, or reads from: a file, or a command after `|`.
    private static func file(_ verbs: [Verb], _ text: UTF8String) -> [ProgramAction] {
        if text.bytes.contains(UInt8(ascii: "|")) { return pipe(text) }
        let path = operand(text)
        return verbs.compactMap { ProgramAction.path($0, literal: path) }
    }

    private static func pipe(_ text: UTF8String) -> [ProgramAction] {
        let plain = operand(text) ?? text
        guard plain.hasPrefix("|"), let command = UTF8String(validating: plain.bytes.dropFirst()) else {
            return [.opaque(.code)]
        }
        return [.shell(ShellValue(command))]
    }

    private static let inertDots = words(
        """
        .bail .changes .databases .echo .eqp .exit .explain .header .headers .help .indexes .indices .mode .nullvalue
        .print .prompt .quit .schema .separator .show .stats .tables .timeout .timer .version .width
        """)

    private static func dot(_ name: UTF8String, _ rest: UTF8String) -> [ProgramAction] {
        if inertDots.contains(name) { return [] }
        switch name {
        case ".shell", ".system": return [.shell(ShellValue(rest))]
        case ".output", ".once": return rest.isEmpty || rest == "stdout" ? [] : file([.write], rest) + options(rest)
        case ".read": return file([.read], rest) + [.opaque(.code)]
        case ".open": return file([.read, .write], rest) + options(rest)
        case ".backup", ".save", ".clone", ".log":
            return ["stdout", "stderr", "off", "on"].contains(rest) ? [] : file([.write], rest) + options(rest)
        case ".load": return [.codeFile(operand(rest).map { ShellValue($0) } ?? .unknown)]
        case ".import":
            let parts = rest.string.utf8.split(separator: 0x20, omittingEmptySubsequences: true)
            guard parts.count == 2, let path = UTF8String(validating: Array(parts[0])),
                let table = UTF8String(validating: Array(parts[1]))
            else { return [.opaque(.code)] }
            let tables = PlainNames.tables(table)
            return file([.read], path) + tables.map { .effect(Effect(.mutate, $0)) }
                + (tables.isEmpty ? [.opaque(.code)] : [])
        case ".dump":
            let tables = PlainNames.tables(rest)
            return tables.isEmpty ? [.opaque(.code)] : tables.map { .effect(Effect(.query, $0)) }
        default: return [.opaque(.code)]
        }
    }

    /// Options change what an operand means.
    private static func options(_ rest: UTF8String) -> [ProgramAction] { rest.hasPrefix("-") ? [.opaque(.code)] : [] }

    private static let inertBackslashes = words(
        """
        \\q \\x \\l \\l+ \\d \\d+ \\dt \\dt+ \\dn \\dn+ \\du \\du+ \\dp \\df \\df+ \\di \\di+ \\dv \\dv+ \\ds \\ds+ \\dm \\dx \\z \\conninfo
        \\timing \\G \\g \\? \\h \\a \\t \\H \\encoding \\s
        """)

    private static func backslash(
        _ name: UTF8String, bytes: [UInt8], _ rest: UTF8String, isAlone: Bool
    ) -> [ProgramAction] {
        // `` `command` `` in an operand is run.
        if bytes.contains(UInt8(ascii: "`")) { return [.opaque(.code)] }
        if inertBackslashes.contains(name) {
            let isPlain = rest.bytes.allSatisfy { $0.isAlphanumeric || "_.*+\"".utf8.contains($0) }
            return rest.isEmpty || isAlone && isPlain && name.hasPrefix("\\d") ? [] : [.opaque(.code)]
        }
        if bytes.starts(with: Array("\\!".utf8)) {
            return [.shell(ShellValue(trimmed(bytes.dropFirst(2))))]
        }
        switch name {
        case "\\o", "\\w", "\\T": return file([.write], rest)
        case "\\i", "\\ir", "\\include", "\\.": return file([.read], rest) + [.opaque(.code)]
        case "\\P": return [.shell(ShellValue(rest))]
        case "\\copy": return copy(rest)
        default: return [.opaque(.code)]
        }
    }

    /// psql's own `COPY`: files are the client's.
    private static func copy(_ rest: UTF8String) -> [ProgramAction] {
        SQLEffects.actions(of: UTF8String("COPY \(rest)"), dialect: .postgres)
    }
}
