// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// What is decided besides calls of tools: MCP's other methods, each an action of its own, with the parameters that the
/// protocol gives it.
struct NativeOperation: Sendable {
    /// The action: `mcp:resources/read`.
    let action: UTF8String
    /// The group that it is in.
    let group: UTF8String
    /// The types of what it is done to.
    let resources: [TypeReference]
    /// Its parameters, as policies see them.
    let input: [Parameter]
}

extension NativeOperation {
    /// The groups: what clients ask, what servers ask, and what clients answer.
    static let groups: [UTF8String] = [request, serverRequest, answer]

    /// What every one of these names begins with.
    static let prefix: UTF8String = "mcp:"

    private static let request: UTF8String = "mcp:request"
    private static let serverRequest: UTF8String = "mcp:server-request"
    private static let answer: UTF8String = "mcp:answer"

    /// All of them.
    static let all: [NativeOperation] = [
        of("resources/read", request, ["Resource"], [.required("uri", .string)]),
        of("resources/subscribe", request, ["Resource"], [.required("uri", .string)]),
        of(
            "subscriptions/listen", request, ["Resource", "Server"],
            [.free("notifications"), .optional("uri", .string)]),
        of(
            "completion/complete", request, ["Resource", "Prompt"],
            [
                .optional(
                    "argument", .record(unsorted: [.optional("name", .string), .optional("value", .string)])),
                .optional("context", .record(unsorted: [.free("arguments")])),
                .optional(
                    "ref",
                    .record(unsorted: [
                        .optional("name", .string), .optional("title", .string), .optional("type", .string),
                        .optional("uri", .string),
                    ])),
            ]),
        of("prompts/get", request, ["Prompt"], [.free("arguments"), .required("name", .string)]),
        of("tasks/get", request, ["Server"], [.required("taskId", .string)]),
        of("tasks/result", request, ["Server"], [.required("taskId", .string)]),
        of("tasks/update", request, ["Server"], [.required("taskId", .string)]),
        of("tasks/cancel", request, ["Server"], [.required("taskId", .string)]),
        of(
            "sampling/createMessage", serverRequest, ["Server"],
            [
                .optional("includeContext", .string), .optional("maxTokens", .long), .free("messages"),
                .free("metadata"), .free("modelPreferences"), .optional("stopSequences", .set(.string)),
                .optional("systemPrompt", .string), .free("task"), .free("temperature"), .free("toolChoice"),
                .free("tools"),
            ]),
        of(
            "elicitation/create", serverRequest, ["Server"],
            [
                .optional("elicitationId", .string), .optional("message", .string), .optional("mode", .string),
                .free("requestedSchema"), .free("task"), .optional("url", .string),
            ]),
        of("roots/list", serverRequest, ["Server"], []),
        of(
            "answer/sampling/createMessage", answer, ["Server"],
            [
                .free("content"), .optional("model", .string), .optional("role", .string),
                .optional("stopReason", .string),
            ]),
        of("answer/elicitation/create", answer, ["Server"], [.optional("action", .string), .free("content")]),
        of(
            "answer/roots/list", answer, ["Server"],
            [
                .optional(
                    "roots", .set(.record(unsorted: [.optional("name", .string), .optional("uri", .string)])))
            ]),
    ]

    /// What such an operation may give its effects: a resource's URI, and the URL that a person is sent to.
    static let effectInput: [Parameter] = [.optional("uri", .string), .optional("url", .string)]

    private static func of(
        _ name: UTF8String, _ group: UTF8String, _ resources: [TypeReference], _ input: [Parameter]
    ) -> NativeOperation {
        NativeOperation(action: UTF8String("\(prefix)\(name)"), group: group, resources: resources, input: input)
    }
}

extension Parameter {
    fileprivate static func required(_ name: UTF8String, _ type: ParameterType) -> Parameter {
        Parameter(name: name, type: type, isRequired: true)
    }

    fileprivate static func optional(_ name: UTF8String, _ type: ParameterType) -> Parameter {
        Parameter(name: name, type: type, isRequired: false)
    }

    /// What the protocol leaves to whoever writes it.
    fileprivate static func free(_ name: UTF8String) -> Parameter { optional(name, .unknown(.freeForm)) }
}

extension ToolSchemaBuilder {
    /// The actions of the operations, and the records of their parameters.
    mutating func operations() -> (types: [CommonTypeDeclaration], actions: [ActionDeclaration]) {
        var types: [CommonTypeDeclaration] = []
        var actions = NativeOperation.groups.map { ActionDeclaration($0) }
        for operation in NativeOperation.all {
            let place = ToolSchema.Place(action: operation.action, pointer: JSONPointer())
            let name = names.name(for: operation.action, suffix: "Input")
            types.append(CommonTypeDeclaration(name, .record(attributes(operation.input, at: place))))
            actions.append(
                ActionDeclaration(
                    operation.action, in: [ActionReference(operation.group)],
                    appliesTo: AppliesToDeclaration(
                        principals: ["Agent"], resources: operation.resources,
                        context: NativeSchema.context(input: .named(TypeReference(name)), isEffect: false))))
        }
        return (types, actions)
    }
}
