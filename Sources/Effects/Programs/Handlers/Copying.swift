// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// cp, mv, install: sources, and a target that may be a directory. The entry says what happens to the sources.
    static func copy(_ run: inout ProgramRun) {
        var sources = run.operands
        var target = run.values("-t").last
        if target == nil, sources.count > 1 { target = sources.removeLast() }
        run.operands = sources
        guard let target else { return }
        run.into(target, from: sources)
        let to = target.inDirectory(run.directory)
        for source in sources {
            let from = source.inDirectory(run.directory)
            run.add(.copy(from: from, to: to))
            guard let name = source.lastComponent else { continue }
            run.add(.copy(from: from, to: ShellValue(pieces: to.pieces + [.text(UTF8String("/\(name)"))])))
        }
    }
}
