// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

extension Bridge {
    /// A server's error object as the client gets it.
    ///
    /// Codes that mean something between the server and this gateway alone (headers, versions), codes that a client of
    /// the handshake revisions cannot know, a URL to open that was not decided on, and our own denial, which no server
    /// may forge, become -32603 without data.
    /// What was decided on of a -32042 `InputRequired` reads, and writes again.
    public func error(_ error: JSONObject, of method: UTF8String) -> JSONObject {
        guard let code = error["code"]?.int64 else { return Self.internalError("The server's error is out of form") }
        var mapped = error
        switch code {
        case ErrorCode.denied, ErrorCode.urlElicitationRequired:
            return Self.internalError("The server's answer asks for something this gateway does not pass on")
        case ErrorCode.missingCapability where client.era == .modern && server.era == .modern: return error
        case let code where ErrorCode.reserved.contains(code):
            return Self.internalError(error["message"]?.string ?? "The server refused the request")
        case ErrorCode.resourceNotFound where Self.areOfResources.contains(method) && client.era == .modern:
            mapped["code"] = .integer(ErrorCode.invalidParams)
        case ErrorCode.invalidParams
        where Self.areOfResources.contains(method) && client.era == .legacy && server.era == .modern:
            // What else makes a URI's parameters invalid was refused before the server saw them.
            mapped["code"] = .integer(ErrorCode.resourceNotFound)
        default: break
        }
        return mapped
    }

    /// What a resource that nobody has is answered with.
    public func unknownResource(_ uri: UTF8String) -> JSONObject {
        let code = client.era == .modern ? ErrorCode.invalidParams : ErrorCode.resourceNotFound
        return JSONObject(members: [
            "code": .integer(code), "message": "Resource not found", "data": ["uri": .string(uri)],
        ])
    }

    private static let areOfResources: Set<UTF8String> = ["resources/read", "resources/subscribe"]

    private static func internalError(_ message: UTF8String) -> JSONObject {
        JSONObject(members: ["code": .integer(ErrorCode.internalError), "message": .string(message)])
    }
}
