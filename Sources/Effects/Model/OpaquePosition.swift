// SPDX-License-Identifier: Apache-2.0

/// What could not be known before the call runs. Denied unless a policy permits the position by name.
public enum OpaquePosition: String, Sendable, Hashable, CaseIterable {
    /// A program that is unknown or computed.
    case program
    /// Code: operators, expansions, or text that something will run.
    case code
    /// A path that is read.
    case pathRead = "path-read"
    /// A path that is written or deleted.
    case pathWrite = "path-write"
    /// A network address.
    case host
    /// Arguments without a meaning known here: no map, undeclared, missing, or of a wrong type.
    case arguments
    /// A value that Cedar cannot hold exactly: a number outside Long and four-digit decimal, an undeclared null.
    case value
    /// Running what the agent itself could have written.
    case projectCode = "project-code"
}
