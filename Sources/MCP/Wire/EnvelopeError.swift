// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Why a frame is no message.
public struct EnvelopeError: Error, Sendable, Equatable {
    /// What was wrong.
    public enum Reason: Sendable, Equatable {
        /// No strict JSON: duplicate keys, invalid UTF-8, too deep, …
        case notJSON(JSONError.Code)
        /// A line longer than `Limits.lineBytesMax`.
        case tooLong
        /// An array of messages.
        case batch
        /// Neither object nor array.
        case notAnObject
        /// `jsonrpc` is not `"2.0"`.
        case version
        /// An id that is neither string nor integer, or is missing in a result.
        case id
        /// `method` is no text, is empty or too long, or is missing in what is no answer either.
        case method
        /// `params` is no object.
        case params
        /// `result` is no object.
        case result
        /// `error` has no integer code or no text.
        case error
        /// Both request and answer, or both result and error.
        case ambiguous
        /// A member that equals a known one only ignoring case.
        case caseVariant
    }

    /// What was wrong.
    public let reason: Reason
    /// The frame's id, where it has a valid one.
    public let id: RequestID?
    /// Whether the frame claims to be an answer, which must never be answered.
    public let isAnswer: Bool

    /// An error.
    public init(_ reason: Reason, id: RequestID? = nil, isAnswer: Bool = false) {
        self.reason = reason
        self.id = id
        self.isAnswer = isAnswer
    }

    /// -32700 where the bytes are no JSON, else -32600.
    public var code: Int64 {
        if case .notJSON = reason { ErrorCode.parseError } else { ErrorCode.invalidRequest }
    }

    /// For the peer: what was expected, never what was sent.
    public var message: UTF8String {
        switch reason {
        case .notJSON: "Parse error: not strict JSON"
        case .tooLong: "Invalid request: the line is too long"
        case .batch: "Invalid request: batches are not accepted"
        case .notAnObject: "Invalid request: a message is an object"
        case .version: "Invalid request: jsonrpc is \"2.0\""
        case .id: "Invalid request: an id is a string or an integer"
        case .method: "Invalid request: method is a name"
        case .params: "Invalid request: params is an object"
        case .result: "Invalid request: result is an object"
        case .error: "Invalid request: error has code and message"
        case .ambiguous: "Invalid request: one of method, result and error"
        case .caseVariant: "Invalid request: a member differs from a known one only in case"
        }
    }
}
