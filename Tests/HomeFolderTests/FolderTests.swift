// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Foundation
import Glibc
import HomeFolder
import Passports
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// `policies/` and `passports/`, and whole files.
struct FolderTests {
    @Test func `policies are the files that end in .cedar, by name, without hidden ones`() throws {
        try TemporaryHome.with { temporary in
            for name in ["b.cedar", "a.cedar", "Z.cedar", ".hidden.cedar", "c.cedar.bak", "notes.md"] {
                try temporary.write("policies/\(name)", "permit (principal, action, resource);")
            }
            #expect(try HomeRulebook.policies(temporary.home).map(\.name) == ["Z.cedar", "a.cedar", "b.cedar"])
        }
    }

    @Test func `a policy folder that is missing, or a policy that cannot be a file, is an error`() throws {
        try TemporaryHome.with { temporary in
            #expect(mkdir(temporary.home.policies + "/x.cedar", 0o700) == 0)
            #expect(throws: HomeError(.malformed, "")) { try HomeRulebook.policies(temporary.home) }
            #expect(rmdir(temporary.home.policies + "/x.cedar") == 0)
            let none = try HomeRulebook.policies(temporary.home)
            #expect(none.isEmpty)
            #expect(rmdir(temporary.home.policies) == 0)
            #expect(throws: HomeError(.missing, "")) { try HomeRulebook.policies(temporary.home) }
        }
    }

    @Test func `a passport is found by the agent it names`() throws {
        try TemporaryHome.with { temporary in
            let folder = PassportFolder(temporary.home)
            let path = try folder.create(Self.passport("agent:one/two"), agent: "agent:one/two")
            #expect(path == temporary.home.passports + "/agent-one-two.json")
            try temporary.write("passports/broken.json", "no passport")
            #expect(try folder.path(of: "agent:one/two") == path)
            #expect(try folder.path(of: "agent:three") == nil)
            #expect(try folder.paths() == [path, temporary.home.passports + "/broken.json"])
            #expect(throws: HomeError(.exists, "")) {
                try folder.create(Self.passport("agent:one/two"), agent: "agent:one/two")
            }
        }
    }

    @Test func `a passport that cannot be read is a credential that does not verify`() throws {
        try TemporaryHome.with { temporary in
            let missing = PassportFolder.credential(temporary.home.passports + "/none.json")
            #expect(missing == .unreadable("the passport file is not there"))
            try temporary.write("passports/large.json", String(repeating: " ", count: (256 << 10) + 1))
            let large = PassportFolder.credential(temporary.home.passports + "/large.json")
            #expect(large == .unreadable("the passport file is too large"))
            let folder = PassportFolder.credential(temporary.home.passports)
            #expect(folder == .unreadable("the passport file cannot be read"))
            try temporary.write("passports/p.json", "x")
            #expect(PassportFolder.credential(temporary.home.passports + "/p.json") == .passport([0x78]))
        }
    }

    @Test func `a file is made once, with exactly its mode, and never through a link`() throws {
        try TemporaryHome.with { temporary in
            let path = temporary.home.path + "/file"
            // No usual umask leaves this mode as it is.
            try FileAccess.create(path, [1, 2], mode: 0o666)
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o666)
            #expect(throws: HomeError(.exists, "")) { try FileAccess.create(path, [3], mode: 0o600) }
            #expect(try FileAccess.read(path, limit: 2) == [1, 2])
            #expect(throws: HomeError(.tooLarge, "")) { try FileAccess.read(path, limit: 1) }
            let link = temporary.home.path + "/link"
            #expect(symlink(temporary.home.path + "/elsewhere", link) == 0)
            #expect(throws: HomeError(.exists, "")) { try FileAccess.create(link, [3], mode: 0o600) }
            #expect(!FileAccess.exists(temporary.home.path + "/elsewhere"))
        }
    }

    private static func passport(_ agent: UTF8String) throws -> PassportFile {
        let seed = [UInt8](repeating: 9, count: 32)
        let now = Timestamp(clamping: 1_773_742_500_000)
        let passport = try PassportDraft(agentID: agent, ownerID: "org_1").passport(
            id: UUIDv7(time: now, random: [UInt8](repeating: 5, count: 10)), at: now)
        return try PassportFile(signing: passport, kid: "key-1", privateKey: seed)
    }
}
