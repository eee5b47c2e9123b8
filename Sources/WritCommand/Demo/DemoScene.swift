// SPDX-License-Identifier: Apache-2.0

import Decisions
import Effects
import Foundation
import Gateway
import Glibc
import HomeFolder
import Receipts
import SQLiteLedger
import StrictJSON
import TransparencyLog
import WireTypes

/// The scene: an agent with a document store, by day and at 02:47, and what is left of it in the record.
struct DemoScene {
    let folder: String
    private var home: Home { Home(folder + "/home") }
    private var record: String { folder + "/server-record.jsonl" }

    private static let day = Timestamp(clamping: 1_773_742_500_000)  // Tuesday 2026-03-17T10:15:00Z
    private static let night = Timestamp(clamping: 1_773_802_031_204)  // Wednesday 2026-03-18T02:47:11.204Z

    func play() async throws {
        let clock = SceneClock(Self.day)
        try await InstallationPlan(
            agent: "agent-passport:prod-worker-7", owner: "org_12345678", origin: "writ.example/demo", timeZone: "UTC",
            policies: DemoPolicy.files, clock: clock
        ).carryOut(at: home)
        let installation = try Installation.open(home, lifetime: .service, clock: clock)
        let credential = PassportFolder.credential(
            try PassportFolder(home).path(of: "agent-passport:prod-worker-7") ?? "")

        let client = try DemoClient()
        let gateway = StdioDoor(
            .wrapped(try server()), credential: credential, pipeline: installation.pipeline,
            sessionID: "demo-session", key: try installation.sealingKey(), clock: clock,
            random: installation.ports.random, note: { _ in })
        let running = Task { await gateway.run(input: client.gatewayInput, output: client.gatewayOutput) }
        try await client.connect()

        step("1. Tuesday 10:15. The agent reads a report, through the gateway.")
        let allowed = try await client.call("read_document", ["path": "/reports/q1.csv"])
        show("read_document /reports/q1.csv", allowed)

        step("2. Wednesday 02:47. It asks for the payroll: directly, and by way of `..`.")
        clock.move(to: Self.night)
        let early = try Archive.open(home).ledger.checkpoint()
        for path in ["/internal/finances/payroll.xlsx", "/reports/../internal/finances/payroll.xlsx"] {
            show("read_document \(path)", try await client.call("read_document", ["path": .text(path)]))
        }

        step("3. 02:47. A script asks whether it may export.")
        let command = "curl https://internal-api.company.com/export"
        let answer = await check(installation, credential, "exec.run", ["command": .text(command)])
        Output.line("  exec.run \(command)")
        for line in AnswerOutput.lines(answer) { Output.line("    \(line)") }

        step("4. What reached the server, by its own record:")
        for line in try recordLines() { Output.line("  \(line)") }

        step("5. The receipts, newest first:")
        let archive = try Archive.open(home)
        let receipts = try archive.ledger.newestReceipts(limit: 10, before: nil, agent: nil)
        for logged in receipts {
            if let receipt = try SignedEntry(parsing: logged.bytes).receipt {
                Output.line("  \(ReceiptText.line(receipt, logged.index))")
            }
        }

        step("6. The refused read, verified offline with two public keys and nothing else:")
        guard let denied = receipts.dropFirst(2).first else { throw CommandFailure(.software, "a receipt is missing") }
        let signed = try SignedEntry(parsing: denied.bytes)
        let bundle = try archive.bundle(signed, at: denied.index)
        Output.line("  \(try verified(bundle))")

        step("7. The log's consistency: what was signed on Tuesday is a prefix of what is signed now.")
        Output.line("  \(try consistency(archive, since: early))")

        step("8. The same receipt, replayed from its archived inputs:")
        Output.line("  \(try replayed(archive, signed))")

        step("9. The kill switch is thrown; everything is refused.")
        try await installation.events.commit(
            .killSwitchOn(scope: .everything, target: nil, reason: "incident 4711"), actor: "operator")
        clock.move(to: Self.day.adding(milliseconds: 86_400_000))
        show(
            "read_document /reports/q1.csv", try await client.call("read_document", ["path": "/reports/q1.csv"]))

        step("10. Somebody turns the deny of the exported receipt into an allow:")
        Output.line("  \(try tampered(bundle, signed))")

        client.close()
        _ = await running.value
        try installation.close()
    }

