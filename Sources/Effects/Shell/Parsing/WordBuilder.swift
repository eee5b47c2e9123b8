// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Collects a word's parts: neighbouring bytes of a kind become one part.
struct WordBuilder {
    private(set) var parts: [ShellWord.Part] = []
    private var run: [UInt8] = []
    private var kind = Kind.none
    /// Whether a `{` is in unquoted text.
    private(set) var hasBraces = false
    /// Whether a `~` is in unquoted text.
    private(set) var hasTildes = false
    /// Whether a byte was not UTF-8: `$'\xff'`.
    private(set) var isBroken = false

    private enum Kind { case none, text, quoted }

    /// A byte outside quotes.
    mutating func add(_ byte: UInt8) {
        change(to: .text)
        if byte == UInt8(ascii: "{") { hasBraces = true }
        if byte == UInt8(ascii: "~") { hasTildes = true }
        run.append(byte)
    }

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
    }

    mutating func addQuoted(_ byte: UInt8) {
        change(to: .quoted)
        run.append(byte)
    }

    /// Quoted bytes; none make an empty part, so that `''` is a word.
    mutating func addQuoted(_ bytes: some Sequence<UInt8>) {
        change(to: .quoted)
        run.append(contentsOf: bytes)
    }

    /// A byte of either kind.
    mutating func add(_ byte: UInt8, isQuoted: Bool) {
        if isQuoted { addQuoted(byte) } else { add(byte) }
    }

    mutating func add(_ part: ShellWord.Part) {
        change(to: .none)
        parts.append(part)
    }

    /// What was read in `"…"`: plain text is quoted text.
    mutating func addDoubleQuoted(_ inner: [ShellWord.Part]) {
        if inner.isEmpty {
            addQuoted([])
        } else if inner.count == 1, case .quoted(let text) = inner[0] {
            addQuoted(text.bytes)
        } else {
            add(.doubleQuoted(inner))
        }
    }

    mutating func finish() -> [ShellWord.Part] {
        change(to: .none)
        return parts
    }

    var isEmpty: Bool { parts.isEmpty && kind == .none }

    private mutating func change(to next: Kind) {
        guard next != kind else { return }
        if kind != .none {
            let text = UTF8String(validating: run)
            if text == nil { isBroken = true }
            parts.append(kind == .text ? .text(text ?? "") : .quoted(text ?? ""))
            run.removeAll(keepingCapacity: true)
        }
        kind = next
    }
}
