// SPDX-License-Identifier: Apache-2.0

import Decisions
import HomeFolder
import Hooks
import StrictJSON

/// All that a hook's decision takes, besides the installation.
struct HookQuestion: Sendable {
    var harness: Harness
    /// What the harness has written.
    var input: [UInt8]
    /// Absolute; `nil` for the configuration's.
    var passport: String?
    /// Absolute; `nil` for the configuration's, where the passport is that too.
    var passportKey: String?
    /// Absolute; `nil` where it is to be found.
    var project: String?
    /// Whether the harness is told to run an allowed call without asking.
    var approves: Bool
    /// Who asks, where it is another user than Writ's: then nobody is named.
    var asker: Asker?

    /// The one function that decides what a hook asks, in the hook's own process and in the daemon. Whoever calls it holds
    /// the installation's `HookLock`.
    func answer(_ installation: Installation) async throws -> HookAnswer {
        let caller = HookCaller(
            credential: try credential(installation),
            home: (asker.map(\.home) ?? UserAccount.home).map { UTF8String($0) },
            project: { [project] in ProjectFolder.containing($0.string, named: project) }, approves: approves)
        return await HookDesk(installation).answer(harness, input, caller)
    }

    private func credential(_ installation: Installation) throws -> Credential {
        if let asker { return try PassportFolder(installation.home).credential(of: asker.agent) }
        return try PassportChoice.credential(
            passport, key: passportKey, installation.home, installation.configuration)
    }
}
