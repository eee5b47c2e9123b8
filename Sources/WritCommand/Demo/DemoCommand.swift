// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import Foundation
import Glibc
import HomeFolder

/// `writ demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "A scene in a minute, without network: an allow, the denies, the receipts, a replay, the kill switch."
    )

    @Flag(help: "Keep the scene's folder, and say where it is.") var keep = false

    func run() async throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/writ-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandFailure(
                .configuration, "cannot make a folder in \(base); set TMPDIR to one that you can write")
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { if !keep { RemovedFolder.remove(folder) } }
        signal(SIGPIPE, SIG_IGN)
        try await DemoScene(folder: folder).play()
        if keep {
            Output.line(
                "\nThe scene's installation: writ receipts list --home \(ShellQuoting.quoted("\(folder)/home"))")
        }
    }
}
