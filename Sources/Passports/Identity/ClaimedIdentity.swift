// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a caller says of itself without proof.
public struct ClaimedIdentity: Sendable, Equatable {
    /// The kind of credential it showed, where it showed one that could not be verified.
    public let kind: CredentialKind?
    /// The agent it says it is; of the form of agents' ids.
    public let agentID: UTF8String

    /// A claim, or `nil` where the id is not of the form of agents' ids.
    public init?(agentID: UTF8String, kind: CredentialKind? = nil) {
        guard Identifier.isName(agentID), agentID != Passport.reservedAgentID else { return nil }
        self.agentID = agentID
        self.kind = kind
    }
}
