// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import X509

extension ClientChain {
    /// Whose certificate it is (SPIFFE X509-SVID §2 to §5).
    enum Name {
        /// A workload's.
        case workload(SPIFFEID)
        /// Nobody's in particular.
        case none
        /// It has the names of a workload, and breaks a rule of theirs.
        case broken(UTF8String)
    }

    /// The workload that it names: exactly one URI, which is a SPIFFE id with a path; of no authority; for signatures; and
    /// for clients, where it says what it is for.
    var name: Name {
        do {
            let names = try leaf.extensions.subjectAlternativeNames.map { Array($0) } ?? []
            let addresses = names.compactMap { name -> String? in
                if case .uniformResourceIdentifier(let text) = name { text } else { nil }
            }
            guard addresses.contains(where: { $0.lowercased().hasPrefix("spiffe:") }) else { return .none }
            guard addresses.count == 1, let id = SPIFFEID(UTF8String(addresses[0])) else {
                return .broken("the certificate does not have exactly one SPIFFE id of a workload")
            }
            if case .isCertificateAuthority = try leaf.extensions.basicConstraints {
                return .broken("the certificate is an authority's, and not a workload's")
            }
            guard let usage = try leaf.extensions.keyUsage, usage.digitalSignature, !usage.keyCertSign, !usage.cRLSign
            else { return .broken("the certificate is not for signatures alone") }
            if let uses = try leaf.extensions.extendedKeyUsage {
                guard uses.contains(.clientAuth) else { return .broken("the certificate is not for clients") }
            }
            return .workload(id)
        } catch { return .broken("the certificate has names or uses that cannot be read") }
    }
}
