// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// cp, mv: sources, and a target that may be a directory. The entry says what happens to the sources.
    static func copy(_ run: inout ProgramRun) {
        guard let (sources, target) = takeTarget(&run) else { return }
        run.into(target, from: sources)
        let to = target.inDirectory(run.directory)
        for source in sources {
            let from = source.inDirectory(run.directory)
            for place in places(of: source, in: to) { run.add(.copy(from: from, to: place)) }
        }
    }

    /// install copies, or makes directories.
    static func install(_ run: inout ProgramRun) {
        if !run.has("-d") { copy(&run) }
    }

    /// ln: a hard link is the file itself under another name; a symbolic link's text starts from where the link lies.
    static func link(_ run: inout ProgramRun) {
        let isSymbolic = run.has("-s")
        if !isSymbolic { run.isModified = true }
        let links = takeTarget(&run)
        let sources = links?.0 ?? run.operands
        let target = links?.1 ?? ShellValue(".")
        run.into(target, from: sources)
        let to = target.inDirectory(run.directory)
        for (source, place) in sources.flatMap({ source in places(of: source, in: to).map { (source, $0) } }) {
            let isFromLink = isSymbolic && !run.has("-r")
            run.add(
                .link(
                    from: isFromLink ? source.inDirectory(folder(of: place)) : source.inDirectory(run.directory),
                    to: place))
        }
        // What a link names can be read through it, by whoever comes later.
        if isSymbolic {
            run.operands = []
            for source in sources {
                run.path([.read], run.has("-r") ? source : source.inDirectory(folder(of: to)))
            }
        }
    }

    /// The sources and the target; the sources stay as operands.
    private static func takeTarget(_ run: inout ProgramRun) -> ([ShellValue], ShellValue)? {
        var target = run.values("-t").last
        if target == nil, run.operands.count > 1 { target = run.operands.removeLast() }
        return target.map { (run.operands, $0) }
    }

    /// The target itself, and the name that the source has in it where it is a directory.
    private static func places(of source: ShellValue, in target: ShellValue) -> [ShellValue] {
        guard let name = source.lastComponent else { return [target] }
        return [target, ShellValue(pieces: target.pieces + [.text(UTF8String("/\(name)"))])]
    }

    private static func folder(of place: ShellValue) -> ShellValue? {
        let bytes = place.known?.bytes ?? []
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return ShellValue(bytes: bytes[...max(0, slash - 1)])
    }
}
