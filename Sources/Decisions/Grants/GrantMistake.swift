// SPDX-License-Identifier: Apache-2.0

/// Why a task grant cannot be given as it was asked for: for the operator.
public struct GrantMistake: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and what was probably meant.
    public let description: String

    init(_ description: String) { self.description = description }
}
