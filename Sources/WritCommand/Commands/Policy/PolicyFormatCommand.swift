// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Cedar
import Glibc
import HomeFolder
import StrictJSON

/// `writ policy format`.
struct PolicyFormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "format",
        abstract: "Lay policies out as Cedar's formatter does; comments stay.",
        discussion: """
            Prints the one file given, or with --write changes the files in place, each whole or not at all. Only the \
            layout changes, never what a policy says.
            Exit status: 0; with --check 1 where a file would change; 65 a file cannot be read; 78 a file does not parse.
            """)
    @Flag(help: "Change nothing; name the files that are laid out otherwise.") var check = false
    @Flag(help: "Write the result into the files.") var write = false
    @Option(help: "Columns that a line should not pass.") var width = 80
    @Option(help: "Columns for each level.") var indent = 2
    @Argument(help: "Policy files, or folders of *.cedar.") var files: [String]

    func run() throws {
        guard !(check && write) else { throw CommandFailure(.usage, "--check and --write exclude each other") }
        let paths = try PolicySources.expanded(files)
        guard check || write || paths.count == 1 else {
            throw CommandFailure(.usage, "one file is printed; for several say --write or --check")
        }
        let formatter = PolicyFormatter(lineWidth: width, indentWidth: indent)
        guard formatter.lineWidth == width else {
            throw CommandFailure(.usage, "--width is at most \(CedarLimits.formatterLineWidthMax), and not negative")
        }
        guard formatter.indentWidth == indent else {
            throw CommandFailure(.usage, "--indent is at most \(CedarLimits.formatterIndentWidthMax), and not negative")
        }
        // All are read before one is written: of several files either all parse or none is changed.
        var formatted: [(path: String, old: [UInt8], new: [UInt8])] = []
        for (path, file) in zip(paths, try PolicySources.files(paths)) {
            do throws(PolicyErrors) {
                formatted.append((path, file.bytes, try formatter.format(file)))
            } catch {
                throw CommandFailure(.configuration, mistakes: error.all.map(\.description))
            }
        }
        let changed = formatted.filter { $0.old != $0.new }
        if check {
            for file in changed { Output.line(Output.escaped(UTF8String(file.path))) }
            if !changed.isEmpty { throw ExitStatus.denied.exitCode }
        } else if write {
            for file in changed {
                try FileReplacement.replace(file.path, file.new)
                Output.line("Wrote \(Output.escaped(UTF8String(file.path)))")
            }
        } else if let only = formatted.first {
            Output.bytes(only.new)
        }
    }
}

/// Replaces a file's content, whole or not at all.
enum FileReplacement {
    static func replace(_ path: String, _ bytes: [UInt8]) throws {
        // Where the file is a link, what it leads to is replaced and the link stays.
        guard let real = realpath(path, nil) else {
            throw CommandFailure(.data, "\(path): \(String(cString: strerror(errno)))")
        }
        defer { free(real) }
        let target = String(cString: real)
        var status = stat()
        guard stat(target, &status) == 0 else {
            throw CommandFailure(.data, "\(path): \(String(cString: strerror(errno)))")
        }
        let temporary = "\(target).\(getpid()).new"
        try FileAccess.create(temporary, bytes, mode: status.st_mode & 0o777)
        guard rename(temporary, target) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            throw CommandFailure(.data, "\(path) cannot be replaced: \(reason)")
        }
    }
}
