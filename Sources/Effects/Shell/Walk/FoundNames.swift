// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ShellValue {
    /// A name below a directory of which an end was cut off: what is left of `...c` without `.c` is `..`, so that it is
    /// one only with text behind it.
    static let cutName: UTF8String = "**-"
    /// The same, where the directory itself is not meant.
    static let cutInnerName: UTF8String = "**="
    /// A name below a directory without that directory before it: at the beginning of a word it may look like an option.
    static let bareName: UTF8String = "**+"

    /// Whether all of it is text and names as a search or a glob finds them, none of which has a slash in a bracket.
    private var isOfNames: Bool {
        pieces.allSatisfy { piece in
            switch piece {
            case .text: true
            case .wildcard(let pattern):
                pattern == "*" || pattern == "?" || pattern.hasPrefix("**") || Self.unsplit.contains(pattern)
            case .unknown, .component: false
            }
        }
    }

    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")

    /// The last component of a name that a search found.
    var lastName: ShellValue? {
        guard case .wildcard(let pattern)? = pieces.last(where: { if case .wildcard = $0 { true } else { false } }),
            !hasUnknown, pattern == "*" || ShellValue.Piece.wildcard(pattern).isBelow, !mayEndUpward
        else { return nil }
        guard case .text(let end)? = pieces.last else { return ShellValue(pieces: [.wildcard("**")]) }
        return end.bytes.contains(Self.slash) ? nil : ShellValue(pieces: [.wildcard("**"), .text(end)])
    }

    /// Whether its last component can be `..` or the root, because the directory that was searched is, or because a
    /// pattern of dots alone finds it.
    private var mayEndUpward: Bool {
        guard let last = pieces.indices.last, case .wildcard = pieces[last] else { return false }
        guard last > 0 else { return false }
        guard case .text(let before) = pieces[last - 1] else { return true }
        var bytes = before.bytes
        if bytes.last != Self.slash {
            let name = bytes.suffix(while: { $0 != Self.slash })
            return name.allSatisfy { $0 == Self.dot }
        }
        // A search names the directory that it began in, too.
        guard pieces[last] == .wildcard("**") else { return false }
        while bytes.last == Self.slash { bytes.removeLast() }
        let name = bytes.suffix(while: { $0 != Self.slash })
        if name.isEmpty { return true }
        return name.count > 1 && name.allSatisfy { $0 == Self.dot }
    }

    /// The directory of a name that a search or a glob found, as dirname tells it; directories below it count as well.
    var folder: ShellValue? {
        guard known == nil, isOfNames else { return nil }
        var bytes = prefix.bytes
        guard let end = bytes.lastIndex(of: Self.slash) else {
            // What no known text begins may look like an option, where there is more than one component.
            let isOne = pieces.allSatisfy { piece in
                if case .text(let text) = piece { !text.bytes.contains(Self.slash) } else { !piece.leadsAnywhere }
            }
            let isPlain = isOne || bytes.first.map { $0 != UInt8(ascii: "-") } ?? false
            return isPlain ? Self.below([]) : ShellValue(pieces: [.wildcard(Self.bareName)])
        }
        let startsName = end + 1 == bytes.count && pieces.count == 2 && pieces[1] == .wildcard("**")
        bytes.removeSubrange((end + 1)...)
        guard startsName else { return Self.below(bytes) }
        // The directory that was searched is among what it finds, and lies in the one above.
        while bytes.count > 1, bytes.last == Self.slash { bytes.removeLast() }
        if bytes == [Self.slash] || bytes == [Self.dot] { return Self.below(bytes) }
        let name = bytes.suffix(while: { $0 != Self.slash })
        guard name.contains(where: { $0 != Self.dot }) else { return nil }
        return Self.below(bytes.dropLast(name.count))
    }

    /// At or below a directory.
    private static func below(_ directory: some Collection<UInt8>) -> ShellValue {
        if directory.isEmpty { return ShellValue(pieces: [.text("./"), .wildcard("**")]) }
        let slash = Array(directory).last == slash ? [] : [slash]
        return ShellValue(bytes: Array(directory) + slash, then: [.wildcard("**")])
    }

    /// Without the last dot and what follows it, where that is in the last component: `${x%.*}`, parallel's `{.}`.
    var withoutExtension: ShellValue? {
        guard known == nil, isOfNames, let last = pieces.last else { return nil }
        if last.isBelow || last == .wildcard(Self.bareName) { return cut }
        guard case .text(let end) = last, end.hasPrefix("."), pieces.count > 1,
            !end.bytes.dropFirst().contains(where: { $0 == Self.dot || $0 == Self.slash })
        else { return nil }
        return ShellValue(pieces: Array(pieces.dropLast()))
    }

    /// With some of its end cut off, which is within the last component.
    var cut: ShellValue? {
        guard let last = pieces.last else { return nil }
        if last == .wildcard(Self.bareName) { return ShellValue(pieces: pieces + [.wildcard(Self.cutName)]) }
        guard last.isBelow else { return nil }
        let name = last == .wildcard("**") ? Self.cutName : Self.cutInnerName
        return ShellValue(pieces: pieces.dropLast() + [.wildcard(name)])
    }

    /// What lies anywhere below, where it was what bears a name: for what changes names.
    var widened: ShellValue {
        ShellValue(pieces: pieces.map { $0.isBelow ? .wildcard("**") : $0 })
    }

    /// Without a text that it may begin with: every name that it can be then. `nil` where that could lead elsewhere.
    func without(beginning: [UInt8]) -> [ShellValue]? {
        guard known == nil, isOfNames, !beginning.isEmpty else { return nil }
        let bytes = prefix.bytes
        guard bytes.count <= beginning.count else {
            return [bytes.starts(with: beginning) ? dropping(beginning.count) : self]
        }
        guard beginning.starts(with: bytes) else { return [self] }
        // What is cut ends in a slash, so that what is left begins a name.
        guard bytes.last == Self.slash, beginning.last == Self.slash, pieces.count > 1, pieces[1].isBelow else {
            return nil
        }
        let bare = ShellValue(pieces: [.wildcard(Self.bareName)] + pieces.dropFirst(2))
        return bytes.count == beginning.count ? [bare] : [self, bare]
    }
}

