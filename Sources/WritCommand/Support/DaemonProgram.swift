// SPDX-License-Identifier: Apache-2.0

import Glibc
import HomeFolder

/// `writd`: the program beside this one that speaks HTTP, which this one does not, so that it stays small.
enum DaemonProgram {
    private static let name = "writd"

    /// Becomes `writd`, with these arguments, this environment and these open streams.
    ///
    /// - Parameter arguments: without the program's name.
    /// - Throws: `CommandFailure` where it is not there or cannot be run. It never returns otherwise.
    static func exec(_ arguments: [String]) throws -> Never {
        let program = try path()
        var pointers: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        execv(program, pointers)
        let why = String(cString: strerror(errno))
        throw CommandFailure(
            .configuration,
            errno == ENOENT || errno == EACCES
                ? "\(program) cannot be run (\(why)). HTTP is spoken by \(name), which is installed beside writ: build it "
                    + "with `swift build --product \(name)`, or put both programs into one folder"
                : "\(program) cannot be run: \(why)")
    }

    /// Beside this very program, whatever the command line and `PATH` say.
    private static func path() throws -> String {
        try own().split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/\(name)"
    }

    private static func own() throws -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard count > 0 else {
            throw CommandFailure(.software, "cannot tell where this program is: \(String(cString: strerror(errno)))")
        }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The absolute path of this program, for configurations that start it: whatever it is called, and of `writd` the
    /// `writ` beside it.
    static func ownPath() throws -> String {
        let own = try own()
        return own.hasSuffix("/\(name)") ? String(own.dropLast(name.utf8.count)) + "writ" : own
    }
}
