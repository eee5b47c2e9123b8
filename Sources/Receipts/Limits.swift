// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What an entry may hold. These are part of the format: a verifier refuses what is over them.
public enum ReceiptLimits {
    /// Bytes of an entry: below the 65,535 that a log's bundle can carry, with room for an envelope.
    public static let entryBytesMax = 60 << 10
    /// The largest integer that every JSON reader keeps: 2^53 − 1.
    public static let integerMax: UInt64 = 1 << 53 - 1
    /// Bytes of a name: agents, servers, tools, policies, groups, actors.
    public static let nameBytesMax = 256
    /// Bytes of the text of a reason: one sentence of the operator's.
    public static let reasonBytesMax = 1024
    /// Bytes of the static text that an operator gives with a kill switch or a revocation.
    public static let operatorTextBytesMax = 500
    /// Bytes of a token: kinds, surfaces, profiles, codes, roles.
    public static let tokenBytesMax = 64
    /// Bytes of a caller's nonce or session, which are echoed.
    public static let nonceBytesMax = 128
    /// Reasons of a receipt, and policy errors: more would be noise, and the whole set is in evidence.
    public static let reasonsMax = 64
    /// Determining policies of a receipt.
    public static let determiningMax = 256
    /// Commitments to parameters and effects; `sd_omitted` counts the rest.
    public static let commitmentsMax = 256
    /// Credentials between the agent and the root of its authority.
    public static let chainMax = 16
    /// Counters that a call was held against.
    public static let limitsMax = 64
    /// People who approved one call.
    public static let approversMax = 16
    /// People who sign one seal.
    public static let administratorsMax = 16
    /// Labels that one event gives: more than there are.
    public static let labelsMax = 8
    /// Task grants of one agent and of those on whose authority it acts: sixteen of each in the longest chain.
    public static let grantsMax = 256
    /// Kinds of finding in one result.
    public static let findingsMax = 64

    /// Bytes of one receipt's evidence: a call of 4 MiB, its results' digests and everything policy saw.
    public static let evidenceBytesMax = 16 << 20

    /// Limits of reading an entry: no entry nests deeper than four or has so many values.
    static let json = JSONLimits(bytesMax: entryBytesMax, depthMax: 8, nodesMax: 8192, numberBytesMax: 20)
    /// Bytes of a disclosure's text: one parameter of a 4 MiB call, in base64.
    public static let disclosureBytesMax = 6 << 20
}
