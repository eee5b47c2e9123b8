// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a JSON-RPC message is, over the tree it was read into.
///
/// The tree stays as it was read; edits are made on it, so members that nobody here knows survive. Exactly JSON-RPC 2.0
/// as MCP narrows it: no batches, ids never null, `params` and `result` objects.
public struct Envelope: Sendable, Equatable {
    /// The four kinds of message.
    public enum Kind: Sendable, Equatable {
        /// A request, which wants exactly one answer.
        case request(id: RequestID, method: UTF8String)
        /// A notification, which gets none.
        case notification(method: UTF8String)
        /// An answer with a result.
        case result(id: RequestID)
        /// An answer with an error; without id where the peer could not read ours.
        case error(id: RequestID?)
    }

    /// What the message is.
    public let kind: Kind
    /// The whole message.
    public let message: JSONObject

    /// The parameters of a request or notification that has some.
    public var params: JSONObject? { message["params"]?.object }

    /// Reads one message.
    ///
    /// - Throws: `EnvelopeError` with code -32700 where the bytes are no strict JSON, -32600 where that is no message.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(EnvelopeError) {
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: bytes, limits: limits) } catch {
            throw EnvelopeError(.notJSON(error.code))
        }
        try self.init(json)
    }

    /// Classifies one message.
    ///
    /// - Throws: `EnvelopeError` with code -32600.
    public init(_ json: JSON) throws(EnvelopeError) {
        guard let message = json.object else { throw EnvelopeError(json.array == nil ? .notAnObject : .batch) }
        let id = message["id"].flatMap(RequestID.init)
        let answers = message["result"] != nil || message["error"] != nil
        func refusal(_ reason: EnvelopeError.Reason) -> EnvelopeError {
            EnvelopeError(reason, id: id, isAnswer: answers)
        }
        guard !MemberNames.hasEnvelopeVariant(message) else { throw refusal(.caseVariant) }
        guard message["jsonrpc"] == "2.0" else { throw refusal(.version) }
        if message["method"] != nil {
            guard !answers else { throw refusal(.ambiguous) }
            kind = try Self.call(message, id: id, refusal)
        } else {
            kind = try Self.answer(message, id: id, refusal)
        }
        self.message = message
    }

    private static func call(
        _ message: JSONObject, id: RequestID?, _ refusal: (EnvelopeError.Reason) -> EnvelopeError
    ) throws(EnvelopeError) -> Kind {
        guard let method = message["method"]?.string, !method.isEmpty, method.byteCount <= Limits.methodBytesMax else {
            throw refusal(.method)
        }
        if let params = message["params"] {
            guard let object = params.object else { throw refusal(.params) }
            guard !MemberNames.hasParamsVariant(object) else { throw refusal(.caseVariant) }
        }
        guard message["id"] != nil else { return .notification(method: method) }
        guard let id else { throw refusal(.id) }
        return .request(id: id, method: method)
    }

    private static func answer(
        _ message: JSONObject, id: RequestID?, _ refusal: (EnvelopeError.Reason) -> EnvelopeError
    ) throws(EnvelopeError) -> Kind {
        switch (message["result"], message["error"]) {
        case (let result?, nil):
            guard result.object != nil else { throw refusal(.result) }
            guard let id else { throw refusal(.id) }
            return .result(id: id)
        case (nil, let error?):
            guard error["code"]?.int64 != nil, error["message"]?.string != nil else { throw refusal(.error) }
            guard id != nil || message["id"] == nil || message["id"] == .null else { throw refusal(.id) }
            return .error(id: id)
        case (nil, nil): throw refusal(.method)
        case (_?, _?): throw refusal(.ambiguous)
        }
    }
}
