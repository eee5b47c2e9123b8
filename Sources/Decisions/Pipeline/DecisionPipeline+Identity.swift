// SPDX-License-Identifier: Apache-2.0

import Passports
public import StrictJSON

/// An agent whose credential a trusted issuer vouches for.
public struct VerifiedAgent: Sendable, Hashable {
    /// The agent.
    public let agentID: UTF8String
    /// What vouches for it, in the one spelling that it has: one passport is one credential, however its file is written.
    public let credential: Credential
}

/// Why a credential is nobody's, in words that quote nothing of it.
public struct UnverifiedCredential: Error, Sendable, Hashable {
    /// For whoever presented it.
    public let text: UTF8String
}

extension DecisionPipeline {
    /// Whose a credential is: its signature and that its issuer is trusted, and no more. Whether the agent is suspended or
    /// its passport has expired is judged with each call, and logged there.
    ///
    /// - Throws: `LedgerError` where there is no usable rulebook.
    public func identify(
        _ credential: Credential
    ) async throws(LedgerError) -> Result<VerifiedAgent, UnverifiedCredential> {
        switch passports.present(credential, to: try rulebook()).verified {
        case .success(let verified):
            .success(
                VerifiedAgent(
                    agentID: verified.passport.agentID, credential: .passport(verified.canonicalBytes)))
        case .failure(let why): .failure(UnverifiedCredential(text: why.text))
        }
    }

    /// The rulebook in force.
    func rulebook() throws(LedgerError) -> Rulebook {
        do throws(RulebookError) {
            return try ports.rules.current()
        } catch {
            throw LedgerError(.notFound, "there are no usable policies: \(error)")
        }
    }
}
