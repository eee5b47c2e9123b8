// SPDX-License-Identifier: Apache-2.0

import StrictJSON

@testable import Effects

/// A program is the same, written and read again; the work is bounded, and an error has a place.
func checkShell(_ bytes: [UInt8]) {
    guard let text = UTF8String(validating: bytes) else { return }
    let aliases: [UTF8String: UTF8String] = ["ll": "ls -l", "s": "s ", "q": "q '", "i": "if a; then"]
    var budget = ShellBudget()
    _ = read(text, aliases: aliases, &budget)
    budget = ShellBudget()
    guard let script = read(text, aliases: [:], &budget), let printed = ShellPrinter.text(script) else { return }
    budget = ShellBudget()
    do throws(ShellSyntaxError) {
        let again = try ShellParser.parse(UTF8String(printed), aliases: [:], extendedGlobs: true, budget: &budget)
        expect(again == script, "written and read again, a program differs:\n\(printed)")
    } catch {
        // What is printed is longer, and arrays within `$(…)` may have got quotes.
        let isLawful = [.tooLong, .tooMuch, .tooDeep, .unsure].contains(error.what)
        expect(isLawful, "\(error.what) at \(error.offset):\n\(printed)")
    }
}

private func read(
    _ text: UTF8String, aliases: [UTF8String: UTF8String], _ budget: inout ShellBudget
) -> ShellScript? {
    defer { expect(budget.steps <= 64 * (text.byteCount + 4096), "\(budget.steps) steps") }
    do throws(ShellSyntaxError) {
        return try ShellParser.parse(text, aliases: aliases, extendedGlobs: true, budget: &budget)
    } catch {
        expect(error.offset >= 0 && error.offset <= text.byteCount, "the error has no place: \(error)")
        return nil
    }
}
