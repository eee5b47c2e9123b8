// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The files that a search's pattern names: all that it spells out, and of those that its wildcards match the secrets
/// that are meant by it.
///
/// What a search passes by is not named: `*`, `*.ts`, `**/*.json`. A secret is, where the pattern matches it in whatever
/// case and
/// - begins with a dot as it does: `.e*`, `[.]env`;
/// - or goes through the folder that is kept for secrets: `.ssh/*`;
/// - or ends as secrets of a kind do: `*.key`, `*_rsa`;
/// - or spells two letters or more at one end of its name, and at least half of it: `id_*`, `*env`. An extension that other
///   files have does not count; where it is spelled too a third is enough: `cred*.json`. All of `env` is `.env` wherever it
///   stands, and so are keys: `*_rsa*`.
enum SecretPattern {
    /// Paths below where the search begins; wildcards of folders stay in them. `nil` where there are too many to say.
    ///
    /// - Parameter isOutside: whether the search begins outside the project, where programs keep secrets of their own.
    static func names(in text: UTF8String, isOutside: Bool) -> [UTF8String]? {
        guard text.byteCount <= Limits.pathBytesMax, let patterns = alternatives(of: text) else { return nil }
        var names: [UTF8String] = []
        // What begins with `!` is passed over.
        for pattern in patterns where pattern.first != UInt8(ascii: "!") {
            for name in Self.names(pattern, isOutside) where !names.contains(name) { names.append(name) }
        }
        return names
    }

    private static func names(_ pattern: [UInt8], _ isOutside: Bool) -> [UTF8String] {
        var parts = pattern.split(separator: slash).compactMap { UTF8String(validating: $0) }
        let goesDeep = parts.last == "**"
        parts.removeAll { $0 == "**" || $0 == "." }
        if goesDeep { parts.append("*") }
        let shapes = parts.map { ShellPattern($0) }
        guard let last = shapes.last else { return [] }
        let literals = shapes.compactMap { $0.literal.flatMap { UTF8String(validating: $0) } }
        if literals.count == shapes.count { return spelledOut(literals, isOutside) }
        var found: [UTF8String] = []
        func add(_ prefix: ArraySlice<UTF8String>, _ names: [UTF8String]) {
            guard found.count < namesMax else { return }
            found.append(UTF8String((prefix + names).map(\.string).joined(separator: "/")))
        }
        for folder in SecretNames.folders where folder.count <= shapes.count {
            for start in 0...(shapes.count - folder.count)
            where zip(shapes[start...], folder).allSatisfy({ spells($0, $1) }) {
                add(parts[..<start], folder + parts[(start + folder.count)...])
            }
        }
        for file in SecretNames.files where file.count <= shapes.count {
            let start = shapes.count - file.count
            guard zip(shapes[start...], file.dropLast()).allSatisfy({ spells($0, $1) }), let name = file.last,
                // In a project such folders have ordinary files: `.claude/**`.
                isOutside ? last.matches(name: name, anyCase) : spells(last, name)
            else { continue }
            add(parts[..<start], file)
        }
        let names = isOutside ? inProjects + outside : inProjects
        for name in names where spells(last, name) { add(parts.dropLast(), [name]) }
        let tail = last.tail
        if found.isEmpty, let part = parts.last,
            secretEndings.contains(where: { tail.suffix($0.byteCount).elementsEqual($0.bytes) })
        {
            add(parts.dropLast(), [part.asciiLowercased])
        }
        return found
    }

    /// A path without wildcards, in small letters too where that is a secret; and where programs keep secrets under common
    /// names, the secret of that name.
    private static func spelledOut(_ names: [UTF8String], _ isOutside: Bool) -> [UTF8String] {
        let path = UTF8String(names.map(\.string).joined(separator: "/"))
        var found = [path]
        let small = path.asciiLowercased
        if small != path, SensitiveNames.isSecret(path: UTF8String("/\(small)")) { found.append(small) }
        guard isOutside, names.count == 1, let files = SecretNames.filesByName[small] else { return found }
        return found + files.map { UTF8String($0.map(\.string).joined(separator: "/")) }
    }

