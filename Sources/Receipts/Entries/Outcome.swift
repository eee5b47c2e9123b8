// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What the server reported of an allowed call: `writ.outcome/1`.
public struct Outcome: Sendable, Hashable {
    /// How it ended.
    public enum Status: String, Sendable, CaseIterable {
        /// A result.
        case result
        /// A result that says it is an error.
        case toolError = "tool_error"
        /// A protocol error.
        case error
        /// The caller gave up.
        case cancelled
        /// Nothing came in time, or the server went away: it may have run.
        case noAnswer = "no_answer"
        /// It never left Writ: it has certainly not run.
        case notForwarded = "not_forwarded"
    }

    /// A kind of finding in a result, and how often. Where and what is in evidence.
    public struct Finding: Sendable, Hashable, EntryPart {
        /// The detector's code, a token.
        public var code: UTF8String
        /// How often, at least once.
        public var count: UInt64

        /// A finding.
        public init(code: UTF8String, count: UInt64) {
            self.code = code
            self.count = count
        }

        init(members: inout Members) throws(EntryError) {
            code = try members.take("code", .token())
            count = try members.take("count", .count(min: 1))
        }

        var json: JSON {
            var object = JSONObject()
            object.set("code", code)
            object.set("count", count)
            return .object(object)
        }
    }

    /// The log's origin.
    public var log: UTF8String
    /// The receipt of the call.
    public var receiptID: UUIDv7
    /// When it ended.
    public var at: Timestamp
    /// How it ended.
    public var status: Status
    /// The commitment to the result's bytes (`Blind.result`).
    public var result: Digest?
    /// From forwarding to the end, in milliseconds.
    public var durationMS: UInt64
    /// Kinds of finding in the result, 1 to 64.
    public var findings: [Finding]?

    /// An outcome.
    public init(
        log: UTF8String, receiptID: UUIDv7, at: Timestamp, status: Status, result: Digest? = nil,
        durationMS: UInt64, findings: [Finding]? = nil
    ) {
        self.log = log
        self.receiptID = receiptID
        self.at = at
        self.status = status
        self.result = result
        self.durationMS = durationMS
        self.findings = findings
    }
}

extension Outcome: EntryPart {
    init(members: inout Members) throws(EntryError) {
        log = try members.take("log", .text(max: 255))
        receiptID = try members.take("receipt_id", .id)
        at = try members.take("at", .time)
        status = try members.take("status", .word)
        result = try members.takeIfPresent("result", .digest)
        durationMS = try members.take("duration_ms", .count())
        findings = try members.takeIfPresent("findings", .list(1...ReceiptLimits.findingsMax, of: .part))
        switch status {
        case .result, .toolError, .error: break
        case .cancelled, .noAnswer, .notForwarded:
            guard result == nil else { throw EntryError(.contradiction).within("result") }
        }
    }

    var json: JSON {
        var object = JSONObject()
        object.set("at", at)
        object.set("duration_ms", durationMS)
        object.set("findings", parts: findings)
        object.set("log", log)
        object.set("receipt_id", receiptID)
        object.set("result", result)
        object.set("status", status)
        return .object(object)
    }
}
