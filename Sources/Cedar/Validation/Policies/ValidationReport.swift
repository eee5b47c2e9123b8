// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What validation says of a set of policies.
public struct ValidationReport: Sendable, Equatable, CustomStringConvertible {
    /// What was found, by the policies' ids, and of one policy by place.
    public let findings: [ValidationFinding]

    /// The findings that make policies invalid.
    public var errors: [ValidationFinding] { findings.filter { $0.severity == .error } }

    /// The findings that do not.
    public var warnings: [ValidationFinding] { findings.filter { $0.severity == .warning } }

    /// Whether there is no error: every evaluation of these policies, for a request and entities that are valid too,
    /// has a result, apart from overflow and entities that the store lacks.
    public var isValid: Bool { !findings.contains { $0.severity == .error } }

    /// The findings about one policy or template.
    public subscript(policyID: UTF8String) -> [ValidationFinding] { findings.filter { $0.policyID == policyID } }

    /// One line per finding.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
}
