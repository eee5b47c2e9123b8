// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Measures parts of Writ inside one process; `make bench` calls it and puts its figures beside others'.
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "json": try JSONBench.run()
case "echo-server" where arguments.count == 1 || arguments.dropFirst() == ["--stdio"]: EchoServer.run()
case "echo-server" where arguments.count == 3 && arguments[1] == "--listen": try await EchoHTTPServer.run(arguments[2])
case "decisions" where arguments.count == 4:
    guard let inFlight = Int(arguments[2]), let seconds = Double(arguments[3]) else { exit(64) }
    try await DecisionBench.run(home: arguments[1], inFlight: inFlight, seconds: seconds)
case "effects" where arguments.count == 4 || arguments.count == 5:
    guard let rounds = Int(arguments[3]), rounds > 0 else { exit(64) }
    let chosen = CommandList.all.filter { arguments.count == 4 || $0 == arguments[4] }
    guard !chosen.isEmpty else { exit(64) }
    try EffectsBench.run(chosen, home: arguments[1], project: arguments[2], rounds: rounds)
case "tokens" where arguments.count == 2:
    guard let rounds = Int(arguments[1]), rounds > 0 else { exit(64) }
    try await TokenBench.run(rounds: rounds)
default:
    print(
        """
        usage: WritBench json | echo-server [--stdio | --listen HOST:PORT] | decisions HOME IN-FLIGHT SECONDS
               | effects HOME PROJECT ROUNDS [COMMAND] | tokens ROUNDS
        """)
    exit(64)
}
