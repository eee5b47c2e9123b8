// SPDX-License-Identifier: Apache-2.0

import Effects
import Foundation
import StrictJSON
import Testing

/// Other people's lists of hostile and ordinary paths and URLs, where the machine that runs the tests has them.
private let archive: URL? = {
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let shared =
        ProcessInfo.processInfo.environment["WRIT_SHARED"].map { URL(filePath: $0) }
        ?? checkout.deletingLastPathComponent().appending(path: "shared")
    let file = shared.appending(path: "data/eval/eval.tar.gz")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
}()

@Suite(.enabled(if: archive != nil, "the evaluation corpora are not on this machine")) struct CorpusTests {
    private func cases(_ name: String, _ member: UTF8String) throws -> [(text: UTF8String, isMalicious: Bool)] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["tar", "-xzOf", try #require(archive).path, "./\(name)"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try #require(try pipe.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        return try data.split(separator: 0x0a).map { line in
            let json = try JSON(parsing: Array(line))
            return (try #require(json[member]?.string), json["label"] == "malicious")
        }
    }

    /// How programs commonly read a path, written without the module's own code: escapes decoded up to three times,
    /// backslashes taken for slashes, fullwidth forms folded; each of those or all.
    private func commonReadings(_ text: String) -> [String] {
        var texts = [text]
        for _ in 0..<3 { texts += texts.compactMap(\.removingPercentEncoding) }
        texts += texts.map { $0.replacingOccurrences(of: "\\", with: "/") }
        texts += texts.map(\.precomposedStringWithCompatibilityMapping)
        texts += texts.map { $0.replacingOccurrences(of: "\\", with: "/") }
        return texts.map { text in
            var parts: [Substring] = text.hasPrefix("/") ? [] : ["srv", "docs", "reports"]
            for part in text.split(separator: "/") where part != "." {
                if part == ".." { _ = parts.popLast() } else { parts.append(part) }
            }
            return "/" + parts.joined(separator: "/")
        }
    }

    @Test func `no hostile path looks as if it stayed inside while a common reading leaves`() throws {
        let environment = EffectEnvironment(workingDirectory: "/srv/docs/reports")
        let inside: UTF8String = "/srv/docs/reports/"
        var seen = 0
        var opaque = 0
        for (text, isMalicious) in try cases("paths.jsonl", "path") where isMalicious {
            seen += 1
            guard let path = CanonicalPath(text, in: environment) else {
                opaque += 1
                continue
            }
            let leaves = commonReadings(text.string).contains { !UTF8String($0).hasPrefix(inside) }
            if leaves { #expect(!path.readings.allSatisfy { $0.hasPrefix(inside) }, "\(text) gave \(path.readings)") }
            #expect(path.isCertain || path.readings.count > 1)
        }
        #expect(seen > 500)
        #expect(opaque > 0 && opaque < seen)
    }

    @Test func `an ordinary path has one reading, below the working directory`() throws {
        let environment = EffectEnvironment(workingDirectory: "/srv/docs/reports")
        for (text, isMalicious) in try cases("paths.jsonl", "path") where !isMalicious {
            let path = try #require(CanonicalPath(text, in: environment), "\(text) is opaque")
            #expect(path.isCertain && path.primary == UTF8String("/srv/docs/reports/\(text)"))
        }
    }

    @Test func `an ordinary URL has one reading, and its host is the one that is written`() throws {
        for (text, isMalicious) in try cases("urls.jsonl", "url") where !isMalicious {
            let readings = CanonicalURL.readings(of: text)
            #expect(readings.count == 1)
            #expect(readings.first?.host.text.string == URL(string: text.string)?.host()?.lowercased(), "\(text)")
        }
    }

    @Test func `no hostile URL hides its host`() throws {
        for (text, isMalicious) in try cases("urls.jsonl", "url") where isMalicious {
            for url in CanonicalURL.readings(of: text) {
                let host = url.host.text.string
                guard case .name = url.host else { continue }
                #expect(text.string.lowercased().contains(host), "\(text) gave \(host)")
            }
        }
    }
}
