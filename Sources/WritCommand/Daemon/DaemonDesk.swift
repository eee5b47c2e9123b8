// SPDX-License-Identifier: Apache-2.0

import Decisions
import Dispatch
import Glibc
import HomeFolder
import Receipts
import SQLiteLedger
import StrictJSON
import Synchronization

/// An installation that stays open, and decides for other processes as each of them would by itself.
final class DaemonDesk: Sendable {
    private struct Seen {
        var fingerprint: [Int64]?
        var configuration: Configuration
        var lastFailure: String?
    }

    private let home: Home
    private let installation: Installation
    private let wanted: DaemonSurroundings
    private let seen: Mutex<Seen>
    /// One hook at a time tries for the lock that hooks of their own processes also take.
    private let turn = DispatchSemaphore(value: 1)

    /// Opens an installation.
    ///
    /// - Throws: what a hook's own process would say.
    init(_ home: Home, _ handle: HomeHandle) throws {
        self.home = home
        let fingerprint = FileAccess.fingerprint(home.configuration)
        installation = try Installation.open(home, lifetime: .service, looksEachTime: true)
        wanted = DaemonSurroundings(home, handle, installation.configuration)
        seen = Mutex(Seen(fingerprint: fingerprint, configuration: installation.configuration))
    }

    func begin() async throws { try await installation.beginService() }

    func close() throws { try installation.close() }

    /// The configuration that it began with.
    var begun: Configuration { installation.configuration }

    /// Who could have tampered with what it decides, and why it refuses everything.
    var custody: (custody: String, fault: UTF8String?) {
        do throws(RulebookError) {
            let rules = try installation.ports.rules.current()
            let custody = rules.isSealed ? installation.ports.custody : .cooperative
            return (custody.rawValue, rules.fault)
        } catch {
            return (installation.ports.custody.rawValue, UTF8String(error.description))
        }
    }

    /// Why this daemon is not the one to be asked any more; `nil` where it is.
    var reasonToEnd: String? {
        if let reason = wanted.reasonToEnd({ Installation.ledgerPath(home, configuration()) }) { return reason }
        let now = configuration()
        // What nobody has signed is no reason: it is refused.
        guard now.mode != begun.mode || now.protection != begun.protection, custody.fault == nil else { return nil }
        return "the mode, or who is kept apart, has changed; start it again"
    }

    /// Decides.
    ///
    /// - Throws: `DaemonTrouble`: whoever asks is to decide by itself, and to say what is wrong.
    func answer(_ question: DaemonQuestion, until deadline: Deadline) throws(DaemonTrouble) -> ProcessAnswer {
        if let reason = reasonToEnd { throw DaemonTrouble(reason) }
        let answer: ProcessAnswer
        do {
            let now = installation.with(configuration())
            switch question {
            case .hook(let question):
                guard turn.wait(timeout: .now() + .milliseconds(Int(deadline.left))) == .success else {
                    throw DaemonTrouble("other hooks are being decided")
                }
                defer { turn.signal() }
                let lock = try HookLock(home, until: deadline)
                defer { lock.release() }
                answer = ProcessAnswer(try Waiting.result { try await question.answer(now) })
            case .check(let question): answer = try Waiting.result { try await question.answer(now) }
            case .status, .stop: throw DaemonTrouble("no decision")
            }
            // A log that cannot be used may be one that another process can use.
            if answer.status != ExitStatus.success.rawValue { _ = try installation.ports.ledger.state() }
        } catch let error as DaemonTrouble {
            throw error
        } catch {
            throw DaemonTrouble("it cannot decide this: \(error)")
        }
        guard question.statuses.contains(answer.status) else { throw DaemonTrouble("it could not log this") }
        return answer
    }

    /// The configuration as it is; what does not load leaves the old one in force, and says so once.
    private func configuration() -> Configuration {
        seen.withLock { seen in
            let fingerprint = FileAccess.fingerprint(home.configuration)
            guard fingerprint != seen.fingerprint else { return seen.configuration }
            do throws(HomeError) {
                seen.configuration = try Configuration.read(home)
                seen.fingerprint = fingerprint
                seen.lastFailure = nil
            } catch {
                if seen.lastFailure != error.message {
                    Output.note("writ: the changed configuration does not load; what was in force stays in force:")
                    Output.note(error.message)
                    seen.lastFailure = error.message
                }
            }
            return seen.configuration
        }
    }
}

/// What must stay as it was for a daemon to be the same as a process of the moment.
struct DaemonSurroundings: Sendable {
    private struct File: Sendable {
        let path: String
        let identity: FileIdentity?
        let why: String
    }

    private let files: [File]
    private let ledgerPath: String
    private let keys: [[Int64]?]
    private let keyPaths: [String]

    init(_ home: Home, _ handle: HomeHandle, _ configuration: Configuration) {
        ledgerPath = Installation.ledgerPath(home, configuration)
        let store = KeyStore(home)
        keyPaths = [store.path(.receipts), store.path(.log), store.verifierKeyPath]
        keys = keyPaths.map(FileAccess.fingerprint)
        var files = [
            File(path: home.path, identity: handle.identity, why: "the folder is gone, or is another one"),
            File(path: ledgerPath, identity: FileIdentity(ledgerPath), why: "the ledger was replaced"),
            File(
                path: home.evidenceKeys, identity: FileIdentity(home.evidenceKeys),
                why: "the evidence keys were replaced"),
        ]
        if let program = Self.program() {
            files.append(
                File(path: program, identity: FileIdentity("/proc/self/exe"), why: "the program was replaced"))
        }
        self.files = files
    }

    /// - Parameter ledgerPath: is asked only where the folder is still there.
    func reasonToEnd(_ ledgerPath: () -> String) -> String? {
        if let file = files.first(where: { FileIdentity($0.path) != $0.identity }) { return file.why }
        if ledgerPath() != self.ledgerPath { return "the configuration names another ledger" }
        if keyPaths.map(FileAccess.fingerprint) != keys { return "the keys were changed" }
        return nil
    }

    /// Where this program is; where it was, if it has gone already, which is then noticed.
    private static func program() -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Lets a thread of its own wait for what is done on the shared ones.
enum Waiting {
    private final class Box<Value: Sendable>: Sendable {
        let result = Mutex<Result<Value, any Error>?>(nil)
    }

    static func result<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
        let box = Box<Value>()
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            let result: Result<Value, any Error>
            do { result = .success(try await work()) } catch { result = .failure(error) }
            box.result.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        guard let result = box.result.withLock({ $0 }) else { throw DaemonTrouble("no answer") }
        return try result.get()
    }
}
