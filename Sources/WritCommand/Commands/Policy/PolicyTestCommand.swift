// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Cedar
import Decisions
import HomeFolder
import StrictJSON

/// `writ policy test`.
struct PolicyTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run tests of policies: files in the form of Cedar's `run-tests`.",
        discussion: """
            FILE is a JSON list of {"name"?, "request", "entities", "decision", "reason", "num_errors"}. The request's \
            principal, action and resource are written as in policies; entities are a list, or the name of a file beside \
            the tests. A test passes where the decision is the one expected, every policy of `reason` decided (there may \
            be more), and as many policies as `num_errors` says could not be evaluated. `reason` names policies by @id, \
            else as FILE#N, or policyN counted over all files.
            The decision is Writ's: a forbid that cannot be evaluated holds, and policies in shadow are left aside. With \
            --cedar it is Cedar's own.
            Exit status: 0 all passed, 1 some failed, 65 a file is not what it should be, 78 the policies cannot be used.
            """)
    @OptionGroup var home: HomeOption
    @Option(help: "A policy file, or a folder of *.cedar (repeat). [default: the installation's]") var policies:
        [String] = []
    @Option(help: "A Cedar schema that policies, requests and entities must conform to.") var schema: String?
    @Flag(help: "Decide as Cedar alone would: every policy counts, and one that errors is skipped.") var cedar = false
    @Flag(help: "Print JSON.") var json = false
    @Argument(help: "Test files.") var files: [String]

    func run() throws {
        let bench = try bench()
        var results: [PolicyTest.Result] = []
        for file in files {
            guard let tests = try RequestDocument.read(file).array else {
                throw CommandFailure(.data, "\(PolicySources.fileName(file)): expected a list of tests")
            }
            // A list that is empty by mistake must not pass.
            guard !tests.isEmpty else {
                throw CommandFailure(.data, "\(PolicySources.fileName(file)) has no test in it")
            }
            for (index, test) in tests.enumerated() {
                let name = test["name"]?.string ?? UTF8String("\(PolicySources.fileName(file))#\(index)")
                results.append(bench.run(test, name: name, folder: RequestDocument.folder(of: file)))
            }
        }
        let failures = results.filter { $0.failure != nil }.count
        if json {
            Output.json(
                [
                    "passed": .integer(results.count - failures), "failed": .integer(failures),
                    "tests": .array(results.map(\.json)),
                ], pretty: Output.isTerminal)
        } else {
            for result in results { Output.line(result.line) }
            Output.line("\(results.count - failures) passed, \(failures) failed")
        }
        if failures > 0 { throw ExitStatus.denied.exitCode }
    }

    private func bench() throws -> PolicyTest {
        let types = try schema.map { Validator(try SchemaSource.read($0)) }
        let bench: PolicyTest
        let set: PolicySet
        if cedar {
            let files =
                try policies.isEmpty ? HomeRulebook.policies(home.resolve()) : PolicySources.files(policies)
            set = try PolicySources.parsed(files)
            bench = try PolicyTest(set: set, files: files, shadow: [], isStrict: false, types: types)
        } else {
            let book = try PolicySources.book(policies, home)
            set = book.policies
            bench = try PolicyTest(set: set, files: book.files, shadow: book.shadow, isStrict: true, types: types)
        }
        if let report = types?.report(on: set) {
            guard report.isValid else {
                throw CommandFailure(.configuration, mistakes: report.errors.map(\.description))
            }
            for warning in report.warnings { Output.note(Output.escaped(UTF8String(warning.description))) }
        }
        return bench
    }
}
