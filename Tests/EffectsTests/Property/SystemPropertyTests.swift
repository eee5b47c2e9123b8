// SPDX-License-Identifier: Apache-2.0

import Effects
import Foundation
import Testing

/// Runs random programs, and compares what they did with what Writ said they would. `WRIT_PROPERTY` is how many,
/// `WRIT_SEED` the first one's seed.
@Suite(.enabled(if: Sandbox.canTrace, "strace is missing or may not trace here"))
struct SystemPropertyTests {
    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    /// What programs touch whatever their operands: libraries, locales, their own modules and settings.
    private static let plainRuns = """
        for p in cat head tail sort uniq wc tee cut tr paste; do $p </dev/null; done
        printf '' | sed p; awk 1 </dev/null; grep x </dev/null; ls -lR .; find .; xargs true </dev/null; env true
        cp -r d n; mv n m; ln a n; rm -r m n; mkdir m; touch m; install a m; split a; cmp a b; diff -r d ld; readlink -f l
        tar czf t.gz d; tar xf t.gz; gzip a; gunzip a.gz; zcat a; dd if=a of=n; basename x; dirname x; chmod +x b; sh -c :
        python3 -c 'import os, shutil, subprocess, pathlib, sys; shutil.copy("d/e", "q"); print(open("q").read())'
        git init -q r; cd r; git init -q .; touch x; git add x; git status; curl -s 127.0.0.1:1 http://localhost:1/ file:///dev/null
        """

    @Test func `what programs do is what they were predicted to do`() throws {
        let sandbox = try Sandbox()
        defer { sandbox.remove() }
        try sandbox.fill()
        let plain = Set(
            try sandbox.trace(Self.plainRuns).events.filter { !$0.object.hasPrefix(sandbox.base) }
                .map { "\($0.program) \($0.object)" })
        let first = Self.number("WRIT_SEED") ?? 1
        var known = 0
        var failures = 0
        let count = Self.number("WRIT_PROPERTY") ?? 300
        for seed in first..<(first + count) {
            var generator = ScriptGenerator(seed: UInt64(seed), work: sandbox.work, home: sandbox.home)
            let script = generator.script()
            try sandbox.fill()
            guard let prediction = try? Prediction(script, sandbox.environment) else {
                continue
            }
            let report = ProcessInfo.processInfo.environment["WRIT_REPORT"]
            if prediction.isAnything {
                if let report {
                    try Self.append("\(seed) \(prediction.opaquePositions.sorted())\n\(script)\n\n", to: report)
                }
                continue
            }
            known += 1
            let events = try sandbox.trace(script).events
            let temporary = Self.temporary(events)
            #expect(events.count > 8, "strace said nothing of seed \(seed)")
            let surprises = events.drop { $0.program != "bash" }.filter { event in
                !prediction.covers(event) && !temporary.contains(event.object) && !Self.isStart(event)
                    && !Self.isReplaced(event, events, prediction) && !Self.isBookkeeping(event)
                    && (event.kind == .execute || !plain.contains("\(event.program) \(event.object)"))
            }
            if !surprises.isEmpty { failures += 1 }
            let said = prediction.effects.map(\.description).joined(separator: "\n  ")
            let told = Set(surprises.map(\.description)).sorted().joined(separator: "\n  ")
            #expect(surprises.isEmpty, "seed \(seed):\n\(script)\ndid, unforeseen:\n  \(told)\nforeseen:\n  \(said)")
        }
        print("\(known) of \(count) programs were understood, \(failures) of them wrongly")
        #expect(known > count / 3, "too few programs are understood for this to say anything")
    }

    private static func append(_ text: String, to path: String) throws {
        let old = (try? Data(contentsOf: URL(filePath: path))) ?? Data()
        try (old + Data(text.utf8)).write(to: URL(filePath: path))
    }

    /// What every shell asks of the system when it starts.
    private static func isStart(_ event: SystemEvent) -> Bool {
        event.kind != .connect && ["/dev/null", "/dev/tty", "/dev/stdin"].contains(event.object)
            || event.object.hasPrefix("/proc/") || event.object.hasPrefix("/usr/lib/")
            || event.object.hasPrefix("/lib/")
            || event.object == "/etc/ld.so.cache" || event.object.hasPrefix("/tmp/sh-thd.")
    }

    /// What a program moves aside to write it anew has been changed, not removed.
    private static func isReplaced(_ event: SystemEvent, _ events: [SystemEvent], _ prediction: Prediction) -> Bool {
        guard event.kind == .delete else { return false }
        let again = SystemEvent(kind: .write, object: event.object, program: event.program)
        return events.contains(again) && prediction.covers(again)
    }

    /// What git asks of its own files, whatever it is told to do.
    private static func isBookkeeping(_ event: SystemEvent) -> Bool {
        event.program == "git" && event.object.contains("/.git/")
            && event.kind != .execute
    }

    /// Files that a program made for itself and took away again: the copy that `sed -i` writes, git's locks.
    private static func temporary(_ events: [SystemEvent]) -> Set<String> {
        let owners: Set<String> = ["sed", "sort", "git", "bash", "sh", "ln", "tar", "cp", "install"]
        var made: [String: String] = [:]
        for event in events where event.isExclusive && owners.contains(event.program) {
            made[event.object] = event.program
        }
        return Set(events.filter { $0.kind == .delete && made[$0.object] == $0.program }.map(\.object))
    }
}