    /// Whether a component of a pattern means a name.
    private static func spells(_ shape: ShellPattern, _ name: UTF8String) -> Bool {
        guard shape.matches(name: name, anyCase) else { return false }
        if let literal = shape.literal { return !literal.isEmpty }
        let spelled = shape.spelled
        let (first, end) = (spelled.first ?? nil, spelled.last ?? nil)
        if name.hasPrefix("."), first == dot { return true }
        if name == ".env", spelled.compactMap(\.self).count >= 3 { return true }
        if name.hasPrefix(".env"), shape.spellsText("env") { return true }
        guard first != nil || end != nil || name.hasPrefix("id_") else { return false }
        let stem = name.bytes.lastIndex(of: dot).map { $0 > 0 ? $0 : name.byteCount } ?? name.byteCount
        let hasExtension = stem < name.byteCount
        let cut = hasExtension ? spelled.lastIndex(of: dot) ?? spelled.endIndex : spelled.endIndex
        let letters = spelled[..<cut].compactMap(\.self).count
        // With nothing at the name's beginning, what it ends in must be spelled.
        guard letters >= 2, first != nil || spelled[..<cut].last ?? nil != nil || name.hasPrefix("id_") else {
            return false
        }
        if name.hasPrefix(".") { return true }
        return letters * (hasExtension && cut < spelled.endIndex ? 3 : 2) >= stem
    }

    /// The patterns that a text is: several with blanks or commas between, and each that braces make.
    private static func alternatives(of text: UTF8String) -> [[UInt8]]? {
        let bytes = text.bytes
        var words = cut(bytes) { $0 <= 0x20 || $0 == comma }
        if bytes.contains(where: { $0 <= 0x20 }) { words.append(bytes) }
        var patterns: [[UInt8]] = []
        var waiting = words
        while let word = waiting.popLast() {
            guard patterns.count + waiting.count <= Limits.elementsMax else { return nil }
            guard let open = word.firstIndex(of: brace), let close = closing(word, open) else {
                patterns.append(word)
                continue
            }
            for part in cut(Array(word[(open + 1)..<close]), where: { $0 == comma }) {
                waiting.append(word[..<open] + part + word[(close + 1)...])
            }
        }
        return patterns
    }

    /// The parts between separators that stand in no braces.
    private static func cut(_ bytes: [UInt8], where isSeparator: (UInt8) -> Bool) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var depth = 0
        for byte in bytes {
            if byte == brace { depth += 1 }
            if byte == UInt8(ascii: "}") { depth = max(0, depth - 1) }
            if depth == 0, isSeparator(byte) { parts.append([]) } else { parts[parts.count - 1].append(byte) }
        }
        return parts
    }

    private static func closing(_ bytes: [UInt8], _ open: Int) -> Int? {
        var depth = 0
        for index in bytes.indices[open...] {
            if bytes[index] == brace { depth += 1 }
            if bytes[index] == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }

    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")
    private static let comma = UInt8(ascii: ",")
    private static let brace = UInt8(ascii: "{")
    private static let anyCase: ShellOptions = [.caseless, .dotted]
    /// Names that one pattern gives at most: one that is refused is enough.
    private static let namesMax = 8
    /// Names that are secrets in other places than a project's, where they are ordinary.
    private static let outside: [UTF8String] = [
        "wallet.dat", "logins.json", "key4.db", "cookies.sqlite", "Login Data", "terraform.tfstate",
        "terraform.tfstate.backup", "krb5.keytab", "passwd", "shadow", "gshadow", "sudoers", "environ",
    ]
    private static let inProjects: [UTF8String] =
        (SecretNames.names.subtracting(outside) + [".env.local", ".env.production", ".env.development"]).sorted()
    private static let secretEndings = SecretNames.endings + [".pem"]
}

extension ShellPattern {
    /// What it spells, in small letters; `nil` for each wildcard.
    fileprivate var spelled: [UInt8?] {
        tokens.map { token in
            switch token {
            case .byte(let byte): byte.lowercased
            case .set(let ranges, let isNegated):
                // `[.]` is a dot.
                !isNegated && ranges.count == 1 && ranges[0].count == 1 ? ranges[0].lowerBound.lowercased : nil
            case .any, .one: nil
            }
        }
    }

    /// Whether it spells a text, without wildcards in it.
    fileprivate func spellsText(_ text: String) -> Bool {
        let wanted = text.utf8.map { Optional($0) }
        return spelled.indices.contains { spelled[$0...].starts(with: wanted) }
    }

    /// What it spells at its end.
    fileprivate var tail: [UInt8] { spelled.reversed().prefix { $0 != nil }.compactMap(\.self).reversed() }
}
