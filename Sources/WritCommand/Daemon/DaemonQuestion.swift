// SPDX-License-Identifier: Apache-2.0

import Hooks
import StrictJSON

/// What a process of a moment says and how it ends, whichever process has found the answer.
struct ProcessAnswer: Sendable, Equatable {
    var output: [UInt8]
    var errors: [UInt8]
    var status: Int32
}

extension ProcessAnswer {
    init(_ answer: HookAnswer) { self.init(output: answer.output, errors: answer.errors, status: answer.status) }
}

extension HookAnswer {
    init(_ answer: ProcessAnswer) { self.init(output: answer.output, errors: answer.errors, status: answer.status) }
}

/// What a daemon is asked. All that a decision takes is in it: the daemon's own folder, environment and user count for
/// nothing.
enum DaemonQuestion: Sendable {
    case hook(HookQuestion)
    case check(CheckQuestion)
    case status
    case stop

    /// The statuses that an answer may end in.
    var statuses: Set<Int32> {
        switch self {
        case .hook: [ExitStatus.success.rawValue, HookAnswer.refusalStatus]
        case .check: [ExitStatus.success.rawValue, ExitStatus.denied.rawValue]
        case .status, .stop: [ExitStatus.success.rawValue]
        }
    }

    /// The question as somebody may ask it who is kept apart: they name no passport and no token, and no control of the
    /// daemon. `nil` where they do.
    func asked(by asker: Asker) -> DaemonQuestion? {
        switch self {
        case .hook(var question):
            guard question.passport == nil, question.passportKey == nil else { return nil }
            question.asker = asker
            return .hook(question)
        case .check(var question):
            guard question.passport == nil, question.passportKey == nil, question.tokenFile == nil else { return nil }
            question.asker = asker
            return .check(question)
        case .status, .stop: return nil
        }
    }

    /// The members of a request's header, and its body.
    var frame: DaemonFrame {
        var header = JSONObject()
        var body: [UInt8] = []
        func set(_ key: UTF8String, _ value: String?) {
            if let value { header[key] = .string(UTF8String(value)) }
        }
        switch self {
        case .hook(let question):
            set("kind", "hook")
            set("harness", question.harness.rawValue)
            set("passport", question.passport)
            set("passport_key", question.passportKey)
            set("project", question.project)
            header["approves"] = .bool(question.approves)
            body = question.input
        case .check(let question):
            set("kind", "check")
            set("tool", question.tool)
            set("passport", question.passport)
            set("passport_key", question.passportKey)
            set("token_file", question.tokenFile)
            set("cwd", question.workingDirectory)
            set("here", question.here)
            set("project", question.project)
            set("session", question.session)
            set("nonce", question.nonce)
            header["json"] = .bool(question.asJSON)
            body = question.parameters
        case .status: set("kind", "status")
        case .stop: set("kind", "stop")
        }
        return DaemonFrame(header: .object(header), body: body)
    }

    /// A question as it came; `nil` where it is none.
    init?(_ frame: DaemonFrame) {
        let header = frame.header
        func text(_ key: UTF8String) -> String? { header[key]?.string?.string }
        /// A path, or nothing; a path that starts nowhere in particular would start in the daemon's folder.
        func path(_ key: UTF8String) throws(DaemonTrouble) -> String? {
            guard let value = header[key] else { return nil }
            guard let path = value.string?.string, path.hasPrefix("/") else { throw DaemonTrouble("no absolute path") }
            return path
        }
        do throws(DaemonTrouble) {
            switch text("kind") {
            case "hook":
                guard let name = text("harness"), let harness = Harness(rawValue: name),
                    let approves = header["approves"]?.bool
                else { return nil }
                self = .hook(
                    HookQuestion(
                        harness: harness, input: frame.body, passport: try path("passport"),
                        passportKey: try path("passport_key"), project: try path("project"), approves: approves))
            case "check":
                guard let tool = text("tool"), let here = try path("here"), let asJSON = header["json"]?.bool else {
                    return nil
                }
                self = .check(
                    CheckQuestion(
                        tool: tool, parameters: frame.body, passport: try path("passport"),
                        passportKey: try path("passport_key"), tokenFile: try path("token_file"),
                        workingDirectory: try path("cwd"), here: here,
                        project: try path("project"),
                        session: text("session"), nonce: text("nonce"), asJSON: asJSON))
            case "status": self = .status
            case "stop": self = .stop
            default: return nil
            }
        } catch {
            return nil
        }
    }
}
