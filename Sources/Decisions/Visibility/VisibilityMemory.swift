// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Synchronization
import WireTypes

/// What the policies have said of things that may be shown, so that a long list is looked at once.
///
/// Kill switches, standings and pins are no business of it: they are looked at each time.
final class VisibilityMemory: Sendable {
    /// All that an answer depends on but the question.
    struct World: Hashable {
        /// Of what the credential says of its agent.
        let credential: Digest
        let policies: Digest
        /// Of issuers and maps.
        let configuration: Digest
        let server: UTF8String
        let builtInMap: UTF8String?
    }

    /// What was asked, and what it would touch, which symbolic links may change.
    struct Question: Hashable {
        let operation: Operation
        let tool: UTF8String?
        let isTemplate: Bool
        let effects: [Effect]
    }

    private struct Answers {
        var worlds: [World: [Question: Bool]] = [:]
        var count = 0
    }

    private let answers = Mutex(Answers())

    /// The answers there are in a world.
    func answers(in world: World) -> [Question: Bool] { answers.withLock { $0.worlds[world] ?? [:] } }

    /// Adds answers; beyond the bound the memory starts afresh.
    func add(_ new: [Question: Bool], in world: World) {
        guard !new.isEmpty else { return }
        answers.withLock { answers in
            if answers.count + new.count > Limits.visibilityRemembered { answers = Answers() }
            guard new.count <= Limits.visibilityRemembered else { return }
            answers.worlds[world, default: [:]].merge(new) { $1 }
            answers.count += new.count
        }
    }
}
