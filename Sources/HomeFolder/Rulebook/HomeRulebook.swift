// SPDX-License-Identifier: Apache-2.0

public import Cedar
public import Decisions
import StrictJSON
import Synchronization
import WireTypes

/// The rulebook of a folder, read again when a file has changed; the files are looked at ten times a second at most.
///
/// What does not load leaves the old rulebook in force, and says so once; where there is no old one, nothing is allowed.
/// In mode `protected` what does not load, or is not what administrators have signed, leaves nothing allowed: the old
/// rulebook then serves to log the refusals.
public final class HomeRulebook: RulebookSource {
    /// A file as it was when it was read.
    private struct SeenFile: Equatable {
        let path: String
        let fingerprint: [Int64]
    }

    private struct State {
        var lookedAt: Int64?
        var rulebook: Rulebook?
        var files: [SeenFile] = []
        /// Where the configuration that was read last has tool definitions.
        var toolPaths: [String] = []
        var lastFailure: String?
        /// Whether what was in force last was sealed and had to be.
        var isProtected = false
        /// What has been read already, for the first time that it is asked for.
        var read: ReadConfiguration?
    }

    private let home: Home
    private let maker: RulebookMaker
    private let note: @Sendable (String) -> Void
    private let clock: (any Clock)?
    private let seals: SealBook?
    private let state = Mutex(State())

    /// The rulebook of a folder.
    ///
    /// - Parameters:
    ///   - clock: whose monotonic time says how long ago the files were looked at; without one they are looked at every
    ///     time.
    ///   - read: the configuration, where it has been read already; it is read again where the file has changed since.
    ///   - seals: what administrators have signed; without them the files are taken as they are, for whoever decides
    ///     nothing by them.
    ///   - note: takes lines for the operator.
    public init(
        _ home: Home, maker: RulebookMaker, clock: (any Clock)? = nil, read: ReadConfiguration? = nil,
        seals: SealBook? = nil, note: @escaping @Sendable (String) -> Void
    ) {
        self.seals = seals
        self.clock = clock
        self.home = home
        self.maker = maker
        self.note = note
        state.withLock { $0.read = read }
    }

    /// The rulebook in force.
    ///
    /// - Throws: `RulebookError` where none has ever loaded.
    public func current() throws(RulebookError) -> Rulebook {
        let outcome: Result<Rulebook, RulebookError> = state.withLock { state in
            do throws(RulebookError) { return .success(try load(&state)) } catch { return .failure(error) }
        }
        return try outcome.get()
    }

    private func load(_ state: inout State) throws(RulebookError) -> Rulebook {
        if let clock, let rulebook = state.rulebook {
            let now = clock.monotonicMilliseconds()
            // A seal that somebody has put in force just now is not waited for.
            if let last = state.lookedAt, now - last < Limits.rulebookMilliseconds, !state.isProtected {
                return rulebook
            }
            state.lookedAt = now
        }
        var seal: Digest?
        do throws(HomeError) {
            seal = try seals?.inForce()
            return try load(&state, under: seal)
        } catch {
            guard let rulebook = state.rulebook else { throw RulebookError(error.message) }
            let isFault = isProtected(&state, seal)
            if state.lastFailure != error.message {
                note(
                    isFault
                        ? "writ: nothing is allowed from here on:\n\(error.message)"
                        : "writ: the changed files do not load; what was in force stays in force:\n\(error.message)")
                state.lastFailure = error.message
            }
            let kept = rulebook.read(
                under: seal, isProtected: false, fault: isFault ? UTF8String(Self.oneLine(error.message)) : nil)
            state.rulebook = kept
            return kept
        }
    }

    private func load(_ state: inout State, under seal: Digest?) throws(HomeError) -> Rulebook {
        let paths = try Self.policyPaths(home)
        let files = Self.seen([home.configuration] + paths)
        let tools = Self.seen(state.toolPaths)
        if let rulebook = state.rulebook, files + tools == state.files, rulebook.seal == seal { return rulebook }
        state.files = files + tools
        let read = state.read
        state.read = nil
        let configuration =
            if let read, files.first?.fingerprint == read.fingerprint {
                read.configuration
            } else {
                try Configuration.read(home)
            }
        // Before they are read, so that a change in between is seen the next time.
        state.toolPaths = ToolFiles.paths(home, configuration).map(\.path)
        state.files = files + Self.seen(state.toolPaths)
        let policies = try Self.files(paths)
        let definitions = try ToolFiles(home, configuration)
        if let seals {
            let inForce = try seal.map { digest throws(HomeError) in try seals.seal(digest) }
            if let fault = SealedFiles.fault(
                inForce, configuration.mode, SealedFiles.digests(home, configuration, policies, definitions))
            {
                state.isProtected = true
                throw HomeError(.malformed, fault)
            }
        }
        let rulebook: Rulebook
        do throws(RulebookError) {
            rulebook = try maker.rulebook(configuration, policies, definitions).read(
                under: seal, isProtected: seals != nil && configuration.mode == .protected)
        } catch {
            throw HomeError(.malformed, error.description)
        }
        state.rulebook = rulebook
        state.isProtected = configuration.mode == .protected
        state.lastFailure = nil
        return rulebook
    }

    /// Whether what was in force last, or the seal, asks for what is signed and for nothing else.
    private func isProtected(_ state: inout State, _ seal: Digest?) -> Bool {
        if state.isProtected { return true }
        guard let seals, let seal else { return false }
        do throws(HomeError) {
            state.isProtected = try seals.seal(seal).mode == .protected
        } catch {
            // One that cannot be read could be any.
            state.isProtected = true
        }
        return state.isProtected
    }

    /// A reason of a refusal is a sentence; the rest is for the operator.
    private static func oneLine(_ text: String) -> String { String(text.prefix { $0 != "\n" }.prefix(300)) }

    /// The folder's policy files.
    ///
    /// - Throws: `HomeError` where one cannot be read.
    public static func policies(_ home: Home) throws(HomeError) -> [PolicyFile] { try files(policyPaths(home)) }

    private static func policyPaths(_ home: Home) throws(HomeError) -> [String] {
        try FileAccess.names(in: home.policies, ending: ".cedar", limit: Limits.policyFiles)
            .map { "\(home.policies)/\($0)" }
    }

    private static func files(_ paths: [String]) throws(HomeError) -> [PolicyFile] {
        var files: [PolicyFile] = []
        for path in paths {
            let name = String(path.split(separator: "/").last ?? "")
            files.append(
                PolicyFile(name: UTF8String(name), bytes: try FileAccess.read(path, limit: Limits.policyBytes)))
        }
        return files
    }

    private static func seen(_ paths: [String]) -> [SeenFile] {
        paths.map { SeenFile(path: $0, fingerprint: FileAccess.fingerprint($0) ?? []) }
    }
}

/// A configuration, and its file as it was just before it was read.
public struct ReadConfiguration: Sendable {
    /// The configuration.
    public let configuration: Configuration
    let fingerprint: [Int64]

    /// Reads the folder's configuration.
    ///
    /// - Throws: `HomeError`.
    public init(_ home: Home) throws(HomeError) {
        fingerprint = FileAccess.fingerprint(home.configuration) ?? []
        configuration = try Configuration.read(home)
    }
}
