// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ShellWalk {
    /// A text that a shell can be seen to read although names stand in it that only run time knows, as a search puts them
    /// there: each is a sign that has no meaning to a shell, and stands for the name where the text is walked.
    ///
    /// A name may have in it what a shell does read: then it is code of whoever made that name. In the project that is the
    /// project's own; elsewhere nobody knows.
    mutating func readable(_ text: ShellValue, _ state: ShellState) -> UTF8String? {
        if let known = text.known { return known }
        guard !text.hasUnknown, names.count + text.pieces.count <= Limits.textNamesMax else {
            insert(opaque: .code)
            return nil
        }
        var bytes: [UInt8] = []
        for piece in text.pieces {
            switch piece {
            case .text(let known):
                bytes += known.bytes
            case .wildcard(let pattern):
                if !ShellValue.unsplit.contains(pattern) {
                    guard isNameOfOwn(after: bytes, state) else {
                        insert(opaque: .code)
                        return nil
                    }
                    insert(opaque: .projectCode)
                }
                let sign = UTF8String("Zz\(names.count)nAmezZ")
                names.append((sign, piece))
                bytes += sign.bytes
            case .unknown, .component: return nil
            }
        }
        guard let result = UTF8String(validating: bytes) else { insert(opaque: .code); return nil }
        // Whoever writes the sign himself gets no name.
        for name in names
        where text.pieces.contains(where: { piece in
            if case .text(let known) = piece { known.bytes.firstRange(of: name.sign.bytes) != nil } else { false }
        }) {
            insert(opaque: .code)
            return nil
        }
        return result
    }

    /// Whether the folder that a name stands in, by what stands before it, is the project's.
    private func isNameOfOwn(after text: [UInt8], _ state: ShellState) -> Bool {
        let start = text.lastIndex { !$0.isAlphanumeric && !"._/~-+@%".utf8.contains($0) }.map { $0 + 1 } ?? 0
        let run = text[start...]
        // What stands before would count as well.
        if start > 0, "$}`)*?]".utf8.contains(text[start - 1]) { return false }
        let end = run.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? start
        let folder = end == start ? "." : UTF8String(validating: text[start..<end])
        guard let folder, let paths = absolute(folder, state), !paths.isEmpty else { return false }
        return paths.allSatisfy { isOwn($0) }
    }

    /// Whether a sign stands in a text.
    func stands(in text: UTF8String) -> Bool {
        names.contains { text.bytes.firstRange(of: $0.sign.bytes) != nil }
    }

    /// A text with names in place of the signs.
    func named(_ text: UTF8String) -> ShellValue {
        names.reduce(ShellValue(text)) { value, name in
            ProgramHandlers.replacing(name.sign, in: value, by: ShellValue(pieces: [name.piece]))
        }
    }
}
