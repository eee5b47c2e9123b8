// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import StrictJSON
import WireTypes

import struct Crypto.SHA256

/// On whose behalf a hook asks, and from where: all of it from the hook's command line, nothing from the environment.
public struct HookCaller: Sendable {
    /// Who is said to call.
    public var credential: Credential
    /// What `~` stands for: by the user data base.
    public var home: UTF8String?
    /// Finds the project that a working directory is in.
    public var project: @Sendable (_ workingDirectory: UTF8String) -> UTF8String?
    /// Whether an allowed call is to run without the harness asking its user.
    public var approves: Bool

    /// A caller.
    public init(
        credential: Credential, home: UTF8String?, project: @escaping @Sendable (UTF8String) -> UTF8String?,
        approves: Bool = false
    ) {
        self.credential = credential
        self.home = home
        self.project = project
        self.approves = approves
    }
}

/// Where harnesses' events are decided. It takes bytes and gives bytes, so that it may sit in another process than the
/// one that the harness has started.
public struct HookDesk: Sendable {
    private let pipeline: DecisionPipeline
    private let history: CallHistory
    private let servers: HookServers
    private let clock: any Clock

    /// A desk before a pipeline.
    public init(_ pipeline: DecisionPipeline, history: CallHistory, servers: HookServers, clock: any Clock) {
        self.pipeline = pipeline
        self.history = history
        self.servers = servers
        self.clock = clock
    }

    /// Answers an event as the harness wrote it. Whatever fails on the way is a refusal in the harness's form.
    public func answer(_ harness: Harness, _ input: [UInt8], _ caller: HookCaller) async -> HookAnswer {
        let event: HookEvent
        do throws(HookInputError) { event = try harness.event(parsing: input) } catch {
            return harness.answer(.failure(Self.said(error)), to: nil)
        }
        return harness.answer(await verdict(on: event, caller), to: event)
    }

    /// What is said of an event that cannot be read.
    static func said(_ error: HookInputError) -> UTF8String {
        UTF8String("Writ refuses this call, because it cannot tell what it is: \(error)")
    }

    /// Decides an event.
    public func verdict(on event: HookEvent, _ caller: HookCaller) async -> HookVerdict {
        do throws(LedgerError) {
            switch event {
            case .elsewhere: return .noOpinion
            case .before(let call): return try await before(call, toolCall(call, caller))
            case .after(let result): return try await after(result, toolCall(result.call, caller))
            case .unreadable(let result):
                // What has been refused as unreadable is told of as such.
                if case .denied = result.ending { return .noOpinion }
                return await alarm(
                    toolCall(result.call, caller),
                    "a call has run that cannot be read, so that nobody can tell whether it is the one that was decided"
                )
            }
        } catch {
            return .failure(UTF8String("Writ refuses this call, because its log cannot be used: \(error.message)"))
        }
    }

    // MARK: before a tool

    private func before(
        _ call: HookCall, _ toolCall: ToolCall
    ) async throws(LedgerError) -> HookVerdict {
        if let told = try toldBefore(call, toolCall) { return told.isAllowed ? allowed(told, toolCall) : denied(told) }
        let answer = await pipeline.decide(toolCall).answer
        guard let receiptID = answer.receiptID else {
            // The agent is told no more of it; who runs Writ may see why.
            return .failure(
                UTF8String("Writ refuses this call: \(answer.reason). `writ policy check` and `writ fsck` say more"))
        }
        let said = UTF8String("Writ: \(answer.reason) (receipt \(receiptID))")
        guard answer.isAllowed else { return .deny(said) }
        return toolCall.isAutoApproved ? .approve(said) : .noOpinion
    }

    /// Nobody's prompt is silenced by what no receipt says.
    private func allowed(_ logged: LoggedCall, _ call: ToolCall) -> HookVerdict {
        guard call.isAutoApproved, logged.isAutoApproved else { return .noOpinion }
        return .approve(UTF8String("Writ: \(logged.reason) (receipt \(logged.receiptID))"))
    }

    private func denied(_ logged: LoggedCall) -> HookVerdict {
        .deny(UTF8String("Writ: \(logged.reason) (receipt \(logged.receiptID))"))
    }

