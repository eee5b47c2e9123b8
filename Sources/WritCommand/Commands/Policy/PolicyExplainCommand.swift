// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Cedar
import Decisions
import HomeFolder
import StrictJSON
import WireTypes

/// `writ policy explain`.
struct PolicyExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say which policies decided, and what kept each other one from it.",
        discussion: """
            WHAT is a receipt's id: then the decision is made again from its archived inputs, with the policies of that \
            time. Or it is a file with a request, {"principal", "action", "resource", "context"} or {"request", \
            "entities"} as in a test, which is put to today's policies.
            For each policy that did not hold, the first clause that was false or failed is shown, with the values seen.
            Exit status: 0 explained, 65 there is no such receipt or its evidence is gone, 78 the policies cannot be used.
            """)
    @OptionGroup var home: HomeOption
    @Option(help: "A policy file or folder, for a request (repeat). [default: the installation's]")
    var policies: [String] = []
    @Option(help: "Entities, for a request that has none: a file in Cedar's JSON.") var entities: String?
    @Option(help: "At most so many policies of a question.") var limit = 20
    @Flag(help: "Show policies about other actions too.") var all = false
    @Flag(help: "Print JSON.") var json = false
    @Argument(help: "A receipt's id, or a file with a request.") var what: String

    func run() throws {
        guard (1...CedarLimits.explainedPoliciesMax).contains(limit) else {
            throw CommandFailure(.usage, "--limit is 1 to \(CedarLimits.explainedPoliciesMax)")
        }
        if UUIDv7(parsing: what) != nil { try explainReceipt() } else { try explainRequest() }
    }

    private func explainReceipt() throws {
        guard policies.isEmpty, entities == nil else {
            throw CommandFailure(.usage, "a receipt is explained with its own policies and entities")
        }
        let archive = try Archive.open(home.resolve())
        let found = try archive.receipt(what)
        let archived = try archive.decision(of: found.receipt)
        let replay = Replay(of: found.receipt, archived)
        let explained = replay.verdict.questions.map { question in
            ExplainedQuestion(
                title: question.title, request: question.request, entities: question.entities, book: archived.policies,
                limit: limit)
        }
        let packs = Judge.packAnswers(archived, replay.verdict)
        if json {
            return Output.json(
                [
                    "receipt": ReceiptText.summary(found.receipt, found.logged.index),
                    "replayed": .bool(replay.differences.isEmpty),
                    "allow": .bool(replay.verdict.isAllowed),
                    "reasons": .array(replay.verdict.reasons.map(\.json)),
                    "packs": .array(packs.map(\.json)),
                    "questions": .array(explained.map(\.json)),
                ], pretty: Output.isTerminal)
        }
        Output.line(ReceiptText.line(found.receipt, found.logged.index))
        for reason in replay.verdict.reasons { Output.line("again     \(Output.escaped(reason.message))") }
        if !replay.differences.isEmpty {
            Output.line("different \(replay.differences.map(\.description).joined(separator: ", "))")
        }
        for line in packs.flatMap(\.lines) { Output.line(line) }
        if explained.isEmpty { Output.line("No policy was asked: the call was refused before.") }
        for question in explained {
            Output.line()
            question.print(showsAll: all)
        }
    }

    private func explainRequest() throws {
        guard FileAccess.exists(what) else {
            throw CommandFailure(.data, "\(what) is neither a receipt's id nor a file that is there")
        }
        let document = try document()
        let question = ExplainedQuestion(
            title: PolicySources.fileName(what), request: document.request, entities: document.entities,
            book: try PolicySources.book(policies, home), limit: limit)
        if json { return Output.json(question.json, pretty: Output.isTerminal) }
        question.print(showsAll: all)
    }

    private func document() throws -> RequestDocument {
        let request = try RequestDocument.read(what)
        let others = try entities.map { try RequestDocument.read($0) }
        do {
            guard request.array == nil else {
                throw CommandFailure(.data, "expected one request; lists of tests are for `writ policy test`")
            }
            return try RequestDocument(request, entities: others, folder: RequestDocument.folder(of: what))
        } catch let error as CommandFailure {
            throw CommandFailure(error.status, "\(PolicySources.fileName(what)): \(error.description)")
        }
    }
}
