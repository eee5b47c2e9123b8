// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Testing

/// SplitMix64: the same texts on every run.
private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct RandomTextTests {
    private static let pieces = [
        "/", "/", ".", "..", "%2e", "%2f", "%25", "%c0", "%", "\\", "a", "b.c", "~", "$", "X", "\u{ff0e}", "\u{2215}",
        "e\u{301}",
        "\u{e9}", ":", ";", " ", "0x2e", "file:", "http://", "@", "[", "]", "::", "127", ".1", "0177", "0x", "ff", "#",
        "?", "=", "'",
        "\"", "-", "|", "&", "\n", "\0", "xn--", "9999999999", "\u{10ffff}", "1", "2", ",", "{", "*",
    ]

    private func texts(_ seed: UInt64, _ count: Int, prefix: String = "") -> [UTF8String] {
        var random = Generator(state: seed)
        return (0..<count).map { _ in
            UTF8String(
                prefix
                    + (0..<Int.random(in: 0..<14, using: &random)).map { _ in
                        Self.pieces.randomElement(using: &random) ?? ""
                    }.joined())
        }
    }

    @Test(arguments: [1, 2, 3])
    func `whatever the text, a path's readings are absolute and without dots`(seed: UInt64) {
        let environment = EffectEnvironment(workingDirectory: "/w/x", home: "/h")
        for text in texts(seed, 600) {
            guard let path = CanonicalPath(text, in: environment) else { continue }
            #expect(!path.readings.isEmpty && path.primary == path.readings[0])
            for reading in path.readings {
                let parts = reading.string.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                    .dropFirst()
                let isClean =
                    reading == "/"
                    || parts.allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
                #expect(reading.hasPrefix("/") && isClean, "\(text) gave \(reading)")
                #expect(CanonicalPath(reading, in: environment)?.readings.contains(reading) ?? true)
            }
        }
    }

    @Test(arguments: [4, 5, 6], ["", "http://", "https://h", "http://["])
    func `whatever the text, a canonical URL reads as itself`(seed: UInt64, prefix: String) {
        for text in texts(seed, 700, prefix: prefix) {
            for url in CanonicalURL.readings(of: text) {
                #expect(CanonicalURL.readings(of: url.text).contains(url), "\(text)")
            }
        }
    }

    @Test(arguments: [7, 8])
    func `whatever the command, the walk ends, and says the same about it twice`(seed: UInt64) throws {
        for text in texts(seed, 1000) {
            let effects = try command(text.string)
            #expect(try command(text.string) == effects)
        }
    }
}
