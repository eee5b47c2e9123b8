// SPDX-License-Identifier: Apache-2.0

public import Cedar
public import Decisions
import StrictJSON
import Synchronization

/// The rulebook of a folder, read again when a file has changed; the files are looked at ten times a second at most.
///
/// What does not load leaves the old rulebook in force, and says so once; where there is no old one, nothing is allowed.
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
        /// What has been read already, for the first time that it is asked for.
        var read: ReadConfiguration?
    }

    private let home: Home
    private let maker: RulebookMaker
    private let note: @Sendable (String) -> Void
    private let clock: (any Clock)?
    private let state = Mutex(State())

    /// The rulebook of a folder.
    ///
    /// - Parameters:
    ///   - clock: whose monotonic time says how long ago the files were looked at; without one they are looked at every
    ///     time.
    ///   - read: the configuration, where it has been read already; it is read again where the file has changed since.
    ///   - note: takes lines for the operator.
    public init(
        _ home: Home, maker: RulebookMaker, clock: (any Clock)? = nil, read: ReadConfiguration? = nil,
        note: @escaping @Sendable (String) -> Void
    ) {
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
            if let last = state.lookedAt, now - last < Limits.rulebookMilliseconds { return rulebook }
            state.lookedAt = now
        }
        do throws(HomeError) {
            let paths = try Self.policyPaths(home)
            let files = Self.seen([home.configuration] + paths)
            let tools = Self.seen(state.toolPaths)
            if let rulebook = state.rulebook, files + tools == state.files { return rulebook }
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
            let rulebook = try Self.read(home, configuration, paths, maker)
            state.rulebook = rulebook
            state.lastFailure = nil
            return rulebook
        } catch {
            guard let rulebook = state.rulebook else { throw RulebookError(error.message) }
            if state.lastFailure != error.message {
                note("writ: the changed files do not load; what was in force stays in force:\n\(error.message)")
                state.lastFailure = error.message
            }
            return rulebook
        }
    }

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

    private static func read(
        _ home: Home, _ configuration: Configuration, _ paths: [String], _ maker: RulebookMaker
    ) throws(HomeError) -> Rulebook {
        let files = try files(paths)
        let tools = try ToolFiles(home, configuration)
        do throws(RulebookError) { return try maker.rulebook(configuration, files, tools) } catch {
            throw HomeError(.malformed, error.description)
        }
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
