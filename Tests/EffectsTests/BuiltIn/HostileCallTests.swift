// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@Suite struct HostileCallTests {
    @Test(arguments: MappedCall.namingSearches)
    func `a search whose pattern names a secret reads it`(call: MappedCall) throws {
        let found = try call.effects()
        #expect(found == call.expected)
    }

    @Test(arguments: MappedCall.ordinarySearches + MappedCall.ordinaryFolderSearches)
    func `a search names nothing of what it passes by`(call: MappedCall) throws {
        let found = try call.effects()
        #expect(found == call.expected)
    }

    @Test(arguments: [
        ("claude-code", "Grep", "/etc", "read /etc/shadow"), ("claude-code", "Grep", "/", "read /home/me/.ssh/id_rsa"),
        ("cursor", "Grep", "/home/me", "read /home/me/.netrc"), ("codex", "grep_files", "/root", "read /root/.aws"),
        ("gemini", "grep_search", "/home/me", "read /home/me/.ssh"),
        ("openclaw", "grep", "/proc", "read /proc/1/environ"),
        ("copilot", "rg", "/home", "read /home/me/.git-credentials"),
        ("aport", "file.search", "/etc", "read /etc/shadow"),
    ])
    func `a search through a folder outside of the project meets what is kept there`(
        map: String, tool: String, path: String, effect: String
    ) throws {
        let arguments = #"{"pattern":"x","path":"\#(path)"}"#
        let call = MappedCall(
            map: UTF8String(map), tool: UTF8String(tool), arguments: arguments, expected: [])
        #expect(try call.effects().contains(effect))
    }

    @Test(arguments: MappedCall.ordinaryCalls)
    func `an ordinary call is no more than it looks like`(call: MappedCall) throws {
        let found = try call.effects()
        #expect(found == call.expected)
    }

    @Test(arguments: MappedCall.hostileCalls)
    func `a call is judged by what it does, whatever it looks like`(call: MappedCall) throws {
        let found = try call.effects()
        #expect(found == call.expected)
    }
}
