// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What is asked for, in MCP's words. A tool call is the common case; everything else that acts or leaks is decided too.
///
/// To policies each is an action of its own (`docs/policies.md`): a tool's is `Action::"<server>/<tool>"` in
/// `Action::"<server>"` in `Action::"call"`; another's is `Action::"mcp:<method>"`, in `Action::"mcp:request"`,
/// `Action::"mcp:server-request"` or `Action::"mcp:answer"`, and in no server's and not in `call`: permitting a server's
/// tools permits nothing else.
public enum Operation: Sendable, Hashable {
    /// `tools/call`.
    case tool
    /// A client's request about a resource: `resources/read`, `resources/subscribe`, `completion/complete` of a template,
    /// a URI of `subscriptions/listen`. On `Resource::"<server>/<uri>"` in the server.
    case resource(method: UTF8String, uri: UTF8String)
    /// A client's request about a prompt: `prompts/get`, `completion/complete` of a prompt. On `Prompt::"<server>/<name>"`
    /// in the server.
    case prompt(method: UTF8String, name: UTF8String)
    /// A client's request about a task: `tasks/get`, `tasks/result`, `tasks/update`, `tasks/cancel`. On the server.
    case task(method: UTF8String)
    /// A server's request to the client: `sampling/createMessage`, `elicitation/create`, `roots/list`; by itself or inside
    /// a result that asks for input. On the server.
    case serverRequest(method: UTF8String)
    /// The client's answer to one of those. The action is `mcp:answer/<method>`. On the server.
    case answer(method: UTF8String)
    /// A method that nobody knows. Always refused, as `writ.method_unknown`; a receipt commits to its name.
    case unknown(method: UTF8String)
}

extension Operation {
    /// What every name begins with that stands for an operation and for no tool; a server's tool of such a name is never
    /// pinned, and never named in clear.
    public static let prefix: UTF8String = "mcp:"

    /// The protocol's method; of an answer that of the request it answers.
    public var method: UTF8String {
        switch self {
        case .tool: "tools/call"
        case .resource(let method, _), .prompt(let method, _), .task(let method), .serverRequest(let method),
            .answer(let method), .unknown(let method):
            method
        }
    }

    /// What receipts, kill switches and policies call it where it is no tool's: `mcp:resources/read`,
    /// `mcp:answer/elicitation/create`. `nil` for a tool, which has its own name.
    public var name: UTF8String? {
        switch self {
        case .tool: nil
        case .answer(let method): UTF8String("\(Self.prefix)answer/\(method)")
        default: Self.prefix + method
        }
    }

    /// Whether it is a method that the protocol has, so that its name may stand in the log in clear.
    var isKnown: Bool { if case .unknown = self { false } else { true } }
}
