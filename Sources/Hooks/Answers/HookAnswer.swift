// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a harness is to do, before it is put into the harness's words.
public enum HookVerdict: Sendable, Hashable {
    /// Nothing is said for or against the call: the harness goes on as if there were no hook, and asks its user as ever.
    case noOpinion
    /// The call may run, without asking anybody. Only where the operator has configured that.
    case approve(UTF8String)
    /// The call must not run.
    case deny(UTF8String)
    /// Of a call that has run: it is not as it should be, and the agent is told.
    case alarm(UTF8String)
    /// Writ itself is in doubt: the form of a refusal that a harness obeys whatever it takes of the rest.
    case failure(UTF8String)
}

/// What a hook's process says and how it ends.
public struct HookAnswer: Sendable, Hashable {
    /// Standard output: one JSON document and a line's end, or nothing.
    public var output: [UInt8]
    /// Standard error: one line for people, or nothing.
    public var errors: [UInt8]
    /// The exit status.
    public var status: Int32

    /// An answer.
    public init(output: [UInt8], errors: [UInt8], status: Int32) {
        self.output = output
        self.errors = errors
        self.status = status
    }

    /// The status that every harness takes as a refusal.
    public static let refusalStatus: Int32 = 2

    /// A document on standard output, status 0.
    static func document(_ json: JSON) -> HookAnswer {
        HookAnswer(output: json.serialized() + [0x0a], errors: [], status: 0)
    }

    /// A reason on standard error, nothing on standard output, status 2: what every harness takes as a refusal, also
    /// where it could not make anything of a document.
    static func refusal(_ reason: UTF8String) -> HookAnswer {
        HookAnswer(output: [], errors: HookReason.line(reason).bytes + [0x0a], status: refusalStatus)
    }
}

/// Sentences for agents and people.
enum HookReason {
    /// On one line, without what a terminal would obey, within the limit, and never empty: an empty reason is no refusal
    /// to Codex.
    static func line(_ text: UTF8String) -> UTF8String {
        var result = ""
        for scalar in text.string.unicodeScalars {
            result.unicodeScalars.append(scalar.isUnseen ? " " : scalar)
            if result.utf8.count >= HookLimits.reasonBytes { break }
        }
        return result.allSatisfy { $0 == " " } ? "Writ refuses this call" : UTF8String(result)
    }
}
