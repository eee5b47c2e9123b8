// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Where the ids of tasks stand, in 2025-11-25's form and in the extension's, so that they can be replaced: by sealed ones
/// towards a client, by the server's own towards the server.
public enum TaskIDs {
    /// Parameters with other ids: of requests about a task, of its notifications, of streams of news, and in `_meta`.
    ///
    /// - Throws: whatever `change` does, for an id that it does not know.
    public static func mapping<Failure: Error>(
        params: JSONObject, of method: UTF8String, _ change: (UTF8String) throws(Failure) -> UTF8String
    ) throws(Failure) -> JSONObject {
        var params = try related(params, change)
        switch method {
        case "tasks/get", "tasks/result", "tasks/update", "tasks/cancel", "notifications/tasks/status":
            params = try id(params, change)
        case "notifications/tasks":
            params = try id(params, change)
            try inner(&params, change)
        case "subscriptions/listen", "notifications/subscriptions/acknowledged":
            guard var filter = params["notifications"]?.object, let ids = filter["taskIds"]?.array else {
                return params
            }
            filter["taskIds"] = .array(try each(ids) { value throws(Failure) in try text(value, change) })
            params["notifications"] = .object(filter)
        default: break
        }
        return params
    }

    /// A result with other ids: a new task, a task's state, a list of tasks, and in `_meta`.
    ///
    /// - Throws: whatever `change` does.
    public static func mapping<Failure: Error>(
        result: JSONObject, of method: UTF8String, _ change: (UTF8String) throws(Failure) -> UTF8String
    ) throws(Failure) -> JSONObject {
        var result = try related(result, change)
        switch method {
        case "tasks/get", "tasks/cancel", "tasks/update":
            result = try id(result, change)
            try inner(&result, change)
        case "tasks/list":
            guard let tasks = result["tasks"]?.array else { return result }
            result["tasks"] = .array(
                try each(tasks) { task throws(Failure) in
                    guard let object = task.object else { return task }
                    return .object(try id(object, change))
                })
        default:
            if result["resultType"] == "task" { result = try id(result, change) }
            // 2025-11-25's new task. `tasks/result` is the call's own result, which has none.
            if let task = result["task"]?.object { result["task"] = .object(try id(task, change)) }
        }
        return result
    }

    /// The task that a message of 2025-11-25 belongs to.
    public static func related(in body: JSONObject?) -> UTF8String? {
        body?["_meta"]?.object?[Meta.relatedTaskKey]?["taskId"]?.string
    }

    /// The id of the task that a result makes or tells of, in either form.
    public static func created(in result: JSONObject) -> UTF8String? {
        result["task"]?["taskId"]?.string ?? result["taskId"]?.string
    }

    private static func related<Failure: Error>(
        _ body: JSONObject, _ change: (UTF8String) throws(Failure) -> UTF8String
    ) throws(Failure) -> JSONObject {
        guard var meta = body["_meta"]?.object, let task = meta[Meta.relatedTaskKey]?.object else { return body }
        meta[Meta.relatedTaskKey] = .object(try id(task, change))
        var body = body
        body["_meta"] = .object(meta)
        return body
    }

    /// The result that a finished task of the extension carries.
    private static func inner<Failure: Error>(
        _ body: inout JSONObject, _ change: (UTF8String) throws(Failure) -> UTF8String
    ) throws(Failure) {
        guard let result = body["result"]?.object else { return }
        body["result"] = .object(try related(result, change))
    }

    private static func id<Failure: Error>(
        _ object: JSONObject, _ change: (UTF8String) throws(Failure) -> UTF8String
    ) throws(Failure) -> JSONObject {
        guard let value = object["taskId"] else { return object }
        var object = object
        object["taskId"] = try text(value, change)
        return object
    }

    private static func text<Failure: Error>(
        _ value: JSON, _ change: (UTF8String) throws(Failure) -> UTF8String
    ) throws(Failure) -> JSON {
        guard let id = value.string else { return value }
        return .string(try change(id))
    }

    private static func each<Failure: Error>(
        _ values: [JSON], _ change: (JSON) throws(Failure) -> JSON
    ) throws(Failure) -> [JSON] {
        var changed: [JSON] = []
        for value in values { changed.append(try change(value)) }
        return changed
    }
}
