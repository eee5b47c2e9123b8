// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import WritCommand

/// Links on a disk, as patterns meet them.
@Suite struct PatternLinksTests {
    /// `w` with `a/b` in it, and beside it `out`; links to where, by their places.
    private final class Disk {
        let base = SystemPaths.realPath(NSTemporaryDirectory()).map { "\($0)/writ-links-\(UUID().uuidString)" } ?? ""
        var project: String { "\(base)/w" }

        init() throws {
            for folder in ["w/a/b", "w/c", "out/d"] {
                try FileManager.default.createDirectory(atPath: "\(base)/\(folder)", withIntermediateDirectories: true)
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: base) }

        func link(_ place: String, to target: String) throws {
            try FileManager.default.createSymbolicLink(atPath: "\(project)/\(place)", withDestinationPath: target)
        }

        func places(_ pattern: String) -> [String] {
            SystemPaths().resolve(UTF8String("\(project)/\(pattern)/")).map {
                $0.string.hasPrefix(base) ? String($0.string.dropFirst(base.count)) : $0.string
            }
        }
    }

    @Test(arguments: [
        ("*", ["/out", "/w/a"]), ("l*", ["/out"]), ("*z", []), ("L*", ["/out"]),
        ("*/*", ["/out", "/out/d", "/w/a"]), ("a/*", ["/out/d"]),
        ("*/deep", ["/out", "/out/d", "/w/a"]), ("*/b/*", ["/out", "/out/new", "/w/a"]),
        ("**/*", ["/out", "/out/d", "/out/new", "/w/a"]), ("**/dang*", ["/out/new"]), ("**/dangling", ["/out/new"]),
        ("in*/*", ["/out/d", "/w/a"]), ("in*/deep/x", ["/out/d", "/w/a"]), ("none/*", []), ("c/*", []),
        ("*\\*", []), ("a", []),
    ])
    func `a pattern meets the links that its names are and go through, and where they lead`(
        pattern: String, expected: [String]
    ) throws {
        let disk = try Disk()
        try disk.link("link", to: "../out")
        try disk.link("inside", to: "a")
        try disk.link("a/deep", to: "\(disk.base)/out/d")
        try disk.link("a/b/dangling", to: "../../../out/new")
        try disk.link("a/round", to: "round")
        #expect(disk.places(pattern) == expected)
    }

    @Test func `a link behind a link that leads nowhere yet may lead anywhere`() throws {
        let disk = try Disk()
        try disk.link("first", to: "../out/second")
        try FileManager.default.createSymbolicLink(
            atPath: "\(disk.base)/out/second", withDestinationPath: "third")
        #expect(disk.places("f*") == ["/"])
    }

    @Test func `places that are too many are told as the folders that they lie in, hidden ones apart`() throws {
        let disk = try Disk()
        for number in 0..<100 { try disk.link("link\(number)", to: "../out/d/\(number)") }
        #expect(disk.places("*") == ["/out/d"])
        for number in 0..<100 { try disk.link("c/link\(number)", to: "../.hidden/\(number)") }
        #expect(disk.places("c/*") == ["/w/.hidden"])
        for number in 0..<100 { try disk.link("a/link\(number)", to: "../.hidden\(number)/x") }
        #expect(disk.places("a/*") == ["/"])
    }

    @Test func `a link whose name or target is no text may lead anywhere`() throws {
        for (name, target) in [([0x6c, 0xff], Array("../out".utf8)), (Array("la".utf8), [0x2f, 0xff])]
            as [([UInt8], [UInt8])]
        {
            let disk = try Disk()
            let place = Array("\(disk.project)/".utf8) + name
            // As C strings, which Swift's own need not be able to hold.
            let made = symlink(
                (target + [0]).map(CChar.init(bitPattern:)), (place + [0]).map(CChar.init(bitPattern:)))
            #expect(made == 0 && disk.places("*") == ["/"])
        }
    }
}