extension ShellValue {
    /// The words between the blanks of a text in which nothing is unknown but numbers and words without blanks.
    var plainWords: [ShellValue]? {
        var words: [ShellValue] = [ShellValue("")]
        for piece in pieces {
            switch piece {
            case .text(let text):
                let parts = text.bytes.split(omittingEmptySubsequences: false) { [0x20, 0x09, 0x0a].contains($0) }
                for (place, part) in parts.enumerated() {
                    if place > 0 { words.append(ShellValue("")) }
                    words[words.count - 1] = words[words.count - 1].followed(by: ShellValue(bytes: part))
                }
            case .wildcard(let pattern) where Self.unsplit.contains(pattern):
                words[words.count - 1] = words[words.count - 1].followed(by: ShellValue(pieces: [piece]))
            case .wildcard, .unknown, .component: return nil
            }
        }
        return words.filter { !$0.isEmpty }
    }

    /// Where a search names the directory itself, a text behind it makes another name beside that directory: `$f.bak` is
    /// `src.bak` as well as `src/a.bak`.
    var besideDirectory: ShellValue? {
        guard pieces.count > 2, case .text(let directory) = pieces[0], directory.hasSuffix("/"),
            case .text(let next) = pieces[2], !next.hasPrefix("/")
        else { return nil }
        var bytes = directory.bytes
        while bytes.count > 1, bytes.last == Self.slash { bytes.removeLast() }
        switch pieces[1] {
        case .wildcard("**"): return ShellValue(bytes: bytes, then: pieces.dropFirst(2))
        case .wildcard(Self.cutName):
            let name = bytes.suffix(while: { $0 != Self.slash })
            guard name.contains(where: { $0 != Self.dot }) else { return nil }
            let above = bytes.dropLast(name.count)
            return ShellValue(bytes: above.isEmpty ? Array("./".utf8) : Array(above), then: pieces.dropFirst())
        default: return nil
        }
    }
}

extension ShellValue.Piece {
    /// Whether it stands for what lies at or below a directory (`**`), or for what lies below and bears a name
    /// (`**/NAME`).
    var isBelow: Bool {
        if case .wildcard(let pattern) = self { pattern == "**" || pattern.hasPrefix("**/") } else { false }
    }

    /// Whether it is a name of which an end was cut off.
    var isCut: Bool { self == .wildcard(ShellValue.cutName) || self == .wildcard(ShellValue.cutInnerName) }

    /// Whether what it stands for may lie anywhere below, not only right there.
    var leadsAnywhere: Bool {
        switch self {
        case .component: true
        // A temporary name is one.
        case .wildcard(let pattern): pattern.hasPrefix("**") && pattern != "***"
        case .text, .unknown: false
        }
    }

    /// Whether a dot is in the name by which it was searched for.
    var hasDot: Bool {
        guard case .wildcard(let pattern) = self, pattern.hasPrefix("**/") else { return false }
        return pattern.bytes.contains(UInt8(ascii: "."))
    }
}

extension [UInt8] {
    /// The longest end of which every byte is such.
    fileprivate func suffix(while isSuch: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        self[(lastIndex { !isSuch($0) }.map { $0 + 1 } ?? startIndex)...]
    }
}
