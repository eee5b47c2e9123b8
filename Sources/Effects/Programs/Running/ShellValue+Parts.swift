// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ShellValue {
    init(bytes: some Sequence<UInt8>, then rest: some Sequence<Piece> = []) {
        self.init(pieces: [.text(UTF8String(String(decoding: Array(bytes), as: UTF8.self)))] + rest)
    }

    /// Without the first bytes, which are known.
    func dropping(_ count: Int) -> ShellValue {
        guard count > 0 else { return self }
        return ShellValue(bytes: prefix.bytes.dropFirst(count), then: pieces.dropFirst())
    }

    /// Whether nothing is known of how it begins, or whether it is there at all.
    var startsUnknown: Bool { pieces.first == .unknown || pieces.first == .component }

    /// With a text before it.
    func prefixed(by text: ShellValue) -> ShellValue { ShellValue(pieces: text.pieces + pieces) }

    /// Split at the first of these bytes in the text that it begins with.
    func split(at separator: UInt8) -> (before: UTF8String, after: ShellValue)? {
        let bytes = prefix.bytes
        guard let index = bytes.firstIndex(of: separator) else { return nil }
        return (UTF8String(String(decoding: bytes[..<index], as: UTF8.self)), dropping(index + 1))
    }

    /// As a path that starts from a directory, where it is relative.
    func inDirectory(_ directory: ShellValue?) -> ShellValue {
        guard let directory, !startsUnknown, !directory.pieces.isEmpty, !pieces.isEmpty,
            prefix.bytes.first != UInt8(ascii: "/"), prefix.bytes.first != UInt8(ascii: "~")
        else { return self }
        return ShellValue(pieces: directory.pieces + [.text("/")] + pieces)
    }

    /// The last component, where all of it is known to be within one.
    var lastComponent: UTF8String? {
        guard let bytes = known?.bytes else { return nil }
        let trimmed = bytes.prefix((bytes.lastIndex { $0 != UInt8(ascii: "/") } ?? -1) + 1)
        let name = trimmed.suffix(from: (trimmed.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)
        guard !name.isEmpty, !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) else { return nil }
        return UTF8String(validating: name)
    }

    /// Whether all of it is known and is this.
    func `is`(_ text: UTF8String) -> Bool { known == text }

    var isEmpty: Bool { pieces.isEmpty }
}

extension ShellValue {
    /// What these bytes separate, without what is empty.
    func cut(at separators: [UInt8]) -> [ShellValue] {
        var parts: [ShellValue] = []
        var pieces: [Piece] = []
        for piece in self.pieces {
            guard case .text(let text) = piece else {
                pieces.append(piece)
                continue
            }
            let texts = text.bytes.split(omittingEmptySubsequences: false) { separators.contains($0) }
            for (place, text) in texts.enumerated() {
                if place > 0 {
                    parts.append(ShellValue(pieces: pieces))
                    pieces = []
                }
                pieces.append(.text(UTF8String(String(decoding: text, as: UTF8.self))))
            }
        }
        parts.append(ShellValue(pieces: pieces))
        return parts.filter { !$0.isEmpty }
    }
}
