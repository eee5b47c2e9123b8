// SPDX-License-Identifier: Apache-2.0

package import Decisions
package import Gateway
import Glibc
package import HomeFolder
import Receipts
package import SQLiteLedger
import StrictJSON
import TransparencyLog
import WireTypes

/// An installation that is open: its keys, its record, its rules. The one place that joins adapters and ports.
package struct Installation {
    let home: Home
    package let configuration: Configuration
    let ledger: SQLiteLedger
    package let ports: DecisionPorts

    /// Decides.
    package var pipeline: DecisionPipeline { DecisionPipeline(ports) }
    /// Logs what happens besides decisions.
    package var events: EventLog { EventLog(ports) }

    /// Opens a folder for deciding and for acts.
    ///
    /// - Parameters:
    ///   - lifetime: how long the process lives; one that ends at once leaves the ledger's housekeeping to others.
    ///   - clock: the time; only the demonstration has another than the system's.
    ///   - looksEachTime: whether each decision looks for changed rules, as if its process had just been started.
    package static func open(
        _ home: Home, lifetime: SQLiteLedger.Lifetime, clock: any Clock = SystemClock(), looksEachTime: Bool = false
    ) throws -> Installation {
        let read = try ReadConfiguration(home)
        let configuration = read.configuration
        if lifetime == .service {
            for warning in configuration.warnings { Output.note("writ: note: \(home.configuration): \(warning)") }
        }
        let keys = KeyStore(home)
        let receipts = try keys.load(.receipts)
        let verifierKey = try keys.verifierKey()
        let logKey = try keys.load(.log)
        guard logKey.publicKey == verifierKey.publicKey else {
            throw CommandFailure(
                .configuration,
                "\(keys.verifierKeyPath) is not the public half of \(keys.path(.log)); restore both from one backup")
        }
        let ledger = try SQLiteLedger.open(
            at: ledgerPath(home, configuration), signer: NoteSigner(key: verifierKey, sign: logKey.sign),
            lifetime: lifetime)
        let seals = SealBook(ledger, log: UTF8String(verifierKey.name))
        let rules = HomeRulebook(
            home, maker: maker, clock: looksEachTime ? nil : SystemClock(), read: read, seals: seals, note: Output.note)
        var ports = DecisionPorts(
            rules: rules, ledger: ledger,
            evidenceKeys: try SQLiteEvidenceKeys.open(at: home.evidenceKeys),
            signer: receipts, origin: UTF8String(verifierKey.name), clock: clock, random: SystemRandom(),
            paths: SystemPaths())
        if lifetime == .service, configuration.mode == .protected {
            try keepApart(home, configuration, rules)
            ports.custody = .protected
        }
        return Installation(home: home, configuration: configuration, ledger: ledger, ports: ports)
    }

    /// A service that is asked to be kept apart and is not does not begin.
    private static func keepApart(
        _ home: Home, _ configuration: Configuration, _ rules: HomeRulebook
    ) throws {
        do throws(RulebookError) { _ = try rules.current() } catch {
            throw CommandFailure(.configuration, error.description)
        }
        let unmet = CustodyExamination(home, configuration).conditions(isService: true).filter { $0.level == .problem }
        guard unmet.isEmpty else {
            throw CommandFailure(
                .configuration,
                "mode protected asks for what is not so:\n" + unmet.map { "  \($0.text)" }.joined(separator: "\n"))
        }
        // What is in this process's memory are keys.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        guard setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0 else {
            throw CommandFailure(.software, "core dumps cannot be switched off: \(String(cString: strerror(errno)))")
        }
    }

    /// Lets a process of the moment decide by itself, where that is what the mode has.
    ///
    /// - Throws: `CommandFailure` where only the daemon may decide.
    func mayDecideAlone() throws {
        guard configuration.mode == .protected else { return }
        throw CommandFailure(
            .configuration,
            "the mode is protected: only `writ daemon` decides, and it does not answer here; `writ daemon --status`")
    }

    /// The same with another configuration in the place of what was read when it was opened.
    func with(_ configuration: Configuration) -> Installation {
        Installation(home: home, configuration: configuration, ledger: ledger, ports: ports)
    }

    /// Puts the rules in force and logs that a service has begun.
    package func beginService() async throws {
        try await pipeline.activateRules()
        try await events.commit(
            .boot(
                engine: UTF8String("writ/\(Engine.version)"), size: UInt64(max(0, try ports.ledger.state().size)),
                root: nil, previous: nil), actor: "writ")
    }

    /// What seals the gateway's tokens.
    package func sealingKey() throws -> [UInt8] { try KeyStore(home).sealingKey(fresh: ports.random.bytes(32)) }

    /// The gateway's limits, with those that the configuration sets.
    package var gatewayLimits: GatewayLimits {
        var limits = GatewayLimits()
        limits.callMilliseconds = configuration.callTimeoutSeconds * 1000
        limits.approvalWaitMilliseconds = configuration.approvalWaitMilliseconds
        return limits
    }

    /// Flushes and closes the ledger.
    package func close() throws { try ledger.close() }

    /// Where a configuration's ledger is.
    static func ledgerPath(_ home: Home, _ configuration: Configuration) -> String {
        configuration.ledger.hasPrefix("/") ? configuration.ledger : "\(home.path)/\(configuration.ledger)"
    }

    /// Rulebooks under the system's time zones.
    static let maker = RulebookMaker(zone: IANATimeZone.named)
}

/// An installation's record, opened for reading: no private key is needed, nothing can be changed.
struct Archive {
    let home: Home
    let ledger: SQLiteLedger
    let logKey: VerifierKey

    static func open(_ home: Home) throws -> Archive {
        let configuration = try Configuration.read(home)
        let key = try KeyStore(home).verifierKey()
        let path = Installation.ledgerPath(home, configuration)
        return Archive(home: home, ledger: try SQLiteLedger.open(readingAt: path, log: key), logKey: key)
    }

    /// The receipt of an id.
    func receipt(_ text: String) throws -> (logged: LoggedEntry, signed: SignedEntry, receipt: Receipt) {
        guard let id = UUIDv7(parsing: text) else {
            throw CommandFailure(.usage, "\(text) is no receipt id; `writ receipts list` shows them")
        }
        guard let logged = try ledger.receipt(id) else {
            throw CommandFailure(.data, "there is no receipt \(text) in this log")
        }
        let signed = try SignedEntry(parsing: logged.bytes)
        guard let receipt = signed.receipt else { throw CommandFailure(.ledger, "entry \(logged.index) is no receipt") }
        return (logged, signed, receipt)
    }
}
