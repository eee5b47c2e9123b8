// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What a flow ends with: the answer, and what is done once the client has it.
///
/// An outcome is signed, which takes longer than to pass on the answer that it is about; nobody waits for it.
struct Reply: Sendable {
    /// The whole message; `nil` where the client took its request back.
    var message: JSON?
    /// What came of what was allowed on the way.
    var outcomes: [Outcome] = []
    /// What is said in the message's place, where it has been stopped before the client takes it.
    var late: Late?

    /// `nil` where nothing has been stopped.
    typealias Late = @Sendable () -> JSON?

    typealias Outcome = @Sendable () -> Void

    init(_ message: JSON?, then outcome: Outcome? = nil) {
        self.message = message
        if let outcome { outcomes = [outcome] }
    }

    init(_ message: JSON?, outcomes: [Outcome]) {
        self.message = message
        self.outcomes = outcomes
    }

    func settle() { for outcome in outcomes { outcome() } }
}
