// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Roles that some programs have for themselves, by the name that entries give them.
enum ProgramRoles {
    typealias Role = @Sendable (inout ProgramRun, ShellValue) -> Void

    static let all: [UTF8String: Role] = words.merging(git) { first, _ in first }
        .merging(packages) { first, _ in first }.merging(services) { first, _ in first }
        .merging(places) { first, _ in first }.merging(variables) { first, _ in first }

    /// Words that may be anything.
    private static let words: [UTF8String: Role] = [
        "plain": { run, value in plain(&run, value, [.read, .write]) },
        "plain-read": { run, value in plain(&run, value, [.read]) },
        "configuration": { run, value in
            if value.prefix.hasPrefix("{") { run.projectCode() } else { run.apply(.codeFile, value) }
        },
        "project-part": { run, value in projectPart(&run, value) },
        "outside": { run, value in outside(&run, value) },
        // Which files a search looks into: those that it names are read, if only where it begins.
        "search-filter": { run, value in
            if run.has("--files") { return }
            run.named(by: (value.split(at: UInt8(ascii: ":"))?.after ?? value).known)
        },
        "script": { run, value in script(&run, value) },
        "own-format": { run, value in ownFormat(&run, value) },
        // `|`, `!` or `%pipe%` before a command that gets the output.
        "piped-output": { run, value in
            if value.startsUnknown {
                run.add(opaque: .code)
            } else if value.prefix.hasPrefix("%pipe%") {
                run.add(.shell(value.dropping(6), run.setting()))
            } else if value.prefix.hasPrefix("|") || value.prefix.hasPrefix("!") {
                run.add(.shell(value.dropping(1), run.setting()))
            } else {
                run.path([.write], value)
            }
        },
        "vim-log": { run, value in
            let name = value.dropping(value.prefix.bytes.prefix(while: \.isDigit).count)
            if !name.isEmpty { run.path([.write], name) }
        },
        // A program that is loaded to look at it may run: the system's own do no more than load.
        "loaded": { run, value in
            let isSystem = ["/usr/bin/", "/bin/", "/usr/lib/", "/lib/", "/usr/sbin/", "/sbin/"].contains {
                value.prefix.hasPrefix($0)
            }
            if isSystem, value.known?.string.contains("..") == false {
                run.path([.read], value)
            } else {
                run.apply(.codeFile, value)
            }
        },
    ]

    /// A part of the project, or another in its place, which is built, loaded or obeyed.
    static func projectPart(_ run: inout ProgramRun, _ value: ShellValue) {
        let isSystem = isSystem(value)
        plain(&run, value, isSystem ? [.read] : [.read, .write], isCode: !isSystem)
    }

    /// A format with code in it (`${tag;code}`, `{= code =}`, `#(command)`), or one that is in a file.
    static func ownFormat(_ run: inout ProgramRun, _ value: ShellValue) {
        let text = value.known?.string ?? "#("
        if text.contains("#(") || text.contains("${") && text.contains(";") { return run.add(opaque: .code) }
        plain(&run, value, [.read, .write])
    }

    /// A word of a program of which not every word is known: what looks like a path is one, and so is what follows
    /// `=`, `:`, `,` or `@`; what looks like a URL is one. Other words are inert.
    ///
    /// - Parameter isCode: whether what lies outside of the working directory is run or loaded.
    static func plain(_ run: inout ProgramRun, _ value: ShellValue, _ verbs: [Verb], isCode: Bool = false) {
        if value.startsUnknown { return isCode ? run.add(opaque: .code) : run.path([.read], .unknown) }
        let bytes = value.prefix.bytes
        if let scheme = schemeRange(bytes) {
            if isCode { run.add(opaque: .code) }
            return address(&run, value.dropping(scheme.lowerBound))
        }
        if isCode, let start = outsidePart(of: bytes) { run.add(.codeFile(value.dropping(start))) }
        if bytes.first != UInt8(ascii: "-"), isLocal(bytes) { return run.path(verbs, value, isTree: true) }
        var found = false
        var start = 0
        // `-o/x`: a letter with its argument.
        if bytes.first == UInt8(ascii: "-"), bytes.count > 2, isOutside(bytes[2...]) {
            run.path(verbs, value.dropping(2), isTree: true)
            found = true
        }
        for (index, byte) in bytes.enumerated() where isSeparator(byte) {
            if isOutside(bytes[start..<index]) {
                run.path(verbs, ShellValue(bytes: bytes[start..<index]), isTree: true)
                found = true
            }
            start = index + 1
        }
        if isOutside(bytes[start...]) {
            run.path(verbs, value.dropping(start), isTree: true)
            found = true
        }
        if !found, value.known == nil, !value.pieces.allSatisfy(isPattern) { run.path([.read], .unknown) }
    }

