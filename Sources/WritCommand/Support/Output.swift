// SPDX-License-Identifier: Apache-2.0

import Glibc
import StrictJSON

/// Standard output and standard error, written whole.
package enum Output {
    /// Whether standard output is a terminal.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// One line for people; what came from outside must have gone through `escaped` before.
    package static func line(_ text: String = "") { write(STDOUT_FILENO, Array(text.utf8) + [0x0a]) }

    /// Bytes as they are.
    static func bytes(_ bytes: [UInt8]) { write(STDOUT_FILENO, bytes) }

    /// Bytes as they are, on standard error.
    static func errors(_ bytes: [UInt8]) { write(STDERR_FILENO, bytes) }

    /// A document: in one line for programs, over several for people.
    static func json(_ value: JSON, pretty: Bool) {
        write(STDOUT_FILENO, pretty ? value.pretty() : value.serialized() + [0x0a])
    }

    /// One line on standard error.
    package static func note(_ text: String) { write(STDERR_FILENO, Array(text.utf8) + [0x0a]) }

    /// Text from outside, harmless on a terminal: control characters and those that reorder text are spelt out.
    static func escaped(_ text: UTF8String) -> String { text.spelledOut }

    private static func write(_ descriptor: Int32, _ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            // Nobody is there to read any more; the exit status still says what was decided.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
