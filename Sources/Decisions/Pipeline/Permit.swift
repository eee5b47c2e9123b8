// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// The right to forward one call, once: the bytes themselves, and the receipt that commits to them.
///
/// Only this module can make one, and only after the receipt of an allow is durable in the log. It cannot be copied; who
/// forwards takes it and spends it. "Logged before it runs", "these bytes" and "runs once" are thereby compile errors to
/// break.
public struct Permit: ~Copyable, Sendable {
    /// What the outcome will be logged with.
    public let ticket: OutcomeTicket
    private let bytes: [UInt8]

    init(ticket: OutcomeTicket, message: JSON) {
        self.ticket = ticket
        bytes = message.serialized()
    }

    /// The bytes to forward; the permit is gone.
    public consuming func spend() -> [UInt8] { bytes }
}

/// Names a permitted call, for its outcome.
public struct OutcomeTicket: Sendable, Hashable {
    /// The call's receipt.
    public let receiptID: UUIDv7
    /// Where the receipt is in the log.
    public let index: Int64
    /// The receipt's blind, from which the outcome's commitment is salted.
    let blind: [UInt8]
}

/// What a caller gets.
public enum Decision: ~Copyable, Sendable {
    /// The call may run: the permit is what runs it.
    case allowed(Permit, Answer)
    /// The call may not run.
    case denied(Answer)

    /// What a person or a script sees.
    public var answer: Answer {
        switch self {
        case .allowed(_, let answer): answer
        case .denied(let answer): answer
        }
    }
}

/// What the server reported about a permitted call.
public enum OutcomeReport: Sendable {
    /// A result.
    case result(JSON)
    /// A result that says the tool failed.
    case toolError(JSON)
    /// An error instead of a result.
    case error(JSON)
    /// The caller took it back after it was forwarded.
    case cancelled
    /// The server ended or said nothing.
    case noAnswer
    /// It was never forwarded.
    case notForwarded
}
