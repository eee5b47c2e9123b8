// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Which news a stream of `subscriptions/listen` is for (MCP 2026-07-28, and the extension for tasks).
public struct SubscriptionFilter: Sendable, Hashable {
    /// Of the lists that have changed.
    public var lists: Set<ListKind>
    /// Of these resources.
    public var resources: [UTF8String]
    /// Of these tasks.
    public var tasks: [UTF8String]

    /// A filter; without arguments it lets nothing through.
    public init(lists: Set<ListKind> = [], resources: [UTF8String] = [], tasks: [UTF8String] = []) {
        self.lists = lists
        self.resources = resources
        self.tasks = tasks
    }

    /// What a client asks for. Members that are not known here are not asked for.
    ///
    /// - Throws: `RequestRefusal` where `notifications` is missing or out of form, or names too much.
    public init(listen params: JSONObject?) throws(RequestRefusal) {
        guard let filter = params?["notifications"]?.object, !MemberNames.hasFilterVariant(filter) else {
            throw RequestRefusal("Invalid params: notifications is an object")
        }
        try self.init(filter)
    }

    /// What a server says that it will tell; what of it cannot be read it will not.
    public init(acknowledged params: JSONObject?) {
        let filter = params?["notifications"]?.object ?? JSONObject()
        do throws(RequestRefusal) { try self.init(filter) } catch { self.init() }
    }

    private init(_ filter: JSONObject) throws(RequestRefusal) {
        var lists: Set<ListKind> = []
        for (kind, member) in Self.flags {
            switch filter[member] {
            case nil, .bool(false)?: break
            case .bool(true)?: lists.insert(kind)
            default: throw RequestRefusal(UTF8String("Invalid params: notifications.\(member) is a boolean"))
            }
        }
        self.lists = lists
        resources = try Self.texts(filter, Self.resourcesMember, Limits.uriBytesMax)
        tasks = try Self.texts(filter, Self.tasksMember, Limits.taskIDBytesMax)
    }

    /// `notifications`, as a client asks for it or a server acknowledges it.
    public var json: JSON {
        var filter = JSONObject()
        for (kind, member) in Self.flags where lists.contains(kind) { filter.add(member, true) }
        if !resources.isEmpty { filter.add(Self.resourcesMember, .array(resources.map(JSON.string))) }
        if !tasks.isEmpty { filter.add(Self.tasksMember, .array(tasks.map(JSON.string))) }
        return .object(filter)
    }

    /// Whether it lets nothing through.
    public var isEmpty: Bool { lists.isEmpty && resources.isEmpty && tasks.isEmpty }

    /// What of it another lets through too, in this one's order.
    public func intersection(_ other: SubscriptionFilter) -> SubscriptionFilter {
        let (otherResources, otherTasks) = (Set(other.resources), Set(other.tasks))
        return SubscriptionFilter(
            lists: lists.intersection(other.lists), resources: resources.filter(otherResources.contains),
            tasks: tasks.filter(otherTasks.contains))
    }

    /// Whether a notification belongs on the stream; its URI and its task are the stream's own (public) ones.
    public func wants(_ method: UTF8String, _ params: JSONObject?) -> Bool {
        switch MethodTable.rule(method, from: .server)?.kind {
        case .listChanged(let kind): lists.contains(kind)
        case .resourceUpdated: params?["uri"]?.string.map(resources.contains) ?? false
        case .taskStatus: params?["taskId"]?.string.map(tasks.contains) ?? false
        default: false
        }
    }

    static let resourcesMember: UTF8String = "resourceSubscriptions"
    static let tasksMember: UTF8String = "taskIds"
    static let flags: [(ListKind, UTF8String)] = [
        (.tools, "toolsListChanged"), (.prompts, "promptsListChanged"), (.resources, "resourcesListChanged"),
    ]

    private static func texts(
        _ filter: JSONObject, _ member: UTF8String, _ bytesMax: Int
    ) throws(RequestRefusal) -> [UTF8String] {
        guard let value = filter[member] else { return [] }
        guard let all = value.array, all.count <= Limits.subscribedMax else {
            throw RequestRefusal(
                UTF8String("Invalid params: notifications.\(member) is a list of at most \(Limits.subscribedMax)"))
        }
        var texts: [UTF8String] = []
        var seen: Set<UTF8String> = []
        for element in all {
            guard let text = element.string, !text.isEmpty, text.byteCount <= bytesMax else {
                throw RequestRefusal(UTF8String("Invalid params: notifications.\(member) is a list of texts"))
            }
            if seen.insert(text).inserted { texts.append(text) }
        }
        return texts
    }
}
