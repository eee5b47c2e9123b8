// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Names that decide what a message means, and texts that some reader takes for them.
///
/// Go's `encoding/json` and several Java and .NET readers match member names ignoring case, so in
/// `{"name":"safe","Name":"evil"}` we and the server would see different tools. A member that is such a name only when
/// case is ignored is refused.
enum MemberNames {
    static let envelope: Set<UTF8String> = ["jsonrpc", "id", "method", "params", "result", "error"]

    /// Of requests and notifications, from either side: those that name what is asked for, and those that policies see
    /// of a server's requests.
    static let params: Set<UTF8String> = [
        "_meta", "name", "arguments", "uri", "requestId", "progressToken", "protocolVersion", "capabilities",
        "clientInfo", "cursor", "inputResponses", "requestState", "task", "taskId", "ref", "argument", "context",
        "level",
        "notifications", "mode", "message", "url", "requestedSchema", "elicitationId", "messages", "systemPrompt",
        "includeContext", "maxTokens", "tools", "toolChoice",
    ]

    /// Of results, from either side.
    static let result: Set<UTF8String> = [
        "_meta", "resultType", "inputRequests", "requestState", "task", "taskId", "tasks", "protocolVersion",
        "supportedVersions", "capabilities", "serverInfo", "instructions", "nextCursor", "tools", "prompts",
        "resources",
        "resourceTemplates", "content", "structuredContent", "isError", "contents", "messages",
    ]

    /// Of a client's answer to a server's request.
    static let answer: Set<UTF8String> = ["_meta", "resultType", "action", "content", "role", "model", "roots"]

    /// Of what lists hold, and of the subject of a completion.
    static let item: Set<UTF8String> = [
        "name", "uri", "uriTemplate", "taskId", "type", "title", "description", "inputSchema", "outputSchema",
        "annotations", "_meta",
    ]

    /// Of a request inside a result.
    static let inner: Set<UTF8String> = ["method", "params"]

    /// Of what a stream of news is for.
    static let filter: Set<UTF8String> = [
        "toolsListChanged", "promptsListChanged", "resourcesListChanged", "resourceSubscriptions", "taskIds",
    ]

    private static let foldedFilter = Set(filter.map(folded))
    private static let foldedEnvelope = Set(envelope.map(folded))
    private static let foldedParams = Set(params.map(folded))
    private static let foldedResult = Set(result.map(folded))
    private static let foldedAnswer = Set(answer.map(folded))
    private static let foldedItem = Set(item.map(folded))
    private static let foldedInner = Set(inner.map(folded))

    static func hasEnvelopeVariant(_ object: JSONObject) -> Bool {
        hasVariant(object, of: envelope, folded: foldedEnvelope)
    }

    static func hasParamsVariant(_ object: JSONObject) -> Bool { hasVariant(object, of: params, folded: foldedParams) }

    static func hasResultVariant(_ object: JSONObject) -> Bool { hasVariant(object, of: result, folded: foldedResult) }

    static func hasAnswerVariant(_ object: JSONObject) -> Bool { hasVariant(object, of: answer, folded: foldedAnswer) }

    static func hasItemVariant(_ object: JSONObject) -> Bool { hasVariant(object, of: item, folded: foldedItem) }

    static func hasReferenceVariant(_ object: JSONObject) -> Bool { hasItemVariant(object) }

    static func hasFilterVariant(_ object: JSONObject) -> Bool { hasVariant(object, of: filter, folded: foldedFilter) }

    static func hasInnerVariant(_ object: JSONObject) -> Bool { hasVariant(object, of: inner, folded: foldedInner) }

    /// Whether a member lies under Writ's own prefix, in any case: no peer may speak in our name.
    static func isOurs(_ key: UTF8String) -> Bool { folded(key).starts(with: "dev.writ/".utf8) }

    private static func hasVariant(_ object: JSONObject, of names: Set<UTF8String>, folded known: Set<[UInt8]>) -> Bool
    {
        object.members.contains { !names.contains($0.key) && known.contains(folded($0.key)) }
    }

    /// The text in lower case: ASCII, and the four letters beyond it whose other case is an ASCII letter for some
    /// reader: long s, the Kelvin sign, dotted capital I, dotless small i.
    private static func folded(_ text: UTF8String) -> [UInt8] {
        var folded: [UInt8] = []
        for scalar in text.string.unicodeScalars {
            switch scalar {
            case "A"..."Z": folded.append(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
            case "\u{17f}": folded.append(UInt8(ascii: "s"))
            case "\u{212a}": folded.append(UInt8(ascii: "k"))
            case "\u{130}", "\u{131}": folded.append(UInt8(ascii: "i"))
            default: folded.append(contentsOf: String(scalar).utf8)
            }
        }
        return folded
    }
}
