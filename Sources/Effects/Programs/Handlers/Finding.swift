// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// find: options, roots, and an expression whose actions delete, run and write.
    static func find(_ run: inout ProgramRun) {
        var words = run.operands[...]
        var followsLinks = false
        run.operands = []
        while let option = words.first?.known?.string {
            if ["-H", "-L", "-P", "-E", "-X", "-d", "-s", "-x"].contains(option) || option.hasPrefix("-O") {
                if option == "-L" { followsLinks = true }
                words.removeFirst()
            } else if option == "-D" || option == "-f" {
                if option == "-f", let root = words.dropFirst().first { run.path([.read], root) }
                words = words.dropFirst(2)
            } else {
                break
            }
        }
        let end = words.firstIndex { word in
            let bytes = word.prefix.bytes
            return bytes.first == UInt8(ascii: "-") && bytes.count > 1 || word.is("(") || word.is(")") || word.is("!")
                || word.is(",")
        }
        let roots = Array(words[..<(end ?? words.endIndex)])
        var expression = FindExpression(
            roots: roots.isEmpty ? [ShellValue(".")] : roots, words: words[(end ?? words.endIndex)...],
            followsLinks: followsLinks)
        for root in expression.roots { run.path([.read], root) }
        expression.read(&run)
    }

    /// fd: a pattern, roots, and perhaps a command for what is found.
    static func fd(_ run: inout ProgramRun) {
        let command = run.words.rest
        let roots = run.operands.count > 1 ? Array(run.operands.dropFirst()) : [ShellValue(".")]
        guard run.has("-x", "-X") else { return run.add(.output(FindExpression.below(roots[0]))) }
        var words = run.values("-x", "-X") + command
        if let end = words.firstIndex(where: { $0.is(";") }) { words = Array(words[..<end]) }
        // What it looks for is a regular expression, which begins and ends where it likes.
        if run.has("-H", "-u"), let text = run.operands.first?.known?.string {
            let name = text.replacing("\\", with: "").replacing(".*", with: "*")
            let start = name.hasPrefix("^") ? "" : "*"
            let pattern = start + name.trimmingPrefix("^").replacing("$", with: "") + (name.hasSuffix("$") ? "" : "*")
            run.named(by: UTF8String(pattern))
        }
        guard roots.count == 1 else {
            return run.add(.command(words, .init(directory: run.directory, takesMoreArguments: true)))
        }
        let found = FindExpression.below(roots[0])
        var replaced = words.map { replacing("{}", in: $0, by: found) }
        if replaced == words { replaced.append(found) }
        run.add(.command(replaced, run.setting()))
    }

    /// which: where a program lies. What it prints is run as the name is, so one place stands for them all.
    static func which(_ run: inout ProgramRun) {
        guard run.invocation.variables["PATH"] == nil, run.operands.count == 1, let name = run.operands.first?.known,
            run.words.unknown.isEmpty,
            let path = place(ofProgram: name)
        else { return }
        run.add(.output(ShellValue(UTF8String("\(path)\n"))))
    }

    /// Where a program of this name is taken to lie.
    static func place(ofProgram name: UTF8String) -> UTF8String? {
        let isPlain = name.bytes.allSatisfy { $0.isAlphanumeric || "._+-".utf8.contains($0) }
        guard isPlain, name.bytes.first?.isAlphanumeric == true, name.byteCount <= Limits.nameBytesMax else {
            return nil
        }
        return UTF8String("/usr/bin/\(name)")
    }

    /// A text's every occurrence in the known pieces of a value, replaced.
    static func replacing(_ text: UTF8String, in value: ShellValue, by new: ShellValue) -> ShellValue {
        let needle = text.bytes
        guard !needle.isEmpty else { return value }
        // In the midst of a command's text a name's own root could be read together with what stands before it.
        let isText = value.known.map { $0.bytes.contains(0x20) || $0.bytes.contains(0x09) } ?? true
        let isRooted = new.known == nil && ["/", "~", ".."].contains { new.prefix.hasPrefix($0) }
        if isText, isRooted, value.known != text { return replacing(text, in: value, by: .unknown) }
        var pieces: [ShellValue.Piece] = []
        for piece in value.pieces {
            guard case .text(let known) = piece else {
                pieces.append(piece)
                continue
            }
            var rest = known.bytes[...]
            while let place = rest.firstRange(of: needle)?.lowerBound {
                pieces.append(.text(UTF8String(String(decoding: rest[..<place], as: UTF8.self))))
                pieces += new.pieces
                rest = rest[(place + needle.count)...]
            }
            pieces.append(.text(UTF8String(String(decoding: rest, as: UTF8.self))))
        }
        return ShellValue(pieces: pieces)
    }
}

