// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What a patch says that it changes: in the format of `apply_patch`, or as a unified diff.
///
/// Programs differ in how exactly they want the lines; whatever one of them could take for a file's name is one here.
enum PatchText {
    /// A file, and what is done to it.
    struct Change: Sendable, Hashable {
        let verbs: [Verb]
        let path: UTF8String
    }

    /// The changes, at least one; `nil` where the text is not understood.
    static func changes(in text: UTF8String) -> [Change]? {
        let lines = text.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0
        }
        // What one format begins with is content to the other.
        let first = lines.lazy.map(\.withoutLeadingBlanks).first { !$0.isEmpty } ?? []
        let isMarked = first.starts(with: "*** Begin Patch".utf8) || first.starts(with: "<<".utf8)
        let changes = isMarked ? marked(lines) : UnifiedDiff.changes(in: lines)
        return changes.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `*** Add File: …` and its kin. A line that has more than blanks before the marker is content; which characters are
    /// blanks differs, so that all that are to anybody count.
    private static func marked(_ lines: [ArraySlice<UInt8>]) -> [Change]? {
        var changes: [Change] = []
        var updated: UTF8String?
        for line in lines {
            let text = line.withoutLeadingBlanks
            guard text.starts(with: "***".utf8) else { continue }
            if let path = name(in: text, after: "*** add file:") {
                changes.append(Change(verbs: [.write], path: path))
            } else if let path = name(in: text, after: "*** delete file:") {
                changes.append(Change(verbs: [.delete], path: path))
            } else if let path = name(in: text, after: "*** update file:") {
                changes.append(Change(verbs: [.read, .write], path: path))
                updated = path
            } else if let path = name(in: text, after: "*** move to:") {
                guard let source = updated else { return nil }
                changes += [Change(verbs: [.delete], path: source), Change(verbs: [.write], path: path)]
            } else if line.first == UInt8(ascii: "*"), !known.contains(where: { text.elementsEqual($0.utf8) }) {
                return nil
            }
        }
        return changes
    }

    private static let known = ["*** Begin Patch", "*** End Patch", "*** End of File"]

    /// A name with the blanks that end it: whether they are part of it is for whoever reads the path.
    private static func name(in line: ArraySlice<UInt8>, after marker: String) -> UTF8String? {
        let marker = marker.utf8
        guard line.prefix(marker.count).map(\.lowercased).elementsEqual(marker) else { return nil }
        return UTF8String(validating: line.dropFirst(marker.count).withoutLeadingBlanks)
    }

}

/// `diff -u` and `git diff`.
private enum UnifiedDiff {
    static func changes(in lines: [ArraySlice<UInt8>]) -> [PatchText.Change]? {
        var changes: [PatchText.Change] = []
        var old: ArraySlice<UInt8>?
        var remaining = (old: 0, new: 0)
        var named: [PatchText.Change] = []
        for line in lines {
            // What a hunk's head announces is content, even where it looks like a head itself.
            if remaining.old > 0 || remaining.new > 0 {
                switch line.first ?? 0x20 {
                case UInt8(ascii: "-"): remaining.old -= 1
                case UInt8(ascii: "+"): remaining.new -= 1
                case 0x20: remaining = (remaining.old - 1, remaining.new - 1)
                case UInt8(ascii: "\\"): break
                default: return nil
                }
                guard remaining.old >= 0, remaining.new >= 0 else { return nil }
                continue
            }
            if let rest = line.without("--- ") {
                guard old == nil else { return nil }
                old = rest
            } else if let rest = line.without("+++ ") {
                guard let before = old, let found = file(before, rest) else { return nil }
                changes += found
                old = nil
            } else if line.starts(with: "@@ ".utf8) {
                guard let counts = hunk(line) else { return nil }
                remaining = counts
            } else if let found = extended(line) {
                changes += found
                named = found
            } else if line.starts(with: "deleted file mode".utf8) {
                changes += named.map { PatchText.Change(verbs: [.delete], path: $0.path) }
            } else if line.starts(with: "diff --git ".utf8) || line.starts(with: "GIT binary".utf8)
                || line.starts(with: "rename ".utf8) || line.starts(with: "copy ".utf8)
                || line.starts(with: "Index:".utf8) || line.starts(with: "*** ".utf8)
            {
                return nil
            }
        }
        return old == nil && remaining == (0, 0) ? changes : nil
    }

