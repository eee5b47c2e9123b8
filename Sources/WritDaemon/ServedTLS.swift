// SPDX-License-Identifier: Apache-2.0

import Certificates
import Decisions
import HTTPGateway
import HomeFolder
import Passports
import WritCommand

/// TLS of an installation's door, where its configuration has some.
enum ServedTLS {
    /// - Parameter home: the installation's folder.
    /// - Throws: `CommandFailure` where a file cannot be used.
    static func door(_ installation: Installation, home: String) throws -> DoorTLS? {
        guard let files = installation.configuration.tls else { return nil }
        let clock = installation.ports.clock
        @Sendable func path(_ name: String) -> String { name.hasPrefix("/") ? name : "\(home)/\(name)" }
        do throws(DoorTLS.Failure) {
            return try DoorTLS(
                clients: clients(installation, files, path), now: { clock.monotonicMilliseconds() }, note: Output.note
            ) {
                do throws(HomeError) {
                    return .success(
                        DoorTLS.Material(
                            certificates: try FileAccess.read(path(files.certificate), limit: Self.bytesMax),
                            key: try FileAccess.read(path(files.key), limit: Self.bytesMax, privacy: .ownerOnly)))
                } catch { return .failure(DoorTLS.Failure(error.message)) }
            }
        } catch { throw CommandFailure(.configuration, "listen/tls: \(error.description)") }
    }

    /// Nobody is asked for a certificate where none could be believed.
    private static func clients(
        _ installation: Installation, _ files: ListenTLS, _ path: @escaping @Sendable (String) -> String
    ) -> (any ClientCertificates)? {
        guard
            files.clients != nil || installation.configuration.tokenIssuers.contains(where: { $0.kind == .spiffeX509 })
        else { return nil }
        let (rules, clock) = (installation.ports.rules, installation.ports.clock)
        return CertificateVerifier(
            trusted: {
                // Without rules nobody is trusted, and nothing is allowed either.
                do throws(RulebookError) { return try rules.current().tokenIssuers } catch { return .none }
            }, clients: files.clients, now: { clock.now() }, clock: { clock.monotonicMilliseconds() }, note: Output.note
        ) { name in
            do throws(HomeError) {
                return .success(try FileAccess.read(path(name), limit: CertificateLimits.bundleBytesMax))
            } catch { return .failure(CertificateVerifier.Unreadable(error.message)) }
        }
    }

    /// Bytes of a certificate's file with those behind it, and of a key's: 256 KiB.
    private static let bytesMax = 256 << 10
}