    /// Where a place outside of the working directory begins in a word, at its beginning or behind a separator.
    private static func outsidePart(of bytes: [UInt8]) -> Int? {
        ([0] + bytes.indices.filter { isSeparator(bytes[$0]) }.map { $0 + 1 }).first { isOutside(bytes[$0...]) }
    }

    /// A word that is a path only where it leads out of the working directory: names with slashes are something else.
    static func outside(_ run: inout ProgramRun, _ value: ShellValue) {
        let bytes = value.prefix.bytes
        if value.startsUnknown || isOutside(bytes) || schemeRange(bytes) != nil { plain(&run, value, [.read, .write]) }
    }

    /// What a run time is told to run: a file, a URL, or the name of one of the project's scripts.
    static func script(_ run: inout ProgramRun, _ value: ShellValue) {
        let bytes = value.prefix.bytes
        if value.startsUnknown { return run.add(opaque: .program) }
        if schemeRange(bytes) != nil {
            run.add(.url(value))
            return run.add(opaque: .code)
        }
        if bytes.contains(UInt8(ascii: "/")) || bytes.contains(UInt8(ascii: ".")) {
            run.add(.codeFile(value.inDirectory(run.directory)))
        } else {
            run.projectCode()
        }
    }

    /// A URL; one to a file is a path.
    static func address(_ run: inout ProgramRun, _ value: ShellValue) {
        guard value.prefix.string.lowercased().hasPrefix("file:") else { return run.add(.url(value)) }
        let rest = value.prefix.bytes.dropFirst(5).drop { $0 == UInt8(ascii: "/") }
        let skipped = value.prefix.byteCount - rest.count
        run.path([.read], value.dropping(skipped).prefixed(by: "/"), isTree: true)
    }

    private static func isPattern(_ piece: ShellValue.Piece) -> Bool { piece != .unknown }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        "=:,@;<>]|".utf8.contains(byte)
    }

    /// Where a URL begins in this text: letters before `://`.
    static func schemeRange(_ bytes: [UInt8]) -> Range<Int>? {
        guard let colon = bytes.indices.first(where: { bytes[$0...].starts(with: "://".utf8) }) else { return nil }
        var start = colon
        while start > 0, isSchemeByte(bytes[start - 1]) { start -= 1 }
        return start < colon ? start..<colon : nil
    }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte.isDigit || byte == UInt8(ascii: "+")
    }

    /// Whether a text names a place that the working directory need not contain.
    static func isOutside(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.first == UInt8(ascii: "/") && bytes.count > 1 || bytes.first == UInt8(ascii: "~")
            || bytes.starts(with: "../".utf8) || bytes.elementsEqual("..".utf8)
    }

    /// Whether a text is a URL, or a path that leads out of the working directory.
    static func isElsewhere(_ bytes: [UInt8]) -> Bool { isOutside(bytes) || schemeRange(bytes) != nil }

    /// Whether a text looks like a path at all.
    static func isLocal(_ bytes: some Collection<UInt8>) -> Bool {
        // `...` stands for many in what Go and people write.
        let text = Array(bytes)
        if text.elementsEqual("...".utf8) || text.suffix(4).elementsEqual("/...".utf8) && !isOutside(text) {
            return false
        }
        if bytes.first == UInt8(ascii: ".") || isOutside(bytes) { return true }
        return bytes.contains(UInt8(ascii: "/")) && !bytes.contains(where: { isSeparator($0) })
    }
}

extension ShellValue: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self.init(UTF8String(value)) }
}
