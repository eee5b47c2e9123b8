// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import Receipts
import SQLiteLedger
import StrictJSON
import WireTypes

/// `writ clock`.
struct ClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Compare the clock with the log, and acknowledge one that was wrong.",
        discussion: """
            Nothing is allowed while the clock is more than a minute behind the newest entry of the log: yesterday's \
            hours must not come back. Nor by a process that has seen the clock being set while it ran. Once the clock \
            is right, --accept logs that you have looked at it, and decisions go on.
            """)

    @OptionGroup var home: HomeOption
    @Flag(help: "The clock is right now, and the log's newest times were not.") var accept = false

    func run() async throws {
        let now = SystemClock().now()
        let home = try home.resolve()
        let last = try Archive.open(home).ledger.state().lastEntry
        Output.line("clock         \(now)")
        Output.line("newest entry  \(last?.text ?? "none")")
        let isBehind = last.map { now.adding(milliseconds: LedgerState.clockToleranceMilliseconds) < $0 } ?? false
        guard accept else {
            guard isBehind else { return Output.line("They agree.") }
            Output.line("The clock is behind the log: nothing is allowed. Set the clock, or accept it with --accept.")
            throw ExitStatus.denied.exitCode
        }
        let installation = try Installation.open(home, lifetime: .oneShot)
        try await installation.events.commit(
            .clock(why: isBehind ? .behind : .jumped, expected: last ?? now, found: now),
            actor: UTF8String(UserAccount.name))
        try installation.close()
        Output.line("Accepted; decisions go on.")
    }
}
