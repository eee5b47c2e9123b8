// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import HomeFolder
import SQLiteLedger
import StrictJSON
import WritCommand

/// Durable decisions a second in one process: judged, signed, sealed and committed, so many in flight.
enum DecisionBench {
    static func run(home path: String, inFlight: Int, seconds: Double) async throws {
        let home = Home(path)
        let installation = try Installation.open(home, lifetime: .service)
        let credential = PassportFolder.credential(try PassportFolder(home).paths()[0])
        let pipeline = installation.pipeline
        let call = ToolCall(
            surface: .check, enforcement: .advisory, server: "local", tool: "exec.run",
            pack: "system.command.execute.v1", builtInMap: "aport", message: ["command": "ls -l /srv/project"],
            argumentsPlace: JSONPointer(), parametersPlace: JSONPointer(), credential: credential,
            place: WorkingPlace(workingDirectory: "/srv/project", isLocal: false))
        let start = DispatchTime.now().uptimeNanoseconds
        let end = start + UInt64(seconds * 1e9)
        let counts = await withTaskGroup(of: (allowed: Int, denied: Int).self) { group in
            for _ in 0..<inFlight {
                group.addTask {
                    var counts = (allowed: 0, denied: 0)
                    while DispatchTime.now().uptimeNanoseconds < end {
                        if await pipeline.decide(call).answer.isAllowed {
                            counts.allowed += 1
                        } else {
                            counts.denied += 1
                        }
                    }
                    return counts
                }
            }
            return await group.reduce(into: (allowed: 0, denied: 0)) {
                $0.allowed += $1.allowed
                $0.denied += $1.denied
            }
        }
        let elapsed = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        try installation.close()
        let line: JSON = [
            "in_flight": .integer(inFlight), "allowed": .integer(counts.allowed), "denied": .integer(counts.denied),
            "decisions_per_s": .integer(Int(Double(counts.allowed + counts.denied) / elapsed)),
        ]
        print(String(decoding: line.serialized(), as: UTF8.self))
    }
}