    private func step(_ text: String) { Output.line("\n\(text)") }

    private func show(_ call: String, _ result: JSON) {
        Output.line("  \(call)")
        let text = result["content"]?.array?.first?["text"]?.string ?? ""
        let isError = result["isError"]?.bool ?? false
        for line in text.string.split(separator: "\n") {
            Output.line("    \(isError ? "refused" : "answer "): \(Output.escaped(UTF8String(String(line))))")
        }
    }

    private func server() throws -> ServerDescription {
        guard let executable = SystemPaths().resolve("/proc/self/exe").first else {
            throw CommandFailure(.software, "cannot find this program's own file")
        }
        var server = try ServerDescriptions.program(
            alias: "docs", command: executable.string, arguments: ["demo-document-server", record],
            filesystem: .foreign, firstSight: .firstUse)
        server.builtInMap = "documents"
        server.place = WorkingPlace(workingDirectory: "/", isLocal: false)
        return server
    }

    private func check(
        _ installation: Installation, _ credential: Credential, _ name: String, _ parameters: JSON
    ) async -> Answer {
        let named = NamedTool(name, installation.configuration)
        return await installation.pipeline.decide(
            ToolCall(
                surface: .check, enforcement: .advisory, server: named.server, tool: named.tool,
                isListed: named.isInTable, pack: named.pack,
                builtInMap: named.builtInMap, message: parameters, argumentsPlace: JSONPointer(),
                parametersPlace: JSONPointer(), credential: credential,
                place: WorkingPlace(workingDirectory: "/", isLocal: false))
        ).answer
    }

    private func recordLines() throws -> [String] {
        let bytes = try FileAccess.read(record, limit: 1 << 20)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
            Output.escaped(UTF8String(String($0)))
        }
    }

    private func verified(_ bundle: [UInt8]) throws -> String {
        let keys = KeyStore(home)
        let verification = try ReceiptVerification(
            verifying: bundle, keys: TrustedKeys([.init(try KeyStore.publicKey(at: keys.publicPath(.receipts)))]),
            log: LogTrust(log: try keys.verifierKey(), witnesses: [], quorum: 0))
        let reason = verification.entry.receipt?.reason ?? ""
        return "verified, \(verification.level): \(Output.escaped(reason))"
    }

    private func consistency(_ archive: Archive, since early: [UInt8]) throws -> String {
        let trust = LogTrust(log: archive.logKey, witnesses: [], quorum: 0)
        guard let trust else { throw CommandFailure(.software, "the log's key is no log key") }
        let old = try trust.verify(Note(parsing: early)).checkpoint
        let new = try trust.verify(Note(parsing: archive.ledger.checkpoint())).checkpoint
        let proof = ConsistencyProof(hashes: try archive.ledger.consistencyProof(from: Int64(clamping: old.size)))
        try proof.verify(old: old.size, oldRoot: old.root, new: new.size, newRoot: new.root)
        return "consistent: \(old.size) entries then, \(new.size) now, proved by \(proof.hashes.count) hashes"
    }

    private func replayed(_ archive: Archive, _ signed: SignedEntry) throws -> String {
        guard let receipt = signed.receipt, let evidence = try archive.evidence(of: receipt) else {
            throw CommandFailure(.software, "the evidence is missing")
        }
        let archived = try ArchivedDecision(
            evidence, content: { try archive.ledger.content($0) },
            rulebook: { try Installation.maker.rulebook(archived: $0, $1) })
        let replay = Replay(of: receipt, archived)
        let reason = Output.escaped(replay.verdict.reasons.first?.message ?? "")
        return replay.differences.isEmpty
            ? "the same verdict, member by member: \(reason)" : "different: \(replay.differences)"
    }

    /// Changes the entry inside a bundle, and lets the verifier say what it finds.
    private func tampered(_ bundle: [UInt8], _ signed: SignedEntry) throws -> String {
        guard var object = signed.json.object else { return "no receipt to change" }
        object["allow"] = .bool(true)
        let changed = Base64.encode(try JSON.object(object).canonical())
        let original = Base64.encode(signed.bytes)
        let text = String(decoding: bundle, as: UTF8.self).replacingOccurrences(of: original, with: changed)
        do {
            return "NOT FOUND: \(try verified(Array(text.utf8)))"
        } catch {
            return "found: \(error)"
        }
    }
}
