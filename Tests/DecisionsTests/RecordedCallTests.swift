// SPDX-License-Identifier: Apache-2.0

import Decisions
import Effects
import Foundation
import Passports
import PortTesting
import StrictJSON
import Testing
import WireTypes

/// Calls with the verdict that a correct lock gives, from outside of this repository: `$WRIT_SHARED`, else `../shared`
/// beside the checkout.
struct RecordedCallTests {
    private static let folder: URL? = {
        let beside = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")
        let named = ProcessInfo.processInfo.environment["WRIT_SHARED"].map { URL(filePath: $0) }
        let folder = (named ?? beside).appending(path: "data/aport")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static var exist: Bool { folder != nil }

    /// As an operator of these agents would write them: what is listed is permitted, and nothing else.
    private static let policies = #"""
        @id("commands") permit (principal, action == Action::"local/exec.run", resource);
        @id("programs") permit (principal, action == Action::"execute", resource)
        when { resource in [Program::"ls", Program::"pwd", Program::"date", Program::"echo", Program::"true"] };
        @id("files") permit (
          principal, action in [Action::"local/file.read", Action::"local/file.write", Action::"local/file.search"], resource
        );
        @id("reading") permit (principal, action == Action::"read", resource is File)
        when { resource.path like "/srv/project/*.md" };
        @id("writing") permit (principal, action == Action::"write", resource is File)
        when { resource.path like "/tmp/*.md" || resource.path like "/srv/project/*.md" };
        @id("secrets") @reason("secrets are not for agents")
        forbid (principal, action in [Action::"read", Action::"write"], resource is File)
        when { resource.path like "*SECRET*" || resource.path like "*secret*" || resource.path like "*/.ssh/*" };
        @id("messages") permit (principal, action == Action::"local/message.send", resource);
        @id("alice") permit (principal, action == Action::"send", resource == Recipient::"mailto:alice@example.com");
        @id("web") permit (principal, action == Action::"local/web.fetch", resource);
        @id("hosts") permit (principal, action == Action::"connect", resource in Domain::"example.com");
        @id("refunds") permit (principal, action == Action::"local/payment.refund", resource)
        when { context.input.amount <= 5000 && context.input.currency == "USD" };
        @id("spend") permit (principal, action == Action::"spend", resource);
        """#

    @Test(.enabled(if: RecordedCallTests.exist, "no recorded calls in $WRIT_SHARED or ../shared"))
    func `no recorded call that must be denied is allowed`() throws {
        let lines = try lines("verdicts.jsonl")
        var wronglyAllowed: [String] = []
        var counts: [String: [Bool: Int]] = [:]
        for line in lines {
            let verdict = try judged(try call(line), Self.policies, at: Self.now, resolve: { Self.resolve($0) })
            let ideal = line["ideal"]?.string?.string ?? ""
            counts[ideal, default: [:]][verdict.isAllowed, default: 0] += 1
            if ideal == "deny" && verdict.isAllowed {
                wronglyAllowed.append(String(decoding: line.serialized(), as: UTF8.self))
            }
        }
        for (ideal, found) in counts.sorted(by: { $0.key < $1.key }) {
            print("recorded calls, ideal \(ideal): \(found[true] ?? 0) allowed, \(found[false] ?? 0) denied")
        }
        #expect(lines.count > 100)
        #expect(wronglyAllowed == [])
        #expect(counts["allow"]?[true] ?? 0 > 0)
    }

    /// All that the passports' limits are about; what is opaque is nobody's to permit. What a command reads lies in the
    /// project, and it writes and sends nothing: its limits are about programs alone.
    private static let granting = #"""
        @id("calls") permit (principal, action in Action::"local", resource);
        @id("programs") permit (principal, action == Action::"execute", resource);
        @id("files") permit (principal, action in [Action::"read", Action::"write"], resource)
        when { context.call.tool like "file.*" };
        @id("reading") permit (principal, action == Action::"read", resource in Directory::"/srv/project");
        @id("web") permit (principal, action == Action::"connect", resource) when { context.call.tool like "web.*" };
        @id("rest") permit (principal, action in [Action::"send", Action::"spend", Action::"query"], resource);
        """#

    /// Where an answer is not the recorded one, and why: the place among the rows, from 0.
    private static let differences: [Int: String] = [:]

    /// What only a command's parse can tell; these are differences where commands are judged by their words alone.
    private static let beyondWords: [Int: String] = [
        5: "git's own -c core.sshCommand names a program; as words it is an option of git's"
    ]

    /// Whether commands are parsed: then the program behind `;` is known.
    private static func areCommandsParsed() throws -> Bool {
        var maps = ToolMaps()
        try maps.use(builtIn: "aport", for: "local")
        let derived = try EffectDeriver(maps: maps).effects(
            of: ToolReference(server: "local", tool: "exec.run"), parameters: ["command": "ls; id"],
            environment: EffectEnvironment(workingDirectory: "/srv/project"))
        return derived.effects.contains { $0.description == "execute Program::\"id\"" }
    }

    @Test(.enabled(if: RecordedCallTests.exist, "no recorded calls in $WRIT_SHARED or ../shared"))
    func `under the packs every recorded call is answered as it should be, and again by a replay`() async throws {
        let world = try World(Self.granting, paths: Links())
        world.clock.set(Self.now)
        var wrong: [Int: String] = [:]
        var counts: [String: Int] = [:]
        for (place, line) in try lines("verdicts.jsonl").enumerated() {
            // The agent's calls of any kind are limited to one a minute.
            world.clock.advance(milliseconds: 60_000)
            let answer = await world.pipeline.answer(try call(line))
            let ideal = line["ideal"]?.string?.string ?? ""
            let code = answer.reasons.first?.code.rawValue ?? ""
            counts["\(ideal): \(code)", default: 0] += 1
            let isRight = ideal.hasPrefix("deny") ? !answer.isAllowed : ideal != "allow" || answer.isAllowed
            if !isRight {
                wrong[place] = "\(ideal), but \(code): \(String(decoding: line.serialized(), as: UTF8.self))"
            }
            #expect(try world.replay(answer).differences.isEmpty, "\(line)")
        }
        for (what, count) in counts.sorted(by: { $0.key < $1.key }) { print("recorded calls, \(what): \(count)") }
        let isParsed = try Self.areCommandsParsed()
        let expected = Set(Self.differences.keys).union(isParsed ? [] : Array(Self.beyondWords.keys))
        #expect(Set(wrong.keys) == expected, "\(wrong.values.joined(separator: "\n"))")
        #expect(counts.values.reduce(0, +) > 100)
    }

    /// One of the project's files is a link out of it.
    private struct Links: PathResolver {
        func resolve(_ path: UTF8String) -> [UTF8String] { RecordedCallTests.resolve(path) }
    }

    /// The files say that they were made then.
    private static let now = Timestamp(parsing: "2026-11-22T10:00:00.000Z") ?? World.day

    /// One of the project's files is a link out of it.
    private static func resolve(_ path: UTF8String) -> [UTF8String] {
        path.hasSuffix("/link.md") ? ["/etc/passwd"] : [path]
    }

    private func call(_ line: JSON) throws -> ToolCall {
        let name = try #require(line["tool"]?.string)
        let raw = try #require(line["context_raw"]?.string)
        var message: JSON = [:]
        var defect: UTF8String?
        do throws(JSONError) { message = try JSON(parsing: raw) } catch { defect = "no JSON" }
        let known = APortNames[name]
        return ToolCall(
            surface: .check, enforcement: .advisory, server: known?.tool.server ?? APortNames.server,
            tool: known?.tool.tool ?? name, isListed: known != nil, pack: known?.pack,
            builtInMap: known == nil ? nil : "aport",
            message: message, argumentsPlace: JSONPointer(), parametersPlace: JSONPointer(), defect: defect,
            credential: try credential(line["passport"]?.string?.string ?? ""),
            place: WorkingPlace(workingDirectory: "/srv/project", home: "/root", isLocal: true))
    }

    /// The passport, imported and signed as `writ passport import` does; one that is not there is unreadable.
    private func credential(_ name: String) throws -> Credential {
        guard let folder = Self.folder,
            let data = FileManager.default.contents(
                atPath: folder.appending(path: name + ".json").path)
        else { return .unreadable("the passport file is not there") }
        let imported = try PassportImport(reading: Array(data), id: Samples(seed: 1).id(), at: Self.now)
        return .passport(
            try PassportFile(
                signing: imported.passport, kid: Agents.kid(Agents.seed), privateKey: Agents.seed
            ).bytes)
    }

    private func lines(_ name: String) throws -> [JSON] {
        guard let folder = Self.folder else { return [] }
        return try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n").map {
            try JSON(parsing: UTF8String(String($0)))
        }
    }
}
