// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// That an expression's entity or record has an attribute or tag, known where a test for it was true.
struct Capability: Hashable {
    enum Key: Hashable {
        case attribute(UTF8String)
        /// The number of the expression that is the tag's name.
        case tag(Int)
    }

    /// The expression's number.
    let subject: Int
    let key: Key
}

/// The capabilities that hold at the place being checked.
///
/// One multiset for the whole policy, grown on the way in and shrunk on the way out: a chain of n tests takes n steps,
/// where a set for each place would take n².
struct KnownCapabilities {
    private var counts: [Capability: Int] = [:]

    func contains(_ capability: Capability) -> Bool { counts[capability] != nil }

    mutating func insert(_ capabilities: [Capability]) {
        for capability in capabilities { counts[capability, default: 0] += 1 }
    }

    mutating func remove(_ capabilities: [Capability]) {
        for capability in capabilities {
            let count = counts[capability] ?? 0
            counts[capability] = count > 1 ? count - 1 : nil
        }
    }
}
