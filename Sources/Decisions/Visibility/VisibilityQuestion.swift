// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// Something that a list might show, or a capability that a server might be told.
public struct VisibilityQuestion: Sendable, Hashable {
    /// What would be asked for.
    public var operation: Operation
    /// Of a tool: the server's own name for it.
    public var tool: UTF8String?
    /// Of a tool: the definition that the server lists, by digest; without one it is not shown.
    public var definition: Digest?
    /// Of a resource: whether the URI is a template (RFC 6570), which stands for URIs that nobody knows yet.
    public var isTemplate: Bool

    /// A tool of a listing.
    public static func tool(_ name: UTF8String, definition: Digest?) -> VisibilityQuestion {
        VisibilityQuestion(operation: .tool, tool: name, definition: definition, isTemplate: false)
    }

    /// Another operation: a resource to read, a prompt to get, a server's request.
    public static func operation(_ operation: Operation, isTemplate: Bool = false) -> VisibilityQuestion {
        VisibilityQuestion(operation: operation, tool: nil, definition: nil, isTemplate: isTemplate)
    }
}
