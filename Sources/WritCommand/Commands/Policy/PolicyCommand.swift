// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `writ policy`.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "What agents may do.",
        subcommands: [
            PolicyCheckCommand.self, PolicyTestCommand.self, PolicyFormatCommand.self, PolicyDiffCommand.self,
            PolicyExplainCommand.self, PolicySchemaCommand.self, PolicyImportOAPCommand.self,
            PolicyApplyCommand.self, PolicySignCommand.self,
        ])
}
