// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a client's request is about: the one thing in it that has another name under one roof.
public enum Subject: Sendable, Hashable {
    /// A tool, by name.
    case tool(UTF8String)
    /// A prompt, by name; `prompts/get` or a completion for it.
    case prompt(UTF8String)
    /// A resource, by URI; for a completion, by its template.
    case resource(UTF8String)
    /// A task, by id.
    case task(UTF8String)

    /// Reads it.
    ///
    /// - Returns: `nil` where requests of this method are about nothing named.
    /// - Throws: `RequestRefusal` where it is missing, empty, too long or no text.
    public init?(of params: JSONObject?, method: UTF8String) throws(RequestRefusal) {
        switch MethodTable.rule(method, from: .client)?.kind {
        case .tool: self = .tool(try Self.text(params, "name", Limits.toolNameBytesMax))
        case .prompt: self = .prompt(try Self.text(params, "name", Limits.toolNameBytesMax))
        case .resource, .subscribe, .unsubscribe: self = .resource(try Self.text(params, "uri", Limits.uriBytesMax))
        case .task: self = .task(try Self.text(params, "taskId", Limits.taskIDBytesMax))
        case .completion:
            guard let reference = params?["ref"]?.object, !MemberNames.hasReferenceVariant(reference) else {
                throw RequestRefusal("Invalid params: ref is an object")
            }
            switch reference["type"] {
            case .string("ref/prompt")?: self = .prompt(try Self.text(reference, "name", Limits.toolNameBytesMax))
            case .string("ref/resource")?: self = .resource(try Self.text(reference, "uri", Limits.uriBytesMax))
            default: throw RequestRefusal("Invalid params: ref.type is ref/prompt or ref/resource")
            }
        default: return nil
        }
    }

    private static func text(
        _ object: JSONObject?, _ member: UTF8String, _ bytesMax: Int
    ) throws(RequestRefusal) -> UTF8String {
        guard let text = object?[member]?.string, !text.isEmpty, text.byteCount <= bytesMax else {
            throw RequestRefusal(UTF8String("Invalid params: \(member) is a text of 1 to \(bytesMax) bytes"))
        }
        return text
    }

    /// The name, URI or id.
    public var text: UTF8String {
        switch self {
        case .tool(let text), .prompt(let text), .resource(let text), .task(let text): text
        }
    }

    /// The parameters with another name, URI or id in its place; as they are where there is none.
    public static func replacing(_ params: JSONObject, of method: UTF8String, with text: UTF8String) -> JSONObject {
        var params = params
        let value = JSON.string(text)
        switch MethodTable.rule(method, from: .client)?.kind {
        case .tool, .prompt: params["name"] = value
        case .resource, .subscribe, .unsubscribe: params["uri"] = value
        case .task: params["taskId"] = value
        case .completion:
            guard var reference = params["ref"]?.object else { return params }
            reference[reference["type"] == "ref/prompt" ? "name" : "uri"] = value
            params["ref"] = .object(reference)
        default: break
        }
        return params
    }
}
