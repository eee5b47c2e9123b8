// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import HomeFolder
import SQLiteLedger
import StrictJSON
import ToolTypes

/// What would be said of a call, without saying it.
struct CallPreview {
    private let call: ToolCall
    private let verdict: Verdict
    private let book: PolicyBook
    /// Why the gateway would refuse the tool, whatever its call touches.
    private let pinReasons: [Reason]
    /// What the call's policy packs say, each by itself.
    private let packs: [PackAnswer]
    /// What refuses in the end what the judge allows: a broken seal, or a limit of which too little is left.
    private let late: Reason?

    init(_ options: CallOptions, _ home: Home) throws {
        let configuration = try Configuration.read(home)
        let clock = SystemClock()
        let rulebook: Rulebook
        do throws(RulebookError) {
            rulebook = try HomeRulebook(home, maker: Installation.maker, clock: clock, note: Output.note).current()
        } catch {
            throw CommandFailure(.configuration, "\(error)")
        }
        let ledger = try Archive.open(home).ledger
        let state = try ledger.state()
        let now = clock.now()
        var call = try options.toolCall(home, configuration)
        let tool = options.pinned(call, configuration, state.pins)
        var pin: Pin?
        var type = ArgumentType.undeclared
        if let tool {
            (call.server, call.tool) = (tool.server, tool.tool)
            pin = state.pins[tool]
            call.definition = pin?.seen ?? rulebook.manifest[tool]
            call.isListed = call.definition != nil
            if let seen = pin?.seen, let bytes = try ledger.content(seen) { type = try Self.type(tool, bytes) }
        }
        let grants = try GrantsInForce.of(call.credential, state, rulebook, at: now) {
            (digest) throws(LedgerError) in try ledger.content(digest)
        }
        book = grants?.book ?? rulebook.policies
        var inputs = DecisionInputs(
            call: call, now: now, local: LocalTime(now, offsetSeconds: rulebook.zone.offsetSeconds(at: now)),
            killSwitches: state.killSwitches, standings: state.standings, pinnedType: type, labels: state.labels,
            grants: grants, rulebook: rulebook, resolve: SystemPaths().resolve)
        // What a call touches is to be seen before its tool is approved, so that is asked apart.
        let verdict = Judge.judge(inputs)
        self.verdict = verdict
        packs = Judge.packAnswers(inputs, verdict)
        let taken = verdict.isAllowed ? verdict.reservations : []
        late =
            try rulebook.fault.map { Reason(.sealBroken, $0) }
            ?? ledger.exceeded(by: taken).flatMap { verdict.refusal(exceeding: $0) }
        self.call = call
        guard tool != nil else {
            pinReasons = []
            return
        }
        inputs.call.isHeldToPin = true
        inputs.pin = pin
        pinReasons = Judge.judge(inputs).reasons.filter { $0.code == .toolUnknown || $0.code == .toolChanged }
    }

    private static func type(_ tool: ToolReference, _ bytes: [UInt8]) throws -> ArgumentType {
        let list = try ToolList(.array([JSON(parsing: bytes, limits: ToolTypesLimits.document)]))
        return ArgumentTypes([ToolServer(alias: tool.server, tools: list.tools)])[server: tool.server, tool: tool.tool]
            ?? .undeclared
    }

    private var isAllowed: Bool { pinReasons.isEmpty && verdict.isAllowed && late == nil }

    private var reasons: [Reason] {
        guard !pinReasons.isEmpty else {
            return verdict.isAllowed ? late.map { [$0] } ?? verdict.reasons : verdict.reasons
        }
        let others = verdict.isAllowed ? [] : verdict.reasons
        return pinReasons + others.filter { !pinReasons.map(\.code).contains($0.code) }
    }

    private struct Question {
        let title: UTF8String
        let request: Request
        /// The policies that make it so: forbids, else permits.
        let by: [UTF8String]
        let isPermitted: Bool
    }

    private var questions: [Question] {
        verdict.questions.map { question in
            let outcomes = Authorizer.authorize(
                question.request, policies: book.policies, entities: question.entities
            ).notable.filter { !book.shadow.contains($0.policyID) }
            // A forbid that cannot be evaluated holds.
            let forbids = outcomes.filter { $0.effect == .forbid }
            let permits = outcomes.filter { $0.effect == .permit && $0.result == .satisfied }
            return Question(
                title: question.title, request: question.request,
                by: (forbids.isEmpty ? permits : forbids).map(\.policyID),
                isPermitted: forbids.isEmpty && !permits.isEmpty)
        }
    }

    /// For programs.
    var json: JSON {
        [
            "tool": .text("\(call.server)/\(call.tool)"), "known": .bool(verdict.isKnownTool),
            "effects": .array(verdict.effects.map { .text($0.description) }),
            "questions": .array(
                questions.map { question in
                    [
                        "title": .string(question.title),
                        "principal": .text(question.request.principal.description),
                        "action": .text(question.request.action.description),
                        "resource": .text(question.request.resource.description),
                        "permitted": .bool(question.isPermitted), "by": .array(question.by.map(JSON.string)),
                    ]
                }),
            "packs": .array(packs.map(\.json)),
            "allow": .bool(isAllowed), "reasons": .array(reasons.map(\.json)),
        ]
    }

    /// For people.
    var lines: [String] {
        var lines = ["tool      \(Output.escaped(call.server))/\(Output.escaped(call.tool))"]
        lines += verdict.effects.map { "effect    \(Output.escaped(UTF8String($0.description)))" }
        if verdict.isKnownTool, verdict.effects.isEmpty, !questions.isEmpty {
            lines.append("effect    none: the tool's map says that it touches nothing")
        }
        for question in questions {
            let by = question.by.map { Output.escaped($0) }.joined(separator: ", ")
            let verb = question.isPermitted ? "permitted" : question.by.isEmpty ? "NOT permitted" : "FORBIDDEN"
            lines.append(
                "\(question.isPermitted ? "yes" : "no ")       \(Output.escaped(question.title)): \(verb)"
                    + (by.isEmpty ? " by any policy" : " by \(by)"))
        }
        lines += packs.flatMap(\.lines)
        lines.append("now       \(isAllowed ? "would be allowed" : "would be denied")")
        lines += reasons.map { "          \(Output.escaped($0.message))" }
        return lines
    }
}

extension PackAnswer {
    /// For programs: as a question to policies is.
    var json: JSON {
        [
            "pack": .string(pack), "agent": .string(agent), "permitted": .bool(reasons.isEmpty),
            "needs_approval": .bool(needsApproval), "takes": .array(takes.map(JSON.string)),
            "reasons": .array(reasons.map(\.json)),
        ]
    }

    /// For people.
    var lines: [String] {
        let said = reasons.map { "\($0.code.rawValue): \($0.message)" } + (needsApproval ? ["needs an approval"] : [])
        let verb = reasons.isEmpty ? "permitted" : "FORBIDDEN"
        let first =
            "\(reasons.isEmpty ? "yes" : "no ")       pack \(Output.escaped(pack)): \(verb) by the passport of "
            + Output.escaped(agent)
        return [first] + said.map { "          \(Output.escaped(UTF8String($0)))" }
    }
}

extension Reason {
    /// As answers have it.
    var json: JSON { ["code": .text(code.rawValue), "message": .string(message)] }
}
