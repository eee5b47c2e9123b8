// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// One harness's words: how its events are read, and how it is answered. Pure.
public protocol HarnessAdapter: Sendable {
    /// Reads an event.
    ///
    /// - Throws: `HookInputError` for anything that is not exactly what the harness documents, unknown members apart.
    func event(_ document: JSONObject) throws(HookInputError) -> HookEvent

    /// An answer to an event, by the event's name and whether it was before or after the tool; `nil` where the event
    /// could not be read.
    func answer(_ verdict: HookVerdict, to event: HookEvent?) -> HookAnswer
}

extension Harness {
    /// The harness's words.
    public var adapter: any HarnessAdapter {
        switch self {
        case .claudeCode: ClaudeCodeAdapter()
        case .codex: CodexAdapter()
        case .cursor: CursorAdapter()
        case .gemini: GeminiAdapter()
        case .copilot: CopilotAdapter()
        case .openclaw: OpenClawAdapter()
        }
    }

    /// Reads what a harness has written to the hook's standard input. Strictly, but for what became of a call that has
    /// run: a result that cannot be read does not hide the call, and a call that cannot be read has run all the same.
    ///
    /// - Throws: `HookInputError`.
    public func event(parsing bytes: [UInt8]) throws(HookInputError) -> HookEvent {
        let bytes = EventResults.bounded(bytes)
        do throws(HookInputError) { return try strictEvent(bytes) } catch {
            guard let event = eventAfter(bytes) else { throw error }
            return event
        }
    }

    /// An event within `HookLimits.eventBytes`, where leaving out a call's result is enough for that; else its beginning,
    /// one byte longer than an event may be.
    public static func bounded(_ bytes: [UInt8]) -> [UInt8] { EventResults.bounded(bytes) }

    private func strictEvent(_ bytes: [UInt8]) throws(HookInputError) -> HookEvent {
        guard !bytes.isEmpty else { throw HookInputError("there was no event on standard input") }
        guard bytes.count <= HookLimits.eventBytes else {
            throw HookInputError("the event has more than \(HookLimits.eventBytes >> 20) MiB")
        }
        let document: JSON
        do throws(JSONError) { document = try JSON(parsing: bytes, limits: HookLimits.event) } catch {
            throw HookInputError("the event is no JSON that can be relied on (\(error))")
        }
        guard let object = document.object else {
            throw HookInputError("the event is \(document.kindName), not an object")
        }
        return try event(of: object)
    }

    func event(of object: JSONObject) throws(HookInputError) -> HookEvent {
        do throws(HookInputError) {
            let event = try adapter.event(object)
            guard JSON.object(event.call.parameters).serialized().count <= HookLimits.parameterBytes else {
                throw HookInputError("parameters have more than \(HookLimits.parameterBytes >> 20) MiB")
            }
            return event
        } catch {
            throw HookInputError("the event is not as \(title) documents it: \(error)")
        }
    }

    /// An answer in the harness's words.
    public func answer(_ verdict: HookVerdict, to event: HookEvent?) -> HookAnswer {
        switch verdict {
        case .failure(let reason): return .refusal(reason)
        case .deny(let reason) where event == nil: return .refusal(reason)
        default: return adapter.answer(verdict, to: event)
        }
    }
}

extension HookEvent {
    /// The call that it is about.
    public var call: HookCall {
        switch self {
        case .before(let call), .elsewhere(let call): call
        case .after(let result), .unreadable(let result): result.call
        }
    }
}

extension HookTool {
    /// A tool of a harness that calls MCP's tools `mcp__<server>__<tool>`; everything else is its own.
    static func named(_ name: UTF8String) throws(HookInputError) -> HookTool {
        let prefix: UTF8String = "mcp__"
        guard name.hasPrefix(prefix) else { return .own(name) }
        let rest = name.bytes.dropFirst(prefix.byteCount)
        var place = rest.startIndex
        while place + 1 < rest.endIndex {
            if rest[place] == UInt8(ascii: "_"), rest[place + 1] == UInt8(ascii: "_") {
                // Of `a___b` the server is `a`: the first two of the marks part it from the tool.
                guard place > rest.startIndex, place + 2 < rest.endIndex,
                    let server = UTF8String(validating: rest[..<place]),
                    let tool = UTF8String(validating: rest[(place + 2)...])
                else { break }
                return .served(server: server, tool: tool)
            }
            place += 1
        }
        throw HookInputError("its tool is named like an MCP server's, but has no server and tool")
    }
}
