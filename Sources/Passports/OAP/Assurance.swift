// SPDX-License-Identifier: Apache-2.0

/// How an owner's identity was checked (OAP 1.0, assurance levels), weakest first.
public enum Assurance: String, WireNamed, Hashable, Comparable {
    /// The owner says so.
    case l0 = "L0"
    /// An e-mail address was confirmed.
    case l1 = "L1"
    /// An account at a code host was confirmed.
    case l2 = "L2"
    /// Control of a domain was confirmed.
    case l3 = "L3"
    /// A person's or company's identity was checked.
    case l4KYC = "L4KYC"
    /// As a regulated financial institution checks it.
    case l4FIN = "L4FIN"

    /// What policies see: 0…4. `L4KYC` and `L4FIN` are both 4.
    public var level: Int64 {
        switch self {
        case .l0: 0
        case .l1: 1
        case .l2: 2
        case .l3: 3
        case .l4KYC, .l4FIN: 4
        }
    }

    /// `L0 < L1 < L2 < L3 < L4KYC < L4FIN`.
    public static func < (left: Assurance, right: Assurance) -> Bool {
        (left.level, left == .l4FIN ? 1 : 0) < (right.level, right == .l4FIN ? 1 : 0)
    }
}
