// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a path's text can mean: canonical absolute paths, at least one.
///
/// Canonical is: absolute, no `.`, `..`, empty components or trailing slash. Where programs differ in how they would
/// read the text (`%2e`, `\`, fullwidth dots, composed and decomposed letters, `~`) every reading is given and all must
/// be permitted. What nobody can read for sure gives none: the initialiser returns `nil` and the path is opaque.
public struct CanonicalPath: Sendable, Equatable {
    /// All readings, the primary first; distinct.
    public let readings: [UTF8String]

    /// How a program that does nothing special would read it.
    public let primary: UTF8String

    /// Bytes of all the texts that were read: what it cost.
    let readingBytes: Int

    /// Whether all programs read it alike. Only then can the canonical path be forwarded in the text's place.
    public var isCertain: Bool { readings.count == 1 }

    /// Reads a path.
    ///
    /// `nil`, which is opaque: empty text, more than `Limits` allow of bytes, components or readings,
    /// control characters, shell variables, `%uXXXX`, letters and digits as escapes, escapes that decode to no UTF-8,
    /// schemes other than `file:`, drive letters and `\\host` shares, components of dots and blanks other than `.` and
    /// `..`, `..;`, `~user`, the links in `/proc` and `/dev/fd` that lead where the reading process is, and relative paths
    /// without a `base`.
    ///
    /// - Parameter base: what relative paths start from; the working directory where it is `nil`.
    public init?(_ text: UTF8String, in environment: EffectEnvironment, base: UTF8String? = nil) {
        self.init(text, in: environment, base: base, PathStyle())
    }

    /// The same, where something is known of who reads it.
    init?(_ text: UTF8String, in environment: EffectEnvironment, base: UTF8String? = nil, _ style: PathStyle) {
        guard let (start, isURL) = Self.withoutFileScheme(text),
            let texts = Self.texts(start, isURL: isURL, style)
        else { return nil }
        var readings: [UTF8String] = []
        for text in texts {
            guard let absolutes = Self.absolutes(text, environment, base: base) else { return nil }
            for absolute in absolutes {
                guard let meant = Self.meanings(of: absolute, environment) else { return nil }
                for path in meant where !readings.contains(path) { readings.append(path) }
            }
        }
        guard let primary = readings.first else { return nil }
        self.readings = readings
        self.primary = primary
        readingBytes = texts.reduce(0) { $0 + $1.byteCount }
    }

    /// Reads a path that is exactly this text: what a shell gives to a program once it has resolved quotes and escapes.
    ///
    /// The kernel opens that name and no other, so there are no readings by disguise: `%2e`, `\` and `~` are letters of
    /// a name. `..` and, where the file system is local, symbolic links still count. `nil`: the empty text, a NUL, more
    /// bytes or components than `Limits` allow, the links of `/proc` and `/dev/fd`, and relative paths without a base.
    init?(exact text: UTF8String, in environment: EffectEnvironment, base: UTF8String?) {
        guard !text.isEmpty, text.byteCount <= Limits.pathBytesMax, !text.string.utf8.contains(0) else { return nil }
        let absolute: UTF8String
        if text.hasPrefix("/") {
            absolute = text
        } else {
            guard let base, base.hasPrefix("/") else { return nil }
            absolute = UTF8String("\(base)/\(text)")
        }
        guard let meant = Self.meanings(of: absolute, environment, isExact: true), let primary = meant.first else {
            return nil
        }
        var distinct: [UTF8String] = []
        for path in meant where !distinct.contains(path) { distinct.append(path) }
        readings = distinct
        self.primary = primary
        readingBytes = text.byteCount
    }

    /// The path of a `file:` URL; the text itself where it is none; `nil` where it is a broken one.
    private static func withoutFileScheme(_ text: UTF8String) -> (UTF8String, isURL: Bool)? {
        guard text.asciiLowercased.hasPrefix("file:") else { return (text, false) }
        var rest = text.bytes.dropFirst("file:".utf8.count)
        guard rest.first == UInt8(ascii: "/"), !rest.contains(UInt8(ascii: "?")), !rest.contains(UInt8(ascii: "#"))
        else { return nil }
        if rest.dropFirst().first == UInt8(ascii: "/") {
            rest = rest.dropFirst(2)
            let host = UTF8String(validating: rest.prefix { $0 != UInt8(ascii: "/") })?.asciiLowercased
            guard host == "" || host == "localhost" else { return nil }
            rest = rest.drop { $0 != UInt8(ascii: "/") }
        }
        guard !rest.isEmpty, let path = UTF8String(validating: rest) else { return nil }
        return (path, true)
    }

