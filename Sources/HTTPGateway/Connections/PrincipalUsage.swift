// SPDX-License-Identifier: Apache-2.0

import Gateway
import StrictJSON
import Synchronization

/// How much each principal has open.
final class PrincipalUsage: Sendable {
    private let open = Mutex<[UTF8String: Int]>([:])
    private let most: Int

    init(most: Int) { self.most = most }

    /// Whether there is room for one more, which is then taken.
    func enter(_ principal: Principal) -> Bool {
        open.withLock { open in
            let count = open[principal.agentID] ?? 0
            guard count < most else { return false }
            open[principal.agentID] = count + 1
            return true
        }
    }

    func leave(_ principal: Principal) {
        open.withLock { open in
            let count = (open[principal.agentID] ?? 0) - 1
            open[principal.agentID] = count > 0 ? count : nil
        }
    }

    var total: Int { open.withLock { $0.values.reduce(0, +) } }
}
