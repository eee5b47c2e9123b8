// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

/// What random programs did that was not foreseen once, each for its family.
@Suite struct FoundByRunningTests {
    private let machine = EffectEnvironment(
        workingDirectory: "/w", home: "/h", filesystem: .local, root: "/w",
        resolve: { $0 == "/w/ld" ? ["/w/d"] : [$0] })

    @Test(arguments: [
        ("rm ld", #"delete File::"/w/ld""#),
        ("mv ld n", #"delete File::"/w/ld""#),
        ("rm l*", #"delete File::"/w/l*""#),
        ("cp a n1; rm n*", #"delete File::"/w/n*""#),
        ("tar xf x.tar; cat n*", #"read File::"/w""#),
        ("touch zz*", #"write File::"/w""#),
        ("split a n", #"write File::"/w""#),
        (#"find . -name x -delete"#, #"delete File::"/w/**/x""#),
        (#"awk 'BEGIN { system("id") }'"#, #"execute Program::"sh""#),
        ("tar czf x.tgz a", #"execute Program::"gzip""#),
        ("tar --zstd -cf x a", #"execute Program::"zstd""#),
        ("tar xf x.tar.xz", #"execute Program::"xz""#),
        ("sed -i.bak s/a/b/ a", #"write File::"/w/a.bak""#),
        ("sed '-ib_*' s/a/b/ d/a", #"write File::"/w/d/b_a""#),
    ])
    func `what programs were once seen to do is foreseen`(line: String, effect: String) throws {
        let effects = try command(line, machine)
        #expect(effects.contains(effect), "\(effects)")
    }

    @Test func `a copy to no name writes nothing`() throws {
        #expect(try !command("cp a ''", machine).contains { $0.hasPrefix("write") })
    }
}
