// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Measures parts of Writ inside one process; `make bench` calls it and puts its figures beside others'.
switch CommandLine.arguments.dropFirst().first {
case "json": try JSONBench.run()
case "echo-server": EchoServer.run()
default:
    print("usage: WritBench json | echo-server")
    exit(64)
}
