// SPDX-License-Identifier: Apache-2.0

public import Receipts
public import StrictJSON
public import WireTypes

/// Who may approve what: `approvals:` of the configuration.
public struct ApprovalRules: Sendable, Hashable {
    /// Somebody who approves, with a key of their own.
    public struct Approver: Sendable, Hashable {
        /// What the log calls them.
        public let name: UTF8String
        /// Their own key; it signs nothing else.
        public let publicKey: Ed25519PublicKey
        /// How the key is kept, in the operator's words: what a signature of it is worth at most.
        public let assurance: ApprovalAssurance
        /// Agents, owners and subjects that are the same person, besides the name itself: what they ask for, this
        /// approver does not approve.
        public let identities: [UTF8String]

        /// An approver.
        public init(
            name: UTF8String, publicKey: Ed25519PublicKey, assurance: ApprovalAssurance = .sameUser,
            identities: [UTF8String] = []
        ) {
            self.name = name
            self.publicKey = publicKey
            self.assurance = assurance
            self.identities = identities
        }
    }

    /// The people of one `@approval("group")`.
    public struct Group: Sendable, Hashable {
        /// How many of them must approve: 1 to 16.
        public let needed: Int
        /// What an approval must be worth to count. `client`: the client's user, asked by the client, is enough.
        public let assurance: ApprovalAssurance
        /// The people; each name once.
        public let approvers: [Approver]

        /// A group.
        public init(needed: Int = 1, assurance: ApprovalAssurance = .sameUser, approvers: [Approver]) {
            self.needed = min(max(1, needed), ReceiptLimits.approversMax)
            self.assurance = assurance
            self.approvers = approvers
        }

        /// The approver of a name.
        public func approver(_ name: UTF8String) -> Approver? { approvers.first { $0.name == name } }

        /// Whether the client's own user may be one of those who approve.
        public var takesClient: Bool { assurance == .client }

        /// How many could approve at all.
        public var available: Int { approvers.filter { $0.assurance >= assurance }.count + (takesClient ? 1 : 0) }
    }

    /// The groups by name.
    public let groups: [UTF8String: Group]
    /// The group that gives what a passport's limit `approval_required` asks for.
    public let passportGroup: UTF8String?
    /// How long an approval may be given and used after it was asked for, in milliseconds; more than 0.
    public let expiryMilliseconds: Int64

    /// An hour's quarter: long enough to find somebody, short enough that what was approved is what is meant.
    public static let expiryMillisecondsByDefault: Int64 = 15 * 60_000
    /// Who an approval by the client's own user is by, in the log; nobody else may be called so.
    public static let client: UTF8String = "client"
    /// Nobody approves anything.
    public static let none = ApprovalRules(groups: [:])

    /// Rules.
    public init(
        groups: [UTF8String: Group], passportGroup: UTF8String? = nil,
        expiryMilliseconds: Int64 = ApprovalRules.expiryMillisecondsByDefault
    ) {
        self.groups = groups
        self.passportGroup = passportGroup
        self.expiryMilliseconds = max(1, expiryMilliseconds)
    }
}

extension ApprovalAssurance: Comparable {
    /// From the client's word to a key that needs a touch.
    private var rank: Int {
        switch self {
        case .client: 0
        case .sameUser: 1
        case .separateUser: 2
        case .hardware: 3
        }
    }

    /// Less sure first.
    public static func < (left: ApprovalAssurance, right: ApprovalAssurance) -> Bool { left.rank < right.rank }
}
