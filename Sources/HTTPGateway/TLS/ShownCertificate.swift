// SPDX-License-Identifier: Apache-2.0

import Decisions
import Passports
import StrictJSON
import WireTypes

extension VerifiedCredential {
    /// The same, proved by the connection's certificate where it is bound to that and to nothing else (RFC 8705 §3);
    /// itself where it is not bound to a certificate.
    ///
    /// - Throws: `TokenRefusal` (`proof`) where it is bound to another one, or there is none.
    func proved(by certificate: ClientCertificate?) throws(TokenRefusal) -> VerifiedCredential {
        guard let confirmation = facts.confirmation, let bound = confirmation["x5t#S256"] else { return self }
        guard confirmation.count == 1, let certificate,
            bound.string.flatMap({ Digest(base64URL: $0.string) }) == certificate.thumbprint
        else {
            throw TokenRefusal(.proof, "the token is bound to a certificate that this connection has not shown")
        }
        do throws(PassportError) { return try proved(by: .mtls) } catch {
            throw TokenRefusal(.claims, "the token has a claim that cannot be written exactly")
        }
    }
}
