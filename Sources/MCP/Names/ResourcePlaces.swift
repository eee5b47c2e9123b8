// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Where the URIs of a server's resources stand in what it says, so that they can be given their public form.
///
/// Lists are `ListPage`'s. Text, and a tool's structured content, may name URIs too: what those mean nobody but the tool
/// knows, and they stay.
public enum ResourcePlaces {
    /// A result with other URIs: of links and embedded contents, and of what was read.
    public static func mapping(
        result: JSONObject, of method: UTF8String, _ change: (UTF8String) -> UTF8String
    ) -> JSONObject {
        var result = result
        switch method {
        case "tools/call", "tasks/result": result["content"] = result["content"].map { blocks($0, change) }
        case "prompts/get": result["messages"] = result["messages"].map { messages($0, change) }
        case "resources/read":
            result["contents"] = result["contents"].map { each($0) { uri($0, change) } }
        // The extension's tasks carry the result of the call that they stand for.
        case "tasks/get":
            result["result"] = result["result"].map { inner in
                inner.object.map { .object(mapping(result: $0, of: "tools/call", change)) } ?? inner
            }
        default: break
        }
        return result
    }

    /// The parameters of a server's notification or request with other URIs.
    public static func mapping(
        params: JSONObject, of method: UTF8String, _ change: (UTF8String) -> UTF8String
    ) -> JSONObject {
        var params = params
        switch method {
        case "notifications/resources/updated": params = uri(.object(params), change).object ?? params
        case "notifications/tasks": params = mapping(result: params, of: "tasks/get", change)
        case "sampling/createMessage": params["messages"] = params["messages"].map { messages($0, change) }
        default: break
        }
        return params
    }

    /// An error with another URI: of the resource that is not there.
    public static func mapping(error: JSONObject, _ change: (UTF8String) -> UTF8String) -> JSONObject {
        var error = error
        error["data"] = error["data"].map { uri($0, change) }
        return error
    }

    private static func messages(_ value: JSON, _ change: (UTF8String) -> UTF8String) -> JSON {
        each(value) { message in
            guard var object = message.object, let content = object["content"] else { return message }
            object["content"] = blocks(content, change)
            return .object(object)
        }
    }

    /// Content blocks: a list, or one alone.
    private static func blocks(_ value: JSON, _ change: (UTF8String) -> UTF8String) -> JSON {
        if value.array != nil { return each(value) { block($0, isInner: false, change) } }
        return block(value, isInner: false, change)
    }

    /// - Parameter isInner: whether it is in a tool's result within a message: such are not nested further.
    private static func block(_ value: JSON, isInner: Bool, _ change: (UTF8String) -> UTF8String) -> JSON {
        guard var object = value.object else { return value }
        switch object["type"] {
        case .string("resource_link")?: return uri(value, change)
        case .string("resource")?: object["resource"] = object["resource"].map { uri($0, change) }
        case .string("tool_result")? where !isInner:
            object["content"] = object["content"].map { each($0) { block($0, isInner: true, change) } }
        default: return value
        }
        return .object(object)
    }

    private static func uri(_ value: JSON, _ change: (UTF8String) -> UTF8String) -> JSON {
        guard var object = value.object, let uri = object["uri"]?.string else { return value }
        object["uri"] = .string(change(uri))
        return .object(object)
    }

    private static func each(_ value: JSON, _ change: (JSON) -> JSON) -> JSON {
        value.array.map { .array($0.map(change)) } ?? value
    }
}
