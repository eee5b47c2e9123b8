// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a client is told that it can ask for: no more than this gateway passes, in the form of the client's revision.
public enum ServerCapabilities {
    /// Of one server, what is served here; its own members of each capability stay as they are.
    ///
    /// Tasks of one form are no tasks of the other: they are told of only where client and server speak the same.
    public static func told(of server: ServerFacts, to client: Revision) -> JSONObject {
        var kept = JSONObject()
        for member in server.capabilities.members {
            switch member.key {
            case "tools", "prompts", "resources", "completions", "logging":
                if member.value.object != nil { kept.add(member.key, member.value) }
            case "tasks" where client.tasks == .core && server.revision.tasks == .core:
                if member.value.object != nil { kept.add(member.key, member.value) }
            case "extensions" where client.tasks == .extension2026 && server.revision.tasks == .extension2026:
                let passed = (member.value.object ?? JSONObject()).filtered { $0 == TaskExtension.name }
                if !passed.isEmpty { kept.add(member.key, .object(passed)) }
            default: break
            }
        }
        return kept
    }

    /// Of several servers together: each capability that one of them has, each of its flags that one of them sets. Only
    /// the flags that are known here: what another member means for several servers nobody can say.
    public static func union(of servers: [ServerFacts], to client: Revision) -> JSONObject {
        let told = servers.map { Self.told(of: $0, to: client) }
        var union = JSONObject()
        for (capability, flags) in known {
            let having = told.compactMap { $0[capability]?.object }
            guard !having.isEmpty else { continue }
            var merged = JSONObject()
            for flag in flags where having.contains(where: { $0[flag] == true }) { merged.add(flag, true) }
            union.add(capability, .object(merged))
        }
        if told.contains(where: { $0["tasks"] != nil }) { union.add("tasks", coreTasks) }
        if told.contains(where: { $0["extensions"] != nil }) { union.add("extensions", extensions) }
        return union
    }

    /// All that this gateway serves, whatever the servers behind it turn out to have.
    public static func whole(to client: Revision) -> JSONObject {
        var whole = JSONObject()
        for (capability, flags) in known {
            var all = JSONObject()
            for flag in flags { all.add(flag, true) }
            whole.add(capability, .object(all))
        }
        return whole
    }

    private static let known: [(UTF8String, [UTF8String])] = [
        ("tools", ["listChanged"]), ("prompts", ["listChanged"]), ("resources", ["subscribe", "listChanged"]),
        ("completions", []), ("logging", []),
    ]

    private static let coreTasks: JSON = ["list": [:], "cancel": [:], "requests": ["tools": ["call": [:]]]]
    private static let extensions: JSON = .object(JSONObject(members: [TaskExtension.name: [:]]))
}
