// SPDX-License-Identifier: Apache-2.0

/// Why something in the folder could not be used. Equality is of the code alone.
public struct HomeError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: String, Sendable, CaseIterable {
        /// It is not there.
        case missing
        /// It is there already and would be overwritten.
        case exists
        /// It cannot be read or written.
        case inaccessible
        /// Others could read or change it.
        case exposed
        /// It is larger than its limit.
        case tooLarge
        /// It is not what it should be.
        case malformed
    }

    /// What went wrong.
    public let code: Code
    /// The path, what is wrong with it, and what to do. Never a file's contents.
    public let message: String

    /// An error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Equal codes.
    public static func == (left: HomeError, right: HomeError) -> Bool { left.code == right.code }

    /// The message.
    public var description: String { message }
}
