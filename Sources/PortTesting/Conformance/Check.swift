// SPDX-License-Identifier: Apache-2.0

/// One promise of a port, checked against an implementation of it.
public struct Check<Subject: Sendable>: Sendable, CustomStringConvertible {
    /// The promise, as a sentence.
    public let description: String
    /// Throws where the promise is not kept.
    public let run: @Sendable (Subject) async throws -> Void

    /// A check.
    public init(_ description: String, _ run: @escaping @Sendable (Subject) async throws -> Void) {
        self.description = description
        self.run = run
    }
}

/// What a check has found.
public struct Unmet: Error, Sendable, CustomStringConvertible {
    /// What is not as promised.
    public let description: String

    /// A finding.
    public init(_ description: String) { self.description = description }
}

/// Throws unless two values are equal.
func expect<Value: Equatable>(
    _ found: Value, _ expected: Value, _ what: String = "", line: UInt = #line
) throws(Unmet) {
    guard found == expected else { throw Unmet("\(what) (line \(line)): \(found), expected \(expected)") }
}

/// Throws unless the condition holds.
func expect(_ condition: Bool, _ what: String, line: UInt = #line) throws(Unmet) {
    guard condition else { throw Unmet("\(what) (line \(line))") }
}
