// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a server's result is.
public enum ResultKind: Sendable, Hashable {
    /// The end of the request.
    case complete
    /// The server asks for something first (2026-07-28): `InputRequired`.
    case inputRequired
    /// The work goes on as a task (2025-11-25 by a member `task`, the extension by `resultType`).
    case task

    /// What a result is in its server's revision.
    ///
    /// - Throws: `ResultDefect` where the revision has no such result: it is not passed on.
    public init(_ result: JSONObject, of method: UTF8String, from server: Revision) throws(ResultDefect) {
        guard !MemberNames.hasResultVariant(result) else { throw .caseVariant }
        let isTaskResult = MethodTable.rule(method, from: .client)?.isTask ?? false
        switch (result["resultType"], server.era) {
        case (.string("input_required")?, .modern):
            self = .inputRequired
            return
        case (.string("task")?, .modern):
            guard result["taskId"]?.string != nil else { throw .unknownType }
            self = .task
            return
        case (nil, _), (.string("complete")?, _): self = .complete
        default: throw .unknownType
        }
        if result["inputRequests"] != nil, !(isTaskResult && server.tasks == .extension2026) { throw .ambiguous }
        // What a finished task ended with is an end, and asks for nothing.
        if isTaskResult, server.tasks == .extension2026, let inner = result["result"]?.object {
            guard !MemberNames.hasResultVariant(inner) else { throw .caseVariant }
            guard inner["inputRequests"] == nil, [nil, "complete"].contains(inner["resultType"]) else {
                throw .ambiguous
            }
        }
        guard let task = result["task"] else { return }
        guard server.tasks == .core, task["taskId"]?.string != nil, result["content"] == nil else { throw .ambiguous }
        self = .task
    }
}

/// Why a server's result is not passed on.
public enum ResultDefect: Error, Sendable, Hashable {
    /// A member that equals a known one only ignoring case.
    case caseVariant
    /// A `resultType` that the revision does not have.
    case unknownType
    /// Complete, and asking for something.
    case ambiguous

    /// For the client.
    public var text: UTF8String { "The server's answer is out of form and was not passed on" }
}
