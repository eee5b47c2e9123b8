// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import HTTPGateway
import NIOCore
import NIOHTTP1
import NIOSSL
import SwiftASN1
import Testing
import X509

extension Issued {
    var tls: NIOSSLCertificate { get throws { try NIOSSLCertificate(bytes: try der, format: .der) } }
    var keyPEM: String { get throws { try key.serializeAsPEM().pemString } }
}

extension Form {
    /// Of a door on this machine.
    static var door: Form {
        Form(names: [.ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1]))], uses: [.serverAuth])
    }
}

/// The files of a door's certificate, which a test may change.
struct DoorFiles: Sendable {
    let material: Mutexed<DoorTLS.Material>

    init(_ issued: Issued) throws { material = Mutexed(try Self.material(issued)) }

    static func material(_ issued: Issued) throws -> DoorTLS.Material {
        DoorTLS.Material(certificates: Array(try issued.pem.utf8), key: Array(try issued.keyPEM.utf8))
    }
}

/// A client that speaks TLS, shows certificates, and trusts one authority.
struct SecureClient: Sendable {
    private let client: HTTPClient
    private let port: Int

    /// Opens a client for as long as a test takes.
    static func with<Result>(
        _ port: Int, shows chain: [Issued] = [], trusts authority: Issued,
        _ body: (SecureClient) async throws -> Result
    ) async throws -> Result {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates([try authority.tls])
        if let own = chain.first {
            tls.certificateChain = try chain.map { .certificate(try $0.tls) }
            tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(try own.keyPEM.utf8), format: .pem))
        }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let result = try await body(SecureClient(client: client, port: port))
            try await client.shutdown()
            return result
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    func ask(_ text: HTTPText) async throws -> RawClient.Response {
        var request = HTTPClientRequest(url: "https://127.0.0.1:\(port)\(text.path)")
        request.method = HTTPMethod(rawValue: text.method)
        for (name, value) in text.headers where name != "Host" { request.headers.add(name: name, value: value) }
        if !text.body.isEmpty { request.body = .bytes(ByteBuffer(string: text.body)) }
        let response = try await client.execute(request, timeout: .seconds(30))
        var headers: [String: String] = [:]
        for (name, value) in response.headers { headers[name.lowercased()] = value }
        let body = try await response.body.collect(upTo: 1 << 20)
        return RawClient.Response(
            status: Int(response.status.code), headers: headers, body: Array(body.readableBytesView))
    }
}
