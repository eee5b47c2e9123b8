// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// One request to a host that a configuration names, which must not lead elsewhere: nothing of one is left for the next.
///
/// The name is looked up here, every address of it must be one that is allowed, and the connection goes to one of those
/// that were looked at: who answers for the name the second time is not asked.
struct GuardedClient: Sendable {
    let names: any HostNames
    let limits: FetchLimits
    let isAllowed: @Sendable (InternetAddress) -> Bool

    /// What is asked.
    struct Question: Sendable {
        var accept: String
        var answerBytesMax: Int
        /// A form, which makes it a POST.
        var form: [UInt8]?
        var authorization: String?
    }

    /// What is answered.
    struct Answer: Sendable {
        let status: UInt
        let body: [UInt8]
    }

    /// Why there is no answer, in words that quote nothing that was sent or came.
    struct Failure: Error, Sendable {
        let text: String
    }

    func ask(_ address: KeyAddress, _ question: Question) async -> Result<Answer, Failure> {
        let limits = limits
        return await withTaskGroup(of: Result<Answer, Failure>.self) { group in
            group.addTask { await askUnbounded(address, question) }
            group.addTask {
                do { try await Task.sleep(for: .milliseconds(limits.fetchMilliseconds)) } catch {}
                return .failure(Failure(text: "no answer within \(limits.fetchMilliseconds) ms"))
            }
            defer { group.cancelAll() }
            return await group.next() ?? .failure(Failure(text: "nothing was fetched"))
        }
    }

    private func askUnbounded(_ address: KeyAddress, _ question: Question) async -> Result<Answer, Failure> {
        let target: InternetAddress
        if address.isLoopback {
            target = InternetAddress(address.host) ?? Self.loopback
        } else {
            let found = await found(address.host)
            guard let first = found.first else { return .failure(Failure(text: "the host has no address")) }
            guard found.allSatisfy(isAllowed) else {
                return .failure(Failure(text: "the host has an address that is not of the public Internet"))
            }
            target = first
        }
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: .milliseconds(limits.connectMilliseconds), read: .milliseconds(limits.fetchMilliseconds)),
            decompression: .disabled)
        configuration.httpVersion = .http1Only
        // The name stays the one that the certificate must have.
        if InternetAddress(address.host) == nil { configuration.dnsOverride = [address.host: target.text] }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let outcome = await Self.exchange(address, question, client, milliseconds: limits.fetchMilliseconds)
        do { try await client.shutdown() } catch {
            return .failure(Failure(text: "the connection could not be closed"))
        }
        return outcome
    }

    /// A look-up cannot be cancelled; whoever waits for it can.
    private func found(_ host: String) async -> [InternetAddress] {
        if let address = InternetAddress(host) { return [address] }
        let names = names
        let (answers, answer) = AsyncStream<[InternetAddress]>.makeStream()
        Task {
            answer.yield(await names.addresses(of: host))
            answer.finish()
        }
        for await found in answers { return found }
        return []
    }

    private static func exchange(
        _ address: KeyAddress, _ question: Question, _ client: HTTPClient, milliseconds: Int64
    ) async -> Result<Answer, Failure> {
        var request = HTTPClientRequest(url: address.url)
        request.headers.add(name: "Accept", value: question.accept)
        request.headers.add(name: "Accept-Encoding", value: "identity")
        if let authorization = question.authorization {
            request.headers.add(name: "Authorization", value: authorization)
        }
        if let form = question.form {
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(ByteBuffer(bytes: form))
        }
        do {
            let response = try await client.execute(request, timeout: .milliseconds(milliseconds))
            let body = try await response.body.collect(upTo: question.answerBytesMax)
            return .success(Answer(status: response.status.code, body: Array(body.readableBytesView)))
        } catch is NIOTooManyBytesError {
            return .failure(Failure(text: "the answer has more than \(question.answerBytesMax) bytes"))
        } catch {
            return .failure(Failure(text: "the host could not be asked"))
        }
    }

    private static let loopback: InternetAddress = {
        guard let address = InternetAddress(bytes: [127, 0, 0, 1]) else { preconditionFailure("four bytes") }
        return address
    }()
}
