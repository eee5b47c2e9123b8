// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// `writ receipts` and `writ verify`, as transcripts.
struct ReceiptTests {
    private static let ls = #"{"command":"ls"}"#

    @Test func `receipts are listed, shown, verified, replayed and exported`() throws {
        let shell = try Shell.initialized()
        #expect(try shell.writ("receipts", "list").output == "No receipts yet.\n")
        #expect(try shell.writ("receipts", "list", "--json").output.isEmpty)
        let allow = try shell.writ("check", "exec.run", Self.ls).receiptID()
        let deny = try shell.writ("check", "exec.run", #"{"command":"rm x"}"#).receiptID()
        let unknown = try shell.writ("check", "planted-secret", "{}").receiptID()

        let list = try shell.writ("receipts", "list")
        #expect(list.lines.map { $0.prefix(36) } == [unknown, deny, allow].map { $0[...] })
        #expect(!list.output.contains("planted-secret"))
        #expect(try shell.writ("receipts", "list", "--limit", "1").lines.count == 1)
        let json = try shell.writ("receipts", "list", "--json", "--agent", "agent-passport:local")
        #expect(json.lines.count == 3)
        #expect(try JSON(parsing: UTF8String(#require(json.lines.first)))["receipt_id"] == .text(unknown))
        #expect(try shell.writ("receipts", "list", "--agent", "nobody").output == "No receipts yet.\n")

        let show = try shell.writ("receipts", "show", deny)
        #expect(show.lines[1] == "decision  DENY: not permitted: no policy permits delete on File")
        #expect(show.output.contains(#"arguments {"command":"rm x"}"#))
        #expect(
            show.output.contains(
                #"missing   permit (principal == Agent::"agent-passport:local", action == Action::"execute""#))
        let record = try shell.writ("receipts", "show", deny, "--json").json()
        #expect(record.object?.keys == ["index", "receipt", "outcome", "evidence"])
        #expect(record["evidence"]?["call"]?["message"]?["command"] == "rm x")

        for id in [allow, deny, unknown] {
            let verify = try shell.writ("receipts", "verify", id)
            #expect(verify.status == 0 && verify.firstLine.hasPrefix("verified: "), "\(verify)")
            let replay = try shell.writ("receipts", "replay", id)
            #expect(replay.status == 0)
            #expect(replay.lines.last == "the same verdict, member by member, from the archived inputs")
        }
        // The archive has its own policies: others today change nothing.
        try shell.write(shell.policy, "permit (principal, action, resource);")
        #expect(try shell.writ("check", "exec.run", #"{"command":"rm x"}"#).status == 0)
        #expect(try shell.writ("receipts", "replay", deny).status == 0)
    }

    @Test(arguments: ["show", "verify", "replay", "export"])
    func `a receipt that is not there, or is no id, is said`(_ verb: String) throws {
        let shell = try Shared.shell
        let none = try shell.writ("receipts", verb, "0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10")
        #expect(none.status == 65 && none.output.isEmpty)
        #expect(try shell.writ("receipts", verb, "no-id").status == 64)
        #expect(try shell.writ("receipts", verb).status == 64)
    }

    @Test func `without keys given, verification says that it takes the installation's own`() throws {
        let shell = try Shell.initialized()
        let file = shell.folder + "/receipt.tlog-proof"
        let id = try shell.writ("check", "exec.run", Self.ls).receiptID()
        #expect(try shell.writ("receipts", "export", id, "-o", file).status == 0)
        let run = try shell.writ("verify", file)
        #expect(run.status == 0 && run.firstLine.hasPrefix("verified: "))
        #expect(
            run.firstError.hasPrefix("writ: with this installation's own keys, \(shell.home)/keys/receipts.pub.jwk"))
        // One entry alone proves its signature.
        let entry = try shell.writ("receipts", "show", id, "--json").json()["receipt"]
        try shell.write(file + ".json", String(decoding: #require(entry).canonical(), as: UTF8.self))
        let alone = try shell.writ("verify", file + ".json", "--key", shell.home + "/keys/receipts.pub.jwk")
        #expect(alone.status == 0, "\(alone)")
    }

    @Test func `an exported receipt verifies elsewhere, with the public keys alone`() throws {
        let shell = try Shell.initialized()
        let id = try shell.writ("check", "exec.run", Self.ls).receiptID()
        let file = shell.folder + "/receipt.tlog-proof"
        #expect(try shell.writ("receipts", "export", id, "-o", file).output == "Wrote \(file)\n")
        #expect(try shell.writ("receipts", "export", id, "-o", file).status == 78)
        #expect(try shell.writ("receipts", "export", id).output == shell.text(file))
        #expect(!(try shell.text(file).contains("\"ls\"")))

        // Another machine: a file and two public keys.
        let elsewhere = try Shell()
        try elsewhere.write(elsewhere.folder + "/r", shell.text(file))
        try elsewhere.write(elsewhere.folder + "/key", shell.text(shell.home + "/keys/receipts.pub.jwk"))
        try elsewhere.write(elsewhere.folder + "/log", shell.text(shell.home + "/keys/log.vkey"))
        shell.remove()
        let program = try Shell.program()
        let verify = { (words: String...) in
            try elsewhere.run([program, "verify", "--home", elsewhere.home] + words)
        }
        let good = try verify("r", "--key", "key", "--log", "log")
        #expect(good.status == 0 && good.firstLine.hasPrefix("verified: "), "\(good)")
        #expect(good.output.contains("decision  ALLOW: allowed by starter-plain-commands"))
        let line = try elsewhere.text(elsewhere.folder + "/log").trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try verify("r", "--key", "key", "--log", line).status == 0)
        let unlogged = try verify("r", "--key", "key")
        #expect(unlogged.status == 0)
        #expect(unlogged.output.contains("no log key was given, so whether it is in the log was not looked at"))

        let stranger = try Shell.initialized()
        try elsewhere.write(elsewhere.folder + "/key2", stranger.text(stranger.home + "/keys/receipts.pub.jwk"))
        try elsewhere.write(elsewhere.folder + "/log2", stranger.text(stranger.home + "/keys/log.vkey"))
        for words in [["--key", "key2", "--log", "log"], ["--key", "key", "--log", "log2"]] {
            let bad = try elsewhere.run([program, "verify", "--home", elsewhere.home, "r"] + words)
            #expect(bad.status == 1 && bad.firstLine.hasPrefix("NOT VERIFIED: "), "\(bad)")
        }
        // Without keys there is nothing to verify with; a private key file is no public one's place to be looked for.
        #expect(try verify("r").status == 78)
        #expect(try verify("none", "--key", "key", "--log", "log").status == 65)
        #expect(try verify("r", "--key", "key", "--log", "nonsense").status == 64)

        let text = try elsewhere.text(elsewhere.folder + "/r")
        for number in 1..<text.split(separator: "\n", omittingEmptySubsequences: false).count {
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            guard let letter = lines[number].first(where: \.isLetter), !lines[number].hasPrefix("— ") else { continue }
            lines[number] = lines[number].replacingOccurrences(
                of: String(letter), with: letter == "x" ? "y" : "x",
                range: lines[number].startIndex..<lines[number].endIndex)
            try elsewhere.write(elsewhere.folder + "/tampered", lines.joined(separator: "\n"))
            let tampered = try verify("tampered", "--key", "key", "--log", "log")
            #expect(
                tampered.status == 1 && tampered.firstLine.hasPrefix("NOT VERIFIED: "), "line \(number): \(tampered)")
        }
    }
}
