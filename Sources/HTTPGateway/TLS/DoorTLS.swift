// SPDX-License-Identifier: Apache-2.0

public import Decisions
import NIOCore
import NIOSSL
import Synchronization

/// TLS for HTTP's door: its own certificate and key, and who says whose the certificates are that clients show.
///
/// Both files are looked at again, at most once in a second, when somebody connects: whoever renews the certificate writes
/// them anew. Where they cannot be read then, what was there before goes on, and is said.
public final class DoorTLS: Sendable {
    /// A certificate with the chain behind it, and its key, both in PEM.
    public struct Material: Sendable, Equatable {
        /// The door's own certificate first.
        public var certificates: [UInt8]
        /// The key of the first.
        public var key: [UInt8]

        /// Certificates and a key.
        public init(certificates: [UInt8], key: [UInt8]) {
            self.certificates = certificates
            self.key = key
        }
    }

    /// Why there is no TLS: for the operator. It quotes nothing of the key.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// What is wrong.
        public let description: String

        /// A reason.
        public init(_ description: String) { self.description = description }
    }

    /// Reads both files.
    public typealias Reader = @Sendable () -> Result<Material, Failure>

    private struct Current {
        var material: Material
        var context: NIOSSLContext
        var lookedAt: Int64
        var failure: String?
    }

    private let current: Mutex<Current>
    private let clients: (any ClientCertificates)?
    private let read: Reader
    private let now: @Sendable () -> Int64
    private let note: @Sendable (String) -> Void

    /// TLS with what is in the files now.
    ///
    /// - Parameters:
    ///   - clients: verifies what clients show; without it they are not asked for certificates.
    ///   - now: milliseconds that only rise.
    ///   - note: takes lines for the operator.
    /// - Throws: `Failure` where the files cannot be read, or do not belong together.
    public init(
        clients: (any ClientCertificates)?, now: @escaping @Sendable () -> Int64,
        note: @escaping @Sendable (String) -> Void = { _ in }, read: @escaping Reader
    ) throws(Failure) {
        self.clients = clients
        self.now = now
        self.note = note
        self.read = read
        let material = try read().get()
        current = Mutex(
            Current(
                material: material, context: try Self.context(material, asksClients: clients != nil), lookedAt: now()))
    }

    private static func context(_ material: Material, asksClients: Bool) throws(Failure) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMBytes(material.certificates)
            guard !chain.isEmpty else { throw Failure("the file of the door's certificate has none") }
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(bytes: material.key, format: .pem)))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            if asksClients {
                // What is shown must verify, here by `ClientCertificates`; the library's own authorities vouch for nobody.
                configuration.certificateVerification = .optionalVerification
                configuration.trustRoots = .certificates([])
            }
            return try NIOSSLContext(configuration: configuration)
        } catch let failure as Failure { throw failure } catch {
            throw Failure("the door's certificate and key cannot be used: they are not PEM, or do not belong together")
        }
    }

    /// The context for a connection that begins.
    private func context() -> NIOSSLContext {
        let (context, said): (NIOSSLContext, String?) = current.withLock { current in
            let now = now()
            guard now - current.lookedAt >= Self.lookMilliseconds else { return (current.context, nil) }
            current.lookedAt = now
            var failure: String?
            do throws(Failure) {
                let material = try read().get()
                if material != current.material {
                    current.context = try Self.context(material, asksClients: clients != nil)
                    current.material = material
                }
            } catch { failure = error.description }
            defer { current.failure = failure }
            return (current.context, failure == current.failure ? nil : failure)
        }
        if let said { note("writ: the door's certificate stays what it was: \(said)") }
        return context
    }

    /// What speaks TLS on a connection, and tells it whose certificate was shown.
    func handler(for channel: any Channel, _ connections: ConnectionTable) -> NIOSSLServerHandler {
        guard let clients else { return NIOSSLServerHandler(context: context()) }
        return NIOSSLServerHandler(
            context: context(),
            customVerificationCallback: { certificates, promise in
                let chain: [[UInt8]]
                do { chain = try certificates.map { try $0.toDERBytes() } } catch {
                    promise.succeed(.failed)
                    return
                }
                promise.completeWithTask {
                    guard case .success(let certificate) = await clients.verify(chain) else { return .failed }
                    connections[channel].certificate = certificate
                    return .certificateVerified
                }
            })
    }

    /// The certificate that a connection has shown, where it still counts.
    func certificate(of connection: Connection) -> ClientCertificate? {
        guard let certificate = connection.certificate, clients?.counts(certificate) == true else { return nil }
        return certificate
    }

    /// How long the files are taken to be unchanged.
    private static let lookMilliseconds: Int64 = 1000
}
