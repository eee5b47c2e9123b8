// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What programs do because of the variables that they get: a row says what a name's value is, as an entry says it of an
/// option's argument. Of patterns the first that fits counts, after the name itself.
enum VariableTable {
    /// The rows, read; `nil` where they cannot be, which a test would see.
    static let entry: ProgramEntry? = {
        let lines = VariableRows.text.split(separator: "\n").map(\.utf8)
        do throws(ProgramTableError) { return try ProgramEntryReader.entry(lines) } catch { return nil }
    }()

    private static let patterns: [(pieces: [[UInt8]], isPassed: Bool, option: Int)] = (entry?.options ?? [])
        .enumerated()
        .flatMap { index, option in
            option.names.compactMap { name in
                let bytes = name.bytes
                let isWord = bytes.first == UInt8(ascii: "_") && bytes.last == UInt8(ascii: "_")
                guard isWord || bytes.contains(UInt8(ascii: "*")) else { return nil }
                let text = isWord ? Array("*\(name)*".utf8) : bytes
                let pieces = text.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
                return (pieces, isWord || bytes.first == UInt8(ascii: "*"), index)
            }
        }

    /// What a variable's value does.
    ///
    /// - Parameter isExported: whether a program gets it for sure. Names that are no program's own count only then: a shell's
    ///   text has variables of its own.
    static func actions(_ name: UTF8String, _ value: ShellValue, isExported: Bool) -> [ProgramAction] {
        // Empty, or a file that is empty: nothing.
        guard !value.isEmpty, !value.is("/dev/null") else { return [] }
        guard let entry else { return [.opaque(.arguments)] }
        let canonical = canonical(name)
        guard let option = option(canonical, entry, isExported: isExported) else { return [] }
        var run = ProgramRun(
            .standard, Invocation(program: canonical, arguments: [value]), "environment", entry, depth: 0)
        run.apply(entry.options[option].role, value)
        for clause in entry.options[option].clauses { run.apply(clause) }
        return run.actions
    }

    private static func option(_ name: UTF8String, _ entry: ProgramEntry, isExported: Bool) -> Int? {
        if let option = entry.spellings[name] { return option }
        let bytes = name.bytes
        let words = [UInt8(ascii: "_")] + bytes + [UInt8(ascii: "_")]
        for pattern in patterns where isExported || !pattern.isPassed {
            let isWord = pattern.pieces.first?.isEmpty == true && pattern.pieces.last?.isEmpty == true
            if matches(isWord ? words : bytes, pattern.pieces) { return pattern.option }
        }
        return nil
    }

    /// Whether a text has the pieces in their order, the first at its beginning and the last at its end.
    private static func matches(_ text: [UInt8], _ pieces: [[UInt8]]) -> Bool {
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1, text.starts(with: first) else {
            return false
        }
        var rest = text.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let place = rest.indices.first(where: { rest[$0...].starts(with: piece) }) else { return false }
            rest = rest[(place + piece.count)...]
        }
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }

    /// npm and its kin take the names of their settings in any case.
    private static func canonical(_ name: UTF8String) -> UTF8String {
        let lower = name.asciiLowercased
        for (prefix, canonical) in [
            ("npm_config_", "NPM_CONFIG_"), ("pnpm_config_", "NPM_CONFIG_"), ("yarn_", "YARN_"),
        ]
        where lower.hasPrefix(UTF8String(prefix)) {
            let rest = lower.string.dropFirst(prefix.count).map { $0 == "-" ? "_" : Character($0.uppercased()) }
            return UTF8String(canonical + String(rest))
        }
        return name
    }
}