/// find's expression: what is done with what is found.
struct FindExpression {
    var roots: [ShellValue]
    var words: ArraySlice<ShellValue>
    /// What the names of what is found match from here on, where nothing else is let through.
    private var name: UTF8String?
    /// Whether all that is asked for must hold: there is no other branch, and nothing is negated.
    private var isConjunction = false

    init(roots: [ShellValue], words: ArraySlice<ShellValue>, followsLinks: Bool) {
        self.roots = roots
        self.words = words
        let others: Set<UTF8String> = ["(", ")", "!", ",", "-o", "-or", "-not", "-follow", "-files0-from"]
        isConjunction = !followsLinks && words.allSatisfy { $0.known.map { !others.contains($0) } ?? false }
    }

    /// Anything at or below a directory.
    static func below(_ root: ShellValue) -> ShellValue {
        if root.startsUnknown { return .unknown }
        let slash: [ShellValue.Piece] = root.known?.hasSuffix("/") == true ? [] : [.text("/")]
        return ShellValue(pieces: root.pieces + slash + [.wildcard("**")])
    }

    /// What is found below a root: where names are asked for that the root itself does not bear, those.
    private func found(below root: ShellValue) -> ShellValue {
        let all = Self.below(root)
        guard let name = nameBeside(root), all.pieces.last == .wildcard("**") else { return all }
        return ShellValue(pieces: all.pieces.dropLast() + [.wildcard(UTF8String("**/\(name)"))])
    }

    /// The name that is asked for, where the root does not bear it.
    private func nameBeside(_ root: ShellValue) -> UTF8String? {
        guard let name, let own = root.known?.bytes.split(separator: UInt8(ascii: "/")).last,
            !ShellPattern(name).matches(own)
        else { return nil }
        return name
    }

    /// `-name PATTERN`, of letters, `*` and `?` alone; with `-iname` each letter stands for both.
    private mutating func named(_ pattern: ShellValue?, anyCase: Bool) {
        guard isConjunction, name == nil, let text = pattern?.known, text.isASCII, text != "*",
            !text.bytes.contains(where: { "[]\\/()".utf8.contains($0) }), text.byteCount <= Limits.nameBytesMax
        else { return }
        name = anyCase ? UTF8String(text.string.map { Self.bothCases($0) }.joined()) : text
    }

    private static func bothCases(_ letter: Character) -> String {
        letter.isLetter ? "[\(letter.lowercased())\(letter.uppercased())]" : String(letter)
    }

    mutating func read(_ run: inout ProgramRun) {
        var prints = true
        var commands = 0
        var isEach = true
        var shown: ShellValue?
        while let word = words.popFirst() {
            // A word that is no primary ends find with an error before it looks anywhere.
            if let first = word.prefix.bytes.first, !"-(),!".utf8.contains(first) { continue }
            guard let primary = word.known?.string else {
                // Any primary could stand here, `-delete` too.
                run.add(opaque: .arguments)
                continue
            }
            switch primary {
            case "-exec", "-execdir", "-ok", "-okdir":
                prints = false
                commands += 1
                isEach = command(isInPlace: primary.hasSuffix("dir"), &run) && isEach && !primary.hasPrefix("-ok")
            case "-delete":
                prints = false
                isEach = false
                for root in roots {
                    let found = found(below: root)
                    run.add(.path([.delete], found, isTree: found == Self.below(root)))
                }
            case "-fprint", "-fprint0", "-fls":
                prints = false
                isEach = false
                if let file = words.popFirst() { run.path([.write], file) }
            case "-fprintf":
                prints = false
                if let file = words.popFirst() { run.path([.write], file) }
                _ = words.popFirst()
            case "-files0-from":
                if let file = words.popFirst() { run.apply(.listFile, file) }
            case "-printf", "-ls":
                prints = false
                isEach = false
                if primary == "-printf" { _ = words.popFirst() }
            case "-name", "-iname": named(words.popFirst(), anyCase: primary == "-iname")
            case "-print", "-print0":
                isEach = false
                // What was asked for before it.
                if shown == nil, roots.count == 1 { shown = found(below: roots[0]) }
            case _ where Self.tests.contains(primary) || primary.hasPrefix("-newer"):
                _ = words.popFirst()
            case _ where Self.switches.contains(primary): break
            case _ where primary.utf8.count == 2 && primary.hasPrefix("-"):
                // No find has another primary of one letter; it reads the whole expression before it does anything.
                return
            default: run.add(opaque: .arguments)
            }
        }
        if prints, roots.count == 1 { run.add(.output(shown ?? found(below: roots[0]))) }
        if !prints, commands == 1, isEach { run.add(.passesOutput) }
    }

