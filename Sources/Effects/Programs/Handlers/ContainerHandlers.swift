// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// An image's program, or the one that is named, runs in a container: code that the image brings, with what is mounted.
    static func containerRun(_ run: inout ProgramRun) {
        run.projectCode()
        guard let image = run.operands.first else { return }
        ProgramRoles.image(&run, image)
        var command = Array(run.operands.dropFirst())
        run.operands = []
        if let entry = entrypoint(run), !entry.isEmpty { command.insert(entry, at: 0) }
        inContainer(&run, command)
    }

    /// `--entrypoint`, which is one of several spellings that mean nothing else.
    private static func entrypoint(_ run: ProgramRun) -> ShellValue? {
        let words = run.invocation.arguments
        for (index, word) in words.enumerated() {
            if word.is("--entrypoint"), index + 1 < words.count { return words[index + 1] }
            if word.prefix.hasPrefix("--entrypoint=") { return word.dropping(13) }
        }
        return nil
    }

    /// A program in a container that runs, or in a pod.
    static func containerExec(_ run: inout ProgramRun) {
        run.projectCode()
        var command = Array(run.operands.dropFirst())
        if command.first?.is("--") == true { command.removeFirst() }
        run.operands = []
        inContainer(&run, command)
    }

    /// What runs there has paths of its own, but the network is the same. A shell that is told nothing does nothing.
    private static func inContainer(_ run: inout ProgramRun, _ command: [ShellValue]) {
        guard let program = command.first else { return }
        let name = program.lastComponent
        let shells: [UTF8String] = ["sh", "bash", "ash", "dash", "zsh", "fish"]
        let isQuiet =
            name.map { shells.contains($0) } == true && command.dropFirst().allSatisfy { $0.is("-l") || $0.is("-i") }
        if isQuiet, run.invocation.input == .inherited { return }
        guard let name,
            ProgramTable.names(name).contains(where: { run.table.entry($0) != nil }) || shells.contains(name)
        else { return }
        var setting = ProgramAction.Setting()
        setting.isElsewhere = true
        run.add(.command(command, setting))
    }
}
