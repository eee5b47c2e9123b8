// SPDX-License-Identifier: Apache-2.0

import Glibc
import StrictJSON

/// Where the symbolic links lead that a pattern meets: what a wildcard finds may be one, and what follows then lies
/// elsewhere. Nothing is read but directories and links.
struct PatternLinks {
    /// Entries that are looked at. A search through everything below a directory, of which there may be any number, ends
    /// there; of another pattern nobody knows then where it leads.
    private static let entriesMost = 100_000
    private static let searchedEntriesMost = 10_000
    /// Places that are told apart; more are told as the folders that they lie in.
    private static let placesMost = 64
    private static let anywhere = "/"

    private let components: [Component]
    private let isDeep: Bool
    /// The real path of the directory before the first wildcard.
    private let base: String
    private var budget: Int
    private var places: Set<String> = []

    /// The real paths of what the links lead to that a pattern's names are or go through, in order; `/` where there is too
    /// much to look at, or where nobody knows what there is or where it leads.
    ///
    /// - Parameter pattern: absolute; `*` stands for any part of a name, `**` for any number of directories, which are no
    ///   links; a backslash takes its meaning from the character behind it.
    static func places(on pattern: UTF8String) -> [UTF8String] {
        guard var search = PatternLinks(pattern) else { return [] }
        let isWhole = search.run()
        if search.places.contains(anywhere) || !isWhole && !search.isDeep { return [UTF8String(anywhere)] }
        if search.places.count > placesMost { search.fold() }
        return search.places.sorted().map { UTF8String($0) }
    }

    private init?(_ pattern: UTF8String) {
        let all = pattern.bytes.split(separator: UInt8(ascii: "/")).map(Component.init)
        guard let first = all.firstIndex(where: { $0.name == nil }) else { return nil }
        components = Array(all[first...])
        isDeep = components.contains { $0.isDeep }
        let folder = "/" + all[..<first].compactMap(\.name).joined(separator: "/")
        guard let base = SystemPaths.realPath(folder) else { return nil }
        self.base = base
        budget = isDeep ? Self.searchedEntriesMost : Self.entriesMost
    }

    /// Looks at one level after the other, the shallow ones first.
    ///
    /// - Returns: whether everything was looked at.
    private mutating func run() -> Bool {
        var waiting: [(folder: String, index: Int)] = [(base == "/" ? "" : base, 0)]
        var next = 0
        while next < waiting.count {
            let (folder, index) = waiting[next]
            next += 1
            let component = components[index]
            let goesOn = index + 1 < components.count
            if let name = component.name {
                let path = "\(folder)/\(name)"
                if SystemPaths.isLink(path), !staysWithin(path) { continue }
                if goesOn { waiting.append((path, index + 1)) }
                continue
            }
            if component.isDeep, goesOn { waiting.append((folder, index + 1)) }
            let isLooked = entries(of: folder) { search, name, isLink, mayBeFolder in
                let path = "\(folder)/\(name.string)"
                if component.isDeep {
                    if isLink, !goesOn { _ = search.staysWithin(path) }
                    if mayBeFolder { waiting.append((path, index)) }
                } else if component.matches(name) {
                    if isLink, !search.staysWithin(path) { return }
                    if goesOn, isLink || mayBeFolder { waiting.append((path, index + 1)) }
                }
            }
            guard isLooked else { return false }
        }
        return true
    }

    /// Keeps where a link leads.
    ///
    /// - Returns: whether that is within the directory that was begun in, so that what lies behind it is looked at too.
    private mutating func staysWithin(_ link: String) -> Bool {
        guard let place = Self.place(of: link) else { return false }
        if place != base { places.insert(place) }
        return place == base || place.hasPrefix(base == "/" ? "/" : "\(base)/")
    }

