// SPDX-License-Identifier: Apache-2.0

import Glibc
import HomeFolder
import Hooks
import SQLiteLedger
import StrictJSON

/// What a command line asks `writ hook` for, and the hook itself.
struct HookInvocation: Equatable, Sendable {
    /// As it was written.
    var harness: String
    var home: String?
    var passport: String?
    var passportKey: String?
    var project: String?
    var socket: String?
    var socketUser: String?
    var socketKey: String?
    var approves = false
    var deadline = HookLimits.deadlineMilliseconds

    init(harness: String) { self.harness = harness }

    func run() async throws {
        // Before anything could look at it.
        clearenv()
        let output = HookOutput()
        guard DeadlineRange.milliseconds.contains(deadline) else {
            throw CommandFailure(.usage, "--deadline is 100 to 60000 milliseconds")
        }
        output.startDeadline(milliseconds: deadline)
        guard let harness = Harness(rawValue: harness) else {
            let names = Harness.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "there is no harness \(self.harness); there are \(names)")
        }
        let answer: HookAnswer
        do {
            let input = Harness.bounded(HookInput.read())
            answer = try await self.answer(harness, input)
        } catch {
            answer = harness.answer(.failure(HookFailure.sentence(error)), to: nil)
        }
        output.finish(answer)
    }

    private func answer(_ harness: Harness, _ input: [UInt8]) async throws -> HookAnswer {
        let question = HookQuestion(
            harness: harness, input: input, passport: try passport.map { try Self.absolute("--passport", $0) },
            passportKey: try passportKey.map { try Self.absolute("--passport-key", $0) },
            project: try project.map { try Self.absolute("--project", $0) }, approves: approves)
        if let door = try AnswerDoor.named(socket, socketUser, socketKey) {
            guard home == nil, passport == nil, passportKey == nil else {
                throw CommandFailure(
                    .usage, "with --socket nothing is read here: no --home, --passport or --passport-key")
            }
            return HookAnswer(try DoorClient.ask(.hook(question), door, milliseconds: deadline))
        }
        let home = try ServiceHomeOption.home(home)
        // Before a key, the configuration or the ledger is read: that is what the daemon saves.
        let patience = max(DaemonLimits.leastPatienceMilliseconds, min(DaemonLimits.patienceMilliseconds, deadline / 2))
        if let answer = DaemonClient.answer(.hook(question), home, milliseconds: patience) {
            return HookAnswer(answer)
        }
        let lock = try HookLock(home)
        defer { lock.release() }
        let installation = try Installation.open(home, lifetime: .oneShot)
        try installation.mayDecideAlone()
        let answer = try await question.answer(installation)
        // An outcome that nobody has waited for is written now.
        try installation.close()
        return answer
    }

    private static func absolute(_ option: String, _ path: String) throws -> String {
        guard path.hasPrefix("/") else {
            throw CommandFailure(.usage, "\(option) must be an absolute path here, not \(path)")
        }
        return path
    }
}

extension HookInvocation {
    /// A command line without anything unusual, as `writ install` writes it; `nil` for every other, which the commands'
    /// own parser reads. To build that takes longer than to ask the daemon, and a harness waits for each call.
    ///
    /// Whatever this takes the parser takes for the same: a test compares them.
    init?(plain arguments: [String]) {
        guard arguments.count >= 2, arguments[0] == "hook",
            Harness(rawValue: arguments[1]) != nil
        else { return nil }
        self.init(harness: arguments[1])
        var hasDeadline = false
        var rest = arguments.dropFirst(2)
        while let name = rest.popFirst() {
            switch name {
            case "--auto-approve" where !approves: approves = true
            case "--home" where home == nil: home = Self.path(&rest)
            case "--passport" where passport == nil: passport = Self.path(&rest)
            case "--passport-key" where passportKey == nil: passportKey = Self.path(&rest)
            case "--project" where project == nil: project = Self.path(&rest)
            case "--socket" where socket == nil: socket = Self.path(&rest)
            case "--socket-user" where socketUser == nil: socketUser = Self.word(&rest)
            case "--socket-key" where socketKey == nil: socketKey = Self.key(&rest)
            case "--deadline" where !hasDeadline:
                guard let milliseconds = Self.milliseconds(rest.popFirst()) else { return nil }
                deadline = milliseconds
                hasDeadline = true
            default: return nil
            }
            guard name != "--home" || home != nil, name != "--passport" || passport != nil,
                name != "--passport-key" || passportKey != nil, name != "--project" || project != nil,
                name != "--socket" || socket != nil, name != "--socket-user" || socketUser != nil,
                name != "--socket-key" || socketKey != nil
            else { return nil }
        }
    }

    private static func path(_ rest: inout ArraySlice<String>) -> String? {
        guard let path = rest.popFirst(), path.utf8.first == UInt8(ascii: "/") else { return nil }
        return path
    }

    /// A key as base64url, which can begin with a dash.
    private static func key(_ rest: inout ArraySlice<String>) -> String? {
        guard let key = rest.popFirst(), !key.isEmpty else { return nil }
        return key
    }

    /// A name or number; not what could be an option.
    private static func word(_ rest: inout ArraySlice<String>) -> String? {
        guard let word = rest.popFirst(), let first = word.utf8.first, first != UInt8(ascii: "-") else { return nil }
        return word
    }

    private static func milliseconds(_ text: String?) -> Int64? {
        guard let text, (1...5).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int64(text)
    }
}
