// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The lists that a server has.
public enum ListKind: Sendable, Hashable, CaseIterable {
    /// `tools/list`
    case tools
    /// `prompts/list`
    case prompts
    /// `resources/list`
    case resources
    /// `resources/templates/list`
    case resourceTemplates
    /// `tasks/list`
    case tasks

    /// The request for it.
    public var method: UTF8String {
        switch self {
        case .tools: "tools/list"
        case .prompts: "prompts/list"
        case .resources: "resources/list"
        case .resourceTemplates: "resources/templates/list"
        case .tasks: "tasks/list"
        }
    }

    /// The result's member that holds the items.
    public var member: UTF8String {
        switch self {
        case .tools: "tools"
        case .prompts: "prompts"
        case .resources: "resources"
        case .resourceTemplates: "resourceTemplates"
        case .tasks: "tasks"
        }
    }

    /// The item's member that names it.
    public var nameMember: UTF8String {
        switch self {
        case .tools, .prompts: "name"
        case .resources: "uri"
        case .resourceTemplates: "uriTemplate"
        case .tasks: "taskId"
        }
    }

    /// How many bytes a name may have.
    var nameBytesMax: Int {
        switch self {
        case .tools, .prompts: Limits.toolNameBytesMax
        case .resources, .resourceTemplates: Limits.uriBytesMax
        case .tasks: Limits.taskIDBytesMax
        }
    }

    /// Which of a server's capabilities says that it has the list.
    public var capability: UTF8String {
        switch self {
        case .tools: "tools"
        case .prompts: "prompts"
        case .resources, .resourceTemplates: "resources"
        case .tasks: "tasks"
        }
    }

    /// The news that it has changed. Of templates and of tasks there is none.
    public var changed: UTF8String? {
        switch self {
        case .tools: "notifications/tools/list_changed"
        case .prompts: "notifications/prompts/list_changed"
        case .resources: "notifications/resources/list_changed"
        case .resourceTemplates, .tasks: nil
        }
    }
}