    /// Where a link leads, or would once something is there; `nil` where it leads round in a circle.
    private static func place(of link: String) -> String? {
        if let real = SystemPaths.realPath(link) { return real }
        if errno == ELOOP { return nil }
        guard let target = SystemPaths.target(of: link) else { return anywhere }
        let folder = link[..<(link.lastIndex(of: "/") ?? link.startIndex)]
        let places = SystemPaths().resolve(UTF8String(target.hasPrefix("/") ? target : "\(folder)/\(target)"))
        return places.first?.string ?? anywhere
    }

    /// - Returns: whether all of them could be looked at. What is no directory, or not this user's to list, has none.
    private mutating func entries(
        of folder: String, _ body: (inout Self, UTF8String, _ isLink: Bool, _ mayBeFolder: Bool) -> Void
    ) -> Bool {
        guard let stream = opendir(folder.isEmpty ? "/" : folder) else {
            if ![ENOENT, ENOTDIR, EACCES, ELOOP].contains(errno) { places.insert(Self.anywhere) }
            return true
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            budget -= 1
            guard budget > 0 else { return false }
            let name = withUnsafeBytes(of: entry.pointee.d_name) { UTF8String(validating: $0.prefix { $0 != 0 }) }
            let type = Int(entry.pointee.d_type)
            guard let name else {
                // Behind a name that is no text, links are not found.
                if type != DT_REG { places.insert(Self.anywhere) }
                continue
            }
            if name == "." || name == ".." { continue }
            // Some file systems do not tell what an entry is.
            let isLink = type == DT_LNK || type == DT_UNKNOWN && SystemPaths.isLink("\(folder)/\(name)")
            body(&self, name, isLink, !isLink && (type == DT_DIR || type == DT_UNKNOWN))
        }
        return true
    }

    /// Makes fewer of the places: of those behind a hidden name, which is where policies look, that one; of the others the
    /// folder that they all lie in.
    private mutating func fold() {
        let own = base.split(separator: "/")
        var hidden: Set<String> = []
        var others: [[Substring]] = []
        for place in places {
            let parts = place.split(separator: "/")
            let shared = zip(own, parts).prefix { $0 == $1 }.count
            if let first = parts[shared...].firstIndex(where: { $0.hasPrefix(".") }) {
                hidden.insert("/" + parts[...first].joined(separator: "/"))
            } else {
                others.append(parts)
            }
        }
        places = hidden.count > Self.placesMost ? [Self.anywhere] : hidden
        guard var common = others.first?[...] else { return }
        for parts in others { common = common.prefix(zip(common, parts).prefix { $0 == $1 }.count) }
        places.insert("/" + common.joined(separator: "/"))
    }

    /// A component of a pattern.
    private struct Component {
        /// What stands between the wildcards, in small letters: shells may be told not to tell them apart.
        private let parts: [[UInt8]]
        /// The name, where there is no wildcard.
        let name: String?
        let isDeep: Bool

        init(_ text: ArraySlice<UInt8>) {
            var parts: [[UInt8]] = [[]]
            var name: [UInt8] = []
            var isEscaped = false
            for byte in text {
                if !isEscaped, byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if !isEscaped, byte == UInt8(ascii: "*") {
                    parts.append([])
                } else {
                    parts[parts.count - 1].append(Self.small(byte))
                    name.append(byte)
                    isEscaped = false
                }
            }
            self.parts = parts
            self.name = parts.count == 1 ? String(decoding: name, as: UTF8.self) : nil
            isDeep = text.elementsEqual("**".utf8)
        }

        private static func small(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }

        func matches(_ name: UTF8String) -> Bool {
            var rest = name.bytes.map(Self.small)[...]
            guard let first = parts.first, let last = parts.last, rest.starts(with: first) else { return false }
            rest = rest.dropFirst(first.count)
            guard rest.count >= last.count, rest.suffix(last.count).elementsEqual(last) else { return false }
            rest = rest.dropLast(last.count)
            for part in parts.dropFirst().dropLast() where !part.isEmpty {
                guard let found = rest.firstRange(of: part) else { return false }
                rest = rest[found.upperBound...]
            }
            return true
        }
    }
}
