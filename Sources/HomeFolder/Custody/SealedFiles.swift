// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
public import StrictJSON
public import WireTypes

import struct Crypto.SHA256

/// The files that a seal is over, and how they differ from one.
public enum SealedFiles {
    /// The digests of what was read, by the files' names in the folder; a file elsewhere has its path.
    ///
    /// Of the bytes that the rulebook is made of, and not of the files once more: nothing can change in between.
    static func digests(
        _ home: Home, _ configuration: Configuration, _ policies: [PolicyFile], _ tools: ToolFiles
    ) -> [UTF8String: Digest] {
        var digests: [UTF8String: Digest] = [:]
        digests["writ.yaml"] = configuration.fileDigest
        for file in policies { digests[UTF8String("policies/\(file.name)")] = Digest(SHA256.hash(data: file.bytes)) }
        for (path, bytes) in tools.contents {
            let name = path.hasPrefix(home.path + "/") ? String(path.dropFirst(home.path.utf8.count + 1)) : path
            digests[UTF8String(name)] = Digest(SHA256.hash(data: bytes))
        }
        return digests
    }

    /// What a folder holds now, as a rulebook is made of it.
    ///
    /// - Parameter maker: says whether it would load; without one nobody asks.
    /// - Throws: `HomeError` where it cannot be read, or would not load.
    public static func read(
        _ home: Home, maker: RulebookMaker? = nil
    ) throws(HomeError) -> (configuration: Configuration, digests: [UTF8String: Digest]) {
        let configuration = try Configuration.read(home)
        let policies = try HomeRulebook.policies(home)
        let tools = try ToolFiles(home, configuration)
        if let maker {
            do throws(RulebookError) { _ = try maker.rulebook(configuration, policies, tools) } catch {
                throw HomeError(.malformed, error.description)
            }
        }
        return (configuration, digests(home, configuration, policies, tools))
    }

    /// What is different between what was sealed and what is there, a line each, by name.
    public static func differences(_ sealed: [UTF8String: Digest], _ found: [UTF8String: Digest]) -> [String] {
        Set(sealed.keys).union(found.keys).sorted().compactMap { name in
            switch (sealed[name], found[name]) {
            case (nil, _?): "\(name) is not among the sealed files"
            case (_?, nil): "\(name) is sealed, and is not there"
            case (let one, let other): one == other ? nil : "\(name) is not what was sealed"
            }
        }
    }

    /// Why nothing may be allowed by the files that were found; `nil` where the mode in force asks for no seal, or all is as
    /// it was sealed.
    public static func fault(
        _ seal: Seal?, _ mode: Configuration.Mode, _ found: [UTF8String: Digest]
    ) -> String? {
        guard let seal else {
            return mode == .protected
                ? "mode protected, and nothing was sealed yet: an administrator runs `writ policy apply`" : nil
        }
        guard seal.mode == .protected || mode == .protected else { return nil }
        let differences = differences(seal.files, found)
        guard let first = differences.first else { return nil }
        let more = differences.count > 1 ? ", and \(differences.count - 1) more" : ""
        return "sealed: \(first)\(more); `writ custody status` shows it"
    }
}
