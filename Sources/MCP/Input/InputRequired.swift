// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A result that asks for input first (MCP 2026-07-28): what the server wants to know, and its own state, which comes back
/// with the retry.
public struct InputRequired: Sendable, Equatable {
    /// What is asked, in the server's order.
    public var requests: [InputRequest]
    /// The server's state; opaque.
    public var state: UTF8String?

    /// A result of one's own.
    public init(requests: [InputRequest], state: UTF8String?) {
        self.requests = requests
        self.state = state
    }

    /// Reads a server's result, or the state of a task of the extension that waits for input.
    ///
    /// - Throws: `InputDefect`; nothing of it is passed on.
    public init(reading result: JSONObject) throws(InputDefect) {
        requests = try Self.questions(in: result)
        switch result["requestState"] {
        case nil: state = nil
        case .string(let text)?:
            guard text.byteCount <= Limits.requestStateBytesMax else { throw .tooMuch }
            state = text
        default: throw .form
        }
        guard !requests.isEmpty || state != nil else { throw .form }
    }

    /// What a result asks for, or the state of a task that waits for input; that may be nothing.
    ///
    /// - Throws: `InputDefect`; nothing of it is passed on.
    public static func questions(in result: JSONObject) throws(InputDefect) -> [InputRequest] {
        let entries: JSONObject
        switch result["inputRequests"] {
        case nil: entries = JSONObject()
        case .object(let object)?: entries = object
        default: throw .form
        }
        guard entries.count <= Limits.inputRequestsMax else { throw .tooMuch }
        var requests: [InputRequest] = []
        for member in entries.members {
            guard member.key.byteCount <= Limits.idBytesMax else { throw .tooMuch }
            guard let entry = member.value.object, !MemberNames.hasInnerVariant(entry),
                let method = entry["method"]?.string, entry["params"].map({ $0.object != nil }) ?? true
            else { throw .form }
            guard let request = InputRequest(key: member.key, method: method, params: entry["params"]?.object) else {
                throw .method
            }
            requests.append(request)
        }
        return requests
    }

    /// Reads the data of an error -32042 (MCP 2025-11-25): the URLs that a person has to open before the request is made
    /// again. The requests are called `url-1`, `url-2`, …
    ///
    /// - Throws: `InputDefect`.
    public init(urlError error: JSONObject) throws(InputDefect) {
        guard let all = error["data"]?["elicitations"]?.array, !all.isEmpty else { throw .form }
        guard all.count <= Limits.inputRequestsMax else { throw .tooMuch }
        var requests: [InputRequest] = []
        for (index, value) in all.enumerated() {
            guard let params = value.object, params["mode"] == "url",
                let request = InputRequest(
                    key: UTF8String("url-\(index + 1)"), method: "elicitation/create", params: params)
            else { throw .form }
            requests.append(request)
        }
        self.init(requests: requests, state: nil)
    }

    /// The error -32042 towards a client of 2025-11-25, with what was read of it and nothing else.
    ///
    /// - Parameter message: the server's.
    public func urlError(_ message: UTF8String) -> JSONObject {
        let elicitations = requests.compactMap { $0.params(for: .november2025, elicitationID: $0.key).map(JSON.object) }
        return JSONObject(members: [
            "code": .integer(ErrorCode.urlElicitationRequired), "message": .string(message),
            "data": ["elicitations": .array(elicitations)],
        ])
    }

    /// The result towards a client of the stateless revision.
    public func result(serverInfo: JSON?) -> JSONObject {
        var result = JSONObject(members: ["resultType": "input_required"])
        if !requests.isEmpty {
            let entries = requests.map { JSONMember(key: $0.key, value: $0.entry(.latestModern)) }
            result["inputRequests"] = JSONObject(entries).map(JSON.object)
        }
        result["requestState"] = state.map(JSON.string)
        return Bridge(client: .latestModern, server: .latestModern, serverInfo: serverInfo).withServerInfo(result)
    }
}

/// Why what a server asks for cannot be passed on.
public enum InputDefect: Error, Sendable, Hashable {
    /// Out of form.
    case form
    /// Something other than elicitation, sampling or roots.
    case method
    /// More, or longer, than the limits.
    case tooMuch

    /// For the client.
    public var text: UTF8String { "The server asks for something this gateway does not pass on" }
}
