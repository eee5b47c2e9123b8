// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import StrictJSON

/// The exit statuses of every command. Nothing unforeseen ends in 0 or 1, which mean allow and deny.
public enum ExitStatus: Int32, Sendable {
    /// Allowed, verified, done.
    case success = 0
    /// Denied, or not verified.
    case denied = 1
    /// The command line is wrong.
    case usage = 64
    /// Something that was asked for is not there, or is not what it should be.
    case data = 65
    /// A fault in Writ itself.
    case software = 70
    /// The ledger cannot be read or written.
    case ledger = 74
    /// The configuration, a key or a policy cannot be used.
    case configuration = 78

    var exitCode: ExitCode { ExitCode(rawValue) }
}

/// An error that ends a command: what is wrong, where, and what to do.
package struct CommandFailure: Error, CustomStringConvertible {
    let status: ExitStatus
    /// What is wrong, where, and what to do.
    package let description: String
    /// What goes to standard error: lines that begin with `file:line:column:` are left so, for editors.
    let text: String

    /// A failure.
    package init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
        text = "writ: \(description)"
    }

    /// Mistakes in files that were given, a line each.
    init(_ status: ExitStatus, mistakes: [String]) {
        self.status = status
        description = mistakes.map { Output.escaped(UTF8String($0)) }.joined(separator: "\n")
        text = description
    }
}
