// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import HomeFolder
import SQLiteLedger
import StrictJSON

/// What would be said of a call, without saying it.
struct CallPreview {
    private let call: ToolCall
    private let verdict: Verdict
    private let book: PolicyBook

    init(_ options: CallOptions, _ home: Home) throws {
        let configuration = try Configuration.read(home)
        let clock = SystemClock()
        let rulebook: Rulebook
        do throws(RulebookError) {
            rulebook = try HomeRulebook(home, maker: Installation.maker, clock: clock, note: Output.note).current()
        } catch {
            throw CommandFailure(.configuration, "\(error)")
        }
        let state = try Archive.open(home).ledger.state()
        let now = clock.now()
        call = try options.toolCall(home, configuration)
        book = rulebook.policies
        verdict = Judge.judge(
            DecisionInputs(
                call: call, now: now, local: LocalTime(now, offsetSeconds: rulebook.zone.offsetSeconds(at: now)),
                killSwitches: state.killSwitches, standings: state.standings, rulebook: rulebook,
                resolve: SystemPaths().resolve))
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
            ).outcomes.filter { !book.shadow.contains($0.policyID) && $0.result != .notSatisfied }
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
            "allow": .bool(verdict.isAllowed),
            "reasons": .array(
                verdict.reasons.map { ["code": .text($0.code.rawValue), "message": .string($0.message)] }),
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
        lines.append("now       \(verdict.isAllowed ? "would be allowed" : "would be denied")")
        lines += verdict.reasons.map { "          \(Output.escaped($0.message))" }
        return lines
    }
}