    /// `-exec` to `;` or `{} +`.
    ///
    /// - Returns: whether it runs for each name by itself.
    private mutating func command(isInPlace: Bool, _ run: inout ProgramRun) -> Bool {
        guard
            let end = words.indices.first(where: { place in
                words[place].is(";") || words[place].is("+") && place > words.startIndex && words[place - 1].is("{}")
            })
        else {
            words = []
            return false
        }
        let parts = Array(words[..<end])
        let isEach = words[end].is(";")
        words = words[(end + 1)...]
        guard !parts.isEmpty else { return false }
        for root in roots {
            guard isInPlace else {
                run.add(.command(Self.replaced(parts, found(below: root)), run.setting()))
                continue
            }
            var setting = run.setting()
            let directory = root.inDirectory(run.directory)
            setting.directory = Self.below(directory)
            let asked = nameBeside(root)
            let below = asked.map { UTF8String("**/\($0)") } ?? "**"
            run.add(.command(Self.replaced(parts, ShellValue(pieces: [.text("./"), .wildcard(below)])), setting))
            // A starting point itself is found in the directory that it lies in; `.` and `/` in themselves.
            guard asked == nil, let known = directory.known, let (folder, name) = Self.split(known) else { continue }
            setting.directory = ShellValue(folder)
            run.add(.command(Self.replaced(parts, ShellValue(UTF8String("./\(name)"))), setting))
        }
        return isEach
    }

    private static func replaced(_ words: [ShellValue], _ found: ShellValue) -> [ShellValue] {
        words.map { ProgramHandlers.replacing("{}", in: $0, by: found) }
    }

    /// The directory that a path lies in by its text, and the name there.
    private static func split(_ path: UTF8String) -> (UTF8String, UTF8String)? {
        let slash = UInt8(ascii: "/")
        let bytes = Array(path.bytes.reversed().drop { $0 == slash }.reversed())
        let cut = bytes.lastIndex(of: slash).map { $0 + 1 } ?? 0
        guard let name = UTF8String(validating: bytes[cut...]), !name.isEmpty, name != "." else { return nil }
        return (cut == 0 ? "." : UTF8String(validating: bytes[..<cut]) ?? ".", name)
    }

    /// Primaries with one argument that only look.
    private static let tests: Set<String> = [
        "-amin", "-anewer", "-atime", "-cmin", "-cnewer", "-context", "-ctime", "-fstype", "-gid", "-group", "-ilname",
        "-iname", "-inum",
        "-ipath", "-iregex", "-iwholename", "-links", "-lname", "-maxdepth", "-mindepth", "-mmin", "-mtime", "-name",
        "-newer",
        "-path", "-perm", "-regex", "-regextype", "-samefile", "-size", "-type", "-uid", "-used", "-user", "-wholename",
        "-xtype",
        "-Bmin", "-Btime", "-Bnewer", "-flags", "-xattrname", "-exclude", "-limit",
        "-rnewer", "-asince", "-since",
        "-msince", "-csince", "-Bsince",
    ]
    /// Primaries and operators without one.
    private static let switches: Set<String> = [
        "(", ")", "!", ",", "-a", "-and", "-daystart", "-depth", "-d", "-empty", "-executable", "-false", "-follow",
        "-help", "--help", "-ignore_readdir_race",
        "-mount", "-nogroup", "-noignore_readdir_race", "-noleaf", "-not", "-nouser", "-nowarn", "-o", "-or", "-print",
        "-print0",
        "-prune", "-quit", "-readable", "-true", "-version", "--version", "-warn", "-writable", "-x", "-xdev", "-xattr",
        "-acl", "-sparse", "-hidden",
        "-nohidden", "-color", "-nocolor", "-printx", "-unique", "-noerror", "-nogroup", "-E", "-X", "-s", "-L", "-P",
        "-H",
    ]
}
