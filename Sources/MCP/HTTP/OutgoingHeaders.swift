// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What goes beside a message to a server over HTTP.
public enum OutgoingHeaders {
    /// The lines for a message in a revision, none of which comes from a client's request.
    ///
    /// - Parameters:
    ///   - version: the revision; `nil` where none is agreed on yet.
    ///   - method: the message's method; `nil` for an answer.
    ///   - name: what `Mcp-Name` repeats.
    ///   - parameters: what `Mcp-Param-` lines repeat: suffix and value.
    ///   - session: the session's id, where the server gave one.
    public static func lines(
        version: UTF8String?, method: UTF8String?, name: UTF8String?,
        parameters: [(name: UTF8String, value: UTF8String)], session: UTF8String?
    ) -> [HTTPHeaderLine] {
        var lines: [HTTPHeaderLine] = []
        func add(_ name: String, _ value: String) { lines.append(HTTPHeaderLine(name: name, value: value)) }
        add("Content-Type", MediaTypes.json.string)
        add("Accept", "\(MediaTypes.json), \(MediaTypes.eventStream)")
        if let version { add(HTTPHeaderName.protocolVersion.rawValue, version.string) }
        guard let version, Era.modernVersions.contains(version) else {
            if let session { add(HTTPHeaderName.sessionID.rawValue, session.string) }
            return lines
        }
        if let method { add(HTTPHeaderName.method.rawValue, HeaderValue.encode(method)) }
        if let name { add(HTTPHeaderName.name.rawValue, HeaderValue.encode(name)) }
        for parameter in parameters { add("Mcp-Param-\(parameter.name)", HeaderValue.encode(parameter.value)) }
        return lines
    }
}

extension OutgoingHeaders {
    /// The lines that name a session and its revision, for GET and DELETE.
    public static func session(_ id: UTF8String?, version: UTF8String?) -> [HTTPHeaderLine] {
        var lines: [HTTPHeaderLine] = []
        if let version {
            lines.append(HTTPHeaderLine(name: HTTPHeaderName.protocolVersion.rawValue, value: version.string))
        }
        if let id { lines.append(HTTPHeaderLine(name: HTTPHeaderName.sessionID.rawValue, value: id.string)) }
        return lines
    }
}
