// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What `Accept` and `Content-Type` have to say (MCP, Streamable HTTP, "Sending Messages").
public enum MediaTypes {
    /// The one type that bodies have.
    public static let json: UTF8String = "application/json"
    /// The type of a stream of events.
    public static let eventStream: UTF8String = "text/event-stream"

    /// Refuses a POST whose client does not take both kinds of answer, with 406.
    public static func checkPostAccept(_ headers: HTTPHeaders) throws(HTTPRefusal) {
        let accepted = ranges(headers)
        guard accepts(accepted, json), accepts(accepted, eventStream) else {
            throw HTTPRefusal(406, "Not acceptable: Accept lists application/json and text/event-stream")
        }
    }

    /// Refuses a GET whose client takes no events, with 406.
    public static func checkStreamAccept(_ headers: HTTPHeaders) throws(HTTPRefusal) {
        guard accepts(ranges(headers), eventStream) else {
            throw HTTPRefusal(406, "Not acceptable: Accept lists text/event-stream")
        }
    }

    /// Refuses a body that is no JSON, with 415.
    public static func checkContentType(_ headers: HTTPHeaders) throws(HTTPRefusal) {
        let types = headers.values(HTTPHeaderName.contentType.lowercased)
        guard types.count == 1, type(types[0]) == json else {
            throw HTTPRefusal(415, "Unsupported media type: Content-Type is application/json")
        }
    }

    /// The media type of a field, in lower case and without parameters.
    public static func type(_ value: UTF8String) -> UTF8String {
        let first = value.string.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        return UTF8String(HTTPHeaders.lowercased(trimmed(first)))
    }

    /// The ranges that `Accept` lists, but those with a weight of zero (RFC 9110 §12.4.2).
    private static func ranges(_ headers: HTTPHeaders) -> [UTF8String] {
        var ranges: [UTF8String] = []
        for value in headers.values(HTTPHeaderName.accept.lowercased) {
            for part in value.string.split(separator: ",") {
                let pieces = part.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
                guard let range = pieces.first, !pieces.dropFirst().contains(where: isZeroWeight) else { continue }
                ranges.append(UTF8String(HTTPHeaders.lowercased(range)))
            }
        }
        return ranges
    }

    private static func isZeroWeight(_ parameter: String) -> Bool {
        let folded = HTTPHeaders.lowercased(parameter)
        guard folded.hasPrefix("q=") else { return false }
        return folded.dropFirst(2).utf8.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
    }

    private static func accepts(_ ranges: [UTF8String], _ type: UTF8String) -> Bool {
        let all = UTF8String(String(type.string.prefix { $0 != "/" }) + "/*")
        return ranges.contains { $0 == type || $0 == all || $0 == "*/*" }
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let bytes = text.utf8.drop(while: isBlank)
        let end = bytes.lastIndex { !isBlank($0) }
        guard let end else { return "" }
        return String(decoding: bytes[...end], as: UTF8.self)
    }
}
