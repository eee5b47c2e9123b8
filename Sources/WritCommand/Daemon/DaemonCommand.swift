// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import Gateway
import Glibc
import HomeFolder
import StrictJSON
import Synchronization

/// `writ daemon`.
struct DaemonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daemon",
        abstract: "Stay, so that `writ hook` and `writ check` answer in a few milliseconds.",
        discussion: """
            Listens on daemon.sock in the installation's folder, for this user and root alone, and decides what hooks and \
            checks ask as they would by themselves: they find it without being told, and without it, or in any doubt \
            about it, they decide by themselves on the same ledger. Nothing starts it but you; docs/hooks.md has texts for \
            systemd and launchd. It ends by --stop, SIGTERM, or when the folder, the keys or the program are replaced.
            The environment changes nothing: without --home the folder is ~/.writ.
            """)

    @OptionGroup var home: ServiceHomeOption
    @Flag(help: "Say whether one runs, and what it has done. Status 0 where one runs, 1 where none does.")
    var status = false
    @Flag(help: "End the one that runs, and wait until it has.") var stop = false
    @Flag(help: "With --status: print JSON.") var json = false

    func run() async throws {
        let home = try home.resolve()
        guard !(status && stop), !json || status else {
            throw CommandFailure(.usage, "give --status, --status --json, --stop, or neither")
        }
        if status { return try show(home) }
        if stop { return try end(home) }
        clearenv()
        try await serve(home)
    }

    // MARK: the daemon itself

    private func serve(_ home: Home) async throws {
        let handle = try Self.orFailure { () throws(DaemonTrouble) in try HomeHandle(home) }
        guard let lock = try Self.lock(home, handle) else {
            throw CommandFailure(.usage, "a daemon runs already for \(home.path); `writ daemon --status` shows it")
        }
        defer { close(lock) }
        let listener = try DaemonListener(DaemonSocket.path(home), in: handle, name: DaemonSocket.name)
        defer { listener.remove() }
        let desk = try DaemonDesk(home, handle)
        try await desk.begin()
        let door = try DaemonDoor(home, desk.begun)
        defer { door?.listener.remove() }
        let service = DaemonService(home, handle, desk, listener: listener.descriptor, door: door)
        TerminationSignals.watch { service.end() }
        let watch = try desk.watch()
        try listener.open()
        try door?.listener.open()
        Output.note("writ daemon: listening on \(DaemonSocket.path(home))")
        if let path = desk.begun.protection.socket, door != nil { Output.note("writ daemon: and on \(path)") }
        let reason = service.run(isOurs: { listener.isInPlace && door?.listener.isInPlace ?? true })
        listener.remove()
        door?.listener.remove()
        watch.stop()
        try desk.close()
        Output.note("writ daemon: ended: \(reason)")
    }

    /// The lock that there is one daemon by; `nil` where another has it.
    private static func lock(_ home: Home, _ handle: HomeHandle) throws -> Int32? {
        let path = "\(home.path)/\(DaemonSocket.lock)"
        let descriptor = openat(
            handle.descriptor, DaemonSocket.lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure(.configuration, "\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            close(descriptor)
            if number == EWOULDBLOCK { return nil }
            throw CommandFailure(.configuration, "\(path) cannot be locked: \(String(cString: strerror(number)))")
        }
        return descriptor
    }

    // MARK: what is said to one that runs

    private func show(_ home: Home) throws {
        do throws(DaemonTrouble) {
            let answer = try DaemonClient.ask(
                .status, home, until: Deadline(milliseconds: DaemonLimits.controlMilliseconds))
            if json { return Output.bytes(answer.output + [0x0a]) }
            let report = try Self.parsed(answer.output)
            func number(_ key: UTF8String) -> Int64 { report[key]?.int64 ?? 0 }
            Output.line("running  process \(number("process")), since \(report["since"]?.string?.string ?? "?")")
            Output.line("home     \(home.path)")
            Output.line("custody  \(report["custody"]?.string?.string ?? "?")")
            if let fault = report["fault"]?.string { Output.line("REFUSES  everything: \(Output.escaped(fault))") }
            Output.line(
                "answered \(number("answered")), declined \(number("declined")), refused \(number("refused"))")
        } catch {
            if json {
                Output.json(["process": .null, "reason": .text(error.what)], pretty: false)
            } else {
                Output.line("none     \(error.what)")
            }
            throw ExitStatus.denied.exitCode
        }
    }

    private static func parsed(_ bytes: [UInt8]) throws(DaemonTrouble) -> JSON {
        do throws(JSONError) { return try JSON(parsing: bytes) } catch { throw DaemonTrouble("\(error)") }
    }

    private func end(_ home: Home) throws {
        let handle = try Self.orFailure { () throws(DaemonTrouble) in try HomeHandle(home) }
        if let lock = try Self.lock(home, handle) {
            close(lock)
            return Output.line("none runs")
        }
        let deadline = Deadline(milliseconds: DaemonLimits.controlMilliseconds)
        do throws(DaemonTrouble) { _ = try DaemonClient.ask(.stop, home, until: deadline) } catch {
            throw CommandFailure(
                .data,
                "one runs for \(home.path) and does not answer (\(error.what)); end its process, `writ daemon`, with kill"
            )
        }
        while !deadline.isPast {
            if let lock = try Self.lock(home, handle) {
                close(lock)
                return Output.line("ended")
            }
            usleep(10_000)
        }
        throw CommandFailure(.data, "it was asked to end, and has not yet")
    }

    private static func orFailure<Value>(_ work: () throws(DaemonTrouble) -> Value) throws -> Value {
        do throws(DaemonTrouble) { return try work() } catch { throw CommandFailure(.configuration, error.what) }
    }
}