    /// The decision that this event only tells of again. The same id with other parameters is another call, and what
    /// became of the first is logged as unknown, with a finding.
    private func toldBefore(_ call: HookCall, _ toolCall: ToolCall) throws(LedgerError) -> LoggedCall? {
        guard let session = toolCall.session else { return nil }
        let recent = clock.now().adding(milliseconds: -HookLimits.sameCallMilliseconds)
        if let id = toolCall.nonce {
            guard
                let logged = try history.newest(of: session, nonce: id),
                let content = try history.content(of: logged)
            else { return nil }
            if content.isOf(toolCall), SameParameters.areEqual(content.arguments, toolCall.message) {
                guard logged.checkedAt >= recent, content.isDecidedFor(toolCall) else { return nil }
                return try history.isStillSo(logged) ? logged : nil
            }
            let hasOutcome = try history.hasOutcome(logged)
            if logged.isAllowed, !hasOutcome {
                var report = OutcomeReport.noAnswer
                report.findings = [.parametersChanged]
                try pipeline.record(
                    report, of: content.ticket,
                    milliseconds: clock.now().milliseconds - logged.checkedAt.milliseconds)
            }
            return nil
        }
        guard call.isEcho else { return nil }
        let told = try history.newest(of: session, limit: HookLimits.callsRemembered, since: recent) {
            (logged) throws(LedgerError) in
            guard logged.hasNonce, let content = try history.content(of: logged) else { return false }
            return content.isOf(toolCall) && content.isDecidedFor(toolCall)
                && SameParameters.contains(content.arguments, call.parameters)
        }
        guard let told, try history.isStillSo(told) else { return nil }
        return told
    }

    // MARK: after a tool

    private func after(_ result: HookResult, _ toolCall: ToolCall) async throws(LedgerError) -> HookVerdict {
        guard let session = toolCall.session else { return .noOpinion }
        let call = result.call
        let id = toolCall.nonce
        let (logged, found) =
            if let id { try decided(id, session) } else { try decided(like: call, toolCall, session) }
        switch result.ending {
        case .result: break
        case .denied where logged?.isAllowed != true: return .noOpinion
        // A failure is also what a harness tells of a call that was refused and has not run. What was decided with other
        // parameters is another call: that one has run, however it ended.
        case .error, .interrupted, .denied: if try isKnown(logged, found, call, toolCall, session) { return .noOpinion }
        }
        guard let logged else {
            return await alarm(toolCall, "this call has run, but was never decided with these parameters")
        }
        guard logged.isAllowed else { return await alarm(toolCall, "this call has run, but had been refused") }
        guard let found else { return .noOpinion }
        let milliseconds = result.milliseconds ?? clock.now().milliseconds - logged.checkedAt.milliseconds
        guard id == nil || found.isOf(toolCall) && SameParameters.fits(found.arguments, ran: call) else {
            var report = OutcomeReport.noAnswer
            report.findings = [.parametersChanged]
            try pipeline.record(report, of: found.ticket, milliseconds: milliseconds)
            return await alarm(toolCall, "this call has run with other parameters than were decided")
        }
        try pipeline.record(result.ending.report, of: found.ticket, milliseconds: milliseconds)
        return .noOpinion
    }

    private func decided(
        _ id: UTF8String, _ session: UTF8String
    ) throws(LedgerError) -> (LoggedCall?, LoggedContent?) {
        guard let logged = try history.newest(of: session, nonce: id) else { return (nil, nil) }
        return (logged, try history.content(of: logged))
    }

    /// The decision that an event without an id is about.
    private func decided(
        like call: HookCall, _ toolCall: ToolCall, _ session: UTF8String
    ) throws(LedgerError) -> (LoggedCall?, LoggedContent?) {
        var found: LoggedContent?
        let logged = try history.newest(of: session, limit: HookLimits.callsRemembered) {
            (logged) throws(LedgerError) in
            guard logged.isAllowed, let content = try history.content(of: logged), content.isOf(toolCall) else {
                return false
            }
            let isSame =
                call.isEcho
                ? SameParameters.contains(content.arguments, call.parameters)
                : SameParameters.fits(content.arguments, ran: call)
            guard isSame else { return false }
            // Of two equal calls each event after a tool is about one; what is told again is about any of them.
            if !call.isEcho, try history.hasOutcome(logged) { return false }
            found = content
            return true
        }
        return (logged, found)
    }