    /// Lines of git's own that name files.
    private static func extended(_ line: ArraySlice<UInt8>) -> [PatchText.Change]? {
        if let rest = line.without("rename from ") { return changes([.delete], rest) }
        if let rest = line.without("rename to ") ?? line.without("copy to ") { return changes([.write], rest) }
        if let rest = line.without("copy from ") { return changes([.read], rest) }
        guard let names = line.without("diff --git ") else { return nil }
        // `a/x b/x`: the same name twice, unless lines that follow name both.
        let parts = names.split(separator: 0x20)
        guard parts.count == 2, let left = changes([.read], parts[0]), let right = changes([.read, .write], parts[1])
        else { return nil }
        return left + right
    }

    private static func file(_ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>) -> [PatchText.Change]? {
        let (before, after) = (old.beforeTab, new.beforeTab)
        let (isNew, isGone) = (before.elementsEqual("/dev/null".utf8), after.elementsEqual("/dev/null".utf8))
        switch (isNew, isGone) {
        case (true, true): return nil
        case (true, false): return changes([.write], after)
        case (false, true): return changes([.delete], before)
        case (false, false):
            guard let left = changes([.read, .write], before), let right = changes([.read, .write], after) else {
                return nil
            }
            return before == after ? left : left + right
        }
    }

    /// A name as it stands, and without its first component, which programs drop unless they are told otherwise. Names
    /// with blanks or in quotes are not understood.
    private static func changes(_ verbs: [Verb], _ name: ArraySlice<UInt8>) -> [PatchText.Change]? {
        guard !name.isEmpty, name.first != UInt8(ascii: "\""), !name.contains(0x20),
            let whole = UTF8String(validating: name)
        else { return nil }
        var paths = [whole]
        if let slash = name.firstIndex(of: UInt8(ascii: "/")) {
            let rest = name[(slash + 1)...]
            // Whether more slashes go with the first one differs.
            for rest in [rest, rest.drop { $0 == UInt8(ascii: "/") }] {
                guard let path = UTF8String(validating: rest), !path.isEmpty else { return nil }
                if !paths.contains(path) { paths.append(path) }
            }
        }
        return paths.map { PatchText.Change(verbs: verbs, path: $0) }
    }

    /// `@@ -1,3 +1,4 @@`: how many lines of the old and of the new file follow.
    private static func hunk(_ line: ArraySlice<UInt8>) -> (old: Int, new: Int)? {
        let words = line.split(separator: 0x20)
        guard words.count >= 4, let old = count(words[1], "-"), let new = count(words[2], "+") else { return nil }
        return (old, new)
    }

    private static func count(_ word: ArraySlice<UInt8>, _ sign: String) -> Int? {
        guard word.starts(with: sign.utf8) else { return nil }
        let parts = word.dropFirst().split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.count < 10 && $0.allSatisfy(\.isDigit) })
        else { return nil }
        guard parts.count == 2 else { return 1 }
        return Int(String(decoding: parts[1], as: UTF8.self))
    }
}

extension ArraySlice<UInt8> {
    fileprivate func without(_ prefix: String) -> ArraySlice<UInt8>? {
        starts(with: prefix.utf8) ? dropFirst(prefix.utf8.count) : nil
    }

    fileprivate var beforeTab: ArraySlice<UInt8> { self[..<(firstIndex(of: 0x09) ?? endIndex)] }
}