    /// The text and all it becomes when disguises are removed in any order. A URL's own reading is the decoded one.
    private static func texts(_ text: UTF8String, isURL: Bool, _ style: PathStyle) -> [UTF8String]? {
        guard !text.isEmpty, text.byteCount <= Limits.pathBytesMax else { return nil }
        var texts: [UTF8String] = [text]
        if isURL, let decoded = PathDisguise.percentEscape.removed(from: text), decoded != text {
            texts.insert(decoded, at: 0)
        }
        var next = 0
        var bytes = text.byteCount
        while next < texts.count {
            for disguise in PathDisguise.worn(by: texts[next], style) {
                guard let plain = disguise.removed(from: texts[next]), !plain.isEmpty else { return nil }
                guard !texts.contains(plain) else { continue }
                texts.append(plain)
                bytes += plain.byteCount
                guard texts.count <= Limits.pathReadingsMax, bytes <= Limits.pathReadingBytesMax else { return nil }
            }
            next += 1
        }
        return texts.allSatisfy { isReadable($0, style) } ? texts : nil
    }

    private static func isReadable(_ text: UTF8String, _ style: PathStyle) -> Bool {
        guard text.byteCount <= Limits.pathBytesMax, !text.hasControls else { return false }
        let bytes = text.bytes
        if bytes.starts(with: #"\\"#.utf8) { return false }
        if bytes.count >= 2, bytes[0].isLetter, bytes[1] == UInt8(ascii: ":"),
            bytes.count == 2 || bytes[2] == UInt8(ascii: "/") || bytes[2] == UInt8(ascii: "\\")
        {
            return false
        }
        return !hasScheme(bytes) && !hasExpansion(bytes, style) && !hasEscapedLetter(bytes)
    }

    /// A letter or digit as `%68`: nothing that writes URLs or names of files escapes one (RFC 3986 §2.3), so whoever does
    /// hides what it says.
    private static func hasEscapedLetter(_ bytes: [UInt8]) -> Bool {
        bytes.indices.dropLast(2).contains { index in
            guard bytes[index] == UInt8(ascii: "%"), let high = bytes[index + 1].hexValue,
                let low = bytes[index + 2].hexValue
            else { return false }
            return (high << 4 | low).isAlphanumeric
        }
    }

    /// `php://`, `http://`, …: not a path, whatever the tool does with it.
    private static func hasScheme(_ bytes: [UInt8]) -> Bool {
        let name = bytes.prefix { $0.isAlphanumeric || [0x2b, 0x2d, 0x2e].contains($0) }
        return name.first?.isLetter == true && bytes[name.count...].starts(with: "://".utf8)
    }

    /// `$name`, `${`, `$(`, a backquote, `%NAME%` and `%uXXXX`.
    private static func hasExpansion(_ bytes: [UInt8], _ style: PathStyle) -> Bool {
        for (index, byte) in bytes.enumerated() {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch byte {
            case UInt8(ascii: "`"): if !style.isLiteral || index == 0 { return true }
            case UInt8(ascii: "$") where style.isLiteral && index > 0 && (next.isLetter || next == UInt8(ascii: "_")):
                if isVariable(bytes[(index + 1)...]) { return true }
            case UInt8(ascii: "$"):
                if next.isLetter || [UInt8(ascii: "_"), UInt8(ascii: "{"), UInt8(ascii: "(")].contains(next) {
                    return true
                }
            case UInt8(ascii: "%"):
                let name = bytes[(index + 1)...].prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
                if !name.isEmpty, name.endIndex < bytes.count, bytes[name.endIndex] == UInt8(ascii: "%"),
                    name.contains(where: { $0.hexValue == nil })
                {
                    return true
                }
                if name.first.map({ $0 | 0x20 == UInt8(ascii: "u") }) == true, name.dropFirst().count >= 4,
                    name.dropFirst().prefix(4).allSatisfy({ $0.hexValue != nil })
                {
                    return true
                }
            default: break
            }
        }
        return false
    }

    /// Whether what follows a `$` is written as an environment's variables are, without small letters: `HOME`, `XDG_…`.
    /// Names of files have some (`$userId.tsx`).
    private static func isVariable(_ bytes: ArraySlice<UInt8>) -> Bool {
        let name = bytes.prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
        return !name.contains { $0.isLetter && $0 != $0.uppercased }
    }

    /// The absolute paths a text stands for, `..` still in them: two for `~`, which some programs expand.
    private static func absolutes(
        _ text: UTF8String, _ environment: EffectEnvironment, base: UTF8String?
    ) -> [UTF8String]? {
        if text.hasPrefix("/") { return [text] }
        guard let base = base ?? environment.workingDirectory, base.hasPrefix("/") else { return nil }
        let literal = UTF8String("\(base)/\(text)")
        guard text.hasPrefix("~") else { return [literal] }
        guard let home = environment.home, home.hasPrefix("/"), text == "~" || text.hasPrefix("~/"),
            let rest = UTF8String(validating: text.bytes.dropFirst())
        else { return nil }
        return [UTF8String("\(home)\(rest)"), literal]
    }

    /// Canonical paths of one absolute path.
    private static func meanings(
        of absolute: UTF8String, _ environment: EffectEnvironment, isExact: Bool = false
    ) -> [UTF8String]? {
        guard let (collapsed, hadParents) = collapsed(absolute, isExact: isExact) else { return nil }
        guard environment.filesystem == .local else { return [collapsed] }
        let resolved = environment.resolve(collapsed) + (hadParents ? environment.resolve(absolute) : [])
        var paths: [UTF8String] = []
        for path in resolved {
            guard path.hasPrefix("/"), let (canonical, _) = Self.collapsed(path, isExact: isExact) else { return nil }
            paths.append(canonical)
        }
        return paths.isEmpty ? nil : paths
    }

    /// An absolute path without `.`, `..` and empty components. `..` at the root stays there (POSIX §4.16).
    private static func collapsed(_ path: UTF8String, isExact: Bool = false) -> (UTF8String, hadParents: Bool)? {
        if isPlain(path) { return (path, false) }
        let raw = path.bytes.split(separator: UInt8(ascii: "/"))
        guard raw.count <= Limits.pathComponentsMax else { return nil }
        var components: [ArraySlice<UInt8>] = []
        var hadParents = false
        for component in raw {
            if component.elementsEqual(".".utf8) { continue }
            if component.elementsEqual("..".utf8) {
                hadParents = true
                _ = components.popLast()
                continue
            }
            guard isExact || !isAlmostDots(component) else { return nil }
            components.append(component)
        }
        guard !isProcessLink(components) else { return nil }
        let joined = components.flatMap { [UInt8(ascii: "/")] + $0 }
        guard joined.count <= Limits.pathBytesMax, let text = UTF8String(validating: joined) else { return nil }
        return (text.isEmpty ? "/" : text, hadParents)
    }

    /// Whether a path is plainly what `collapsed` would make of it: most are, and are read here without being taken apart.
    private static func isPlain(_ path: UTF8String) -> Bool {
        guard path.byteCount <= Limits.pathBytesMax, !path.hasPrefix("/proc"), !path.hasPrefix("/dev") else {
            return false
        }
        return path.withUTF8 { bytes in
            guard bytes.count > 1, bytes[0] == UInt8(ascii: "/"), bytes[bytes.count - 1] != UInt8(ascii: "/") else {
                return false
            }
            var components = 0
            for index in bytes.indices where bytes[index] == UInt8(ascii: "/") {
                components += 1
                let first = bytes[index + 1]
                // Empty, or of dots and blanks, perhaps.
                if first == UInt8(ascii: "/") || first == UInt8(ascii: ".") || first == 0x20 { return false }
            }
            return components <= Limits.pathComponentsMax
        }
    }

    /// `/proc/self/root/…`, `/proc/7/cwd/…`, `/dev/fd/3`: other names for files that only the process itself knows.
    private static func isProcessLink(_ components: [ArraySlice<UInt8>]) -> Bool {
        let names = components.prefix(3).map { UTF8String(validating: $0) }
        if names.starts(with: ["dev", "fd"]) { return true }
        guard names.count == 3, names[0] == "proc", let link = names[2] else { return false }
        return processLinks.contains(link)
    }

    static let processLinks: [UTF8String] = ["root", "cwd", "exe", "fd", "fdinfo", "map_files", "task"]

    /// `...`, `.. `, `..;x`: names that some systems or filters shorten to `.` or `..`.
    private static func isAlmostDots(_ component: ArraySlice<UInt8>) -> Bool {
        let head = component.prefix { $0 != UInt8(ascii: ";") }
        return !head.isEmpty && head.allSatisfy { $0 == UInt8(ascii: ".") || $0 == 0x20 }
    }
}

extension Resource {
    /// What a canonical path names, in its directories up to the root.
    static func file(_ path: UTF8String) -> Resource {
        Resource(ResourceName(.file, path), in: directories(above: path))
    }

    /// A directory as a whole: the same, and itself the nearest directory, so that "in this directory" covers listing
    /// it.
    static func directory(_ path: UTF8String) -> Resource {
        let above = path == "/" ? [] : directories(above: path)
        return Resource(ResourceName(.file, path), in: [ResourceName(.directory, path)] + above)
    }

    private static func directories(above path: UTF8String) -> [ResourceName] {
        var names: [ResourceName] = []
        var rest = path.bytes[...]
        while let slash = rest.lastIndex(of: UInt8(ascii: "/")), slash > 0 {
            rest = rest[..<slash]
            if let name = UTF8String(validating: rest) { names.append(ResourceName(.directory, name)) }
        }
        return names + [ResourceName(.directory, "/")]
    }
}