    /// Whether a failure is of a call that is no news: one that was refused, or whose failure has been told before, since
    /// harnesses without ids may have two events for one failure.
    private func isKnown(
        _ logged: LoggedCall?, _ found: LoggedContent?, _ call: HookCall, _ toolCall: ToolCall, _ session: UTF8String
    ) throws(LedgerError) -> Bool {
        if let logged {
            guard !logged.isAllowed else { return false }
            // Of what has been erased nobody knows more than its id.
            return found.map { $0.isOf(toolCall) && SameParameters.fits($0.arguments, ran: call) } ?? true
        }
        guard toolCall.nonce == nil else { return false }
        return try history.newest(of: session, limit: HookLimits.callsRemembered) {
            (logged) throws(LedgerError) in
            // Not the alarm's own entry: a call that has set it off once does so again.
            guard !logged.isAlarm, let content = try history.content(of: logged), content.isOf(toolCall) else {
                return false
            }
            return SameParameters.fits(content.arguments, ran: call)
        } != nil
    }

    /// Logs what has run as refused, which freezes its session.
    private func alarm(_ call: ToolCall, _ what: UTF8String) async -> HookVerdict {
        let answer = await pipeline.refuse(call, Reason(.parametersChanged, UTF8String("parameters changed: \(what)")))
        guard let receiptID = answer.receiptID else {
            return .failure(UTF8String("Writ: \(what), and that could not be logged: \(answer.reason)"))
        }
        return .alarm(
            UTF8String("Writ: \(what); nothing more is allowed in this session (receipt \(receiptID))"))
    }

    // MARK: calls

    private func toolCall(_ call: HookCall, _ caller: HookCaller) -> ToolCall {
        let known = place(of: call.tool, call.harness)
        var made = ToolCall(
            surface: .hook, enforcement: .advisory, server: known.server, tool: known.tool, isListed: known.isListed,
            builtInMap: known.map, message: .object(call.parameters), argumentsPlace: JSONPointer(),
            parametersPlace: JSONPointer(), credential: caller.credential,
            place: WorkingPlace(
                workingDirectory: call.workingDirectory, home: caller.home,
                project: caller.project(call.workingDirectory), isLocal: known.isLocal),
            session: EchoedName.of(call.session, in: call.harness),
            nonce: call.callID.map { EchoedName.of($0, in: nil) })
        made.isAutoApproved = caller.approves && call.harness.takesApproval
        return made
    }

    private struct KnownTool {
        var server: UTF8String
        var tool: UTF8String
        var isListed = false
        var map: UTF8String?
        var isLocal = true
    }

    /// Where nobody knows the server, its tool is named so that it can be no other's.
    private func place(of tool: HookTool, _ harness: Harness) -> KnownTool {
        let found: HookServer?
        let name: UTF8String
        switch tool {
        case .own(let own): return KnownTool(server: harness.alias, tool: own, map: harness.alias)
        case .served(let server, let tool):
            found = servers.named(server)
            name = found == nil ? UTF8String("mcp__\(server)__\(tool)") : tool
        case .reached(let place, let tool):
            found = servers.reached(place)
            name = found == nil ? UTF8String("mcp__\(tool)") : tool
        }
        guard let found else { return KnownTool(server: harness.alias, tool: name) }
        return KnownTool(
            server: found.alias, tool: name, isListed: true, map: found.builtInMap, isLocal: found.isLocal)
    }
}

extension LoggedContent {
    fileprivate func isOf(_ call: ToolCall) -> Bool { server == call.server && tool == call.tool }
}

extension OutcomeReport.Finding {
    /// The call did not run as it was decided.
    fileprivate static let parametersChanged = OutcomeReport.Finding(
        code: UTF8String(ReasonCode.parametersChanged.rawValue), count: 1)
}

extension HookResult.Ending {
    fileprivate var report: OutcomeReport {
        switch self {
        case .result(let json): .result(json)
        case .error(let json): .toolError(json)
        case .interrupted, .denied: .cancelled
        }
    }
}

/// A harness's names for sessions and calls, as receipts can hold them.
enum EchoedName {
    /// The name itself, after the harness's where one is given; of a name that is too long or has other characters than
    /// receipts do, its digest.
    static func of(_ name: UTF8String, in harness: Harness?) -> UTF8String {
        let prefix = harness.map { "\($0.rawValue)/" } ?? ""
        let isPlain =
            prefix.utf8.count + name.byteCount <= 128
            && name.bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: "_.-:+".utf8.contains(byte)
                }
            }
        guard !isPlain else { return UTF8String(prefix + name.string) }
        // `=` is in no plain name, so a digest is never mistaken for one.
        return UTF8String("\(prefix)sha256=\(Hex.encode(Array(SHA256.hash(data: name.bytes))))")
    }
}
