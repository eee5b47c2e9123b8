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

    /// The files that a new installation gets, laid out as `writ policy format` does.
    ///
    /// - Parameters:
    ///   - home: the installation's folder, absolute.
    ///   - programs: Writ's, as absolute paths.
    static func files(
        named policy: StarterPolicy, home: String? = nil, programs: [String] = []
    ) throws(PolicyErrors) -> [PolicyFile] {
        let name = UTF8String(policy.fileName)
        let written = StarterText.naming(home: home, programs: programs, in: policy.text)
        let text = PolicyFile(name: name, bytes: Array(Self.joined(written).utf8))
        return [PolicyFile(name: name, bytes: try PolicyFormatter().format(text))]
    }

    /// Comments that a blank line divides are one for the formatter, which takes the line away: an empty comment stays.
    private static func joined(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let isComment = lines.map { $0.hasPrefix("//") }
        return lines.indices.map { index in
            let isBetween = index > 0 && index + 1 < lines.count && isComment[index - 1] && isComment[index + 1]
            return lines[index].isEmpty && isBetween ? "//" : String(lines[index])
        }.joined(separator: "\n")
    }
}
