// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Cedar
import Decisions
import HomeFolder
import StrictJSON
import WireTypes

/// `writ policy`.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "What agents may do.", subcommands: [Check.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Read policies as Writ would, and say every mistake with its place.")
        @OptionGroup var home: HomeOption
        @Argument(help: "Policy files. [default: the installation's, with its configuration]") var files: [String] = []

        func run() throws {
            let book: PolicyBook
            if files.isEmpty {
                let home = try home.resolve()
                do {
                    book = try Installation.maker.rulebook(Configuration.read(home), HomeRulebook.policies(home))
                        .policies
                } catch let error as RulebookError {
                    throw CommandFailure(.configuration, error.description)
                }
            } else {
                var policies: [PolicyFile] = []
                for file in files {
                    policies.append(
                        PolicyFile(
                            name: UTF8String(String(file.split(separator: "/").last ?? "")),
                            bytes: try InputFile.read(file, limit: 4 << 20)))
                }
                do throws(PolicyBook.Failure) { book = try PolicyBook(policies) } catch {
                    throw CommandFailure(.configuration, error.description)
                }
            }
            let permits = book.policies.policies.filter { $0.effect == .permit }.count
            let all = book.policies.policies.count
            Output.line(
                "\(book.files.count) file(s), \(all) policies: \(permits) permit, \(all - permits) forbid; "
                    + "\(book.shadow.count) in shadow, \(book.policies.templates.count) templates")
            Output.line("digest \(book.digest.base64URL)")
            if permits == 0 { Output.line("Nothing is permitted: every call will be denied.") }
        }
    }
}
