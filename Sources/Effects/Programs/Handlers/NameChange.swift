// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What `sed` makes of names that a search found, where its script only puts literal text for literal text.
///
/// Names below a directory stay below one where no change can make a component `..`, or take away or add a slash beside
/// what is not known. Where that is not plain there is no answer.
struct NameChange {
    private enum Place { case anywhere, start, end, whole }

    private let place: Place
    private let old: [UInt8]
    /// Around what was matched, where `new` has an `&`; alone otherwise.
    private let new: [UInt8]
    private let after: [UInt8]
    private let keepsMatch: Bool
    private let isGlobal: Bool

    /// The lines that a script makes of lines.
    static func lines(of script: UTF8String, isExtended: Bool, _ lines: [ShellValue]) -> [ShellValue]? {
        guard let changes = changes(script, isExtended: isExtended) else { return nil }
        var lines = lines
        for change in changes {
            var next: [ShellValue] = []
            for line in lines {
                guard let made = change.applied(to: line), made.count + next.count <= Limits.namesLinesMax else {
                    return nil
                }
                next += made.filter { !next.contains($0) }
            }
            lines = next
        }
        return lines
    }

    /// What a shell makes of names with `${x/old/new}` and its like.
    static func replaced(
        _ old: [UInt8], _ new: [UInt8], _ kind: ParameterExpansion.Replacement, in names: ShellValue
    ) -> [ShellValue]? {
        guard !old.isEmpty, names.pieces.allSatisfy(isName) else { return nil }
        let place: Place =
            switch kind {
            case .first, .all: .anywhere
            case .prefix: .start
            case .suffix: .end
            }
        return NameChange(place: place, old: old, new: new, isGlobal: kind == .all).applied(to: names)
    }

    /// Names with other letters for each of theirs; `nil` where something is no name.
    static func cased(_ names: ShellValue, isUpper: Bool) -> ShellValue? {
        translated(names) { $0.isLetter ? (isUpper ? $0 & 0xdf : $0 | 0x20) : $0 }
    }

    /// What `tr` makes of names, where it neither takes away nor makes a slash, a dot or what divides words: below a
    /// directory they stay, and no component becomes `..`.
    static func translated(_ names: ShellValue, _ from: UTF8String, _ to: UTF8String) -> ShellValue? {
        guard let from = letters(from), let to = letters(to), let last = to.last,
            from.allSatisfy({ $0 != slash }), to.allSatisfy({ $0 != slash && $0 != UInt8(ascii: ".") }),
            dividing.isDisjoint(with: to)
        else { return nil }
        var map = Array(UInt8.min...UInt8.max)
        for (index, byte) in from.enumerated() { map[Int(byte)] = index < to.count ? to[index] : last }
        return translated(names) { map[Int($0)] }
    }

    private static func translated(_ names: ShellValue, _ change: (UInt8) -> UInt8) -> ShellValue? {
        guard names.known == nil, names.pieces.allSatisfy(isName) else { return nil }
        let pieces = names.widened.pieces.map { piece -> ShellValue.Piece in
            if case .text(let text) = piece, text.isASCII {
                .text(UTF8String(String(decoding: text.bytes.map(change), as: UTF8.self)))
            } else {
                piece
            }
        }
        let isPlain = names.pieces.allSatisfy { if case .text(let text) = $0 { text.isASCII } else { true } }
        return isPlain ? ShellValue(pieces: pieces) : nil
    }

    private static func isName(_ piece: ShellValue.Piece) -> Bool {
        switch piece {
        case .text, .wildcard("*"): true
        case .wildcard, .unknown, .component: piece.isBelow
        }
    }

