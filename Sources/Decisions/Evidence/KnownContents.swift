// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WireTypes

/// Which documents this process has seen durable in the ledger, so that a policy set is not handed to it again with
/// every decision. The ledger keeps each document once whatever it is handed.
final class KnownContents: Sendable {
    /// Passports, configurations and policy sets that are in use at once; beyond it everything is handed over again.
    private static let most = 1024

    private let digests = Mutex<Set<Digest>>([])

    /// Those that are not known to be there.
    func unknown(among contents: [Content]) -> [Content] {
        digests.withLock { known in contents.filter { !known.contains($0.digest) } }
    }

    /// Notes what a commit has made durable.
    func insert(_ contents: [Content]) {
        digests.withLock { known in
            if known.count + contents.count > Self.most { known = [] }
            known.formUnion(contents.map(\.digest))
        }
    }
}
