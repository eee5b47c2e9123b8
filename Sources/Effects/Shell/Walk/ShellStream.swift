// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What went into a stream or a file, as far as the text that is walked says it.
enum ShellStream: Sendable, Hashable {
    /// One of these texts.
    case texts([ShellValue])
    /// What is in these files, one after the other. Absolute paths.
    case files([UTF8String])
    /// Nobody knows.
    case unknown(Origin)

    enum Origin: Sendable, Hashable {
        /// Made by programs out of files that were there before: what running the project's own code comes to.
        case local
        /// From a network, or computed from what the text itself says.
        case computed
    }

    /// Nothing.
    static let empty = ShellStream.texts([ShellValue("")])

    var isEmpty: Bool { self == .empty }

    private var origin: Origin {
        switch self {
        case .texts: .computed
        case .files: .local
        case .unknown(let origin): origin
        }
    }

    /// This and then the other.
    func followed(by other: ShellStream) -> ShellStream {
        if isEmpty { return other }
        if other.isEmpty { return self }
        switch (self, other) {
        case (.texts(let firsts), .texts(let seconds)):
            guard firsts.count * seconds.count <= Limits.listAlternativesMax else { return .unknown(.computed) }
            var texts: [ShellValue] = []
            for first in firsts {
                for second in seconds {
                    let text = first.followed(by: second)
                    if !texts.contains(text) { texts.append(text) }
                }
            }
            return .texts(texts)
        case (.files(let first), .files(let second)) where first.count + second.count <= Limits.alternativesMax:
            return .files(first + second)
        default: return .unknown(origin == .local && other.origin == .local ? .local : .computed)
        }
    }

    /// This or the other.
    func or(_ other: ShellStream) -> ShellStream {
        if self == other { return self }
        if case .texts(var texts) = self, case .texts(let others) = other {
            for text in others where !texts.contains(text) { texts.append(text) }
            if texts.count <= Limits.listAlternativesMax { return .texts(texts) }
        }
        return .unknown(origin == .local && other.origin == .local ? .local : .computed)
    }
}

/// What a path leads to after earlier commands of the same text.
enum FileState: Sendable, Hashable {
    /// What was there before.
    case original
    /// This was written there.
    case content(ShellStream)
    /// A link to an absolute path, and to all below it.
    case link(UTF8String)
    /// A copy of what was at an absolute path and below it before the text ran.
    case copy(UTF8String)
    case deleted
}

extension ShellValue {
    /// A whole number that only run time knows: it has no blank and no slash, and does no harm in a file's name.
    static let number = ShellValue(pieces: [.wildcard("+([-0-9])")])
    /// A word of letters, digits, `_`, `.` and `-` that only run time knows: `$(uname -s)`, `$(date +%F)`.
    static let token = ShellValue(pieces: [.wildcard("+([-_.A-Za-z0-9])")])

    /// Patterns that stand for text without blanks.
    static let unsplit: Set<UTF8String> = ["+([-0-9])", "+([-_.A-Za-z0-9])"]

    var isNumber: Bool {
        if self == .number { return true }
        guard let text = known, !text.isEmpty else { return false }
        return text.byteCount <= 18 && text.bytes.drop { $0 == UInt8(ascii: "-") }.allSatisfy(\.isDigit)
    }

    /// Whether something in it is not known at all.
    var hasUnknown: Bool { pieces.contains(.unknown) || pieces.contains(.component) }

    /// This and then the other, as one text; unknown where it would be too long.
    func followed(by other: ShellValue) -> ShellValue {
        guard byteCount + other.byteCount <= Limits.valueBytesMax else { return .unknown }
        return ShellValue(pieces: pieces + other.pieces)
    }

    var byteCount: Int {
        pieces.reduce(0) { sum, piece in
            switch piece {
            case .text(let text), .wildcard(let text): sum + text.byteCount
            case .unknown, .component: sum + 1
            }
        }
    }

    /// Without the line breaks at its end, as a command substitution takes them off.
    var withoutFinalBreaks: ShellValue {
        guard case .text(let last)? = pieces.last, last.hasSuffix("\n") else { return self }
        let bytes = last.bytes.reversed().drop { $0 == 0x0a }.reversed()
        return ShellValue(pieces: pieces.dropLast() + [.text(UTF8String(validating: bytes) ?? "")])
    }
}