/// The socket's file: made under a name of the moment, for its owner alone or for all who can reach its folder, and put
/// into its place when it answers.
final class DaemonListener: Sendable {
    let descriptor: Int32
    private let handle: HomeHandle
    private let path: String
    private let name: String
    private let scratch: String
    private let identity: FileIdentity
    private let isOpen = Atomic<Bool>(false)

    /// - Parameters:
    ///   - path: where it is, for people.
    ///   - handle: the folder.
    init(_ path: String, in handle: HomeHandle, name: String, isShared: Bool = false) throws {
        self.handle = handle
        self.path = path
        self.name = name
        let mode: mode_t = isShared ? 0o666 : 0o600
        guard !name.isEmpty, name != ".", name != ".." else {
            throw CommandFailure(.configuration, "\(path) is no path of a socket")
        }
        if let found = handle.status(name), found.st_mode & S_IFMT != S_IFSOCK {
            throw CommandFailure(.configuration, "\(path) is no socket; whatever it is, Writ has not made it")
        }
        var salt: UInt64 = 0
        guard getentropy(&salt, 8) == 0 else { throw CommandFailure(.software, "no random numbers") }
        let scratch = ".\(name)-\(String(salt, radix: 16))"
        let descriptor = DaemonSocket.make()
        guard descriptor >= 0 else { throw Self.failed(path) }
        // The file has its mode from its first moment on.
        let before = umask(0o777 & ~mode)
        let code = LocalAddress.with(handle.path(scratch)) { bind(descriptor, $0, $1) }
        let number = errno
        umask(before)
        guard code == 0, let status = handle.status(scratch), status.st_mode & 0o777 == mode else {
            if code == 0 { unlinkat(handle.descriptor, scratch, 0) }
            close(descriptor)
            errno = number
            throw Self.failed(path)
        }
        self.scratch = scratch
        self.descriptor = descriptor
        identity = FileIdentity(status)
    }

    deinit { close(descriptor) }

    /// Listens, and takes the place of what a daemon that has gone has left there.
    func open() throws {
        guard listen(descriptor, DaemonLimits.backlog) == 0,
            renameat(handle.descriptor, scratch, handle.descriptor, name) == 0
        else { throw Self.failed(path) }
        isOpen.store(true, ordering: .sequentiallyConsistent)
    }

    /// Whether the socket that clients find is this one.
    var isInPlace: Bool { handle.status(name).map { FileIdentity($0) == identity } ?? false }

    /// Takes away what is ours.
    func remove() {
        if !isOpen.load(ordering: .sequentiallyConsistent) {
            unlinkat(handle.descriptor, scratch, 0)
        } else if isInPlace {
            unlinkat(handle.descriptor, name, 0)
        }
    }

    private static func failed(_ path: String) -> CommandFailure {
        CommandFailure(.configuration, "\(path) cannot be made: \(String(cString: strerror(errno)))")
    }
}
