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
            do {
                return try Installation.maker.rulebook(Configuration.read(home), HomeRulebook.policies(home)).policies
            } catch let error as RulebookError {
                throw CommandFailure(.configuration, error.description)
            }
        }
        let files = try files(paths)
        do throws(PolicyBook.Failure) { return try PolicyBook(files) } catch {
            throw CommandFailure(.configuration, error.description)
        }
    }

    /// The policies as Cedar reads them: no annotation but `@id` means anything.
    static func parsed(_ files: [PolicyFile]) throws(CommandFailure) -> PolicySet {
        do throws(PolicyErrors) { return try PolicySet.parse(files) } catch {
            throw CommandFailure(.configuration, error.description)
        }
    }

    static func files(_ paths: [String]) throws -> [PolicyFile] {
        var files: [PolicyFile] = []
        for path in paths {
            files.append(
                PolicyFile(
                    name: fileName(path), bytes: try InputFile.read(path, limit: CedarLimits.policyFileBytesMax)))
        }
        return files
    }

    /// The last part of a path, for messages and ids.
    static func fileName(_ path: String) -> UTF8String { UTF8String(String(path.split(separator: "/").last ?? "")) }
}
