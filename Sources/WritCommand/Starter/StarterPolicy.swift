// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Cedar
import StrictJSON

/// The policies that `writ init` can write.
enum StarterPolicy: String, CaseIterable, ExpressibleByArgument {
    /// Plain commands and MCP servers' tools, one by one.
    case tools
    /// Everything is allowed, and the receipts say what `coding-agent` would say.
    case observe
    /// Ordinary development in a project.
    case codingAgent = "coding-agent"
    /// Looking and editing, in the project only.
    case strict

    /// The file that it is written to, in `policies/`.
    var fileName: String { self == .tools ? "starter.cedar" : rawValue + ".cedar" }

    /// What is in it.
    var text: String {
        switch self {
        case .tools: ToolsPolicy.text
        case .observe: ObservePolicy.text
        case .codingAgent: CodingAgentPolicy.text
        case .strict: StrictPolicy.text
        }
    }

    /// The files that a new installation gets.
    static func files(named policy: StarterPolicy) -> [PolicyFile] {
        [PolicyFile(name: UTF8String(policy.fileName), bytes: Array(policy.text.utf8))]
    }
}
