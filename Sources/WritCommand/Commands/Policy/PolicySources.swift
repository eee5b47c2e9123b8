// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import HomeFolder
import StrictJSON

/// Where a command's policies come from: the files named, else the installation.
enum PolicySources {
    /// The policies with their annotations checked, as Writ would take them in force.
    static func book(_ paths: [String], _ home: HomeOption) throws -> PolicyBook {
        if paths.isEmpty {
            let home = try home.resolve()
            let configuration = try Configuration.read(home)
            return try book(home, configuration, ToolFiles(home, configuration))
        }
        return try book(paths)
    }

    /// An installation's policies.
    ///
    /// - Parameter tools: what they are checked against.
    static func book(_ home: Home, _ configuration: Configuration, _ tools: ToolFiles) throws -> PolicyBook {
        do {
            return try Installation.maker.rulebook(configuration, HomeRulebook.policies(home), tools).policies
        } catch let error as RulebookError {
            throw CommandFailure(.configuration, error.description)
        }
    }

    /// The policies of files.
    static func book(_ paths: [String]) throws -> PolicyBook {
        let files = try files(paths)
        return try book(files)
    }

    static func book(_ files: [PolicyFile]) throws(CommandFailure) -> PolicyBook {
        do throws(PolicyBook.Failure) { return try PolicyBook(files) } catch {
            throw CommandFailure(.configuration, mistakes: error.lines)
        }
    }

    /// The policies as Cedar reads them: no annotation but `@id` means anything.
    static func parsed(_ files: [PolicyFile]) throws(CommandFailure) -> PolicySet {
        do throws(PolicyErrors) { return try PolicySet.parse(files) } catch {
            throw CommandFailure(.configuration, mistakes: error.all.map(\.description))
        }
    }

    static func files(_ paths: [String]) throws -> [PolicyFile] {
        var files: [PolicyFile] = []
        for path in try expanded(paths) {
            files.append(
                PolicyFile(
                    name: fileName(path), bytes: try InputFile.read(path, limit: CedarLimits.policyFileBytesMax)))
        }
        return files
    }

    /// The paths, with the `*.cedar` of a folder in its place.
    static func expanded(_ paths: [String]) throws -> [String] {
        try paths.flatMap { path in
            let names: [String]
            do {
                names = try FileAccess.names(in: path, ending: ".cedar", limit: CedarLimits.policiesMax)
            } catch {
                // Not a folder, or none that can be read; reading it as a file says what is wrong.
                return [path]
            }
            // A folder given by mistake must not count as no policies at all.
            guard !names.isEmpty else {
                throw CommandFailure(
                    .data,
                    "\(path) is a folder without *.cedar files; an empty file stands for no policies")
            }
            return names.map { "\(path)/\($0)" }
        }
    }

    /// The last part of a path, for messages and ids.
    static func fileName(_ path: String) -> UTF8String { UTF8String(String(path.split(separator: "/").last ?? "")) }
}
