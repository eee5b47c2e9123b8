// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A part of a word after its expansion, before it is cut into fields.
enum ShellFragment: Sendable, Hashable {
    /// Text. Unquoted, wildcards in it count; `isSplit` where blanks in it end the field too.
    case text(UTF8String, isQuoted: Bool, isSplit: Bool)
    /// Names that match.
    case wildcard(UTF8String, isQuoted: Bool)
    case unknown(isQuoted: Bool)
    /// Text without a slash, in quotes.
    case component
    /// Between the elements of `"$@"`.
    case fieldBreak
    /// Quotes around nothing: a field even so.
    case quotes

    /// A variable's value where it stands.
    static func fragments(of value: ShellValue, isQuoted: Bool) -> [ShellFragment] {
        value.pieces.map { piece in
            switch piece {
            case .text(let text): .text(text, isQuoted: isQuoted, isSplit: !isQuoted)
            case .wildcard(let pattern): .wildcard(pattern, isQuoted: isQuoted || ShellValue.unsplit.contains(pattern))
            case .unknown: .unknown(isQuoted: isQuoted)
            // Cut at its blanks it could be several words, of which each could be anything.
            case .component: isQuoted ? .component : .unknown(isQuoted: false)
            }
        }
    }
}

/// Cuts fragments into fields (POSIX XCU §2.6.5) and finds their wildcards (§2.6.6).
struct ShellFields {
    /// `nil` where nobody knows what ends a field.
    let separators: UTF8String?
    let hasWildcards: Bool
    private(set) var fields: [ShellValue] = []
    private var pieces: [(piece: ShellValue.Piece, isActive: Bool)] = []
    private var isOpen = false
    private var mayGoOn = false
    /// A blank was the last: a separator right after it belongs to it.
    private var endedByBlank = false

    init(separators: UTF8String?, hasWildcards: Bool) {
        self.separators = separators
        self.hasWildcards = hasWildcards
    }

    mutating func add(_ fragments: [ShellFragment]) {
        for fragment in fragments {
            switch fragment {
            case .text(let text, _, isSplit: true): split(text)
            case .text(let text, let isQuoted, _):
                pieces.append((.text(text), !isQuoted))
                isOpen = true
                endedByBlank = false
            case .wildcard(let pattern, let isQuoted):
                // The name may have blanks in it: what follows them is another name, in no folder.
                if !isQuoted, !pieces.isEmpty { mayGoOn = true }
                pieces.append((.wildcard(pattern), false))
                isOpen = true
            case .unknown(let isQuoted):
                if !isQuoted { mayGoOn = true }
                pieces.append((.unknown, false))
                isOpen = true
            case .component:
                pieces.append((.component, false))
                isOpen = true
            case .fieldBreak: close()
            case .quotes: isOpen = true
            }
        }
    }

    private mutating func split(_ text: UTF8String) {
        guard let separators else {
            guard !text.isEmpty else { return }
            add([.unknown(isQuoted: false)])
            return
        }
        let blanks = separators.bytes.filter { [0x20, 0x09, 0x0a].contains($0) }
        let others = separators.bytes.filter { ![0x20, 0x09, 0x0a].contains($0) }
        var start = 0
        let bytes = text.bytes
        func piece(_ end: Int) -> UTF8String { UTF8String(validating: bytes[start..<end]) ?? "" }
        for (index, byte) in bytes.enumerated() where blanks.contains(byte) || others.contains(byte) {
            if start < index {
                pieces.append((.text(piece(index)), true))
                isOpen = true
                endedByBlank = false
            }
            start = index + 1
            if blanks.contains(byte) {
                if isOpen {
                    close()
                    endedByBlank = true
                }
            } else if isOpen || !endedByBlank {
                isOpen = true
                close()
            } else {
                endedByBlank = false
            }
        }
        guard start < bytes.count else { return }
        pieces.append((.text(piece(bytes.count)), true))
        isOpen = true
        endedByBlank = false
    }

    /// Ends the field that is open.
    mutating func close() {
        endedByBlank = false
        guard isOpen else { return }
        let value = ShellValue(pieces: hasWildcards ? Self.marked(pieces) : pieces.map(\.piece))
        fields.append(value)
        // What is unknown may be several words; a word that is nothing else stands for them already.
        if mayGoOn, value != .unknown {
            let isWildcard = !value.hasUnknown
            fields.append(isWildcard ? ShellValue(pieces: [.wildcard("*")]) : .unknown)
        }
        pieces = []
        isOpen = false
        mayGoOn = false
    }

    /// The pieces, with wildcards in unquoted text as such.
    private static func marked(_ pieces: [(piece: ShellValue.Piece, isActive: Bool)]) -> [ShellValue.Piece] {
        let active = pieces.flatMap { entry -> [UInt8] in
            if entry.isActive, case .text(let text) = entry.piece { text.bytes } else { [] }
        }
        let hasBrackets =
            active.firstIndex(of: UInt8(ascii: "[")).map { active[$0...].contains(UInt8(ascii: "]")) } ?? false
        guard
            hasBrackets || active.contains(UInt8(ascii: "*")) || active.contains(UInt8(ascii: "?"))
                || isExtended(active)
        else { return pieces.map(\.piece) }
        return pieces.flatMap { entry -> [ShellValue.Piece] in
            guard entry.isActive, case .text(let text) = entry.piece else { return [entry.piece] }
            return marked(text.bytes, hasBrackets: hasBrackets)
        }
    }

    private static func isExtended(_ bytes: [UInt8]) -> Bool {
        zip(bytes, bytes.dropFirst()).contains { "@!+".utf8.contains($0) && $1 == UInt8(ascii: "(") }
    }

    private static func marked(_ bytes: [UInt8], hasBrackets: Bool) -> [ShellValue.Piece] {
        var pieces: [ShellValue.Piece] = []
        var start = 0
        var index = 0
        func text(_ range: Range<Int>) -> UTF8String { UTF8String(validating: bytes[range]) ?? "" }
        while index < bytes.count {
            let byte = bytes[index]
            var end = index
            let opens = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "(")
            if "@!+?*".utf8.contains(byte), opens {
                end = bytes[index...].lastIndex(of: UInt8(ascii: ")")).map { $0 + 1 } ?? bytes.count
            } else if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") {
                end = index + 1
            } else if byte == UInt8(ascii: "["), hasBrackets {
                // `]` right after `[`, `[!` or `[^` does not end it.
                var inner = index + 1
                if inner < bytes.count, bytes[inner] == UInt8(ascii: "!") || bytes[inner] == UInt8(ascii: "^") {
                    inner += 1
                }
                inner = min(inner + 1, bytes.count)
                end = bytes[inner...].firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? bytes.count
                // Classes have brackets of their own.
                if text(index..<end).string.contains("[:") {
                    end = bytes[index...].lastIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? bytes.count
                }
            }
            guard end > index else {
                index += 1
                continue
            }
            pieces.append(.text(text(start..<index)))
            pieces.append(.wildcard(text(index..<end)))
            start = end
            index = end
        }
        pieces.append(.text(text(start..<bytes.count)))
        return pieces
    }
}
