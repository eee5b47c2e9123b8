// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// `tls` of `listen`: what `writ serve` shows its clients, and whose certificates it takes from them. Paths are relative to
/// the folder.
public struct ListenTLS: Sendable, Hashable {
    /// The file with the certificate, and those behind it, in PEM.
    public var certificate: String
    /// The file with its key, for its owner alone.
    public var key: String
    /// The file with the authorities of clients that are no workloads.
    public var clients: String?
}

extension Configuration {
    /// `listen: 127.0.0.1:8808`, or `listen: {address: 0.0.0.0:8443, tls: {certificate: …, key: …}}`.
    static func listen(_ members: inout Members) throws(HomeError) -> (ListenAddress, ListenTLS?) {
        guard let value = members.take("listen") else { return (.standard, nil) }
        guard value.object != nil else {
            guard let text = value.string?.string, let address = ListenAddress(text) else {
                throw members.wrong(
                    "listen",
                    "an address of this machine alone and a port, as in \(ListenAddress.standard); with TLS "
                        + "{address: 0.0.0.0:8443, tls: {certificate: FILE, key: FILE}}")
            }
            return (address, nil)
        }
        var listen = try Members(value, at: "listen", of: members.path)
        let address = try listen.text("address")
        let settings = listen.take("tls")
        try listen.finish()
        guard let settings else {
            throw listen.wrong("tls", "{certificate: FILE, key: FILE}, and perhaps `clients: FILE`")
        }
        var tls = try Members(settings, at: "listen/tls", of: members.path)
        let certificate = try tls.text("certificate")
        let key = try tls.text("key")
        let clients = try tls.text("clients")
        try tls.finish()
        guard let certificate else { throw tls.wrong("certificate", "the file with the certificate, in PEM") }
        guard let key else { throw tls.wrong("key", "the file with the certificate's key, for its owner alone") }
        let files = ListenTLS(certificate: certificate.string, key: key.string, clients: clients?.string)
        guard let address else { return (.standard, files) }
        guard let listened = ListenAddress(address.string, isSecure: true) else {
            throw listen.wrong("address", "a numeric address and a port, as in 0.0.0.0:8443")
        }
        return (listened, files)
    }

    /// The URL that tokens are given for.
    public var resourceURL: String { resource ?? "\(tls == nil ? "http" : "https")://\(listen)/mcp" }
}
