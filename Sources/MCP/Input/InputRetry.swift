// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What makes a request a retry after a result that asked for input: answers by name, and the state of that result.
public struct InputRetry: Sendable, Equatable {
    /// The answers, each an object.
    public var responses: JSONObject
    /// The state, exactly as it was given.
    public var state: UTF8String?

    /// A retry.
    public init(responses: JSONObject, state: UTF8String?) {
        self.responses = responses
        self.state = state
    }

    /// Reads a client's.
    ///
    /// - Returns: `nil` where the request is no retry.
    /// - Throws: `RequestRefusal` where it is out of form or over the limits.
    public init?(reading params: JSONObject?) throws(RequestRefusal) {
        guard let params, params["inputResponses"] != nil || params["requestState"] != nil else { return nil }
        var responses = JSONObject()
        if let value = params["inputResponses"] { responses = try Self.responses(value, Limits.idBytesMax) }
        var state: UTF8String?
        if let value = params["requestState"] {
            guard let text = value.string, text.byteCount <= Limits.sealedStateBytesMax else {
                throw RequestRefusal("Invalid params: requestState is the text that was given")
            }
            state = text
        }
        self.init(responses: responses, state: state)
    }

    /// Reads the answers of `tasks/update`, which are no retry: by the names that their questions had in `tasks/get`.
    ///
    /// - Throws: `RequestRefusal` where there are none, or they are out of form or over the limits.
    public static func answers(ofTask params: JSONObject) throws(RequestRefusal) -> JSONObject {
        try responses(params["inputResponses"] ?? .null, Limits.questionKeyBytesMax)
    }

    private static func responses(_ value: JSON, _ keyBytesMax: Int) throws(RequestRefusal) -> JSONObject {
        guard let object = value.object, object.count <= Limits.inputRequestsMax else {
            throw RequestRefusal("Invalid params: inputResponses is an object, one answer to each request")
        }
        var responses = JSONObject()
        for member in object.members {
            guard member.key.byteCount <= keyBytesMax,
                let answer = member.value.object.flatMap({ InputRequest.answer($0) })
            else { throw RequestRefusal("Invalid params: an input response is an object") }
            responses.add(member.key, .object(answer))
        }
        return responses
    }

    /// The parameters of the request as it is made again.
    public func applied(to params: JSONObject) -> JSONObject {
        var params = Self.stripped(params)
        if !responses.isEmpty { params["inputResponses"] = .object(responses) }
        params["requestState"] = state.map(JSON.string)
        return params
    }

    /// The parameters without what makes them a retry: those of the first try.
    public static func stripped(_ params: JSONObject) -> JSONObject {
        params.filtered { $0 != "inputResponses" && $0 != "requestState" }
    }
}