    /// The characters of one of tr's sets: printable ones, ranges of letters and digits, and the classes of letters.
    private static func letters(_ text: UTF8String) -> [UInt8]? {
        let capitals = Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))
        switch text {
        case "[:upper:]": return capitals
        case "[:lower:]": return capitals.map { $0 | 0x20 }
        default: break
        }
        let bytes = text.bytes
        guard bytes.count <= 64, !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7f && $0 != 0x5c }) else {
            return nil
        }
        guard !bytes.contains(UInt8(ascii: "[")) else {
            // In old habits the brackets of `[a-z]` stand for themselves on both sides.
            return bytes.count == 5 && bytes[4] == UInt8(ascii: "]") && bytes[2] == UInt8(ascii: "-")
                ? letters(UTF8String(String(decoding: bytes[1..<4], as: UTF8.self))) : nil
        }
        var set: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "-") else {
                set.append(bytes[index])
                index += 1
                continue
            }
            guard bytes[index].isAlphanumeric, bytes[index + 2].isAlphanumeric, bytes[index] <= bytes[index + 2],
                bytes[index].isDigit == bytes[index + 2].isDigit
            else { return nil }
            set += Array(bytes[index]...bytes[index + 2])
            index += 3
        }
        return set
    }

    private init(place: Place, old: [UInt8], new: [UInt8], isGlobal: Bool) {
        self.place = place
        self.old = old
        self.new = new
        after = []
        keepsMatch = false
        self.isGlobal = isGlobal
    }

    // MARK: Reading

    private static func changes(_ script: UTF8String, isExtended: Bool) -> [NameChange]? {
        var rest = script.bytes[...]
        var changes: [NameChange] = []
        while true {
            rest = rest.drop { $0 == UInt8(ascii: ";") || $0 == 0x20 || $0 == 0x09 || $0 == 0x0a }
            guard let first = rest.first else { return changes }
            guard first == UInt8(ascii: "s"), changes.count < Limits.namesLinesMax,
                let change = NameChange(&rest, isExtended: isExtended)
            else { return nil }
            changes.append(change)
        }
    }

    private init?(_ rest: inout ArraySlice<UInt8>, isExtended: Bool) {
        rest = rest.dropFirst()
        guard let delimiter = rest.popFirst(), delimiter > 0x20, delimiter < 0x7f, delimiter != UInt8(ascii: "\\"),
            !delimiter.isAlphanumeric, var pattern = Self.section(&rest, delimiter),
            let replacement = Self.section(&rest, delimiter)
        else { return nil }
        var isGlobal = false
        if rest.first == UInt8(ascii: "g") {
            isGlobal = true
            rest = rest.dropFirst()
        }
        guard rest.first.map({ $0 == UInt8(ascii: ";") || $0 == 0x20 || $0 == 0x0a }) ?? true else { return nil }
        self.isGlobal = isGlobal

        if [".*", "^.*", ".*$", "^.*$"].contains(where: { pattern.elementsEqual($0.utf8) }) {
            (place, old) = (.whole, [])
        } else {
            var place = Place.anywhere
            if pattern.first == UInt8(ascii: "^") {
                place = .start
                pattern = pattern.dropFirst()
            }
            if pattern.last == UInt8(ascii: "$"), pattern.dropLast().last != UInt8(ascii: "\\") {
                guard place == .anywhere else { return nil }
                place = .end
                pattern = pattern.dropLast()
            }
            guard let old = Self.literal(pattern, delimiter, isExtended: isExtended) else { return nil }
            guard place != .anywhere || !old.isEmpty else { return nil }
            (self.place, self.old) = (place, old)
        }

        var parts: [[UInt8]] = [[]]
        var index = replacement.startIndex
        while index < replacement.endIndex {
            let byte = replacement[index]
            index += 1
            switch byte {
            case UInt8(ascii: "&"): parts.append([])
            case UInt8(ascii: "\\"):
                // A letter or digit would be a group, a case or a control character.
                guard index < replacement.endIndex, !replacement[index].isAlphanumeric, replacement[index] != 0x0a
                else {
                    return nil
                }
                parts[parts.count - 1].append(replacement[index])
                index += 1
            case 0x00..<0x20: return nil
            default: parts[parts.count - 1].append(byte)
            }
        }
        guard parts.count <= 2 else { return nil }
        keepsMatch = parts.count == 2
        new = parts[0]
        after = keepsMatch ? parts[1] : []
    }

    /// Up to the delimiter, which it takes; what a backslash stands before is left as it is.
    private static func section(_ rest: inout ArraySlice<UInt8>, _ delimiter: UInt8) -> ArraySlice<UInt8>? {
        var index = rest.startIndex
        while index < rest.endIndex {
            if rest[index] == delimiter {
                let section = rest[..<index]
                rest = rest[(index + 1)...]
                return section
            }
            index += rest[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    /// The text of a pattern that is no more than text.
    private static func literal(_ pattern: ArraySlice<UInt8>, _ delimiter: UInt8, isExtended: Bool) -> [UInt8]? {
        var text: [UInt8] = []
        var index = pattern.startIndex
        while index < pattern.endIndex {
            let byte = pattern[index]
            index += 1
            if byte == UInt8(ascii: "\\") {
                guard index < pattern.endIndex else { return nil }
                // Escaped, these are themselves in both kinds of expressions; an escaped delimiter is one where it is none
                // of the expression's own characters.
                let next = pattern[index]
                guard "./*[]$^\\-".utf8.contains(next) || next == delimiter && !"|+?(){}".utf8.contains(next) else {
                    return nil
                }
                text.append(next)
                index += 1
            } else if byte < 0x20 || ".*[]^$".utf8.contains(byte) || isExtended && "+?|(){}".utf8.contains(byte) {
                return nil
            } else {
                text.append(byte)
            }
        }
        return text
    }

    // MARK: Changing

    private static let slash = UInt8(ascii: "/")

    private func applied(to line: ShellValue) -> [ShellValue]? {
        if let known = line.known { return [ShellValue(bytes: applied(to: known.bytes))] }
        guard !line.hasUnknown else { return nil }
        switch place {
        case .whole: return keepsMatch ? [surrounded(line)] : [ShellValue(bytes: new)]
        case .start: return started(line)
        case .end: return ended(line)
        case .anywhere: return inside(line.widened)
        }
    }

    private func surrounded(_ line: ShellValue) -> ShellValue {
        ShellValue(bytes: new, then: line.pieces + [.text(UTF8String(String(decoding: after, as: UTF8.self)))])
    }

    private func started(_ line: ShellValue) -> [ShellValue]? {
        let prefix = line.prefix.bytes
        guard prefix.count >= old.count else {
            // What comes after the known text decides, save where that already differs.
            return old.starts(with: prefix) ? nil : [line]
        }
        guard prefix.starts(with: old) else { return [line] }
        return [line.dropping(old.count).prefixed(by: ShellValue(bytes: keepsMatch ? new + old + after : new))]
    }

    private func ended(_ line: ShellValue) -> [ShellValue]? {
        let end: [UInt8] = if case .text(let text)? = line.pieces.last { text.bytes } else { [] }
        if old.isEmpty { return [ShellValue(pieces: line.pieces + [Self.text(keepsMatch ? new + after : new)])] }
        if end.count >= old.count {
            guard end.suffix(old.count).elementsEqual(old) else { return [line] }
            let kept = end.dropLast(old.count) + (keepsMatch ? new + old + after : new)
            return [ShellValue(pieces: line.pieces.dropLast() + [Self.text(kept)])]
        }
        guard end.isEmpty, keepsMatch || Self.isHarmless(new, replacing: old) else { return nil }
        return [line, ShellValue(pieces: line.pieces + [Self.text(keepsMatch ? old + after : new)])]
    }

    private func inside(_ line: ShellValue) -> [ShellValue]? {
        let text = keepsMatch ? new + old + after : new
        guard Self.isHarmless(text, replacing: old), line.pieces.count <= 3 else { return nil }
        var pieces: [ShellValue.Piece] = []
        for (index, piece) in line.pieces.enumerated() {
            guard case .text(let known) = piece else {
                pieces.append(piece)
                // A name that is not known begins no path, so it can begin none with what it becomes.
                if index == 0, text.first == Self.slash { return nil }
                continue
            }
            let bytes = known.bytes
            // Known and unknown text beside each other could make up what is looked for.
            let isLast = index + 1 == line.pieces.count
            let touches = (1..<max(old.count, 1)).contains { count in
                !isLast && bytes.suffix(count).elementsEqual(old.prefix(count))
                    || index > 0 && bytes.prefix(count).elementsEqual(old.suffix(count))
            }
            guard !touches else { return nil }
            // Only the first is changed without `g`: where the unknown comes first, that may be in there.
            let isFound = bytes.firstRange(of: old) != nil
            pieces.append(Self.text(applied(to: bytes)))
            if isFound, !isGlobal {
                let changed = ShellValue(pieces: pieces + line.pieces[(index + 1)...])
                return index > 0 ? [changed, line] : [changed]
            }
        }
        return [ShellValue(pieces: pieces)]
    }

    private static func text(_ bytes: some Sequence<UInt8>) -> ShellValue.Piece {
        .text(UTF8String(String(decoding: Array(bytes), as: UTF8.self)))
    }

    /// What xargs, or a shell without quotes, cuts words at, takes off, or matches names by: within a name that is not
    /// known it would make another of what stands behind it (`./d /etc/x` of `./da/etc/x`).
    private static let dividing = Set(" \t\n\"'*?[".utf8)

    /// Whether a name with this in place of that is still a name below the same directory: it stays one, and no component
    /// becomes `.` or `..`, since the new text has another character on either side of each slash that it brings. What had
    /// a blank or a quote before was divided there already.
    private static func isHarmless(_ new: [UInt8], replacing old: [UInt8]) -> Bool {
        guard dividing.intersection(new).isSubset(of: old) else { return false }
        let parts = new.split(separator: slash, omittingEmptySubsequences: false)
        func isName(_ part: ArraySlice<UInt8>) -> Bool { part.contains { $0 != UInt8(ascii: ".") } }
        guard let first = parts.first, let last = parts.last, parts.dropFirst().dropLast().allSatisfy(isName) else {
            return false
        }
        return (isName(first) || first.isEmpty && parts.count > 1 && old.first == slash)
            && (isName(last) || last.isEmpty && parts.count > 1 && old.last == slash)
    }

    private func applied(to bytes: [UInt8]) -> [UInt8] {
        let text = keepsMatch ? new + old + after : new
        switch place {
        case .whole: return keepsMatch ? new + bytes + after : new
        case .start: return bytes.starts(with: old) ? text + bytes.dropFirst(old.count) : bytes
        case .end: return bytes.suffix(old.count).elementsEqual(old) ? bytes.dropLast(old.count) + text : bytes
        case .anywhere:
            var result: [UInt8] = []
            var rest = bytes[...]
            while let range = rest.firstRange(of: old) {
                result += rest[..<range.lowerBound] + text
                rest = rest[range.upperBound...]
                if !isGlobal { break }
            }
            return result + rest
        }
    }
}

/// Lines that a program reads or writes, as far as they are known.
enum KnownLines {
    /// The lines of a text. Names that a search found below a directory include the directory's own.
    static func of(_ text: ShellValue) -> [ShellValue]? {
        guard !text.hasUnknown else { return nil }
        var lines: [[ShellValue.Piece]] = [[]]
        for piece in text.pieces {
            guard case .text(let known) = piece else {
                lines[lines.count - 1].append(piece)
                continue
            }
            for (index, part) in known.bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
                if index > 0 { lines.append([]) }
                lines[lines.count - 1].append(.text(UTF8String(String(decoding: part, as: UTF8.self))))
            }
            guard lines.count <= Limits.namesLinesMax else { return nil }
        }
        let values = lines.map(ShellValue.init(pieces:))
        return values.last?.isEmpty == true ? values.dropLast() : values
    }

    /// Lines of names apart: below a directory, and the directory itself.
    static func apart(_ lines: [ShellValue]) -> [ShellValue] {
        lines.flatMap { line -> [ShellValue] in
            guard line.pieces.last == .wildcard("**"), line.pieces.count == 2, line.prefix.hasSuffix("/") else {
                return [line]
            }
            let root = line.prefix.bytes.count > 1 ? line.prefix.bytes.dropLast() : line.prefix.bytes[...]
            return [line, ShellValue(bytes: root)]
        }
    }

    static func text(_ lines: [ShellValue]) -> ShellValue {
        ShellValue(pieces: Array(lines.map { $0.pieces + [.text("\n")] }.joined()))
    }
}
