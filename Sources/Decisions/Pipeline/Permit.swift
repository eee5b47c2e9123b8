// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
import Synchronization
public import WireTypes

/// The right to forward one call, once: the bytes themselves, and the receipt that commits to them.
///
/// Only this module can make one, and only after the receipt of an allow is durable in the log. It cannot be copied; who
/// forwards takes it and spends it. "Logged before it runs", "these bytes" and "runs once" are thereby compile errors to
/// break.
public struct Permit: ~Copyable, Sendable {
    /// What the outcome will be logged with.
    public let ticket: OutcomeTicket
    /// What brakes may stop of it; `nil` only in tests of what comes after a decision.
    public let subject: Stoppable?
    /// What becomes of its bytes, for whoever has to know once it is spent.
    public let use = PermitUse()
    private let content: PermittedContent

    init(ticket: OutcomeTicket, message: JSON, expiry: PermitExpiry) {
        self.ticket = ticket
        subject = expiry.subject
        content = PermittedContent(message, expiry)
    }

    /// What was judged, for what repeats a part of it beside the message.
    public func judged(_ place: JSONPointer) -> JSON? { content.message[place] }

    /// What to forward, for a queue towards the server; the permit is gone.
    public consuming func spend() -> PermittedFrame {
        PermittedFrame(content.message.serialized(), expiry: content.expiry, use: use)
    }

    /// What was judged, for another message that carries it: an entry of `inputRequests` or `inputResponses`; the permit
    /// is gone. `nil` means that its time is over, and it must not be sent.
    ///
    /// The message that carries a client's answers has a permit of its own, whose bytes are asked for when they are
    /// written; so the time between the two is bounded as well.
    public consuming func embed() -> JSON? {
        // Not `? nil :`, which would be JSON's own null: `JSON` has a literal of that name.
        guard !content.expiry.hasPassed, use.take() else { return nil }
        return content.message
    }
}

/// What a permit is for, until it is spent.
private final class PermittedContent: Sendable {
    let message: JSON
    let expiry: PermitExpiry

    init(_ message: JSON, _ expiry: PermitExpiry) {
        self.message = message
        self.expiry = expiry
    }
}

/// A permitted call's bytes on their way to the server.
public final class PermittedFrame: Sendable {
    /// How many bytes there are.
    public let byteCount: Int
    private let bytes: Mutex<[UInt8]?>
    private let expiry: PermitExpiry
    private let use: PermitUse

    init(_ bytes: [UInt8], expiry: PermitExpiry, use: PermitUse) {
        byteCount = bytes.count
        self.bytes = Mutex(bytes)
        self.expiry = expiry
        self.use = use
    }

    /// The bytes, at the moment of writing them: once, no later than the receipt's `expires_at`, and not where a kill
    /// switch was thrown meanwhile. `nil` means that the call must not be made.
    public func take() -> [UInt8]? {
        let taken = bytes.withLock { bytes in
            defer { bytes = nil }
            return bytes
        }
        guard let taken, !expiry.hasPassed, use.take() else { return nil }
        return taken
    }

    /// Whether what is not yet written of the bytes may still be. Where a peer takes them slowly, a kill switch may be
    /// thrown in the middle.
    public var mayGoOn: Bool { !use.isStopped && !expiry.isStopped }
}

/// What becomes of a permit's bytes: either they are handed out, or they never are.
public final class PermitUse: Sendable {
    private struct State {
        var wasTaken = false
        var isStopped = false
    }

    private let state = Mutex(State())

    init() {}

    /// Nothing of them is to be handed out from here on.
    ///
    /// - Returns: whether nothing was.
    @discardableResult
    public func stop() -> Bool {
        state.withLock { state in
            state.isStopped = true
            return !state.wasTaken
        }
    }

    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// Whether they may be handed out; they then are.
    func take() -> Bool {
        state.withLock { state in
            guard !state.isStopped else { return false }
            state.wasTaken = true
            return true
        }
    }
}

/// Until when a permit may be used: `expires_at` by the wall clock, as long after it was asked for by the clock that
/// nobody can set back, and until a brake stops it.
struct PermitExpiry: Sendable {
    private struct Brakes: Sendable {
        let ports: DecisionPorts
        let subject: Stoppable
    }

    private let clock: any Clock
    private let wall: Timestamp
    private let monotonic: Int64
    private let brakes: Brakes?

    /// - Parameter askedAt: the monotonic clock's time when the call came.
    init(clock: any Clock, checkedAt: Timestamp, askedAt: Int64) {
        self.init(clock, checkedAt, askedAt, nil)
    }

    /// Of something that brakes may stop.
    init(ports: DecisionPorts, checkedAt: Timestamp, askedAt: Int64, subject: Stoppable) {
        self.init(ports.clock, checkedAt, askedAt, Brakes(ports: ports, subject: subject))
    }

    private init(_ clock: any Clock, _ checkedAt: Timestamp, _ askedAt: Int64, _ brakes: Brakes?) {
        self.clock = clock
        wall = checkedAt.adding(milliseconds: Limits.permitMilliseconds)
        monotonic = askedAt + Limits.permitMilliseconds
        self.brakes = brakes
    }

    var subject: Stoppable? { brakes?.subject }

    /// Whether a brake has stopped it.
    var isStopped: Bool { brakes.map { $0.ports.stop(of: $0.subject) != nil } ?? false }

    var hasPassed: Bool { clock.now() > wall || clock.monotonicMilliseconds() > monotonic || isStopped }
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

/// What became of something permitted, and what was found in it.
public struct OutcomeReport: Sendable {
    enum Ending: Sendable {
        case result(JSON?)
        case toolError(JSON)
        case error(JSON)
        case cancelled
        case noAnswer
        case notForwarded
    }

    /// A kind of thing that was found in a result, and how often.
    public struct Finding: Sendable, Hashable {
        /// The detector's code: a token of at most 64 letters, digits, `.`, `_`, `-` and `/`.
        public var code: UTF8String
        /// How often, at least once.
        public var count: UInt64

        /// A finding.
        public init(code: UTF8String, count: UInt64) {
            self.code = code
            self.count = count
        }
    }

    let ending: Ending
    /// What was found in the result; the outcome's entry lists the first 64 kinds.
    public var findings: [Finding] = []

    private init(_ ending: Ending) { self.ending = ending }

    /// A result.
    public static func result(_ json: JSON) -> OutcomeReport { OutcomeReport(.result(json)) }
    /// A result that says the tool failed.
    public static func toolError(_ json: JSON) -> OutcomeReport { OutcomeReport(.toolError(json)) }
    /// An error instead of a result.
    public static func error(_ json: JSON) -> OutcomeReport { OutcomeReport(.error(json)) }
    /// It was passed on, and nothing is ever answered to it: a client's answer to a server's request. Logged as a result
    /// without a commitment.
    public static let delivered = OutcomeReport(.result(nil))
    /// The caller took it back after it was forwarded.
    public static let cancelled = OutcomeReport(.cancelled)
    /// The server ended or said nothing.
    public static let noAnswer = OutcomeReport(.noAnswer)
    /// It was never forwarded.
    public static let notForwarded = OutcomeReport(.notForwarded)
}
