// SPDX-License-Identifier: Apache-2.0

import Hooks
import StrictJSON

/// What bounds the conversation between `writ hook` or `writ check` and `writ daemon`.
enum DaemonLimits {
    /// What a harness or a caller has written, and one byte more, which says that there was more.
    static let bodyBytes = max(HookLimits.eventBytes, JSONLimits.standard.bytesMax) + 1
    /// The rest of a request or an answer: some paths and names.
    static let headerBytes = 64 << 10
    /// What a header holds: one flat object.
    static let header = JSONLimits(bytesMax: headerBytes, depthMax: 3, nodesMax: 100)
    /// An answer's texts: a document with some reasons of 2000 bytes.
    static let answerBytes = 1 << 20
    /// Connections at a time. Each has a thread; who comes later decides by itself.
    static let connections = 64
    /// Bytes of all requests at a time, so that 64 large ones do not need half a gigabyte.
    static let bytesInFlight = 48 << 20
    /// Connections that wait to be accepted.
    static let backlog: Int32 = 128
    /// How long a client may take to write its request, or to read its answer, in milliseconds: it has it ready.
    static let transferMilliseconds: Int64 = 2_000
    /// How long a client waits for the daemon, in milliseconds; then it decides by itself. Of a hook, half of the time
    /// that it has, if that is less.
    static let patienceMilliseconds: Int64 = 1_000
    /// The least that a client waits: less would be over before any daemon could answer.
    static let leastPatienceMilliseconds: Int64 = 50
    /// How long who asks at the protected socket may wait, in milliseconds: as long as a hook may take, since nobody else
    /// decides.
    static let doorMilliseconds: Int64 = 60_000
    /// How long `--status` and `--stop` wait, in milliseconds: a person waits for them.
    static let controlMilliseconds: Int64 = 5_000
    /// How often the daemon looks whether it is still wanted, in milliseconds.
    static let watchMilliseconds: Int32 = 1_000
    /// How long requests that are in flight when the daemon ends may take, in milliseconds.
    static let drainMilliseconds: Int64 = 3_000
    /// How often a lock that another process holds is tried, in microseconds.
    static let lockTryMicroseconds: UInt32 = 500
}
