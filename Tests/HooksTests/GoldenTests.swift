// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hooks
import StrictJSON
import Testing

/// A file of `Golden`: an event as a harness writes it, what is read of it, and the exact bytes of each answer.
struct Golden: Sendable, CustomTestStringConvertible {
    let harness: Harness
    let name: String
    let document: JSON

    var testDescription: String { "\(harness.rawValue)/\(name)" }
    var input: [UInt8] { document["input"]?.pretty() ?? [] }
    var reads: JSON { document["reads"] ?? .null }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    static let all: [Golden] = Harness.allCases.flatMap { harness -> [Golden] in
        do {
            let folder = folder.appending(path: harness.rawValue)
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
                Golden(
                    harness: harness, name: name,
                    document: try JSON(parsing: Array(Data(contentsOf: folder.appending(path: name)))))
            }
        } catch {
            return [Golden(harness: harness, name: "cannot be read: \(error)", document: .null)]
        }
    }
}

/// Every harness's words, by files that are read by nothing of Writ's but these tests.
struct GoldenTests {
    @Test(arguments: Golden.all) func `an event is read as the harness documents it`(golden: Golden) throws {
        let event = try golden.harness.event(parsing: golden.input)
        let call = event.call
        let reads = golden.reads
        #expect(call.harness == golden.harness)
        #expect(call.session == reads["session"]?.string)
        #expect(call.callID == reads["call"]?.string)
        #expect(call.workingDirectory == reads["cwd"]?.string)
        #expect(JSON.object(call.parameters) == reads["parameters"])
        #expect(call.permissionMode == reads["mode"]?.string)
        #expect(call.isEcho == (reads["echo"]?.bool ?? false))
        let tool = try #require(reads["tool"]?.string)
        switch call.tool {
        case .own(let name): #expect(name == tool && reads["server"] == nil && reads["reached"] == nil)
        case .served(let server, let name): #expect(name == tool && server == reads["server"]?.string)
        case .reached(let place, let name):
            let said: UTF8String =
                switch place {
                case .command(let command): UTF8String("command \(command)")
                case .url(let url): UTF8String("url \(url)")
                case .unknown: "unknown"
                }
            #expect(name == tool && said == reads["reached"]?.string)
        }
        switch event {
        case .before: #expect(reads["kind"] == "before")
        case .elsewhere: #expect(reads["kind"] == "elsewhere")
        case .unreadable: Issue.record("it can be read")
        case .after(let result):
            #expect(reads["kind"] == "after" && result.milliseconds == reads["milliseconds"]?.int64)
            switch result.ending {
            case .result(let value): #expect(reads["ending"] == "result" && value == reads["value"])
            case .error(let value): #expect(reads["ending"] == "error" && value == reads["value"])
            case .interrupted: #expect(reads["ending"] == "interrupted")
            case .denied: #expect(reads["ending"] == "denied")
            }
        }
    }

    @Test(arguments: Golden.all) func `an answer is the exact bytes that the harness obeys`(golden: Golden) throws {
        let event = try golden.harness.event(parsing: golden.input)
        let reason: UTF8String = "policy block: not here"
        let verdicts: [UTF8String: HookVerdict] = [
            "no_opinion": .noOpinion, "deny": .deny(reason), "approve": .approve(reason), "alarm": .alarm(reason),
        ]
        let expected = try #require(golden.document["answers"]?.object)
        #expect(!expected.isEmpty)
        for member in expected.members {
            let answer = golden.harness.answer(try #require(verdicts[member.key]), to: event)
            #expect(answer.output == member.value.string?.bytes, "\(member.key)")
            #expect(answer.errors.isEmpty && answer.status == 0, "\(member.key)")
        }
    }

    @Test(arguments: Golden.all) func `no answer without an opinion has the word allow in it`(golden: Golden) throws {
        let event = try golden.harness.event(parsing: golden.input)
        let output = String(decoding: golden.harness.answer(.noOpinion, to: event).output, as: UTF8.self)
        #expect(!output.contains("allow") && !output.contains("approve"))
    }

    @Test(arguments: Golden.all) func `doubt is status 2, a reason for people, and nothing else`(golden: Golden) throws
    {
        let event = try golden.harness.event(parsing: golden.input)
        for known in [event, nil] {
            let answer = golden.harness.answer(.failure("the\nlog \u{1b}[1m is full"), to: known)
            #expect(answer == HookAnswer(output: [], errors: Array("the log  [1m is full\n".utf8), status: 2))
        }
    }

    @Test(arguments: Golden.all)
    func `an event cut off anywhere is no event, or after the tool one that cannot be read`(
        golden: Golden
    ) throws {
        let input = golden.input
        for count in stride(from: 0, to: input.count - 1, by: 7) {
            expectUnread(golden, Array(input.prefix(count)), "\(count) bytes")
        }
    }

    /// No event; of an event after a tool also a call that nobody can tell.
    private func expectUnread(_ golden: Golden, _ bytes: [UInt8], _ what: String) {
        do throws(HookInputError) {
            guard case .unreadable(let result) = try golden.harness.event(parsing: bytes) else {
                Issue.record("\(what) was read")
                return
            }
            #expect(golden.reads["kind"] == "after" && result.call.session == golden.reads["session"]?.string)
        } catch {}
    }

    @Test(arguments: Golden.all) func `an event needs each member that was read of it`(golden: Golden) throws {
        let whole = try #require(golden.document["input"]?.object)
        let event = try golden.harness.event(parsing: golden.input)
        for key in whole.keys {
            var less = whole
            less[key] = nil
            do throws(HookInputError) {
                // Without it the event is another one, or the member is one that does not matter.
                let other = try golden.harness.event(parsing: JSON.object(less).serialized())
                if case .unreadable = other {
                    #expect(golden.reads["kind"] == "after")
                    continue
                }
                #expect(other.call.tool == event.call.tool || key == "url" || key == "command" || key == "mcp_context")
                #expect(other.call.parameters == event.call.parameters, "\(key)")
                #expect(other.call.session == event.call.session, "\(key)")
            } catch {
                #expect(!error.description.isEmpty)
            }
            var twice = whole.members
            twice.append(JSONMember(key: key, value: .null))
            let written = twice.map { "\(text($0.key)):\(text($0.value))" }.joined(separator: ",")
            expectUnread(golden, Array("{\(written)}".utf8), "\(key) twice")
        }
    }

    private func text(_ key: UTF8String) -> String { text(.string(key)) }

    private func text(_ json: JSON) -> String { String(decoding: json.serialized(), as: UTF8.self) }
}
