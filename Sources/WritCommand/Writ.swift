// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import Decisions
import Glibc
import HomeFolder
import Hooks

/// The command line.
public struct Writ: AsyncParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "writ",
        abstract: "Decides, before an AI agent's tool call runs, whether it may run.",
        discussion: """
            Every decision is signed and durably logged before it is answered.

            Exit status: 0 allowed or verified, 1 denied or not verified, 64 usage, 65 not found or malformed, \
            69 the server cannot be started, 70 a fault in Writ, 74 ledger, 78 configuration.
            """,
        version: "writ \(Engine.version)",
        subcommands: [
            InitCommand.self, DemoCommand.self, CheckCommand.self, GatewayCommand.self, ServeCommand.self,
            PassportCommand.self,
            PolicyCommand.self, ReceiptsCommand.self, VerifyCommand.self, ApprovalsCommand.self, KillCommand.self,
            GrantCommand.self, CustodyCommand.self, SessionCommand.self,
            FsckCommand.self, ClockCommand.self, ToolsCommand.self, HookCommand.self, DaemonCommand.self,
            InstallCommand.self, DoctorCommand.self,
            DocumentServerCommand.self,
        ])

    /// The command without a subcommand; prints the help.
    public init() {}

    /// Makes sure of how a process ends that a harness has started, whatever becomes of it from here on. Waits for nothing.
    public static func prepare(_ arguments: [String]) {
        guard arguments.first == HookCommand.configuration.commandName else { return }
        HookEnding.refuse(unlessWithin: HookEnding.deadline(arguments))
    }

    /// Runs a command line and gives its exit status. No thrown error ends in 0 or 1, which mean allow and deny.
    ///
    /// What harnesses start is obeyed only where it ends in 2: any other failure of it would let the call through.
    public static func run(_ arguments: [String]) async -> Int32 {
        // A harness that does not know of arguments beside a command runs it without any, and would take help for consent.
        if arguments.isEmpty, isatty(STDIN_FILENO) != 1 {
            Output.note("writ: no command was given; `writ --help` lists them")
            return HookAnswer.refusalStatus
        }
        let status =
            if let hook = HookInvocation(plain: arguments) {
                await ended(Writ.self) { try await hook.run() }
            } else {
                await run(Writ.self, arguments)
            }
        guard arguments.first == HookCommand.configuration.commandName, status != ExitStatus.success.rawValue else {
            return status
        }
        return HookAnswer.refusalStatus
    }

    /// Runs the command line of any program of Writ's.
    package static func run<Root: AsyncParsableCommand>(_ root: Root.Type, _ arguments: [String]) async -> Int32 {
        await ended(root) {
            var command = try root.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        }
    }

    /// How what was done ends: no failure ends in a status that means something else.
    private static func ended<Root: AsyncParsableCommand>(
        _ root: Root.Type, _ body: () async throws -> Void
    ) async -> Int32 {
        do {
            try await body()
            return ExitStatus.success.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        } catch let error as CommandFailure {
            Output.note(error.text)
            return error.status.rawValue
        } catch let error as LedgerError {
            Output.note("writ: ledger: \(error.message)")
            return ExitStatus.ledger.rawValue
        } catch let error as HomeError {
            Output.note("writ: \(error.message)")
            return ExitStatus.configuration.rawValue
        } catch {
            return report(root, error)
        }
    }

    /// Help and version are no failures; a wrong command line is usage; anything else is a fault.
    private static func report<Root: AsyncParsableCommand>(_ root: Root.Type, _ error: any Error) -> Int32 {
        let code = root.exitCode(for: error)
        if code == .success {
            Output.line(root.fullMessage(for: error))
            return ExitStatus.success.rawValue
        }
        if code == .validationFailure {
            Output.note(root.fullMessage(for: error))
            return ExitStatus.usage.rawValue
        }
        Output.note("writ: \(error)")
        return ExitStatus.software.rawValue
    }
}
