// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import WritCommand

@Suite struct ProjectTests {
    @Test func `the project is the nearest folder above with a .git, whatever it is`() throws {
        let root = try Self.folder(["repo/.git", "repo/a/b", "plain/c"])
        defer { try? FileManager.default.removeItem(atPath: root) }
        #expect(ProjectFolder.containing(root + "/repo/a/b", named: nil) == UTF8String(root + "/repo"))
        #expect(ProjectFolder.containing(root + "/plain/c", named: nil) == UTF8String(root + "/plain/c"))
        #expect(ProjectFolder.containing(root + "/repo/a/b", named: root + "/plain") == UTF8String(root + "/plain"))
    }

    @Test func `links are resolved, and what cannot be is no project`() throws {
        let root = try Self.folder(["repo/.git"])
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createSymbolicLink(atPath: root + "/link", withDestinationPath: root + "/repo")
        try FileManager.default.createSymbolicLink(atPath: root + "/loop", withDestinationPath: root + "/loop")
        #expect(ProjectFolder.containing(root + "/link", named: nil) == UTF8String(root + "/repo"))
        #expect(ProjectFolder.containing(root + "/loop", named: nil) == nil)
    }

    @Test func `neither the home folder nor what it lies in is a project, unless it is named`() throws {
        let home = try #require(UserAccount.home)
        #expect(ProjectFolder.containing(home, named: nil) == nil)
        #expect(ProjectFolder.containing("/", named: nil) == nil)
        #expect(ProjectFolder.containing("/", named: home) != nil)
    }

    private static func folder(_ names: [String]) throws -> String {
        let root = FileManager.default.temporaryDirectory.path + "/writ-project-\(UUID().uuidString)"
        for name in names {
            try FileManager.default.createDirectory(atPath: root + "/" + name, withIntermediateDirectories: true)
        }
        return root
    }
}
