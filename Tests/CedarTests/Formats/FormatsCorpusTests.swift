// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Cedar

/// Every policy of Cedar's integration tests in JSON and laid out.
@Suite struct FormatsCorpusTests {
    @Test(.enabled(if: FormatsCorpus.archive != nil, FormatsCorpus.whySkipped), .timeLimit(.minutes(15)))
    func `every policy of the corpus survives JSON and the formatter`() async throws {
        try await FormatsCorpus.unpacked(["*.cedar"]) { folder in
            let files = FormatsCorpus.files(in: folder, endingIn: ".cedar")
            let differences = try await FormatsCorpus.inParallel(files) { file in
                let text = try TestFiles.bytes(file)
                let set = try PolicySet.parse([PolicyFile(name: "corpus", bytes: text)], naming: .position)
                var differences: [String] = []

                let json = try set.cedarJSON()
                let again = try PolicySet(parsingCedarJSON: json.serialized())
                if try again.cedarJSON() != json { differences.append("JSON") }
                let printed = again.policies.map(\.statement.description).joined(separator: "\n")
                let parsed = try PolicySet.parse(
                    [PolicyFile(name: "printed", bytes: Array(printed.utf8))], naming: .position)
                if try parsed.cedarJSON() != json { differences.append("JSON, text and JSON") }

                let laidOut = try PolicyFormatter().format(PolicyFile(name: "corpus", bytes: text))
                if try PolicyFormatter().format(PolicyFile(name: "corpus", bytes: laidOut)) != laidOut {
                    differences.append("laid out again")
                }
                let tidy = try PolicySet.parse([PolicyFile(name: "corpus", bytes: laidOut)], naming: .position)
                if tidy.policies.map(\.statement) != set.policies.map(\.statement) { differences.append("laid out") }
                differences += FormatsCase.lostComments(UTF8String(validating: text) ?? "", laidOut)
                return differences.map { "\(file.lastPathComponent): \($0)" }
            }
            print("Cedar corpus, formats: \(files.count) files, \(differences.count) differences")
            for difference in differences.prefix(20) { Issue.record("\(difference)") }
            #expect(files.count > 5900)
        }
    }

    @Test(
        .enabled(if: FormatsCorpus.archive != nil, FormatsCorpus.whySkipped),
        .enabled(if: CedarPeer.python != nil, "skipped: no cedarpy/bin/python in WRIT_PEERS or .peers"),
        .timeLimit(.minutes(15)))
    func `every policy of the corpus has cedarpy's JSON and layout`() async throws {
        try await FormatsCorpus.unpacked(["*.cedar"]) { folder in
            let lines = try CedarPeer.documents("formats_peer.py", ["files", folder.path])
            let results = try await FormatsCorpus.inParallel(lines) { line in
                var counts = FormatsCounts()
                let name = line["file"]?.string?.string ?? ""
                let differences = try FormatsCase(line).differences(&counts).map { "\(name): \($0)" }
                return [(counts, differences)]
            }
            let differences = results.flatMap(\.1)
            let plain = results.reduce(0) { $0 + $1.0.plain }
            let equal = results.reduce(0) { $0 + $1.0.layoutsLikePeers }
            let commented = results.reduce(0) { $0 + $1.0.commented }
            print("Cedar corpus, cedarpy: \(plain) layouts without comments, \(equal) equal; \(commented) with")
            for difference in differences.prefix(20) { Issue.record("\(difference)") }
            #expect(plain > 5900)
            #expect(equal == plain)
        }
    }
}
