// SPDX-License-Identifier: Apache-2.0

package import Credentials
import Decisions
import HomeFolder
import Passports
import SQLiteLedger
import StrictJSON

/// Tokens, for an installation.
package enum TokenCredential {
    /// A verifier under the rules in force.
    ///
    /// - Parameter remote: has the keys of issuers with a URL; without it they are not to be had.
    package static func verifier(
        _ installation: Installation, remote: (any IssuerKeySource)? = nil
    ) -> TokenVerifier {
        let (rules, clock, home) = (installation.ports.rules, installation.ports.clock, installation.home.path)
        let keys = FileKeys(
            remote: remote, now: { clock.monotonicMilliseconds() }, note: Output.note
        ) { path in
            do throws(HomeError) {
                return .success(
                    try FileAccess.read(
                        path.hasPrefix("/") ? path : "\(home)/\(path)", limit: CredentialLimits.keySetBytesMax))
            } catch { return .failure(KeysUnavailable(error.message)) }
        }
        return TokenVerifier(
            keys: keys,
            trusted: {
                // Without rules nobody is trusted, and nothing is allowed either.
                do throws(RulebookError) { return try rules.current().tokenIssuers } catch { return .none }
            }, now: { clock.now() })
    }

    /// The credential of a file with a token, for a call that this machine's own command asks about.
    static func credential(_ path: String, _ installation: Installation) async -> Credential {
        var token: [UInt8]
        do throws(HomeError) {
            token = try FileAccess.read(path, limit: TokenLimits.tokenBytesMax + 1, privacy: .ownerOnly)
        } catch {
            return .unreadable("the token file is missing, too large, no file, or open to others")
        }
        if token.last == UInt8(ascii: "\n") { token.removeLast() }
        let verifier = verifier(installation)
        switch await verifier.verify(token) {
        case .failure(let refusal): return .unreadable(refusal.text)
        case .success(let credential):
            let resource = installation.configuration.resourceURL
            guard let issuer = verifier.issuers[credential.facts.issuer],
                issuer.isMeant(credential.facts.audience, for: [UTF8String(resource)])
            else { return .unreadable("the token is meant for another resource") }
            return .verified(credential)
        }
    }
}
